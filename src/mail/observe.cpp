// SPDX-License-Identifier: Apache-2.0
#include "mail/observe.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace licet::mail {
namespace {

// The last labels that a registry gives to one owner.
std::string owner_part(std::string_view host) {
    static constexpr std::array<std::string_view, 12> kBelow = {
        "co", "com", "org", "net", "ac", "gov", "gouv", "asso", "nom", "ltd", "plc", "edu"};
    const std::vector<std::string_view> labels = split(host, '.');
    if (labels.size() <= 2) return std::string(host);
    const std::string_view second = labels[labels.size() - 2];
    const bool is_below = std::find(kBelow.begin(), kBelow.end(), second) != kBelow.end();
    const std::size_t count = is_below ? 3 : 2;
    std::string out;
    for (std::size_t i = labels.size() - count; i < labels.size(); ++i)
        out += (out.empty() ? "" : ".") + std::string(labels[i]);
    return out;
}

bool is_web(std::string_view address) {
    const std::string lower = ascii_lower(address.substr(0, 8));
    return lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//");
}

// What the check needs of one body.
struct BodySigns {
    std::string words;
    bool has_optout_link = false;
    bool has_optout_mail = false;
};

class Observer {
  public:
    Observer(const law::Law& law, const gate::Campaign& campaign, const Phrases& phrases,
             const Mail& mail)
        : law_(law), campaign_(campaign), phrases_(phrases), mail_(mail) {
        for (std::size_t i = 0; i < mail.bodies.size(); ++i) {
            signs_.push_back(signs_of(mail.bodies[i]));
            out_.lacks.push_back({i, {}});
        }
    }

    Observed observe() && {
        sender();
        subject();
        advert();
        optout();
        head_lines();
        source();
        objecting();
        address();
        pixel();
        third_parties();
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool is_optout(std::string_view text) const {
        return phrases_.are_in(plain_words(text), "optout");
    }

    [[nodiscard]] BodySigns signs_of(const Body& body) const {
        BodySigns signs;
        signs.words = plain_words(body.text);
        for (std::size_t i = 0; i < body.links.size(); ++i) {
            const Link& link = body.links[i];
            const bool is_mail = ascii_lower(link.address.substr(0, 7)) == "mailto:";
            if (!is_mail && !is_web(link.address) && !has_mark(link.address)) continue;
            if (!is_optout(link.text) && !is_optout(link.address) &&
                !is_optout(sentence_of_link(body, i)))
                continue;
            (is_mail ? signs.has_optout_mail : signs.has_optout_link) = true;
        }
        if (body.kind == BodyKind::kText) read_plain_links(body.text, signs);
        if (phrases_.are_in(signs.words, "optout_reply")) signs.has_optout_mail = true;
        return signs;
    }

    // "To unsubscribe: <a>click here</a>": what the link is for stands around it, in its sentence,
    // from the link before on and up to the next one.
    static std::string_view sentence_of_link(const Body& body, std::size_t place) {
        constexpr std::size_t kMostAround = 200;
        const std::string_view text = body.text;
        const Link& link = body.links[place];
        const std::size_t line = text.rfind('\n', link.begin == 0 ? 0 : link.begin - 1);
        std::size_t begin = line == text.npos ? 0 : line;
        if (place > 0) begin = std::max(begin, body.links[place - 1].end);
        if (link.begin > kMostAround) begin = std::max(begin, link.begin - kMostAround);
        const std::size_t stop = text.substr(0, link.begin).find_last_of(".;!?");
        if (stop != text.npos) begin = std::max(begin, stop + 1);
        std::size_t end = std::min(text.find_first_of("\n.;!?", link.end), text.size());
        if (place + 1 < body.links.size()) end = std::min(end, body.links[place + 1].begin);
        end = std::min(end, link.end + kMostAround);
        return begin < end ? text.substr(begin, end - begin) : std::string_view();
    }

    // A mark that the mailing program replaces: {{unsubscribe}}, %unsubscribe%, *|UNSUB|*.
    static bool has_mark(std::string_view address) {
        return address.starts_with("{{") || address.starts_with('%') || address.starts_with("*|") ||
               address.starts_with("[[");
    }

    // In plain text a link is an address, and what it is for stands on its line or the one before.
    void read_plain_links(std::string_view text, BodySigns& signs) const {
        std::string_view before;
        for (const std::string_view line : lines_of(text)) {
            const std::string lower = ascii_lower(line);
            const bool has_web = lower.find("https://") != lower.npos ||
                                 lower.find("http://") != lower.npos ||
                                 lower.find("{{") != lower.npos;
            const bool has_mail = lower.find('@') != lower.npos;
            if ((has_web || has_mail) && (is_optout(line) || is_optout(before)))
                (has_web ? signs.has_optout_link : signs.has_optout_mail) = true;
            before = line;
        }
    }

    // What the campaign says of a fact of the message; empty if nothing.
    [[nodiscard]] std::string said(std::string_view fact) const {
        const law::FactId id = law_.vocabulary().find(fact);
        const law::FactValue* value = id == law::kNoFact ? nullptr : campaign_.facts.find(id);
        return value == nullptr ? "" : law::value_text(law_.vocabulary().fact(id), *value);
    }

    void put(Observation one) {
        if (one.is_by_words && !one.is_good) {
            const std::string word = said(one.fact);
            if (word == "yes") {
                one.is_good = true;
                one.value = word;
                one.seen = Message("mail.seen.on_your_word");
            }
        }
        out_.all.push_back(std::move(one));
    }

    // A fact that each body must show, by its words or by what the campaign gives.
    template <typename Shows>
    void each_body(const char* id, const char* fact, Piece piece, const Shows& shows,
                   bool is_by_words = true) {
        bool is_good = true;
        for (std::size_t i = 0; i < signs_.size(); ++i) {
            if (shows(i)) continue;
            is_good = false;
            out_.lacks[i].pieces.push_back(piece);
        }
        const std::string seen = std::string("mail.seen.") + id;
        put({id, fact, is_good ? "yes" : "no", is_good, is_by_words,
             Message(seen + (is_good ? "" : "_no"))});
        if (out_.all.back().is_good && !is_good)
            for (Lack& lack : out_.lacks) std::erase(lack.pieces, piece);
    }

    [[nodiscard]] bool holds(std::size_t body, std::string_view text) const {
        return !trimmed(text).empty() &&
               signs_[body].words.find(plain_words(text)) != std::string::npos;
    }

    void sender() {
        const bool is_in_from =
            !campaign_.sender_name.empty() &&
            plain_words(mail_.from_name).find(plain_words(campaign_.sender_name)) !=
                std::string::npos;
        // The name is known: whether it is there is seen, and nobody's word counts.
        each_body(
            "sender", "message.sender_identified", Piece::kSender,
            [&](std::size_t i) { return is_in_from || holds(i, campaign_.sender_name); },
            campaign_.sender_name.empty());
    }

    void subject() {
        if (!mail_.has_head) return;
        const std::string words = plain_words(mail_.subject);
        const std::size_t colon = mail_.subject.find(':');
        const std::string prefix =
            colon == std::string::npos ? "" : plain_words(mail_.subject.substr(0, colon));
        const bool is_prefix = std::count(prefix.begin(), prefix.end(), ' ') == 2 &&
                               phrases_.are_in(prefix, "answer_prefix");
        Observation one{"subject", "message.honest_subject",    "yes", true,
                        false,     Message("mail.seen.subject")};
        const auto fault = [&](const char* seen, bool is_by_words) {
            one.is_good = false;
            one.is_by_words = is_by_words;
            one.value = "no";
            one.seen = Message(seen);
        };
        if (words == " ")
            fault("mail.seen.subject_empty", false);
        else if (is_prefix && !mail_.is_answer)
            fault("mail.seen.subject_fake_answer", false);
        else if (phrases_.are_in(words, "pretext"))
            fault("mail.seen.subject_pretext", true);
        put(std::move(one));
    }

    void advert() {
        const bool is_in_head = phrases_.are_in(plain_words(mail_.subject), "advert") ||
                                phrases_.are_in(plain_words(mail_.from_name), "advert");
        each_body("advert", "message.recognisable_ad", Piece::kAdvert, [&](std::size_t i) {
            return is_in_head || phrases_.are_in(signs_[i].words, "advert");
        });
    }

    // Yahoo, Gmail and the law all want one that is simple: the head's is, a link is.
    void optout() {
        const std::string ways = ascii_lower(mail_.head_value("list-unsubscribe"));
        const std::string post = ascii_lower(mail_.head_value("list-unsubscribe-post"));
        const bool has_web = ways.find("<https://") != ways.npos || ways.find("<{{") != ways.npos;
        const bool is_one_click =
            has_web && post.find("list-unsubscribe=one-click") != std::string::npos;
        out_.lacks_head_lines = mail_.has_head && !is_one_click;
        bool has_link = true;
        bool has_mail = true;
        for (std::size_t i = 0; i < signs_.size(); ++i) {
            const BodySigns& signs = signs_[i];
            const bool is_shown = signs.has_optout_link || signs.has_optout_mail ||
                                  holds(i, campaign_.sender_stop_contact);
            has_link &= signs.has_optout_link;
            has_mail &= is_shown;
            if (!is_shown) out_.lacks[i].pieces.push_back(Piece::kOptOut);
        }
        std::string value = "none";
        if (has_mail) value = "reply_address";
        if (has_link) value = "link";
        if (is_one_click) value = "one_click";
        const bool is_good = value != "none";
        put({"optout", "message.optout", value, is_good, false,
             Message("mail.seen.optout_" + value)});
        const bool has_contact = is_good && (has_mail || has_link || !ways.empty());
        put({"stop_contact", "message.stop_contact", has_contact ? "yes" : "no", has_contact, false,
             Message(has_contact ? "mail.seen.stop_contact" : "mail.seen.stop_contact_no")});
    }

    // No law names these lines; those who receive mail for many ask for them (RFC 8058).
    void head_lines() {
        if (!mail_.has_head) return;
        const bool is_good = !out_.lacks_head_lines;
        put({"list_unsubscribe", "", "", is_good, false,
             Message(is_good ? "mail.seen.list_unsubscribe" : "mail.seen.list_unsubscribe_no")});
    }

    void source() {
        each_body("source", "message.source_stated", Piece::kSource, [&](std::size_t i) {
            return holds(i, campaign_.list_source) || phrases_.are_in(signs_[i].words, "source");
        });
    }

    void objecting() {
        each_body("object", "message.right_to_object", Piece::kObject,
                  [&](std::size_t i) { return phrases_.are_in(signs_[i].words, "object"); });
    }

    void address() {
        if (campaign_.sender_address.empty()) return;
        each_body("address", "message.postal_address", Piece::kAddress,
                  [&](std::size_t i) { return holds(i, campaign_.sender_address); });
    }

    void pixel() {
        std::string host;
        for (const Body& body : mail_.bodies)
            for (const Remote& remote : body.remotes)
                if (host.empty() &&
                    (remote.is_unseen || phrases_.is_tracker(host_of(remote.address))))
                    host = host_of(remote.address);
        if (host.empty()) {
            put({"pixel", "message.pixel", "none", true, false, Message("mail.seen.pixel_none")});
            return;
        }
        std::string value = said("message.pixel");
        if (value.empty() || value == "none") value = "without_consent";
        put({"pixel", "message.pixel", value, value != "without_consent", false,
             Message("mail.seen.pixel", {{"host", host}})});
    }

    void third_parties() {
        const std::size_t at = mail_.from_address.find('@');
        const std::string own =
            at == std::string::npos ? "" : ascii_lower(mail_.from_address.substr(at + 1));
        std::set<std::string> hosts;
        for (const Body& body : mail_.bodies) {
            for (const Remote& remote : body.remotes)
                add_foreign(host_of(remote.address), own, hosts);
            for (const Link& link : body.links)
                if (phrases_.is_tracker(host_of(link.address))) hosts.insert(host_of(link.address));
        }
        if (hosts.empty()) return;
        constexpr std::size_t kMostShown = 5;
        std::vector<std::string> shown(hosts.begin(), hosts.end());
        if (shown.size() > kMostShown) {
            shown.resize(kMostShown);
            shown.emplace_back("...");
        }
        put({"third_party", "", "", false, true,
             Message("mail.seen.third_party", {{"hosts", join(shown, ", ")}})});
    }

    static void add_foreign(const std::string& host, const std::string& own,
                            std::set<std::string>& hosts) {
        if (!host.empty() && (own.empty() || !is_same_owner(host, own))) hosts.insert(host);
    }

    const law::Law& law_;
    const gate::Campaign& campaign_;
    const Phrases& phrases_;
    const Mail& mail_;
    std::vector<BodySigns> signs_;
    Observed out_;
};

}  // namespace

std::string host_of(std::string_view address) {
    const std::size_t slashes = address.find("//");
    if (slashes == address.npos || !is_web(address)) return {};
    std::string_view rest = address.substr(slashes + 2);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    const std::size_t at = rest.rfind('@');
    if (at != rest.npos) rest.remove_prefix(at + 1);
    return ascii_lower(rest.substr(0, rest.find(':')));
}

bool is_same_owner(std::string_view host, std::string_view other) {
    return owner_part(host) == owner_part(other);
}

Observed observe(const law::Law& law, const gate::Campaign& campaign, const Phrases& phrases,
                 const Mail& mail) {
    return Observer(law, campaign, phrases, mail).observe();
}

}  // namespace licet::mail
