// SPDX-License-Identifier: Apache-2.0
#include "lists/warehouse_table.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace licet::lists {
namespace {

using Kind = WarehouseColumn::Kind;

Kind kind_of(law::FactType type) {
    switch (type) {
        case law::FactType::kBool:
            return Kind::kBoolean;
        case law::FactType::kEnum:
        case law::FactType::kKey:
            return Kind::kText;
        case law::FactType::kCount:
        case law::FactType::kTime:
            return Kind::kNumber;
        case law::FactType::kDate:
        case law::FactType::kMoment:
            return Kind::kDay;
    }
    return Kind::kText;
}

// Columns of ours. Their meaning is the text `export.column.<name>`.
class Columns {
  public:
    Columns(law::SqlDialect dialect, const Catalogue& say) : words_(dialect), say_(say) {}

    void add(std::string_view name, Kind kind, std::vector<std::string> values = {}) {
        const std::string type = kind == Kind::kNumber ? words_.key_type()
                                 : kind == Kind::kDay  ? words_.day_type()
                                                       : words_.text_type();
        all_.push_back({std::string(name), kind, type, std::move(values),
                        say_("export.column." + std::string(name))});
    }
    void add(const law::Fact& fact) {
        // A word of a yes or no is written as databases read it.
        const bool has_words = fact.type == law::FactType::kEnum;
        all_.push_back({fact.name, kind_of(fact.type), words_.type_of(fact),
                        has_words ? fact.values : std::vector<std::string>{},
                        fact.words.in(say_.language())});
    }
    [[nodiscard]] std::vector<WarehouseColumn> take() { return std::move(all_); }

  private:
    law::SqlWords words_;
    const Catalogue& say_;
    std::vector<WarehouseColumn> all_;
};

std::string file_of(std::string_view table, const Warehouse& warehouse) {
    return std::string(table) + "." + std::string(name_of(warehouse.format));
}

void add_token(std::string& out, const ledger::TokenLayer& layer, const ledger::Token& token) {
    if (!out.empty()) out += ' ';
    out += hex_of(layer.over(token).bytes);
}

}  // namespace

std::string_view name_of(WarehouseFormat format) {
    return format == WarehouseFormat::kCsv ? "csv" : "jsonl";
}

WarehouseTable row_table(const law::Law& law, const std::vector<law::FactId>& facts,
                         const Warehouse& warehouse, const Catalogue& say) {
    Columns columns(warehouse.dialect, say);
    columns.add("licet_id", Kind::kNumber);
    columns.add("licet_export", Kind::kText);
    columns.add("licet_own", Kind::kText);
    columns.add("licet_wide", Kind::kText);
    columns.add("licet_brand", Kind::kText);
    columns.add("licet_purpose", Kind::kText);
    columns.add("licet_consent_on", Kind::kDay);
    for (const law::FactId id : facts) columns.add(law.vocabulary().fact(id));
    return {"licet_row", file_of("facts", warehouse), columns.take()};
}

WarehouseTable suppression_table(const Warehouse& warehouse, const Catalogue& say) {
    Columns columns(warehouse.dialect, say);
    columns.add("kind", Kind::kText, {"objection", "refused", "withdrawn", "doubt", "export"});
    for (const std::string_view name : {"token", "brand", "channel", "purpose"})
        columns.add(name, Kind::kText);
    columns.add("said_on", Kind::kDay);
    columns.add("ends_on", Kind::kDay);
    return {"licet_suppression", file_of("suppressions", warehouse), columns.take()};
}

json::object json_of(const WarehouseTable& table) {
    json::array columns;
    for (const WarehouseColumn& column : table.columns) {
        json::object one{{"column", column.name}, {"type", column.type}};
        if (!column.words.empty())
            one["words"] = json::array(column.words.begin(), column.words.end());
        one["meaning"] = column.meaning;
        columns.push_back(std::move(one));
    }
    return {{"table", table.name}, {"file", table.file}, {"columns", std::move(columns)}};
}

// ---- lines --------------------------------------------------------------------------------------
WarehouseWriter::WarehouseWriter(const WarehouseTable& table, WarehouseFormat format, ByteSink sink)
    : table_(table), format_(format), sink_(std::move(sink)) {}

Result<Done> WarehouseWriter::begin() {
    if (format_ == WarehouseFormat::kJsonl) return Done{};
    std::string header;
    for (const WarehouseColumn& column : table_.columns)
        header += (header.empty() ? "" : ",") + column.name;
    return sink_(header + "\n");
}

void WarehouseWriter::put(std::string_view text) {
    const WarehouseColumn& column = table_.columns.at(place_);
    if (format_ == WarehouseFormat::kCsv)
        put_csv(text);
    else if (!text.empty())
        put_json(column, text);
    ++place_;
}

void WarehouseWriter::put_csv(std::string_view text) {
    if (place_ > 0) line_ += ',';
    if (text.find_first_of(",\"\r\n") == text.npos) {
        line_ += text;
        return;
    }
    line_ += '"';
    for (const char c : text) {
        if (c == '"') line_ += '"';
        line_ += c;
    }
    line_ += '"';
}

void WarehouseWriter::put_json(const WarehouseColumn& column, std::string_view text) {
    line_ += line_.empty() ? "{\"" : ",\"";
    line_.append(column.name).append("\":");
    const bool is_bare = column.kind == Kind::kNumber || column.kind == Kind::kBoolean;
    if (is_bare)
        line_ += text;
    else
        line_ += json::serialize(json::value(text));
}

Result<Done> WarehouseWriter::end_line() {
    LICET_ENSURE(place_ == table_.columns.size());
    if (format_ == WarehouseFormat::kJsonl) line_ += line_.empty() ? "{}" : "}";
    line_ += '\n';
    place_ = 0;
    const auto done = sink_(line_);
    line_.clear();
    return done;
}

// ---- rows ---------------------------------------------------------------------------------------
RowTableWriter::RowTableWriter(const law::Law& law, std::vector<law::FactId> facts,
                               law::SqlDialect dialect, const ledger::TokenLayer& layer,
                               WarehouseWriter& writer)
    : law_(law),
      facts_(std::move(facts)),
      never_(text_of(law::SqlWords(dialect).last_day())),
      layer_(layer),
      writer_(writer),
      consent_(law.vocabulary().find("consent")),
      consent_on_(law.vocabulary().find("consent.on")) {}

Result<Done> RowTableWriter::add(const FactRow& row, const RowLabels& labels) {
    own_.clear();
    wide_.clear();
    for (const ledger::ContactTokens& point : row.tokens) {
        add_token(own_, layer_, point.strict);
        for (const auto* others : {&point.loose, &point.wide})
            for (const ledger::Token& token : *others) add_token(wide_, layer_, token);
    }
    writer_.put(std::to_string(row.number));
    writer_.put(labels.export_name);
    writer_.put(own_);
    writer_.put(wide_);
    writer_.put(labels.brand);
    writer_.put(labels.purpose);
    writer_.put(row.facts == nullptr ? "" : day_of_consent(*row.facts));
    for (const law::FactId id : facts_)
        writer_.put(row.facts == nullptr ? "" : cell_of(id, row.facts->find(id)));
    return writer_.end_line();
}

// Of a consent that the person gave: a refusal said before it is answered by it. What a list or an
// import claims answers no refusal, of whatever day, and has no day here.
std::string_view RowTableWriter::day_of_consent(const law::Facts& facts) {
    const law::FactValue* consent = facts.find(consent_);
    const bool is_known = consent != nullptr &&
                          facts.supplier_of(consent_) == law::Supplier::kLedger &&
                          law::value_text(law_.vocabulary().fact(consent_), *consent) == "given";
    return is_known ? cell_of(consent_on_, facts.find(consent_on_)) : "";
}

std::string_view RowTableWriter::cell_of(law::FactId fact, const law::FactValue* value) {
    cell_.clear();
    if (value == nullptr || std::holds_alternative<law::Any>(*value)) return cell_;
    if (std::holds_alternative<law::Never>(*value)) return never_;
    const law::Fact& known = law_.vocabulary().fact(fact);
    if (const auto* word = std::get_if<law::Word>(value)) {
        if (known.type == law::FactType::kBool) return word->index == 1 ? "true" : "false";
        return known.values.at(word->index);
    }
    if (const auto* count = std::get_if<law::Count>(value)) cell_ = std::to_string(count->number);
    if (const auto* key = std::get_if<law::Key>(value)) cell_ = key->text;
    if (const auto* moment = std::get_if<Moment>(value)) cell_ = text_of(moment->day);
    return cell_;
}

}  // namespace licet::lists
