// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/vcard_source.h"

#include <algorithm>
#include <array>
#include <deque>

#include "base/text.h"
#include "lists/columns.h"
#include "lists/internal/row_text.h"
#include "lists/internal/vcard_lines.h"
#include "lists/internal/vcard_property.h"

namespace licet::lists::internal {
namespace {

constexpr std::size_t kFirstCards = 1000;
constexpr std::size_t kFirstBytes = std::size_t{8} << 20;
constexpr std::size_t kMostOwnColumns = 256;
constexpr std::size_t kMostCardBytes = kMaxRecordBytes / 4;  // quotes may double it
constexpr std::size_t kShownBytes = 64;

enum Column : std::size_t {
    kUid,
    kFullName,
    kLastName,
    kFirstName,
    kEmail,
    kMobile = kEmail + 3,
    kPhone = kMobile + 2,
    kCompany = kPhone + 3,
    kJobTitle,
    kStreet,
    kCity,
    kPostcode,
    kRegion,
    kCountry,
    kLanguage,
    kBirthday,
    kCategories,
    kNote,
    kColumns
};
constexpr std::array<std::string_view, kColumns> kNames = {
    "UID",     "Full Name", "Last Name", "First Name", "Email",    "Email 2",
    "Email 3", "Mobile",    "Mobile 2",  "Phone",      "Phone 2",  "Phone 3",
    "Company", "Job Title", "Street",    "City",       "Postcode", "Region",
    "Country", "Language",  "Birthday",  "Categories", "Note"};

// A property that is one text, and its column.
struct Simple {
    std::string_view name;
    Column column;
};
constexpr std::array<Simple, 8> kSimple = {{{"UID", kUid},
                                            {"FN", kFullName},
                                            {"TITLE", kJobTitle},
                                            {"LANG", kLanguage},
                                            {"BDAY", kBirthday},
                                            {"CATEGORIES", kCategories},
                                            {"NOTE", kNote},
                                            {"X-CATEGORIES", kCategories}}};

struct Named {
    std::string name;
    std::string value;
};

// One card as it was read, or a line that is outside of any.
struct Card {
    std::uint64_t line = 0;
    std::array<std::string, kColumns> values;
    std::vector<Named> own;    // properties that are not standard
    std::vector<Named> other;  // standard ones without a column
    std::vector<CardProperty> emails;
    std::vector<CardProperty> phones;
    std::vector<CardProperty> addresses;
    std::size_t bytes = 0;
    std::optional<Error> problem;
};

void add_to(std::string& cell, std::string_view text) {
    if (!cell.empty() && !text.empty()) cell += "; ";
    cell += text;
}

std::string_view without_scheme(std::string_view value, std::string_view scheme) {
    value = trimmed(value);
    if (ascii_lower(value.substr(0, scheme.size())) != scheme) return value;
    value.remove_prefix(scheme.size());
    return value.substr(0, value.find_first_of(";?"));
}

// A name may be somebody's address or number: then it is not shown.
std::string shown(const std::string& name) {
    const bool may_be_personal =
        name.find('@') != name.npos ||
        std::count_if(name.begin(), name.end(), [](char c) { return is_ascii_digit(c); }) > 5;
    return may_be_personal || name.size() > kShownBytes ? "…" : name;
}

// Says whether a column of this name would hold marks of refusal.
bool is_refusal(const std::string& name) {
    const std::array<std::string, 1> header = {name};
    const auto mapping = mapping_of(header, {}, {});
    constexpr std::array kRoles = {Role::kOptOut, Role::kOptOutEmail, Role::kOptOutCalls,
                                   Role::kOptOutSms, Role::kContactStatus};
    return std::any_of(kRoles.begin(), kRoles.end(),
                       [&](Role role) { return !mapping.value.all(role).empty(); });
}

// ---- one card ----------------------------------------------------------------------------------

// The first problem of a card is the one that explains the others.
void tell(Card& card, Error problem) {
    if (!card.problem) card.problem = std::move(problem);
}

// Counts what is kept of a card, and says whether so much more may be.
bool has_room(Card& card, std::size_t bytes) {
    card.bytes += bytes + sizeof(Named);
    if (card.bytes <= kMostCardBytes) return true;
    tell(card, error(ErrorCode::kInput, "csv.record_too_long",
                     {{"limit", std::to_string(kMostCardBytes >> 20)}}));
    return false;
}

void take_structure(const CardProperty& property, Card& card) {
    const std::vector<std::string> parts = components_of(property.value);
    if (property.name == "N") {
        add_to(card.values[kLastName], parts[0]);
        if (parts.size() > 1) add_to(card.values[kFirstName], parts[1]);
        return;
    }
    add_to(card.values[kCompany], parts[0]);  // ORG: then come its units
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (!parts[i].empty()) card.other.push_back({"ORG", parts[i]});
}

void take(CardProperty property, Card& card) {
    if (property.is_binary) {
        const bool is_own = property.name.starts_with("X-");
        if (is_refusal(is_own ? property.name.substr(2) : property.name))
            tell(card, error(ErrorCode::kInput, "vcard.binary_refusal",
                             {{"name", shown(property.name)}}));
        return;
    }
    if (!has_room(card, property.name.size() + property.value.size())) return;
    const auto* const simple = std::find_if(kSimple.begin(), kSimple.end(), [&](const Simple& one) {
        return one.name == property.name;
    });
    if (simple != kSimple.end())
        return add_to(card.values.at(simple->column), unescaped(property.value));
    if (property.name == "N" || property.name == "ORG") return take_structure(property, card);
    if (property.name == "EMAIL") return card.emails.push_back(std::move(property));
    if (property.name == "TEL") return card.phones.push_back(std::move(property));
    if (property.name == "ADR") return card.addresses.push_back(std::move(property));
    for (const std::string_view about : {"VERSION", "PRODID", "REV", "PROFILE", "AGENT"})
        if (property.name == about) return;
    for (const std::string_view about : {"X-ABLABEL", "X-ABUID", "X-ABADR", "X-ABSHOWAS",
                                         "X-ABRELATEDNAMES", "X-ABDATE", "X-ABORDER"})
        if (property.name == about) return;  // about other properties
    const bool is_own = property.name.starts_with("X-");
    std::string name = is_own ? property.name.substr(2) : property.name;
    (is_own ? card.own : card.other).push_back({std::move(name), unescaped(property.value)});
}

// The preferred ones first, each into a column of its own while there are some.
void place(std::vector<CardProperty>& all, Column first, std::size_t room, Card& card) {
    std::stable_sort(all.begin(), all.end(), [](const CardProperty& a, const CardProperty& b) {
        return a.preference < b.preference;
    });
    for (CardProperty& one : all) {
        const bool is_phone = one.name == "TEL";
        std::string value(without_scheme(unescaped(one.value), is_phone ? "tel:" : "mailto:"));
        if (value.empty()) continue;
        std::size_t i = first;
        while (i < first + room && !card.values.at(i).empty()) ++i;
        if (i < first + room)
            card.values.at(i) = std::move(value);
        else
            card.other.push_back({one.name, std::move(value)});
    }
}

void place_phones(Card& card) {
    std::vector<CardProperty> mobile;
    std::vector<CardProperty> fixed;
    for (CardProperty& phone : card.phones) {
        const bool is_voice = !phone.has_type("fax") && !phone.has_type("pager") &&
                              !phone.has_type("modem") && !phone.has_type("bbs") &&
                              !phone.has_type("textphone");
        if (!is_voice)
            card.other.push_back({"TEL", unescaped(phone.value)});
        else
            (phone.has_type("cell") ? mobile : fixed).push_back(std::move(phone));
    }
    place(mobile, kMobile, kPhone - kMobile, card);
    place(fixed, kPhone, kCompany - kPhone, card);
}

void place_addresses(Card& card) {
    const auto best = std::min_element(
        card.addresses.begin(), card.addresses.end(),
        [](const CardProperty& a, const CardProperty& b) { return a.preference < b.preference; });
    for (auto one = card.addresses.begin(); one != card.addresses.end(); ++one) {
        std::vector<std::string> parts = components_of(one->value);
        if (one != best) {
            card.other.push_back({"ADR", join(parts, ", ")});
            continue;
        }
        parts.resize(std::max<std::size_t>(parts.size(), 7));
        constexpr std::array kPlaces = {kStreet, kCity, kRegion, kPostcode, kCountry};
        for (std::size_t i = 0; i < kPlaces.size(); ++i)
            card.values.at(kPlaces.at(i)) = parts[i + 2];
    }
}

// ---- all of them -------------------------------------------------------------------------------

class CardSource {
  public:
    CardSource(ByteSource source, std::string file_name)
        : lines_(std::move(source)), file_name_(std::move(file_name)) {}

    Result<Done> begin() {
        std::size_t held = 0;
        while (first_.size() < kFirstCards && held < kFirstBytes) {
            auto card = LICET_TRY(read_card());
            if (!card) break;
            held += card->bytes;
            for (const Named& one : card->own) {
                const bool is_new = std::find(own_.begin(), own_.end(), one.name) == own_.end();
                const bool may_be_column = own_.size() < kMostOwnColumns && shown(one.name) != "…";
                if (is_new && may_be_column) own_.push_back(one.name);
            }
            first_.push_back(*std::move(card));
        }
        for (const std::string_view name : kNames) rows_.put(name);
        for (const std::string& name : own_) rows_.put(name);
        rows_.put("Other");
        rows_.end_row();
        return Done{};
    }

    Result<std::size_t> read(std::span<char> out) {
        while (rows_.is_empty()) {
            if (!first_.empty()) {
                give(std::move(first_.front()));
                first_.pop_front();
                continue;
            }
            auto card = LICET_TRY(read_card());
            if (!card) return std::size_t{0};
            give(*std::move(card));
        }
        return rows_.take(out);
    }

    [[nodiscard]] ReaderOptions options() const { return rows_.reader_options(file_name_, 0); }

  private:
    // Where the reader is in a card.
    struct Within {
        CardVersion version = CardVersion::k30;
        int depth = 1;
        bool is_after_binary = false;
        bool is_after_agent = false;
    };

    // Nothing at the end of the file.
    Result<std::optional<Card>> read_card() {
        const CardLine* line = LICET_TRY(lines_.next());
        while (line != nullptr && trimmed(line->text).empty()) line = LICET_TRY(lines_.next());
        if (line == nullptr) return std::optional<Card>();
        Card card;
        card.line = line->number;
        if (!is_mark(line->text, "begin:vcard")) {
            card.problem = error(ErrorCode::kInput, "vcard.outside");
            card.values[kFullName] = line->text;
            return std::optional(std::move(card));
        }
        LICET_TRY(read_properties(card));
        place(card.emails, kEmail, kMobile - kEmail, card);
        place_phones(card);
        place_addresses(card);
        return std::optional(std::move(card));
    }

    Result<Done> read_properties(Card& card) {
        Within within;
        while (within.depth > 0) {
            const CardLine* line = LICET_TRY(lines_.next());
            const bool is_begin = line != nullptr && is_mark(line->text, "begin:vcard");
            if (line == nullptr || (is_begin && !within.is_after_agent)) {
                if (is_begin) lines_.put_back();
                card.problem = error(ErrorCode::kInput, "vcard.no_end");
                return Done{};
            }
            if (is_begin) {
                ++within.depth;
                within.is_after_agent = false;
            } else if (is_mark(line->text, "end:vcard")) {
                --within.depth;
            } else if (within.depth == 1 && !trimmed(line->text).empty()) {
                take_line(*line, within, card);
            }
        }
        return Done{};
    }

    void take_line(const CardLine& line, Within& within, Card& card) {
        auto property = property_of(line.text, within.version);
        if (!property) {
            // Some programs forget to indent the lines of a picture.
            if (within.is_after_binary) return;
            tell(card, property.error());
            if (has_room(card, line.text.size())) card.other.push_back({"?", line.text});
            return;
        }
        within.is_after_binary = property->is_binary;
        within.is_after_agent = property->name == "AGENT" && trimmed(property->value).empty();
        if (line.is_cut && !property->is_binary)
            tell(card, error(ErrorCode::kInput, "csv.field_too_long",
                             {{"column", shown(property->name)},
                              {"limit", std::to_string(kMaxFieldBytes >> 20)}}));
        if (property->name == "VERSION") {
            const std::string_view number = trimmed(property->value);
            within.version = number == "2.1"   ? CardVersion::k21
                             : number == "4.0" ? CardVersion::k40
                                               : CardVersion::k30;
            lines_.set_version(within.version);
        }
        take(*std::move(property), card);
    }

    static bool is_mark(std::string_view line, std::string_view mark) {
        return line.size() < 64 && ascii_lower(trimmed(line)) == mark;
    }

    void give(Card card) {
        for (; next_line_ < card.line; ++next_line_) rows_.blank_row();
        ++next_line_;
        std::vector<std::string> own(own_.size());
        std::string other;
        for (const Named& one : card.own) {
            const auto column = std::find(own_.begin(), own_.end(), one.name);
            if (column != own_.end()) {
                add_to(own[static_cast<std::size_t>(column - own_.begin())], one.value);
                continue;
            }
            add_to(other, one.name + ": " + one.value);
            if (is_refusal(one.name))
                tell(card, error(ErrorCode::kInput, "vcard.late_refusal",
                                 {{"name", shown("X-" + one.name)},
                                  {"cards", std::to_string(kFirstCards)}}));
        }
        for (const Named& one : card.other) {
            add_to(other, one.name + ": " + one.value);
            if (is_refusal(one.name))
                tell(card,
                     error(ErrorCode::kInput, "vcard.unread_refusal", {{"name", shown(one.name)}}));
        }
        if (card.problem) {
            card.problem->where = file_name_ + ":" + std::to_string(card.line);
            rows_.tell(card.line, *std::move(card.problem));
        }
        for (const std::string& value : card.values) rows_.put(value);
        for (const std::string& value : own) rows_.put(value);
        rows_.put(other);
        rows_.end_row();
    }

    CardLines lines_;
    std::string file_name_;
    std::deque<Card> first_;  // read for their own properties, and not yet given
    std::vector<std::string> own_;
    std::uint64_t next_line_ = 1;
    RowText rows_{','};
};

}  // namespace

bool is_vcard(std::string_view block) {
    if (block.starts_with("\xEF\xBB\xBF")) block.remove_prefix(3);
    block = trimmed(block);
    constexpr std::string_view kBegin = "begin:vcard";
    return ascii_lower(block.substr(0, kBegin.size())) == kBegin &&
           (block.size() == kBegin.size() ||
            std::string_view(" \t\r\n").find(block[kBegin.size()]) != std::string_view::npos);
}

Result<ListSource> vcard_list(ByteSource source, const std::string& file_name) {
    auto cards = std::make_shared<CardSource>(std::move(source), file_name);
    LICET_TRY(cards->begin());
    ListSource out;
    out.options = cards->options();
    out.bytes = [cards](std::span<char> bytes) { return cards->read(bytes); };
    return out;
}

}  // namespace licet::lists::internal
