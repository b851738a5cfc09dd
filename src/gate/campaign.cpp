// SPDX-License-Identifier: Apache-2.0
#include "gate/campaign.h"

#include <algorithm>
#include <array>

#include "base/toml.h"
#include "ledger/scope.h"

namespace licet::gate {
namespace {

struct NamedFact {
    std::string_view key;
    std::string_view fact;
};

constexpr std::array<NamedFact, 8> kFacts = {{{"channel", "channel"},
                                              {"purpose", "purpose"},
                                              {"sector", "sector"},
                                              {"at", "at"},
                                              {"agent", "agent"},
                                              {"mass", "mass"},
                                              {"sender.kind", "sender.kind"},
                                              {"offer.kind", "offer.kind"}}};

constexpr std::array<NamedFact, 7> kCollection = {{{"list.origin", "origin"},
                                                   {"list.received_on", "origin.on"},
                                                   {"list.collected_on", "origin.collected_on"},
                                                   {"list.informed", "origin.informed"},
                                                   {"list.optout_offered", "origin.optout_offered"},
                                                   {"list.same_sender", "origin.same_sender"},
                                                   {"list.notice14", "notice14"}}};

class CampaignReader {
  public:
    CampaignReader(const law::Law& law, const TomlFile& file) : law_(law), file_(file) {}

    Read<Campaign> read() && {
        Campaign& out = out_.value;
        out.name = file_.text("name");
        out.aim.topic = file_.text("topic");
        out.aim.brand = file_.text("brand");
        if (!out.aim.topic.empty() && !ledger::is_purpose_path(out.aim.topic))
            out_.problems.push_back(
                error(ErrorCode::kInput, "campaign.topic", {}, file_.where("topic")));
        out.country = file_.text("country");
        out.sender_name = file_.text("sender.name");
        out.sender_stop_contact = file_.text("sender.stop_contact");
        out.sender_address = file_.text("sender.address");
        out.sender_unsubscribe = file_.text("sender.unsubscribe");
        check_unsubscribe();
        out.offer_text = file_.text("offer.text");
        out.aim.product_family = file_.text("offer.family");
        out.occupations = file_.items("offer.occupations");
        out.related_occupations = file_.items("offer.related_occupations");
        out.list_source = file_.text("list.source");
        out.audience = file_.text("list.audience");
        out.relation = file_.text("list.relation");
        out.is_last_activity_by_person = file_.text("list.last_activity") == "person";
        for (const NamedFact& named : kFacts) take(named.key, named.fact, out.facts);
        for (const NamedFact& named : kCollection) take(named.key, named.fact, out.collection);
        for (const auto& [name, value] : file_.values) {
            if (name.starts_with("message.")) take(name, name, out.facts);
            if (name.starts_with("facts.")) take(name, name.substr(6), out.facts);
        }
        read_source();
        check_word("country", "country");
        const std::string activity = file_.text("list.last_activity", "any");
        if (activity != "person" && activity != "any")
            out_.problems.push_back(error(ErrorCode::kInput, "campaign.last_activity", {},
                                          file_.where("list.last_activity")));
        check_word("list.audience", "audience");
        check_word("list.relation", "relation");
        for (Error& problem : file_.unknown_names(known_names()))
            out_.problems.push_back(std::move(problem));
        for (const char* name : {"channel", "purpose"})
            if (!file_.values.contains(name))
                out_.problems.push_back(
                    error(ErrorCode::kInput, "campaign.lacks", {{"name", name}}, file_.path));
        return std::move(out_);
    }

  private:
    void take(std::string_view key, std::string_view fact, law::Facts& into) {
        const auto found = file_.values.find(key);
        if (found == file_.values.end()) return;
        const auto done = law::set_fact(into, law_.vocabulary(), fact, found->second.text,
                                        law::Supplier::kCampaign);
        if (!done) out_.problems.push_back(with_place(done.error(), key));
    }
    // [source]: the declaration itself, or where it is.
    void read_source() {
        Campaign& out = out_.value;
        out.declaration_file = file_.text("source.file");
        const bool has_table =
            std::any_of(file_.values.begin(), file_.values.end(),
                        [](const auto& one) { return one.first.starts_with("source."); });
        if (!has_table || !out.declaration_file.empty()) return;
        auto declared = read_declaration(law_, file_, "source.");
        for (Error& problem : declared.problems) out_.problems.push_back(std::move(problem));
        out.declaration = std::move(declared.value);
        take_collection(*out.declaration, out);
    }
    // RFC 8058 wants https; a mark is replaced by the program that sends.
    void check_unsubscribe() {
        const std::string& address = out_.value.sender_unsubscribe;
        const bool is_mark = address.starts_with("{{") && address.ends_with("}}");
        const bool has_bad_sign = std::any_of(address.begin(), address.end(), [](char c) {
            return c <= ' ' || c == '<' || c == '>' || c == '"';
        });
        if (address.empty() || ((is_mark || address.starts_with("https://")) && !has_bad_sign))
            return;
        out_.problems.push_back(error(ErrorCode::kInput, "campaign.unsubscribe", {},
                                      file_.where("sender.unsubscribe")));
    }
    void check_word(std::string_view key, std::string_view fact) {
        law::Facts unused;
        take(key, fact, unused);
    }
    [[nodiscard]] Error with_place(Error problem, std::string_view key) const {
        problem.where = file_.where(key);
        return problem;
    }

    [[nodiscard]] std::vector<std::string> known_names() const {
        std::vector<std::string> known = {"name",
                                          "topic",
                                          "brand",
                                          "country",
                                          "sender.name",
                                          "sender.stop_contact",
                                          "sender.address",
                                          "sender.unsubscribe",
                                          "offer.text",
                                          "offer.family",
                                          "offer.occupations",
                                          "offer.related_occupations",
                                          "list.source",
                                          "list.audience",
                                          "list.relation",
                                          "list.last_activity"};
        for (const NamedFact& named : kFacts) known.emplace_back(named.key);
        for (const NamedFact& named : kCollection) known.emplace_back(named.key);
        // A declaration checks its own names; beside `file` there is none.
        const bool has_file = file_.values.contains("source.file");
        if (has_file) known.emplace_back("source.file");
        for (const auto& [name, value] : file_.values)
            if (!has_file && name.starts_with("source.")) known.push_back(name);
        // Facts are checked one by one, with their own message.
        for (const auto& [name, value] : file_.values)
            if (name.starts_with("facts.") || name.starts_with("message.")) known.push_back(name);
        return known;
    }

    const law::Law& law_;
    const TomlFile& file_;
    Read<Campaign> out_;
};

}  // namespace

void take_collection(const Declaration& declaration, Campaign& campaign) {
    for (const law::Facts::Entry& entry : declaration.collection.entries())
        if (campaign.collection.find(entry.fact) == nullptr)
            campaign.collection.set(entry.fact, entry.value, entry.supplier);
}

Read<Campaign> read_campaign(const law::Law& law, std::string_view text, std::string path) {
    auto file = parse_toml(text, std::move(path));
    if (!file) {
        Read<Campaign> out;
        out.problems.push_back(file.error());
        return out;
    }
    return CampaignReader(law, *file).read();
}

Result<Done> set_in_campaign(const law::Law& law, Campaign& campaign, std::string_view fact,
                             std::string_view value) {
    law::Facts checked;
    LICET_TRY(law::set_fact(checked, law.vocabulary(), fact, value, law::Supplier::kCampaign));
    if (fact == "country") {
        campaign.country = std::string(value);
        return Done{};
    }
    const bool is_of_collection =
        std::any_of(kCollection.begin(), kCollection.end(),
                    [&](const NamedFact& named) { return named.fact == fact; });
    law::Facts& into = is_of_collection ? campaign.collection : campaign.facts;
    for (const law::Facts::Entry& entry : checked.entries())
        into.set(entry.fact, entry.value, entry.supplier);
    return Done{};
}

}  // namespace licet::gate
