// SPDX-License-Identifier: Apache-2.0
//
// A key for every person, without a stored key for any: the leaves of a tree whose root is kept.
//
//     root ──► 16 children ──► ... 16 levels ... ──► secret of a token
//     destroy(token): each node on the path becomes its 15 other children
//
// What is left after a destruction gives every other key and never that one, so the file of keys
// grows by some kilobytes an erasure and not by one key a person. A person who comes back gets a
// key of the next era (another tree). Source: the tree of Goldreich, Goldwasser and Micali (1986),
// punctured. Byte by byte: docs/ledger-format.md, section 4.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "ledger/token.h"

namespace licet::ledger {

/// Gives 32 bytes of the system's randomness, for the root of a tree.
[[nodiscard]] Digest new_root();

/// Number of a tree of keys, from 1.
using Era = std::uint16_t;

/// What the secret of a person is used for; each use has a key of its own. Wiped when it dies.
struct PersonKey {
    Era era = 0;
    Digest seal{};   ///< XChaCha20-Poly1305
    Digest blind{};  ///< blinds commitments
    Digest name{};   ///< turns keys of events into names

    PersonKey() = default;
    PersonKey(const PersonKey&) = default;
    PersonKey& operator=(const PersonKey&) = default;
    ~PersonKey();
};

/// Nodes that look-ups have met: most persons share their upper levels. Wiped when it dies.
/// Threads: one object per thread.
class UpperLevels {
  public:
    UpperLevels() = default;
    UpperLevels(UpperLevels&&) = default;
    UpperLevels& operator=(UpperLevels&& other) noexcept {
        std::swap(nodes_, other.nodes_);  // the other one wipes them
        return *this;
    }
    UpperLevels(const UpperLevels&) = delete;
    UpperLevels& operator=(const UpperLevels&) = delete;
    ~UpperLevels() { forget(); }

    void forget();

  private:
    friend class PersonKeys;
    struct Node {
        Era era = 0;                  ///< 0 = none
        std::uint32_t beginning = 0;  ///< of the path
        Digest value{};
    };
    /// Where the node of a path is or goes, at a depth that is remembered; null at any other.
    [[nodiscard]] Node* place_of(std::uint64_t path, unsigned depth);
    std::vector<Node> nodes_;
};

/// Threads: one object per thread (look-ups remember the upper levels); any number may share one
/// that does not change, each with UpperLevels of its own.
class PersonKeys {
  public:
    /// Starts with one root. `root` must come from a generator for secrets.
    explicit PersonKeys(const Digest& root);

    /// Reads the bytes of a key file. Errors: kInput ("person_keys.form").
    [[nodiscard]] static Result<PersonKeys> of(std::span<const std::uint8_t> bytes);
    /// Gives the bytes of the key file: the same keys, the same bytes.
    [[nodiscard]] std::vector<std::uint8_t> bytes() const;

    PersonKeys(PersonKeys&&) = default;
    PersonKeys& operator=(PersonKeys&& other) noexcept {
        std::swap(nodes_, other.nodes_);  // the other one wipes them
        upper_ = std::move(other.upper_);
        return *this;
    }
    PersonKeys(const PersonKeys&) = delete;
    PersonKeys& operator=(const PersonKeys&) = delete;
    ~PersonKeys();

    /// Gives the newest key that the person has: that of the first era which still reaches it.
    /// Nothing if no era does: the person came back after an erasure, and an era must be added.
    [[nodiscard]] std::optional<PersonKey> key_of(const Token& token) const {
        return key_of(token, upper_);
    }
    [[nodiscard]] std::optional<PersonKey> key_of(const Token& token, UpperLevels& upper) const;
    /// Gives the key of one era; nothing if it was destroyed.
    [[nodiscard]] std::optional<PersonKey> key_of(const Token& token, Era era) const {
        return key_of(token, era, upper_);
    }
    [[nodiscard]] std::optional<PersonKey> key_of(const Token& token, Era era,
                                                  UpperLevels& upper) const;

    /// A person, and the newest era whose key is to be destroyed.
    using Doomed = std::pair<Token, Era>;
    /// Destroys the keys of all these persons at once. Gives false if there was none left to
    /// destroy. Cost: some microseconds a person, and one pass over the nodes.
    bool destroy(std::span<const Doomed> persons);
    bool destroy(const Token& token, Era last) { return destroy({{{token, last}}}); }
    /// True if destroy(persons) would destroy something.
    [[nodiscard]] bool reaches_any(std::span<const Doomed> persons) const;

    /// Names these keys without telling them (docs/ledger-format.md, section 4), whatever was
    /// destroyed among them; 0 if even that of the ledger itself was.
    [[nodiscard]] std::uint64_t check_value() const;

    /// Adds a tree. `root` must come from a generator for secrets.
    void add_era(const Digest& root);
    [[nodiscard]] Era newest_era() const;

  private:
    struct Node {
        Era era = 0;
        std::uint8_t depth = 0;  ///< 0 = root, 16 = secret of one path
        std::uint64_t path = 0;  ///< half-bytes from the left; the rest is 0
        Digest value{};
    };
    explicit PersonKeys(std::vector<Node> nodes) : nodes_(std::move(nodes)) {}
    [[nodiscard]] const Node* node_over(std::uint64_t path, Era era) const;
    [[nodiscard]] static Digest secret_below(const Node& node, std::uint64_t path,
                                             UpperLevels& upper);
    static void punch(const Node& node, std::span<const std::uint64_t> paths,
                      std::vector<Node>& out);

    std::vector<Node> nodes_;  ///< sorted by era and path; none within the reach of another
    mutable UpperLevels upper_;
};

}  // namespace licet::ledger
