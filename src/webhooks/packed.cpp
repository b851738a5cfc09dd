// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"
#include "webhooks/report.h"

namespace licet::webhooks {
namespace {

constexpr char kForm = 1;
constexpr unsigned kSizeBytes = 4;
constexpr std::uint64_t kMostHeaders = 10'000;

void put_size(std::string& out, std::uint64_t size) {
    std::vector<std::uint8_t> bytes;
    append_big_endian(bytes, size, kSizeBytes);
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void put(std::string& out, std::string_view text) {
    put_size(out, text.size());
    out += text;
}

// Takes texts from the front; after a fault everything is empty and has_fault() says so.
class Taker {
  public:
    explicit Taker(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number() {
        if (rest_.size() < kSizeBytes) {
            has_fault_ = true;
            return 0;
        }
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(rest_.data()), kSizeBytes);
        rest_.remove_prefix(kSizeBytes);
        return big_endian(bytes);
    }
    std::string text() {
        const std::uint64_t size = number();
        if (has_fault_ || rest_.size() < size) {
            has_fault_ = true;
            return {};
        }
        std::string out(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return out;
    }
    [[nodiscard]] bool has_fault() const { return has_fault_; }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
    bool has_fault_ = false;
};

}  // namespace

std::string packed(const RawRequest& request) {
    std::string out(1, kForm);
    put(out, request.method);
    put(out, request.url);
    put_size(out, request.headers.size());
    for (const auto& [name, value] : request.headers) {
        put(out, name);
        put(out, value);
    }
    put(out, request.body);
    return out;
}

Result<RawRequest> unpacked(std::string_view bytes) {
    const Error fault = error(ErrorCode::kBroken, "webhooks.unreadable");
    if (bytes.empty() || bytes.front() != kForm) return fault;
    Taker taker(bytes.substr(1));
    RawRequest request;
    request.method = taker.text();
    request.url = taker.text();
    const std::uint64_t count = taker.number();
    if (count > kMostHeaders) return fault;
    for (std::uint64_t i = 0; i < count && !taker.has_fault(); ++i) {
        std::string name = taker.text();
        request.headers.emplace_back(std::move(name), taker.text());
    }
    request.body = taker.text();
    if (taker.has_fault() || !taker.is_at_end()) return fault;
    return request;
}

}  // namespace licet::webhooks
