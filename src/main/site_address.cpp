// SPDX-License-Identifier: Apache-2.0
#include "main/site_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"

namespace licet {
namespace {

constexpr std::size_t kMostHost = 253;  // RFC 1035, section 2.3.4

// Networks that are somebody's own, or nobody's: RFC 6890 and the registries that it names.
struct Network4 {
    std::uint32_t address;
    int bits;
};
constexpr std::array<Network4, 14> kNotPublic4 = {{{0x00000000, 8},
                                                   {0x0A000000, 8},
                                                   {0x64400000, 10},
                                                   {0x7F000000, 8},
                                                   {0xA9FE0000, 16},
                                                   {0xAC100000, 12},
                                                   {0xC0000000, 24},
                                                   {0xC0000200, 24},
                                                   {0xC0A80000, 16},
                                                   {0xC6120000, 15},
                                                   {0xC6336400, 24},
                                                   {0xCB007100, 24},
                                                   {0xE0000000, 4},
                                                   {0xF0000000, 4}}};

bool is_public4(std::uint32_t address) {
    for (const Network4& one : kNotPublic4)
        if ((address >> (32 - one.bits)) == (one.address >> (32 - one.bits))) return false;
    return true;
}

bool is_public6(const std::array<std::uint8_t, 16>& bytes) {
    // What is public lies in 2000::/3; in it, 2001::/23, 2001:db8::/32 and 2002::/16 are not.
    if ((bytes[0] >> 5U) != 1) return false;
    const bool is_protocol = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;
    const bool is_example =
        bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8;
    const bool is_tunnel = bytes[0] == 0x20 && bytes[1] == 0x02;
    return !is_protocol && !is_example && !is_tunnel;
}

struct FreeFound {
    void operator()(addrinfo* found) const noexcept { ::freeaddrinfo(found); }
};

std::string text_of_address(const addrinfo& one) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(one.ai_addr, one.ai_addrlen, text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) != 0)
        return {};
    return text.data();
}

// Of a name, or of an address with or without its brackets; none if it leads nowhere.
std::vector<std::string> addresses_of(std::string name) {
    if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    std::vector<std::string> out;
    if (::getaddrinfo(name.c_str(), nullptr, &hints, &list) != 0) return out;
    const std::unique_ptr<addrinfo, FreeFound> found(list);
    for (const addrinfo* one = found.get(); one != nullptr; one = one->ai_next)
        out.push_back(text_of_address(*one));
    return out;
}

}  // namespace

Result<SiteAddress> site_address(const std::string& typed) {
    const auto wrong = [&] { return error(ErrorCode::kInput, "site.url_form"); };
    std::string text(trimmed(typed));
    if (text.find("://") == text.npos) text = "https://" + text;
    const std::size_t colon = text.find("://");
    const std::string scheme = ascii_lower(text.substr(0, colon));
    if (scheme != "http" && scheme != "https") return wrong();
    const std::string rest = text.substr(colon + 3);
    const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
    std::string authority = ascii_lower(rest.substr(0, end));
    std::string path = rest.substr(end);
    const bool has_odd =
        path.find_first_of(" \t\r\n\\\"<>") != path.npos || authority.find('@') != authority.npos;
    std::string host = authority;
    if (const std::size_t port = host.rfind(':'); port != host.npos && host.back() != ']') {
        const std::string number = host.substr(port + 1);
        if (number.empty() || number.size() > 5 ||
            number.find_first_not_of("0123456789") != number.npos)
            return wrong();
        host.resize(port);
    }
    const bool is_host =
        !host.empty() && host.size() <= kMostHost &&
        host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-[]:") == host.npos;
    if (has_odd || !is_host) return wrong();
    if (path.empty() || path[0] != '/') path.insert(0, "/");
    return SiteAddress{scheme + "://" + authority + path, host, ""};
}

bool is_public_address(const std::string& address) {
    in_addr four{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return is_public4(ntohl(four.s_addr));
    std::array<std::uint8_t, 16> six{};
    return ::inet_pton(AF_INET6, address.c_str(), six.data()) == 1 && is_public6(six);
}

bool is_public_host(const std::string& host) {
    const std::vector<std::string> all = addresses_of(host);
    return !all.empty() && std::all_of(all.begin(), all.end(), is_public_address);
}

Result<SiteAddress> public_site(SiteAddress address) {
    const std::vector<std::string> all = addresses_of(address.host);
    if (all.empty()) return error(ErrorCode::kInput, "site.no_such_name", {{"name", address.host}});
    if (!std::all_of(all.begin(), all.end(), is_public_address))
        return error(ErrorCode::kInput, "site.not_public", {{"name", address.host}});
    const bool is_six = all.front().find(':') != all.front().npos;
    address.resolver_rules =
        "MAP " + address.host + " " + (is_six ? "[" + all.front() + "]" : all.front());
    return address;
}

}  // namespace licet
