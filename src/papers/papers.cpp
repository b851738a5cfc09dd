// SPDX-License-Identifier: Apache-2.0
#include "papers/papers.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "papers/consistency.h"
#include "papers/gsm7.h"

namespace licet::papers {
namespace {

bool has_articles(const Document& document, const WantedSection& wanted) {
    bool is_there = false;
    std::vector<std::string> left = wanted.articles;
    for (const Block& block : document.blocks) {
        if (block.section != wanted.id) continue;
        // A table of its head alone says nothing.
        const bool is_bare = block.kind == BlockKind::kTable && block.rows.size() < 2;
        is_there = is_there || (block.kind != BlockKind::kHeading && !is_bare);
        for (const std::string& article : block.articles)
            left.erase(std::remove(left.begin(), left.end(), article), left.end());
    }
    return is_there && left.empty();
}

// A short message has no no-break spaces.
std::string with_plain_spaces(std::string text) {
    for (const std::string_view space : {"\u00a0", "\u202f"})
        for (std::size_t at = text.find(space); at != text.npos; at = text.find(space, at))
            text.replace(at, space.size(), " ");
    return text;
}

// "gdpr 13(1)(a)" -> "RGPD art. 13(1)(a)", as the packs call the source, or else the papers.
std::string worded_article(const law::Law& law, const Shelf& shelf, Language language,
                           const std::string& article) {
    const std::size_t space = std::min(article.find(' '), article.size());
    const std::string source = article.substr(0, space);
    for (const law::Pack& pack : law.packs()) {
        const auto found = pack.sources.find(source);
        if (found != pack.sources.end()) return found->second.title + article.substr(space);
    }
    const auto& words = shelf.words[static_cast<std::size_t>(language)];
    const auto found = words.find("source_title." + source);
    return found == words.end() ? article : found->second + article.substr(space);
}

std::string where_of(const DocumentName& name, Language language) {
    return "papers/" + std::string(code_of(language)) + "/" + name.kind + ".mustache";
}

// The fact that holds a sign that no short message can carry; the text itself if none does.
std::string where_unsendable(const Block& block, const Organisation& organisation,
                             Language language, const std::string& where) {
    for (const auto& [fact, said] : block.message_facts) {
        if (gsm7_signs(with_plain_spaces(said))) continue;
        const std::string in_language = fact + "." + std::string(code_of(language));
        return organisation.where(organisation.find(in_language) ? in_language : fact);
    }
    return where;
}

void check_sms(Block& block, const Organisation& organisation, Language language,
               const std::string& where, std::vector<Error>& problems) {
    block.message = with_plain_spaces(std::move(block.message));
    const auto signs = gsm7_signs(block.message);
    if (signs) block.label += " " + std::to_string(*signs) + "/" + std::to_string(kMostSigns);
    if (!signs) {
        problems.push_back(signs.error());
        problems.back().where = where_unsendable(block, organisation, language, where);
    } else if (*signs > kMostSigns) {
        problems.push_back(error(
            ErrorCode::kInput, "papers.sms_too_long",
            {{"signs", std::to_string(*signs)}, {"most", std::to_string(kMostSigns)}}, where));
    }
}

}  // namespace

std::string law_identity(const law::Law& law, std::string_view country) {
    const law::Pack* pack = law.pack_of(country);
    if (pack == nullptr) return {};
    std::vector<std::string> out{pack->identity()};
    const auto imports = law::imports_of(law.packs(), *pack);
    for (const law::Pack& one : law.packs())
        if (imports.contains(one.id) && one.id != pack->id) out.push_back(one.identity());
    return join(out, ", ");
}

namespace {

// A collection that is empty, as the question that fills it.
Error question_for_entries(const Shelf& shelf, const Organisation& organisation,
                           const std::string& collection, Language language) {
    const auto& words = shelf.words[static_cast<std::size_t>(language)];
    const auto found = words.find("entries." + collection);
    return error(
        ErrorCode::kInput, "papers.ask_entries",
        {{"question", found == words.end() ? "" : found->second}, {"collection", collection}},
        organisation.path());
}

}  // namespace

Result<Office> Office::open(const Shelf& shelf, const Organisation& organisation,
                            const law::Law& law, Date day) {
    Office out(shelf, organisation, law, day);
    out.judgements_ = LICET_TRY(judge(shelf, organisation, law, day));
    return out;
}

std::vector<Error> Office::contradictions(Language language) const {
    std::vector<Error> out =
        contradictions_of(*shelf_, *organisation_, *law_, judgements_, language);
    for (Error& one : inconsistencies_of(*shelf_, *organisation_, day_, language))
        out.push_back(std::move(one));
    return out;
}

std::vector<DocumentName> Office::names() const {
    std::vector<DocumentName> out;
    for (const DocumentKind& kind : shelf_->documents) {
        if (kind.each.empty()) {
            if (holds(*organisation_, {}, kind.where))
                out.push_back({kind.id, kind.id, {}, kind.input});
            continue;
        }
        for (const std::string& name : organisation_->entries(kind.each)) {
            const std::string entry = kind.each + "." + name;
            if (holds(*organisation_, entry, kind.where))
                out.push_back({kind.id + "." + name, kind.id, entry, kind.input});
        }
    }
    return out;
}

Read<Document> Office::build(const std::string& id, Language language) const {
    std::vector<std::string> known;
    for (const DocumentName& name : names()) {
        if (name.id == id) return build(name, language);
        known.push_back(name.id);
    }
    Read<Document> out;
    const std::string near = nearest(id, known);
    out.problems.push_back(
        near.empty()
            ? error(ErrorCode::kMissing, "papers.no_document", {{"known", join(known, ", ")}})
            : error(ErrorCode::kMissing, "papers.no_document_near", {{"near", near}}));
    return out;
}

Read<Document> Office::build(const DocumentName& name, Language language) const {
    Read<Document> out;
    const std::string where = where_of(name, language);
    const std::string* text = shelf_->text_of(name.kind, language);
    const DocumentKind* kind = shelf_->document(name.kind);
    if (text == nullptr || kind == nullptr) {
        out.problems.push_back(error(ErrorCode::kMissing, "papers.no_template", {{"file", where}}));
        return out;
    }
    for (const std::string& collection : kind->needs)
        if (organisation_->entries(collection).empty())
            out.problems.push_back(
                question_for_entries(*shelf_, *organisation_, collection, language));
    if (!out.problems.empty()) return out;
    const std::string whole =
        with_pieces(*text, [&](std::string_view piece) { return shelf_->part(piece, language); });
    if (first_invalid_utf8(whole)) {
        out.problems.push_back(error(ErrorCode::kInput, "papers.not_utf8", {}, where));
        return out;
    }
    const Value own = values_about(around(language), name.entry, kind->without);
    const auto filled = fill(whole, prepared(language), own, where);
    if (!filled) {
        out.problems.push_back(filled.error());
        return out;
    }
    // What no register can say is the template's fault.
    for (const std::string& fact : filled->missing)
        out.problems.push_back(
            organisation_->fields().of_fact(fact) == nullptr
                ? error(ErrorCode::kInput, "papers.unknown_name", {{"name", fact}}, where)
                : question_for(*organisation_, fact, language));
    Document& document = out.value;
    document.id = name.id;
    document.kind = name.kind;
    document.language = language;
    document.day = day_;
    document.is_letter = !name.input.empty();
    document.template_hash = hex_of(sha256(whole));
    const auto country = organisation_->text("organisation.country", language);
    document.law = law_identity(*law_, country.value_or(""));
    read_blocks(filled->text, document);
    for (const Block& block : document.blocks)
        for (const std::string& article : block.articles)
            document.article_words.emplace(article,
                                           worded_article(*law_, *shelf_, language, article));
    // A section whose facts are not said yet is asked for, and no fault of the template.
    const bool is_asked = std::any_of(
        filled->missing.begin(), filled->missing.end(),
        [&](const std::string& fact) { return organisation_->fields().of_fact(fact) != nullptr; });
    if (!is_asked) check(*kind, out);
    return out;
}

Surroundings Office::around(Language language) const {
    return {shelf_, organisation_, law_, &judgements_, language, day_};
}

const Prepared& Office::prepared(Language language) const {
    auto& one = prepared_[static_cast<std::size_t>(language)];
    if (!one) one.emplace(values_of(around(language)));
    return *one;
}

void Office::check(const DocumentKind& kind, Read<Document>& document) const {
    const std::string where =
        "papers/" + std::string(code_of(document.value.language)) + "/" + kind.id + ".mustache";
    for (const WantedSection& wanted : kind.sections)
        if (!has_articles(document.value, wanted))
            document.problems.push_back(
                error(ErrorCode::kInput, "papers.no_section",
                      {{"section", wanted.id}, {"articles", join(wanted.articles, "; ")}}, where));
    for (const std::string& label : kind.texts) {
        const auto& blocks = document.value.blocks;
        const bool is_there = std::any_of(blocks.begin(), blocks.end(), [&](const Block& one) {
            return one.kind == BlockKind::kMessage && one.label == label;
        });
        if (!is_there)
            document.problems.push_back(
                error(ErrorCode::kInput, "papers.no_text", {{"label", label}}, where));
    }
    for (Block& block : document.value.blocks)
        if (block.kind == BlockKind::kMessage && block.label.starts_with("sms"))
            check_sms(block, *organisation_, document.value.language, where, document.problems);
}

}  // namespace licet::papers
