// SPDX-License-Identifier: Apache-2.0
//
// What the one who was given a certificate does with it: no workspace, no ledger, only the public
// key and, for a list, the file itself.
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "base/utc.h"
#include "main/commands.h"
#include "main/files.h"
#include "main/screen_certificate.h"
#include "main/zones.h"

namespace licet {
namespace {

using lists::Certificate;
using lists::Serves;

Result<ledger::LogIdentity> identity_of(const Common& common, const std::string& key) {
    if (!key.empty()) return ledger::log_identity_of(LICET_TRY(read_file(key)));
    if (!has_workspace(common.workspace)) return error(ErrorCode::kInput, "certificate.needs_key");
    const Workspace workspace = LICET_TRY(open_workspace(common.workspace));
    return LICET_TRY(log_key_of(workspace)).identity;
}

struct Checked {
    Certificate certificate;
    Serves serves = Serves::kYes;
    /// What the certificate calls the list that was given: "" for the list that was screened.
    std::optional<std::string> name;
    bool has_list = false;

    // May be sent to: the list that may, on a day that may.
    [[nodiscard]] bool is_good() const {
        const bool is_result = name && *name == kResultFiles.front();
        return serves == Serves::kYes && (!has_list || is_result);
    }
};

Result<Checked> check(const Common& common, const CertificateOptions& options) {
    const std::string text = LICET_TRY(read_file(options.file));
    const ledger::LogIdentity identity = LICET_TRY(identity_of(common, options.key));
    auto certificate = lists::certificate_of(text, identity);
    if (!certificate) {
        Error problem = certificate.error();
        problem.where = options.file;
        return problem;
    }
    const Date day = LICET_TRY(day_or_today(options.at));
    Checked out{std::move(certificate).value(), {}, {}, !options.against.empty()};
    out.serves = lists::serves_on(out.certificate, day);
    if (out.has_list)
        out.name =
            lists::name_in(out.certificate, LICET_TRY(file_as_it_is(options.against, "")).sha256);
    return out;
}

std::string_view name_of(Serves serves) {
    switch (serves) {
        case Serves::kYes:
            return "valid";
        case Serves::kNotYet:
            return "not_yet";
        case Serves::kExpired:
            return "expired";
        case Serves::kNever:
            return "never";
    }
    LICET_ENSURE(false);
}

std::string list_word(const Checked& checked) {
    if (!checked.name) return "other";
    return checked.name->empty() ? "screened" : *checked.name;
}

void print_json(const Terminal& terminal, const Checked& checked, const std::string& note) {
    // The body is what was signed: the line of JSON after the header.
    const std::size_t start = note.find('\n') + 1;
    const auto body =
        parse_json(std::string_view(note).substr(start, note.find('\n', start) - start));
    json::object out{{"state", name_of(checked.serves)},
                     {"is_good", checked.is_good()},
                     {"certificate", body ? *body : json::value()}};
    if (checked.has_list) out.emplace("list", list_word(checked));
    terminal.print(json::serialize(out));
}

class Printer {
  public:
    Printer(const Terminal& terminal, const Checked& checked)
        : terminal_(terminal), say_(terminal.text()), checked_(checked), of_(checked.certificate) {}

    void print() const {
        verdict();
        if (checked_.has_list) list();
        terminal_.print();
        screening();
        rows();
        law();
        terminal_.print(say_("certificate.ledger", {{"origin", of_.ledger.origin},
                                                    {"size", std::to_string(of_.ledger.size)}}));
        if (!of_.continues.empty())
            terminal_.print(say_("certificate.continues", {{"day", worded(of_.decided_for.day)}}));
        terminal_.print(say_("certificate.what_it_says"));
    }

  private:
    [[nodiscard]] std::string worded(Date day) const {
        return licet::worded(day, terminal_.language());
    }
    void verdict() const {
        const bool serves = checked_.serves == Serves::kYes;
        const std::string id = "certificate." + std::string(name_of(checked_.serves));
        terminal_.print(
            terminal_.colour(serves ? Colour::kGreen : Colour::kRed,
                             say_(id, {{"first", worded(of_.at.day)},
                                       {"last", worded(of_.until() - std::chrono::days{1})}})));
    }
    void list() const {
        const bool is_allowed = checked_.name && *checked_.name == kResultFiles.front();
        const std::string id = !checked_.name           ? "certificate.list_other"
                               : checked_.name->empty() ? "certificate.list_screened"
                               : is_allowed             ? "certificate.list_allowed"
                                                        : "certificate.list_result";
        terminal_.print(terminal_.colour(is_allowed ? Colour::kGreen : Colour::kRed,
                                         say_(id, {{"name", checked_.name.value_or("")}})));
    }
    void screening() const {
        terminal_.print(say_("certificate.made", {{"time", utc_text(of_.made_at)},
                                                  {"program", of_.program},
                                                  {"at", text_of(of_.at)},
                                                  {"channel", of_.channel},
                                                  {"purpose", of_.purpose}}));
    }
    void rows() const {
        const auto count = [&](lists::Outcome outcome) {
            return std::to_string(of_.rows.at(static_cast<std::size_t>(outcome)));
        };
        terminal_.print(
            say_("certificate.rows", {{"allowed", count(lists::Outcome::kAllowed)},
                                      {"forbidden", count(lists::Outcome::kForbidden)},
                                      {"undetermined", count(lists::Outcome::kUndetermined)},
                                      {"out_of_scope", count(lists::Outcome::kOutOfScope)},
                                      {"unreadable", count(lists::Outcome::kUnreadable)}}));
        for (const auto& [day, rows] : of_.changes)
            terminal_.print(
                say_("certificate.change", {{"day", worded(day)}, {"rows", std::to_string(rows)}}));
    }
    void law() const {
        std::vector<std::string> packs;
        for (const Certificate::Pack& pack : of_.packs)
            packs.push_back(pack.id + " " + pack.version);
        terminal_.print(
            say_("certificate.law", {{"packs", join(packs, ", ")}, {"reading", of_.reading}}));
        for (const Certificate::Register& one : of_.registers)
            terminal_.print(say_("certificate.register",
                                 {{"register", one.key}, {"day", worded(one.checked_on)}}));
    }

    const Terminal& terminal_;
    const Catalogue& say_;
    const Checked& checked_;
    const Certificate& of_;
};

}  // namespace

int run_certificate_verify(const Terminal& terminal, const Common& common,
                           const CertificateOptions& options) {
    const auto checked = check(common, options);
    if (!checked) return fail(terminal, checked.error());
    if (terminal.wants_json()) {
        const auto note = read_file(options.file);
        if (!note) return fail(terminal, note.error());
        print_json(terminal, *checked, *note);
    } else {
        Printer(terminal, *checked).print();
    }
    return checked->is_good() ? exit_status::kAllowed : exit_status::kForbidden;
}

}  // namespace licet
