// SPDX-License-Identifier: Apache-2.0
// Goal: the files of an evidence archive are complete, repeatable, and safe to open.
// Method: a small evidence made by hand; its texts echo their ids, so that no sentence is tested.
#include "audit/evidence.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace licet::audit {
namespace {

using namespace std::chrono_literals;

const std::string kDigest(64, 'b');

Evidence sample() {
    Evidence out;
    out.as_of = Date{2026y / 11 / 26};
    out.reason = "access";
    out.keeper = {"<Exemple> SARL", "stop@example.com", "fr"};
    ProvedEvent one;
    one.event.place = {3, 1};
    one.event.event.kind = ledger::EventKind::kConsentRefused;
    one.event.event.happened_on = Date{2026y / 3 / 2};
    one.event.event.channel = "email";
    one.event.event.surface = "</script><b>";
    one.event.event.attributes = {{"notice", kDigest}};
    one.bytes = {1, 2, 3};
    one.proof = "c2sp.org/tlog-proof@v1\n";
    out.events = {one};
    out.acts = {{consent_acts(std::vector{one.event}).at(0), {}}};
    out.notices = {{kDigest, {kDigest, "fr", "text/plain", out.as_of, {0, 1}, "texte"}}};
    out.vkey = "licet/x+1+a";
    out.checkpoint = "note";
    return out;
}

std::vector<ArchiveFile> files_of(const Evidence& evidence) {
    const Catalogue french(Language::kFrench, {{"verify.title", "Vérifier"}});
    const Catalogue english(Language::kEnglish, {{"verify.title", "Check"}});
    return evidence_files(evidence, {}, {"export const a = 1;\n", "import { a } from 'x';\na;\n"},
                          french, english);
}

std::string file(const std::vector<ArchiveFile>& files, const std::string& path) {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const ArchiveFile& one) { return one.path == path; });
    return found == files.end() ? "(none)" : found->bytes;
}

TEST(Evidence, AllFilesAreThere) {
    std::vector<std::string> paths;
    for (const ArchiveFile& one : files_of(sample())) paths.push_back(one.path);
    std::sort(paths.begin(), paths.end());
    EXPECT_EQ(paths, (std::vector<std::string>{
                         "README.en.txt", "README.fr.txt", "SHA256SUMS", "law.json",
                         "notice/" + kDigest + ".txt", "proof/3-1.json", "proof/3-1.tlog-proof",
                         "proof/checkpoint", "proof/signing.vkey", "receipt.en.html",
                         "receipt.fr.html", "record.json", "verify.html"}));
    Evidence stamped = sample();
    stamped.timestamp = {1};
    EXPECT_EQ(file(files_of(stamped), "proof/checkpoint.tsr"), "\x01");
}

TEST(Evidence, TheSameEvidenceGivesTheSameBytes) {
    EXPECT_EQ(zip_of(files_of(sample())).value(), zip_of(files_of(sample())).value());
}

TEST(Evidence, WhatTheLedgerSaysCannotBecomePartOfThePages) {
    const auto files = files_of(sample());
    for (const char* page : {"receipt.fr.html", "receipt.en.html", "verify.html"}) {
        EXPECT_EQ(file(files, page).find("<b>"), std::string::npos) << page;
        EXPECT_EQ(file(files, page).find("<Exemple>"), std::string::npos) << page;
    }
    EXPECT_NE(file(files, "receipt.fr.html").find("&lt;b&gt;"), std::string::npos);
}

TEST(Evidence, ThePageRunsOnlyTheScriptThatItsPolicyNames) {
    const std::string page = file(files_of(sample()), "verify.html");
    EXPECT_NE(page.find("default-src 'none'; script-src 'sha256-"), std::string::npos);
    EXPECT_NE(page.find("const a = 1;\na;\n"), std::string::npos);
    EXPECT_EQ(page.find("import {"), std::string::npos);
}

TEST(Evidence, TheRecordHoldsEventsAndConsentRecords) {
    const auto record = parse_json(file(files_of(sample()), "record.json")).value();
    EXPECT_EQ(record.at("events").at(0).at("id"), "3-1");
    EXPECT_EQ(record.at("events").at(0).at("kind"), "consent_refused");
    EXPECT_EQ(record.at("consent_records").at(0).at("licet:status"), "dpv:ConsentRefused");
    EXPECT_EQ(record.at("@context").at("dpv"), "https://w3id.org/dpv#");
    EXPECT_EQ(record.at("as_of"), "2026-11-26");
}

}  // namespace
}  // namespace licet::audit
