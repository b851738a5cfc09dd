// SPDX-License-Identifier: Apache-2.0
#include "main/whole_domain.h"

#include <set>
#include <string>

#include "base/text.h"
#include "main/people.h"
#include "main/resources.h"

namespace licet {
namespace {

std::set<std::string, std::less<>> read_suffixes() {
    std::set<std::string, std::less<>> out;
    for (std::string_view line : lines_of(resource("src/gate/reference/public_suffixes.txt"))) {
        line = trimmed(line.substr(0, line.find('#')));
        for (const std::string_view name : split(line, ' '))
            if (!name.empty()) out.emplace(name);
    }
    return out;
}

}  // namespace

Result<Done> check_whole_domain(std::string_view address) {
    if (!trimmed(address).starts_with('@')) return Done{};
    // Both are read once: a file may name many domains.
    static const gate::Reference kReference = carried_reference();
    static const auto kSuffixes = read_suffixes();
    const auto point = LICET_TRY(ledger::contact_point_of_domain(address));
    const std::string& domain = point.strict.bytes;
    if (kReference.is_free_mail(domain)) return error(ErrorCode::kInput, "suppress.whole_provider");
    if (kSuffixes.contains(domain)) return error(ErrorCode::kInput, "suppress.public_suffix");
    return Done{};
}

}  // namespace licet
