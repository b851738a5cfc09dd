// SPDX-License-Identifier: Apache-2.0
#include "mail/html.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::mail {
namespace {

struct Tag {
    std::string name;
    bool is_end = false;
    std::vector<std::pair<std::string, std::string>> attributes;

    [[nodiscard]] std::string_view attribute(std::string_view wanted) const {
        for (const auto& [name_, value] : attributes)
            if (name_ == wanted) return value;
        return {};
    }
    [[nodiscard]] bool has(std::string_view wanted) const {
        return std::any_of(attributes.begin(), attributes.end(),
                           [&](const auto& one) { return one.first == wanted; });
    }
};

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_void(std::string_view name) {
    static constexpr std::array<std::string_view, 13> kNames = {
        "area",  "base", "br",   "col",   "embed",  "hr", "img",
        "input", "link", "meta", "param", "source", "wbr"};
    return is_one_of(name, kNames);
}
bool is_block(std::string_view name) {
    static constexpr std::array<std::string_view, 20> kNames = {
        "p",  "div", "br", "tr", "table", "li", "ul", "ol",     "h1",      "h2",
        "h3", "h4",  "h5", "h6", "hr",    "td", "th", "footer", "section", "blockquote"};
    return is_one_of(name, kNames);
}
// Elements whose content is no text of the page.
bool is_raw(std::string_view name) {
    static constexpr std::array<std::string_view, 6> kNames = {"script",   "style",  "title",
                                                               "textarea", "iframe", "noembed"};
    return is_one_of(name, kNames);
}

// The character that an entity names, or nothing.
std::optional<std::string> entity(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 40> kNames = {
        {{"amp", "&"},         {"lt", "<"},          {"gt", ">"},          {"quot", "\""},
         {"apos", "'"},        {"nbsp", "\u00A0"},   {"eacute", "\u00E9"}, {"egrave", "\u00E8"},
         {"agrave", "\u00E0"}, {"ecirc", "\u00EA"},  {"ccedil", "\u00E7"}, {"ugrave", "\u00F9"},
         {"ocirc", "\u00F4"},  {"icirc", "\u00EE"},  {"acirc", "\u00E2"},  {"ucirc", "\u00FB"},
         {"euml", "\u00EB"},   {"iuml", "\u00EF"},   {"uuml", "\u00FC"},   {"ouml", "\u00F6"},
         {"auml", "\u00E4"},   {"szlig", "\u00DF"},  {"Eacute", "\u00C9"}, {"Egrave", "\u00C8"},
         {"Agrave", "\u00C0"}, {"Ccedil", "\u00C7"}, {"laquo", "\u00AB"},  {"raquo", "\u00BB"},
         {"rsquo", "\u2019"},  {"lsquo", "\u2018"},  {"ldquo", "\u201C"},  {"rdquo", "\u201D"},
         {"ndash", "\u2013"},  {"mdash", "\u2014"},  {"hellip", "\u2026"}, {"euro", "\u20AC"},
         {"copy", "\u00A9"},   {"reg", "\u00AE"},    {"oelig", "\u0153"},  {"middot", "\u00B7"}}};
    for (const auto& [known, text] : kNames)
        if (known == name) return std::string(text);
    if (name.size() < 2 || name[0] != '#') return std::nullopt;
    const bool is_hex = name[1] == 'x' || name[1] == 'X';
    std::uint32_t code = 0;
    for (const char c : name.substr(is_hex ? 2 : 1)) {
        const char lower = ascii_lower(c);
        if (is_ascii_digit(c))
            code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(c - '0');
        else if (is_hex && lower >= 'a' && lower <= 'f')
            code = code * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
        else
            return std::nullopt;
        if (code > 0x10FFFF) return std::nullopt;
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
    std::string out;
    append_utf8(out, static_cast<char32_t>(code));
    return out;
}

std::string resolved(std::string_view text) {
    constexpr std::size_t kLongestName = 10;
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '&' ? text.substr(i, kLongestName + 2).find(';') : 0;
        const bool may_be = text[i] == '&' && end != std::string_view::npos && end > 1;
        const auto found = may_be ? entity(text.substr(i + 1, end - 1)) : std::nullopt;
        if (found) {
            out += *found;
            i += end;
        } else {
            out += text[i];
        }
    }
    return out;
}

// A length of CSS or of an attribute that leaves nothing to see: 0, 1, 2, "1px".
bool is_tiny(std::string_view length) {
    length = trimmed(length);
    std::size_t digits = 0;
    while (digits < length.size() && is_ascii_digit(length[digits])) ++digits;
    if (digits == 0) return false;
    const auto number = whole_number(length.substr(0, digits));
    const std::string_view unit = trimmed(length.substr(digits));
    const bool is_pixels = unit.empty() || ascii_lower(unit) == "px";
    return number &&
           ((*number == 0 && unit != "." && !unit.starts_with('.')) || (*number <= 2 && is_pixels));
}

std::string style_value(std::string_view style, std::string_view property) {
    for (const std::string_view one : split(style, ';')) {
        const std::size_t colon = one.find(':');
        if (colon == one.npos || ascii_lower(trimmed(one.substr(0, colon))) != property) continue;
        return ascii_lower(trimmed(one.substr(colon + 1)));
    }
    return {};
}

bool is_hidden(const Tag& tag) {
    if (tag.has("hidden")) return true;
    const std::string_view style = tag.attribute("style");
    if (style.empty()) return false;
    return style_value(style, "display").starts_with("none") ||
           style_value(style, "visibility").starts_with("hidden") ||
           style_value(style, "opacity") == "0" || style_value(style, "mso-hide") == "all" ||
           is_tiny(style_value(style, "font-size"));
}

bool is_unseen_picture(const Tag& tag) {
    const std::string_view style = tag.attribute("style");
    return is_hidden(tag) || is_tiny(tag.attribute("width")) || is_tiny(tag.attribute("height")) ||
           is_tiny(style_value(style, "width")) || is_tiny(style_value(style, "height")) ||
           is_tiny(style_value(style, "max-height"));
}

bool is_remote(std::string_view address) {
    const std::string lower = ascii_lower(trimmed(address).substr(0, 8));
    return lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("//");
}

class HtmlReader {
  public:
    explicit HtmlReader(std::string_view html) : html_(html) {}

    HtmlText read() && {
        bool is_complete = true;
        while (place_ < html_.size() && is_complete) is_complete = step();
        flush_link();
        if (!out_.foot && is_complete && !is_unseen()) out_.foot = html_.size();
        if (last_foot_) out_.foot = last_foot_;
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool is_unseen() const { return hidden_depth_ > 0 || is_in_head_; }

    // Reads up to and with the next tag; false if the page ends inside one.
    bool step() {
        const std::size_t open = html_.find('<', place_);
        say(html_.substr(place_, std::min(open, html_.size()) - place_));
        if (open == html_.npos) {
            place_ = html_.size();
            return true;
        }
        place_ = open;
        if (html_.substr(open).starts_with("<!--")) return skip_past("-->", open + 4);
        const char next = open + 1 < html_.size() ? html_[open + 1] : ' ';
        if (next == '!' || next == '?') return skip_past(">", open + 1);
        const bool is_tag = is_ascii_letter(next) || (next == '/' && open + 2 < html_.size() &&
                                                      is_ascii_letter(html_[open + 2]));
        if (!is_tag) {
            say("<");
            ++place_;
            return true;
        }
        Tag tag;
        if (!read_tag(tag)) {
            place_ = html_.size();
            return false;
        }
        return tag.is_end ? close(tag, open) : this->open(tag);
    }

    bool skip_past(std::string_view sign, std::size_t from) {
        const std::size_t end = html_.find(sign, from);
        place_ = end == html_.npos ? html_.size() : end + sign.size();
        return end != html_.npos;
    }

    bool read_tag(Tag& tag) {
        std::size_t i = place_ + 1;
        if (html_[i] == '/') {
            tag.is_end = true;
            ++i;
        }
        std::size_t end = i;
        while (end < html_.size() && !is_space(html_[end]) && html_[end] != '>' &&
               html_[end] != '/')
            ++end;
        tag.name = ascii_lower(html_.substr(i, end - i));
        i = end;
        while (i < html_.size() && html_[i] != '>') {
            if (is_space(html_[i]) || html_[i] == '/')
                ++i;
            else
                i = read_attribute(i, tag);
        }
        if (i >= html_.size()) return false;
        place_ = i + 1;
        return true;
    }

    std::size_t read_attribute(std::size_t i, Tag& tag) {
        std::size_t end = i + 1;  // a name may begin with any character, even =
        while (end < html_.size() && !is_space(html_[end]) && html_[end] != '=' &&
               html_[end] != '>' && html_[end] != '/')
            ++end;
        std::string name = ascii_lower(html_.substr(i, end - i));
        i = end;
        while (i < html_.size() && is_space(html_[i])) ++i;
        std::string value;
        if (i < html_.size() && html_[i] == '=') {
            ++i;
            while (i < html_.size() && is_space(html_[i])) ++i;
            const char quote = i < html_.size() ? html_[i] : ' ';
            if (quote == '"' || quote == '\'') {
                end = html_.find(quote, i + 1);
                if (end == html_.npos) return html_.size();
                value = resolved(html_.substr(i + 1, end - i - 1));
                i = end + 1;
            } else {
                end = i;
                while (end < html_.size() && !is_space(html_[end]) && html_[end] != '>') ++end;
                value = resolved(html_.substr(i, end - i));
                i = end;
            }
        }
        constexpr std::size_t kMostAttributes = 64;
        if (tag.attributes.size() < kMostAttributes)
            tag.attributes.emplace_back(std::move(name), std::move(value));
        return i;
    }

    bool open(const Tag& tag) {
        if (tag.name == "html" && out_.language.empty())
            out_.language = ascii_lower(tag.attribute("lang"));
        if (tag.name == "head") is_in_head_ = true;
        if (tag.name == "body") is_in_head_ = false;
        note_remotes(tag);
        if (is_block(tag.name)) new_line();
        if (tag.name == "a") {
            flush_link();
            link_ = Link{std::string(trimmed(tag.attribute("href"))), "", out_.text.size(), 0};
            has_link_ = !is_unseen() && !is_hidden(tag);
        }
        if (tag.name == "img" && !is_unseen() && !is_unseen_picture(tag))
            say_plain(tag.attribute("alt"));
        if (is_raw(tag.name)) return skip_raw(tag.name);
        if (is_void(tag.name)) return true;
        if (hidden_depth_ > 0 && tag.name == hidden_name_) ++hidden_depth_;
        if (hidden_depth_ == 0 && is_hidden(tag)) {
            hidden_name_ = tag.name;
            hidden_depth_ = 1;
        }
        return true;
    }

    bool close(const Tag& tag, std::size_t begin) {
        if (tag.name == "head") is_in_head_ = false;
        if (hidden_depth_ > 0 && tag.name == hidden_name_) --hidden_depth_;
        if (is_block(tag.name)) new_line();
        if (tag.name == "a") flush_link();
        const bool ends_page = tag.name == "body" || (tag.name == "html" && !has_body_end_);
        if (ends_page && !is_unseen()) {
            last_foot_ = begin;
            has_body_end_ = tag.name == "body";
        }
        return true;
    }

    bool skip_raw(const std::string& name) {
        std::size_t from = place_;
        while (true) {
            const std::size_t end = html_.find("</", from);
            if (end == html_.npos) {
                place_ = html_.size();
                return false;
            }
            if (ascii_lower(html_.substr(end + 2, name.size())) == name) {
                place_ = end;
                return skip_past(">", end);
            }
            from = end + 2;
        }
    }

    void note_remotes(const Tag& tag) {
        const bool is_picture = tag.name == "img" || tag.name == "input";
        for (const std::string_view name : {"src", "background", "poster"}) {
            const std::string_view address = tag.attribute(name);
            if (!is_remote(address)) continue;
            const bool is_active = tag.name == "iframe" || tag.name == "script" ||
                                   tag.name == "embed" || tag.name == "object";
            out_.remotes.push_back({std::string(trimmed(address)),
                                    is_picture && (is_unseen() || is_unseen_picture(tag)),
                                    is_active});
        }
        if (tag.name == "link" && is_remote(tag.attribute("href")))
            out_.remotes.push_back({std::string(trimmed(tag.attribute("href"))), false, true});
        const std::string_view style = tag.attribute("style");
        const std::size_t url = ascii_lower(style).find("url(");
        if (url == std::string_view::npos) return;
        std::string_view address = style.substr(url + 4);
        address = trimmed(address.substr(0, address.find(')')));
        while (address.starts_with('"') || address.starts_with('\'')) address.remove_prefix(1);
        while (address.ends_with('"') || address.ends_with('\'')) address.remove_suffix(1);
        if (is_remote(address)) out_.remotes.push_back({std::string(address), is_unseen(), false});
    }

    void say(std::string_view raw) {
        if (raw.empty() || is_unseen()) return;
        say_plain(resolved(raw));
    }
    void say_plain(std::string_view text) {
        for (const char c : text) {
            const bool is_blank = is_space(c);
            const bool was_blank = out_.text.empty() || is_space(out_.text.back());
            if (is_blank && was_blank) continue;
            out_.text += is_blank ? ' ' : c;
            if (has_link_) link_.text += is_blank ? ' ' : c;
        }
    }
    void new_line() {
        if (out_.text.empty() || out_.text.back() == '\n') return;
        out_.text += '\n';
        if (has_link_) link_.text += ' ';
    }
    void flush_link() {
        link_.end = out_.text.size();
        if (has_link_ && !link_.address.empty()) out_.links.push_back(link_);
        has_link_ = false;
    }

    std::string_view html_;
    std::size_t place_ = 0;
    HtmlText out_;
    Link link_;
    bool has_link_ = false;
    bool is_in_head_ = false;
    bool has_body_end_ = false;
    std::string hidden_name_;
    std::size_t hidden_depth_ = 0;
    std::optional<std::size_t> last_foot_;
};

}  // namespace

HtmlText read_html(std::string_view html) { return HtmlReader(html).read(); }

}  // namespace licet::mail
