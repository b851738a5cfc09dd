// SPDX-License-Identifier: Apache-2.0
// Goal: checkpoints and proofs are the texts that the C2SP specifications define.
// Method: written and read again; signatures of others; every kind of damage. Programs that are not
//         ours read them in tests/ledger.
#include "ledger/checkpoint.h"

#include <gtest/gtest.h>

namespace licet::ledger {
namespace {

// RFC 8032, 7.1, TEST 1, as a PEM file.
constexpr std::string_view kPem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";

LogIdentity identity() { return {"licet/0011223344556677", public_key_of(kPem).value()}; }

Checkpoint checkpoint() { return {identity().origin, 70'000, sha256("a root"), 1'772'445'600}; }

TEST(Checkpoint, IsReadAsItWasSigned) {
    const std::string note = signed_note(checkpoint(), kPem).value();
    EXPECT_EQ(checkpoint_of(note, identity()).value(), checkpoint());
    EXPECT_TRUE(note.starts_with("licet/0011223344556677\n70000\n"));
    EXPECT_NE(note.find("\n\n\u2014 licet/0011223344556677 "), note.npos);
}

TEST(Checkpoint, TheIdentityIsReadAsItWasGiven) {
    const std::string vkey = text_of(identity());
    const LogIdentity again = log_identity_of(vkey).value();
    EXPECT_EQ(again.origin, identity().origin);
    EXPECT_EQ(again.key, identity().key);
    for (const std::string& bad : {std::string(), std::string("licet"), std::string("a+b"),
                                   "x" + vkey, vkey + "A", vkey.substr(0, vkey.size() - 4)})
        EXPECT_EQ(log_identity_of(bad).error().message.id, "log.vkey_form") << bad;
}

TEST(Checkpoint, NoByteOfItCanBeChanged) {
    const std::string note = signed_note(checkpoint(), kPem).value();
    for (std::size_t place = 0; place < note.size(); ++place) {
        std::string changed = note;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        EXPECT_FALSE(checkpoint_of(changed, identity())) << place;
    }
}

TEST(Checkpoint, SignaturesOfOthersArePassedOverButNeverEnough) {
    const std::string note = signed_note(checkpoint(), kPem).value();
    const std::string other = "\u2014 witness.example AAAAAAAAAAAAAAAA\n";
    EXPECT_EQ(checkpoint_of(note + other, identity()).value(), checkpoint());
    const std::string body = note.substr(0, note.find("\n\n") + 2);
    EXPECT_EQ(checkpoint_of(body + other, identity()).error().message.id, "log.not_signed");
    LogIdentity elsewhere = identity();
    elsewhere.origin = "licet/other";
    EXPECT_EQ(checkpoint_of(note, elsewhere).error().message.id, "log.other_origin");
    LogIdentity stranger = identity();
    stranger.key[0] ^= 1U;
    EXPECT_EQ(checkpoint_of(note, stranger).error().message.id, "log.not_signed");
}

TEST(Checkpoint, OneBadSignatureOfAKnownKeySpoilsTheNote) {
    const std::string note = signed_note(checkpoint(), kPem).value();
    const std::string line = note.substr(note.find("\u2014"));
    std::string bad = line;
    bad[bad.size() - 10] = bad[bad.size() - 10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(checkpoint_of(note + bad, identity()).error().message.id, "log.not_signed");
}

TEST(Checkpoint, AProofIsReadAsItWasWritten) {
    LogProof proof{3, {sha256("a"), sha256("b")}, signed_note(checkpoint(), kPem).value()};
    const std::string text = text_of(proof);
    EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nindex 3\n"));
    const LogProof again = log_proof_of(text).value();
    EXPECT_EQ(again.index, 3U);
    EXPECT_EQ(again.hashes, proof.hashes);
    EXPECT_EQ(again.note, proof.note);
    std::string with_extra = text;
    with_extra.insert(text.find("index"), "extra YQ==\n");
    EXPECT_EQ(log_proof_of(with_extra).value().hashes, proof.hashes);
    for (const char* bad :
         {"", "c2sp.org/tlog-proof@v2\nindex 3\n\n", "c2sp.org/tlog-proof@v1\nindex 03\n\n",
          "c2sp.org/tlog-proof@v1\nindex 3\nnot base64\n\n", "c2sp.org/tlog-proof@v1\nindex 3\n"})
        EXPECT_EQ(log_proof_of(bad).error().message.id, "log.proof_form") << bad;
}

}  // namespace
}  // namespace licet::ledger
