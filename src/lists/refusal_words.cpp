// SPDX-License-Identifier: Apache-2.0
#include "lists/refusal_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "lists/internal/damaged_text.h"

namespace licet::lists {
namespace {

// Words as folded() gives them, between spaces. A word here refuses wherever it stands alone.
constexpr std::string_view kOutWords =
    " desinscrit desinscrite desinscrits desabonne desabonnee desabonnes unsubscribed unsubscribe "
    "unsub optout optedout blackliste blacklistee blacklisted blacklist listenoire oppose "
    "opposee opposition refus refuse refusee stop stopsms stopemail stopmail stoppub abgemeldet "
    "abbestellt widersprochen widerspruch widerrufen spam cleaned complained complaint plainte "
    "spamcomplaint spamreport "
    "nepascontacter donotcontact dnc blocklisted blocklist gesperrt werbesperre robinson "
    "listerouge unsubscribedviaemail unsubscribedviaapi unsubscribedviama contactflaggedasspam "
    "adminblocked withdrawn revoked denied declined retire retiree revoque revoquee abgelehnt "
    "suppressed hardbounce hardbounced bounced bouncedhard bouncehard dontcontact donotemail "
    "donotcall donotmail removed exclu exclue nomail noemail nocall ";
// They tell of an account: that is a refusal in columns that are made for refusals, and of mail.
constexpr std::string_view kDormantWords =
    " inactif inactive bloque bloquee blocked disabled desactive desactivee ";
constexpr std::string_view kInWords =
    " inscrit inscrite abonne abonnee subscribed sub optin optedin accepte accept accord accorde "
    "consent consenti angemeldet eingewilligt abonniert actif active ";
// Of those, the ones that tell of a choice and not of a state of the account.
constexpr std::string_view kSubscribedWords =
    " inscrit inscrite abonne abonnee subscribed optin optedin angemeldet abonniert ";
constexpr std::string_view kBouncedWords =
    " bounce bounced hardbounce hardbounced hard cleaned rebond npai unzustellbar bouncehard "
    "bouncedhard ";
constexpr std::string_view kNotListedWords =
    " noninscrit noninscrite pasinscrit noninscrits nonliste absent absente notlisted unlisted "
    "notregistered nonenregistre nontrouve nontrouvee notfound horsliste nichteingetragen "
    "nichtgelistet aucun aucune ";
// Of words that refuse alone, those that do so as one word of a free text.
constexpr std::string_view kNoteWords =
    " stop refus opposition spam plainte complaint complained blacklist dnc optout ";
constexpr std::string_view kNoteBeginnings = "sropcbd";  // of these

// What refuses wherever it stands in a text; folded, so without spaces, accents and signs. The end
// of a phrase may be that of a word ($) or not: "desinscri" is also "désinscription".
constexpr std::string_view kPhrases =
    "nepascontacter nepluscontacter nepasetrecontact neplusetrecontact nepasappeler "
    "neplusappeler nepasrelancer neplusrelancer nepasdemarcher neplusdemarcher nepassolliciter "
    "neplussolliciter nepasemailer nepasmailer nepasenvoyer neplusenvoyer neplusecrire "
    "neplusrecevoir nesouhaiteplus neveutplus nesouhaitepasetre neveutpasetre "
    "nesouhaitepasrecev neveutpasrecevoir desinscri desabonn unsubscri optedout blacklist "
    "blocklist listenoire donotcontact donotcall donotemail donotmail dontcontact dontcall "
    "dontemail dontmail nolongercontact stopemail stopmail stopsms stopcontact stopprospection "
    "removeme$ removefrom takemeoff soppose droitdopposition retirerdelaliste "
    "supprimerdelaliste pasdeprospection pasdedemarchage refusedetre refusdecontact "
    "refusdeprospection droitaloubli nichtkontaktieren nichtanrufen nichtmehrkontakt "
    "keinewerbung keinnewsletter keinekontakt abgemeldet abbestell widerspr werbesperre optout "
    "estoppose neveutpasde nesouhaitepasde pasdenewsletter pasdemailing donotsend dontsend "
    "nomoreemail nomoremail toberemoved supprimerdelabase supprimerdevos retirerdevos "
    "retirerdelabase keinemail righttobeforgotten righttoerasure";

using Words = std::unordered_set<std::string_view>;

Words words_of(std::string_view text) {
    Words out;
    for (const std::string_view word : split(text, ' '))
        if (!word.empty()) out.insert(word);
    return out;
}

// Looked up for every row of some lists; so by their hashes, and not in the text.
const Words& out_words() {
    static const Words kWords = words_of(kOutWords);
    return kWords;
}
const Words& note_words() {
    static const Words kWords = words_of(kNoteWords);
    return kWords;
}

bool has_word(std::string_view words, std::string_view word) {
    return !word.empty() && words.find(" " + std::string(word) + " ") != words.npos;
}

// A text as folded() gives it, and where in it a word begins; its end counts as a beginning.
struct FoldedWords {
    std::string text;
    std::vector<char> begins;
};

// Its memory is used again: one is made for each note of a list.
const FoldedWords& folded_words(std::string_view text) {
    thread_local FoldedWords out;
    out.text.clear();
    out.begins.clear();
    bool is_begin = true;
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            const char c = ascii_lower(text[i++]);
            const bool is_letter = (c >= 'a' && c <= 'z') || is_ascii_digit(c);
            if (is_letter) {
                out.text += c;
                out.begins.push_back(is_begin ? 1 : 0);
            }
            is_begin = !is_letter;
            continue;
        }
        const std::size_t length = utf8_length_at(text, i);
        const std::string letters = folded(text.substr(i, length));
        for (std::size_t j = 0; j < letters.size(); ++j)
            out.begins.push_back(is_begin && j == 0 ? 1 : 0);
        out.text += letters;
        is_begin = letters.empty();
        i += length;
    }
    out.begins.push_back(1);
    return out;
}

// A phrase begins with a word, and ends with one if it has the sign of an end; so "remove mentions"
// is not "remove me". Phrases by their first letter: a note is walked through once.
bool has_phrase(const FoldedWords& words) {
    constexpr std::size_t kShortest = 5;
    static const auto by_letter = [] {
        std::array<std::vector<std::string_view>, 26> out;
        for (const std::string_view phrase : split(kPhrases, ' '))
            out.at(static_cast<std::size_t>(phrase.front() - 'a')).push_back(phrase);
        return out;
    }();
    const std::string_view text = words.text;
    // Two more letters first: most words that begin like a phrase are told apart by them.
    const auto is_at = [&](std::size_t place, std::string_view phrase) {
        if (text[place + 1] != phrase[1] || text[place + 2] != phrase[2]) return false;
        const bool is_whole = phrase.ends_with('$');
        if (is_whole) phrase.remove_suffix(1);
        return text.substr(place).starts_with(phrase) &&
               (!is_whole || words.begins[place + phrase.size()] != 0);
    };
    for (std::size_t i = 0; i + kShortest <= text.size(); ++i) {
        const char c = text[i];
        if (words.begins[i] == 0 || c < 'a' || c > 'z') continue;
        const auto& phrases = by_letter[static_cast<std::size_t>(c - 'a')];
        if (std::any_of(phrases.begin(), phrases.end(), [&](auto one) { return is_at(i, one); }))
            return true;
    }
    return false;
}

// Says whether one of the words of a free text refuses alone.
bool has_note_word(const FoldedWords& words) {
    const std::string_view text = words.text;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (words.begins[end] == 0) ++end;
        const bool may_be = kNoteBeginnings.find(text[begin]) != std::string_view::npos;
        if (may_be && note_words().contains(text.substr(begin, end - begin))) return true;
        begin = end;
    }
    return false;
}

// Says whether a tag of several refuses.
bool has_tag(std::string_view text) {
    constexpr std::string_view kBetweenTags = ",;|/\n\r\t[]{}\":()";
    if (text.find_first_of(kBetweenTags) == text.npos) return false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(kBetweenTags), text.size());
        if (out_words().contains(folded(text.substr(0, end)))) return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

// A letter that is lost inside a word of French is nearly always an é: "d?sinscrit".
std::string with_lost_letters(std::string_view text) {
    constexpr std::string_view kReplaced = "\xEF\xBF\xBD";
    std::string out;
    bool has_lost = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = text.substr(i).starts_with(kReplaced) ? kReplaced.size() : 1;
        const bool is_gap = (size > 1 || text[i] == '?') && i + size < text.size() &&
                            is_ascii_letter(text[i + size]);
        out += is_gap ? "e" : text.substr(i, size);
        has_lost = has_lost || is_gap;
        i += size;
    }
    return has_lost ? out : std::string();
}

bool says_out(std::string_view cell, Wording wording) {
    const FoldedWords& words = folded_words(cell);
    if (out_words().contains(words.text) || has_phrase(words)) return true;
    if (wording == Wording::kMailStatus && has_word(kDormantWords, words.text)) return true;
    return wording == Wording::kNote ? has_note_word(words) : has_tag(cell);
}

// What a mark beside yes and no says in a column that is made for refusals.
Mark word_in_refusals(std::string_view cell, Wording wording) {
    const std::string word = folded(cell);
    const bool is_state = wording == Wording::kSubscription || wording == Wording::kListmonk;
    if (wording == Wording::kListmonk) {
        if (word == "enabled" || word == "confirmed") return Mark::kNo;
        if (word == "unconfirmed") return Mark::kEmpty;
    }
    if (wording == Wording::kAllowing && (word == "allow" || word == "allowed")) return Mark::kNo;
    if (out_words().contains(word) || has_word(kDormantWords, word)) return Mark::kYes;
    if (is_state && has_word(kInWords, word)) return Mark::kNo;
    if (wording == Wording::kList) {
        if (has_word(kNotListedWords, word)) return Mark::kNo;
        if (has_word(kInWords, word)) return Mark::kYes;
    }
    const auto day = DateColumn().read(cell);
    if (!day) return day.error().message.id == "cell.no_such_day" ? Mark::kYes : Mark::kUnknown;
    return *day ? Mark::kYes : Mark::kEmpty;
}

}  // namespace

bool is_for_refusals(Wording wording) {
    switch (wording) {
        case Wording::kList:
        case Wording::kLeaving:
        case Wording::kSubscription:
        case Wording::kListmonk:
        case Wording::kAllowing:
            return true;
        case Wording::kPermission:
        case Wording::kAgreement:
        case Wording::kMailStatus:
        case Wording::kStatus:
        case Wording::kNote:
            return false;
    }
    return true;
}

Mark refusal_of(std::string_view cell, Wording wording) {
    constexpr std::size_t kLongestMark = 32;  // beside it there are notes, and many of them
    const bool is_long = cell.size() > kLongestMark && !is_for_refusals(wording);
    const Mark mark = is_long ? Mark::kUnknown : mark_of(cell);
    if (mark == Mark::kEmpty) return mark;
    const std::string repaired = internal::repaired_text(cell);
    if (!repaired.empty()) cell = repaired;
    if (!is_for_refusals(wording)) {
        if (mark == Mark::kNo && wording == Wording::kPermission) return Mark::kYes;
        if (mark != Mark::kUnknown) return Mark::kEmpty;
        if (says_out(cell, wording)) return Mark::kYes;
        const bool may_have_lost =
            cell.find('?') != cell.npos || cell.find("\xEF\xBF\xBD") != cell.npos;
        const std::string whole = may_have_lost ? with_lost_letters(cell) : std::string();
        return !whole.empty() && says_out(whole, wording) ? Mark::kYes : Mark::kEmpty;
    }
    // "Statut abonnement: non" may say that nobody subscribed, or that nobody left.
    const bool is_state = wording == Wording::kSubscription || wording == Wording::kListmonk;
    if (mark != Mark::kUnknown) return is_state ? Mark::kUnknown : mark;
    return word_in_refusals(cell, wording);
}

Mark agreement_of(std::string_view cell) {
    const Mark mark = mark_of(cell);
    if (mark != Mark::kUnknown) return mark;
    const std::string word = folded(cell);
    if (out_words().contains(word) || has_word(kDormantWords, word)) return Mark::kNo;
    return has_word(kInWords, word) ? Mark::kYes : Mark::kUnknown;
}

bool says_subscribed(std::string_view cell) { return has_word(kSubscribedWords, folded(cell)); }

bool says_bounced(std::string_view cell) { return has_word(kBouncedWords, folded(cell)); }

bool says_passing(std::string_view cell) {
    // Whole words: a server of Microsoft's says nothing of a soft bounce.
    std::string words = " ";
    for (const char c : cell) words += is_ascii_letter(c) ? ascii_lower(c) : ' ';
    words += ' ';
    for (const std::string_view passing :
         {" soft ", " softbounce ", " temporaire ", " transient ", " temporary "})
        if (words.find(passing) != words.npos) return true;
    return false;
}

Mark bounce_of(std::string_view cell) {
    const Mark mark = mark_of(cell);
    if (mark != Mark::kUnknown) return mark;
    return says_passing(cell) ? Mark::kNo : Mark::kYes;  // a day, a count, a reason
}

}  // namespace licet::lists
