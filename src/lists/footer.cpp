// SPDX-License-Identifier: Apache-2.0
#include "lists/footer.h"

#include <algorithm>
#include <array>

namespace licet::lists {
namespace {

class FooterWriter {
  public:
    FooterWriter(const gate::Campaign& campaign, std::string_view channel, const Catalogue& say)
        : campaign_(campaign), channel_(channel), say_(say) {}

    void add(std::string_view duty) {
        const std::string general = "footer." + std::string(duty);
        const std::string special = general + "." + std::string(channel_);
        const std::string& id = say_.has(special) ? special : general;
        if (!say_.has(id)) return;
        const std::string sentence = filled(say_(id));
        if (std::find(sentences_.begin(), sentences_.end(), sentence) != sentences_.end()) return;
        sentences_.push_back(sentence);
    }

    ReportInput::Footer take() {
        out_.language = say_.language() == Language::kFrench ? "fr" : "en";
        for (const std::string& sentence : sentences_)
            out_.text += (out_.text.empty() ? "" : "\n") + sentence;
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::string known(std::string_view name) const {
        if (name == "sender") return campaign_.sender_name;
        if (name == "source") return campaign_.list_source;
        if (name == "stop") return campaign_.sender_stop_contact;
        return name == "offer" ? campaign_.offer_text : std::string();
    }

    // Texts in braces are what the sentence needs.
    std::string filled(const std::string& text) {
        std::string out;
        std::size_t from = 0;
        while (true) {
            const std::size_t open = text.find('{', from);
            const std::size_t close = text.find('}', open == text.npos ? from : open);
            if (open == text.npos || close == text.npos) return out + text.substr(from);
            const std::string name = text.substr(open + 1, close - open - 1);
            out += text.substr(from, open - from) + value_of(name);
            from = close + 1;
        }
    }

    std::string value_of(const std::string& name) {
        const std::string value = known(name);
        if (!value.empty()) return value;
        const std::string question = say_("footer.ask_" + name);
        if (std::find(out_.asked.begin(), out_.asked.end(), question) == out_.asked.end())
            out_.asked.push_back(question);
        return "[" + question + "]";
    }

    const gate::Campaign& campaign_;
    std::string_view channel_;
    const Catalogue& say_;
    std::vector<std::string> sentences_;
    ReportInput::Footer out_;
};

}  // namespace

ReportInput::Footer footer_of(const gate::Campaign& campaign, std::string_view channel,
                              std::span<const std::string> duties, const Catalogue& say) {
    FooterWriter writer(campaign, channel, say);
    // What no message does without, in the order in which it is read; then what these rows need.
    for (const auto* name : {"opening", "source", "free_optout", "right_to_object_notice"})
        writer.add(name);
    for (const std::string& duty : duties) writer.add(duty);
    return writer.take();
}

}  // namespace licet::lists
