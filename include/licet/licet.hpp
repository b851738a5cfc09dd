// SPDX-License-Identifier: Apache-2.0
//
// licet for C++20: the C contract of licet/licet.h with owners, strings and spans.
//
//     auto law = licet::Law::read_folder("packs");
//     auto verdict = law->decide({.facts = {{"country", "fr"}, {"channel", "email"}, ...}});
//     if (verdict && verdict->is_allowed()) ...
//
// All of it is in this header, over C functions: no type of the standard library crosses the border
// of the library, so the program and the library need not be built alike. Nothing throws but the
// standard library for want of memory.
#ifndef LICET_LICET_HPP
#define LICET_LICET_HPP

#include <licet/licet.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licet {
// The library's own classes are in licet too; these are others.
inline namespace v1 {

enum class Language : licet_language { kFrench = LICET_FRENCH, kEnglish = LICET_ENGLISH };
enum class Reading : licet_reading {
    kStrict = LICET_STRICT,
    kAuthority = LICET_AUTHORITY,
    kText = LICET_BY_TEXT
};

/// Why there is no answer. Whoever gets one contacts nobody.
struct Error {
    licet_status status = LICET_BROKEN;
    std::string text;
};

/// A `T` or an Error. Asking for the side that is not there aborts.
template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : value_(std::move(value)) {}      // NOLINT: wanted
    Result(Error error) : error_(std::move(error)) {}  // NOLINT: wanted
    [[nodiscard]] bool has_value() const { return value_.has_value(); }
    explicit operator bool() const { return has_value(); }
    [[nodiscard]] T& value() & { return *held(); }
    [[nodiscard]] const T& value() const& { return *held(); }
    [[nodiscard]] T&& value() && { return std::move(*held()); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*held()); }
    T* operator->() { return held(); }
    const T* operator->() const { return held(); }
    [[nodiscard]] const Error& error() const {
        if (has_value()) std::abort();
        return error_;
    }

  private:
    T* held() {
        if (!has_value()) std::abort();
        return &*value_;
    }
    const T* held() const {
        if (!has_value()) std::abort();
        return &*value_;
    }
    std::optional<T> value_;
    Error error_;
};

/// A fact and its value as text: {"channel", "email"}. The name "background" sets all facts of a
/// named background; facts given one by one go before it.
struct Fact {
    std::string_view name;
    std::string_view value;
};

/// What is asked. A fact that is not given is unknown, never "no". The views need to live only for
/// the call.
struct Situation {
    std::string_view question = "contact";
    std::vector<Fact> facts{};
    Language language = Language::kFrench;
};

struct Reason {
    std::string rule;
    std::string tell;
    std::vector<std::string> cites;
    bool is_settled = true;
};
struct Named {
    std::string id;
    std::string tell;
};

/// An answer and all that belongs to it; docs/verdict.md says what each part means.
struct Verdict {
    std::string answer = "undetermined";
    std::uint8_t answer_code = LICET_UNDETERMINED;
    std::string question;
    std::string at;
    std::vector<Reason> reasons;
    std::vector<Named> duties;
    std::vector<Named> missing;
    bool is_settled = true;
    std::string holds_until;  ///< first day on which the answer may change; empty: none is known
    std::string note;
    std::string pack;

    /// True only for "allowed"; it holds on condition of all duties.
    [[nodiscard]] bool is_allowed() const { return answer == "allowed"; }
};

/// One file of a pack: its path below the folder of packs, and its text.
struct File {
    std::string_view path;
    std::string_view text;
};

/// How a law is read. `zone_offset` as in licet/licet.h; null: the system's time zones.
struct Options {
    Reading reading = Reading::kStrict;
    Language language = Language::kFrench;  ///< of error texts
    licet_zone_offset zone_offset = nullptr;
    void* zone_context = nullptr;
};

/// A fact that differs from row to row, and the values that rows name by their place.
struct Column {
    std::string_view fact;
    std::vector<std::string_view> values;
};

namespace detail {

inline licet_text text_of(std::string_view text) { return {text.data(), text.size()}; }
inline std::string string_of(licet_text text) {
    return text.size == 0 ? std::string{} : std::string(text.data, text.size);
}

/// Takes the error text of a failed call.
inline Error error_of(licet_status status, char* text) {
    Error error{status, text == nullptr ? "" : text};
    licet_error_free(text);
    return error;
}

inline std::vector<Named> named_of(const licet_named* items, std::size_t count) {
    std::vector<Named> out;
    for (const licet_named& one : std::span(items, count))
        out.push_back({string_of(one.id), string_of(one.tell)});
    return out;
}

inline Verdict verdict_of(const licet_verdict& from) {
    Verdict out;
    out.answer = string_of(from.answer);
    out.answer_code = static_cast<std::uint8_t>(from.answer_code);
    out.question = string_of(from.question);
    out.at = string_of(from.at);
    for (const licet_reason& one : std::span(from.reasons, from.reason_count)) {
        Reason& reason = out.reasons.emplace_back();
        reason.rule = string_of(one.rule);
        reason.tell = string_of(one.tell);
        reason.is_settled = one.is_settled != 0;
        for (const licet_text& cite : std::span(one.cites, one.cite_count))
            reason.cites.push_back(string_of(cite));
    }
    out.duties = named_of(from.duties, from.duty_count);
    out.missing = named_of(from.missing, from.missing_count);
    out.is_settled = from.is_settled != 0;
    out.holds_until = string_of(from.holds_until);
    out.note = string_of(from.note);
    out.pack = string_of(from.pack);
    return out;
}

/// A situation in the layout of C; lives as long as the texts of what it is made of.
class CSituation {
  public:
    explicit CSituation(const Situation& from) {
        for (const Fact& fact : from.facts)
            facts_.push_back({text_of(fact.name), text_of(fact.value)});
        given_ = {text_of(from.question), static_cast<licet_language>(from.language), facts_.data(),
                  facts_.size()};
    }
    CSituation(const CSituation&) = delete;
    CSituation& operator=(const CSituation&) = delete;
    [[nodiscard]] const licet_situation* get() const { return &given_; }

  private:
    std::vector<licet_fact> facts_;
    licet_situation given_{};
};

}  // namespace detail

/// A question about many rows. Threads: one object per thread.
class Batch {
  public:
    /// Decides rows. `codes` has one column each, in order, of as many codes as there are answers:
    /// places among the column's values, or LICET_UNKNOWN. `situations` is as long, or empty if
    /// nobody wants it. Returns false for codes that are none or sizes that differ; then all
    /// answers are LICET_UNDETERMINED. Takes memory only for situations not met before.
    [[nodiscard]] bool decide(std::span<const std::uint16_t* const> codes,
                              std::span<std::uint8_t> answers,
                              std::span<std::uint32_t> situations = {}) {
        const bool fits =
            codes.size() == columns_ && (situations.empty() || situations.size() == answers.size());
        if (!fits) {
            for (std::uint8_t& answer : answers) answer = LICET_UNDETERMINED;
            return false;
        }
        return licet_batch_decide(batch_.get(), codes.data(), answers.size(), answers.data(),
                                  situations.empty() ? nullptr : situations.data()) == LICET_OK;
    }

    [[nodiscard]] std::size_t situation_count() const {
        return licet_batch_situation_count(batch_.get());
    }
    /// Gives a situation's verdict, without `at` and `holds_until`; nothing for another number.
    [[nodiscard]] std::optional<Verdict> situation(std::uint32_t number) const {
        const licet_verdict* found = licet_batch_situation(batch_.get(), number);
        if (found == nullptr) return std::nullopt;
        return detail::verdict_of(*found);
    }

  private:
    friend class Law;
    struct Free {
        void operator()(licet_batch* batch) const { licet_batch_free(batch); }
    };
    Batch(std::shared_ptr<licet_law> law, licet_batch* batch, std::size_t columns)
        : law_(std::move(law)), batch_(batch), columns_(columns) {}

    std::shared_ptr<licet_law> law_;  ///< outlives the batch
    std::unique_ptr<licet_batch, Free> batch_;
    std::size_t columns_ = 0;
};

/// Packs, read and compiled. Copies are the same law. Threads: any number may use one.
class Law {
  public:
    /// Reads all packs below a folder. Errors: LICET_MISSING without packs there, LICET_INPUT with
    /// all faults of all files, one a line.
    static Result<Law> read_folder(std::string_view folder, const Options& options = {}) {
        const licet_law_options how = c_options(options);
        licet_law* law = nullptr;
        char* error = nullptr;
        const licet_status status =
            licet_law_read_folder(detail::text_of(folder), &how, &law, &error);
        if (status != LICET_OK) return detail::error_of(status, error);
        return Law(law);
    }

    /// Reads packs that are in memory. Errors: LICET_INPUT with all faults.
    static Result<Law> read(std::span<const File> files, const Options& options = {}) {
        std::vector<licet_file> given;
        for (const File& file : files)
            given.push_back({detail::text_of(file.path), detail::text_of(file.text)});
        const licet_law_options how = c_options(options);
        licet_law* law = nullptr;
        char* error = nullptr;
        const licet_status status = licet_law_read(given.data(), given.size(), &how, &law, &error);
        if (status != LICET_OK) return detail::error_of(status, error);
        return Law(law);
    }

    /// Gives the packs with their versions and digests.
    [[nodiscard]] std::string identity() const {
        return detail::string_of(licet_law_identity(law_.get()));
    }

    /// Gives the name of an answer by its code; "undetermined" for a code that is none.
    [[nodiscard]] std::string answer_name(std::string_view question, std::uint8_t code) const {
        const licet_text name = licet_answer_name(law_.get(), detail::text_of(question), code);
        return name.size == 0 ? "undetermined" : detail::string_of(name);
    }

    /// Decides on one situation. Errors: LICET_INPUT for an unknown fact, value or background,
    /// LICET_MISSING for a question without rules.
    [[nodiscard]] Result<Verdict> decide(const Situation& situation) const {
        const detail::CSituation given(situation);
        licet_verdict* verdict = nullptr;
        char* error = nullptr;
        const licet_status status = licet_decide(law_.get(), given.get(), &verdict, &error);
        if (status != LICET_OK) return detail::error_of(status, error);
        const std::unique_ptr<licet_verdict, void (*)(licet_verdict*)> held(verdict,
                                                                            licet_verdict_free);
        return detail::verdict_of(*verdict);
    }

    /// Decides on {"question": ..., "facts": {...}} and gives the verdict of docs/verdict.md.
    /// Errors: as decide(), and LICET_INPUT for what is no such object.
    [[nodiscard]] Result<std::string> decide_json(std::string_view object,
                                                  Language language) const {
        return json_of(licet_decide_json, object, language);
    }

    /// As decide_json(), with `sufficient` and `next` of `licet explain --json`.
    [[nodiscard]] Result<std::string> explain_json(std::string_view object,
                                                   Language language) const {
        return json_of(licet_explain_json, object, language);
    }

    /// Prepares a batch; a column takes the place of what `shared` says of its fact. Errors: as
    /// decide(), and LICET_INPUT for two columns of one fact or too many values.
    [[nodiscard]] Result<Batch> batch(const Situation& shared,
                                      std::span<const Column> columns) const {
        std::vector<std::vector<licet_text>> values;
        std::vector<licet_column> given;
        for (const Column& column : columns) {
            std::vector<licet_text>& texts = values.emplace_back();
            for (const std::string_view value : column.values)
                texts.push_back(detail::text_of(value));
        }
        for (std::size_t i = 0; i < columns.size(); ++i)
            given.push_back({detail::text_of(columns[i].fact), values[i].data(), values[i].size()});
        const detail::CSituation frame(shared);
        licet_batch* batch = nullptr;
        char* error = nullptr;
        const licet_status status =
            licet_batch_new(law_.get(), frame.get(), given.data(), given.size(), &batch, &error);
        if (status != LICET_OK) return detail::error_of(status, error);
        return Batch(law_, batch, columns.size());
    }

  private:
    using ToJson = licet_status (*)(const licet_law*, licet_text, licet_language, licet_json**,
                                    char**);

    explicit Law(licet_law* law) : law_(law, licet_law_free) {}

    static licet_law_options c_options(const Options& options) {
        return {static_cast<licet_reading>(options.reading),
                static_cast<licet_language>(options.language), options.zone_offset,
                options.zone_context};
    }

    [[nodiscard]] Result<std::string> json_of(ToJson to_json, std::string_view object,
                                              Language language) const {
        licet_json* json = nullptr;
        char* error = nullptr;
        const licet_status status = to_json(law_.get(), detail::text_of(object),
                                            static_cast<licet_language>(language), &json, &error);
        if (status != LICET_OK) return detail::error_of(status, error);
        const std::unique_ptr<licet_json, void (*)(licet_json*)> held(json, licet_json_free);
        return detail::string_of(json->text);
    }

    std::shared_ptr<licet_law> law_;
};

}  // namespace v1
}  // namespace licet

#endif  // LICET_LICET_HPP
