// SPDX-License-Identifier: Apache-2.0
// Goal: the gate for lists answers as check() does, whatever rows came before.
// Method: random rows and standings through one RowGate, each against a request made by hand.
#include "gate/row_gate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "gate/gate_test_support.h"
#include "gate/verdict_json.h"

namespace licet::gate {
namespace {

using ledger::Standing;
using test::day;

template <typename T>
T pick(std::vector<T> values) {
    return *rc::gen::elementOf(values);
}
std::string word(std::vector<std::string> words) { return pick(std::move(words)); }
std::optional<Date> some_day() {
    return pick<std::optional<Date>>({std::nullopt, day("2022-05-01"), day("2024-02-29"),
                                      day("2026-03-01"), day("2026-11-01"), day("2026-12-24")});
}
std::optional<bool> some_bool() { return pick<std::optional<bool>>({std::nullopt, true, false}); }

Contact random_contact() {
    Contact contact;
    const std::string address =
        word({"", "camille@gmail.com", "contact@entreprise.example", "a.b@entreprise.example"});
    if (!address.empty()) contact.email = ledger::contact_point_of_email(address).value();
    const std::string number = word({"", "0639981234", "0199001234", "+262692123456"});
    if (!number.empty()) contact.phone = ledger::contact_point_of_phone(number, "fr").value();
    contact.country = word({"", "", "fr", "de", "at", "us", "jp"});
    contact.postcode = word({"", "75001", "97400", "98800"});
    contact.job_title = word({"", "Responsable RH", "Marhaba", "Gérant"});
    contact.company = word({"", "Durand SARL"});
    contact.company_number = word({"", "732829320"});
    contact.is_private_person = some_bool();
    contact.is_customer = some_bool();
    contact.product_family = word({"", "piscine", "véranda"});
    contact.source_label = word({"", "Fichier acheté", "Formulaire web", "Salon", "Divers"});
    contact.last_purchase = some_day();
    contact.last_activity = some_day();
    contact.created = some_day();
    contact.opt_in_date = some_day();
    contact.has_opted_in = some_bool();
    contact.has_opted_out = *rc::gen::inRange(0, 4) == 0;
    contact.is_opt_out_for_all = *rc::gen::arbitrary<bool>();
    return contact;
}

Standing random_standing() {
    Standing standing;
    const std::string channel = word({"", "email", "live_call"});
    if (*rc::gen::inRange(0, 3) == 0)
        standing.objections[{"", channel, ""}] = {day("2026-04-01"), {}};
    if (*rc::gen::arbitrary<bool>()) {
        ledger::ConsentStanding& consent =
            standing.consents[{"", word({"", "email", "live_call"}), word({"", "survey"})}];
        consent.given_on = some_day();
        consent.withdrawn_on =
            pick<std::optional<Date>>({std::nullopt, std::nullopt, day("2026-05-01")});
        consent.particulars = {{"consent.act", word({"clear", "preticked"})},
                               {"consent.covers_sender", "yes"},
                               {"consent.covers_purpose", "yes"},
                               {"consent.sender_named", "this_sender"},
                               {"consent.informed", "yes"},
                               {"consent.granular", "yes"},
                               {"consent.phone_mentions", "yes"},
                               {"consent.proof", "individual"}};
    }
    if (*rc::gen::arbitrary<bool>()) {
        standing.origin.on = day("2026-02-01");
        standing.origin.particulars = {
            {"origin", word({"broker", "person_other", "person_at_sale"})},
            {"origin.informed", word({"yes", "no"})}};
        standing.first_collected_on = some_day();
    }
    standing.informed_on = some_day();
    standing.last_act_on = some_day();
    standing.last_order_on = some_day();
    standing.last_inquiry_on = some_day();
    standing.call_refused_on = some_day();
    standing.callback_requested_on = some_day();
    standing.callback_object = word({"", "piscine"});
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
        standing.call_attempts[std::to_string(i)] = day("2026-11-20");
    return standing;
}

std::string random_campaign() {
    std::string out = "channel = \"" + word({"email", "live_call", "post", "sms"}) +
                      "\"\npurpose = \"commercial\"\nagent = \"human\"\n";
    out += word({"", "country = \"fr\"\n", "country = \"eu\"\n"});
    out += word({"", "at = \"2026-11-23T12:30+01:00\"\n", "at = \"2026-08-10\"\n",
                 "sector = \"general\"\n"});
    out +=
        "[offer]\nfamily = \"piscine\"\noccupations = [\"RH\"]\nrelated_occupations = "
        "[\"gérant\"]\n";
    out += "[list]\n" + word({"", "origin = \"broker\"\nreceived_on = 2026-11-01\n",
                              "origin = \"person_other\"\ninformed = true\noptout_offered = "
                              "true\nsame_sender = true\n"});
    out += word({"", "audience = \"consumer\"\n", "audience = \"professional\"\n"});
    out += word({"", "relation = \"customer\"\n"});
    out += word({"", "last_activity = \"person\"\n"});
    out +=
        "[facts]\n\"balancing_test\" = \"done\"\n\"contract\" = \"none\"\n\"code_adherent\" = "
        "\"no\"\n";
    out += word({"",
                 "\"automated_system\" = \"no\"\n\"minor\" = \"no\"\n\"offer.linked_to_contract\" "
                 "= \"no\"\n"});
    return out;
}

// What check() is asked about the same row, put together without RowGate.
Verdict by_hand(const Campaign& campaign, const ContactFacts& all, const Contact& contact,
                const Standing* standing, const Moment& at) {
    const law::Vocabulary& words = test::real_law().vocabulary();
    static const Standing kNothing;
    Request request;
    request.facts = campaign.facts;
    request.aim = campaign.aim;
    request.standing = standing == nullptr ? &kNothing : standing;
    if (!all.has_other_origin(contact))
        for (const law::Facts::Entry& entry : campaign.collection.entries())
            request.facts.set(entry.fact, entry.value, entry.supplier);
    if (request.facts.find(words.find("at")) == nullptr) request.facts.set(words.find("at"), at);
    const ContactFacts::Place place = all.place_of(contact);
    if (!place.country.empty()) request.facts.set(words.find("country"), law::Key{place.country});
    if (!place.region.empty()) request.facts.set(words.find("region"), law::Key{place.region});
    all.add(contact, request.facts);
    return check(test::real_law(), test::offset_of, request, Depth::kAnswer).value();
}

std::vector<std::string> rules_of(const Verdict& verdict) {
    std::vector<std::string> ids;
    for (const VerdictReason& reason : verdict.reasons) ids.push_back(reason.rule);
    return ids;
}

TEST(RowGate, AnswersAsTheGateDoes) {
    EXPECT_TRUE(rc::check("rows of one campaign", [] {
        const Campaign campaign = test::campaign_of(random_campaign());
        const Moment at =
            parse_moment(word({"2026-11-23T11:00+01:00", "2026-11-22", "2026-08-10T11:00+02:00"}))
                .value();
        RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of, at);
        const ContactFacts all(test::real_law(), campaign, test::reference());
        for (int i = 0; i < 12; ++i) {
            const Contact contact = random_contact();
            const Standing standing = random_standing();
            const Standing* known = *rc::gen::arbitrary<bool>() ? &standing : nullptr;
            const Verdict expected = by_hand(campaign, all, contact, known, at);
            const Verdict& found = rows.decide(contact, known);
            RC_ASSERT(found.answer == expected.answer);
            RC_ASSERT(rules_of(found) == rules_of(expected));
            RC_ASSERT(found.duties == expected.duties);
            RC_ASSERT(found.missing == expected.missing);
            RC_ASSERT(found.certainty == expected.certainty);
            RC_ASSERT(found.pack == expected.pack);
        }
        RC_ASSERT(rows.distinct_answers() <= 12U);
    }));
}

// Another row of the kind: other addresses of the same form, other days in the same columns.
Contact other_of_its_kind(Contact contact) {
    for (auto* day :
         {&contact.last_purchase, &contact.last_activity, &contact.created, &contact.opt_in_date})
        while (*day) {
            const std::optional<Date> other = some_day();
            if (!other) continue;
            *day = other;
            break;
        }
    return contact;
}

TEST(RowGate, RowsOfAKindAreDecidedAsTheyAre) {
    EXPECT_TRUE(rc::check("kinds of one campaign", [] {
        const Campaign campaign = test::campaign_of(random_campaign());
        const Moment at = parse_moment(word({"2026-11-23T11:00+01:00", "2026-08-10"})).value();
        RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of, at);
        RowGate plain(test::real_law(), campaign, test::reference(), test::offset_of, at);
        rows.look_ahead(5);
        plain.look_ahead(5);
        const Contact first = random_contact();
        RowKind kind = rows.kind_of(first);
        for (int i = 0; i < 12; ++i) {
            const Contact contact = other_of_its_kind(first);
            const Standing standing = random_standing();
            const Standing* known = *rc::gen::arbitrary<bool>() ? &standing : nullptr;
            const Verdict& expected = plain.decide(contact, known);
            const Verdict& found = rows.decide(kind, contact, known);
            RC_ASSERT(found.answer == expected.answer);
            RC_ASSERT(rules_of(found) == rules_of(expected));
            RC_ASSERT(found.duties == expected.duties);
            RC_ASSERT(found.missing == expected.missing);
            RC_ASSERT(rows.changes_on() == plain.changes_on());
            for (const char* fact : {"origin", "audience"}) {
                const law::FactId id = test::real_law().vocabulary().find(fact);
                RC_ASSERT(rows.word_of(id) == plain.word_of(id));
            }
        }
    }));
}

TEST(RowGate, RowsThatAreAlikeShareOneVerdict) {
    const Campaign campaign =
        test::campaign_of("channel = \"email\"\npurpose = \"commercial\"\ncountry = \"fr\"\n");
    RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of,
                 Moment{day("2026-11-23"), {}});
    Contact first;
    first.email = ledger::contact_point_of_email("camille@gmail.com").value();
    Contact second;
    second.email = ledger::contact_point_of_email("dominique@gmail.com").value();
    EXPECT_EQ(&rows.decide(first, nullptr), &rows.decide(second, nullptr));
    EXPECT_EQ(rows.distinct_answers(), 1U);
    second.has_opted_out = true;
    EXPECT_NE(&rows.decide(first, nullptr), &rows.decide(second, nullptr));
}

TEST(RowGate, CountriesWithoutLawAreNotMixedUp) {
    const Campaign campaign = test::campaign_of("channel = \"email\"\npurpose = \"commercial\"\n");
    RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of,
                 Moment{day("2026-11-23"), {}});
    Contact contact;
    contact.email = ledger::contact_point_of_email("camille@gmail.com").value();
    EXPECT_EQ(rows.decide(contact, nullptr).answer, "undetermined");
    contact.country = "jp";
    const Verdict& japanese = rows.decide(contact, nullptr);
    contact.country = "br";
    const Verdict& brazilian = rows.decide(contact, nullptr);
    EXPECT_EQ(japanese.answer, "undetermined");
    EXPECT_NE(&japanese, &brazilian);
    EXPECT_EQ(brazilian.note, Message("gate.no_law", {{"country", "br"}}));
}

// Rows that are alike to the law may differ in their dates: what depends on them is left out.
TEST(RowGate, WhatDiffersBetweenAlikeRowsIsNotInTheirVerdict) {
    const Campaign campaign = test::campaign_of(
        "channel = \"post\"\npurpose = \"commercial\"\ncountry = \"fr\"\n[list]\norigin = "
        "\"person_other\"\n"
        "informed = true\noptout_offered = true\nsame_sender = true\naudience = \"consumer\"\n"
        "[facts]\n\"code_adherent\" = \"no\"\n");
    RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of,
                 Moment{day("2026-11-23"), {}});
    Contact contact;
    contact.created = day("2025-01-10");
    const Verdict& first = rows.decide(contact, nullptr);
    contact.created = day("2024-02-20");
    EXPECT_EQ(&rows.decide(contact, nullptr), &first);
    EXPECT_EQ(first.answer, "allowed");
    EXPECT_FALSE(first.changes_on.has_value());
    EXPECT_TRUE(first.facts.entries().empty());
}

std::vector<std::string> remedies_of(const Verdict& verdict) {
    std::vector<std::string> out;
    for (const law::Remedy& remedy : verdict.remedies)
        out.push_back(worded(test::real_law(), remedy, Language::kEnglish));
    return out;
}

// All that a list shows of a verdict.
auto said(const Verdict& verdict) {
    return std::tuple(verdict.answer, rules_of(verdict), verdict.duties, verdict.missing,
                      remedies_of(verdict), verdict.certainty);
}

// Decides the row again on each later day, by a gate that knows no other day.
TEST(RowGate, WhatIsSaidStaysTheSameUntilTheDayOfChange) {
    constexpr int kDays = 9;
    EXPECT_TRUE(rc::check("rows of one campaign, day by day", [] {
        const Campaign campaign = test::campaign_of(random_campaign());
        const Moment at = parse_moment(word({"2026-11-20T11:00+01:00", "2026-10-20T20:30+02:00",
                                             "2026-12-24", "2026-08-04"}))
                              .value();
        const law::FactId at_id = test::real_law().vocabulary().find("at");
        RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of, at);
        rows.look_ahead(kDays);
        for (int i = 0; i < 3; ++i) {
            const Contact contact = random_contact();
            const Standing standing = random_standing();
            const Standing* known = *rc::gen::arbitrary<bool>() ? &standing : nullptr;
            const auto now = said(rows.decide(contact, known));
            const auto change = rows.changes_on();
            const law::FactValue* given = campaign.facts.find(at_id);
            const Moment act = given == nullptr ? at : std::get<Moment>(*given);
            for (int day = 1; day <= kDays; ++day) {
                const Moment later{act.day + std::chrono::days{day}, act.clock};
                Campaign other = campaign;
                other.facts.set(at_id, later);
                RowGate fresh(test::real_law(), other, test::reference(), test::offset_of, later);
                const bool is_same = said(fresh.decide(contact, known)) == now;
                if (!change || later.day < *change) {
                    RC_ASSERT(is_same);
                } else if (known == nullptr) {
                    RC_ASSERT(!is_same);
                    break;
                } else {
                    break;
                }
            }
        }
    }));
}

TEST(RowGate, WithoutLookingAheadNoDayIsKnown) {
    const Campaign campaign = test::campaign_of("channel = \"email\"\npurpose = \"commercial\"\n");
    RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of,
                 Moment{day("2026-11-23"), {}});
    std::ignore = rows.decide({}, nullptr);
    EXPECT_FALSE(rows.changes_on());
}

TEST(RowGate, ACallThatMayBeMadeOnFridayMayNotOnSaturday) {
    const Campaign campaign = test::campaign_of(
        "channel = \"live_call\"\npurpose = \"commercial\"\nagent = \"human\"\ncountry = \"fr\"\n"
        "at = \"2026-08-05T11:00+02:00\"\n[offer]\nfamily = \"piscine\"\n");
    RowGate rows(test::real_law(), campaign, test::reference(), test::offset_of,
                 Moment{day("2026-08-05"), {}});
    rows.look_ahead(10);
    Contact contact;
    contact.phone = ledger::contact_point_of_phone("0639981234", "fr").value();
    std::ignore = rows.decide(contact, nullptr);
    EXPECT_EQ(rows.changes_on(), day("2026-08-08"));
}

}  // namespace
}  // namespace licet::gate
