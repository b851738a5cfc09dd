// SPDX-License-Identifier: Apache-2.0
#include "http/router.h"

#include "base/text.h"
#include "http/url.h"

namespace licet::http {

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> named;
    std::unique_ptr<Node> place;
    ByMethod routes;
    ByMethod rest;  ///< of patterns that take all that is left
};

namespace {

std::string_view name_in(std::string_view part) { return part.substr(1, part.size() - 2); }

// The decoded segments of a path; nothing if it is no path of ours.
std::optional<std::vector<std::string>> segments_of(std::string_view path) {
    if (!path.starts_with('/')) return std::nullopt;
    std::vector<std::string> out;
    for (const std::string_view part : split(path.substr(1), '/')) {
        auto text = percent_decoded(part);
        if (!text || *text == ".." || *text == "." || text->find('/') != text->npos)
            return std::nullopt;
        out.push_back(*std::move(text));
    }
    return out;
}

}  // namespace

Router::Router(std::vector<Route> routes)
    : routes_(std::move(routes)), root_(std::make_unique<Node>()) {
    for (const Route& route : routes_) {
        Node* node = root_.get();
        bool takes_rest = false;
        if (route.pattern.find('{') == std::string::npos)
            exact_[route.pattern].emplace(route.method, &route);
        for (const std::string_view part : split(std::string_view(route.pattern).substr(1), '/')) {
            takes_rest = part.ends_with("...}");
            if (takes_rest) break;
            auto& next = part.starts_with('{') ? node->place : node->named[std::string(part)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        const bool is_new =
            (takes_rest ? node->rest : node->routes).emplace(route.method, &route).second;
        LICET_ENSURE(is_new);
    }
}

Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

const Router::ByMethod* Router::walk(const Node& node, const std::vector<std::string>& segments,
                                     std::size_t at, std::vector<std::string>& taken) {
    if (at == segments.size()) return node.routes.empty() ? nullptr : &node.routes;
    const auto named = node.named.find(segments[at]);
    if (named != node.named.end())
        if (const ByMethod* found = walk(*named->second, segments, at + 1, taken)) return found;
    if (node.place && !segments[at].empty()) {
        taken.push_back(segments[at]);
        if (const ByMethod* found = walk(*node.place, segments, at + 1, taken)) return found;
        taken.pop_back();
    }
    if (node.rest.empty()) return nullptr;
    std::string rest;
    for (std::size_t i = at; i < segments.size(); ++i) rest += (i == at ? "" : "/") + segments[i];
    taken.push_back(rest);
    return &node.rest;
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match match;
    std::vector<std::string> taken;
    const ByMethod* routes = nullptr;
    if (const auto exact = exact_.find(path); exact != exact_.end()) {
        routes = &exact->second;
    } else if (const auto segments = segments_of(path)) {
        routes = walk(*root_, *segments, 0, taken);
    }
    if (routes == nullptr) return match;
    const auto found = routes->find(method == Method::kHead ? Method::kGet : method);
    if (found == routes->end()) {
        for (const auto& [other, route] : *routes) match.other_methods.push_back(other);
        return match;
    }
    match.route = found->second;
    if (taken.empty()) return match;
    std::size_t next = 0;
    for (std::string_view part : split(std::string_view(match.route->pattern).substr(1), '/')) {
        if (!part.starts_with('{')) continue;
        std::string_view name = name_in(part);
        if (name.ends_with("...")) name.remove_suffix(3);
        match.values.emplace_back(std::string(name), std::move(taken[next++]));
    }
    return match;
}

}  // namespace licet::http
