// SPDX-License-Identifier: Apache-2.0
#include "lists/contact_from_record.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/personal.h"
#include "base/text.h"

namespace licet::lists {
namespace {

constexpr std::array kDateRoles = {Role::kLastPurchase, Role::kLastActivity, Role::kCreated,
                                   Role::kOptInDate};

// Of a row's columns beside addresses and days: those of which read() takes the text, and those of
// which it matters only whether there is something.
constexpr std::array kReadRoles = {Role::kCountry,   Role::kPostcode,      Role::kJobTitle,
                                   Role::kPartyType, Role::kProductFamily, Role::kSource,
                                   Role::kCustomer,  Role::kOptIn};
constexpr std::array kPresentRoles = {Role::kCompany, Role::kSiren, Role::kSiret};

Role opt_out_of(std::string_view channel) {
    if (channel == "email") return Role::kOptOutEmail;
    if (channel == "sms" || channel == "mms" || channel == "rcs") return Role::kOptOutSms;
    if (channel == "live_call" || channel == "automated_call" || channel == "voicemail_drop")
        return Role::kOptOutCalls;
    return Role::kOptOut;
}

}  // namespace

Reach reach_of(std::string_view channel) {
    if (channel == "email") return Reach::kEmail;
    constexpr std::array kPhoneChannels = {
        "sms", "mms", "rcs", "live_call", "automated_call", "voicemail_drop"};
    const bool is_phone =
        std::find(kPhoneChannels.begin(), kPhoneChannels.end(), channel) != kPhoneChannels.end();
    return is_phone ? Reach::kPhone : Reach::kOther;
}

ContactReader::ContactReader(const Mapping& mapping, std::string_view channel,
                             std::string_view country)
    : mapping_(mapping),
      reach_(reach_of(channel)),
      own_opt_out_(opt_out_of(channel)),
      refusals_(mapping),
      country_(country),
      dates_(mapping.names.size()),
      last_country_(country) {
    const auto add = [&](Role role, std::vector<std::size_t>& columns) {
        for (const MappedColumn& column : mapping_.all(role)) columns.push_back(column.index);
    };
    has_other_emails_ = mapping_.all(Role::kEmail).size() > 1;
    has_other_phones_ = mapping_.all(Role::kPhone).size() > 1;
    for (const Role role : kReadRoles) add(role, read_cells_);
    for (const Role role : kPresentRoles) add(role, present_cells_);
}

void ContactReader::learn(const Record& record) {
    for (const Role role : kDateRoles)
        for (const MappedColumn& column : mapping_.all(role))
            dates_[column.index].learn(record.field(column.index));
}

bool ContactReader::is_settled() const {
    return std::all_of(kDateRoles.begin(), kDateRoles.end(), [&](Role role) {
        return std::all_of(
            mapping_.all(role).begin(), mapping_.all(role).end(),
            [&](const MappedColumn& column) { return dates_[column.index].is_settled(); });
    });
}

std::vector<std::string> ContactReader::ambiguous_columns() const {
    std::vector<std::string> names;
    for (const Role role : kDateRoles)
        for (const MappedColumn& column : mapping_.all(role))
            if (dates_[column.index].is_ambiguous()) names.push_back(mapping_.names[column.index]);
    return names;
}

std::string_view ContactReader::cell(const Record& record, Role role) const {
    for (const MappedColumn& column : mapping_.all(role)) {
        const std::string_view text = trimmed(record.field(column.index));
        if (!text.empty()) return text;
    }
    return {};
}

void ContactReader::note(std::size_t column, const Error& problem, std::string_view value) {
    row_.problems.push_back({column, problem.message, masked(value)});
}

const ContactRow& ContactReader::read(const Record& record) {
    row_.contact = {};
    row_.problems.clear();
    row_.is_reachable = reach_ == Reach::kOther;
    read_who(record);
    read_addresses(record);
    read_dates(record);
    read_choices(record);
    return row_;
}

void ContactReader::read_who(const Record& record) {
    gate::Contact& contact = row_.contact;
    const std::string_view country = cell(record, Role::kCountry);
    if (country.empty()) {
        // the campaign's own country counts
    } else if (const auto code = country_of(country)) {
        contact.country = *code;
    } else {
        contact.has_unreadable_country = true;
        note(*mapping_.first(Role::kCountry), error(ErrorCode::kInput, "row.unknown_country"),
             country);
    }
    contact.postcode = cell(record, Role::kPostcode);
    // A spreadsheet takes the zero from postcodes as it does from telephone numbers.
    if (contact.postcode.size() == 4 && whole_number(contact.postcode) &&
        (contact.country.empty() ? country_ : contact.country) == "fr")
        contact.postcode.insert(0, "0");
    contact.job_title = cell(record, Role::kJobTitle);
    contact.company = cell(record, Role::kCompany);
    contact.company_number = cell(record, Role::kSiren);
    if (contact.company_number.empty()) contact.company_number = cell(record, Role::kSiret);
    contact.product_family = cell(record, Role::kProductFamily);
    contact.source_label = cell(record, Role::kSource);
    const std::string party = folded(cell(record, Role::kPartyType));
    if (!party.empty()) {
        constexpr std::array kPrivate = {"particulier", "individual", "privat", "personne",
                                         "consumer"};
        contact.is_private_person =
            std::find(kPrivate.begin(), kPrivate.end(), party) != kPrivate.end();
    }
    const Mark customer = customer_of(cell(record, Role::kCustomer));
    if (customer == Mark::kYes || customer == Mark::kNo)
        contact.is_customer = customer == Mark::kYes;
}

// The first address of the preferred columns that can be read; the others are told if none can.
void ContactReader::read_addresses(const Record& record) {
    gate::Contact& contact = row_.contact;
    const std::string& country = contact.country.empty() ? country_ : contact.country;
    for (const MappedColumn& column : mapping_.all(Role::kEmail)) {
        const std::string_view text = trimmed(record.field(column.index));
        if (text.empty() || contact.email) continue;
        auto point = ledger::contact_point_of_email(text);
        if (point)
            contact.email = *std::move(point);
        else
            note(column.index, point.error(), text);
    }
    for (const MappedColumn& column : mapping_.all(Role::kPhone)) {
        const std::string_view text = trimmed(record.field(column.index));
        if (text.empty() || contact.phone) continue;
        auto point = ledger::contact_point_of_phone(text, country);
        if (point)
            contact.phone = *std::move(point);
        else
            note(column.index, point.error(), text);
    }
    add_other_addresses(record, country, contact.email ? &*contact.email : nullptr,
                        contact.phone ? &*contact.phone : nullptr);
    if (reach_ == Reach::kEmail) row_.is_reachable = contact.email.has_value();
    if (reach_ == Reach::kPhone) row_.is_reachable = contact.phone.has_value();
}

// Adds the row's other addresses and numbers to the spellings of the first: objections count under
// any of them, consents do not.
void ContactReader::add_other_addresses(const Record& record, const std::string& country,
                                        ledger::ContactPoint* email,
                                        ledger::ContactPoint* phone) const {
    const auto add = [](Result<ledger::ContactPoint> other, ledger::ContactPoint& to) {
        if (!other || other->strict.bytes == to.strict.bytes) return;
        to.loose.push_back(std::move(other->strict));
        for (ledger::NormalForm& form : other->loose) to.loose.push_back(std::move(form));
    };
    const auto add_others = [&](Role role, ledger::ContactPoint& to, const auto& point_of) {
        for (const MappedColumn& column : mapping_.all(role)) {
            const std::string_view text = trimmed(record.field(column.index));
            if (!text.empty()) add(point_of(text), to);
        }
    };
    if (has_other_emails_ && email != nullptr)
        add_others(Role::kEmail, *email,
                   [](std::string_view text) { return ledger::contact_point_of_email(text); });
    if (has_other_phones_ && phone != nullptr)
        add_others(Role::kPhone, *phone, [&](std::string_view text) {
            return ledger::contact_point_of_phone(text, country);
        });
}

void ContactReader::read_dates(const Record& record) {
    const auto date = [&](Role role) {
        std::optional<Date> latest;
        for (const MappedColumn& column : mapping_.all(role)) {
            const std::string_view text = trimmed(record.field(column.index));
            auto read = dates_[column.index].read(text);
            if (read)
                latest = std::max(latest, *read);
            else
                note(column.index, read.error(), text);
        }
        return latest;
    };
    row_.contact.last_purchase = date(Role::kLastPurchase);
    row_.contact.last_activity = date(Role::kLastActivity);
    row_.contact.created = date(Role::kCreated);
    row_.contact.opt_in_date = date(Role::kOptInDate);
}

// A mark that is not understood counts as a refusal: unknown is never "no".
ContactReader::Refused ContactReader::refused_by(const Record& record) {
    Refused out;
    bool is_by_mark = false;
    const std::vector<RefusalColumn>& columns = refusals_.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool is_of_all = columns[i].scope == Role::kOptOut;
        if (!is_of_all && columns[i].scope != own_opt_out_) continue;
        const Mark mark = refusals_.mark(i, record.field(columns[i].index));
        if (mark != Mark::kYes && mark != Mark::kUnknown) continue;
        out.all = out.all || is_of_all;
        out.channel = true;
        is_by_mark = is_by_mark || !columns[i].is_text;
    }
    out.by_text = out.channel && !is_by_mark;
    return out;
}

std::vector<std::string> ContactReader::text_columns() const {
    std::vector<std::string> names;
    for (const RefusalColumn& column : refusals_.columns())
        if (column.is_text) names.push_back(mapping_.names[column.index]);
    return names;
}

bool ContactReader::refuses(const Record& record) { return refused_by(record).channel; }

void ContactReader::read_choices(const Record& record) {
    gate::Contact& contact = row_.contact;
    const Refused refused = refused_by(record);
    contact.is_opt_out_for_all = refused.all;
    contact.has_opted_out = refused.channel;
    const Mark agreed = agreement_of(cell(record, Role::kOptIn));
    if (agreed == Mark::kYes)
        contact.has_opted_in = true;
    else if (mapping_.all(Role::kOptIn).empty() && contact.opt_in_date)
        contact.has_opted_in = true;
}

void ContactReader::sketch(const Record& record, RowSketch& out) {
    out.is_clean = true;
    sketch_addresses(record, out);
    sketch_days(record, out);
    sketch_rest(record, out);
}

// What a row's country cell says; the cell of the row before mostly says the same.
const std::string& ContactReader::country_of_phone(const Record& record) {
    const std::string_view text = cell(record, Role::kCountry);
    if (text == last_country_cell_) return last_country_;
    last_country_cell_ = text;
    last_country_ = country_of(text).value_or(country_);
    return last_country_;
}

// As read_addresses() does.
void ContactReader::sketch_addresses(const Record& record, RowSketch& out) {
    out.has_email = false;
    out.has_phone = false;
    for (const MappedColumn& column : mapping_.all(Role::kEmail)) {
        const std::string_view text = trimmed(record.field(column.index));
        if (text.empty() || out.has_email) continue;
        out.has_email = ledger::read_email(text, out.email).has_value();
        out.is_clean = out.is_clean && out.has_email;
    }
    for (const MappedColumn& column : mapping_.all(Role::kPhone)) {
        const std::string_view text = trimmed(record.field(column.index));
        if (text.empty() || out.has_phone) continue;
        auto point = ledger::contact_point_of_phone(text, country_of_phone(record));
        out.has_phone = point.has_value();
        out.is_clean = out.is_clean && out.has_phone;
        if (point) out.phone = *std::move(point);
    }
    if (has_other_emails_ || has_other_phones_)
        add_other_addresses(record, country_of_phone(record), out.has_email ? &out.email : nullptr,
                            out.has_phone ? &out.phone : nullptr);
    out.is_reachable = reach_ == Reach::kEmail   ? out.has_email
                       : reach_ == Reach::kPhone ? out.has_phone
                                                 : true;
    std::string_view number = cell(record, Role::kSiren);
    if (number.empty()) number = cell(record, Role::kSiret);
    out.has_company = false;
    if (number.empty()) return;
    // A number that is none belongs to no company that could have objected.
    auto company = ledger::contact_point_of_company(number);
    out.has_company = company.has_value();
    if (company) out.company = *std::move(company);
}

void ContactReader::sketch_days(const Record& record, RowSketch& out) const {
    const auto latest = [&](Role role) {
        std::optional<Date> day;
        for (const MappedColumn& column : mapping_.all(role)) {
            const auto read = dates_[column.index].read(record.field(column.index));
            if (read)
                day = std::max(day, *read);
            else
                out.is_clean = false;
        }
        return day;
    };
    out.days = {latest(Role::kLastPurchase), latest(Role::kLastActivity), latest(Role::kCreated),
                latest(Role::kOptInDate)};
}

void ContactReader::sketch_rest(const Record& record, RowSketch& out) {
    const auto is_there = [](const std::optional<Date>& day) { return day ? '1' : '0'; };
    const gate::ContactDays& days = out.days;
    const std::array there = {is_there(days.last_purchase), is_there(days.last_activity),
                              is_there(days.created), is_there(days.opt_in_date)};
    out.rest.assign(there.data(), there.size());
    // Of refusals the meaning: their cells may hold days and notes, and each would be a kind.
    const Refused refused = refused_by(record);
    out.rest += refused.all ? 'a' : refused.channel ? 'c' : '-';
    if (refused.by_text) ++refused_by_text_;
    for (const std::size_t column : present_cells_)
        out.rest += trimmed(record.field(column)).empty() ? '0' : '1';
    for (const std::size_t column : read_cells_) {
        const std::string_view text = record.field(column);
        const auto size = static_cast<std::uint32_t>(text.size());
        out.rest.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
    }
}

}  // namespace licet::lists
