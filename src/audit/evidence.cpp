// SPDX-License-Identifier: Apache-2.0
#include "audit/evidence.h"

#include <algorithm>

#include "audit/evidence_index.h"
#include "audit/receipt.h"
#include "audit/verify_page.h"
#include "base/digest.h"
#include "base/text.h"

namespace licet::audit {
namespace {

std::string record_json(const Evidence& in) {
    json::array events;
    for (const ProvedEvent& one : in.events) {
        json::object event = words_of(one.event.event);
        event["id"] = ledger::text_of(one.event.place);
        events.push_back(std::move(event));
    }
    json::array records;
    for (const JudgedAct& one : in.acts)
        records.push_back(consent_record(one.act, in.keeper, in.notices, one.terms, in.as_of));
    return canonical(json::object{{"@context", record_context()},
                                  {"format", "licet-evidence-1"},
                                  {"as_of", text_of(in.as_of)},
                                  {"reason", in.reason},
                                  {"events", std::move(events)},
                                  {"consent_records", std::move(records)},
                                  {"suppressions", in.suppressions}}) +
           "\n";
}

void add_proofs(const Evidence& in, std::vector<ArchiveFile>& files) {
    for (const auto* events : {&in.events, &in.notice_events})
        for (const ProvedEvent& one : *events) {
            const std::string path = "proof/" + ledger::text_of(one.event.place);
            files.push_back({path + ".json", opening_of(one)});
            files.push_back({path + ".tlog-proof", one.proof});
        }
    files.push_back({"proof/signing.vkey", in.vkey + "\n"});
    files.push_back({"proof/checkpoint", in.checkpoint});
    if (!in.timestamp.empty())
        files.push_back({"proof/checkpoint.tsr", {in.timestamp.begin(), in.timestamp.end()}});
}

std::string sums_of(std::vector<ArchiveFile> files) {
    std::sort(files.begin(), files.end(),
              [](const ArchiveFile& a, const ArchiveFile& b) { return a.path < b.path; });
    std::string out;
    for (const ArchiveFile& file : files)
        out += hex_of(sha256(file.bytes)) + "  " + file.path + "\n";
    return out;
}

// Of texts that the ledger heard of only after a choice that names them: since when, and which day
// its keeper gives. Days of both are in UTC where the moment is known.
std::string late_notices(const Evidence& in, const Catalogue& say) {
    std::map<std::string, std::string> first;  // digest, day of the oldest choice
    for (const JudgedAct& one : in.acts) {
        const std::string digest = particular_of(one.act, "notice");
        const std::string day = time_of(one.act.events.front().event).substr(0, 10);
        if (const auto [known, is_new] = first.emplace(digest, day); !is_new)
            known->second = std::min(known->second, day);
    }
    std::string out;
    for (const auto& [digest, notice] : in.notices) {
        const auto choice = first.find(digest);
        if (choice == first.end() || notice.received_on <= choice->second) continue;
        out += wrapped_for_screen(
                   say("evidence.readme_late", {{"sha256", digest},
                                                {"received", notice.received_on},
                                                {"choice", choice->second},
                                                {"since", text_of(notice.published_on)}})) +
               "\n";
    }
    return out;
}

std::string readme(const Evidence& in, const Catalogue& say) {
    std::string out = say("evidence.readme_title") + "\n\n";
    for (const char* part :
         {"evidence.readme_what", "evidence.readme_files", "evidence.readme_sums",
          "evidence.readme_notice", "evidence.readme_log", "evidence.readme_limits"})
        out += wrapped_for_screen(say(part)) + "\n";
    out += late_notices(in, say);
    if (!in.timestamp.empty()) out += wrapped_for_screen(say("evidence.readme_timestamp")) + "\n";
    return out;
}

}  // namespace

std::string path_of(const ShownNotice& notice) {
    const std::string_view ending = notice.media == "text/html"         ? ".html"
                                    : notice.media == "application/pdf" ? ".pdf"
                                                                        : ".txt";
    return "notice/" + notice.sha256 + std::string(ending);
}

std::vector<ArchiveFile> evidence_files(const Evidence& evidence, const law::Vocabulary& words,
                                        const VerifyScripts& scripts, const Catalogue& french,
                                        const Catalogue& english) {
    std::vector<ArchiveFile> files;
    files.push_back({"record.json", record_json(evidence)});
    files.push_back({"law.json", canonical(evidence.law) + "\n"});
    add_proofs(evidence, files);
    for (const auto& [digest, notice] : evidence.notices)
        files.push_back({path_of(notice), notice.text});
    for (const Catalogue* say : {&french, &english}) {
        const std::string language = say->language() == Language::kFrench ? "fr" : "en";
        files.push_back({"receipt." + language + ".html", receipt_page(evidence, words, *say)});
        files.push_back({"README." + language + ".txt", readme(evidence, *say)});
    }
    std::vector<ArchiveFile> carried = files;
    carried.push_back({"SHA256SUMS", sums_of(files)});
    const std::string page = verify_page(carried, scripts, french, english);
    // What the page itself carries cannot hold the digest of the page.
    files.push_back({"verify.html", page});
    files.push_back({"SHA256SUMS", sums_of(files)});
    return files;
}

}  // namespace licet::audit
