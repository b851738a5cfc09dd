// SPDX-License-Identifier: Apache-2.0
// Goal: a batch says of each row what the gate says of it alone.
// Method: random rows over columns of all kinds (words, dates that the law compares, counts, keys,
// the day and the country themselves), each decided a second time by gate::check().
#include "api/batch.h"

#include <gtest/gtest.h>

#include <random>

#include "gate/gate_test_support.h"

namespace licet::api {
namespace {

using gate::test::real_law;

using Rows = std::vector<std::vector<std::uint16_t>>;  // one a column

gate::Request request_of(std::string_view facts, std::string_view question = "contact") {
    gate::Request request;
    request.question = question;
    request.facts = gate::test::facts_of(facts);
    return request;
}

Result<std::unique_ptr<Batch>> make(const gate::Request& shared,
                                    const std::vector<Column>& columns) {
    return Batch::make(real_law(), gate::test::offset_of, shared, columns);
}

Rows random_rows(const std::vector<Column>& columns, std::size_t count, unsigned seed) {
    std::mt19937 chance(seed);
    Rows rows;
    for (const Column& column : columns) {
        std::vector<std::uint16_t>& codes = rows.emplace_back();
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t code = chance() % (column.values.size() + 1);
            codes.push_back(code == column.values.size() ? kUnknownValue
                                                         : static_cast<std::uint16_t>(code));
        }
    }
    return rows;
}

std::vector<const std::uint16_t*> pointers(const Rows& rows) {
    std::vector<const std::uint16_t*> out;
    for (const auto& column : rows) out.push_back(column.data());
    return out;
}

// What the gate says of row `row` alone.
gate::Verdict verdict_of(const gate::Request& shared, const std::vector<Column>& columns,
                         const Rows& rows, std::size_t row) {
    gate::Request request = shared;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const law::FactId fact = real_law().vocabulary().find(columns[c].fact);
        request.facts.erase(fact);
        if (rows[c][row] == kUnknownValue) continue;
        LICET_ENSURE(law::set_fact(request.facts, real_law().vocabulary(), columns[c].fact,
                                   columns[c].values[rows[c][row]])
                         .has_value());
    }
    return gate::check(real_law(), gate::test::offset_of, request, gate::Depth::kAnswer).value();
}

std::string text_of(const gate::Verdict& verdict) {
    std::string out = verdict.answer + " by";
    for (const gate::VerdictReason& reason : verdict.reasons) out += " " + reason.rule;
    out += ", duties";
    for (const std::string& duty : verdict.duties) out += " " + duty;
    out += ", missing";
    for (const law::FactId fact : verdict.missing)
        out += " " + real_law().vocabulary().fact(fact).name;
    out += verdict.certainty == law::Certainty::kSettled ? ", settled" : ", debatable";
    return out + " " + verdict.channel + " " + verdict.pack;
}

void expect_same(const gate::Request& shared, const std::vector<Column>& columns, std::size_t count,
                 unsigned seed) {
    const auto batch = make(shared, columns);
    ASSERT_TRUE(batch) << batch.error().message.id;
    const Rows rows = random_rows(columns, count, seed);
    std::vector<std::uint8_t> answers(count);
    std::vector<std::uint32_t> situations(count);
    ASSERT_TRUE((*batch)->decide(pointers(rows).data(), count, answers.data(), situations.data()));
    std::map<std::string, int> met;
    const law::Question& question = *real_law().vocabulary().question(shared.question);
    for (std::size_t row = 0; row < count; ++row) {
        const gate::Verdict wanted = verdict_of(shared, columns, rows, row);
        const gate::Verdict& found = (*batch)->situations().at(situations[row]);
        ASSERT_EQ(text_of(found), text_of(wanted)) << "row " << row;
        const int code = question.answer_of(wanted.answer);
        ASSERT_EQ(answers[row], code < 0 ? kUndetermined : code) << "row " << row;
        ++met[wanted.answer];
    }
    EXPECT_GE(met.size(), 2U);
    EXPECT_LT((*batch)->situations().size(), count);
}

const std::vector<Column> kPeople = {
    {"audience", {"consumer", "professional", "organisation"}},
    {"objection", {"none", "general", "this_channel"}},
    {"consent", {"none", "given", "withdrawn"}},
    {"consent.on", {"never", "2026-11-01", "2025-01-15", "2023-11-26", "2019-05-05"}},
    {"objection.on", {"never", "2026-10-01", "2024-01-15"}}};

std::vector<Column> known(std::vector<Column> columns) {
    // Words that this law does not have are left out, so that packs can change.
    for (Column& column : columns) {
        const law::FactId id = real_law().vocabulary().find(column.fact);
        LICET_ENSURE(id != law::kNoFact);
        std::erase_if(column.values, [&](const std::string& value) {
            return !law::parse_value(real_law().vocabulary().fact(id), value).has_value();
        });
        LICET_ENSURE(column.values.size() >= 2);
    }
    return columns;
}

constexpr std::string_view kCampaign =
    "country = fr, at = 2026-11-26, channel = email, purpose = commercial, "
    "background = ordinary_offer, background = collected_by_us, background = valid_consent";

TEST(Batch, SaysOfEachRowWhatTheGateSaysOfItAlone) {
    expect_same(request_of(kCampaign), known(kPeople), 2000, 1);
}

TEST(Batch, TakesChannelsCountsKeysAndClocksForColumns) {
    expect_same(request_of("country = fr, at = 2026-11-26T11:00+01:00, purpose = commercial, "
                           "background = ordinary_offer, background = collected_by_us, "
                           "background = clean, consent = given"),
                known({{"channel", {"email", "sms", "live_call", "post", "fax"}},
                       {"audience", {"consumer", "professional", "organisation"}},
                       {"calls.last_30_days", {"0", "3", "4", "9"}},
                       {"local_time", {"07:00", "10:00", "12:59", "13:00", "23:00"}},
                       {"weekday", {"mon", "sat", "sun"}},
                       {"consent.on", {"never", "2026-11-01", "2020-01-15"}}}),
                2000, 2);
}

TEST(Batch, TakesTheDayAndTheCountryForColumns) {
    std::vector<Column> columns = known(kPeople);
    columns.push_back({"country", {"fr", "de", "it", "es", "zz"}});
    columns.push_back({"at", {"2026-07-01", "2026-11-26T21:00+00:00", "2027-01-01"}});
    columns.push_back({"channel", {"email", "live_call", "post"}});
    expect_same(request_of("purpose = commercial, background = ordinary_offer"), columns, 1500, 3);
}

TEST(Batch, AnswersOtherQuestionsToo) {
    expect_same(request_of("country = fr, at = 2026-11-23, keep.record = prospect, "
                           "keep.used_for = prospecting, relation = none, origin = person_other, "
                           "origin.on = 2021-10-04",
                           "keep"),
                known({{"origin.collected_on", {"2021-10-04", "2026-01-01"}},
                       {"last_contact_from_person_on",
                        {"never", "2023-11-22", "2023-11-23", "2023-11-24", "2026-01-01"}},
                       {"keep.renewal", {"not_asked", "asked_no_answer", "asked_yes"}}}),
                400, 4);
}

TEST(Batch, AColumnTakesThePlaceOfWhatIsSharedOfItsFact) {
    const gate::Request shared =
        request_of(std::string(kCampaign) + ", audience = organisation, objection = none");
    const auto batch = make(shared, {{"objection", {"none"}}});
    ASSERT_TRUE(batch);
    const std::vector<std::uint16_t> codes{0, kUnknownValue};
    const std::uint16_t* column = codes.data();
    std::vector<std::uint8_t> answers(2);
    std::vector<std::uint32_t> situations(2);
    ASSERT_TRUE((*batch)->decide(&column, 2, answers.data(), situations.data()));
    EXPECT_NE(answers[0], kUndetermined);
    EXPECT_EQ(answers[1], kUndetermined);
}

TEST(Batch, ACodeThatIsNoneIsAnErrorAndNothingIsWritten) {
    const auto batch = make(request_of(kCampaign), {{"objection", {"none"}}});
    ASSERT_TRUE(batch);
    const std::vector<std::uint16_t> codes{0, 1};
    const std::uint16_t* column = codes.data();
    std::vector<std::uint8_t> answers(2, 77);
    const auto done = (*batch)->decide(&column, 2, answers.data(), nullptr);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message.id, "api.no_such_code");
    EXPECT_EQ(answers, (std::vector<std::uint8_t>{77, 77}));
}

TEST(Batch, NamesWhatIsWrongWithAColumn) {
    const auto fault_of = [](const std::vector<Column>& columns) {
        return make(request_of(kCampaign), columns).error().message.id;
    };
    EXPECT_EQ(fault_of({{"objectoin", {"none"}}}), "fact.unknown_near");
    EXPECT_EQ(fault_of({{"objection", {"none"}}, {"objection", {"none"}}}), "api.fact_twice");
    EXPECT_EQ(
        fault_of({{"product.family", std::vector<std::string>(kUnknownValue, "a")}}).substr(0, 5),
        "fact.");
    EXPECT_EQ(fault_of({{"region", std::vector<std::string>(kUnknownValue, "a")}}),
              "api.column_too_long");
    EXPECT_EQ(fault_of({{"objection", {"nonsense"}}}).substr(0, 5), "fact.");
    EXPECT_EQ(make(request_of("country = fr", "nothing"), {}).error().message.id,
              "law.no_rules_for");
}

TEST(Batch, RowsWithoutColumnsAreAllOneSituation) {
    const auto batch = make(request_of(kCampaign), {});
    ASSERT_TRUE(batch);
    std::vector<std::uint8_t> answers(5);
    std::vector<std::uint32_t> situations(5, 9);
    ASSERT_TRUE((*batch)->decide(nullptr, 5, answers.data(), situations.data()));
    EXPECT_EQ(situations, std::vector<std::uint32_t>(5, 0));
    EXPECT_EQ((*batch)->situations().size(), 1U);
}

}  // namespace
}  // namespace licet::api
