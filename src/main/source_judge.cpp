// SPDX-License-Identifier: Apache-2.0
#include "main/source_judge.h"

#include <filesystem>

#include "base/json.h"
#include "base/text.h"
#include "gate/gate.h"
#include "gate/verdict_json.h"
#include "main/files.h"
#include "main/zones.h"

namespace licet {
namespace {

namespace fs = std::filesystem;

// Nobody is asked about in particular: persons who objected are found row by row.
Result<gate::Verdict> verdict_of(const law::Law& law, law::Facts facts) {
    const ledger::Standing nobody;
    gate::Request request;
    request.question = "source";
    request.facts = std::move(facts);
    request.standing = &nobody;
    return gate::check(law, zone_offset, request);
}

void print(const Terminal& terminal, const law::Law& law, const gate::Verdict& verdict) {
    const Language language = terminal.language();
    const bool is_open = verdict.answer == "undetermined";
    terminal.note(terminal.text()(is_open ? "judged.undetermined" : "judged.forbidden",
                                  {{"channel", verdict.channel}}));
    if (!is_open)
        for (const gate::VerdictReason& reason : verdict.reasons)
            terminal.note("  " + reason.tell.in(language) + "  " + join(reason.cites, "; ") + "  " +
                          reason.rule);
    if (verdict.note) terminal.note("  " + terminal.text()(*verdict.note));
    for (const law::FactId id : verdict.missing) {
        const law::Fact& fact = law.vocabulary().fact(id);
        terminal.note("  " + terminal.text()("judged.establish", {{"fact", fact.words.in(language)},
                                                                  {"name", fact.name}}));
    }
    for (const law::Remedy& remedy : verdict.remedies)
        terminal.note("  " + terminal.text()("judged.remedy",
                                             {{"change", gate::worded(law, remedy, language)}}));
}

// All that may not be used, and the status: forbidden before undetermined.
std::optional<int> told(const Terminal& terminal, const law::Law& law,
                        const std::vector<gate::Verdict>& verdicts) {
    std::optional<int> status;
    json::array out;
    for (const gate::Verdict& verdict : verdicts) {
        if (verdict.answer == "allowed") continue;
        const bool is_open = verdict.answer == "undetermined";
        if (!is_open) status = exit_status::kForbidden;
        if (!status) status = exit_status::kUndetermined;
        if (terminal.wants_json())
            out.push_back(gate::json_of(law, verdict, terminal.language()));
        else
            print(terminal, law, verdict);
    }
    if (status && terminal.wants_json())
        terminal.print(json::serialize(json::object{{"source", std::move(out)}}));
    return status;
}

void add_missing(const law::Facts& from, law::Facts& to) {
    for (const law::Facts::Entry& entry : from.entries())
        if (to.find(entry.fact) == nullptr) to.set(entry.fact, entry.value, entry.supplier);
}

void add_word(const law::Law& law, std::string_view name, const std::string& text,
              law::Facts& facts) {
    const bool is_known = facts.find(law.vocabulary().find(name)) != nullptr;
    if (!is_known && !text.empty())
        std::ignore = law::set_fact(facts, law.vocabulary(), name, text, law::Supplier::kCampaign);
}

std::string word_of(const law::Law& law, const law::Facts& facts, std::string_view name) {
    const law::FactId id = law.vocabulary().find(name);
    const law::FactValue* value = facts.find(id);
    return value == nullptr ? std::string{} : law::value_text(law.vocabulary().fact(id), *value);
}

Result<Done> check_day(const gate::Declaration& declaration, const std::string& path) {
    if (!declaration.received_on || *declaration.received_on <= now().day) return Done{};
    return error(ErrorCode::kInput, "declaration.future",
                 {{"day", text_of(*declaration.received_on)}}, path);
}

}  // namespace

Result<gate::Declaration> declaration_at(const Terminal& terminal, const law::Law& law,
                                         const std::string& path) {
    const std::string text = LICET_TRY(read_file(path));
    auto read = gate::read_declaration(law, text, path);
    if (!read.is_clean()) {
        terminal.print_errors({read.problems.data(), read.problems.size() - 1});
        return read.problems.back();
    }
    LICET_TRY(check_day(read.value, path));
    return std::move(read.value);
}

Result<std::optional<int>> refusal_of_source(const Terminal& terminal, const law::Law& law,
                                             const gate::Declaration& declaration,
                                             const std::string& country, const Moment& at) {
    std::vector<gate::Verdict> verdicts;
    for (const std::string& channel : declaration.channels) {
        law::Facts facts = gate::facts_of(law, declaration, channel, at);
        add_word(law, "country", country, facts);
        verdicts.push_back(LICET_TRY(verdict_of(law, std::move(facts))));
    }
    return told(terminal, law, verdicts);
}

Result<std::optional<int>> refusal_of_campaign(const Terminal& terminal, const law::Law& law,
                                               gate::Campaign& campaign, const std::string& path,
                                               const Moment& at) {
    if (!campaign.declaration_file.empty()) {
        const fs::path beside = fs::path(path).parent_path() / campaign.declaration_file;
        campaign.declaration = LICET_TRY(declaration_at(terminal, law, beside.string()));
        gate::take_collection(*campaign.declaration, campaign);
    }
    if (!campaign.declaration) return std::optional<int>();
    LICET_TRY(check_day(*campaign.declaration, path));
    gate::Declaration declaration = *campaign.declaration;
    declaration.purpose = word_of(law, campaign.facts, "purpose");
    law::Facts facts =
        gate::facts_of(law, declaration, word_of(law, campaign.facts, "channel"), at);
    add_missing(campaign.facts, facts);
    add_missing(campaign.collection, facts);
    add_word(law, "country", campaign.country, facts);
    add_word(law, "audience", campaign.audience, facts);
    add_word(law, "relation", campaign.relation, facts);
    const gate::Verdict verdict = LICET_TRY(verdict_of(law, std::move(facts)));
    return told(terminal, law, {verdict});
}

}  // namespace licet
