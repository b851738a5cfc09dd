// SPDX-License-Identifier: Apache-2.0
#include "law/pack.h"

#include <algorithm>

#include "base/text.h"
#include "base/toml.h"
#include "law/columns.h"

namespace licet::law {
namespace {

using std::chrono::days;

// "07-14" is a fixed day, "easter+39" a moving one.
std::optional<Calendar::Holiday> holiday_of(std::string_view text) {
    Calendar::Holiday holiday;
    if (text.starts_with("easter")) {
        text.remove_prefix(6);
        holiday.is_from_easter = true;
        if (text.empty()) return holiday;
        const auto number = whole_number(text.substr(1));
        if (!number || (text[0] != '+' && text[0] != '-')) return std::nullopt;
        holiday.offset = static_cast<int>(text[0] == '-' ? -*number : *number);
        return holiday;
    }
    const auto parts = split(text, '-');
    if (parts.size() != 2) return std::nullopt;
    const auto month = whole_number(parts[0]);
    const auto day = whole_number(parts[1]);
    if (!month || !day || *month > 12 || *day > 31) return std::nullopt;
    const std::chrono::year_month_day in_leap_year{
        std::chrono::year{2024}, std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}};
    if (!in_leap_year.ok()) return std::nullopt;
    holiday.month = static_cast<int>(*month);
    holiday.day = static_cast<int>(*day);
    return holiday;
}

void read_calendar(const TomlFile& file, Read<Pack>& out) {
    const bool has_some = file.values.lower_bound("calendar.") != file.values.end() &&
                          file.values.lower_bound("calendar.")->first.starts_with("calendar.");
    if (!has_some) return;
    if (file.text("calendar.zone").empty())
        out.problems.push_back(error(ErrorCode::kInput, "law.pack_lacks",
                                     {{"name", "calendar.zone"}}, file.path + ":1:1"));
    Calendar calendar;
    calendar.zone = file.text("calendar.zone");
    for (const std::string& text : file.items("calendar.holidays")) {
        const auto holiday = holiday_of(text);
        if (holiday)
            calendar.holidays.push_back(*holiday);
        else
            out.problems.push_back(error(ErrorCode::kInput, "law.holiday_form", {{"text", text}},
                                         file.where("calendar.holidays")));
    }
    for (const auto& [name, value] : file.values)
        if (name.starts_with("zones.")) calendar.zones.emplace(name.substr(6), value.text);
    out.value.calendar = std::move(calendar);
}

// How well a source was read, and when: P, S or M, and two days in order.
void check_source(const std::string& path, const Table& table, const Row& row,
                  std::vector<Error>& problems) {
    const auto cell = [&](const char* column) {
        const auto index = static_cast<std::size_t>(table.column_of(column));
        return index < row.cells.size() ? row.cells[index] : Cell{};
    };
    const auto fault = [&](const Cell& at, std::string_view id) {
        problems.push_back(error(ErrorCode::kInput, id, {{"text", at.text}},
                                 Place{path, row.line, std::max(at.column, 1)}.text()));
    };
    const Cell grade = cell("grade");
    const bool is_graded =
        grade.text.empty() || grade.text == "P" || grade.text == "S" || grade.text == "M";
    if (!is_graded) fault(grade, "law.source_grade");
    const Cell read = cell("read");
    const Cell review = cell("review by");
    for (const Cell& day : {read, review})
        if (!day.text.empty() && !parse_date(day.text)) fault(day, "law.date_expected");
    const auto read_on = parse_date(read.text);
    const auto review_by = parse_date(review.text);
    if (read_on && review_by && *review_by <= *read_on) fault(review, "law.source_review");
}

void read_sources(const SourceFile& file, Read<Pack>& out) {
    for (const Table& table : read_markdown(file).tables) {
        if (table.column_of("source") != 0) continue;
        const Columns columns{{"source", "title", "fr", "en"}, {"grade", "read", "review by"}};
        if (!check_columns(file.path, table, columns, out.problems)) continue;
        for (const Row& row : table.rows) {
            const auto cell = [&](std::string_view column) {
                const auto index = static_cast<std::size_t>(table.column_of(column));
                return index < row.cells.size() ? row.cells[index].text : std::string{};
            };
            Source source{cell("source"), cell("title"), {cell("fr"), cell("en")},
                          cell("grade"),  cell("read"),  cell("review by")};
            check_source(file.path, table, row, out.problems);
            const bool is_complete = !source.title.empty() && !source.sentence.french.empty() &&
                                     !source.sentence.english.empty();
            if (!is_complete)
                out.problems.push_back(error(ErrorCode::kInput, "law.source_incomplete",
                                             {{"name", source.id}},
                                             Place{file.path, row.line, 1}.text()));
            const std::string id = source.id;
            if (!out.value.sources.emplace(id, std::move(source)).second)
                out.problems.push_back(error(ErrorCode::kInput, "law.declared_twice",
                                             {{"name", id}}, Place{file.path, row.line, 1}.text()));
        }
    }
}

const std::vector<std::string>& known_names() {
    static const std::vector<std::string> kNames = {
        "id",      "version", "title.fr",      "title.en",          "countries",      "members",
        "imports", "status",  "calendar.zone", "calendar.holidays", "calendar.cites", "regions",
        "kind"};
    return kNames;
}

}  // namespace

bool Calendar::is_holiday(Date date) const {
    const std::chrono::year_month_day ymd{date};
    return std::any_of(holidays.begin(), holidays.end(), [&](const Holiday& holiday) {
        if (holiday.is_from_easter)
            return date == easter(static_cast<int>(ymd.year())) + days{holiday.offset};
        return static_cast<int>(unsigned(ymd.month())) == holiday.month &&
               static_cast<int>(unsigned(ymd.day())) == holiday.day;
    });
}

Date Calendar::plus_working_days(Date from, int count) const {
    Date day = from;
    for (int left = count; left > 0;) {
        day += days{1};
        const bool is_sunday = std::chrono::weekday{day} == std::chrono::Sunday;
        if (!is_sunday && !is_holiday(day)) --left;
    }
    return day;
}

const std::string& Calendar::zone_of(std::string_view region) const {
    const auto found = zones.find(region);
    return found == zones.end() ? zone : found->second;
}

std::string Pack::identity() const {
    return id + "@" + version + "+sha256:" + digest.substr(0, 16);
}

std::set<std::string> imports_of(std::span<const Pack> packs, const Pack& pack) {
    std::set<std::string> out;
    std::vector<std::string> open = pack.imports;
    while (!open.empty()) {
        const std::string name = open.back();
        open.pop_back();
        if (!out.insert(name).second) continue;
        for (const Pack& other : packs)
            if (other.id == name)
                open.insert(open.end(), other.imports.begin(), other.imports.end());
    }
    return out;
}

bool is_on_shelf(std::span<const SourceFile> files, std::string_view path) {
    constexpr std::string_view kToml = "pack.toml";
    const std::size_t slash = path.find('/');
    if (slash == path.npos) return false;
    const std::string_view folder = path.substr(0, slash + 1);
    bool holds_packs = false;
    for (const SourceFile& file : files) {
        if (!file.path.starts_with(folder)) continue;
        const std::string_view below = std::string_view(file.path).substr(folder.size());
        if (below == kToml) return false;
        const std::size_t next = below.find('/');
        holds_packs |= next != below.npos && below.substr(next + 1) == kToml;
    }
    return holds_packs;
}

Read<Pack> read_pack(std::string_view folder, std::span<const SourceFile> files) {
    Read<Pack> out;
    const std::string toml_path = std::string(folder) + "/pack.toml";
    bool has_toml = false;
    for (const SourceFile& file : files) {
        if (file.path == std::string(folder) + "/sources.md") read_sources(file, out);
        if (file.path == std::string(folder) + "/sanctions.md") {
            Read<Sanctions> read = read_sanctions(file);
            std::move(read.problems.begin(), read.problems.end(), std::back_inserter(out.problems));
            out.value.sanctions = std::move(read.value);
        }
        if (file.path != toml_path) continue;
        has_toml = true;
        auto toml = parse_toml(file.text, file.path);
        if (!toml) {
            out.problems.push_back(toml.error());
            continue;
        }
        Pack& pack = out.value;
        pack.id = toml->text("id");
        pack.version = toml->text("version");
        pack.title = {toml->text("title.fr"), toml->text("title.en")};
        pack.countries = toml->items("countries");
        pack.members = toml->items("members");
        pack.imports = toml->items("imports");
        pack.imports_at = toml->where("imports");
        pack.status = toml->text("status", "draft");
        pack.regions = toml->items("regions");
        pack.is_house = toml->text("kind", "law") == "house";
        pack.is_cases = toml->text("kind", "law") == "cases";
        if (!pack.is_house && !pack.is_cases && toml->text("kind", "law") != "law")
            out.problems.push_back(error(ErrorCode::kInput, "law.pack_kind",
                                         {{"text", toml->text("kind")}}, toml->where("kind")));
        if (pack.status != "draft" && pack.status != "reviewed")
            out.problems.push_back(error(ErrorCode::kInput, "law.pack_status",
                                         {{"text", pack.status}}, toml->where("status")));
        if (!pack.id.empty() && pack.id != folder)
            out.problems.push_back(error(ErrorCode::kInput, "law.pack_folder",
                                         {{"name", pack.id}, {"path", std::string(folder)}},
                                         toml->where("id")));
        read_calendar(*toml, out);
        std::vector<std::string> known = known_names();
        for (const auto& [name, value] : toml->values)
            if (name.starts_with("zones.")) known.push_back(name);
        for (Error& problem : toml->unknown_names(known))
            out.problems.push_back(std::move(problem));
        std::vector<const char*> required = {"id", "version", "title.fr", "title.en"};
        if (!pack.is_cases) required.push_back("countries");
        for (const char* name : required)
            if (const auto items = toml->items(name); items.empty() || items.front().empty())
                out.problems.push_back(error(ErrorCode::kInput, "law.pack_lacks", {{"name", name}},
                                             file.path + ":1:1"));
    }
    if (!has_toml)
        out.problems.push_back(error(ErrorCode::kMissing, "law.pack_toml_missing",
                                     {{"path", toml_path}}, std::string(folder)));
    return out;
}

}  // namespace licet::law
