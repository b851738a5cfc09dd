// SPDX-License-Identifier: Apache-2.0
#include "mail/message.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/text.h"

namespace licet::mail {
namespace {

constexpr std::size_t kMostParts = 200;
constexpr int kDeepest = 20;

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

void start_gmime() {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

// ---- the head -----------------------------------------------------------------------------------

std::size_t line_after(std::string_view bytes, std::size_t place) {
    const std::size_t end = bytes.find('\n', place);
    return end == bytes.npos ? bytes.size() : end + 1;
}

bool is_empty_line(std::string_view bytes, std::size_t place) {
    return place >= bytes.size() || bytes[place] == '\n' || bytes.substr(place).starts_with("\r\n");
}

std::string unfolded(std::string_view lines) {
    std::string out;
    for (const char c : lines)
        if (c != '\r' && c != '\n') out += c == '\t' ? ' ' : c;
    return std::string(trimmed(out));
}

// Reads the lines of the head up to the empty line. False if something else stands there.
bool read_head(std::string_view bytes, Mail& mail) {
    std::size_t place = 0;
    if (bytes.starts_with("From ")) place = line_after(bytes, 0);  // of a mailbox file
    while (!is_empty_line(bytes, place)) {
        std::size_t end = line_after(bytes, place);
        while (!is_empty_line(bytes, end) && (bytes[end] == ' ' || bytes[end] == '\t'))
            end = line_after(bytes, end);
        const std::string_view line = bytes.substr(place, end - place);
        const std::size_t colon = line.find(':');
        const std::string_view name = trimmed(line.substr(0, std::min(colon, line.size())));
        const bool is_line = colon != line.npos && !name.empty() &&
                             std::all_of(name.begin(), name.end(),
                                         [](char c) { return c > ' ' && c < 127 && c != ':'; });
        if (!is_line) return false;
        mail.head.push_back({ascii_lower(name), unfolded(line.substr(colon + 1)), place, end});
        place = end;
    }
    mail.head_end = place;
    return !mail.head.empty();
}

std::string decoded_head(std::string_view value) {
    char* text = g_mime_utils_header_decode_text(nullptr, std::string(value).c_str());
    std::string out = text_or_empty(text);
    g_free(text);
    return out;
}

void read_sender(GMimeMessage* message, Mail& mail) {
    InternetAddressList* list = g_mime_message_get_from(message);
    if (list == nullptr || internet_address_list_length(list) == 0) return;
    InternetAddress* first = internet_address_list_get_address(list, 0);
    mail.from_name = text_or_empty(internet_address_get_name(first));
    if (INTERNET_ADDRESS_IS_MAILBOX(first))
        mail.from_address =
            text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)));
}

// ---- the parts ----------------------------------------------------------------------------------

bool is_attached(GMimeObject* part) {
    GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(part);
    return disposition != nullptr && g_mime_content_disposition_is_attachment(disposition);
}

Encoding encoding_of(GMimePart* part) {
    const GMimeContentEncoding encoding = g_mime_part_get_content_encoding(part);
    if (encoding == GMIME_CONTENT_ENCODING_BASE64) return Encoding::kBase64;
    if (encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE) return Encoding::kQuotedPrintable;
    return Encoding::kPlain;
}

class PartsReader {
  public:
    PartsReader(std::string_view bytes, Mail& mail) : bytes_(bytes), mail_(mail) {}

    /// Reads a part and those below it.
    Result<Done> read(GMimeObject* object, int depth) {
        if (depth > kDeepest || ++parts_ > kMostParts)
            return error(ErrorCode::kInput, "mail.too_deep");
        if (object == nullptr || is_attached(object)) return Done{};
        GMimeContentType* type = g_mime_object_get_content_type(object);
        const auto is = [&](const char* kind, const char* sub) {
            return g_mime_content_type_is_type(type, kind, sub) != 0;
        };
        if (GMIME_IS_MULTIPART_ENCRYPTED(object) || is("multipart", "encrypted") ||
            is("application", "pgp-encrypted"))
            return error(ErrorCode::kInput, "mail.encrypted");
        if (is("application", "pkcs7-mime") || is("application", "x-pkcs7-mime"))
            return of_smime(type);
        if (GMIME_IS_MULTIPART_SIGNED(object) || is("multipart", "signed"))
            return error(ErrorCode::kInput, "mail.signed");
        if (GMIME_IS_MULTIPART(object)) return read_below(GMIME_MULTIPART(object), type, depth);
        if (!GMIME_IS_PART(object)) return Done{};
        if (is("text", "plain")) return read_body(GMIME_PART(object), type, BodyKind::kText);
        if (is("text", "html")) return read_body(GMIME_PART(object), type, BodyKind::kHtml);
        return Done{};
    }

  private:
    // All ways to read the same message; of other groups, the first part is what is read.
    Result<Done> read_below(GMimeMultipart* group, GMimeContentType* type, int depth) {
        const bool is_choice = g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
        const int count = g_mime_multipart_get_count(group);
        for (int i = 0; i < count; ++i) {
            const std::size_t before = mail_.bodies.size();
            LICET_TRY(read(g_mime_multipart_get_part(group, i), depth + 1));
            if (!is_choice && mail_.bodies.size() > before) break;
        }
        return Done{};
    }

    static Result<Done> of_smime(GMimeContentType* type) {
        const std::string kind =
            ascii_lower(text_or_empty(g_mime_content_type_get_parameter(type, "smime-type")));
        return error(ErrorCode::kInput,
                     kind.starts_with("signed") ? "mail.signed" : "mail.encrypted");
    }

    Result<Done> read_body(GMimePart* part, GMimeContentType* type, BodyKind kind) {
        GMimeDataWrapper* content = g_mime_part_get_content(part);
        if (content == nullptr) return Done{};
        GMimeStream* stream = g_mime_data_wrapper_get_stream(content);
        const gint64 length = g_mime_stream_length(stream);
        Body body;
        body.kind = kind;
        body.charset = text_or_empty(g_mime_content_type_get_parameter(type, "charset"));
        body.encoding = encoding_of(part);
        const GMimeContentEncoding named = g_mime_part_get_content_encoding(part);
        body.is_seven_bit =
            named == GMIME_CONTENT_ENCODING_7BIT || named == GMIME_CONTENT_ENCODING_DEFAULT;
        body.begin = static_cast<std::size_t>(stream->bound_start);
        body.end = body.begin + static_cast<std::size_t>(std::max<gint64>(length, 0));
        LICET_ENSURE(body.begin <= body.end && body.end <= bytes_.size());
        // A part whose head never ends has no content, and no place where one could stand.
        const std::string_view before = bytes_.substr(0, body.begin);
        if (!before.ends_with("\n\n") && !before.ends_with("\n\r\n")) return Done{};
        return add(std::move(body));
    }

  public:
    /// Takes what is seen of a body.
    Result<Done> add(Body body) {
        const std::string text = utf8_of(
            decoded(bytes_.substr(body.begin, body.end - body.begin), body.encoding), body.charset);
        // OpenPGP in the text itself (RFC 4880 7): the marks stand at the beginning of a line.
        const auto has_mark = [&](std::string_view mark) {
            const std::size_t at = text.find(mark);
            return at != text.npos && (at == 0 || text[at - 1] == '\n');
        };
        if (has_mark("-----BEGIN PGP MESSAGE-----"))
            return error(ErrorCode::kInput, "mail.encrypted");
        if (has_mark("-----BEGIN PGP SIGNED MESSAGE-----"))
            return error(ErrorCode::kInput, "mail.signed");
        if (body.kind == BodyKind::kHtml) {
            HtmlText page = read_html(text);
            body.text = std::move(page.text);
            body.links = std::move(page.links);
            body.remotes = std::move(page.remotes);
            body.language = std::move(page.language);
        } else {
            body.text = text;
        }
        mail_.bodies.push_back(std::move(body));
        return Done{};
    }

  private:
    std::string_view bytes_;
    Mail& mail_;
    std::size_t parts_ = 0;
};

std::string line_end_of(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    return end != bytes.npos && (end == 0 || bytes[end - 1] != '\r') ? "\n" : "\r\n";
}

Result<Mail> read_parsed(std::string_view bytes, Mail mail, const std::string& where) {
    start_gmime();
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_persist_stream(parser.get(), TRUE);
    g_mime_parser_set_format(parser.get(),
                             bytes.starts_with("From ") ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message) return error(ErrorCode::kInput, "mail.no_head", {}, where);
    read_sender(message.get(), mail);
    mail.subject = decoded_head(mail.head_value("subject"));
    mail.language = ascii_lower(mail.head_value("content-language"));
    mail.is_answer =
        !mail.head_value("in-reply-to").empty() || !mail.head_value("references").empty();
    mail.is_dkim_signed = !mail.head_value("dkim-signature").empty();
    PartsReader parts(bytes, mail);
    const auto done = parts.read(g_mime_message_get_mime_part(message.get()), 0);
    if (!done) {
        Error problem = done.error();
        problem.where = where;
        return problem;
    }
    if (mail.bodies.empty()) return error(ErrorCode::kInput, "mail.no_text", {}, where);
    return mail;
}

}  // namespace

std::string_view Mail::head_value(std::string_view name) const {
    for (const HeadLine& line : head)
        if (line.name == name) return line.value;
    return {};
}

Result<Mail> read_mail(std::string_view bytes, Form form, const std::string& where) {
    if (bytes.size() > kMostMailBytes)
        return error(ErrorCode::kInput, "mail.too_large",
                     {{"most", std::to_string(kMostMailBytes >> 20U)}}, where);
    if (trimmed(bytes).empty()) return error(ErrorCode::kInput, "mail.empty", {}, where);
    if (bytes.find('\0') != bytes.npos) return error(ErrorCode::kInput, "mail.nul", {}, where);
    Mail mail;
    mail.line_end = line_end_of(bytes);
    if (form == Form::kMessage) {
        if (!read_head(bytes, mail)) return error(ErrorCode::kInput, "mail.no_head", {}, where);
        if (mail.head_end == bytes.size())
            return error(ErrorCode::kInput, "mail.no_text", {}, where);
        return read_parsed(bytes, std::move(mail), where);
    }
    mail.has_head = false;
    Body body;
    body.kind = form == Form::kHtml ? BodyKind::kHtml : BodyKind::kText;
    body.charset = first_invalid_utf8(bytes) ? "windows-1252" : "utf-8";
    body.end = bytes.size();
    PartsReader parts(bytes, mail);
    const auto done = parts.add(std::move(body));
    if (!done) {
        Error problem = done.error();
        problem.where = where;
        return problem;
    }
    return mail;
}

}  // namespace licet::mail
