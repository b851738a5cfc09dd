// SPDX-License-Identifier: Apache-2.0
// Goal: no word of refusal is lost, and none is read the other way round.
// Method: the words that people and programs write, each in every kind of column where it means
// something else.
#include "lists/refusal_words.h"

#include <gtest/gtest.h>

namespace licet::lists {
namespace {

bool refuses(std::string_view cell, Wording wording) {
    const Mark mark = refusal_of(cell, wording);
    return mark == Mark::kYes || mark == Mark::kUnknown;
}

TEST(RefusalWords, WhoIsOnAListOfRefusalsRefuses) {
    for (const auto* yes : {"Inscrit", "inscrite", "Actif", "active", "Accepté", "subscribed",
                            "Enregistré", "listed", "Liste rouge", "oui", "présent", "12/03/2026"})
        EXPECT_TRUE(refuses(yes, Wording::kList)) << yes;
    for (const auto* no : {"Non inscrit", "non", "absent", "not listed", "Aucune", "", "0"})
        EXPECT_FALSE(refuses(no, Wording::kList)) << no;
    EXPECT_EQ(refusal_of("Non inscrit", Wording::kList), Mark::kNo);
}

TEST(RefusalWords, AWordThatMayBeMeantEitherWayRefuses) {
    for (const auto* word : {"Inscrit", "Non inscrit", "abonné", "actif", "peut-être"})
        EXPECT_TRUE(refuses(word, Wording::kLeaving)) << word;
    for (const auto* word : {"oui", "non", "not subscribed", "pending"})
        EXPECT_TRUE(refuses(word, Wording::kSubscription)) << word;
}

TEST(RefusalWords, AStateOfSubscriptionIsReadTheOtherWayRound) {
    for (const auto* no : {"Inscrit", "abonnée", "subscribed", "active", ""})
        EXPECT_FALSE(refuses(no, Wording::kSubscription)) << no;
    for (const auto* yes : {"désinscrit", "Désabonnée", "unsubscribed", "inactive", "cleaned"})
        EXPECT_TRUE(refuses(yes, Wording::kSubscription)) << yes;
}

TEST(RefusalWords, ARefusalMayBeAWordOrADay) {
    for (const auto* yes : {"Désinscrite", "unsubscribed", "Opt-out", "12/03/2026", "Inactive",
                            "2026-09-18 08:15:00", "true", "31/02/2026"})
        EXPECT_EQ(refusal_of(yes, Wording::kLeaving), Mark::kYes) << yes;
    EXPECT_EQ(refusal_of("non", Wording::kLeaving), Mark::kNo);
    EXPECT_EQ(refusal_of("[]", Wording::kLeaving), Mark::kEmpty);
    EXPECT_EQ(refusal_of("0000-00-00", Wording::kLeaving), Mark::kEmpty);
    EXPECT_EQ(refusal_of("à vérifier", Wording::kLeaving), Mark::kUnknown);
}

TEST(RefusalWords, StatesOfAnAccountAreWordsOfListmonkAlone) {
    for (const char* state : {"enabled", "confirmed", "pending", "unconfirmed"})
        EXPECT_EQ(refusal_of(state, Wording::kLeaving), Mark::kUnknown) << state;
    EXPECT_EQ(refusal_of("enabled", Wording::kListmonk), Mark::kNo);
    EXPECT_EQ(refusal_of("unconfirmed", Wording::kListmonk), Mark::kEmpty);
    EXPECT_EQ(refusal_of("blocklisted", Wording::kListmonk), Mark::kYes);
}

TEST(RefusalWords, AColumnThatAllowsIsReadAsItIsWritten) {
    EXPECT_FALSE(refuses("Allow", Wording::kAllowing));
    EXPECT_TRUE(refuses("Do Not Allow", Wording::kAllowing));
    EXPECT_TRUE(refuses("Allow", Wording::kList));
    for (const auto* yes : {"no", "nein", "denied", "withdrawn", "Refusé"})
        EXPECT_TRUE(refuses(yes, Wording::kPermission)) << yes;
    for (const auto* no : {"granted", "ja", "pending", ""})
        EXPECT_FALSE(refuses(no, Wording::kPermission)) << no;
}

TEST(RefusalWords, NoAgreementIsNoRefusalButAWordOfRefusalIs) {
    EXPECT_FALSE(refuses("non", Wording::kAgreement));
    for (const auto* yes :
         {"désinscrit", "unsubscribed", "stop", "Opposition", "refus", "withdrawn"})
        EXPECT_TRUE(refuses(yes, Wording::kAgreement)) << yes;
}

TEST(RefusalWords, WhatIsAgreedToIsNoRefusalThoughItTellsOfOne) {
    for (const Wording wording : {Wording::kAgreement, Wording::kPermission}) {
        for (const auto* no :
             {"J'accepte de recevoir la newsletter, je peux me désinscrire à tout moment",
              "Désinscription à tout moment", "unsubscribe at any time", "jederzeit abbestellbar",
              "Ich stimme zu; der Newsletter kann jederzeit abbestellt werden",
              "J'accepte les messages ; chacun porte un lien pour se désinscrire",
              "I agree to receive messages; each has a link to unsubscribe"})
            EXPECT_FALSE(refuses(no, wording)) << no;
        for (const auto* yes : {"désabonné le 12/03/2026", "email, unsubscribed",
                                "ne plus me contacter", "Ne souhaite plus recevoir",
                                "a demandé à être désinscrit de la newsletter le 12/03/2026",
                                "Ne souhaite plus recevoir de newsletter ni d'offres par mail",
                                "je n'accepte plus rien, merci de me désinscrire de vos listes"})
            EXPECT_TRUE(refuses(yes, wording)) << yes;
    }
}

TEST(RefusalWords, InAColumnOfAnyNameOnlyWordsOfNothingElseCount) {
    for (const auto* yes :
         {"désinscrit", "Désabonnée", "unsubscribed", "vip, unsubscribed", "opt-out",
          "Ne pas contacter", "Do not contact", "blacklist", "blocklisted", "ne plus me contacter"})
        EXPECT_TRUE(refuses(yes, Wording::kFound)) << yes;
    for (const auto* no : {"Refusé", "refus", "denied", "declined", "removed", "exclu", "Retiré",
                           "revoked", "spam", "bounced", "Clients; refusé", "oui", "non",
                           "Ne souhaite plus d'option", "stop", "désinscription à tout moment"})
        EXPECT_FALSE(refuses(no, Wording::kFound)) << no;
}

TEST(RefusalWords, OfStatesAndTagsOnlyWordsOfRefusalCount) {
    for (const auto* yes : {"désabonné", "Ne pas contacter", "unsubscribed", "vip, unsubscribed",
                            "Clients; STOP", "Do not contact", "blocklisted", "cleaned",
                            "[{\"subscription_status\":\"unsubscribed\"}]", "dÃ©sinscrit",
                            "d?sinscrit", "D\uFFFDsabonn\uFFFD"})
        EXPECT_TRUE(refuses(yes, Wording::kStatus)) << yes;
    for (const auto* no : {"actif", "inactif", "vip", "Client", "En cours", "oui", "non", "1",
                           "arrêt de bus", "No contact yet", "shop-stopper", "réabonné"})
        EXPECT_FALSE(refuses(no, Wording::kStatus)) << no;
    EXPECT_TRUE(refuses("inactive", Wording::kMailStatus));
}

TEST(RefusalWords, OfANotePhrasesCountAndSomeWords) {
    for (const auto* yes :
         {"ne plus contacter SVP", "a demandé à être désinscrit", "please unsubscribe",
          "don't contact", "STOP", "Reçu : stop. Le 12/03", "s'oppose à la prospection",
          "Ne souhaite plus être appelé", "s'est opposée à tout envoi", "asked to be removed",
          "bitte nicht kontaktieren", "refus"})
        EXPECT_TRUE(refuses(yes, Wording::kNote)) << yes;
    for (const auto* no : {"rappeler lundi", "a changé de poste", "nonstop", "vu au salon", "",
                           "please remove mentions of the price"})
        EXPECT_FALSE(refuses(no, Wording::kNote)) << no;
}

TEST(RefusalWords, APronounDoesNotHideARefusalInANote) {
    for (const auto* yes : {"Ne plus me contacter svp",
                            "Ne me contactez plus",
                            "Ne plus recontacter",
                            "Ne pas rappeler",
                            "merci de me retirer de votre liste",
                            "Merci de ne plus m'envoyer de mails",
                            "ne pas le rappeler",
                            "Ne plus m’appeler",
                            "ne m'appelez plus",
                            "ne plus nous solliciter",
                            "retirez-moi",
                            "not to be contacted",
                            "veuillez ne plus me joindre",
                            "Refus catégorique",
                            "Il refuse tout contact",
                            "opposition CNIL",
                            "stop calling me",
                            "ne plus lui écrire",
                            "Ne pas appeler le client",
                            "Ne pas appeler le 06 39 98 12 34"})
        EXPECT_TRUE(refuses(yes, Wording::kNote)) << yes;
}

TEST(RefusalWords, AWordOfANoteIsNoRefusalIfItIsDeniedOrAboutSomethingElse) {
    for (const auto* no :
         {"Pas d'opposition à la prospection", "aucune plainte", "One-stop shop for HR",
          "mail arrivé dans le spam", "Refus du devis, relancer en juin",
          "Ne pas appeler avant 10h", "keine Kontaktdaten vorhanden", "keine Mailadresse",
          "ne pas appeler le lundi", "Do not call before 10", "no complaint", "sans plainte",
          "keine Opt-out", "Ne pas relancer avant juin", "Pas de désinscription"})
        EXPECT_FALSE(refuses(no, Wording::kNote)) << no;
    for (const auto* yes :
         {"Relance. Refus. A revoir", "vu au salon - STOP", "STOP 12/03/2026", "appelé : refus",
          "opposition", "Plainte du client", "keine E-Mails", "keine Kontakte", "keine E-Mail!",
          "sans suite, opposition", "a répondu STOP", "Opposition à la prospection",
          "Refus de la prospection"})
        EXPECT_TRUE(refuses(yes, Wording::kNote)) << yes;
}

TEST(RefusalWords, AnAgreementIsNeverInvented) {
    EXPECT_EQ(agreement_of("abonnée"), Mark::kYes);
    EXPECT_EQ(agreement_of("désabonnée"), Mark::kNo);
    EXPECT_EQ(agreement_of("inactive"), Mark::kNo);
    EXPECT_EQ(agreement_of(""), Mark::kEmpty);
    EXPECT_EQ(agreement_of("sans réponse"), Mark::kUnknown);
}

TEST(RefusalWords, ABounceIsSoftOnlyIfAWordSaysSo) {
    EXPECT_EQ(bounce_of("soft bounce"), Mark::kNo);
    EXPECT_EQ(bounce_of("550 5.1.1 user unknown (Microsoft)"), Mark::kYes);
}

}  // namespace
}  // namespace licet::lists
