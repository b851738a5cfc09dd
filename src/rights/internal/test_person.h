// SPDX-License-Identifier: Apache-2.0
//
// For the tests of this module: an invented person and company, catalogues, and a ledger in memory
// that links act upon.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/toml.h"
#include "law/law_test_support.h"
#include "ledger/store.h"
#include "rights/act.h"

namespace licet::rights::test {

using law::test::real_law;

inline Date day(std::string_view text) { return parse_date(text).value(); }

inline const Catalogue& catalogue(Language language) {
    static const auto read = [](Language wanted) {
        const std::string name = wanted == Language::kFrench ? "fr" : "en";
        std::map<std::string, std::string, std::less<>> texts;
        for (const std::string& path : {name + ".toml", name + "/rights.toml"}) {
            const std::string text =
                law::test::text_of_file(std::string(LICET_SOURCE_DIR) + "/texts/" + path);
            const auto parsed = parse_toml(text, path);
            if (!parsed) ADD_FAILURE() << path << " " << parsed.error().where;
            if (!parsed) continue;
            for (const auto& [id, value] : parsed->values) texts.emplace(id, value.text);
        }
        return Catalogue(wanted, std::move(texts));
    };
    static const Catalogue kFrench = read(Language::kFrench);
    static const Catalogue kEnglish = read(Language::kEnglish);
    return language == Language::kFrench ? kFrench : kEnglish;
}

inline ledger::Token token(std::uint8_t first) {
    ledger::Token out;
    out.bytes.fill(first);
    return out;
}

inline LinkKey key(std::uint8_t first = 0) {
    std::array<std::uint8_t, LinkKey::kSizeBytes> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes.at(i) = static_cast<std::uint8_t>(first + i);
    return LinkKey(bytes);
}

inline LinkKeys keys(std::vector<std::uint8_t> firsts = {0}) {
    LinkKeys out;
    for (const std::uint8_t first : firsts) EXPECT_TRUE(out.add(key(first)));
    return out;
}

inline Link link(LinkKind kind = LinkKind::kOptOut) {
    Link out;
    out.kind = kind;
    out.issued_on = day("2026-03-02");
    out.person = {token(0xA1), {token(0xB2)}, {}};
    out.scope = {"", "email", "commercial.newsletter"};
    out.campaign = "spring-2026";
    return out;
}

inline Settings settings() {
    Settings out;
    out.name = "Maison Exemple SARL";
    out.contact = "stop@maison.example";
    out.topics = {{"commercial.newsletter", "La lettre", "The letter"},
                  {"commercial.offers", "Les offres", "The offers"}};
    out.channels = {"email", "sms"};
    out.processors = {"brevo", "ovh"};
    return out;
}

/// A company, a person and what the ledger knows of them.
class Desk {
  public:
    explicit Desk(std::string_view today = "2026-11-27") : store_(ledger::memory_store()) {
        context_.settings = &settings_;
        context_.law = &real_law();
        move_to(today);
        speak(Language::kEnglish);
    }
    void move_to(std::string_view today) {
        context_.day = day(today);
        context_.received_at =
            std::int64_t{context_.day.time_since_epoch().count()} * 86'400 + 36'000;
    }
    void wait(std::int64_t seconds) { context_.received_at += seconds; }
    void speak(Language language) { context_.say = &catalogue(language); }

    [[nodiscard]] Known known(const Link& of) {
        std::vector<ledger::Token> tokens{of.person.strict};
        tokens.insert(tokens.end(), of.person.loose.begin(), of.person.loose.end());
        std::vector<ledger::Event> events;
        const auto stored = store_->events_of(tokens).value();
        for (const ledger::StoredEvent& one : stored) events.push_back(one.event);
        return known_of(std::move(events), store_->suppressions_of(tokens).value(),
                        of.person.strict, context_.day);
    }
    [[nodiscard]] Shown show(const Link& of, Page page = Page::kMain) {
        return rights::show(context_, of, {"TEXT", page}, known(of));
    }
    /// Acts, and stores what comes of it.
    Outcome post(const Link& of, Page page, std::string_view body,
                 std::string_view type = "application/x-www-form-urlencoded") {
        Outcome out = act(context_, of, {"TEXT", page}, form_of(type, body), known(of));
        const auto done = store_->append(out.events);
        EXPECT_TRUE(done) << done.error().message.id;
        if (done) added_ = done->added;
        return out;
    }
    void record(ledger::Event event, const Link& of) {
        event.tenant = "default";
        const auto batch = ledger::spread(event, of.person);
        EXPECT_TRUE(store_->append(batch));
    }
    [[nodiscard]] CellState state(const Link& of, std::size_t topic, std::size_t channel) {
        return preferences_of(known(of).standing, settings_, of.scope.brand, context_.day)
            .rows.at(topic)
            .cells.at(channel)
            .state;
    }
    [[nodiscard]] std::size_t added() const { return added_; }
    [[nodiscard]] Context& context() { return context_; }
    [[nodiscard]] Settings& settings_here() { return settings_; }

  private:
    Settings settings_ = test::settings();
    Context context_;
    std::unique_ptr<ledger::Store> store_;
    std::size_t added_ = 0;
};

}  // namespace licet::rights::test
