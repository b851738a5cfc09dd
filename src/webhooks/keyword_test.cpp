// SPDX-License-Identifier: Apache-2.0
// Goal: whoever says stop, in either language and however it is typed, is heard; and nobody is
//       taken for having said start.
// Method: words as people type them.
#include "webhooks/keyword.h"

#include <gtest/gtest.h>

namespace licet::webhooks {
namespace {

TEST(Keywords, AStopIsHeardHoweverItIsTyped) {
    for (const char* text : {"STOP",
                             "stop",
                             " Stop ",
                             "STOP.",
                             "stop !!!",
                             "« STOP »",
                             "S.T.O.P",
                             "STOP 36184",
                             "stop sms",
                             "STOP SVP",
                             "StopAll",
                             "STOP ALL",
                             "ARRET",
                             "ARRÊT",
                             "Arrêt !",
                             "arre\xCC\x82t",
                             "arrêtez",
                             "Arrêtez de m'écrire",
                             "DESABONNER",
                             "DÉSABONNER",
                             "désabonnement svp",
                             "me désabonner",
                             "Désinscription",
                             "UNSUBSCRIBE",
                             "Unsubscribe me",
                             "please unsubscribe",
                             "END",
                             "Quit",
                             "cancel",
                             "CANCEL.",
                             "REVOKE",
                             "OptOut",
                             "opt-out",
                             "Opt out",
                             "fin",
                             "annuler",
                             "Résilier",
                             "supprimer",
                             "ne plus recevoir",
                             "Merci de ne plus m'envoyer de SMS, STOP",
                             "plus de sms svp",
                             "stop\xC2\xA0!",
                             "\nSTOP\r\n",
                             "\xC2\xA0stop"})
        EXPECT_EQ(keyword_of(text), Keyword::kStop) << text;
}

TEST(Keywords, OtherAnswersAreNone) {
    for (const char* text :
         {"", " ", "?", "Bonjour", "ok", "à quelle heure ?", "See you at the end", "I quit smoking",
          "la fin du film", "\xff\xfe", "123"})
        EXPECT_EQ(keyword_of(text), Keyword::kNone) << text;
}

TEST(Keywords, StartAndHelpAreThemselvesOnlyAlone) {
    for (const char* text : {"START", "start.", "UNSTOP", "Reprise"})
        EXPECT_EQ(keyword_of(text), Keyword::kStart) << text;
    for (const char* text : {"HELP", "aide ?", "INFO"})
        EXPECT_EQ(keyword_of(text), Keyword::kHelp) << text;
    EXPECT_EQ(keyword_of("start the car"), Keyword::kNone);
    EXPECT_EQ(keyword_of("stop or start"), Keyword::kStop);
}

}  // namespace
}  // namespace licet::webhooks
