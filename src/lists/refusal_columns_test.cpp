// SPDX-License-Identifier: Apache-2.0
// Goal: every column that may refuse is found, for the channel that it is about, and its words are
// read as its name means them.
// Method: headers of people and programs in French, English and German, with a few rows.
#include "lists/refusal_columns.h"

#include <gtest/gtest.h>

#include "lists/contact_from_record.h"

namespace licet::lists {
namespace {

using Names = std::vector<std::string>;

// What a column alone beside an address refuses: its scope and how it is read.
RefusalColumn column_called(const std::string& name, const std::vector<Cells>& rows = {}) {
    const auto read = mapping_of(Names{"Email", name}, rows, {});
    const auto columns = refusal_columns_of(read.value);
    EXPECT_EQ(columns.size(), 1U) << name;
    return columns.empty() ? RefusalColumn{0, Role::kIgnored, Wording::kNote} : columns.front();
}

std::vector<RefusalColumn> columns_of(const Names& header, const std::vector<Cells>& rows) {
    return refusal_columns_of(mapping_of(header, rows, {}).value);
}

TEST(RefusalColumns, WordsOfAListAndOfASubscriptionAreToldApartByTheName) {
    for (const char* name : {"Bloctel", "Opt-out", "Liste noire", "Opposition", "Robinson"})
        EXPECT_EQ(column_called(name).wording, Wording::kList) << name;
    for (const char* name : {"Désinscrit", "Unsubscribed", "Newsletter abbestellt"})
        EXPECT_EQ(column_called(name).wording, Wording::kLeaving) << name;
    EXPECT_EQ(column_called("Statut abonnement").wording, Wording::kSubscription);
    EXPECT_EQ(column_called("Kein Newsletter").wording, Wording::kList);
    EXPECT_EQ(column_called("Do not allow Emails").wording, Wording::kAllowing);
}

TEST(RefusalColumns, AreFoundByTheNamesThatPeopleAndProgramsGive) {
    for (const char* name : {"Werbesperre", "Gesperrt", "Ne souhaite plus recevoir", "Robinson",
                             "Exclu", "RGPD refus", "Removed", "Ne plus recevoir", "Date de refus"})
        EXPECT_EQ(column_called(name).scope, Role::kOptOut) << name;
    for (const char* name :
         {"Newsletter abbestellt", "Kein Newsletter", "Ne pas emailer", "Do not allow Emails",
          "Ne pas envoyer d'e-mails", "Désabonné de tous les e-mails", "STOP Email"})
        EXPECT_EQ(column_called(name).scope, Role::kOptOutEmail) << name;
    for (const char* name : {"Email permission", "Consent status", "Werbung erlaubt"})
        EXPECT_EQ(column_called(name).wording, Wording::kPermission) << name;
}

TEST(RefusalColumns, AStateATagOrANoteMayRefuse) {
    for (const char* name : {"Statut", "status", "Tags", "Contact Status", "Catégories"})
        EXPECT_EQ(column_called(name).wording, Wording::kStatus) << name;
    for (const char* name : {"Email status", "Statut email", "Email Marketing Status"})
        EXPECT_EQ(column_called(name).wording, Wording::kMailStatus) << name;
    for (const char* name : {"Commentaire", "Note", "Remarques"})
        EXPECT_EQ(column_called(name).wording, Wording::kNote) << name;
    EXPECT_EQ(column_called("Newsletter").scope, Role::kOptOutEmail);
    EXPECT_EQ(column_called("RGPD").scope, Role::kOptOut);
}

TEST(RefusalColumns, AColumnOfAnyNameIsFoundByWhatItsFirstRowsSay) {
    const std::vector<Cells> rows = {{"a@courrier.example", "vip"},
                                     {"b@courrier.example", "ne pas contacter"}};
    EXPECT_EQ(column_called("Divers", rows).scope, Role::kOptOut);
    EXPECT_TRUE(columns_of({"Email", "Divers"}, {{"a@courrier.example", "vip"}}).empty());
    // A trade is no refusal.
    EXPECT_TRUE(columns_of({"Email", "Fonction"}, {{"a@courrier.example", "opposition"}}).empty());
}

TEST(RefusalColumns, OfHubspotsListOfThoseWhoLeftEachKindOfSubscriptionCounts) {
    const std::vector<Cells> rows = {
        {"a@courrier.example", "FALSE", "FALSE", "TRUE", "2026-03-04"}};
    const auto columns = columns_of(
        {"Email", "Portal Unsubscribe", "Global Bounce", "Marketing Information", "Date"}, rows);
    ASSERT_EQ(columns.size(), 2U);
    EXPECT_EQ(columns[1].index, 3U);
    EXPECT_EQ(columns[1].scope, Role::kOptOutEmail);
}

TEST(RefusalColumns, ARefusalOfFaxesIsNone) {
    EXPECT_TRUE(columns_of({"Email", "HasOptedOutOfFax"}, {}).empty());
}

TEST(RefusalColumns, AnObjectOfListmonkHasItsStatesWhateverBecameOfItsAttributes) {
    const auto columns = columns_of({"id", "uuid", "email", "attribs.city", "status"}, {});
    ASSERT_EQ(columns.size(), 1U);
    EXPECT_EQ(columns[0].wording, Wording::kListmonk);
}

TEST(RefusalColumns, ARefusalOfCallsIsOneOfEveryCallAndOfNothingElse) {
    const auto mapping = mapping_of(Names{"Email", "Tel", "Bloctel"}, {}, {}).value;
    const std::vector<std::string_view> cells = {"a@courrier.example", "0639980001", "Inscrit"};
    Record record;
    record.fields = cells;
    for (const char* channel : {"live_call", "automated_call", "voicemail_drop"})
        EXPECT_TRUE(ContactReader(mapping, channel, "fr").refuses(record)) << channel;
    for (const char* channel : {"email", "sms", "post"})
        EXPECT_FALSE(ContactReader(mapping, channel, "fr").refuses(record)) << channel;
}

TEST(RefusalColumns, WhatACellSaidItSaysAgain) {
    const auto mapping = mapping_of(Names{"Email", "Bloctel"}, {}, {}).value;
    RefusalReader reader(mapping);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(reader.mark(0, "Inscrit"), Mark::kYes);
        EXPECT_EQ(reader.mark(0, "Non inscrit"), Mark::kNo);
        EXPECT_EQ(reader.mark(0, ""), Mark::kEmpty);
    }
}

}  // namespace
}  // namespace licet::lists
