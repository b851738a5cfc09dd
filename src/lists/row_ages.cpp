// SPDX-License-Identifier: Apache-2.0
#include "lists/row_ages.h"

#include <algorithm>

namespace licet::lists {

RowAges::RowAges(const law::Law& law, const gate::Campaign& campaign, Date day)
    : campaign_(campaign), day_(day) {
    const law::FactValue* value =
        campaign.collection.find(law.vocabulary().find("origin.collected_on"));
    const Moment* moment = value == nullptr ? nullptr : std::get_if<Moment>(value);
    if (moment != nullptr) collected_on_ = moment->day;
    // A bucket holds its last day: what is exactly 36 months old is in the one up to 36.
    std::uint8_t bucket = 0;
    for (Date last = day; true; last -= std::chrono::days{1}) {
        while (bucket + 1U < ReportInput::Ages::kBuckets &&
               plus_months(last, (bucket + 1) * ReportInput::Ages::kMonths) < day)
            ++bucket;
        if (bucket + 1U == ReportInput::Ages::kBuckets) break;
        bucket_of_age_.push_back(bucket);
    }
}

std::optional<Date> RowAges::last_sign(const gate::ContactDays& days,
                                       const ledger::Standing* standing) const {
    std::optional<Date> last = days.created ? days.created : collected_on_;
    const auto add = [&](const std::optional<Date>& day) {
        // A day that is still to come is no sign yet.
        if (day && *day <= day_ && (!last || *day > *last)) last = day;
    };
    if (standing != nullptr && standing->first_collected_on) last = standing->first_collected_on;
    if (campaign_.is_last_activity_by_person) add(days.last_activity);
    add(days.last_purchase);
    if (standing != nullptr) {
        add(standing->last_act_on);
        add(standing->last_order_on);
    }
    return last;
}

void RowAges::add(const gate::ContactDays& days, const ledger::Standing* standing,
                  Outcome outcome) {
    std::optional<ledger::Standing> whole;
    if (standing != nullptr && !standing->imports.empty())
        standing = &whole.emplace(ledger::with_imports(*standing));
    const std::optional<Date> last = last_sign(days, standing);
    const auto place = static_cast<std::size_t>(outcome);
    if (!last || *last > day_) {
        ++ages_.unknown.at(place);
        return;
    }
    const auto age = static_cast<std::size_t>((day_ - *last).count());
    const std::size_t bucket =
        age < bucket_of_age_.size() ? bucket_of_age_[age] : ReportInput::Ages::kBuckets - 1;
    ++ages_.rows.at(bucket).at(place);
}

void RowAges::add_to(ReportInput::Ages& ages) const {
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
        ages.unknown.at(i) += ages_.unknown.at(i);
        for (std::size_t bucket = 0; bucket < ReportInput::Ages::kBuckets; ++bucket)
            ages.rows.at(bucket).at(i) += ages_.rows.at(bucket).at(i);
    }
}

}  // namespace licet::lists
