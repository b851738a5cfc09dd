// SPDX-License-Identifier: Apache-2.0
//
// The body of a POST: fields and their values, as browsers and mail clients send them.
//
//     application/x-www-form-urlencoded   a=1&b=2            pages, RFC 8058
//     multipart/form-data                 parts, a boundary  RFC 8058
//
// What comes is written by strangers: all is bounded, and what is not UTF-8 is refused.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace licet::rights {

class Form {
  public:
    using Fields = std::multimap<std::string, std::string, std::less<>>;
    Form() = default;
    explicit Form(Fields fields) : fields_(std::move(fields)) {}

    /// The first value of a field; empty if it is not there.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    /// True if the field is there and one of its values is this.
    [[nodiscard]] bool has(std::string_view name, std::string_view value) const;
    [[nodiscard]] bool has(std::string_view name) const { return fields_.contains(name); }
    [[nodiscard]] const Fields& fields() const { return fields_; }

  private:
    Fields fields_;
};

inline constexpr std::size_t kMostFormBytes = 65'536;
inline constexpr std::size_t kMostFormFields = 512;
inline constexpr std::size_t kMostFieldBytes = 4096;

/// Reads a body. `content_type` as the header has it. Errors: kInput ("form.too_large",
/// "form.type", "form.broken").
[[nodiscard]] Result<Form> form_of(std::string_view content_type, std::string_view body);

/// True for the body that RFC 8058 asks mail clients to send.
[[nodiscard]] bool is_one_click(const Form& form);

}  // namespace licet::rights
