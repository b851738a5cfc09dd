// SPDX-License-Identifier: Apache-2.0
#include "lists/contact_from_record.h"

#include <algorithm>
#include <array>

#include "base/personal.h"
#include "base/text.h"

namespace licet::lists {
namespace {

constexpr std::array kDateRoles = {Role::kLastPurchase, Role::kLastActivity, Role::kCreated,
                                   Role::kOptInDate};

Role opt_out_of(std::string_view channel) {
    if (channel == "email") return Role::kOptOutEmail;
    if (channel == "sms" || channel == "mms" || channel == "rcs") return Role::kOptOutSms;
    if (channel == "live_call" || channel == "automated_call") return Role::kOptOutCalls;
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
      country_(country),
      dates_(mapping.names.size()) {}

void ContactReader::learn(const Record& record) {
    for (const Role role : kDateRoles)
        for (const MappedColumn& column : mapping_.all(role))
            dates_[column.index].learn(record.field(column.index));
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
    if (reach_ == Reach::kEmail) row_.is_reachable = contact.email.has_value();
    if (reach_ == Reach::kPhone) row_.is_reachable = contact.phone.has_value();
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
bool ContactReader::has_mark(const Record& record, Role role) const {
    return std::any_of(mapping_.all(role).begin(), mapping_.all(role).end(),
                       [&](const MappedColumn& column) {
                           const Mark mark = refusal_of(record.field(column.index));
                           return mark == Mark::kYes || mark == Mark::kUnknown;
                       });
}

bool ContactReader::refuses_all(const Record& record) const {
    const auto& stages = mapping_.all(Role::kContactStatus);
    return has_mark(record, Role::kOptOut) ||
           std::any_of(stages.begin(), stages.end(), [&](const MappedColumn& column) {
               return forbids_contact(record.field(column.index));
           });
}

bool ContactReader::refuses(const Record& record) const {
    return refuses_all(record) || (own_opt_out_ != Role::kOptOut && has_mark(record, own_opt_out_));
}

void ContactReader::read_choices(const Record& record) {
    gate::Contact& contact = row_.contact;
    contact.is_opt_out_for_all = refuses_all(record);
    contact.has_opted_out = refuses(record);
    const Mark agreed = agreement_of(cell(record, Role::kOptIn));
    if (agreed == Mark::kYes)
        contact.has_opted_in = true;
    else if (mapping_.all(Role::kOptIn).empty() && contact.opt_in_date)
        contact.has_opted_in = true;
}

}  // namespace licet::lists
