// SPDX-License-Identifier: Apache-2.0
#include "webhooks/keyword.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/text.h"

namespace licet::webhooks {
namespace {

using Words = std::span<const std::string_view>;

// Alone, or as the first or last word of an answer, these say stop.
constexpr std::array<std::string_view, 19> kStrong = {
    "stop",        "stopall",   "stopsms",     "stoppub",        "arret",
    "arrets",      "arretez",   "arreter",     "desabonner",     "desabonnement",
    "desabonnez",  "desabonne", "desinscrire", "desinscription", "desinscrivez",
    "unsubscribe", "unsub",     "optout",      "revoke"};
// These say so only alone: they begin other sentences too.
constexpr std::array<std::string_view, 15> kAlone = {
    "end",      "quit",     "cancel",      "remove",     "fin",
    "arrete",   "annuler",  "annule",      "quitter",    "supprimer",
    "supprime", "resilier", "resiliation", "desactiver", "refus",
};
// These say so wherever they stand.
constexpr std::array<std::string_view, 9> kWithin = {
    "desabonn",  "desinscri", "unsubscrib",        "neplusrecevoir", "nemenvoyezplus",
    "plusdesms", "optout",    "nemecontactezplus", "stopsms"};
constexpr std::array<std::string_view, 9> kStart = {"start",    "unstop",    "yes",
                                                    "reprise",  "reprendre", "abonner",
                                                    "sabonner", "subscribe", "resubscribe"};
constexpr std::array<std::string_view, 4> kHelp = {"help", "info", "aide", "infos"};

bool has(Words words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Words end at blanks and at signs that are no part of one. "S.T.O.P" is four of them.
constexpr std::string_view kEnds = " \t\r\n,;:!?/.";

std::string first_word(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(kEnds), text.size()));
    return folded(text.substr(0, text.find_first_of(kEnds)));
}

std::string last_word(std::string_view text) {
    text = text.substr(0, text.find_last_not_of(kEnds) + 1);
    return folded(text.substr(text.find_last_of(kEnds) + 1));
}

}  // namespace

Keyword keyword_of(std::string_view text) {
    // What a telephone writes for a blank that does not break.
    std::string plain(text);
    for (std::size_t at = 0; (at = plain.find("\xC2\xA0", at)) != plain.npos;)
        plain.replace(at, 2, " ");
    const std::string whole = folded(plain);
    for (const std::string& word : {first_word(plain), last_word(plain), whole})
        if (has(kStrong, word)) return Keyword::kStop;
    if (has(kAlone, whole)) return Keyword::kStop;
    const auto is_within = [&](std::string_view part) { return whole.find(part) != whole.npos; };
    if (std::any_of(kWithin.begin(), kWithin.end(), is_within)) return Keyword::kStop;
    if (has(kStart, whole)) return Keyword::kStart;
    if (has(kHelp, whole)) return Keyword::kHelp;
    return Keyword::kNone;
}

}  // namespace licet::webhooks
