// SPDX-License-Identifier: Apache-2.0
#include "audit/answer.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::audit {
namespace {

struct Spelling {
    std::string_view typed;  // folded
    std::string_view value;
};
constexpr std::array<Spelling, 16> kSpellings = {{
    {"yes", "yes"},
    {"y", "yes"},
    {"oui", "yes"},
    {"o", "yes"},
    {"partly", "partly"},
    {"partiel", "partly"},
    {"partiellement", "partly"},
    {"p", "partly"},
    {"no", "no"},
    {"n", "no"},
    {"non", "no"},
    {"unknown", "unknown"},
    {"nesaispas", "unknown"},
    {"na", "na"},
    {"sansobjet", "na"},
    {"notapplicable", "na"},
}};

std::string_view spelled(std::string_view typed) {
    if (trimmed(typed) == "?") return kUnknown;
    const std::string word = folded(typed);
    for (const Spelling& one : kSpellings)
        if (one.typed == word) return one.value;
    return {};
}

Error form(std::string_view id, const std::vector<std::string>& known = {}) {
    return error(ErrorCode::kInput, id, {{"known", join(known, ", ")}});
}

bool has(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// An option by its name, or by its number in the list.
std::string option_of(const Question& question, std::string_view typed) {
    if (has(question.options, typed)) return std::string(typed);
    const auto number = whole_number(typed);
    if (number && *number >= 1 && *number <= std::ssize(question.options))
        return question.options[static_cast<std::size_t>(*number - 1)];
    return {};
}

Result<std::string> checked_options(const Question& question, std::string_view typed) {
    const std::string word = folded(typed);
    if (word == "none" || word == "aucune") return std::string("none");
    std::vector<std::string> chosen;
    for (const std::string_view one : split(typed, ',')) {
        const std::string option = option_of(question, trimmed(one));
        if (option.empty()) return form("audit.answer_form_multi", question.options);
        chosen.push_back(option);
    }
    // In the order of the questionnaire, so that the same answer is the same text.
    std::vector<std::string> out;
    for (const std::string& one : question.options)
        if (has(chosen, one)) out.push_back(one);
    return join(out, ",");
}

bool is_host(std::string_view text) {
    constexpr std::size_t kMost = 253;
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '.';
    });
    return is_plain && text.size() <= kMost && text.find('.') != text.npos &&
           text.find("..") == text.npos && text.front() != '.' && text.back() != '.';
}

// Only the host of a page is kept: what follows may be about somebody.
std::string host_of(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
    return ascii_lower(address.substr(0, address.find_first_of("/?#:")));
}

Result<std::string> checked_sites(std::string_view typed) {
    if (folded(typed) == "none" || folded(typed) == "aucun") return std::string("none");
    std::vector<std::string> out;
    for (const std::string_view one : split(typed, ',')) {
        const std::string host = host_of(trimmed(one));
        if (!is_host(host)) return form("audit.answer_form_url");
        if (!has(out, host)) out.push_back(host);
    }
    return join(out, ",");
}

struct Rows {
    std::int64_t complete = 0;
    std::int64_t all = 0;
};
std::optional<Rows> rows_of(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == text.npos) return std::nullopt;
    const auto complete = whole_number(text.substr(0, slash));
    const auto all = whole_number(text.substr(slash + 1));
    if (!complete || !all || *complete > *all || *all > 1'000'000) return std::nullopt;
    return Rows{*complete, *all};
}

Result<std::string> checked_of_type(const Question& question, std::string_view typed) {
    const std::string_view word = spelled(typed);
    switch (question.type) {
        case AnswerType::kYesNo:
            if (word == "yes" || word == "no") return std::string(word);
            return form("audit.answer_form_yn");
        case AnswerType::kYesPartlyNo:
            if (word == "yes" || word == "no" || word == "partly") return std::string(word);
            return form("audit.answer_form_ynp");
        case AnswerType::kSingle: {
            std::string option = option_of(question, typed);
            if (option.empty()) return form("audit.answer_form_single", question.options);
            return option;
        }
        case AnswerType::kMulti:
            return checked_options(question, typed);
        case AnswerType::kNumber: {
            const auto number = whole_number(typed);
            if (!number || *number > 1'000'000) return form("audit.answer_form_num");
            return std::to_string(*number);
        }
        case AnswerType::kTable:
            if (!rows_of(typed)) return form("audit.answer_form_table");
            return std::string(typed);
        case AnswerType::kSites:
            return checked_sites(typed);
    }
    LICET_ENSURE(false);
}

Worth worth_of_number(const Question& question, std::int64_t number) {
    for (const Threshold& one : question.thresholds)
        if (number <= one.max) return one.worth;
    return question.otherwise;
}

Worth worth_of_options(const Question& question, std::string_view value) {
    if (question.required.empty()) return 0;
    const auto chosen = parts_of(value);
    const auto found = std::count_if(question.required.begin(), question.required.end(),
                                     [&](const std::string& one) { return has(chosen, one); });
    return static_cast<Worth>(found * kFullWorth / std::ssize(question.required));
}

Worth worth_of_rows(std::string_view value) {
    const auto rows = rows_of(value);
    if (!rows || rows->all == 0) return 0;
    return static_cast<Worth>(rows->complete * kFullWorth / rows->all);
}

// The option of which these are the words, or what was typed.
std::string option_worded(const Questionnaire& questionnaire, const Question& question,
                          std::string_view typed) {
    for (const std::string& option : question.options) {
        const auto words = questionnaire.option_words.find(option);
        if (words == questionnaire.option_words.end()) continue;
        for (const Language language : {Language::kFrench, Language::kEnglish})
            if (folded(words->second.in(language)) == folded(typed)) return option;
    }
    return std::string(trimmed(typed));
}

}  // namespace

std::string_view name_of(Proof proof) {
    switch (proof) {
        case Proof::kDeclared:
            return "declared";
        case Proof::kDocument:
            return "document";
        case Proof::kMeasured:
            return "measured";
    }
    LICET_ENSURE(false);
}

std::optional<Proof> proof_of(std::string_view name) {
    for (const Proof one : {Proof::kDeclared, Proof::kDocument, Proof::kMeasured})
        if (name_of(one) == name) return one;
    return std::nullopt;
}

Result<std::string> checked_value(const Question& question, std::string_view typed) {
    typed = trimmed(typed);
    const std::string_view word = spelled(typed);
    if (word == kNotApplicable) {
        if (!question.may_be_not_applicable)
            return error(ErrorCode::kInput, "audit.may_not_be_na", {{"question", question.id}});
        return std::string(word);
    }
    if (word == kUnknown) return std::string(word);
    return checked_of_type(question, typed);
}

Result<std::string> typed_value(const Questionnaire& questionnaire, const Question& question,
                                std::string_view typed) {
    if (question.options.empty() || folded(typed).empty()) return checked_value(question, typed);
    const std::string whole = option_worded(questionnaire, question, typed);
    if (question.type != AnswerType::kMulti || whole != trimmed(typed))
        return checked_value(question, whole);
    std::vector<std::string> parts;
    for (const std::string_view part : split(typed, ','))
        parts.push_back(option_worded(questionnaire, question, part));
    return checked_value(question, join(parts, ","));
}

Worth worth_of(const Question& question, std::string_view value) {
    if (value == kUnknown) return 0;
    switch (question.type) {
        case AnswerType::kYesNo:
        case AnswerType::kYesPartlyNo:
            return value == "yes" ? kFullWorth : value == "partly" ? kFullWorth / 2 : 0;
        case AnswerType::kSingle: {
            const auto found = question.worths.find(std::string(value));
            return found == question.worths.end() ? 0 : found->second;
        }
        case AnswerType::kMulti:
            return worth_of_options(question, value);
        case AnswerType::kNumber:
            return worth_of_number(question, whole_number(value).value_or(1'000'000));
        case AnswerType::kTable:
            return worth_of_rows(value);
        case AnswerType::kSites:
            return 0;
    }
    LICET_ENSURE(false);
}

std::vector<std::string> parts_of(std::string_view value) {
    std::vector<std::string> out;
    if (value == "none") return out;
    for (const std::string_view one : split(value, ',')) out.emplace_back(one);
    return out;
}

bool is_small_name(std::string_view text) {
    constexpr std::size_t kMost = 32;
    constexpr std::ptrdiff_t kMostDigits = 8;
    const auto digits = std::count_if(text.begin(), text.end(), is_ascii_digit);
    return !text.empty() && text.size() <= kMost && digits <= kMostDigits &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_' || c == '-';
           });
}

std::string worded_value(const Questionnaire& questionnaire, const Question& question,
                         std::string_view value, const Catalogue& say) {
    for (const std::string_view one : {"yes", "partly", "no", "unknown", "na", "none"})
        if (value == one) return say("audit.value_" + std::string(one));
    if (question.type == AnswerType::kNumber && !question.unit.empty())
        return say("audit.unit_" + question.unit, {{"count", std::string(value)}});
    std::vector<std::string> words;
    for (const std::string& one : parts_of(value)) {
        const auto found = questionnaire.option_words.find(one);
        words.push_back(
            found == questionnaire.option_words.end() ? one : found->second.in(say.language()));
    }
    return join(words, ", ");
}

}  // namespace licet::audit
