// SPDX-License-Identifier: Apache-2.0
// Goal: a certificate says what it was told, to whoever has the key; any other byte is refused.
// Method: the vector of docs/ledger-format.md, section 14; there and back; every byte changed in
//         turn; the days on which it serves.
#include "lists/certificate.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace licet::lists {
namespace {

using namespace std::chrono_literals;

// RFC 8032, 7.1, test 1: a key that everybody knows.
constexpr std::string_view kPem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";

ledger::LogIdentity identity() { return {"licet/0011223344556677", public_key_of(kPem).value()}; }

Certificate sample() {
    Certificate out;
    out.program = "licet 1.0.0";
    out.made_at = 1'795'428'005;  // 2026-11-23T10:00:05Z
    out.at = parse_moment("2026-11-23T11:00+01:00").value();
    out.decided_for = out.at;
    out.channel = "email";
    out.purpose = "commercial";
    out.campaign = sha256("campaign");
    out.reading = "strict";
    out.packs = {{"fr", "1.0.0", hex_of(sha256("pack"))}};
    out.registers = {{"bloctel", Date{2026y / 11 / 2}}};
    out.ledger = {"licet/0011223344556677", 7, sha256("root")};
    out.list = {"", sha256("list"), 400};
    out.results = {{"allowed.csv", sha256("allowed"), 300}, {"blocked.csv", sha256("blocked"), 90}};
    out.rows = {2, 1, 0, 0, 1};
    out.changes = {{Date{2026y / 12 / 2}, 1}};
    return out;
}

std::string text() { return certificate_text(sample(), kPem).value(); }

std::string error_of(std::string_view text) {
    const auto read = certificate_of(text, identity());
    return read ? "no error" : read.error().message.id;
}

// Written by another program, on another cryptographic library.
constexpr std::string_view kVector =
    "licet-certificate-1\n"
    "{\"about\":\"screening\",\"at\":\"2026-11-23T11:00+01:00\",\"campaign\":{\"channel\":\"email\""
    ",\"purpose\":\"commercial\",\"sha256\":\"3dc260b2472062d9c57bd930b02f23831d917b8f3e3234"
    "b6d63964a53c31d3aa\"},\"changes\":[{\"on\":\"2026-12-02\",\"rows\":1}],\"decided_for\":\"202"
    "6-11-23T11:00+01:00\",\"ledger\":{\"origin\":\"licet/0011223344556677\",\"root\":\"SBNJTRN"
    "+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\",\"size\":7},\"list\":{\"bytes\":400,\"sha256\":\"a"
    "330395cc0a53ad1207736546afff4735940937564bbf75ce1edad40780d9139\"},\"made_at\":\"202"
    "6-11-23T10:00:05Z\",\"packs\":[{\"pack\":\"fr\",\"sha256\":\"4862f447f2c7f272fa2f4aaf89dad"
    "b3b1ac09105bd5864f8d1a0c9452bb0a226\",\"version\":\"1.0.0\"}],\"program\":\"licet 1.0.0\""
    ",\"reading\":\"strict\",\"registers\":[{\"checked_on\":\"2026-11-02\",\"register\":\"bloctel\""
    "}],\"results\":[{\"bytes\":300,\"file\":\"allowed.csv\",\"sha256\":\"eabc01f12ec3e7cb6db0ad"
    "a0f8f37323b0cfe6d08a2a73479e7d5b62d7e63529\"},{\"bytes\":90,\"file\":\"blocked.csv\",\"s"
    "ha256\":\"6973dddd3ef9cb6a2932702f31777faad9c9bf3124d147a84f31aadb6d139546\"}],\"row"
    "s\":{\"allowed\":2,\"forbidden\":1,\"out_of_scope\":0,\"undetermined\":0,\"unreadable\":1},"
    "\"until\":\"2026-12-02\"}\n"
    "\n"
    "\u2014 licet/0011223344556677 iyBRrzPs2uHDl2NeAKpFUHNo1YbKObFxJxzQ4C0uOo0n5+Gk69Rigln"
    "6e/BMkJpzO3Ab7QjWojoZLtlDlaxCUIn8lQE=\n"
    "\u2014 licet/0011223344556677 VFrHqAAAAABrBA6lB9wc/eipItx+gs1i3zh53fwJx42spaXAAP/A/40"
    "6X1V3TrxoGCShH0p8KGjOz9wHa1kDPsaiHulNJU4rVdTCCw==\n";

TEST(Certificate, IsTheVectorOfTheFormat) { EXPECT_EQ(text(), kVector); }

TEST(Certificate, SaysWhatItWasTold) {
    EXPECT_EQ(certificate_of(text(), identity()).value(), sample());
    Certificate next = sample();
    next.at.day += std::chrono::days{2};
    next.continues = hex_of(sha256(text()));
    next.changes.clear();
    EXPECT_EQ(certificate_of(certificate_text(next, kPem).value(), identity()).value(), next);
}

TEST(Certificate, AnotherByteIsRefusedWhereverItIs) {
    const std::string good = text();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        EXPECT_NE(error_of(bad), "no error") << i;
    }
}

TEST(Certificate, IsRefusedCutOrLengthened) {
    const std::string good = text();
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_NE(error_of(good.substr(0, size)), "no error") << size;
    EXPECT_NE(error_of(good + "x"), "no error");
}

TEST(Certificate, OfAnotherLedgerOrKeyIsToldApart) {
    const std::string other_pem = new_private_key().value();
    const auto other =
        certificate_of(text(), {"licet/0011223344556677", public_key_of(other_pem).value()});
    EXPECT_EQ(other.error().message.id, "certificate.not_signed");
    const auto elsewhere = certificate_of(text(), {"licet/8899aabbccddeeff", identity().key});
    EXPECT_EQ(elsewhere.error().message.id, "certificate.other_ledger");
    EXPECT_EQ(error_of("hello\n"), "certificate.form");
}

// A signature of the same key under something else is no certificate.
TEST(Certificate, ACheckpointIsNone) {
    const auto note =
        ledger::signed_note({"licet/0011223344556677", 7, sha256("root"), 1'795'428'005}, kPem);
    EXPECT_EQ(error_of(note.value()), "certificate.form");
    EXPECT_EQ(ledger::checkpoint_of(text(), identity()).error().message.id, "log.note_form");
}

TEST(Certificate, ServesFromTheDayOfTheContactUntilSomethingElseWouldBeSaid) {
    const Certificate certificate = sample();
    EXPECT_EQ(serves_on(certificate, Date{2026y / 11 / 22}), Serves::kNotYet);
    EXPECT_EQ(serves_on(certificate, Date{2026y / 11 / 23}), Serves::kYes);
    EXPECT_EQ(serves_on(certificate, Date{2026y / 12 / 1}), Serves::kYes);
    EXPECT_EQ(serves_on(certificate, Date{2026y / 12 / 2}), Serves::kExpired);
}

TEST(Certificate, ServesThirtyDaysAtMost) {
    Certificate certificate = sample();
    certificate.changes.clear();
    EXPECT_EQ(certificate.until(), Date(2026y / 12 / 24));
    certificate.decided_for.day = Date{2026y / 11 / 20};
    EXPECT_EQ(certificate.until(), Date(2026y / 12 / 21));
}

TEST(Certificate, OfADayTooFarAheadNeverServes) {
    Certificate certificate = sample();
    certificate.changes.clear();
    certificate.at.day = certificate.decided_for.day = Date{2026y / 12 / 24};
    EXPECT_EQ(serves_on(certificate, Date{2026y / 12 / 24}), Serves::kNever);
    certificate.at.day = certificate.decided_for.day = Date{2026y / 12 / 23};
    EXPECT_EQ(serves_on(certificate, Date{2026y / 12 / 23}), Serves::kYes);
    EXPECT_EQ(serves_on(certificate, Date{2026y / 12 / 24}), Serves::kExpired);
}

TEST(Certificate, KnowsItsFilesByTheirBytes) {
    EXPECT_EQ(name_in(sample(), sha256("list")), "");
    EXPECT_EQ(name_in(sample(), sha256("blocked")), "blocked.csv");
    EXPECT_EQ(name_in(sample(), sha256("other")), std::nullopt);
}

}  // namespace
}  // namespace licet::lists
