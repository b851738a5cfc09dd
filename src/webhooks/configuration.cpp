// SPDX-License-Identifier: Apache-2.0
#include "webhooks/configuration.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/base64.h"
#include "base/text.h"
#include "base/toml.h"
#include "ledger/scope.h"
#include "webhooks/outgoing.h"
#include "webhooks/signatures.h"

namespace licet::webhooks {
namespace {

constexpr std::array<std::string_view, 5> kChannels = {"email", "sms", "mms", "rcs",
                                                       "chat_message"};
constexpr std::array<std::string_view, 12> kEndpointKeys = {
    "provider", "token", "secret",  "secret_file", "certificate_file", "arn",
    "url",      "brand", "purpose", "channel",     "country",          "topics"};
constexpr std::array<std::string_view, 4> kSubscriptionKeys = {"url", "secret", "secret_file",
                                                               "types"};
constexpr std::size_t kLeastSecretBytes = 24;  // of the specification of Standard Webhooks

template <std::size_t Size>
bool is_among(const std::array<std::string_view, Size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Reader {
  public:
    Reader(const TomlFile& file, const FileReader& files) : file_(file), files_(files) {}

    Read<Configuration> read() {
        for (const auto& [section, name] : sections()) {
            if (section == "from")
                read_endpoint(name);
            else
                read_subscription(name);
        }
        return std::move(out_);
    }

  private:
    // "from.newsletter.token" -> ("from", "newsletter"), each once, in the order of names.
    std::set<std::pair<std::string, std::string>> sections() {
        std::set<std::pair<std::string, std::string>> found;
        for (const auto& [key, value] : file_.values) {
            std::ignore = value;
            const std::vector<std::string_view> parts = split(key, '.');
            const bool is_known = parts.size() >= 3 && (parts[0] == "from" || parts[0] == "to");
            const bool is_key =
                is_known && (parts[0] == "from" ? is_among(kEndpointKeys, parts[2])
                                                : is_among(kSubscriptionKeys, parts[2]));
            const bool has_form = is_key && (parts.size() == 3) == (parts[2] != "topics");
            // A list of a provider may have dots in its name.
            const bool is_topic = is_key && parts[2] == "topics" && parts.size() > 3;
            if (has_form || is_topic)
                found.emplace(parts[0], parts[1]);
            else
                tell("webhooks.unknown_key", key, {{"name", key}});
        }
        return found;
    }

    void tell(std::string_view id, const std::string& key, Message::Arguments arguments = {}) {
        out_.problems.push_back(
            error(ErrorCode::kInput, id, std::move(arguments), file_.where(key)));
    }

    // The secrets of a section: texts here, or the lines of a file.
    std::vector<std::string> secrets_of(const std::string& section) {
        std::vector<std::string> found;
        for (std::string& text : file_.items(section + ".secret"))
            if (!trimmed(text).empty()) found.push_back(std::move(text));
        const std::string path = file_.text(section + ".secret_file");
        if (path.empty()) return found;
        const std::string text = read_file(path, section + ".secret_file");
        if (text.find("-----BEGIN") != text.npos)
            found.push_back(text);
        else
            for (const std::string_view line : lines_of(text))
                if (!trimmed(line).empty()) found.emplace_back(trimmed(line));
        return found;
    }

    std::string read_file(const std::string& path, const std::string& key) {
        auto text = files_(path);
        if (text) return *std::move(text);
        Error problem = text.error();
        problem.where = file_.where(key);
        out_.problems.push_back(std::move(problem));
        return {};
    }

    void read_endpoint(const std::string& name) {
        const std::string section = "from." + name;
        Endpoint one;
        one.name = name;
        const std::string provider = file_.text(section + ".provider");
        const auto known = provider_of(provider);
        if (!known) {
            std::vector<std::string> names;
            for (const Provider each : all_providers()) names.emplace_back(name_of(each));
            // A section without a provider has at least one key: its place is that of the section.
            const std::string key = first_key_of(section, "provider");
            return tell("webhooks.unknown_provider", key, {{"known", join(names, ", ")}});
        }
        one.provider = *known;
        read_token(section, one);
        for (std::string& secret : secrets_of(section)) one.secrets.emplace_back(std::move(secret));
        if (one.secrets.empty() && one.provider != Provider::kOvh && one.provider != Provider::kSes)
            tell("webhooks.no_secret", section + ".provider", {{"name", name}});
        if (one.provider == Provider::kSes) read_sns(section, one);
        read_scope(section, one);
        out_.value.endpoints.push_back(std::move(one));
    }

    [[nodiscard]] std::string first_key_of(const std::string& section,
                                           const std::string& wanted) const {
        if (file_.values.contains(section + "." + wanted)) return section + "." + wanted;
        const auto first = file_.values.lower_bound(section + ".");
        return first == file_.values.end() ? section : first->first;
    }

    void read_token(const std::string& section, Endpoint& one) {
        std::string token = file_.text(section + ".token");
        const bool is_of_url = token.find_first_not_of(
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789-_") == token.npos;
        if (token.size() < kLeastTokenSize || !is_of_url)
            tell("webhooks.short_token", first_key_of(section, "token"),
                 {{"least", std::to_string(kLeastTokenSize)}});
        else if (!tokens_.insert(token).second)
            tell("webhooks.same_token", section + ".token");
        one.token = Personal<std::string>(std::move(token));
    }

    void read_sns(const std::string& section, Endpoint& one) {
        const std::string path = file_.text(section + ".certificate_file");
        if (!path.empty()) one.certificates = read_file(path, section + ".certificate_file");
        if (path.empty() || (!one.certificates.empty() && !is_certificate(one.certificates)))
            tell("webhooks.no_certificate", first_key_of(section, "certificate_file"));
        one.arn = file_.text(section + ".arn");
        if (!one.arn.starts_with("arn:")) tell("webhooks.no_arn", first_key_of(section, "arn"));
    }

    void read_scope(const std::string& section, Endpoint& one) {
        one.url = file_.text(section + ".url");
        if (!one.url.empty() && !is_web_address(one.url))
            tell("webhooks.bad_url", section + ".url");
        one.brand = file_.text(section + ".brand");
        one.country = file_.text(section + ".country");
        one.channel = file_.text(section + ".channel");
        if (!one.channel.empty() && !is_among(kChannels, one.channel))
            tell("webhooks.bad_channel", section + ".channel");
        one.purpose = file_.text(section + ".purpose");
        if (!one.purpose.empty() && !ledger::is_purpose_path(one.purpose))
            tell("webhooks.bad_purpose", section + ".purpose");
        const std::string topics = section + ".topics.";
        for (auto at = file_.values.lower_bound(topics);
             at != file_.values.end() && at->first.starts_with(topics); ++at) {
            if (ledger::is_purpose_path(at->second.text))
                one.topics[at->first.substr(topics.size())] = at->second.text;
            else
                tell("webhooks.bad_purpose", at->first);
        }
    }

    void read_subscription(const std::string& name) {
        const std::string section = "to." + name;
        Subscription one;
        one.name = name;
        one.url = file_.text(section + ".url");
        if (!is_web_address(one.url)) tell("webhooks.bad_url", first_key_of(section, "url"));
        for (const std::string& text : secrets_of(section)) {
            auto bytes = bytes_of_webhook_secret(text);
            if (bytes && bytes->size() >= kLeastSecretBytes)
                one.secrets.emplace_back(*std::move(bytes));
            else
                tell("webhooks.bad_secret", first_key_of(section, "secret"));
        }
        if (one.secrets.empty())
            tell("webhooks.no_secret", first_key_of(section, "url"), {{"name", name}});
        one.types = file_.items(section + ".types");
        for (const std::string& type : one.types)
            if (!is_event_type(type))
                tell("webhooks.unknown_type", section + ".types", {{"type", type}});
        out_.value.subscriptions.push_back(std::move(one));
    }

    const TomlFile& file_;
    const FileReader& files_;
    std::set<std::string> tokens_;
    Read<Configuration> out_;
};

}  // namespace

Read<Configuration> read_configuration(std::string_view text, const std::string& path,
                                       const FileReader& files) {
    const auto file = parse_toml(text, path);
    if (!file) {
        Read<Configuration> out;
        out.problems.push_back(file.error());
        return out;
    }
    return Reader(*file, files).read();
}

std::string_view proof_of(Provider provider) {
    switch (provider) {
        case Provider::kBrevo:
        case Provider::kMailjet:
        case Provider::kPostmark:
            return "basic";
        case Provider::kSendgrid:
            return "ecdsa";
        case Provider::kSes:
            return "sns";
        case Provider::kMailgun:
            return "hmac";
        case Provider::kTwilio:
            return "twilio";
        case Provider::kVonage:
            return "vonage";
        case Provider::kOvh:
            return "url";
    }
    return "";
}

}  // namespace licet::webhooks
