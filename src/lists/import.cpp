// SPDX-License-Identifier: Apache-2.0
#include "lists/import.h"

#include <algorithm>
#include <array>

#include "base/personal.h"
#include "base/text.h"

namespace licet::lists {
namespace {

using ledger::EventKind;

constexpr std::array<std::string_view, 6> kKindNames = {"contacts",   "customers", "refusals",
                                                        "objections", "bounces",   "register"};
constexpr std::array<std::string_view, kTakenCount> kTakenNames = {
    "objection", "objection_email", "objection_calls", "objection_sms", "bounce", "origin",
    "customer",  "purchase",        "activity",        "claim",         "listed", "not_listed"};

// What a word about a kind of contact reaches.
constexpr std::array<std::string_view, 1> kAllChannels = {""};
constexpr std::array<std::string_view, 1> kMailChannels = {"email"};
constexpr std::array<std::string_view, 3> kCallChannels = {"live_call", "automated_call",
                                                           "voicemail_drop"};
constexpr std::array<std::string_view, 3> kTextChannels = {"sms", "mms", "rcs"};

std::span<const std::string_view> channels_of(Role scope) {
    if (scope == Role::kOptOutEmail) return kMailChannels;
    if (scope == Role::kOptOutCalls) return kCallChannels;
    if (scope == Role::kOptOutSms) return kTextChannels;
    return kAllChannels;
}

// In a file of bounces, what a column of their kinds or reasons may be called.
constexpr std::array<std::string_view, 9> kBounceNames = {
    "bounce", "type", "reason", "raison", "motif", "statu", "rebond", "diagnos", "categor"};

bool is_about_people(ImportKind kind) {
    return kind == ImportKind::kContacts || kind == ImportKind::kCustomers;
}

}  // namespace

std::string_view name_of(ImportKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }
std::optional<ImportKind> import_kind_of(std::string_view name) {
    const auto* const found = std::find(kKindNames.begin(), kKindNames.end(), name);
    if (found == kKindNames.end()) return std::nullopt;
    return static_cast<ImportKind>(found - kKindNames.begin());
}
bool is_for_use(ImportKind kind) { return is_about_people(kind); }
std::string_view name_of(Taken taken) { return kTakenNames.at(static_cast<std::size_t>(taken)); }

std::vector<Taken> ImportedRow::taken() const {
    std::vector<Taken> out;
    const auto add = [&](Taken one) {
        if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
    };
    for (const ImportedEvent& one : events) add(one.taken);
    if (is_customer) add(Taken::kCustomer);
    return out;
}

// What the columns of one role say: whether they refuse, and since when.
struct ImportReader::Refusals {
    bool is_there = false;
    bool has_bounced = false;
    bool has_open_day = false;  ///< a mark without a day: it may be newer than all that is known
    std::optional<Date> newest;

    [[nodiscard]] Date day(Date today) const {
        return has_open_day || !newest ? today : std::min(*newest, today);
    }
};

ImportReader::ImportReader(const Mapping& mapping, const ImportSetup& setup)
    : mapping_(mapping),
      setup_(setup),
      contacts_(mapping, "", setup.country),
      refusals_(mapping),
      dates_(mapping.names.size()) {
    for (std::size_t i = 0; i < mapping.names.size(); ++i) {
        const std::string name = folded(mapping.names[i]);
        for (const std::string_view part : kBounceNames)
            if (name.find(part) != name.npos) {
                bounce_words_.push_back(i);
                break;
            }
    }
}

void ImportReader::learn(const Record& record) {
    contacts_.learn(record);
    const auto learn = [&](std::size_t column) { dates_[column].learn(record.field(column)); };
    for (const RefusalColumn& column : refusals_.columns()) learn(column.index);
    for (const MappedColumn& column : mapping_.all(Role::kBounce)) learn(column.index);
}

const ImportedRow& ImportReader::read(const Record& record, std::uint64_t row) {
    row_ = {};
    row_number_ = row;
    refuses_all_ = false;
    refused_.clear();
    const gate::Contact& contact = contacts_.read(record).contact;
    read_points(record, contact.country.empty() ? setup_.country : contact.country);
    if (row_.emails.empty() && row_.phones.empty()) {
        if (row_.problems.empty()) row_.problems.push_back({0, Message("import.nobody"), ""});
        return row_;
    }
    if (setup_.kind == ImportKind::kRegister) {
        add_register(record);
        return row_;
    }
    add_refusals(record);
    if (is_about_people(setup_.kind)) add_claims(record, contact);
    return row_;
}

// All addresses, not only the preferred ones: a refusal is of the person. Other faults of a row are
// told only where they matter.
void ImportReader::read_points(const Record& record, const std::string& country) {
    const auto read = [&](Role role, std::vector<ledger::ContactPoint>& into,
                          const auto& point_of) {
        for (const MappedColumn& column : mapping_.all(role)) {
            const std::string_view text = trimmed(record.field(column.index));
            if (text.empty()) continue;
            auto point = point_of(text);
            if (point)
                into.push_back(*std::move(point));
            else
                row_.problems.push_back({column.index, point.error().message, masked(text)});
        }
    };
    read(Role::kEmail, row_.emails,
         [](std::string_view text) { return ledger::contact_point_of_email(text); });
    read(Role::kPhone, row_.phones,
         [&](std::string_view text) { return ledger::contact_point_of_phone(text, country); });
}

// ---- refusals -----------------------------------------------------------------------------------

std::optional<Date> ImportReader::day_of(const Record& record, std::size_t column) const {
    // Of 03/04 nobody knows which it is: then it has no day.
    if (dates_[column].may_be_two_days(record.field(column))) return std::nullopt;
    const auto day = dates_[column].read(record.field(column));
    if (!day || !*day || **day > setup_.today) return std::nullopt;
    return *day;
}

void ImportReader::add_mark(const Record& record, std::size_t column, Refusals& out) const {
    out.is_there = true;
    const auto day = day_of(record, column);
    if (day)
        out.newest = std::max(out.newest, day);
    else
        out.has_open_day = true;
}

ImportReader::Refusals ImportReader::refusals_of(const Record& record, Role scope) {
    Refusals out;
    for (std::size_t i = 0; i < refusals_.columns().size(); ++i) {
        const RefusalColumn& column = refusals_.columns()[i];
        if (column.scope != scope || column.is_text) continue;
        const std::string_view text = record.field(column.index);
        const Mark mark = refusals_.mark(i, text);
        // A mark that is not understood counts as a refusal: unknown is never "no".
        if (mark != Mark::kYes && mark != Mark::kUnknown) continue;
        // A mailbox that is gone says nothing of a telephone.
        const bool is_of_mail = scope == Role::kOptOut || scope == Role::kOptOutEmail;
        if (is_of_mail && !row_.emails.empty() && says_bounced(text))
            out.has_bounced = true;
        else
            add_mark(record, column.index, out);
    }
    return out;
}

// A bounce that passes is none, whatever day stands beside it.
ImportReader::Refusals ImportReader::bounces_of(const Record& record) const {
    Refusals out;
    bool has_reason = false;
    bool is_passing = false;
    const auto look = [&](std::size_t column, std::string_view text) {
        is_passing = is_passing || says_passing(text);
        if (bounce_of(text) != Mark::kYes) return;
        const auto day = DateColumn().read(text);
        has_reason = has_reason || !day || !*day;
        add_mark(record, column, out);
    };
    for (const MappedColumn& column : mapping_.all(Role::kBounce))
        look(column.index, record.field(column.index));
    if (setup_.kind != ImportKind::kBounces) return is_passing && !has_reason ? Refusals{} : out;
    for (const std::size_t column : bounce_words_)
        is_passing = is_passing || says_passing(record.field(column));
    if (is_passing) return {};
    if (!out.is_there) out.is_there = out.has_open_day = true;
    return out;
}

ImportedEvent& ImportReader::add(Taken taken, EventKind kind, Date day) {
    ImportedEvent one;
    one.taken = taken;
    one.event.kind = kind;
    one.event.happened_on = day;
    one.event.surface = "list";
    one.event.attributes["batch"] = setup_.batch;
    row_.events.push_back(std::move(one));
    return row_.events.back();
}

void ImportReader::add_objection(Taken taken, std::span<const std::string_view> channels,
                                 Date day) {
    for (const std::string_view channel : channels) {
        ledger::Event& event = add(taken, EventKind::kObjectionRecorded, day).event;
        event.channel = channel;
        event.key =
            setup_.batch + "/" + std::to_string(row_number_) + "/objection/" + std::string(channel);
        refuse(channel);
    }
}

void ImportReader::refuse(std::string_view channel) {
    if (channel.empty())
        refuses_all_ = true;
    else
        refused_[std::string(channel)] = true;
}

// An objection is never lifted, so words that may be about something else make none. Whoever may
// have refused claims no agreement all the same.
void ImportReader::look_at_texts(const Record& record) {
    for (std::size_t i = 0; i < refusals_.columns().size(); ++i) {
        const RefusalColumn& column = refusals_.columns()[i];
        if (!column.is_text || refuses_all_) continue;
        if (refusals_.mark(i, record.field(column.index)) != Mark::kYes) continue;
        for (const std::string_view channel : channels_of(column.scope)) {
            if (refused_.contains(channel)) continue;
            row_.is_refused_by_text = true;
            refuse(channel);
        }
    }
}

void ImportReader::add_refusals(const Record& record) {
    Refusals bounced = bounces_of(record);
    struct Kind {
        Role role;
        Taken taken;
    };
    constexpr std::array kinds = {Kind{Role::kOptOut, Taken::kObjection},
                                  Kind{Role::kOptOutEmail, Taken::kObjectionEmail},
                                  Kind{Role::kOptOutCalls, Taken::kObjectionCalls},
                                  Kind{Role::kOptOutSms, Taken::kObjectionSms}};
    for (const Kind& kind : kinds) {
        Refusals found = refusals_of(record, kind.role);
        const bool is_meant = kind.role == Role::kOptOut && setup_.kind == ImportKind::kObjections;
        if (is_meant && !found.is_there) found.is_there = found.has_open_day = true;
        if (found.has_bounced) bounced.is_there = bounced.has_open_day = true;
        if (found.is_there)
            add_objection(kind.taken, channels_of(kind.role), found.day(setup_.today));
    }
    look_at_texts(record);
    if (!bounced.is_there || row_.emails.empty()) return;
    ImportedEvent& one =
        add(Taken::kBounce, EventKind::kObjectionRecorded, bounced.day(setup_.today));
    one.event.channel = "email";
    one.event.attributes["reason"] = "hard_bounce";
    one.event.key = setup_.batch + "/" + std::to_string(row_number_) + "/bounce";
    one.is_for_phones = false;
    one.is_exact = true;
}

// What the columns of refusals say of the register, whatever they are called; the strictest word.
Mark ImportReader::register_mark(const Record& record) const {
    Mark out = Mark::kEmpty;
    for (const RefusalColumn& column : refusals_.columns()) {
        if (!is_for_refusals(column.wording)) continue;
        const Mark mark = refusal_of(record.field(column.index), Wording::kList);
        if (mark == Mark::kYes || mark == Mark::kUnknown) return Mark::kYes;
        if (mark == Mark::kNo) out = Mark::kNo;
    }
    return out;
}

void ImportReader::add_register(const Record& record) {
    const gate::Declaration::Register& about = setup_.declaration.consulted;
    bool is_listed = about.rows == "listed";
    if (about.rows == "column") {
        const Mark mark = register_mark(record);
        if (mark == Mark::kEmpty) {
            // Nobody is off a register because a cell is empty.
            row_.problems.push_back({0, Message("import.register_silent"), ""});
            return;
        }
        is_listed = mark != Mark::kNo;
    }
    ledger::Event& event = add(is_listed ? Taken::kListed : Taken::kNotListed,
                               EventKind::kRegisterChecked, *about.checked_on)
                               .event;
    event.attributes["register." + about.key] = is_listed ? "listed" : "not_listed";
    event.key = setup_.batch + "/" + std::to_string(row_number_) + "/register";
}

// ---- claims -------------------------------------------------------------------------------------

void ImportReader::add_claims(const Record& record, const gate::Contact& contact) {
    add_collection(contact);
    add_acts(contact);
    add_consents(record, contact);
}

// The day on which we got the row's data; nothing if nobody knows.
std::optional<Date> ImportReader::collected_on(const gate::Contact& contact) {
    const std::string own = setup_.reference.origin_of(contact.source_label);
    const auto declared = setup_.declaration.attributes.find("origin");
    const bool is_other = !own.empty() && (declared == setup_.declaration.attributes.end() ||
                                           own != declared->second);
    const auto created = contact.created && *contact.created <= setup_.today
                             ? contact.created
                             : std::optional<Date>();
    // What the declaration says of the list does not hold for a row of another origin.
    return is_other || !setup_.declaration.received_on ? created : setup_.declaration.received_on;
}

void ImportReader::add_collection(const gate::Contact& contact) {
    const auto day = collected_on(contact);
    if (!day) {
        row_.problems.push_back({0, Message("import.no_day"), ""});
        return;
    }
    ledger::Event& event = add(Taken::kOrigin, EventKind::kCollected, *day).event;
    event.key = setup_.batch + "/" + std::to_string(row_number_) + "/origin";
    const std::string own = setup_.reference.origin_of(contact.source_label);
    const auto& declared = setup_.declaration.attributes;
    const auto declared_origin = declared.find("origin");
    if (own.empty() || (declared_origin != declared.end() && declared_origin->second == own))
        event.attributes.insert(declared.begin(), declared.end());
    else
        event.attributes["origin"] = own;
    if (contact.created && *contact.created <= *day)
        event.attributes.emplace("origin.collected_on", text_of(*contact.created));
    const bool is_customer = contact.is_customer.value_or(setup_.kind == ImportKind::kCustomers);
    if (is_customer || contact.is_customer)
        event.attributes["relation"] = is_customer ? "customer" : "none";
    row_.is_customer = is_customer;
}

void ImportReader::add_acts(const gate::Contact& contact) {
    const auto act = [&](Taken taken, const std::optional<Date>& day, const std::string& name) {
        if (!day || *day > setup_.today || name.empty()) return;
        ledger::Event& event = add(taken, EventKind::kInteraction, *day).event;
        event.attributes["act"] = name;
        event.key =
            setup_.batch + "/" + std::to_string(row_number_) + "/" + std::string(name_of(taken));
    };
    act(Taken::kPurchase, contact.last_purchase, "order");
    act(Taken::kActivity, contact.last_activity, setup_.declaration.last_activity);
}

bool ImportReader::says_claim(const Record& record, const gate::Contact& contact) const {
    if (contact.has_opted_in.value_or(false)) return true;
    return std::any_of(refusals_.columns().begin(), refusals_.columns().end(),
                       [&](const RefusalColumn& column) {
                           const std::string_view text = record.field(column.index);
                           const bool is_listmonk = column.wording == Wording::kListmonk;
                           return (is_listmonk && ascii_lower(trimmed(text)) == "confirmed") ||
                                  ((is_listmonk || column.wording == Wording::kSubscription) &&
                                   says_subscribed(text));
                       });
}

// A mark of agreement is a claim: it never gets a proof here, whatever the column is called.
void ImportReader::add_consents(const Record& record, const gate::Contact& contact) {
    if (!says_claim(record, contact) || refuses_all_) return;
    const bool has_day = contact.opt_in_date && *contact.opt_in_date <= setup_.today;
    const auto day = has_day ? contact.opt_in_date : collected_on(contact);
    if (!day) return;
    for (const std::string& channel : setup_.declaration.channels) {
        if (refused_.contains(channel)) continue;
        const Reach reach = reach_of(channel);
        const bool has_nobody = (reach == Reach::kEmail && row_.emails.empty()) ||
                                (reach == Reach::kPhone && row_.phones.empty());
        if (has_nobody) continue;
        ImportedEvent& claim = add(Taken::kClaim, EventKind::kConsentGiven, *day);
        claim.is_for_emails = reach != Reach::kPhone;
        claim.is_for_phones = reach != Reach::kEmail;
        claim.event.channel = channel;
        claim.event.purpose = setup_.declaration.purpose;
        claim.event.attributes["consent.proof"] = has_day ? "log_only" : "none";
        claim.event.key = setup_.batch + "/" + std::to_string(row_number_) + "/claim/" + channel;
    }
}

}  // namespace licet::lists
