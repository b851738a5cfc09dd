// SPDX-License-Identifier: Apache-2.0
// Goal: the server answers what an editor asks about a pack that is being written, and no message,
// however wrong, brings it down.
// Method: a small pack in memory; messages in, messages out. A real client over real pipes is in
// tests/editor.
#include "lsp/server.h"

#include <gtest/gtest.h>

namespace licet::lsp {
namespace {

const char* const kRules =
    "```law\n"
    "define fresh\n"
    "  when consent = given\n"
    "\n"
    "rule xx.mail\n"
    "  answers   contact = forbidden\n"
    "  when      channel = email, not fresh\n"
    "  duties    keep\n"
    "  cites     act:1\n"
    "  tell      fr \"Non.\" en \"No.\"\n"
    "```\n"
    "\n"
    "given: country = xx\n"
    "\n"
    "| channel | consent | expect | by |\n"
    "|---|---|---|---|\n"
    "| email | none | forbidden | xx.mail |\n"
    "| post | none | allowed | |\n";

std::vector<law::SourceFile> pack() {
    return {{"facts.md",
             "| fact | type | values | supplier | silence | changed by | fr | en |\n"
             "|---|---|---|---|---|---|---|---|\n"
             "| `at` | moment | | request | open | time | le jour | the day |\n"
             "| `country` | key | | contact | open | nobody | le pays | the country |\n"
             "| `channel` | enum | email post | request | open | us | le canal | the channel |\n"
             "| `consent` | enum | none given | ledger | open | person | l'accord | the consent |\n"
             "| `consent.on` | date | | ledger | open | person | son jour | its day |\n"},
            {"duties.md",
             "| duty | sources | fr | en |\n|---|---|---|---|\n"
             "| `keep` | S | Conservez. | Keep it. |\n"},
            {"questions.md",
             "| question | asks fr | asks en | answers | otherwise |\n|---|---|---|---|---|\n"
             "| `contact` | A ? | A? | forbidden allowed | allowed |\n"},
            {"xx/pack.toml",
             "id = \"xx\"\nversion = \"1\"\ncountries = [\"xx\"]\ntitle.fr = \"X\"\n"
             "title.en = \"X\"\n"},
            {"xx/sources.md",
             "| source | title | fr | en |\n|---|---|---|---|\n| act:1 | Act | Dit. | Says. |\n"},
            {"xx/a.md", kRules}};
}

class ServerTest : public testing::Test {
  protected:
    ServerTest()
        : say_(Language::kEnglish, {}),
          server_(say_,
                  {[](const std::string& root) { return root; },
                   [](const std::string&) { return Result<std::vector<law::SourceFile>>(pack()); }},
                  "", "1") {}

    json::value ask(const char* method, const json::value& parameters) {
        const auto said = server_.take(json::serialize(json::object{
            {"jsonrpc", "2.0"}, {"id", 7}, {"method", method}, {"params", parameters}}));
        EXPECT_EQ(said.size(), 1U);
        return said.empty() ? json::value() : json::parse(said[0]);
    }
    void tell(const char* method, const json::value& parameters) {
        EXPECT_TRUE(server_
                        .take(json::serialize(json::object{
                            {"jsonrpc", "2.0"}, {"method", method}, {"params", parameters}}))
                        .empty());
    }
    void start() { std::ignore = ask("initialize", json::object{{"rootUri", "file:///packs"}}); }

    static json::object document() { return {{"uri", "file:///packs/xx/a.md"}}; }
    static json::object at(int line, int character) {
        return {{"textDocument", document()},
                {"position", json::object{{"line", line}, {"character", character}}}};
    }
    void write(const std::string& text) {
        tell("textDocument/didOpen",
             json::object{
                 {"textDocument", json::object{{"uri", "file:///packs/xx/a.md"}, {"text", text}}}});
    }
    /// Does all work; gives "path line:character code" of the faults that stand in the end.
    std::vector<std::string> faults() {
        while (server_.has_work())
            for (const std::string& message : server_.work()) {
                const json::value said = json::parse(message).at("params");
                shown_[std::string(said.at("uri").as_string())] = said.at("diagnostics");
            }
        std::vector<std::string> out;
        for (const auto& [uri, diagnostics] : shown_)
            for (const json::value& one : diagnostics.as_array())
                out.push_back(uri.substr(14) + " " +
                              json::serialize(one.at("range").at("start").at("line")) + ":" +
                              json::serialize(one.at("range").at("start").at("character")) + "-" +
                              json::serialize(one.at("range").at("end").at("character")) + " " +
                              std::string(one.at("code").as_string()));
        return out;
    }
    std::vector<std::string> labels(int line, int character) {
        std::vector<std::string> out;
        const json::value said = ask("textDocument/completion", at(line, character));
        for (const json::value& item : said.at("result").as_array())
            out.emplace_back(item.at("label").as_string());
        return out;
    }
    std::string hover(int line, int character) {
        const json::value said = ask("textDocument/hover", at(line, character)).at("result");
        return said.is_null() ? "" : std::string(said.at("contents").at("value").as_string());
    }
    std::string definition(int line, int character) {
        const json::value said = ask("textDocument/definition", at(line, character)).at("result");
        if (!said.is_array() || said.as_array().empty()) return "";
        const json::value& first = said.as_array()[0];
        return std::string(first.at("uri").as_string()).substr(14) + " " +
               json::serialize(first.at("range").at("start").at("line")) + ":" +
               json::serialize(first.at("range").at("start").at("character"));
    }

    Catalogue say_;
    Server server_;
    std::map<std::string, json::value> shown_;
};

using Lines = std::vector<std::string>;

TEST_F(ServerTest, RowsThatFailAreWarnedOfAndFaultsOfTheLawComeBeforeThem) {
    start();
    EXPECT_EQ(faults(), Lines{});
    std::string text = kRules;
    text.replace(text.find("post | none | allowed"), 21, "post | none | forbidden");
    write(text);
    EXPECT_EQ(faults(), Lines{"xx/a.md 17:16-25 law.case_answer"});
    text.replace(text.find("duties    keep"), 14, "duties    kep");
    write(text);
    EXPECT_EQ(faults(), Lines{"xx/a.md 7:12-15 law.unknown_duty_near"});
    write(kRules);
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(ServerTest, HoverSaysWhatANameIs) {
    start();
    EXPECT_TRUE(hover(6, 14).starts_with("**channel**\n\nthe channel"));
    EXPECT_TRUE(hover(6, 24).starts_with("**channel**"));  // a value says its fact
    EXPECT_TRUE(hover(6, 36).starts_with("**fresh**"));
    EXPECT_EQ(hover(7, 13), "**keep**\n\nKeep it.");
    EXPECT_EQ(hover(8, 13), "**Act**\n\nSays.");
    EXPECT_TRUE(hover(4, 7).starts_with("**xx.mail**\n\nNo.\n\nAct"));
    EXPECT_TRUE(hover(16, 30).starts_with("**xx.mail**"));
    EXPECT_TRUE(hover(14, 3).starts_with("**channel**"));
    EXPECT_TRUE(hover(12, 9).starts_with("**country**"));
    EXPECT_EQ(hover(0, 1), "");
    EXPECT_EQ(hover(11, 0), "");
    EXPECT_EQ(hover(999, 999), "");
}

TEST_F(ServerTest, DefinitionsAreFoundFromBlocksTablesAndGivenLines) {
    start();
    EXPECT_EQ(definition(6, 36), "xx/a.md 1:7");
    EXPECT_EQ(definition(6, 14), "facts.md 4:3");
    EXPECT_EQ(definition(7, 13), "duties.md 2:3");
    EXPECT_EQ(definition(8, 13), "xx/sources.md 2:2");
    EXPECT_EQ(definition(16, 30), "xx/a.md 4:5");
    EXPECT_EQ(definition(12, 9), "facts.md 3:3");
    EXPECT_EQ(definition(11, 0), "");
}

TEST_F(ServerTest, ProposalsFitThePlace) {
    start();
    write(
        "```law\n"
        "rule xx.a\n"
        "  when      channel = \n"
        "  duties    \n"
        "  cites     a\n"
        "  ans\n"
        "\n"
        "  except to \n"
        "  when      consent.on \n"
        "ru\n"
        "```\n"
        "given: \n"
        "\n"
        "| channel | expect | by |\n"
        "|---|---|---|\n"
        "|  |  | needs  |\n");
    EXPECT_EQ(labels(2, 22), (Lines{"email", "post"}));
    EXPECT_EQ(labels(3, 12), Lines{"keep"});
    EXPECT_EQ(labels(4, 13), Lines{"act:1"});
    EXPECT_EQ(labels(5, 5).front(), "about");
    EXPECT_EQ(labels(7, 12), Lines{"xx.a"});
    EXPECT_EQ(labels(8, 23).front(), "within");
    EXPECT_EQ(labels(9, 2).front(), "rule");
    EXPECT_EQ(labels(11, 7).front(), "at");
    EXPECT_EQ(labels(15, 2), (Lines{"email", "post", "?", "–"}));
    EXPECT_EQ(labels(15, 14).front(), "at");
    EXPECT_EQ(labels(12, 0), Lines{});
}

TEST_F(ServerTest, FormattingGivesTheWholeTextOrNothing) {
    start();
    const json::object asked{{"textDocument", document()}, {"options", json::object{}}};
    const json::value edits = ask("textDocument/formatting", asked).at("result");
    ASSERT_EQ(edits.as_array().size(), 1U);
    const std::string text(edits.as_array()[0].at("newText").as_string());
    EXPECT_NE(text.find("| channel | consent | expect    | by      |"), text.npos);
    write(text);
    EXPECT_EQ(ask("textDocument/formatting", asked).at("result"), json::value(json::array{}));
    write("```law\nrule\n");
    EXPECT_EQ(ask("textDocument/formatting", asked).at("result"), json::value(json::array{}));
}

TEST_F(ServerTest, AnyBeginningOfAPackIsAnsweredEverywhere) {
    start();
    const std::string text = kRules;
    for (std::size_t size = 0; size <= text.size(); size += 7) {
        write(text.substr(0, size));
        const auto line = static_cast<int>(
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
        for (const int character : {0, 2, 12, 25}) {
            std::ignore = hover(line, character);
            std::ignore = definition(line, character);
            std::ignore = labels(line, character);
        }
        if (size % 35 == 0) std::ignore = faults();
    }
}

TEST_F(ServerTest, MessagesOutOfOrderOrWithoutSenseGetAnError) {
    const auto code = [](const json::value& said) {
        return said.at("error").at("code").as_int64();
    };
    EXPECT_EQ(code(ask("textDocument/hover", at(0, 0))), -32002);
    start();
    EXPECT_EQ(code(ask("textDocument/dance", nullptr)), -32601);
    for (const char* nonsense : {"", "{", "[]", "1", "null", "\"x\""})
        EXPECT_EQ(code(json::parse(server_.take(nonsense)[0])), -32700) << nonsense;
    for (const json::value& nonsense :
         {json::value(nullptr), json::value(1), json::value(json::array{1}),
          json::value(json::object{{"textDocument", 1}, {"position", "x"}})}) {
        std::ignore = ask("textDocument/hover", nonsense);
        std::ignore = ask("textDocument/completion", nonsense);
        std::ignore = ask("textDocument/formatting", nonsense);
        tell("textDocument/didOpen", nonsense);
        tell("textDocument/didChange", nonsense);
        tell("textDocument/didClose", nonsense);
        tell("$/setTrace", nonsense);
    }
    EXPECT_TRUE(server_.take("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}").empty());
    EXPECT_TRUE(ask("shutdown", nullptr).at("result").is_null());
    EXPECT_EQ(code(ask("textDocument/hover", at(0, 0))), -32600);
    tell("exit", nullptr);
    EXPECT_TRUE(server_.is_over());
    EXPECT_TRUE(server_.ended_well());
}

}  // namespace
}  // namespace licet::lsp
