// SPDX-License-Identifier: Apache-2.0
#include "main/paper_states.h"

#include "main/files.h"
#include "main/paper_desk.h"

namespace licet {
namespace {

std::optional<Language> language_named(std::string_view code) {
    for (const Language one : {Language::kFrench, Language::kEnglish})
        if (papers::code_of(one) == code) return one;
    return std::nullopt;
}

// Nothing of a document that the facts do not ask for any more, as of a client that has gone.
std::optional<bool> is_in_force(const papers::Office& office, const PublishedPaper& paper) {
    const auto language = language_named(paper.language);
    if (!language) return std::nullopt;
    for (const papers::DocumentName& name : office.names()) {
        if (name.id != paper.document) continue;
        const auto now = office.build(name, *language);
        return now.is_clean() && now.value.content_hash() == paper.content;
    }
    return std::nullopt;
}

}  // namespace

Result<audit::PublishedShares> published_shares(const Common& common, ledger::ReadStore& store,
                                                Date day) {
    audit::PublishedShares out;
    const auto published = LICET_TRY(published_papers(store));
    if (published.empty() || !read_file(organisation_path(common))) return out;
    Capture unheard;
    const Terminal silent(catalogue_of(Language::kEnglish), unheard);
    const auto desk = open_desk(silent, common, {"", text_of(day)});
    if (!desk) return out;
    const auto office = desk->office();
    if (!office) return out;
    for (const PublishedPaper& paper : published) {
        const auto standing = is_in_force(*office, paper);
        if (!standing) continue;
        audit::Share& share = out[paper.document.substr(0, paper.document.find('.'))];
        ++share.whole;
        if (*standing) ++share.part;
    }
    return out;
}

}  // namespace licet
