// SPDX-License-Identifier: Apache-2.0
//
// An answer, or the reason why there is none.
//
// A forbidding verdict is an answer; an Error is the lack of one, and then nobody is contacted. We
// do not throw: exceptions of the standard library and of third parties are caught in the edge file
// that calls them. A broken invariant is a bug and aborts (LICET_ENSURE), never outside input.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/message.h"

/// Aborts with the place of the broken invariant. On in every build.
#define LICET_ENSURE(condition)                                                                    \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                          \
        }                                                                                          \
    } while (false)

/// Gives the value of a Result, or returns its error from the enclosing function. One step a line.
#define LICET_TRY(expression)                                                \
    __extension__({                                                          \
        auto licet_tried = (expression);                                     \
        if (!licet_tried.has_value()) return std::move(licet_tried).error(); \
        std::move(licet_tried).value();                                      \
    })

namespace licet {

/// What a caller can do about an error; not what went wrong, which is the message.
enum class ErrorCode {
    kInput,    ///< fix the input
    kMissing,  ///< look elsewhere, or create it first
    kChanged,  ///< read again: somebody else was faster
    kBusy,     ///< retry later
    kBroken,   ///< call a human: stored data or the machine is not as it should be
};

/// Why there is no answer. `where` is `file:line:column` for anything written by a person.
struct [[nodiscard]] Error {
    ErrorCode code = ErrorCode::kBroken;
    Message message;
    std::string where;

    friend bool operator==(const Error&, const Error&) = default;
};

/// Builds an error whose message is `id` of the catalogues.
inline Error error(ErrorCode code, std::string_view id,
                   std::vector<std::pair<std::string, std::string>> arguments = {},
                   std::string where = {}) {
    return Error{code, Message(id, std::move(arguments)), std::move(where)};
}

/// The value of a function that has only an effect.
struct Done {
    friend bool operator==(Done, Done) = default;
};

/// A `T` or an Error. Asking for the side that is not there aborts.
template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: wanted
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: wanted

    [[nodiscard]] bool has_value() const { return held_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] T& value() & {
        LICET_ENSURE(has_value());
        return *std::get_if<0>(&held_);
    }
    [[nodiscard]] const T& value() const& {
        LICET_ENSURE(has_value());
        return *std::get_if<0>(&held_);
    }
    [[nodiscard]] T&& value() && {
        LICET_ENSURE(has_value());
        return std::move(*std::get_if<0>(&held_));
    }
    [[nodiscard]] const Error& error() const& {
        LICET_ENSURE(!has_value());
        return *std::get_if<1>(&held_);
    }
    [[nodiscard]] Error&& error() && {
        LICET_ENSURE(!has_value());
        return std::move(*std::get_if<1>(&held_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

  private:
    std::variant<T, Error> held_;
};

/// What was read, and all that was wrong with it: for what people write (packs, lists,
/// configuration). The value is usable only if `problems` is empty, unless the reader says
/// otherwise.
template <typename T>
struct [[nodiscard]] Read {
    T value;
    std::vector<Error> problems;

    [[nodiscard]] bool is_clean() const { return problems.empty(); }
};

}  // namespace licet
