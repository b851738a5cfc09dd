// SPDX-License-Identifier: Apache-2.0
//
// The numbers of French overseas are one closed plan with the mainland (nine digits after the 0),
// but four calling codes. Software with a French default writes 0690 12 34 56 as +33 690..., which
// is the same line as +590 690...: two keys for one person, and an objection that is missed.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "ledger/identity.h"

namespace licet::ledger {
namespace {

struct PlanRow {
    std::string_view code;
    std::string_view country;
    std::string_view trunk;
    std::uint32_t lengths;
};
struct CodeRow {
    std::string_view country;
    std::string_view code;
};
struct SharedRow {
    std::string_view code;
    std::string_view first;
    std::string_view country;
};
struct LineRow {
    std::string_view country;
    std::array<std::string_view, 2> letters;  // for 00 to 49, and for 50 to 99
};

#include "ledger/phone_plan.inc"

// First digits (after the 0) that the French plan gives to one territory alone. Frozen with
// phone/e164/1, and so not taken from the generated plan. The longest row that fits counts.
// Source: metadata of libphonenumber-js 1.13.16 for GP, GF, MQ, RE and YT. It follows the national
// numbering plan (ARCEP, decision 2018-0881 as amended, annex 1), with which the rows 7090 to 7092,
// 263 and 9475 to 9479 have still to be compared before the first ledger is made.
struct Territory {
    std::string_view first;
    std::string_view code;
    std::string_view department;
    Line line;
};
constexpr std::array<Territory, 24> kTerritories = {{
    {"590", "590", "971", Line::kFixed},
    {"690", "590", "971", Line::kMobile},
    {"691", "590", "971", Line::kMobile},
    {"7090", "590", "971", Line::kMobile},
    {"9475", "590", "971", Line::kOther},
    {"594", "594", "973", Line::kFixed},
    {"694", "594", "973", Line::kMobile},
    {"9476", "594", "973", Line::kOther},
    {"596", "596", "972", Line::kFixed},
    {"696", "596", "972", Line::kMobile},
    {"697", "596", "972", Line::kMobile},
    {"7091", "596", "972", Line::kMobile},
    {"9477", "596", "972", Line::kOther},
    {"262", "262", "974", Line::kFixed},
    {"263", "262", "974", Line::kFixed},
    {"692", "262", "974", Line::kMobile},
    {"693", "262", "974", Line::kMobile},
    {"7092", "262", "974", Line::kMobile},
    {"9479", "262", "974", Line::kOther},
    {"269", "262", "976", Line::kFixed},
    {"639", "262", "976", Line::kMobile},
    {"9478", "262", "976", Line::kOther},
    // Kept for fiction on the mainland, in the middle of the numbers of Mayotte.
    {"63998", "33", "", Line::kMobile},
    {"", "33", "", Line::kOther},
}};

// First digits that mainland and territories share, or that cannot be split: the number is left as
// it was typed, and a refusal is kept under every reading.
constexpr std::array<std::string_view, 4> kUndecided = {"939", "976", "7093", "598"};

constexpr std::array<std::string_view, 5> kFrenchCodes = {"33", "590", "594", "596", "262"};
constexpr std::size_t kFrenchLength = 9;

// Countries that dial in the French plan.
constexpr std::array<std::string_view, 8> kFrenchCountries = {"fr", "gp", "mq", "gf",
                                                              "re", "yt", "bl", "mf"};

template <typename Rows>
bool holds(const Rows& rows, std::string_view wanted) {
    return std::find(rows.begin(), rows.end(), wanted) != rows.end();
}

Error refused(std::string_view id) { return error(ErrorCode::kInput, id); }

constexpr std::size_t kCodeMax = 3;  // digits of a calling code

constexpr std::size_t number_of(std::string_view code) {
    std::size_t number = 0;
    for (const char digit : code) number = 10 * number + static_cast<std::size_t>(digit - '0');
    return number;
}

// Row of kPlan by the calling code as a number, plus one; 0 for no row. No code begins with 0, so
// different codes are different numbers.
constexpr auto kRowOfCode = [] {
    std::array<std::uint16_t, 1000> rows{};
    std::uint16_t place = 0;
    for (const PlanRow& row : kPlan) rows[number_of(row.code)] = ++place;
    return rows;
}();

const PlanRow* plan_of_code(std::string_view code) {
    if (code.empty() || code.size() > kCodeMax || code.front() == '0') return nullptr;
    const std::uint16_t place = kRowOfCode[number_of(code)];
    return place == 0 ? nullptr : &kPlan[place - 1U];
}

// Calling codes are prefix-free: at most one fits.
const PlanRow* plan_of_number(std::string_view digits) {
    for (std::size_t size = 1; size <= kCodeMax && size < digits.size(); ++size)
        if (const PlanRow* row = plan_of_code(digits.substr(0, size))) return row;
    return nullptr;
}

const PlanRow* plan_of_country(std::string_view country) {
    if (country.empty()) return nullptr;
    for (const PlanRow& row : kPlan)
        if (row.country == country) return &row;
    for (const CodeRow& row : kOtherCountries)
        if (row.country == country) return plan_of_code(row.code);
    return nullptr;
}

bool may_have_length(const PlanRow& plan, std::size_t size) {
    return size < 32 && (plan.lengths >> size & 1U) != 0;
}

const Territory& territory_of(std::string_view national) {
    const Territory* best = &kTerritories.back();
    for (const Territory& row : kTerritories) {
        // The first digit first: most numbers are of the mainland and fit no row.
        const bool may_fit =
            row.first.size() > best->first.size() && row.first.front() == national.front();
        if (may_fit && national.starts_with(row.first)) best = &row;
    }
    return *best;
}

// --- what was typed -> digits

struct Typed {
    std::string digits;
    bool is_international = false;
};

constexpr std::string_view kScheme = "tel:";
constexpr std::string_view kSeparators = " \t.-/()";

// Length in bytes of a character that people put between digits; 0 if it is none.
std::size_t separator_length(std::string_view text, std::size_t place) {
    if (kSeparators.find(text[place]) != kSeparators.npos) return 1;
    const std::size_t length = utf8_length_at(text, place);
    const std::string_view c = text.substr(place, length);
    // No-break space, soft hyphen, minus sign, byte order mark.
    if (c == "\xC2\xA0" || c == "\xC2\xAD" || c == "\xE2\x88\x92" || c == "\xEF\xBB\xBF")
        return length;
    // U+2000 to U+206F: spaces of all widths, dashes, and the direction marks that address books
    // add.
    if (length == 3 && (c.starts_with("\xE2\x80") || c.starts_with("\xE2\x81"))) return length;
    return 0;
}

Result<Typed> typed_number(std::string_view text) {
    text = trimmed(text);
    if (ascii_lower(text.substr(0, kScheme.size())) == kScheme) {
        text.remove_prefix(kScheme.size());
        text = text.substr(0, text.find(';'));  // parameters of RFC 3966
    }
    if (text.starts_with('\'')) text.remove_prefix(1);  // how a spreadsheet marks text
    Typed typed;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            typed.digits += c;
            ++i;
        } else if (c == '+' && typed.digits.empty() && !typed.is_international) {
            typed.is_international = true;
            ++i;
        } else if (const std::size_t length = separator_length(text, i)) {
            i += length;
        } else {
            return refused("phone.letters");
        }
    }
    if (typed.digits.empty()) return refused("phone.empty");
    if (!typed.is_international && typed.digits.starts_with("00")) {
        typed.is_international = true;
        typed.digits.erase(0, 2);
    }
    return typed;
}

// --- digits -> plan and national number

struct Reading {
    const PlanRow* plan = nullptr;
    std::string_view national;
};

// Drops the trunk prefix: always a leading 0 (no national number of such a plan begins with it),
// another prefix only where the whole is too long to be a number (the 8 of Russia begins numbers
// too).
std::string_view without_trunk(const PlanRow& plan, std::string_view national) {
    if (plan.trunk.empty() || !national.starts_with(plan.trunk)) return national;
    const bool is_sure = plan.trunk.front() == '0' || !may_have_length(plan, national.size());
    return is_sure ? national.substr(plan.trunk.size()) : national;
}

Result<Reading> checked(const PlanRow& plan, std::string_view national) {
    const std::string_view bare = without_trunk(plan, national);
    // A second zero is no number: read again, the form would be another one.
    if (!plan.trunk.empty() && plan.trunk.front() == '0' && bare.starts_with('0'))
        return refused("phone.too_long");
    if (may_have_length(plan, bare.size())) return Reading{&plan, bare};
    std::size_t longest = 0;
    for (std::size_t size = 1; size < 32; ++size)
        if (may_have_length(plan, size)) longest = size;
    return refused(bare.size() > longest ? "phone.too_long" : "phone.too_short");
}

Result<Reading> international(std::string_view digits) {
    const PlanRow* plan = plan_of_number(digits);
    if (plan == nullptr) return refused("phone.unknown_country");
    return checked(*plan, digits.substr(plan->code.size()));
}

Result<Reading> reading_of(const Typed& typed, std::string_view country) {
    const std::string_view digits = typed.digits;
    if (typed.is_international) return international(digits);
    // Overseas dials in the plan of the mainland; the territory comes out of the digits.
    const bool is_french = holds(kFrenchCountries, country);
    const PlanRow* plan = is_french ? plan_of_code("33") : plan_of_country(country);
    if (plan == nullptr) return refused("phone.unknown_country");
    auto national = checked(*plan, digits);
    if (national) return national;
    // Exports often hold 33612345678, without the plus.
    const PlanRow* written = plan_of_number(digits);
    const bool is_own =
        written != nullptr && (is_french ? holds(kFrenchCodes, written->code) : written == plan);
    if (is_own && digits.size() > 7) {
        auto whole = international(digits);
        if (whole) return whole;
    }
    return national;
}

NormalForm form_of(std::string_view code, std::string_view national) {
    return {Normaliser::kPhone1, '+' + std::string(code) + std::string(national)};
}

// Both readings of a number of the French plan; see the top of this file.
ContactPoint french_point(std::string_view code, std::string_view national) {
    const auto begins = [&](std::string_view first) { return national.starts_with(first); };
    std::vector<std::string_view> others;
    std::string_view strict = code;
    if (std::any_of(kUndecided.begin(), kUndecided.end(), begins)) {
        others.assign(kFrenchCodes.begin(), kFrenchCodes.end());
    } else {
        const std::string_view own = territory_of(national).code;
        // Only the code of the mainland is a slip that software makes; another one stays as typed.
        if (code == "33") strict = own;
        if (own != "33" || code != "33") others = {own, "33"};
    }
    ContactPoint point{form_of(strict, national), {}};
    for (const std::string_view other : others) {
        NormalForm form = form_of(other, national);
        const bool is_known =
            form.bytes == point.strict.bytes ||
            std::any_of(point.loose.begin(), point.loose.end(),
                        [&](const NormalForm& known) { return known.bytes == form.bytes; });
        if (!is_known) point.loose.push_back(std::move(form));
    }
    return point;
}

// --- facts

Line french_line(std::string_view national) {
    const char first = national.front();
    if (first >= '1' && first <= '5') return Line::kFixed;
    if (first == '6') return Line::kMobile;
    // 070 to 072 are no ordinary mobile numbers (machines, temporary numbers).
    if (first == '7' && national[1] >= '3') return Line::kMobile;
    return Line::kOther;
}

PhoneFacts french_facts(std::string_view code, std::string_view national) {
    const Territory& territory = territory_of(national);
    if (code == "33") return {"fr", french_line(national), ""};
    PhoneFacts facts;
    // A number that the plan does not give to this code still belongs there, by its code.
    const bool is_own = territory.code == code;
    facts.line = is_own ? territory.line : Line::kOther;
    if (code == "590") facts.region = "971";
    if (code == "594") facts.region = "973";
    if (code == "596") facts.region = "972";
    if (code == "262") facts.region = is_own ? territory.department : "974";
    facts.country = facts.region == "971"   ? "gp"
                    : facts.region == "973" ? "gf"
                    : facts.region == "972" ? "mq"
                    : facts.region == "976" ? "yt"
                                            : "re";
    return facts;
}

Line line_of(std::string_view country, std::string_view national) {
    for (const LineRow& row : kLines) {
        if (row.country != country || national.size() < 2) continue;
        const auto tens = static_cast<std::size_t>(national[0] - '0');
        const auto units = static_cast<std::size_t>(national[1] - '0');
        const std::size_t pair = 10 * tens + units;
        const char letter = row.letters[pair / 50][pair % 50];
        return letter == 'm' ? Line::kMobile : letter == 'f' ? Line::kFixed : Line::kOther;
    }
    return Line::kOther;
}

}  // namespace

Result<ContactPoint> contact_point_of_phone(std::string_view text, std::string_view country) {
    const Typed typed = LICET_TRY(typed_number(text));
    const Reading reading = LICET_TRY(reading_of(typed, ascii_lower(country)));
    const bool is_french =
        holds(kFrenchCodes, reading.plan->code) && reading.national.size() == kFrenchLength;
    if (is_french) return french_point(reading.plan->code, reading.national);
    return ContactPoint{form_of(reading.plan->code, reading.national), {}};
}

PhoneFacts facts_of_phone(std::string_view e164) {
    if (e164.starts_with('+')) e164.remove_prefix(1);
    const bool is_number =
        std::all_of(e164.begin(), e164.end(), [](char c) { return c >= '0' && c <= '9'; });
    const PlanRow* plan = is_number ? plan_of_number(e164) : nullptr;
    if (plan == nullptr) return {};
    const std::string_view national = e164.substr(plan->code.size());
    if (holds(kFrenchCodes, plan->code) && national.size() == kFrenchLength)
        return french_facts(plan->code, national);
    PhoneFacts facts{std::string(plan->country), Line::kOther, ""};
    for (const SharedRow& row : kShared)
        if (row.code == plan->code && national.starts_with(row.first)) facts.country = row.country;
    facts.line = line_of(facts.country, national);
    return facts;
}

}  // namespace licet::ledger
