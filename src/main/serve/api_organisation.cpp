// SPDX-License-Identifier: Apache-2.0
//
// The register of facts over HTTP: organisation.toml of the tenant's folder, read with what it is
// used for, and replaced as a whole.
#include <algorithm>
#include <mutex>

#include "base/digest.h"
#include "base/text.h"
#include "main/files.h"
#include "main/paper_desk.h"
#include "main/register_facts.h"
#include "main/serve/api.h"
#include "main/serve/captured.h"
#include "main/serve/health.h"
#include "papers/consistency.h"

namespace licet {
namespace {

using http::Answer;
using http::Method;
using web::ApiRoute;
using web::Call;
using web::Permission;

constexpr const char* kRegisterName = "organisation.toml";

/// A register as it was read: its text, its facts, and what is wrong with them.
struct ReadRegister {
    papers::Shelf shelf;
    std::string text;
    bool is_there = false;
    std::optional<Read<papers::Organisation>> facts;  ///< rests on `shelf`
    std::vector<Error> questions;
    std::vector<Error> contradictions;
};

std::string register_version(std::string_view text) {
    constexpr std::size_t kVersionBytes = 12;
    const Digest digest = sha256(text);
    return hex_of(std::span(digest).first(kVersionBytes));
}

json::array faults_json(const std::vector<Error>& problems, const Catalogue& say) {
    json::array out;
    for (const Error& one : problems) out.push_back(fault_json(one, say));
    return out;
}

// A fact that has one text a language is shown in documents under its own name.
std::string shown_fact(const std::string& name) {
    const bool is_worded = name.ends_with(".fr") || name.ends_with(".en");
    return is_worded ? name.substr(0, name.size() - 3) : name;
}

class RegisterRoutes {
  public:
    explicit RegisterRoutes(ServerOffice& office) : office_(office) {}

    Result<Answer> get(Call& call) {
        const Common common = office_.common_of(call.tenant);
        auto text = read_file(organisation_path(common));
        const bool is_there = text.has_value();
        if (!is_there && text.error().message.id != "file.missing") return text.error();
        const auto read =
            LICET_TRY(read_register(call, is_there ? *std::move(text) : std::string()));
        json::object body{{"is_there", is_there},
                          {"text", read->text},
                          {"facts", facts_json(*read, call)},
                          {"problems", faults_json(read->facts->problems, call.say)},
                          {"questions", faults_json(read->questions, call.say)},
                          {"contradictions", faults_json(read->contradictions, call.say)}};
        Answer out = web::json_answer(body);
        // Of the text, so that it can be changed, and of all else that is told.
        out.with("ETag",
                 "\"" + register_version(read->text) + "." + register_version(out.body) + "\"");
        return out;
    }

    Result<Answer> put(Call& call) {
        const std::string tries = LICET_TRY(web::asked_in_query(call.request, "dry_run"));
        const bool is_try = tries == "true";
        const auto read = LICET_TRY(read_register(call, std::string(call.request.body)));
        if (!read->facts->is_clean()) return faults_answer(read->facts->problems, call.say);
        bool was_there = true;
        if (!is_try) {
            const std::lock_guard lock(mutex_);
            const std::string path = organisation_path(office_.common_of(call.tenant));
            const auto before = read_file(path);
            was_there = before.has_value();
            if (!was_there && before.error().message.id != "file.missing") return before.error();
            if (is_outdated(call.request, was_there ? *before : std::string()))
                return http::problem(412, Message("papers_api.changed"), call.say);
            LICET_TRY(was_there ? replace_file(path, read->text)
                                : write_own_file(path, read->text));
            // In the ledger that its documents are published in.
            LICET_TRY(record_administration(office_, "organisation_changed", call.who,
                                            hex_of(sha256(read->text)), call.tenant));
        }
        json::object body{{"is_kept", !is_try},
                          {"sha256", hex_of(sha256(read->text))},
                          {"facts", read->facts->value.facts().size()},
                          {"questions", faults_json(read->questions, call.say)},
                          {"contradictions", faults_json(read->contradictions, call.say)}};
        return web::json_answer(body, was_there ? 200 : 201)
            .with("ETag", "\"" + register_version(read->text) + "\"");
    }

  private:
    Result<std::unique_ptr<ReadRegister>> read_register(const Call& call, std::string text) {
        auto out = std::make_unique<ReadRegister>();
        auto shelf = shelf_of(office_.common_of(call.tenant));
        if (!shelf.is_clean()) return shelf.problems.front();
        out->shelf = std::move(shelf.value);
        out->text = std::move(text);
        const auto of_ledger =
            LICET_TRY(facts_of_ledger(office_.common_of(call.tenant), out->shelf.fields));
        out->facts = licet::read_register(of_ledger, out->text, kRegisterName);
        if (!out->facts->is_clean()) return out;
        const papers::Organisation& facts = out->facts->value;
        out->questions = papers::questions_of(facts, call.language);
        const auto law = office_.law();
        const auto judgements = papers::judge(out->shelf, facts, *law, office_.today());
        if (judgements)
            out->contradictions =
                papers::contradictions_of(out->shelf, facts, *law, *judgements, call.language);
        else
            out->contradictions.push_back(judgements.error());
        for (Error& one :
             papers::inconsistencies_of(out->shelf, facts, office_.today(), call.language))
            out->contradictions.push_back(std::move(one));
        return out;
    }

    // Which documents say a fact: each that can be built is.
    std::map<std::string, std::set<std::string>> uses_of(const ReadRegister& read,
                                                         const Call& call) const {
        std::map<std::string, std::set<std::string>> out;
        const auto law = office_.law();
        const auto made =
            papers::Office::open(read.shelf, read.facts->value, *law, office_.today());
        if (!made) return out;
        for (const papers::DocumentName& name : made->names()) {
            if (!name.input.empty()) continue;
            const auto document = made->build(name, call.language);
            for (const auto& [fact, said] : document.value.facts) out[fact].insert(name.id);
        }
        return out;
    }

    json::array facts_json(const ReadRegister& read, const Call& call) const {
        json::array out;
        if (!read.facts->is_clean()) return out;
        const papers::Organisation& facts = read.facts->value;
        const auto uses = uses_of(read, call);
        for (const auto& [name, value] : facts.facts()) {
            const papers::Field* field = facts.fields().of_fact(name);
            const auto used = uses.find(shown_fact(name));
            const std::vector<std::string_view> parts = split(name, '.');
            const std::string entry(parts.size() > 1 ? parts[1] : "");
            json::array documents;
            if (used != uses.end())
                for (const std::string& one : used->second) documents.emplace_back(one);
            out.push_back(json::object{
                {"name", name},
                {"value", value.is_array ? join(value.items, ", ") : value.text},
                {"line", value.line},
                {"column", value.column},
                {"question", field == nullptr ? "" : field->question(call.language, entry)},
                {"used_by", std::move(documents)}});
        }
        return out;
    }

    // Somebody who read another text than the one that is there would undo what others did.
    static bool is_outdated(const http::Request& request, std::string_view before) {
        const std::string_view wanted = trimmed(request.field("if-match"));
        if (wanted.empty() || wanted == "*") return false;
        const std::string now = "\"" + register_version(before);
        return !(wanted == now + "\"" || wanted.starts_with(now + "."));
    }

    ServerOffice& office_;
    std::mutex mutex_;
};

}  // namespace

std::vector<ApiRoute> organisation_routes(ServerOffice& office) {
    const auto all = std::make_shared<RegisterRoutes>(office);
    return {
        {Method::kGet, "/api/v1/organisation", Permission::kPapers,
         [all](Call& call) { return all->get(call); }},
        {Method::kPut, "/api/v1/organisation", Permission::kPublish,
         [all](Call& call) { return all->put(call); }},
    };
}

}  // namespace licet
