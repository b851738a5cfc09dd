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

// Alone or as the first word of an answer, these say stop.
constexpr std::array<std::string_view, 19> kStrong = {
    "stop",        "stopall",   "stopsms",     "stoppub",        "arret",
    "arrets",      "arretez",   "arreter",     "desabonner",     "desabonnement",
    "desabonnez",  "desabonne", "desinscrire", "desinscription", "desinscrivez",
    "unsubscribe", "unsub",     "optout",      "revoke"};
// These say so only alone: they begin other sentences too.
constexpr std::array<std::string_view, 16> kAlone = {
    "end",         "quit",       "cancel",  "remove",    "fin",      "arrete",
    "annuler",     "annule",     "quitter", "supprimer", "supprime", "resilier",
    "resiliation", "desactiver", "refus",   "non"};
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

// The first word: up to a blank or a sign that is no part of a word. "S.T.O.P" has none.
std::string first_word(std::string_view text) {
    constexpr std::string_view kEnds = " \t\r\n,;:!?/.";
    const std::string_view rest = trimmed(text);
    return folded(rest.substr(0, rest.find_first_of(kEnds)));
}

}  // namespace

Keyword keyword_of(std::string_view text) {
    // What a telephone writes for a blank that does not break.
    std::string plain(text);
    for (std::size_t at = 0; (at = plain.find("\xC2\xA0", at)) != plain.npos;)
        plain.replace(at, 2, " ");
    const std::string whole = folded(plain);
    const std::string first = first_word(plain);
    if (has(kStrong, first) || has(kStrong, whole) || has(kAlone, whole)) return Keyword::kStop;
    const auto is_within = [&](std::string_view part) { return whole.find(part) != whole.npos; };
    if (std::any_of(kWithin.begin(), kWithin.end(), is_within)) return Keyword::kStop;
    if (has(kStart, whole)) return Keyword::kStart;
    if (has(kHelp, whole)) return Keyword::kHelp;
    return Keyword::kNone;
}

}  // namespace licet::webhooks
