// SPDX-License-Identifier: Apache-2.0
#include "mail/splice.h"

#include <algorithm>

#include "base/text.h"

namespace licet::mail {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// Lines end in base64 as they do in the content, since nothing else will turn them.
std::string with_line_ends_of(std::string_view content, std::string_view text) {
    const bool has_plain_ends =
        content.find('\n') != content.npos && content.find("\r\n") == content.npos;
    std::string out;
    for (const char c : text) {
        if (c == '\n' && !has_plain_ends) out += '\r';
        out += c;
    }
    return out;
}

}  // namespace

std::string spliced(std::string_view bytes, std::vector<Edit> edits) {
    std::stable_sort(edits.begin(), edits.end(),
                     [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
    std::string out;
    std::size_t place = 0;
    for (const Edit& edit : edits) {
        LICET_ENSURE(edit.begin >= place && edit.begin <= edit.end && edit.end <= bytes.size());
        out += bytes.substr(place, edit.begin - place);
        out += edit.bytes;
        place = edit.end;
    }
    out += bytes.substr(place);
    return out;
}

Result<Edit> foot_edit(std::string_view bytes, const Mail& mail, const Body& body,
                       std::string_view foot) {
    const std::string_view raw = bytes.substr(body.begin, body.end - body.begin);
    const std::string content = decoded(raw, body.encoding);
    const bool is_page = body.kind == BodyKind::kHtml;
    const Fallback fallback = is_page ? Fallback::kEntities : Fallback::kAscii;
    auto text = in_charset(foot, body.charset, fallback);
    if (!text) return error(ErrorCode::kInput, "mail.fix_charset", {{"charset", body.charset}});
    // Where ASCII is written as itself, a part that holds nothing else goes on so.
    if (body.is_seven_bit && is_ascii(raw)) text = in_charset(foot, "us-ascii", fallback);
    std::size_t place = content.size();
    if (is_page) {
        const auto foot_place = read_html(content).foot;
        if (!foot_place) return error(ErrorCode::kInput, "mail.fix_page");
        place = *foot_place;
    } else if (!content.empty() && content.back() != '\n') {
        text->insert(0, "\n");
    }
    if (body.encoding == Encoding::kBase64) text = with_line_ends_of(content, *text);
    Edit edit = LICET_TRY(
        raw_insertion(raw, body.encoding, {place, *text, is_page ? " " : "\n", mail.line_end}));
    edit.begin += body.begin;
    edit.end += body.begin;
    return edit;
}

std::vector<Edit> head_edits(std::string_view bytes, const Mail& mail, std::string_view name,
                             std::string_view value) {
    std::vector<Edit> edits;
    if (!mail.has_head) return edits;
    const std::string line = std::string(name) + ": " + std::string(value) + mail.line_end;
    const std::string wanted = ascii_lower(name);
    bool is_placed = false;
    for (const HeadLine& one : mail.head) {
        if (one.name != wanted) continue;
        edits.push_back({one.begin, one.end, is_placed ? "" : line});
        is_placed = true;
    }
    if (is_placed) return edits;
    // A head that the message ends with may lack its last line end.
    const bool is_open = mail.head_end > 0 && bytes[mail.head_end - 1] != '\n';
    edits.push_back({mail.head_end, mail.head_end, (is_open ? mail.line_end : "") + line});
    return edits;
}

}  // namespace licet::mail
