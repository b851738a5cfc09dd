// SPDX-License-Identifier: Apache-2.0
// Goal: a sealed event is the event to who has the key, and nothing to who has not; its entry can
//       be checked without either.
// Method: sealed, opened; every byte changed in turn; another person's key; the formulas of
//         docs/ledger-format.md written out again.
#include "ledger/sealed_event.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/merkle.h"
#include "ledger/sample_event.h"

namespace licet::ledger {
namespace {

PersonKey key_of(std::uint8_t first) {
    return *PersonKeys(sha256("a root")).key_of(sample_event(first, "k").person);
}

TEST(SealedEvent, OpensToWhatWasSealed) {
    const Event event = sample_event(1, "a", EventKind::kConsentGiven);
    const SealedEvent sealed = seal(key_of(1), event);
    EXPECT_EQ(open_seal(key_of(1), sealed).value(), event);
    EXPECT_EQ(seal(key_of(1), event).sealed, sealed.sealed);  // the same bytes wherever it is kept
}

TEST(SealedEvent, ManyOpenInOnePlace) {
    SealOpener opener;
    for (const std::size_t size : {10U, 5000U, 1U, 300U}) {
        Event event = sample_event(1, "a");
        event.surface = std::string(size, 's');
        const auto bytes = opener.open(key_of(1), seal(key_of(1), event));
        ASSERT_TRUE(bytes);
        EXPECT_EQ(event_of(*bytes).value(), event);
        EXPECT_FALSE(opener.open(key_of(2), seal(key_of(1), event)));
    }
}

TEST(SealedEvent, SaysNothingWithoutTheKey) {
    Event event = sample_event(1, "the-key");
    event.surface = "a-planted-word";
    const SealedEvent sealed = seal(key_of(1), event);
    const std::string text(sealed.sealed.begin(), sealed.sealed.end());
    EXPECT_EQ(text.find("planted"), text.npos);
    EXPECT_EQ(open_seal(key_of(2), sealed).error().message.id, "event.unreadable");
    EXPECT_NE(name_of_key(key_of(1), "the-key"), name_of_key(key_of(2), "the-key"));
}

TEST(SealedEvent, NoByteCanBeChanged) {
    const SealedEvent sealed = seal(key_of(1), sample_event(1, "a"));
    for (std::size_t place = 0; place < sealed.sealed.size(); ++place) {
        SealedEvent changed = sealed;
        changed.sealed[place] ^= 1U;
        EXPECT_FALSE(open_seal(key_of(1), changed)) << place;
    }
    for (std::size_t place = 0; place < sealed.commitment.size(); ++place) {
        SealedEvent changed = sealed;
        changed.commitment[place] ^= 1U;
        EXPECT_FALSE(open_seal(key_of(1), changed)) << place;
    }
    SealedEvent short_one = sealed;
    short_one.sealed.resize(5);
    EXPECT_FALSE(open_seal(key_of(1), short_one));
}

TEST(SealedEvent, TheCommitmentIsWhatTheSpecificationSays) {
    const Event event = sample_event(1, "a");
    const PersonKey key = key_of(1);
    const SealedEvent sealed = seal(key, event);
    std::vector<std::uint8_t> input{0};
    const Digest blind = blind_of(key, sealed.name);
    input.insert(input.end(), blind.begin(), blind.end());
    const auto bytes = bytes_of(event);
    input.insert(input.end(), bytes.begin(), bytes.end());
    EXPECT_EQ(sealed.commitment, sha256(input));
}

TEST(SealedEvent, AnEntryHasItsPlaceAndTheChainGrowsByItsLeaf) {
    const SealedEvent sealed = seal(key_of(1), sample_event(1, "a"));
    const Digest digest = sha256(sealed.sealed);
    const Entry entry = entry_of(258, 3, sealed.commitment, digest);
    EXPECT_EQ(entry[0], 2);
    EXPECT_EQ(entry[3], 1);
    EXPECT_EQ(entry[4], 2);
    EXPECT_EQ(entry[12], 3);
    EXPECT_TRUE(std::equal(sealed.commitment.begin(), sealed.commitment.end(), entry.begin() + 13));
    EXPECT_TRUE(std::equal(digest.begin(), digest.end(), entry.begin() + 45));
    const Head one = next(Head{}, leaf_hash(entry));
    EXPECT_EQ(one.seq, 1);
    std::vector<std::uint8_t> input(33, 0);
    input[0] = 1;
    const Digest leaf = leaf_hash(entry);
    input.insert(input.end(), leaf.begin(), leaf.end());
    EXPECT_EQ(one.hash, sha256(input));
}

}  // namespace
}  // namespace licet::ledger
