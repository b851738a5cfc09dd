// SPDX-License-Identifier: Apache-2.0
//
// What stands behind the handles of licet/licet.h, and the border itself: texts go over it as
// (bytes, length), errors as one worded text, exceptions not at all.
//
//     C call -> guarded() -> Result -> status and error text
#pragma once

#include <licet/licet.h>

#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gate/gate.h"

/// A law with what belongs to it. Immutable. Threads: any number may read.
struct licet_law {
    std::unique_ptr<licet::law::Law> law;
    licet::gate::ZoneOffset zone_offset;
    licet::Language language = licet::Language::kFrench;
    std::string identity;
};

namespace licet::api {

[[nodiscard]] inline std::string_view view(licet_text text) {
    return text.size == 0 ? std::string_view{} : std::string_view(text.data, text.size);
}
[[nodiscard]] inline licet_text text_of(std::string_view text) {
    return {text.data(), text.size()};
}
[[nodiscard]] inline Language language_of(licet_language language) {
    return language == LICET_ENGLISH ? Language::kEnglish : Language::kFrench;
}

/// Gives a caller's array as a span; a null array is an empty one.
template <typename T>
[[nodiscard]] std::span<const T> span_of(const T* items, std::size_t count) {
    return items == nullptr ? std::span<const T>{} : std::span<const T>(items, count);
}

/// Words problems, one a line, as "place: what was expected".
[[nodiscard]] std::string worded(std::span<const Error> problems, Language language);

/// Leaves `text` behind for the caller, who frees it with licet_error_free(); nothing if there is
/// no memory for it or nobody asked.
void leave_error(std::string_view text, char** error);

[[nodiscard]] licet_status status_of(ErrorCode code);

/// Runs `work`, which returns a Result, and gives what a C caller gets of it.
template <typename Work>
[[nodiscard]] licet_status guarded(Language language, char** error, const Work& work) noexcept {
    if (error != nullptr) *error = nullptr;
    try {
        const auto done = work();
        if (done) return LICET_OK;
        leave_error(worded({&done.error(), 1}, language), error);
        return status_of(done.error().code);
    } catch (const std::exception& problem) {
        leave_error(problem.what(), error);
    } catch (...) {
        leave_error("unknown exception", error);
    }
    return LICET_BROKEN;
}

}  // namespace licet::api
