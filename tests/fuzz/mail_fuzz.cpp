// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes messages: whatever is read has its parts inside the message, and where a foot can be put,
// it is seen when the message is read again and no other byte has changed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/splice.h"

namespace {

constexpr std::string_view kFoot = "\nTHEFOOT\n";

void hold(bool condition) {
    if (!condition) std::abort();
}

// True if the edits can be taken out again.
bool is_undone(std::string_view before, std::string after,
               const std::vector<licet::mail::Edit>& edits) {
    for (const licet::mail::Edit& edit : edits)
        after.replace(edit.begin, edit.bytes.size(),
                      before.substr(edit.begin, edit.end - edit.begin));
    return after == before;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace licet::mail;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const Form form : {Form::kMessage, Form::kText, Form::kHtml}) {
        const auto mail = read_mail(bytes, form, "m");
        if (!mail) {
            hold(mail.error().where == "m");
            continue;
        }
        std::vector<Edit> edits;
        for (const Body& body : mail->bodies) {
            hold(body.begin <= body.end && body.end <= bytes.size());
            auto edit = foot_edit(bytes, *mail, body, kFoot);
            if (!edit) return 0;
            hold(edit->begin >= body.begin && edit->end <= body.end);
            edits.push_back(*std::move(edit));
        }
        const std::string out = spliced(bytes, edits);
        hold(is_undone(bytes, out, edits));
        const auto again = read_mail(out, form, "m");
        hold(again.has_value() && again->bodies.size() == mail->bodies.size());
        for (const Body& body : again->bodies) hold(body.text.find("THEFOOT") != std::string::npos);
    }
    return 0;
}
