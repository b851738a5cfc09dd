// SPDX-License-Identifier: Apache-2.0
//
// What people see: language, colours where a terminal can, plain output to a pipe, a progress bar.
// Results go to standard output, everything else to standard error, so that a pipe carries results
// alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.h"
#include "base/result.h"

namespace licet {

/// Exit statuses (docs/command-line.md). Verdicts are below 64, errors from 64 on, as in
/// sysexits.h.
namespace exit_status {
inline constexpr int kAllowed = 0;
inline constexpr int kForbidden = 1;
inline constexpr int kUndetermined = 2;
inline constexpr int kOutOfScope = 3;
inline constexpr int kOtherAnswer = 4;      ///< an answer of a question other than `contact`
inline constexpr int kUnreadableRows = 10;  ///< all done, but some rows could not be read
inline constexpr int kTestsFailed = 11;
inline constexpr int kUsage = 64;
inline constexpr int kBadInput = 65;
inline constexpr int kMissingInput = 66;
inline constexpr int kBroken = 74;
inline constexpr int kTryAgain = 75;
}  // namespace exit_status

/// Gives the status for an error.
[[nodiscard]] int status_of(const Error& problem);

enum class Colour { kPlain, kBold, kDim, kGreen, kRed, kYellow, kBlue };

/// What commands say when no terminal is there but a program: results, errors, how far it is.
struct Capture {
    std::string out;            ///< lines of standard output
    std::vector<Error> errors;  ///< in their order
    std::vector<std::string> notes;
    /// Is told now and then; `total_bytes` 0 if nobody knows.
    std::function<void(std::uint64_t rows, std::uint64_t bytes, std::uint64_t total_bytes)>
        progress;
};

/// Speaks to the user in one language. Standard output carries results, standard error the rest.
class Terminal {
  public:
    Terminal(Catalogue catalogue, bool wants_json);
    /// Speaks JSON into `capture`, which outlives it.
    Terminal(Catalogue catalogue, Capture& capture);

    [[nodiscard]] const Catalogue& text() const { return catalogue_; }
    [[nodiscard]] Language language() const { return catalogue_.language(); }
    [[nodiscard]] bool wants_json() const { return wants_json_; }
    [[nodiscard]] bool is_watched() const { return is_error_terminal_; }
    /// The same, but what it prints goes to standard error: where results themselves are the
    /// output.
    [[nodiscard]] Terminal aside() const;
    /// Null unless it speaks to a program.
    [[nodiscard]] Capture* capture() const { return capture_; }

    /// Colours `text` if standard output is a terminal that can.
    [[nodiscard]] std::string colour(Colour colour, std::string_view text) const;

    void print(std::string_view line = "") const;  ///< a line of standard output
    void print_error(const Error& problem) const;  ///< where: sentence
    void print_errors(std::span<const Error> problems) const;
    void note(std::string_view line) const;  ///< a line of standard error

  private:
    Catalogue catalogue_;
    bool wants_json_;
    bool has_colour_;
    bool is_error_terminal_;
    bool is_aside_ = false;
    Capture* capture_ = nullptr;
};

/// Prints the error and gives its status: how every command ends that cannot go on.
[[nodiscard]] int fail(const Terminal& terminal, const Error& problem);

/// A progress bar on standard error; silent when nobody watches.
class ProgressBar {
  public:
    ProgressBar(const Terminal& terminal, std::uint64_t total_bytes);
    void show(std::uint64_t rows, std::uint64_t bytes);
    void finish();

  private:
    const Terminal& terminal_;
    std::uint64_t total_;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::time_point last_;
    bool was_shown_ = false;
};

/// Chooses the language: `wanted` ("fr", "en"), else LC_ALL, LC_MESSAGES, LANG; French for a French
/// locale, else English.
[[nodiscard]] Language language_of(std::string_view wanted);

/// Gives the carried catalogue of a language; it is read once. Any thread.
[[nodiscard]] const Catalogue& catalogue_of(Language language);

}  // namespace licet
