// SPDX-License-Identifier: Apache-2.0
#include "mail/complete.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace licet::mail {
namespace {

using Arguments = Message::Arguments;

const char* finding_of(Piece piece) {
    switch (piece) {
        case Piece::kSender:
            return "sender";
        case Piece::kAdvert:
            return "advert";
        case Piece::kSource:
            return "source";
        case Piece::kObject:
            return "object";
        case Piece::kOptOut:
            return "optout";
        case Piece::kAddress:
            return "address";
    }
    return "";
}

bool is_mail_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != text.npos && at > 0 && text.find(' ') == text.npos &&
           text.find('.', at) != text.npos;
}

// What the campaign says of a piece; empty if it says nothing.
std::string content_of(Piece piece, const gate::Campaign& campaign) {
    switch (piece) {
        case Piece::kSender:
        case Piece::kAdvert:
            return campaign.sender_name;
        case Piece::kSource:
            return campaign.list_source;
        case Piece::kObject:
        case Piece::kOptOut:
            return campaign.sender_unsubscribe.empty() ? campaign.sender_stop_contact
                                                       : campaign.sender_unsubscribe;
        case Piece::kAddress:
            return campaign.sender_address;
    }
    return {};
}

const char* question_of(Piece piece) {
    switch (piece) {
        case Piece::kSender:
        case Piece::kAdvert:
            return "mail.ask_sender";
        case Piece::kSource:
            return "mail.ask_source";
        case Piece::kObject:
        case Piece::kOptOut:
            return "mail.ask_optout";
        case Piece::kAddress:
            return "mail.ask_address";
    }
    return "";
}

Language language_of_body(const Mail& mail, const Body& body, Language otherwise) {
    for (const std::string* said : {&body.language, &mail.language}) {
        if (said->starts_with("fr")) return Language::kFrench;
        if (said->starts_with("en")) return Language::kEnglish;
    }
    return otherwise;
}

// One sentence of the foot, as plain text and as a paragraph.
struct Sentence {
    std::string text;
    std::string html;
};

std::string link_html(const std::string& address, const std::string& words) {
    return "<a href=\"" + html_escaped(address) + "\">" + html_escaped(words) + "</a>";
}

// The place of the link in a text in HTML; no text of ours holds this sign.
constexpr std::string_view kLinkMark = "\x01";

Sentence sentence_of(Piece piece, const gate::Campaign& campaign, const Catalogue& say) {
    const std::string content = content_of(piece, campaign);
    const std::string id = std::string("mail.foot.") + finding_of(piece);
    if (piece != Piece::kOptOut && piece != Piece::kObject) {
        const std::string text = say(id, {{"name", content}});
        return {text, html_escaped(text)};
    }
    const bool is_mail = is_mail_address(content);
    const std::string shown = say(id, {{"way", content}});
    std::string html = html_escaped(say(id, {{"way", std::string(kLinkMark)}}));
    const std::string target = is_mail ? "mailto:" + content : content;
    const std::string link = campaign.sender_unsubscribe.empty() && !is_mail
                                 ? html_escaped(content)
                                 : link_html(target, is_mail ? content : say("mail.foot.link"));
    const std::size_t mark = html.find(kLinkMark);
    if (mark != html.npos) html.replace(mark, kLinkMark.size(), link);
    return {shown, html};
}

std::string foot_of(const Body& body, const std::vector<Piece>& pieces,
                    const gate::Campaign& campaign, const Catalogue& say) {
    if (pieces.empty()) return {};
    std::string text = "\n-----\n";
    std::string html =
        "\n<div role=\"contentinfo\" style=\"margin-top:16px;padding-top:8px;"
        "border-top:1px solid #767676;font:14px/1.5 sans-serif;color:#333333;"
        "background-color:#ffffff\">\n";
    for (const Piece piece : pieces) {
        const Sentence one = sentence_of(piece, campaign, say);
        text += one.text + "\n";
        html += "<p style=\"margin:0 0 4px\">" + one.html + "</p>\n";
    }
    return body.kind == BodyKind::kHtml ? html + "</div>\n" : text;
}

class Completer {
  public:
    Completer(std::string_view bytes, const Mail& mail, const Completion& completion)
        : bytes_(bytes), mail_(mail), completion_(completion) {
        for (const Finding& one : completion.findings)
            if (one.state != State::kKept) wanted_.insert(one.observation.id);
        if (wanted_.contains("stop_contact")) wanted_.insert("optout");
    }

    Result<Completed> complete() && {
        if (mail_.is_dkim_signed && !wanted_.empty())
            return error(ErrorCode::kInput, "mail.fix_dkim");
        std::vector<Edit> edits;
        for (const Lack& lack : completion_.observed.lacks) {
            const Body& body = mail_.bodies[lack.body];
            const std::vector<Piece> pieces = pieces_of(lack);
            if (pieces.empty()) continue;
            const Catalogue& say =
                completion_.texts(language_of_body(mail_, body, completion_.language));
            const std::string foot = foot_of(body, pieces, completion_.campaign, say);
            edits.push_back(LICET_TRY(foot_edit(bytes_, mail_, body, foot)));
        }
        add_head_lines(edits);
        for (const auto& [id, question] :
             {std::pair{"subject", "mail.ask_subject"}, std::pair{"pixel", "mail.ask_pixel"},
              std::pair{"third_party", "mail.ask_third_party"}})
            if (wanted_.contains(id)) out_.questions.push_back(error(ErrorCode::kInput, question));
        out_.bytes = spliced(bytes_, std::move(edits));
        return std::move(out_);
    }

  private:
    // Those that are wanted and can be said; the others become questions, once each.
    std::vector<Piece> pieces_of(const Lack& lack) {
        std::vector<Piece> pieces;
        for (const Piece piece : lack.pieces) {
            if (!wanted_.contains(finding_of(piece))) continue;
            if (content_of(piece, completion_.campaign).empty()) {
                ask(question_of(piece));
                continue;
            }
            pieces.push_back(piece);
            note_added(finding_of(piece));
        }
        return pieces;
    }

    void ask(const char* question) {
        if (asked_.insert(question).second)
            out_.questions.push_back(error(ErrorCode::kInput, question));
    }
    void note_added(const std::string& id) {
        if (std::find(out_.added.begin(), out_.added.end(), id) == out_.added.end())
            out_.added.push_back(id);
    }

    void add_head_lines(std::vector<Edit>& edits) {
        const gate::Campaign& campaign = completion_.campaign;
        if (!completion_.observed.lacks_head_lines || !wanted_.contains("list_unsubscribe")) return;
        if (campaign.sender_unsubscribe.empty()) return ask("mail.ask_unsubscribe");
        std::string ways = "<" + campaign.sender_unsubscribe + ">";
        if (is_mail_address(campaign.sender_stop_contact))
            ways += ", <mailto:" + campaign.sender_stop_contact + "?subject=unsubscribe>";
        for (const auto& [name, value] :
             {std::pair<std::string, std::string>{"List-Unsubscribe", ways},
              {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}})
            for (Edit& edit : head_edits(bytes_, mail_, name, value))
                edits.push_back(std::move(edit));
        note_added("list_unsubscribe");
    }

    std::string_view bytes_;
    const Mail& mail_;
    const Completion& completion_;
    std::set<std::string, std::less<>> wanted_;
    std::set<std::string> asked_;
    Completed out_;
};

}  // namespace

Result<Completed> complete(std::string_view bytes, const Mail& mail, const Completion& completion) {
    return Completer(bytes, mail, completion).complete();
}

}  // namespace licet::mail
