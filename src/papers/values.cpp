// SPDX-License-Identifier: Apache-2.0
#include "papers/values.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace licet::papers {
namespace {

Value flag(bool is_set) {
    Value out;
    out.is_set = is_set;
    return out;
}

Value text_value(std::string text, std::string fact, bool is_link = false) {
    Value out;
    out.kind = Value::Kind::kText;
    out.text = std::move(text);
    out.fact = std::move(fact);
    out.is_link = is_link;
    return out;
}

Value entry_value(std::string name) {
    Value out;
    out.kind = Value::Kind::kEntry;
    out.name = std::move(name);
    return out;
}

std::string worded_months(std::int64_t months, Language language) {
    const bool is_french = language == Language::kFrench;
    if (months > 12 && months % 12 == 0)
        return std::to_string(months / 12) + (is_french ? "\u00a0ans" : " years");
    if (months == 1) return is_french ? "un mois" : "one month";
    return std::to_string(months) + (is_french ? "\u00a0mois" : " months");
}

// For commas between the items of a list, and none after it.
void mark_last(Value& list) {
    for (Value& item : list.items) item.fields["last"] = flag(&item == &list.items.back());
}

class Builder {
  public:
    explicit Builder(const Surroundings& around) : around_(around) {}

    Value build() {
        Value root = entry_value({});
        const Fields& fields = around_.shelf->fields;
        for (const auto& [name, field] : fields.all())
            if (name.find('*') == name.npos) put(root, name, field_values(name, field, kDepth));
        for (const std::string& collection : fields.collections()) {
            std::vector<Value> items;
            for (const std::string& entry : around_.organisation->entries(collection))
                items.push_back(full_entry(collection, entry, kDepth));
            put_list(root, collection, std::move(items));
        }
        for (const Ask& ask : around_.shelf->asks)
            if (ask.each.empty()) put_judgement(root, ask, {});
        root.fields["today"] = text_value(worded(around_.day, around_.language), "paper.day");
        return root;
    }

    Value build_about(const std::string& about) {
        Value own = entry_value({});
        if (about.empty()) return own;
        const auto parts = split(about, '.');
        Value it = full_entry(std::string(parts[0]), std::string(parts[1]), kDepth);
        for (const std::string& collection : around_.shelf->fields.collections())
            for (const auto& [field_name, field] : around_.shelf->fields.of_collection(collection))
                if (field->kind == FieldKind::kRefs && field->options.front() == parts[0])
                    put_referring(it, collection, *field, field_name, std::string(parts[1]));
        own.fields["it"] = std::move(it);
        return own;
    }

    // What purposes refer to, without what serves that audience alone; what no purpose refers to
    // stays.
    void put_without(Value& own, const std::string& audience) {
        for (const auto& [name, field] : around_.shelf->fields.of_collection("purpose")) {
            if (field->kind != FieldKind::kRefs) continue;
            const std::string& collection = field->options.front();
            std::vector<Value> items;
            for (const std::string& entry : around_.organisation->entries(collection))
                if (!serves_alone(audience, name, entry))
                    items.push_back(full_entry(collection, entry, kDepth));
            put_list(own, collection, std::move(items));
        }
    }

  private:
    static constexpr int kDepth = 2;  // how far entries that refer to entries are followed

    [[nodiscard]] bool serves_alone(const std::string& audience, const std::string& field_name,
                                    const std::string& entry) const {
        bool serves = false;
        for (const std::string& one : around_.organisation->entries("purpose")) {
            const std::string purpose = "purpose." + one;
            if (!holds(*around_.organisation, purpose, field_name, {entry})) continue;
            if (!holds(*around_.organisation, purpose, "audience", {audience})) return false;
            serves = true;
        }
        return serves;
    }

    // A list of entries, and whether there are any: processors, has_processors.
    static void put_list(Value& to, const std::string& collection, std::vector<Value> items) {
        Value list;
        list.kind = Value::Kind::kList;
        list.items = std::move(items);
        mark_last(list);
        to.fields["has_" + list_name(collection)] = flag(!list.items.empty());
        to.fields[list_name(collection)] = std::move(list);
    }

    // The entries of a collection that refer to this one: it.subprocessors of a processor.
    void put_referring(Value& it, const std::string& collection, const Field& field,
                       const std::string& field_name, const std::string& id) const {
        if (it.fields.contains(list_name(collection))) return;
        std::vector<Value> items;
        for (const std::string& entry : around_.organisation->entries(collection)) {
            const std::string name = collection + "." + entry;
            const bool is_silent = around_.organisation->find(name + "." + field_name) == nullptr;
            if (is_silent ? field.is_all_if_silent
                          : holds(*around_.organisation, name, field_name, {id}))
                items.push_back(full_entry(collection, entry, 0));
        }
        put_alike(it, collection, items);
        put_list(it, collection, std::move(items));
    }

    // Whether all of them are of one kind: it.trackers_all_kind_is_strictly_needed.
    void put_alike(Value& it, const std::string& collection,
                   const std::vector<Value>& items) const {
        for (const auto& [name, field] : around_.shelf->fields.of_collection(collection)) {
            if (field->kind != FieldKind::kOneOf) continue;
            for (const std::string& option : field->options) {
                const std::string is = name + "_is_" + option;
                const bool are_all = std::all_of(items.begin(), items.end(), [&](const Value& one) {
                    const auto found = one.fields.find(is);
                    return found != one.fields.end() && found->second.is_set;
                });
                it.fields[list_name(collection) + "_all_" + is] = flag(are_all);
            }
        }
    }

    // Puts values of "a.b" into the entry a of `root`.
    static void put(Value& root, const std::string& name, std::map<std::string, Value> values) {
        const std::size_t dot = name.find('.');
        Value& below = root.fields[name.substr(0, dot)];
        if (below.kind != Value::Kind::kEntry) below = entry_value(name.substr(0, dot));
        for (auto& [suffix, value] : values)
            below.fields[name.substr(dot + 1) + suffix] = std::move(value);
    }

    Value full_entry(const std::string& collection, const std::string& id, int depth) const {
        const std::string name = collection + "." + id;
        Value out = entry_value(name);
        out.fields["id"] = text_value(id, name);
        for (const auto& [field_name, field] : around_.shelf->fields.of_collection(collection)) {
            for (auto& [suffix, value] : field_values(name + "." + field_name, *field, depth))
                out.fields[field_name + suffix] = std::move(value);
        }
        for (const Ask& ask : around_.shelf->asks)
            if (ask.each == collection) put_judgement(out, ask, name);
        return out;
    }

    Value refs(const std::string& fact, const Field& field, int depth) const {
        Value out;
        const TomlValue* value = around_.organisation->find(fact);
        if (value == nullptr || depth == 0) return out;
        out.kind = Value::Kind::kList;
        const std::vector<std::string> named =
            value->is_array ? value->items : std::vector{value->text};
        for (const std::string& id : named)
            out.items.push_back(full_entry(field.options.front(), id, depth - 1));
        mark_last(out);
        return out;
    }

    // The value under its own name, and under names made of it.
    std::map<std::string, Value> field_values(const std::string& fact, const Field& field,
                                              int depth) const {
        std::map<std::string, Value> out;
        if (field.kind == FieldKind::kRefs) {
            out[""] = refs(fact, field, depth);
            out["_given"] = flag(!out[""].items.empty());
            return out;
        }
        const auto text = around_.organisation->text(fact, around_.language);
        if (field.kind == FieldKind::kYesNo) {
            out[""] = flag(text == "yes");
            out["_is_no"] = flag(text == "no");
            return out;
        }
        if (field.kind == FieldKind::kOneOf)
            for (const std::string& option : field.options)
                out["_is_" + option] = flag(text == option);
        out[""] = text ? worded_value(fact, field, *text) : flag(false);
        if (field.kind == FieldKind::kTexts) out[""] = texts(fact);
        return out;
    }

    Value texts(const std::string& fact) const {
        Value out;
        const TomlValue* value =
            around_.organisation->find(fact + "." + std::string(code_of(around_.language)));
        if (value == nullptr) value = around_.organisation->find(fact);
        if (value == nullptr) return out;
        out.kind = Value::Kind::kList;
        const std::vector<std::string> all =
            value->is_array ? value->items : std::vector{value->text};
        for (const std::string& one : all) {
            out.items.push_back(entry_value(fact));
            out.items.back().fields["text"] = text_value(one, fact);
        }
        mark_last(out);
        return out;
    }

    Value worded_value(const std::string& fact, const Field& field, const std::string& text) const {
        switch (field.kind) {
            case FieldKind::kMonths:
                // "0" may have words of its own: the length of a visit.
                if (const std::string own = word(field, text); own != text)
                    return text_value(own, fact);
                return text_value(worded_months(*whole_number(text), around_.language), fact);
            case FieldKind::kDate:
                return text_value(worded(*parse_date(text), around_.language), fact);
            case FieldKind::kCountry: {
                const auto& names = around_.shelf->countries;
                const auto found = names.find(text + "." + std::string(code_of(around_.language)));
                return text_value(found == names.end() ? text : found->second, fact);
            }
            case FieldKind::kOneOf:
                return text_value(word(field, text), fact);
            case FieldKind::kLink:
            case FieldKind::kEmail:
                return text_value(text, fact, true);
            case FieldKind::kText:
            case FieldKind::kWords:
            case FieldKind::kTexts:
            case FieldKind::kNumber:
            case FieldKind::kYesNo:
            case FieldKind::kRefs:
                break;
        }
        return text_value(text, fact);
    }

    std::string word(const Field& field, const std::string& value) const {
        const auto& words = around_.shelf->words[static_cast<std::size_t>(around_.language)];
        std::string key = field.name;
        if (const std::size_t star = key.find(".*"); star != key.npos) key.erase(star, 2);
        const auto found = words.find(key + "." + value);
        return found == words.end() ? value : found->second;
    }

    void put_judgement(Value& out, const Ask& ask, const std::string& entry) const {
        const auto found = around_.judgements->find({ask.id, entry});
        const bool is_there = found != around_.judgements->end();
        if (is_there) out.fields[ask.id + "_is_" + underscored(found->second.rule)] = flag(true);
        out.fields[ask.id + "_good"] = flag(is_there && found->second.is_good);
        out.fields[ask.id + "_bad"] = flag(is_there && !found->second.is_good);
        out.fields[ask.id + "_tell"] =
            is_there && !found->second.rule.empty()
                ? text_value(found->second.tell.in(around_.language), "law." + found->second.rule)
                : flag(false);
        out.fields[ask.id + "_cites"] =
            is_there ? text_value(join(found->second.cites, "; "), "law." + found->second.rule)
                     : flag(false);
    }

    const Surroundings& around_;
};

void add_names(const Field& field, const std::string& name, std::set<std::string>& out) {
    out.insert(name);
    if (field.kind == FieldKind::kYesNo) out.insert(name + "_is_no");
    if (field.kind == FieldKind::kRefs) out.insert(name + "_given");
    if (field.kind == FieldKind::kOneOf)
        for (const std::string& option : field.options) out.insert(name + "_is_" + option);
}

}  // namespace

std::string underscored(std::string_view rule) {
    std::string out(rule);
    for (char& c : out)
        if (c == '.') c = '_';
    return out;
}

std::string list_name(std::string_view collection) { return std::string(collection) + "s"; }

Value values_of(const Surroundings& surroundings) { return Builder(surroundings).build(); }

Value values_about(const Surroundings& surroundings, const std::string& entry,
                   const std::string& without) {
    Builder builder(surroundings);
    Value own = builder.build_about(entry);
    if (!without.empty()) builder.put_without(own, without);
    return own;
}

std::set<std::string> names_of(const Shelf& shelf) {
    std::set<std::string> out{"it", "id", "today", "last", "text"};
    for (const auto& [name, field] : shelf.fields.all()) {
        const std::size_t star = name.find("*.");
        if (star == name.npos) {
            add_names(field, name, out);
            out.insert(name.substr(0, name.find('.')));
            continue;
        }
        add_names(field, name.substr(star + 2), out);
        if (field.kind == FieldKind::kOneOf) {
            const std::string list = list_name(name.substr(0, name.find('.')));
            for (const std::string& option : field.options)
                out.insert("it." + list + "_all_" + name.substr(star + 2) + "_is_" + option);
        }
        add_names(field, "it." + name.substr(star + 2), out);
    }
    for (const std::string& collection : shelf.fields.collections())
        out.insert({list_name(collection), "has_" + list_name(collection),
                    "it." + list_name(collection), "it.has_" + list_name(collection)});
    for (const Ask& ask : shelf.asks)
        for (const char* end : {"_good", "_bad", "_tell", "_cites"})
            out.insert({ask.id + end, "it." + ask.id + end});
    return out;
}

}  // namespace licet::papers
