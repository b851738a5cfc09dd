// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes links and forms: what opens is, byte by byte, what sealing it again gives; a link that was
// never sealed does not open; a form that is read keeps its bounds.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rights/act.h"

namespace {

licet::rights::LinkKeys keys() {
    std::array<std::uint8_t, licet::rights::LinkKey::kSizeBytes> bytes{};
    licet::rights::LinkKeys out;
    if (!out.add(licet::rights::LinkKey(bytes))) std::abort();
    return out;
}

void check_form(std::string_view type, std::string_view body) {
    const auto form = licet::rights::form_of(type, body);
    if (!form) return;
    if (form->fields().size() > licet::rights::kMostFormFields) std::abort();
    for (const auto& [name, value] : form->fields())
        if (value.size() > licet::rights::kMostFieldBytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const licet::rights::LinkKeys kKeys = keys();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto link = licet::rights::opened_link(text, kKeys)) {
        const auto again = licet::rights::sealed_link(*link, kKeys);
        if (!again || *again != text) std::abort();
    }
    // A link made of the input opens, and with one bit of it changed it does not.
    licet::rights::Link made;
    made.issued_on = licet::Date{std::chrono::days{size % 60'000}};
    made.campaign = text.substr(0, 64);
    auto sealed = licet::rights::sealed_link(made, kKeys);
    if (!sealed || !licet::rights::opened_link(*sealed, kKeys)) std::abort();
    char& changed = sealed.value()[size % sealed->size()];
    changed = changed == 'A' ? 'B' : 'A';
    if (licet::rights::opened_link(*sealed, kKeys)) std::abort();

    check_form("application/x-www-form-urlencoded", text);
    const std::size_t line = text.find('\n');
    check_form(text.substr(0, line), line == text.npos ? text : text.substr(line + 1));
    check_form("multipart/form-data; boundary=b", text);
    if (const auto place = licet::rights::place_of(text))
        if (place->text.empty()) std::abort();
    static_cast<void>(licet::rights::language_of_header(text));
    static_cast<void>(licet::rights::link_keys_of_secret_text(text));
    return 0;
}
