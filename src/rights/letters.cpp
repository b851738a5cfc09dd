// SPDX-License-Identifier: Apache-2.0
#include "rights/letters.h"

namespace licet::rights {
namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

class Writer {
  public:
    Writer(const LetterModel& model, const Catalogue& say) : in_(model), say_(say) {
        arguments_ = {{"name", model.settings->name}, {"contact", model.settings->contact}};
        if (const auto received = model.request->on(RequestStep::kOpened))
            arguments_.emplace_back("received", worded(*received, say.language()));
        if (model.request->kind)
            arguments_.emplace_back(
                "kind", say(Message("rights.kind_" + std::string(name_of(*model.request->kind)))));
        if (model.deadline)
            arguments_.emplace_back("due", worded(model.deadline->due_on, say.language()));
        if (!model.link.empty()) arguments_.emplace_back("link", model.link);
        arguments_.emplace_back("request", model.request->id);
    }

    void line(const std::string& id, Arguments more = {}) {
        for (const auto& one : arguments_) more.push_back(one);
        out_ += say_(Message("letter." + id, std::move(more))) + "\n\n";
    }
    [[nodiscard]] std::string subject(const std::string& id) const {
        return say_(Message("letter.subject_" + id, arguments_));
    }

    // What an answer says of where the data come from: each collection in one line.
    void origins() {
        if (in_.known == nullptr) return;
        bool is_any = false;
        for (const ledger::Event& event : in_.known->events) {
            if (event.kind != ledger::EventKind::kCollected) continue;
            is_any = true;
            line("origin_line", {{"day", worded(event.happened_on, say_.language())},
                                 {"origin", origin_words(event)}});
        }
        if (!is_any) line("origin_unknown");
    }

    void authority() {
        const std::string own = "rights.authority_" + in_.settings->country;
        line("authority", {{"authority", say_(say_.has(own) ? own : "rights.authority_any")}});
    }

    [[nodiscard]] std::string take() {
        line("greeting_end");
        while (out_.ends_with("\n\n")) out_.pop_back();
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::string origin_words(const ledger::Event& event) const {
        std::string value(attribute(event, "origin"));
        const law::FactId id = in_.words == nullptr ? law::kNoFact : in_.words->find("origin");
        if (id != law::kNoFact) {
            const auto& known = in_.words->fact(id).value_words;
            if (const auto found = known.find(value); found != known.end())
                value = found->second.in(say_.language());
        }
        const std::string_view source = attribute(event, "source");
        return source.empty() ? value : value + " (" + std::string(source) + ")";
    }

    const LetterModel& in_;
    const Catalogue& say_;
    Arguments arguments_;
    std::string out_;
};

Result<std::string> reason_of(const LetterModel& model, RequestStep step, const Catalogue& say) {
    const auto found = model.request->reasons.find(step);
    const std::string reason = found == model.request->reasons.end() ? "" : found->second;
    const std::string id = "letter.reason_" + reason;
    if (reason.empty() || !say.has(id)) return error(ErrorCode::kMissing, "letter.no_reason");
    return say(Message(id));
}

Result<Done> write(LetterKind kind, const LetterModel& model, const Catalogue& say, Writer& out) {
    switch (kind) {
        case LetterKind::kReceived:
            if (!model.deadline) return error(ErrorCode::kMissing, "letter.no_deadline");
            out.line("received");
            return Done{};
        case LetterKind::kIdentity:
            if (model.link.empty()) return error(ErrorCode::kMissing, "letter.no_link");
            out.line("identity");
            return Done{};
        case LetterKind::kExtended:
            if (!model.deadline) return error(ErrorCode::kMissing, "letter.no_deadline");
            out.line("extended",
                     {{"reason", LICET_TRY(reason_of(model, RequestStep::kExtended, say))}});
            return Done{};
        case LetterKind::kAnswered: {
            const RequestKind asked = *model.request->kind;
            out.line("answered_" + std::string(name_of(asked)));
            if (asked == RequestKind::kAccess || asked == RequestKind::kSource) out.origins();
            out.authority();
            return Done{};
        }
        case LetterKind::kRefused:
            out.line("refused",
                     {{"reason", LICET_TRY(reason_of(model, RequestStep::kRefused, say))}});
            out.authority();
            return Done{};
        case LetterKind::kProcessor:
            out.line("processor");
            return Done{};
    }
    LICET_ENSURE(false);
}

}  // namespace

std::string_view name_of(LetterKind kind) {
    switch (kind) {
        case LetterKind::kReceived:
            return "received";
        case LetterKind::kIdentity:
            return "identity";
        case LetterKind::kExtended:
            return "extended";
        case LetterKind::kAnswered:
            return "answered";
        case LetterKind::kRefused:
            return "refused";
        case LetterKind::kProcessor:
            return "processor";
    }
    LICET_ENSURE(false);
}

Result<Letter> letter_of(LetterKind kind, const LetterModel& model, const Catalogue& say) {
    const bool needs_kind = kind != LetterKind::kProcessor;
    if (needs_kind && (!model.request->kind || !model.request->on(RequestStep::kOpened)))
        return error(ErrorCode::kMissing, "letter.no_kind");
    Writer writer(model, say);
    LICET_TRY(write(kind, model, say, writer));
    return Letter{writer.subject(std::string(name_of(kind))), writer.take()};
}

}  // namespace licet::rights
