// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/xlsx_book.h"

#include <zip.h>

#include <charconv>
#include <map>
#include <set>

namespace licet::lists::internal {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} << 10;
constexpr std::size_t kMostStyles = 65'536;

struct Relation {
    std::string kind;  // the last word of its type
    std::string target;
};

int number_of(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// Gives the name in the archive of `target`, seen from the part `from`.
std::string resolved(const std::string& from, std::string_view target) {
    std::vector<std::string_view> steps;
    const auto walk = [&](std::string_view path) {
        while (!path.empty()) {
            const std::size_t slash = std::min(path.find('/'), path.size());
            const std::string_view step = path.substr(0, slash);
            if (step == ".." && !steps.empty())
                steps.pop_back();
            else if (!step.empty() && step != "." && step != "..")
                steps.push_back(step);
            path.remove_prefix(std::min(slash + 1, path.size()));
        }
    };
    const std::size_t folder = from.rfind('/');
    if (!target.starts_with('/') && folder != from.npos)
        walk(std::string_view(from).substr(0, folder));
    walk(target);
    std::string out;
    for (const std::string_view step : steps) out += (out.empty() ? "" : "/") + std::string(step);
    return out;
}

std::string relations_part(const std::string& part) {
    const std::size_t slash = part.rfind('/');
    const std::size_t name = slash == part.npos ? 0 : slash + 1;
    return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

Result<std::map<std::string, Relation>> relations_of(const Archive& archive,
                                                     const std::string& part) {
    std::map<std::string, Relation> out;
    const std::string name = relations_part(part);
    if (!archive.has(name)) return out;
    XmlHandlers handlers;
    handlers.start = [&](std::string_view element, const XmlAttributes& of) -> Result<Done> {
        if (element != "Relationship" || of["TargetMode"] == "External") return Done{};
        const std::string_view type = of["Type"];
        out[std::string(of["Id"])] = {std::string(type.substr(type.rfind('/') + 1)),
                                      resolved(part, of["Target"])};
        return Done{};
    };
    LICET_TRY(archive.read(name, std::move(handlers)));
    return out;
}

Result<Done> read_sheets(const Archive& archive, const std::string& workbook,
                         const std::map<std::string, Relation>& relations, Book& book) {
    XmlHandlers handlers;
    handlers.start = [&](std::string_view element, const XmlAttributes& of) -> Result<Done> {
        if (element == "workbookPr")
            book.is_1904 = of["date1904"] == "1" || of["date1904"] == "true";
        if (element != "sheet") return Done{};
        // A sheet has `sheetId` and `r:id`; names come without their prefix.
        const auto relation = relations.find(std::string(of["id"]));
        if (relation == relations.end() || relation->second.kind != "worksheet") return Done{};
        const bool is_hidden = of["state"] == "hidden" || of["state"] == "veryHidden";
        if (!book.sheet_part.empty()) {
            book.visible_after += is_hidden ? 0 : 1;
        } else if (is_hidden) {
            book.hidden_before.emplace_back(of["name"]);
        } else {
            book.sheet_name = of["name"];
            book.sheet_part = relation->second.target;
        }
        return Done{};
    };
    return archive.read(workbook, std::move(handlers));
}

Result<Done> read_styles(const Archive& archive, const std::string& part, Book& book) {
    std::map<int, NumberForm> own;
    bool is_in_cells = false;
    XmlHandlers handlers;
    handlers.start = [&](std::string_view element, const XmlAttributes& of) -> Result<Done> {
        if (element == "numFmt") own[number_of(of["numFmtId"])] = form_of(of["formatCode"]);
        if (element == "cellXfs") is_in_cells = true;
        if (element != "xf" || !is_in_cells || book.forms.size() >= kMostStyles) return Done{};
        const int id = number_of(of["numFmtId"]);
        const auto found = own.find(id);
        book.forms.push_back(found == own.end() ? built_in_form(id) : found->second);
        return Done{};
    };
    handlers.end = [&](std::string_view element) -> Result<Done> {
        if (element == "cellXfs") is_in_cells = false;
        return Done{};
    };
    return archive.read(part, std::move(handlers));
}

Result<Done> read_strings(const Archive& archive, const std::string& part, std::uint64_t most,
                          StringTable& table) {
    std::string text;
    bool is_text = false;
    int phonetic = 0;  // how it is pronounced is not part of the text
    XmlHandlers handlers;
    handlers.start = [&](std::string_view element, const XmlAttributes&) -> Result<Done> {
        if (element == "si") text.clear();
        if (element == "rPh") ++phonetic;
        is_text = element == "t" && phonetic == 0;
        return Done{};
    };
    handlers.text = [&](std::string_view piece) {
        if (is_text) text += piece;
    };
    handlers.end = [&](std::string_view element) -> Result<Done> {
        is_text = false;
        if (element == "rPh") --phonetic;
        if (element == "si") table.add(without_escapes(text));
        if (table.bytes() + text.size() <= most) return Done{};
        return error(ErrorCode::kInput, "xlsx.strings_too_large",
                     {{"most", std::to_string(most >> 20)}});
    };
    return archive.read(part, std::move(handlers));
}

}  // namespace

void Archive::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<Archive> Archive::open(std::string bytes, const std::string& file_name,
                              const BookLimits& limits) {
    Archive out;
    out.file_name_ = file_name;
    out.limit_ = limits.part;
    out.bytes_ = std::make_unique<std::string>(std::move(bytes));
    const auto corrupt = [&] {
        return error(ErrorCode::kInput, "packed.corrupt", {{"format", "XLSX"}}, file_name);
    };
    zip_source_t* source =
        zip_source_buffer_create(out.bytes_->data(), out.bytes_->size(), 0, nullptr);
    if (source == nullptr) return corrupt();
    out.zip_.reset(zip_open_from_source(source, ZIP_RDONLY, nullptr));
    if (!out.zip_) {
        zip_source_free(source);
        return corrupt();
    }
    const auto entries = static_cast<std::uint64_t>(zip_get_num_entries(out.zip_.get(), 0));
    if (entries > limits.entries)
        return error(ErrorCode::kInput, "xlsx.too_many_entries",
                     {{"most", std::to_string(limits.entries)}}, file_name);
    std::set<std::string> names;
    for (std::uint64_t i = 0; i < entries; ++i) {
        const char* name = zip_get_name(out.zip_.get(), i, ZIP_FL_ENC_RAW);
        if (name == nullptr) return corrupt();
        // Of two parts with one name, one program reads the first and another the last.
        if (!names.insert(name).second)
            return error(ErrorCode::kInput, "xlsx.name_twice", {}, file_name);
    }
    return out;
}

bool Archive::has(const std::string& name) const {
    return zip_name_locate(zip_.get(), name.c_str(), 0) >= 0;
}

Result<ByteSource> Archive::part(const std::string& name) const {
    zip_stat_t size{};
    zip_file_t* opened = nullptr;
    if (zip_stat(zip_.get(), name.c_str(), 0, &size) == 0)
        opened = zip_fopen(zip_.get(), name.c_str(), 0);
    if (opened == nullptr)
        return error(ErrorCode::kInput, "xlsx.no_part", {{"part", name}}, file_name_);
    const std::shared_ptr<zip_file_t> file(opened, zip_fclose);
    return ByteSource(
        [file, limit = limit_, where = file_name_, taken = size.comp_size,
         given = std::uint64_t{0}](std::span<char> out) mutable -> Result<std::size_t> {
            const zip_int64_t count = zip_fread(file.get(), out.data(), out.size());
            if (count < 0)
                return error(ErrorCode::kInput, "packed.corrupt", {{"format", "XLSX"}}, where);
            given += static_cast<std::uint64_t>(count);
            LICET_TRY(limit.check(taken, given, where));
            return static_cast<std::size_t>(count);
        });
}

Result<Done> Archive::read(const std::string& name, XmlHandlers handlers) const {
    const ByteSource source = LICET_TRY(part(name));
    XmlReader reader(std::move(handlers));
    std::vector<char> block(kBlockBytes);
    while (true) {
        const std::size_t count = LICET_TRY(source(block));
        auto done = reader.read({block.data(), count}, count == 0);
        if (!done) {
            Error fault = done.error();
            if (fault.where.empty()) fault.where = file_name_ + ":" + name;
            return fault;
        }
        if (count == 0) return Done{};
    }
}

Result<std::optional<std::string>> workbook_part(const Archive& archive) {
    const auto relations = LICET_TRY(relations_of(archive, ""));
    for (const auto& [id, relation] : relations)
        if (relation.kind == "officeDocument" && relation.target.ends_with("workbook.xml") &&
            archive.has(relation.target))
            return std::optional(relation.target);
    return std::optional<std::string>();
}

Result<Book> read_book(const Archive& archive, const std::string& workbook,
                       const BookLimits& limits) {
    Book book;
    const auto relations = LICET_TRY(relations_of(archive, workbook));
    LICET_TRY(read_sheets(archive, workbook, relations, book));
    if (book.sheet_part.empty())
        return error(ErrorCode::kInput, "xlsx.no_sheet", {}, archive.file_name());
    for (const auto& [id, relation] : relations) {
        if (relation.kind == "styles") LICET_TRY(read_styles(archive, relation.target, book));
        if (relation.kind == "sharedStrings")
            LICET_TRY(read_strings(archive, relation.target, limits.string_bytes, book.strings));
    }
    return book;
}

}  // namespace licet::lists::internal
