// SPDX-License-Identifier: Apache-2.0
#include "ledger/person_keys.h"

#include <openssl/crypto.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "base/bytes.h"

namespace licet::ledger {
namespace {

constexpr std::string_view kHeader = "licet-person-keys-1\n";
constexpr std::string_view kChildName = "licet/person-key/1";
constexpr std::string_view kUseName = "licet/person-use/1";
constexpr unsigned kDepth = 16;  // half-bytes of a token that lead to a key
constexpr std::size_t kNodeBytes = 43;

// Depths of which nodes are remembered, 4,096 each. All nodes of the first have a place; of the
// second, those of one partition, which is what is read at a time.
constexpr std::array<unsigned, 2> kUpperDepths = {3, 5};
constexpr std::size_t kUpperNodes = 4096;

// A name, 32 bytes, one byte: the text of each step down the tree.
class Step {
  public:
    explicit Step(std::string_view name) : hasher_(name.size() + sizeof(Digest) + 1) {
        std::copy(name.begin(), name.end(), hasher_.text().begin());
    }
    void from(const Digest& node, std::uint8_t which, Digest& out) {
        const auto text = hasher_.text();
        std::copy(node.begin(), node.end(), text.end() - 1 - std::ssize(node));
        text.back() = which;
        hasher_.digest_to(out);
    }

  private:
    ShortHasher hasher_;
};

std::uint64_t path_of(const Token& token) {
    std::uint64_t path = 0;
    for (std::size_t i = 0; i < 8; ++i) path = path << 8U | token.bytes[i];
    return path;
}

unsigned half_byte(std::uint64_t path, unsigned depth) {
    return static_cast<unsigned>(path >> (4 * (kDepth - 1 - depth))) & 0xFU;
}

// The half-bytes of a path down to `depth`; the rest 0.
std::uint64_t beginning(std::uint64_t path, unsigned depth) {
    return depth == 0 ? 0 : path >> (4 * (kDepth - depth)) << (4 * (kDepth - depth));
}

void wipe(Digest& digest) { OPENSSL_cleanse(digest.data(), digest.size()); }

PersonKey key_from(Digest secret, Era era) {
    PersonKey key;
    key.era = era;
    Step use(kUseName);
    use.from(secret, 1, key.seal);
    use.from(secret, 2, key.blind);
    use.from(secret, 3, key.name);
    wipe(secret);
    return key;
}

std::uint64_t number_at(std::span<const std::uint8_t> bytes, std::size_t place, std::size_t size) {
    return big_endian(bytes.subspan(place, size));
}

}  // namespace

Digest new_root() {
    LICET_ENSURE(sodium_init() >= 0);
    Digest out;
    randombytes_buf(out.data(), out.size());
    return out;
}

PersonKey::~PersonKey() {
    wipe(seal);
    wipe(blind);
    wipe(name);
}

PersonKeys::PersonKeys(const Digest& root) : nodes_{{1, 0, 0, root}} {}

PersonKeys::~PersonKeys() {
    for (Node& node : nodes_) wipe(node.value);
}

void UpperLevels::forget() {
    for (Node& node : nodes_) wipe(node.value);
    nodes_.clear();
}

UpperLevels::Node* UpperLevels::place_of(std::uint64_t path, unsigned depth) {
    const auto level = std::find(kUpperDepths.begin(), kUpperDepths.end(), depth);
    if (level == kUpperDepths.end()) return nullptr;
    if (nodes_.empty()) nodes_.resize(kUpperDepths.size() * kUpperNodes);
    const auto start = static_cast<std::size_t>(level - kUpperDepths.begin()) * kUpperNodes;
    return &nodes_[start + (path >> (4 * (kDepth - depth))) % kUpperNodes];
}

// INVARIANT: nodes are sorted and none is within the reach of another, so the one over a path is
// the last that does not begin after it, or there is none.
const PersonKeys::Node* PersonKeys::node_over(std::uint64_t path, Era era) const {
    auto after = std::upper_bound(nodes_.begin(), nodes_.end(), std::tuple(era, path),
                                  [](const auto& place, const Node& node) {
                                      return place < std::tuple(node.era, node.path);
                                  });
    if (after == nodes_.begin()) return nullptr;
    --after;
    const bool is_over = after->era == era && beginning(path, after->depth) == after->path;
    return is_over ? &*after : nullptr;
}

Digest PersonKeys::secret_below(const Node& node, std::uint64_t path, UpperLevels& upper) {
    const auto beginning_at = [&](unsigned depth) {
        return static_cast<std::uint32_t>(path >> (4 * (kDepth - depth)));
    };
    unsigned depth = node.depth;
    Digest value = node.value;
    for (const unsigned known : kUpperDepths) {
        if (known <= depth) continue;
        const UpperLevels::Node& place = *upper.place_of(path, known);
        if (place.era != node.era || place.beginning != beginning_at(known)) continue;
        value = place.value;
        depth = known;
    }
    Step child(kChildName);
    while (depth < kDepth) {
        child.from(value, static_cast<std::uint8_t>(half_byte(path, depth)), value);
        ++depth;
        if (UpperLevels::Node* place = upper.place_of(path, depth))
            *place = {node.era, beginning_at(depth), value};
    }
    return value;
}

std::optional<PersonKey> PersonKeys::key_of(const Token& token, Era era, UpperLevels& upper) const {
    const std::uint64_t path = path_of(token);
    const Node* node = node_over(path, era);
    if (node == nullptr) return std::nullopt;
    return key_from(secret_below(*node, path, upper), era);
}

std::optional<PersonKey> PersonKeys::key_of(const Token& token, UpperLevels& upper) const {
    const Era newest = newest_era();
    for (Era era = 1; era <= newest; ++era)
        if (auto key = key_of(token, era, upper)) return key;
    return std::nullopt;
}

// The events of the ledger itself are of the token of zeros, which nobody erases.
std::uint64_t PersonKeys::check_value() const {
    constexpr Era kFirst = 1;
    const auto key = key_of(Token{}, kFirst);
    if (!key) return 0;
    const Digest digest = Hasher().add("licet/person-keys-check/1").add(key->name).digest();
    return big_endian(std::span(digest).first(sizeof(std::uint64_t))) | 1U;
}

// Adds to `out`, in order, what is left of a node when these paths (sorted, all below it) are gone.
void PersonKeys::punch(const Node& node, std::span<const std::uint64_t> paths,
                       std::vector<Node>& out) {
    if (paths.empty()) {
        out.push_back(node);
        return;
    }
    if (node.depth == kDepth) return;
    for (unsigned place = 0; place < 16; ++place) {
        const auto depth = static_cast<std::uint8_t>(node.depth + 1);
        const std::uint64_t start = node.path | std::uint64_t{place} << (4 * (kDepth - depth));
        const auto end = std::find_if(paths.begin(), paths.end(), [&](std::uint64_t path) {
            return beginning(path, depth) != start;
        });
        const auto here = paths.first(static_cast<std::size_t>(end - paths.begin()));
        paths = paths.subspan(here.size());
        Node child{node.era, depth, start, {}};
        Step(kChildName).from(node.value, static_cast<std::uint8_t>(place), child.value);
        punch(child, here, out);
        wipe(child.value);
    }
}

bool PersonKeys::destroy(std::span<const Doomed> persons) {
    if (!reaches_any(persons)) return false;
    std::vector<Node> left;
    auto node = nodes_.begin();
    for (Era era = 1; node != nodes_.end(); ++era) {
        std::vector<std::uint64_t> paths;
        for (const auto& [token, last] : persons)
            if (last >= era) paths.push_back(path_of(token));
        std::sort(paths.begin(), paths.end());
        paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
        for (; node != nodes_.end() && node->era == era; ++node) {
            const auto is_below = [&](std::uint64_t path) {
                return beginning(path, node->depth) == node->path;
            };
            const auto first = std::lower_bound(paths.begin(), paths.end(), node->path);
            punch(*node, std::span(first, std::find_if_not(first, paths.end(), is_below)), left);
        }
    }
    for (Node& one : nodes_) wipe(one.value);
    nodes_ = std::move(left);
    upper_.forget();
    return true;
}

bool PersonKeys::reaches_any(std::span<const Doomed> persons) const {
    return std::any_of(persons.begin(), persons.end(), [&](const Doomed& one) {
        for (Era era = 1; era <= std::min(one.second, newest_era()); ++era)
            if (node_over(path_of(one.first), era) != nullptr) return true;
        return false;
    });
}

Era PersonKeys::newest_era() const { return nodes_.empty() ? Era{0} : nodes_.back().era; }

void PersonKeys::add_era(const Digest& root) {
    nodes_.push_back({static_cast<Era>(newest_era() + 1), 0, 0, root});
}

std::vector<std::uint8_t> PersonKeys::bytes() const {
    std::vector<std::uint8_t> out;
    out.reserve(kHeader.size() + 4 + nodes_.size() * kNodeBytes + sizeof(Digest));
    out.insert(out.end(), kHeader.begin(), kHeader.end());
    append_big_endian(out, nodes_.size(), 4);
    for (const Node& node : nodes_) {
        append_big_endian(out, node.era, 2);
        append_big_endian(out, node.depth, 1);
        append_big_endian(out, node.path, 8);
        out.insert(out.end(), node.value.begin(), node.value.end());
    }
    const Digest check = sha256(out);
    out.insert(out.end(), check.begin(), check.end());
    return out;
}

Result<PersonKeys> PersonKeys::of(std::span<const std::uint8_t> bytes) {
    const auto bad = [] { return error(ErrorCode::kInput, "person_keys.form"); };
    constexpr std::size_t kFixed = kHeader.size() + 4 + sizeof(Digest);
    if (bytes.size() < kFixed || !std::ranges::equal(bytes.first(kHeader.size()), kHeader))
        return bad();
    const std::uint64_t count = number_at(bytes, kHeader.size(), 4);
    if (bytes.size() != kFixed + count * kNodeBytes) return bad();
    const auto checked = bytes.first(bytes.size() - sizeof(Digest));
    if (!std::ranges::equal(sha256(checked), bytes.last(sizeof(Digest)))) return bad();
    std::vector<Node> nodes(count);
    std::size_t place = kHeader.size() + 4;
    for (Node& node : nodes) {
        node.era = static_cast<Era>(number_at(bytes, place, 2));
        node.depth = static_cast<std::uint8_t>(number_at(bytes, place + 2, 1));
        node.path = number_at(bytes, place + 3, 8);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(place) + 11, sizeof(Digest),
                    node.value.begin());
        place += kNodeBytes;
        const bool is_sound =
            node.era > 0 && node.depth <= kDepth && beginning(node.path, node.depth) == node.path;
        if (!is_sound) return bad();
    }
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        const Node& before = nodes[i - 1];
        const bool is_after =
            std::tie(before.era, before.path) < std::tie(nodes[i].era, nodes[i].path);
        const bool is_within =
            before.era == nodes[i].era && beginning(nodes[i].path, before.depth) == before.path;
        if (!is_after || is_within) return bad();
    }
    return PersonKeys(std::move(nodes));
}

}  // namespace licet::ledger
