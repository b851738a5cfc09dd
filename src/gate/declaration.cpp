// SPDX-License-Identifier: Apache-2.0
#include "gate/declaration.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace licet::gate {
namespace {

struct NamedFact {
    std::string_view key;
    std::string_view fact;
};

constexpr std::array<NamedFact, 4> kFacts = {{{"act", "source.act"},
                                              {"audience", "audience"},
                                              {"country", "country"},
                                              {"purpose", "purpose"}}};
constexpr std::array<NamedFact, 7> kCollection = {{{"origin", "origin"},
                                                   {"received_on", "origin.on"},
                                                   {"collected_on", "origin.collected_on"},
                                                   {"informed", "origin.informed"},
                                                   {"optout_offered", "origin.optout_offered"},
                                                   {"same_sender", "origin.same_sender"},
                                                   {"notice14", "notice14"}}};
constexpr std::array kOwn = {
    "name",         "channels",      "last_activity",      "warranted.consent",
    "register.key", "register.rows", "register.checked_on"};
// What counts as an act of the person (ledger/standing.h).
constexpr std::array kActs = {"click", "reply", "order", "call", "inquiry", "login"};
constexpr std::array kRows = {"listed", "not_listed", "column"};

template <typename Words>
bool is_one_of(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Reader {
  public:
    Reader(const law::Law& law, TomlFile file) : law_(law), file_(std::move(file)) {}

    Read<Declaration> read() && {
        Declaration& out = out_.value;
        out.name = file_.text("name");
        out.country = file_.text("country");
        out.purpose = file_.text("purpose", out.purpose);
        out.channels = file_.items("channels");
        for (const NamedFact& named : kFacts) take(named.key, named.fact, out.facts);
        for (const NamedFact& named : kCollection) take(named.key, named.fact, out.collection);
        for (const auto& [name, value] : file_.values)
            if (name.starts_with("facts.")) take(name, name.substr(6), out.facts);
        check_channels();
        take_warranty();
        take_last_activity();
        take_register();
        keep_attributes();
        check_names();
        return std::move(out_);
    }

  private:
    void fault(std::string_view id, std::string_view key, std::string value) {
        out_.problems.push_back(
            error(ErrorCode::kInput, id, {{"text", std::move(value)}}, file_.where(key)));
    }
    bool take_text(std::string_view key, std::string_view fact, std::string_view text,
                   law::Facts& into) {
        const auto done =
            law::set_fact(into, law_.vocabulary(), fact, text, law::Supplier::kCampaign);
        if (done) return true;
        Error problem = done.error();
        problem.where = file_.where(key);
        out_.problems.push_back(std::move(problem));
        return false;
    }
    void take(std::string_view key, std::string_view fact, law::Facts& into) {
        const auto found = file_.values.find(key);
        if (found != file_.values.end()) take_text(key, fact, found->second.text, into);
    }
    [[nodiscard]] std::optional<Date> day(std::string_view key) const {
        const std::string text = file_.text(key).substr(0, 10);  // without an hour
        const auto day = parse_date(text);
        return day ? std::optional<Date>(*day) : std::nullopt;
    }

    void check_channels() {
        for (const std::string& channel : out_.value.channels) {
            law::Facts unused;
            take_text("channels", "channel", channel, unused);
        }
    }

    // What the seller promised in a contract proves nothing about anybody.
    void take_warranty() {
        const std::string said = file_.text("warranted.consent", "false");
        if (said == "true" || said == "yes") {
            take_text("warranted.consent", "consent", "given", out_.value.facts);
            take_text("warranted.consent", "consent.proof", "contract_warranty", out_.value.facts);
        } else if (said != "false" && said != "no") {
            fault("declaration.yes_or_no", "warranted.consent", said);
        }
    }

    void take_last_activity() {
        out_.value.last_activity = file_.text("last_activity");
        const std::string& act = out_.value.last_activity;
        if (!act.empty() && !is_one_of(kActs, act)) fault("declaration.act", "last_activity", act);
    }

    void take_register() {
        Declaration::Register& out = out_.value.consulted;
        out.key = file_.text("register.key");
        out.rows = file_.text("register.rows", "column");
        out.checked_on = day("register.checked_on");
        if (!is_one_of(kRows, out.rows)) fault("declaration.rows", "register.rows", out.rows);
        law::Facts unused;
        if (!out.key.empty()) take_text("register.key", "register." + out.key, "listed", unused);
        const std::string checked = file_.text("register.checked_on");
        if (!checked.empty() && !out.checked_on)
            fault("declaration.day", "register.checked_on", checked);
    }

    void keep_attributes() {
        Declaration& out = out_.value;
        out.received_on = day("received_on");
        for (const law::Facts::Entry& entry : out.collection.entries()) {
            const law::Fact& fact = law_.vocabulary().fact(entry.fact);
            const bool is_kept = fact.name == "origin" ||
                                 (fact.name.starts_with("origin.") && fact.name != "origin.on");
            if (is_kept) out.attributes.emplace(fact.name, law::value_text(fact, entry.value));
        }
    }

    void check_names() {
        std::vector<std::string> known(kOwn.begin(), kOwn.end());
        for (const NamedFact& named : kFacts) known.emplace_back(named.key);
        for (const NamedFact& named : kCollection) known.emplace_back(named.key);
        for (const auto& [name, value] : file_.values)
            if (name.starts_with("facts.")) known.push_back(name);
        for (Error& problem : file_.unknown_names(known))
            out_.problems.push_back(std::move(problem));
        for (const char* name : {"name", "act", "origin", "channels"})
            if (!file_.values.contains(name) ||
                (std::string_view(name) == "channels" && out_.value.channels.empty()))
                out_.problems.push_back(
                    error(ErrorCode::kInput, "declaration.lacks", {{"name", name}}, file_.path));
    }

    const law::Law& law_;
    const TomlFile file_;
    Read<Declaration> out_;
};

}  // namespace

Read<Declaration> read_declaration(const law::Law& law, const TomlFile& file,
                                   std::string_view prefix) {
    TomlFile own{file.path, {}};
    for (const auto& [name, value] : file.values)
        if (name.starts_with(prefix)) own.values.emplace(name.substr(prefix.size()), value);
    return Reader(law, std::move(own)).read();
}

Read<Declaration> read_declaration(const law::Law& law, std::string_view text, std::string path) {
    const auto file = parse_toml(text, std::move(path));
    Read<Declaration> out;
    if (file) {
        out = read_declaration(law, *file);
        out.value.sha256 = sha256(text);
        return out;
    }
    out.problems.push_back(file.error());
    return out;
}

law::Facts facts_of(const law::Law& law, const Declaration& declaration, std::string_view channel,
                    const Moment& at) {
    const law::Vocabulary& words = law.vocabulary();
    law::Facts facts;
    for (const law::Facts* known : {&declaration.collection, &declaration.facts})
        for (const law::Facts::Entry& entry : known->entries())
            facts.set(entry.fact, entry.value, entry.supplier);
    for (const auto& [name, text] : {std::pair{"channel", channel},
                                     std::pair{"purpose", std::string_view(declaration.purpose)}})
        std::ignore = law::set_fact(facts, words, name, text, law::Supplier::kCampaign);
    facts.set(words.find("at"), at, law::Supplier::kCampaign);
    return facts;
}

}  // namespace licet::gate
