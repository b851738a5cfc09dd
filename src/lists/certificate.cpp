// SPDX-License-Identifier: Apache-2.0
#include "lists/certificate.h"

#include <algorithm>

#include "base/base64.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"

namespace licet::lists {
namespace {

// docs/ledger-format.md, section 14. Never change or reuse it. No checkpoint begins so: an origin
// begins with "licet/".
constexpr std::string_view kHeader = "licet-certificate-1\n";

constexpr std::array<std::string_view, kOutcomeCount> kOutcomeNames = {
    "allowed", "forbidden", "undetermined", "out_of_scope", "unreadable"};

json::object json_of(const Certificate::File& file) {
    json::object out{{"sha256", hex_of(file.sha256)}, {"bytes", file.bytes}};
    if (!file.name.empty()) out.emplace("file", file.name);
    return out;
}

template <typename Values, typename AsJson>
json::array array_of(const Values& values, const AsJson& as_json) {
    json::array out;
    for (const auto& value : values) out.push_back(as_json(value));
    return out;
}

json::object json_of(const Certificate& of) {
    json::object rows;
    for (std::size_t i = 0; i < kOutcomeCount; ++i) rows.emplace(kOutcomeNames[i], of.rows[i]);
    json::object out{
        {"about", "screening"},
        {"program", of.program},
        {"made_at", utc_text(of.made_at)},
        {"at", text_of(of.at)},
        {"decided_for", text_of(of.decided_for)},
        {"until", text_of(of.until())},
        {"campaign",
         json::object{
             {"channel", of.channel}, {"purpose", of.purpose}, {"sha256", hex_of(of.campaign)}}},
        {"reading", of.reading},
        {"packs", array_of(of.packs,
                           [](const Certificate::Pack& pack) {
                               return json::object{{"pack", pack.id},
                                                   {"version", pack.version},
                                                   {"sha256", pack.sha256}};
                           })},
        {"registers", array_of(of.registers,
                               [](const Certificate::Register& one) {
                                   return json::object{{"register", one.key},
                                                       {"checked_on", text_of(one.checked_on)}};
                               })},
        {"ledger", json::object{{"origin", of.ledger.origin},
                                {"size", of.ledger.size},
                                {"root", base64_of(of.ledger.root)}}},
        {"list", json_of(of.list)},
        {"results",
         array_of(of.results, [](const Certificate::File& file) { return json_of(file); })},
        {"rows", std::move(rows)},
        {"changes", array_of(of.changes, [](const auto& change) {
             return json::object{{"on", text_of(change.first)}, {"rows", change.second}};
         })}};
    if (!of.continues.empty()) out.emplace("continues", of.continues);
    return out;
}

// Takes values out of an object; the first that is not there, or is none, spoils everything.
class Taker {
  public:
    explicit Taker(const json::value& value)
        : object_(value.is_object() ? &value.get_object() : nullptr),
          is_good_(object_ != nullptr) {}

    [[nodiscard]] bool is_good() const { return is_good_; }

    const json::value& value(std::string_view name) {
        static const json::value kNothing;
        const json::value* found = object_ == nullptr ? nullptr : object_->if_contains(name);
        if (found == nullptr) is_good_ = false;
        return found == nullptr ? kNothing : *found;
    }
    std::string text(std::string_view name) {
        const json::value& found = value(name);
        if (!found.is_string()) is_good_ = false;
        return found.is_string() ? std::string(found.get_string()) : "";
    }
    std::uint64_t number(std::string_view name) {
        const json::value& found = value(name);
        const bool is_number = found.is_int64() && found.get_int64() >= 0;
        if (!is_number) is_good_ = false;
        return is_number ? static_cast<std::uint64_t>(found.get_int64()) : 0;
    }
    Date date(std::string_view name) { return kept(parse_date(text(name)), Date{}); }
    Moment moment(std::string_view name) { return kept(parse_moment(text(name)), Moment{}); }
    Digest digest(std::string_view name) { return digest_in(bytes_of_hex(text(name))); }
    Digest base64_digest(std::string_view name) { return digest_in(bytes_of_base64(text(name))); }

    // Hands each object of an array to `take`, which gives whether it is good.
    template <typename Take>
    void each(std::string_view name, const Take& take) {
        const json::value& found = value(name);
        if (!found.is_array()) return spoil();
        for (const json::value& one : found.get_array()) {
            Taker taker(one);
            take(taker);
            if (!taker.is_good()) spoil();
        }
    }
    template <typename Take>
    void inside(std::string_view name, const Take& take) {
        Taker taker(value(name));
        take(taker);
        if (!taker.is_good()) spoil();
    }

  private:
    void spoil() { is_good_ = false; }
    template <typename T>
    T kept(const Result<T>& read, T otherwise) {
        if (!read) spoil();
        return read ? *read : otherwise;
    }
    Digest digest_in(const std::optional<std::vector<std::uint8_t>>& bytes) {
        Digest out{};
        if (!bytes || bytes->size() != out.size())
            spoil();
        else
            std::copy(bytes->begin(), bytes->end(), out.begin());
        return out;
    }

    const json::object* object_;
    bool is_good_;
};

Certificate::File file_in(Taker& taker) {
    return {"", taker.digest("sha256"), taker.number("bytes")};
}

// Nothing if the JSON is not what json_of() writes.
std::optional<Certificate> certificate_in(const json::value& json, std::int64_t made_at) {
    Taker all(json);
    Certificate out;
    out.made_at = made_at;
    out.program = all.text("program");
    out.at = all.moment("at");
    out.decided_for = all.moment("decided_for");
    out.reading = all.text("reading");
    all.inside("campaign", [&](Taker& one) {
        out.channel = one.text("channel");
        out.purpose = one.text("purpose");
        out.campaign = one.digest("sha256");
    });
    all.each("packs", [&](Taker& one) {
        out.packs.push_back({one.text("pack"), one.text("version"), one.text("sha256")});
    });
    all.each("registers", [&](Taker& one) {
        out.registers.push_back({one.text("register"), one.date("checked_on")});
    });
    all.inside("ledger", [&](Taker& one) {
        out.ledger = {one.text("origin"), one.number("size"), one.base64_digest("root")};
    });
    all.inside("list", [&](Taker& one) { out.list = file_in(one); });
    all.each("results", [&](Taker& one) {
        out.results.push_back(file_in(one));
        out.results.back().name = one.text("file");
    });
    all.inside("rows", [&](Taker& one) {
        for (std::size_t i = 0; i < kOutcomeCount; ++i)
            out.rows.at(i) = one.number(kOutcomeNames.at(i));
    });
    all.each("changes", [&](Taker& one) { out.changes[one.date("on")] = one.number("rows"); });
    if (json.is_object() && json.get_object().contains("continues"))
        out.continues = all.text("continues");
    // What is derived (the last day) and the time of the signature must be what is said.
    if (!all.is_good() || canonical(json_of(out)) != canonical(json)) return std::nullopt;
    return out;
}

}  // namespace

Date Certificate::until() const {
    const std::chrono::days most{kDaysAhead + 1};
    const Date looked_until = std::min(decided_for.day, utc_day(made_at)) + most;
    return changes.empty() ? looked_until : std::min(looked_until, changes.begin()->first);
}

Result<std::string> certificate_text(const Certificate& certificate, std::string_view private_pem) {
    return ledger::note_of(
        {std::string(kHeader) + canonical(json_of(certificate)) + "\n", certificate.made_at},
        certificate.ledger.origin, private_pem);
}

Result<Certificate> certificate_of(std::string_view text, const ledger::LogIdentity& identity) {
    const auto form = [] { return error(ErrorCode::kInput, "certificate.form"); };
    const auto unverified = ledger::unverified_text_of(text, identity.origin);
    if (!unverified || !unverified->body.starts_with(kHeader)) return form();
    const std::string_view line =
        std::string_view(unverified->body)
            .substr(kHeader.size(), unverified->body.size() - kHeader.size() - 1);
    const auto json = parse_json(line);
    if (!json) return form();
    // Before the signature: whoever gave the wrong key learns it.
    Taker all(*json);
    std::string origin;
    all.inside("ledger", [&](Taker& one) { origin = one.text("origin"); });
    if (!all.is_good()) return form();
    if (origin != identity.origin)
        return error(ErrorCode::kInput, "certificate.other_ledger",
                     {{"found", origin}, {"expected", identity.origin}});
    const auto checked = ledger::signed_text_of(text, identity);
    if (!checked) return error(ErrorCode::kInput, "certificate.not_signed");
    const auto out = certificate_in(*json, checked->signed_at);
    if (!out || canonical(*json) != line) return form();
    return *out;
}

Serves serves_on(const Certificate& certificate, Date day) {
    const Date until = certificate.until();
    if (until <= certificate.at.day) return Serves::kNever;
    if (day < certificate.at.day) return Serves::kNotYet;
    return day < until ? Serves::kYes : Serves::kExpired;
}

std::optional<std::string> name_in(const Certificate& certificate, const Digest& sha256) {
    if (certificate.list.sha256 == sha256) return "";
    for (const Certificate::File& file : certificate.results)
        if (file.sha256 == sha256) return file.name;
    return std::nullopt;
}

}  // namespace licet::lists
