// SPDX-License-Identifier: Apache-2.0
// The functions of licet/licet.h: each takes a call over the border and hands it on.
#include "api/library.h"

#include <cstdlib>
#include <cstring>
#include <vector>

#include "api/batch.h"
#include "api/situation.h"
#include "api/texts.h"
#include "api/verdict.h"
#include "api/zones.h"
#include "gate/verdict_json.h"
#include "law/question.h"

static_assert(licet::api::kUnknownValue == LICET_UNKNOWN);
static_assert(licet::api::kUndetermined == LICET_UNDETERMINED);

namespace licet::api {

std::string worded(std::span<const Error> problems, Language language) {
    const Catalogue& say = catalogue_of(language);
    std::string out;
    for (const Error& problem : problems)
        out += (out.empty() ? "" : "\n") + problem.where + (problem.where.empty() ? "" : ": ") +
               say(problem.message);
    return out;
}

void leave_error(std::string_view text, char** error) {
    if (error == nullptr) return;
    // Freed by the caller through a C function, so it comes from malloc.
    *error = static_cast<char*>(std::malloc(text.size() + 1));
    if (*error == nullptr) return;
    std::memcpy(*error, text.data(), text.size());
    (*error)[text.size()] = '\0';
}

licet_status status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInput:
            return LICET_INPUT;
        case ErrorCode::kMissing:
            return LICET_MISSING;
        case ErrorCode::kChanged:
        case ErrorCode::kBusy:
        case ErrorCode::kBroken:
            return LICET_BROKEN;
    }
    return LICET_BROKEN;
}

namespace {

law::Reading reading_of(licet_reading reading) {
    if (reading == LICET_AUTHORITY) return law::Reading::kAuthority;
    return reading == LICET_BY_TEXT ? law::Reading::kText : law::Reading::kStrict;
}

gate::ZoneOffset zones_of(const licet_law_options& options) {
    if (options.zone_offset == nullptr) return system_zones();
    return [look = options.zone_offset, context = options.zone_context](
               std::string_view zone, std::int64_t utc_minutes) -> std::optional<int> {
        std::int32_t offset = 0;
        if (look(context, text_of(zone), utc_minutes, &offset) == 0) return std::nullopt;
        return offset;
    };
}

std::string identity_of(const law::Law& law) {
    std::string out;
    for (const law::Pack& pack : law.packs()) out += (out.empty() ? "" : " ") + pack.identity();
    return out;
}

struct Json : licet_json {
    explicit Json(std::string written) : licet_json{}, kept(std::move(written)) {
        text = text_of(kept);
    }
    std::string kept;
};

struct Rows {
    Rows(const licet_law& from, std::unique_ptr<Batch> made, Language wanted)
        : law(from), batch(std::move(made)), language(wanted) {}
    const licet_law& law;
    std::unique_ptr<Batch> batch;
    Language language;
    std::deque<WordedVerdict> worded;  ///< by situation
};

Result<json::object> answer_json(const licet_law& law, std::string_view text, Language language,
                                 bool is_explained) {
    const json::value parsed = LICET_TRY(parse_json(text));
    if (!parsed.is_object()) return error(ErrorCode::kInput, "check.json_object");
    const json::object& object = parsed.get_object();
    const gate::Request request = LICET_TRY(request_of(*law.law, object));
    const gate::Verdict verdict = LICET_TRY(gate::check(*law.law, law.zone_offset, request));
    json::object out;
    if (const json::value* id = object.if_contains("id")) out["id"] = *id;
    for (auto& [name, value] : gate::json_of(*law.law, verdict, language)) out[name] = value;
    if (!is_explained) return out;
    json::array enough;
    for (const law::FactId id : law::sufficient_reason(*law.law, verdict.question, verdict.facts))
        enough.emplace_back(law.law->vocabulary().fact(id).name);
    out["sufficient"] = std::move(enough);
    const auto next = law::next_fact(*law.law, verdict.question, verdict.facts);
    out["next"] = next ? json::value(law.law->vocabulary().fact(*next).name) : nullptr;
    return out;
}

licet_status give_json(const licet_law* law, licet_text object, licet_language language,
                       bool is_explained, licet_json** out, char** error) {
    *out = nullptr;
    return guarded(language_of(language), error, [&]() -> Result<Done> {
        const json::object answer =
            LICET_TRY(answer_json(*law, view(object), language_of(language), is_explained));
        *out = std::make_unique<Json>(json::serialize(answer)).release();
        return Done{};
    });
}

}  // namespace
}  // namespace licet::api

struct licet_batch : licet::api::Rows {
    using Rows::Rows;
};

using namespace licet;       // NOLINT: the functions below are outside of all namespaces
using namespace licet::api;  // NOLINT

extern "C" {

uint32_t licet_version(void) {
    return LICET_VERSION_MAJOR * 1'000'000U + LICET_VERSION_MINOR * 1'000U + LICET_VERSION_PATCH;
}

void licet_error_free(char* error) { std::free(error); }

licet_status licet_law_read(const licet_file* files, size_t file_count,
                            const licet_law_options* options, licet_law** law, char** error) {
    *law = nullptr;
    const licet_law_options how = options == nullptr ? licet_law_options{} : *options;
    std::string faults;
    const licet_status status = guarded(language_of(how.language), error, [&]() -> Result<Done> {
        std::vector<law::SourceFile> sources;
        for (const licet_file& file : span_of(files, file_count))
            sources.push_back({std::string(view(file.path)), std::string(view(file.text))});
        auto read = law::read_law(sources, reading_of(how.reading));
        if (!read.value) {
            faults = worded(read.problems, language_of(how.language));
            return Done{};
        }
        auto made = std::make_unique<licet_law>();
        made->identity = identity_of(*read.value);
        made->law = std::move(read.value);
        made->zone_offset = zones_of(how);
        made->language = language_of(how.language);
        *law = made.release();
        return Done{};
    });
    if (status != LICET_OK || *law != nullptr) return status;
    leave_error(faults, error);
    return LICET_INPUT;
}

void licet_law_free(licet_law* law) { delete law; }

licet_text licet_law_identity(const licet_law* law) { return api::text_of(law->identity); }

licet_text licet_answer_name(const licet_law* law, licet_text question, uint32_t code) {
    const std::string_view name = question.size == 0 ? "contact" : view(question);
    const law::Question* found = law->law->vocabulary().question(name);
    if (found == nullptr || code >= found->answers.size()) return {nullptr, 0};
    return api::text_of(found->answers[code]);
}

licet_status licet_decide(const licet_law* law, const licet_situation* situation,
                          licet_verdict** verdict, char** error) {
    *verdict = nullptr;
    const Language language = language_of(situation->language);
    return guarded(language, error, [&]() -> Result<Done> {
        const gate::Request request = LICET_TRY(request_of(*law->law, *situation));
        const gate::Verdict found = LICET_TRY(gate::check(*law->law, law->zone_offset, request));
        *verdict = std::make_unique<WordedVerdict>(*law->law, found, language).release();
        return Done{};
    });
}

void licet_verdict_free(licet_verdict* verdict) { delete static_cast<WordedVerdict*>(verdict); }

licet_status licet_decide_json(const licet_law* law, licet_text object, licet_language language,
                               licet_json** json, char** error) {
    return give_json(law, object, language, false, json, error);
}

licet_status licet_explain_json(const licet_law* law, licet_text object, licet_language language,
                                licet_json** json, char** error) {
    return give_json(law, object, language, true, json, error);
}

void licet_json_free(licet_json* json) { delete static_cast<Json*>(json); }

licet_status licet_batch_new(const licet_law* law, const licet_situation* shared,
                             const licet_column* columns, size_t column_count, licet_batch** batch,
                             char** error) {
    *batch = nullptr;
    const Language language = language_of(shared->language);
    return guarded(language, error, [&]() -> Result<Done> {
        gate::Request request = LICET_TRY(request_of(*law->law, *shared));
        std::vector<Column> read;
        for (const licet_column& column : span_of(columns, column_count)) {
            Column& one = read.emplace_back();
            one.fact = view(column.fact);
            for (const licet_text value : span_of(column.values, column.value_count))
                one.values.emplace_back(view(value));
        }
        auto made = LICET_TRY(Batch::make(*law->law, law->zone_offset, std::move(request), read));
        *batch = std::make_unique<licet_batch>(*law, std::move(made), language).release();
        return Done{};
    });
}

void licet_batch_free(licet_batch* batch) { delete batch; }

licet_status licet_batch_decide(licet_batch* batch, const uint16_t* const* codes, size_t row_count,
                                uint8_t* answers, uint32_t* situations) {
    const licet_status status = guarded(batch->language, nullptr, [&] {
        return batch->batch->decide(codes, row_count, answers, situations);
    });
    if (status != LICET_OK && row_count > 0) std::memset(answers, LICET_UNDETERMINED, row_count);
    return status;
}

size_t licet_batch_situation_count(const licet_batch* batch) {
    return batch->batch->situations().size();
}

const licet_verdict* licet_batch_situation(licet_batch* batch, uint32_t number) {
    const auto& met = batch->batch->situations();
    if (number >= met.size()) return nullptr;
    // Worded when somebody asks; what was given out stays where it is.
    auto& worded = batch->worded;
    const licet_status status = guarded(batch->language, nullptr, [&]() -> Result<Done> {
        while (worded.size() <= number)
            worded.emplace_back(*batch->law.law, met[worded.size()], batch->language);
        return Done{};
    });
    return status == LICET_OK ? &worded[number] : nullptr;
}

}  // extern "C"
