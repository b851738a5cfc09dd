// SPDX-License-Identifier: Apache-2.0
//
// licet for programs: may I contact this person, for this purpose, through this channel, now?
//
//     packs (a folder, or texts) --> licet_law      read once, then never changed
//     facts by name, as text     --> licet_verdict  answer, reasons, duties, what is missing
//     columns of codes           --> licet_batch    one answer and one situation a row
//
// This is the whole contract: names, numbers and layouts below are not changed and not used again.
// What comes later comes under new names. docs/library.md is the guide.
//
// An answer other than "allowed" means: do not contact. So does every status other than LICET_OK.
// The library has no clock, no network and no state of its own: `at` is a fact like any other, and
// without it no age of a consent is known. Nothing here throws, and nothing aborts on bad input.
#ifndef LICET_LICET_H
#define LICET_LICET_H

#include <stddef.h>
#include <stdint.h>

#if defined(LICET_SHARED) && defined(__GNUC__)
#define LICET_API __attribute__((visibility("default")))
#else
#define LICET_API
#endif

#define LICET_VERSION_MAJOR 0
#define LICET_VERSION_MINOR 1
#define LICET_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/// UTF-8, not terminated. `data` may be null if `size` is 0. What the library gives out lives as
/// long as the thing that holds it; what it is given needs to live only for the call.
typedef struct licet_text {
    const char* data;
    size_t size;  ///< bytes
} licet_text;

/// What a caller can do about a failure; the error text says what went wrong.
typedef int32_t licet_status;
enum {
    LICET_OK = 0,
    LICET_INPUT = 1,    ///< correct what was given: a name, a value, a pack
    LICET_MISSING = 2,  ///< look elsewhere: no such file, no rules for this question
    LICET_BROKEN = 3    ///< call a human: no memory, or a fault of the library
};

/// The language of everything that is meant for people.
typedef int32_t licet_language;
enum { LICET_FRENCH = 0, LICET_ENGLISH = 1 };

/// Which side debated points are decided on (docs/pack-language.md). Strict is the default.
typedef int32_t licet_reading;
enum { LICET_STRICT = 0, LICET_AUTHORITY = 1, LICET_BY_TEXT = 2 };

/// The library that runs, as major * 1000000 + minor * 1000 + patch; compare it with
/// LICET_VERSION_MAJOR and so on, which are those of the header.
LICET_API uint32_t licet_version(void);

/// Frees an error text. Null is fine.
LICET_API void licet_error_free(char* error);

// ---- the law ------------------------------------------------------------------------------------

/// Packs, read and compiled. Threads: any number may use one law at the same time.
typedef struct licet_law licet_law;

/// One file of a pack: its path below the folder of packs ("fr/email.md") and its text.
typedef struct licet_file {
    licet_text path;
    licet_text text;
} licet_file;

/// Gives the minutes east of UTC in an IANA zone at an instant (minutes since 1970-01-01T00:00Z) in
/// `offset_minutes` and returns 1; or returns 0 if the zone is not known. Has to be callable from
/// all threads that use the law, and must not throw.
typedef int32_t (*licet_zone_offset)(void* context, licet_text zone, int64_t utc_minutes,
                                     int32_t* offset_minutes);

/// How a law is read. All zero is a good choice: strict, errors in French, the system's time zones.
typedef struct licet_law_options {
    licet_reading reading;
    licet_language language;        ///< of error texts
    licet_zone_offset zone_offset;  ///< null: the time zone database of the system, if there is one
    void* zone_context;             ///< handed to `zone_offset`; has to live as long as the law
} licet_law_options;

/// Reads all packs below `folder`, and the words they share (facts.md, duties.md, questions.md).
/// `options` may be null. All faults of all files are in the error text, one a line, with place and
/// what was expected; then there is no law. Errors: LICET_MISSING for a folder without packs,
/// LICET_INPUT for faults. `error`, here and below: a terminated text in UTF-8, to be freed by
/// licet_error_free(), or null on success; it may be null if nobody reads it.
LICET_API licet_status licet_law_read_folder(licet_text folder, const licet_law_options* options,
                                             licet_law** law, char** error);

/// Reads packs from texts that are in memory. Errors: LICET_INPUT.
LICET_API licet_status licet_law_read(const licet_file* files, size_t file_count,
                                      const licet_law_options* options, licet_law** law,
                                      char** error);

/// Frees a law. Batches and verdicts made by it must be freed before. Null is fine.
LICET_API void licet_law_free(licet_law* law);

/// Gives the packs, their versions and digests, as "eu@0.1.0+sha256:... fr@...". Lives as long as
/// the law.
LICET_API licet_text licet_law_identity(const licet_law* law);

/// Gives the name of an answer of `question` by its code, strictest first from 0; an empty text
/// beyond the last one.
LICET_API licet_text licet_answer_name(const licet_law* law, licet_text question, uint32_t code);

// ---- one verdict --------------------------------------------------------------------------------

/// A fact and its value, as docs/verdict.md and `licet check` have them: {"channel", "email"},
/// {"at", "2026-11-26T10:00+01:00"}. The name "background" sets all facts of a named background
/// and may be given several times; facts given one by one go before it.
typedef struct licet_fact {
    licet_text name;
    licet_text value;
} licet_fact;

/// What is asked. A fact that is not given is unknown, never "no".
typedef struct licet_situation {
    licet_text question;  ///< empty: "contact"
    licet_language language;
    const licet_fact* facts;
    size_t fact_count;
} licet_situation;

/// The code of the answer "undetermined" of all questions.
#define LICET_UNDETERMINED 255

typedef struct licet_reason {
    licet_text rule;          ///< id: "fr.email.consumer"
    licet_text tell;          ///< what it says, in the language asked for
    const licet_text* cites;  ///< what it rests on
    size_t cite_count;
    int32_t is_settled;  ///< 0 if the rule is debatable
} licet_reason;

/// A name that programs may rely on, and the same in words.
typedef struct licet_named {
    licet_text id;
    licet_text tell;
} licet_named;

/// An answer and all that belongs to it. docs/verdict.md says what each part means.
typedef struct licet_verdict {
    licet_text answer;  ///< "allowed", "forbidden", ..., "undetermined"
    uint32_t answer_code;
    int32_t is_settled;  ///< 0 if it rests on a debatable rule
    licet_text question;
    licet_text at;           ///< the moment judged, on the recipient's clock
    licet_text holds_until;  ///< first day on which the answer may change; empty: none is known
    licet_text note;         ///< "gate.no_law", or empty
    licet_text pack;         ///< identity of the packs that decided
    const licet_reason* reasons;  ///< the deciding one first; if undetermined, those that could be
    size_t reason_count;
    const licet_named* duties;  ///< the answer holds on condition of all of them
    size_t duty_count;
    const licet_named* missing;  ///< facts that would decide, if undetermined
    size_t missing_count;
} licet_verdict;

/// Decides on one situation. Errors: LICET_INPUT for an unknown fact, value or background,
/// LICET_MISSING for a question without rules. Cost: some ten microseconds.
LICET_API licet_status licet_decide(const licet_law* law, const licet_situation* situation,
                                    licet_verdict** verdict, char** error);
LICET_API void licet_verdict_free(licet_verdict* verdict);

/// A JSON text that the library made.
typedef struct licet_json {
    licet_text text;
} licet_json;

/// Decides on an object {"question": ..., "facts": {...}, "id": ...}, as a line of
/// `licet check --facts-jsonl`, and gives the verdict as one JSON object (docs/verdict.md), with
/// the `id` if there was one. Unlike the program it does not add `at`. Errors: as licet_decide(),
/// and LICET_INPUT for what is no such object.
LICET_API licet_status licet_decide_json(const licet_law* law, licet_text object,
                                         licet_language language, licet_json** json, char** error);

/// As licet_decide_json(), with what `licet explain --json` adds: `sufficient`, a smallest set of
/// the facts that leads to the answer by itself, and `next`, the fact to ask for first, or null.
LICET_API licet_status licet_explain_json(const licet_law* law, licet_text object,
                                          licet_language language, licet_json** json, char** error);
LICET_API void licet_json_free(licet_json* json);

// ---- many rows ----------------------------------------------------------------------------------

/// The code of an unknown value in a column.
#define LICET_UNKNOWN 65535

/// A fact that differs from row to row, and the values that it has: rows name them by their place.
typedef struct licet_column {
    licet_text fact;
    const licet_text* values;  ///< fewer than LICET_UNKNOWN
    size_t value_count;
} licet_column;

/// A question about many rows. Rows that are alike to the law are decided once.
/// Threads: one batch per thread; batches may share a law, which has to outlive them.
typedef struct licet_batch licet_batch;

/// Prepares a batch. `shared` are the facts that all rows have; a column takes the place of what
/// they say of its fact, also where a row's value is unknown. `at`, `country` and `region` may be
/// columns too; rows in an order that keeps equal ones together are then decided faster.
/// Errors: as licet_decide(), and LICET_INPUT for two columns of one fact or too many values.
LICET_API licet_status licet_batch_new(const licet_law* law, const licet_situation* shared,
                                       const licet_column* columns, size_t column_count,
                                       licet_batch** batch, char** error);
LICET_API void licet_batch_free(licet_batch* batch);

/// Decides `row_count` rows. `codes[c][r]` is the place of row r's value among the values of column
/// c, or LICET_UNKNOWN. Writes to `answers[r]` the code of the answer (licet_answer_name) or
/// LICET_UNDETERMINED, and to `situations[r]`, unless it is null, the number of the row's
/// situation. Errors: LICET_INPUT for a code that is none; then all answers are LICET_UNDETERMINED.
/// Cost: one load a column and one more; the first row of a situation is decided in full, and only
/// then memory is taken.
LICET_API licet_status licet_batch_decide(licet_batch* batch, const uint16_t* const* codes,
                                          size_t row_count, uint8_t* answers, uint32_t* situations);

/// Gives the number of situations met so far; they are counted from 0.
LICET_API size_t licet_batch_situation_count(const licet_batch* batch);

/// Gives the verdict of a situation, or null if there is none of that number. It belongs to the
/// batch. What may differ between rows that are alike is left empty in it: `at`, `holds_until`.
LICET_API const licet_verdict* licet_batch_situation(licet_batch* batch, uint32_t number);

#ifdef __cplusplus
}
#endif

#endif  // LICET_LICET_H
