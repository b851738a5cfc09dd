// SPDX-License-Identifier: Apache-2.0
#include "webhooks/recorded.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ledger/identity.h"
#include "webhooks/internal/fields.h"

namespace licet::webhooks {
namespace {

using ledger::EventKind;

constexpr std::array<std::string_view, 3> kTextChannels = {"sms", "mms", "rcs"};

struct Meaning {
    EventKind kind = EventKind::kObjectionRecorded;
    std::string_view reason;
    bool is_exact = false;     ///< of that very address
    bool has_purpose = false;  ///< of a purpose, if one is known
    bool is_wide = false;      ///< of all channels that go to the same number
};

std::optional<Meaning> meaning_of(ReportKind kind) {
    constexpr EventKind kObjection = EventKind::kObjectionRecorded;
    switch (kind) {
        case ReportKind::kHardBounce:
            return Meaning{kObjection, "hard_bounce", true, false, false};
        case ReportKind::kComplaint:
            return Meaning{kObjection, "complaint", false, false, true};
        case ReportKind::kUnsubscribe:
            return Meaning{kObjection, "unsubscribe", false, true, true};
        case ReportKind::kStop:
            return Meaning{kObjection, "stop", false, false, true};
        case ReportKind::kClicked:
            return Meaning{EventKind::kInteraction, "", false, false, false};
        case ReportKind::kSoftBounce:
        case ReportKind::kResubscribe:
        case ReportKind::kDelivered:
        case ReportKind::kOpened:
        case ReportKind::kOther:
            break;
    }
    return std::nullopt;
}

class Writer {
  public:
    Writer(const Endpoint& endpoint, const Circumstances& circumstances, Outcome& out)
        : endpoint_(endpoint), circumstances_(circumstances), out_(out) {}

    void take(const Report& report) {
        ++out_.tally.kinds.at(static_cast<std::size_t>(report.kind));
        const auto meaning = meaning_of(report.kind);
        if (!meaning) return;
        auto point = point_of(report);
        if (!point) {
            ++out_.tally.nobody;
            return;
        }
        if (meaning->is_exact) point->loose.clear();
        const std::string channel = endpoint_.channel.empty() ? report.channel : endpoint_.channel;
        const bool is_text =
            std::find(kTextChannels.begin(), kTextChannels.end(), channel) != kTextChannels.end();
        if (meaning->is_wide && is_text)
            for (const std::string_view one : kTextChannels)
                add(report, *meaning, std::string(one), *point);
        else
            add(report, *meaning, channel, *point);
    }

  private:
    [[nodiscard]] Result<ledger::ContactPoint> point_of(const Report& report) const {
        const std::string& address = report.address.reveal("recording what was reported");
        if (report.channel == "email") return ledger::contact_point_of_email(address);
        const std::string& country =
            endpoint_.country.empty() ? circumstances_.country : endpoint_.country;
        return ledger::contact_point_of_phone(address, country);
    }

    [[nodiscard]] std::string purpose_of(const Report& report) const {
        const auto topic = endpoint_.topics.find(report.topic);
        return topic == endpoint_.topics.end() ? endpoint_.purpose : topic->second;
    }

    // The person's day, as far as the report tells it. A moment that lies ahead is a fault of the
    // other clock.
    [[nodiscard]] Date day_of(const Report& report) const {
        return circumstances_.day_of(
            std::min(report.at.value_or(circumstances_.received_at), circumstances_.received_at));
    }

    void add(const Report& report, const Meaning& meaning, const std::string& channel,
             const ledger::ContactPoint& point) {
        ledger::Event event;
        event.kind = meaning.kind;
        event.happened_on = day_of(report);
        event.received_at = circumstances_.received_at;
        event.channel = channel;
        event.surface = "webhook";
        event.attributes["provider"] = name_of(endpoint_.provider);
        if (meaning.kind == EventKind::kInteraction) {
            event.attributes["act"] = "click";
        } else {
            event.attributes["reason"] = meaning.reason;
            if (!endpoint_.brand.empty()) event.attributes["brand"] = endpoint_.brand;
            if (meaning.has_purpose) event.purpose = purpose_of(report);
        }
        // The day is part of it: of a provider that gives its events no names, the same word of
        // another day is another word. Kind and scope are: a key stands for one of each.
        std::string name = report.id;
        for (const std::string_view part :
             {name_of(endpoint_.provider), name_of(report.kind), std::string_view(event.channel),
              std::string_view(event.purpose), std::string_view(endpoint_.brand)})
            name += "\n" + std::string(part);
        event.key = "webhook-" + digest_name(name + "\n" + licet::text_of(event.happened_on));
        out_.events.push_back({std::move(event), point});
    }

    const Endpoint& endpoint_;
    const Circumstances& circumstances_;
    Outcome& out_;
};

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
    for (std::size_t i = 0; i < kinds.size(); ++i) kinds.at(i) += other.kinds.at(i);
    nobody += other.nobody;
    return *this;
}

std::string text_of(const Tally& tally) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < tally.kinds.size(); ++i)
        if (tally.kinds.at(i) > 0)
            parts.push_back(std::string(name_of(static_cast<ReportKind>(i))) + " " +
                            std::to_string(tally.kinds.at(i)));
    if (tally.nobody > 0) parts.push_back("nobody " + std::to_string(tally.nobody));
    return join(parts, ", ");
}

Tally tally_of_text(std::string_view text) {
    Tally out;
    for (std::string_view part : split(text, ',')) {
        part = trimmed(part);
        const std::size_t blank = part.find(' ');
        const auto count = whole_number(blank == part.npos ? "" : part.substr(blank + 1));
        if (!count || *count > 1'000'000'000) continue;
        const auto number = static_cast<std::uint32_t>(*count);
        if (part.substr(0, blank) == "nobody") out.nobody = number;
        for (std::size_t i = 0; i < out.kinds.size(); ++i)
            if (name_of(static_cast<ReportKind>(i)) == part.substr(0, blank))
                out.kinds.at(i) = number;
    }
    return out;
}

Outcome outcome_of(const Endpoint& endpoint, const Reading& reading,
                   const Circumstances& circumstances) {
    Outcome out;
    Writer writer(endpoint, circumstances, out);
    for (const Report& report : reading.reports) writer.take(report);
    return out;
}

}  // namespace licet::webhooks
