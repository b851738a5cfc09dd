// SPDX-License-Identifier: Apache-2.0
#include "audit/measure.h"

#include <algorithm>
#include <array>

namespace licet::audit {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

Message share_message(std::string_view id, const Share& share) {
    return Message(id, {{"part", number(share.part)}, {"whole", number(share.whole)}});
}

using Found = std::optional<Measurement>;

Found answer(std::string value, Message why) {
    return Measurement{{}, std::move(value), false, std::move(why)};
}
Found ceiling(std::string value, Message why) {
    return Measurement{{}, std::move(value), true, std::move(why)};
}

constexpr std::string_view kOfSites = "site_audit.";

// One function for each name behind the point of `auto`.
class Measurer {
  public:
    explicit Measurer(const MeasureInput& input)
        : in_(input), limits_(input.questionnaire.limits), numbers_(input.statistics) {}

    Found measure(const Question& question) {
        using Function = Found (Measurer::*)(const Question&);
        constexpr std::array<std::pair<std::string_view, Function>, 30> kAll = {{
            {"objection_latency", &Measurer::objection_latency},
            {"suppression_present", &Measurer::suppression_present},
            {"suppression_minimal", &Measurer::suppression_present},
            {"coverage", &Measurer::coverage},
            {"source_coverage", &Measurer::source_coverage},
            {"source_lookup", &Measurer::source_coverage},
            {"consent_coverage", &Measurer::consent_coverage},
            {"consent_proof_fields", &Measurer::consent_fields},
            {"no_proof_blocked", &Measurer::no_proof_blocked},
            {"phone_b2c", &Measurer::phone_consent},
            {"phone_proof_fields", &Measurer::phone_fields},
            {"call_window", &Measurer::calls_after_refusal},
            {"registers_checked", &Measurer::registers_checked},
            {"oldest_prospect", &Measurer::oldest_prospect},
            {"purge_log", &Measurer::purge_log},
            {"message_duties", &Measurer::informed_late},
            {"versions", &Measurer::versions},
            {"record_of_processing", &Measurer::record},
            {"retention_schedule", &Measurer::schedule},
            {"lia", &Measurer::balancing},
            {"dpa", &Measurer::agreement},
            {"vendors", &Measurer::vendors},
            {"contracts", &Measurer::contracts},
            {"reviews", &Measurer::reviews},
            {"subprocessors", &Measurer::subprocessors},
            {"transfers", &Measurer::transfers},
            {"tia", &Measurer::impact},
            {"late_ratio", &Measurer::late_requests},
            {"complaints", &Measurer::complaints},
            {"breaches", &Measurer::breaches},
        }};
        const std::string_view all = question.measured_by;
        const std::string_view name = all.substr(std::min(all.find('.') + 1, all.size()));
        for (const auto& [known, function] : kAll)
            if (known == name) return (this->*function)(question);
        return all.starts_with(kOfSites) ? fault_of_sites(name) : std::nullopt;
    }

  private:
    [[nodiscard]] std::string of_share(const Share& share) const {
        if (share.part * 100 >= share.whole * static_cast<std::uint64_t>(limits_.most))
            return "yes";
        return share.part * 100 >= share.whole * static_cast<std::uint64_t>(limits_.some) ? "partly"
                                                                                          : "no";
    }

    [[nodiscard]] bool is_all_consumers() const {
        const auto found = in_.profile.find("audiences");
        return found != in_.profile.end() &&
               found->second == std::vector<std::string>{"consommateurs"};
    }

    // How many of the days are within the time in which the question's rules hold.
    [[nodiscard]] std::uint64_t within_law(const Question& question,
                                           const std::vector<Date>& days) const {
        std::optional<Date> start;
        for (const std::string& rule : question.rules)
            if (in_.law.is_in_force(rule))
                start = std::max(start.value_or(Date::min()),
                                 in_.law.start_of(rule).value_or(Date::min()));
        return static_cast<std::uint64_t>(std::count_if(days.begin(), days.end(), [&](Date day) {
            return day >= start.value_or(Date::min()) && day <= in_.law.day();
        }));
    }

    Found objection_latency(const Question&) {
        const auto& days = numbers_.objection_days;
        if (days.empty()) return std::nullopt;
        return answer(
            number(static_cast<std::uint64_t>(days.back())),
            Message("measure.objection_latency",
                    {{"count", number(days.size())}, {"days", std::to_string(days.back())}}));
    }

    Found suppression_present(const Question&) {
        if (numbers_.suppressions == 0) return std::nullopt;
        return answer("yes",
                      Message("measure.suppressions", {{"count", number(numbers_.suppressions)}}));
    }

    Found coverage(const Question&) {
        if (numbers_.contacts == 0) return std::nullopt;
        if (numbers_.contacts_after_objection > 0)
            return answer("no", Message("measure.after_objection",
                                        {{"count", number(numbers_.contacts_after_objection)}}));
        const Share checked{numbers_.contacts - numbers_.contacts_unchecked, numbers_.contacts};
        return answer(of_share(checked), share_message("measure.checked", checked));
    }

    Found source_coverage(const Question&) {
        if (numbers_.sources.whole == 0) return std::nullopt;
        return answer(of_share(numbers_.sources),
                      share_message("measure.sources", numbers_.sources));
    }

    // Who is no consumer needs no consent: only where all are consumers does the number say it.
    Found consent_coverage(const Question& question) {
        const auto count = within_law(question, numbers_.messages_without_consent);
        if (!is_all_consumers() || count == 0) return std::nullopt;
        return ceiling("no", Message("measure.without_consent", {{"count", number(count)}}));
    }

    Found phone_consent(const Question& question) {
        const auto count = within_law(question, numbers_.calls_without_consent);
        if (!is_all_consumers() || count == 0) return std::nullopt;
        return ceiling("no", Message("measure.calls_without_consent", {{"count", number(count)}}));
    }

    [[nodiscard]] std::string fields(const Question& question,
                                     const std::map<std::string, std::uint64_t>& counts,
                                     std::uint64_t whole) const {
        std::string out;
        for (const std::string& option : question.options) {
            const auto found = counts.find(option);
            if (found == counts.end() ||
                found->second * 100 < whole * static_cast<std::uint64_t>(limits_.most))
                continue;
            out += (out.empty() ? "" : ",") + option;
        }
        return out.empty() ? "none" : out;
    }

    Found consent_fields(const Question& question) {
        if (numbers_.consents == 0) return std::nullopt;
        return answer(
            fields(question, numbers_.consent_fields, numbers_.consents),
            Message("measure.consents", {{"count", number(numbers_.consents)},
                                         {"without", number(numbers_.consents_without_proof)}}));
    }

    Found no_proof_blocked(const Question&) {
        if (numbers_.consents_without_proof == 0 || numbers_.contacts_unchecked == 0)
            return std::nullopt;
        return ceiling("partly", Message("measure.unproved",
                                         {{"without", number(numbers_.consents_without_proof)},
                                          {"count", number(numbers_.contacts_unchecked)}}));
    }

    Found phone_fields(const Question& question) {
        if (numbers_.phone_consents == 0) return std::nullopt;
        return answer(
            fields(question, numbers_.phone_fields, numbers_.phone_consents),
            Message("measure.phone_consents", {{"count", number(numbers_.phone_consents)}}));
    }

    Found calls_after_refusal(const Question&) {
        if (numbers_.calls_after_refusal == 0) return std::nullopt;
        return ceiling("no", Message("measure.calls_after_refusal",
                                     {{"count", number(numbers_.calls_after_refusal)}}));
    }

    Found registers_checked(const Question& question) {
        if (numbers_.calls == 0) return std::nullopt;
        const auto count = within_law(question, numbers_.calls_without_register);
        if (count > 0)
            return ceiling("no",
                           Message("measure.register_not_checked", {{"count", number(count)}}));
        if (numbers_.registers_checked == 0) return std::nullopt;
        return answer("yes", Message("measure.register_checked",
                                     {{"count", number(numbers_.registers_checked)}}));
    }

    Found oldest_prospect(const Question&) {
        if (numbers_.oldest_months < 0) return std::nullopt;
        return answer(std::to_string(numbers_.oldest_months),
                      Message("measure.oldest", {{"months", std::to_string(numbers_.oldest_months)},
                                                 {"count", number(numbers_.too_old)}}));
    }

    // Other tools are not seen, so it is never said that all is well.
    Found purge_log(const Question&) {
        if (numbers_.too_old == 0) return std::nullopt;
        return ceiling("no", Message("measure.not_purged", {{"count", number(numbers_.too_old)}}));
    }

    Found informed_late(const Question& question) {
        if (question.when.empty() || numbers_.informed_late.part == 0) return std::nullopt;
        // Of the questions about what messages say, one alone is about being told in time.
        const bool is_about_sources = question.when.front().variable == "origines";
        if (!is_about_sources) return std::nullopt;
        return ceiling("no", share_message("measure.informed_late", numbers_.informed_late));
    }

    // What licet published itself and would publish otherwise today is out of date.
    Found versions(const Question&) {
        Share outdated;
        for (const auto& [kind, share] : in_.papers) {
            outdated.whole += share.whole;
            outdated.part += share.whole - share.part;
        }
        if (outdated.part > 0)
            return ceiling("partly", share_message("measure.papers_outdated", outdated));
        if (!numbers_.newest_notice) return std::nullopt;
        const bool is_recent =
            plus_months(*numbers_.newest_notice, limits_.review_months) >= in_.today;
        return answer(is_recent ? "yes" : "partly",
                      Message("measure.notices", {{"count", number(numbers_.notices)},
                                                  {"day", text_of(*numbers_.newest_notice)}}));
    }

    // A document of licet's own that is out of date shows a fault. One that is in force does not
    // show that all are there that should be: so somebody has to say.
    Found of_papers(std::string_view kind) const {
        const auto found = in_.papers.find(kind);
        if (found == in_.papers.end()) return std::nullopt;
        const Share outdated{found->second.whole - found->second.part, found->second.whole};
        if (outdated.part == 0) return std::nullopt;
        return ceiling("partly", share_message("measure.papers_outdated", outdated));
    }
    Found record(const Question&) { return of_papers("record"); }
    Found schedule(const Question&) { return of_papers("retention_schedule"); }
    Found balancing(const Question&) { return of_papers("interest_assessment"); }
    Found agreement(const Question&) { return of_papers("agreement_processor"); }

    // Counts the processors of which `holds`; nothing if there are none.
    template <typename Holds>
    std::optional<Share> count(const Holds& holds) const {
        Share out;
        for (const auto& [id, one] : in_.book.processors) {
            ++out.whole;
            if (holds(one)) ++out.part;
        }
        return out.whole == 0 ? std::nullopt : std::optional(out);
    }

    static Found of_all(std::string_view id, const std::optional<Share>& share) {
        if (!share) return std::nullopt;
        return answer(share->part == share->whole ? "yes"
                      : share->part > 0           ? "partly"
                                                  : "no",
                      share_message(id, *share));
    }

    Found vendors(const Question&) {
        const auto share = count(is_complete);
        if (!share) return std::nullopt;
        return answer(number(share->part) + "/" + number(share->whole),
                      share_message("measure.vendors", *share));
    }

    Found contracts(const Question&) {
        return of_all("measure.contracts", count([](const BookEntry& one) {
                          return one.text("role") == "controller" || one.text("contract") == "yes";
                      }));
    }

    Found reviews(const Question&) {
        return of_all("measure.reviews", count([&](const BookEntry& one) {
                          const auto last = one.last("reviewed");
                          return last && plus_months(*last, limits_.review_months) >= in_.today;
                      }));
    }

    Found subprocessors(const Question&) {
        return of_all("measure.subprocessors", count([](const BookEntry& one) {
                          return one.text("subprocessors") == "known" ||
                                 one.text("subprocessors") == "none";
                      }));
    }

    Found transfers(const Question&) {
        const auto verdict = [&](const BookEntry& one) {
            const auto found = in_.transfers.find(one.id);
            return found == in_.transfers.end() ? std::string("undetermined") : found->second;
        };
        const auto allowed = count([&](const BookEntry& one) { return verdict(one) == "allowed"; });
        const auto forbidden =
            count([&](const BookEntry& one) { return verdict(one) == "forbidden"; });
        if (!allowed) return std::nullopt;
        if (forbidden->part > 0)
            return answer("no", share_message("measure.transfers_forbidden", *forbidden));
        return of_all("measure.transfers", allowed);
    }

    // An assessment is wanted where a tool other than an adequacy decision frames the transfer.
    Found impact(const Question&) {
        Share out;
        for (const auto& [id, one] : in_.book.processors) {
            const std::string tool = one.text("tool");
            if (!tool.starts_with("scc") && tool != "bcr") continue;
            ++out.whole;
            if (one.text("tia") == "yes") ++out.part;
        }
        return out.whole == 0 ? std::nullopt : of_all("measure.impact", out);
    }

    Found complaints(const Question&) {
        Share out;
        for (const auto& [id, one] : in_.book.complaints) {
            ++out.whole;
            const auto received = one.first("received");
            const bool is_done = one.last("answered") || one.last("closed");
            if (is_done || !received ||
                plus_months(*received, limits_.complaint_months) >= in_.today)
                ++out.part;
        }
        return out.whole == 0 ? std::nullopt : of_all("measure.complaints", out);
    }

    // In percent, a part of one counts as one.
    Found late_requests(const Question&) {
        const Share& late = numbers_.requests_late;
        if (late.whole == 0) return std::nullopt;
        return answer(number((late.part * 100 + late.whole - 1) / late.whole),
                      share_message("measure.requests_late", late));
    }

    // A visit sees a page: it shows a fault, and never that there is none. That a page leads to no
    // policy does not say that there is none.
    Found fault_of_sites(std::string_view check) {
        Share faults;
        for (const auto& [host, site] : in_.book.sites) {
            const std::string sight = site.text(check);
            if (sight.empty() || sight == "unseen") continue;
            ++faults.whole;
            if (sight == "fault") ++faults.part;
        }
        if (faults.part == 0) return std::nullopt;
        const bool is_indirect = check == "policy_link";
        return ceiling(is_indirect ? "partly" : "no",
                       share_message("measure.site." + std::string(check), faults));
    }

    // That a breach was notified late shows a fault; that none was recorded shows nothing. Where we
    // act for a client it is the client whom we tell, risk or not (GDPR 33(2)).
    Found breaches(const Question&) {
        std::uint64_t late = 0;
        for (const auto& [id, one] : in_.book.breaches) {
            const auto found = one.first("found");
            const bool is_of_client = !one.text("client").empty();
            if (!found || (one.text("risk") == "none" && !is_of_client)) continue;
            const Date last = *found + std::chrono::days{limits_.breach_notice_days};
            const auto told = one.first(is_of_client ? "reported" : "notified");
            if (told.value_or(in_.today) > last) ++late;
        }
        if (late == 0) return std::nullopt;
        return ceiling("no", Message("measure.breaches_late", {{"count", number(late)}}));
    }

    const MeasureInput& in_;
    const MeasureLimits& limits_;
    const Statistics& numbers_;
};

}  // namespace

const law::Rule* LawDay::rule(std::string_view id) const {
    const auto& rules = law_.rules().rules;
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const law::Rule& one) { return one.id == id; });
    return found == rules.end() ? nullptr : &*found;
}

bool LawDay::is_in_force(std::string_view id) const {
    const law::Rule* found = rule(id);
    if (found == nullptr) return false;
    const std::string day = text_of(day_);
    return (found->from.empty() || found->from <= day) &&
           (found->until.empty() || day < found->until);
}

std::vector<const law::Rule*> LawDay::in_force_of(const std::vector<std::string>& ids) const {
    std::vector<const law::Rule*> out;
    for (const std::string& id : ids)
        if (is_in_force(id)) out.push_back(rule(id));
    return out;
}

std::optional<Date> LawDay::start_of(std::string_view id) const {
    const law::Rule* found = rule(id);
    if (found == nullptr) return std::nullopt;
    const auto day = parse_date(found->from);
    return day ? std::optional(*day) : std::nullopt;
}

std::vector<Measurement> measurements_of(const MeasureInput& input) {
    std::vector<Measurement> out;
    Measurer measurer(input);
    for (const Question& one : input.questionnaire.questions) {
        if (one.measured_by.empty()) continue;
        Found found = measurer.measure(one);
        if (!found) continue;
        found->question = one.id;
        out.push_back(*std::move(found));
    }
    return out;
}

std::vector<Error> unknown_rules(const Questionnaire& questionnaire, const law::Law& law) {
    std::vector<Error> out;
    const LawDay day(law, Date{});
    for (const Question& question : questionnaire.questions)
        for (const std::string& rule : question.rules)
            if (day.rule(rule) == nullptr)
                out.push_back(error(ErrorCode::kInput, "questionnaire.no_such",
                                    {{"name", "rules"}, {"value", rule}}, question.id));
    return out;
}

bool is_complete(const BookEntry& processor) {
    constexpr std::array kNeeded = {"name", "role", "country", "contract"};
    return std::all_of(kNeeded.begin(), kNeeded.end(),
                       [&](const char* one) { return !processor.text(one).empty(); });
}

Result<law::Facts> transfer_facts(const law::Law& law, const BookEntry& processor,
                                  std::string_view home, Date day) {
    law::Facts facts;
    const auto set = [&](std::string_view fact, std::string_view value) -> Result<Done> {
        if (value.empty()) return Done{};
        return law::set_fact(facts, law.vocabulary(), fact, value);
    };
    LICET_TRY(set("country", home));
    LICET_TRY(set("at", text_of(day)));
    LICET_TRY(set("exporter.role", "controller"));
    LICET_TRY(set("transfer.data", "customer"));
    const std::string kind = processor.text("kind");
    LICET_TRY(set("vendor.kind", kind.empty() ? "business" : kind));
    for (const auto& [fact, name] : {std::pair{"vendor.country", "country"},
                                     {"vendor.role", "role"},
                                     {"vendor.contract", "contract"},
                                     {"vendor.dpf", "dpf"},
                                     {"vendor.under_gdpr", "under_gdpr"},
                                     {"transfer.tool", "tool"},
                                     {"transfer.tia", "tia"}})
        LICET_TRY(set(fact, processor.text(name)));
    return facts;
}

}  // namespace licet::audit
