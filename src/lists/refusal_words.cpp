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
// Of words that refuse alone, those that do so as one word of a free text; those of the second line
// only between the marks of a sentence: "mail arrivé dans le spam" tells of no complaint.
constexpr std::string_view kNoteWords = " plainte complaint complained blacklist dnc optout ";
constexpr std::string_view kLoneNoteWords = " stop refus opposition spam ";
constexpr std::string_view kNoteBeginnings = "sropcbd";  // of both
// Before a thing they say that there is none of it, as does "pas de".
constexpr std::string_view kDenials = " sans aucun aucune no kein keine keinen ";
constexpr std::string_view kPronouns = " me m nous vous le la les l lui ";
constexpr std::string_view kPronounsOfWriters = " me m nous vous ";

// What refuses wherever it stands in a text; folded, so without spaces, accents and signs, and
// without the pronoun in "ne plus me contacter". The end of a phrase may be that of a word ($) or
// not: "desinscri" is also "désinscription". A thing (~) may be denied: "aucune désinscription". A
// call (@) may be put off: "ne pas appeler avant 10h". These mean the same in whatever column:
constexpr std::string_view kSurePhrases =
    "nepascontacter nepluscontacter nepasetrecontact neplusetrecontact nepasrecontacter "
    "neplusrecontacter necontactezplus necontactezpas necontacterplus nepasdemarcher "
    "neplusdemarcher nepassolliciter neplussolliciter nepasemailer nepasmailer neplusrecevoir "
    "nepasjoindre neplusjoindre nesouhaitepasrecev neveutpasrecevoir desinscri~ desabonn~ "
    "unsubscri optedout blacklist~ "
    "blocklist~ listenoire~ donotcontact donotemail dontcontact dontemail nolongercontact "
    "nottobecontacted stopemail stopmail stopsms stopcontact stopprospection pasdeprospection "
    "pasdedemarchage nichtkontaktieren nichtmehrkontakt keinewerbung keinnewsletter abgemeldet "
    "abbestell werbesperre optout~ pasdenewsletter pasdemailing ";
// ... and these in states, tags and notes.
constexpr std::string_view kOtherPhrases =
    "nepasappeler@ neplusappeler nepasrappeler@ neplusrappeler nepasrelancer@ neplusrelancer "
    "neappelezplus nappelezplus nerappelezplus nerelancezplus neenvoyezplus nenvoyezplus "
    "necrivezplus neecrivezplus nepasenvoyer neplusenvoyer nepasecrire neplusecrire "
    "nesouhaiteplus neveutplus nesouhaitepasetre neveutpasetre donotcall@ donotmail dontcall@ "
    "dontmail removeme$ removefrom takemeoff soppose droitdopposition~ retirerdelaliste meretirer "
    "retirezmoi enlevezmoi supprimezmoi supprimerdelaliste refusedetre refusdecontact "
    "refusetoutcontact refuscategorique refustotal "
    "refusdeprospection refusdelaprospection refusdudemarchage refusdedemarchage refusdetre "
    "oppositionalaprosp~ oppositionaudemarch~ oppositionauxappels~ oppositionauxmails~ "
    "oppositionautraitement~ oppositionrgpd~ oppositionrecue~ oppositioncnil~ enopposition~ "
    "stopcalling stoprecu recustop repondustop "
    "reponsestop droitaloubli nichtanrufen keinekontakte$ keinekontakt$ keinekontaktaufnahme "
    "widerspr estoppose neveutpasde nesouhaitepasde donotsend dontsend nomoreemail nomoremail "
    "toberemoved supprimerdelabase supprimerdevos retirerdevos retirerdelabase keinemail$ "
    "keinemails$ keineemail$ keineemails$ righttobeforgotten righttoerasure";
// Of words that refuse alone, those that can be about nothing else.
constexpr std::string_view kSureWords =
    " desinscrit desinscrite desinscrits desabonne desabonnee desabonnes unsubscribed unsubscribe "
    "optout optedout blackliste blacklistee blacklisted blacklist blocklisted blocklist listenoire "
    "nepascontacter donotcontact dontcontact unsubscribedviaemail unsubscribedviaapi "
    "unsubscribedviama abgemeldet abbestellt ";

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
const Words& sure_words() {
    static const Words kWords = words_of(kSureWords);
    return kWords;
}

bool has_word(std::string_view words, std::string_view word) {
    return !word.empty() && words.find(" " + std::string(word) + " ") != words.npos;
}

// How a letter of a text stands to the one before.
enum : char { kInWord, kWordBegins, kSentenceBegins };

// A text as folded() gives it, and where in it a word or a sentence begins; its end begins both.
struct FoldedWords {
    std::string text;
    std::vector<char> begins;
};

// A hyphen is a mark of a sentence only beside a space: "One-stop shop".
char break_of(std::string_view text, std::size_t place) {
    constexpr std::string_view kMarks = ".,;:!?()[]{}\"/|*=<>#\n\r\t";
    const auto is_open = [&](std::size_t i) { return i >= text.size() || text[i] == ' '; };
    const bool is_dash = text[place] == '-' && (is_open(place - 1) || is_open(place + 1));
    return is_dash || kMarks.find(text[place]) != kMarks.npos ? kSentenceBegins : kWordBegins;
}

// Forgets the pronouns of "ne plus me contacter" and "ne me contactez plus", word by word.
class PronounsOfRefusals {
  public:
    // `begin` is where the last word of the text begins.
    void look(FoldedWords& words, std::size_t begin) {
        const std::string_view word = std::string_view(words.text).substr(begin);
        const bool is_after_ne = before_ == kNe && has_word(kPronounsOfWriters, word);
        if (is_after_ne || (before_ == kNot && has_word(kPronouns, word))) {
            words.text.resize(begin);
            words.begins.resize(begin);
        } else if (before_ == kNe && (word == "pas" || word == "plus")) {
            before_ = kNot;
        } else {
            before_ = word == "ne" ? kNe : kOther;
        }
    }

  private:
    enum { kOther, kNe, kNot } before_ = kOther;
};

// Its memory is used again: one is made for each note of a list.
const FoldedWords& folded_words(std::string_view text) {
    thread_local FoldedWords out;
    out.text.clear();
    out.begins.clear();
    PronounsOfRefusals pronouns;
    char begins = kSentenceBegins;
    std::size_t word = 0;
    const auto end_word = [&](char by) {
        if (begins == kInWord) pronouns.look(out, word);
        begins = std::max(begins, by);
    };
    const auto add = [&](char letter) {
        if (begins != kInWord) word = out.text.size();
        out.text += letter;
        out.begins.push_back(begins);
        begins = kInWord;
    };
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            const char c = ascii_lower(text[i]);
            if ((c >= 'a' && c <= 'z') || is_ascii_digit(c))
                add(c);
            else
                end_word(break_of(text, i));
            ++i;
            continue;
        }
        const std::size_t length = utf8_length_at(text, i);
        const std::string_view letter = text.substr(i, length);
        const std::string letters = folded(letter);
        const bool joins = letter == "’" || letter == "\u00A0" || letter == "\uFFFD";
        if (letters.empty()) end_word(joins ? kWordBegins : kSentenceBegins);
        for (const char c : letters) add(c);
        i += length;
    }
    end_word(kSentenceBegins);
    out.begins.push_back(kSentenceBegins);
    return out;
}

// The word of which the letter before `place` is the last one.
std::string_view word_before(const FoldedWords& words, std::size_t place) {
    std::size_t begin = place;
    while (begin > 0 && words.begins[--begin] == kInWord) continue;
    return std::string_view(words.text).substr(begin, place - begin);
}

// Says whether a thing is said not to be: "pas d'opposition", "aucune plainte".
bool is_denied(const FoldedWords& words, std::size_t place) {
    if (words.begins[place] == kSentenceBegins) return false;
    const std::string_view word = word_before(words, place);
    if (word != "d" && word != "de") return has_word(kDenials, word);
    const std::size_t before = place - word.size();
    return words.begins[before] != kSentenceBegins && word_before(words, before) == "pas";
}

// Says whether a time follows: "avant 10h", "le matin"; "le client" is none.
bool is_put_off(const FoldedWords& words, std::size_t place) {
    constexpr std::array kTimes = {"avant",    "apres",    "entre",   "before",  "after",
                                   "lelundi",  "lemardi",  "lemercr", "lejeudi", "levend",
                                   "lesamedi", "ledimanc", "lematin", "lemidi",  "lesoir",
                                   "leweek",   "lapresmi"};
    if (words.begins[place] != kWordBegins) return false;
    const std::string_view rest = std::string_view(words.text).substr(place);
    // A number that begins with a zero is one to be called.
    if (rest.size() > 2 && rest.starts_with("le") && rest[2] >= '1' && rest[2] <= '9') return true;
    return std::any_of(kTimes.begin(), kTimes.end(),
                       [&](std::string_view time) { return rest.starts_with(time); });
}

struct Phrase {
    std::string_view text;
    bool is_whole = false;
    bool is_thing = false;
    bool is_call = false;
};

// By their first letter: a note is walked through once.
using Phrases = std::array<std::vector<Phrase>, 26>;

Phrases phrases_of(std::string_view text) {
    Phrases out;
    for (std::string_view word : split(text, ' ')) {
        if (word.empty()) continue;
        const char sign = word.back();
        const bool has_sign = sign == '$' || sign == '~' || sign == '@';
        if (has_sign) word.remove_suffix(1);
        out.at(static_cast<std::size_t>(word.front() - 'a'))
            .push_back({word, sign == '$', sign == '~', sign == '@'});
    }
    return out;
}

// A phrase begins with a word, and ends with one if it has the sign of an end; so "remove mentions"
// is not "remove me".
bool is_phrase_at(const FoldedWords& words, std::size_t place, const Phrase& phrase) {
    // Two more letters first: most words that begin like a phrase are told apart by them.
    const std::string_view text = words.text;
    if (text[place + 1] != phrase.text[1] || text[place + 2] != phrase.text[2]) return false;
    if (!text.substr(place).starts_with(phrase.text)) return false;
    const std::size_t end = place + phrase.text.size();
    if (phrase.is_whole && words.begins[end] == kInWord) return false;
    if (phrase.is_thing && is_denied(words, place)) return false;
    return !phrase.is_call || !is_put_off(words, end);
}

bool has_phrase(const FoldedWords& words, const Phrases& all) {
    constexpr std::size_t kShortest = 5;
    const std::string_view text = words.text;
    for (std::size_t i = 0; i + kShortest <= text.size(); ++i) {
        const char c = text[i];
        if (words.begins[i] == kInWord || c < 'a' || c > 'z') continue;
        const auto& phrases = all[static_cast<std::size_t>(c - 'a')];
        if (std::any_of(phrases.begin(), phrases.end(),
                        [&](const Phrase& one) { return is_phrase_at(words, i, one); }))
            return true;
    }
    return false;
}

bool has_sure_phrase(const FoldedWords& words) {
    static const Phrases kAll = phrases_of(kSurePhrases);
    return has_phrase(words, kAll);
}
bool has_any_phrase(const FoldedWords& words) {
    static const std::string kText = std::string(kSurePhrases) + std::string(kOtherPhrases);
    static const Phrases kAll = phrases_of(kText);
    return has_phrase(words, kAll);
}

// Says whether one of the words of a free text refuses alone.
bool has_note_word(const FoldedWords& words) {
    const std::string_view text = words.text;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (words.begins[end] == kInWord) ++end;
        const std::string_view word = text.substr(begin, end - begin);
        // What follows may be a day: "STOP 12/03".
        const auto is_alone = [&] {
            return words.begins[begin] == kSentenceBegins &&
                   (words.begins[end] == kSentenceBegins || is_ascii_digit(text[end]));
        };
        if (kNoteBeginnings.find(word.front()) != kNoteBeginnings.npos &&
            ((has_word(kLoneNoteWords, word) && is_alone()) ||
             (has_word(kNoteWords, word) && !is_denied(words, begin))))
            return true;
        begin = end;
    }
    return false;
}

// Says whether a tag of several refuses.
bool has_tag(std::string_view text, const Words& refusing) {
    constexpr std::string_view kBetweenTags = ",;|/\n\r\t[]{}\":()";
    if (text.find_first_of(kBetweenTags) == text.npos) return false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(kBetweenTags), text.size());
        if (refusing.contains(folded(text.substr(0, end)))) return true;
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

// "Je peux me désinscrire à tout moment" is said to those who agree.
bool is_promise(const FoldedWords& words) {
    constexpr std::array kPromises = {"atoutmoment", "atanytime", "anytime", "jederzeit"};
    return std::any_of(kPromises.begin(), kPromises.end(), [&](std::string_view promise) {
        return words.text.find(promise) != words.text.npos;
    });
}

// "J'accepte de recevoir..., lien de désinscription dans chaque message": the text beside a box is
// what was agreed to, whatever else it speaks of. "Je n'accepte pas" is none.
bool is_agreed(const FoldedWords& words) {
    const std::string_view text = words.text;
    const bool is_denied = text.find("nicht") != text.npos || text.find("not") != text.npos ||
                           text.find("dontagree") != text.npos ||
                           text.find("disagree") != text.npos;
    if (const std::size_t at = text.find("accepte"); at != text.npos)
        return at == 0 || text[at - 1] != 'n';
    constexpr std::array kAgreed = {"agree", "stimme", "einverstanden"};
    return !is_denied && std::any_of(kAgreed.begin(), kAgreed.end(), [&](std::string_view word) {
        return text.find(word) != text.npos;
    });
}

bool may_refuse_by_phrase(Wording wording, const FoldedWords& words) {
    const bool is_agreement = wording == Wording::kAgreement || wording == Wording::kPermission;
    if (is_agreement) return !is_promise(words) && !is_agreed(words);
    return wording != Wording::kFound || !is_promise(words);
}

bool says_out(std::string_view cell, Wording wording) {
    const FoldedWords& words = folded_words(cell);
    const bool may_be_phrase = may_refuse_by_phrase(wording, words);
    if (wording == Wording::kFound)
        return sure_words().contains(words.text) || has_tag(cell, sure_words()) ||
               (may_be_phrase && has_sure_phrase(words));
    if (out_words().contains(words.text)) return true;
    if (wording == Wording::kMailStatus && has_word(kDormantWords, words.text)) return true;
    if (may_be_phrase && has_any_phrase(words)) return true;
    return wording == Wording::kNote ? has_note_word(words) : has_tag(cell, out_words());
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
        case Wording::kFound:
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
