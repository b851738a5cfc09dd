// SPDX-License-Identifier: Apache-2.0
#include "papers/template.h"

#include <algorithm>
#include <exception>
#include <set>

#include <kainjow/mustache.hpp>

#include "base/text.h"

namespace licet::papers {
namespace {

namespace mustache = kainjow::mustache;
using Data = mustache::basic_data<std::string>;

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";
constexpr int kDeepest = 10;
// Where an entry keeps its name, among its values; and what marks a hole for Context::get.
constexpr const char* kNameOfEntry = "\x03name";
constexpr char kHole = '\x04';

std::string where_of(std::string_view text, std::size_t at, const std::string& path) {
    const std::string_view before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n');
    const std::size_t column = start == before.npos ? at + 1 : at - start;
    return path + ":" + std::to_string(line) + ":" + std::to_string(column);
}

std::string marked(const Value& value) {
    std::string out(1, kValueBegins);
    out += value.fact;
    out += kFactEnds;
    out += value.is_link ? 'L' : 'T';
    for (const char c : value.text)
        if (c != kValueBegins && c != kValueEnds && c != kFactEnds) out += c == '\n' ? ' ' : c;
    return out + kValueEnds;
}

Data data_of(const Value& value) {
    switch (value.kind) {
        case Value::Kind::kFlag:
            return Data(value.is_set);
        case Value::Kind::kText:
            return Data(marked(value));
        case Value::Kind::kEntry: {
            Data out(Data::type::object);
            for (const auto& [name, field] : value.fields) out.set(name, data_of(field));
            out.set(kNameOfEntry, Data(value.name));
            return out;
        }
        case Value::Kind::kList: {
            Data out(Data::type::list);
            for (const Value& item : value.items) out.push_back(data_of(item));
            return out;
        }
    }
    return Data(false);
}

// Looks values up, and notes the holes that have none.
class Context : public mustache::basic_context<std::string> {
  public:
    Context(const Data* shared, const Data* own) : stack_{shared, own} {}

    void push(const Data* one) override { stack_.push_back(one); }
    void pop() override { stack_.pop_back(); }

    const Data* get(const std::string& name) const override {
        const bool is_hole = !name.empty() && name.front() == kHole;
        const std::string wanted = is_hole ? name.substr(1) : name;
        const Data* found = nullptr;
        const Data* entry = nullptr;
        for (auto at = stack_.rbegin(); at != stack_.rend() && found == nullptr; ++at) {
            if (entry == nullptr && (*at)->is_object()) entry = *at;
            found = below(*at, wanted);
        }
        if (is_hole && (found == nullptr || !found->is_string())) note(wanted, entry);
        return found;
    }
    const Data* get_partial(const std::string& /*name*/) const override { return nullptr; }

    std::vector<std::string> take_missing() { return std::move(missing_); }

  private:
    static const Data* below(const Data* from, std::string_view name) {
        for (const std::string_view part : split(name, '.')) {
            if (from == nullptr || !from->is_object()) return nullptr;
            from = from->get(std::string(part));
        }
        return from;
    }

    void note(const std::string& name, const Data* entry) const {
        std::string fact = name;
        std::string_view rest = name;
        const Data* about = entry;
        if (rest.starts_with("it.")) {
            rest.remove_prefix(3);
            about = below(stack_[1], "it");
        }
        const Data* of = about == nullptr ? nullptr : about->get(kNameOfEntry);
        const bool is_of_entry =
            of != nullptr && !of->string_value().empty() && below(about, rest) != nullptr;
        if (is_of_entry) fact = of->string_value() + "." + std::string(rest);
        if (seen_.insert(fact).second) missing_.push_back(fact);
    }

    std::vector<const Data*> stack_;
    mutable std::set<std::string> seen_;
    mutable std::vector<std::string> missing_;
};

// Tags as the library reads them, with each hole marked.
std::string with_marked_holes(std::string_view text, const std::vector<Tag>& tags) {
    std::string out;
    std::size_t done = 0;
    for (const Tag& tag : tags) {
        if (tag.kind != 'v') continue;
        out += text.substr(done, tag.begin - done);
        ((out += kOpen) += kHole) += tag.name;
        out += kClose;
        done = tag.end;
    }
    return out += text.substr(done);
}

class TagReader {
  public:
    TagReader(std::string_view text, const std::string& path) : text_(text), path_(path) {}

    Read<std::vector<Tag>> read() {
        std::size_t at = text_.find(kOpen);
        while (at != text_.npos) {
            const std::size_t end = text_.find(kClose, at + kOpen.size());
            if (end == text_.npos) {
                tell("papers.tag_open", at, "");
                break;
            }
            take(at, end);
            at = text_.find(kOpen, end + kClose.size());
        }
        for (const Tag& tag : open_) tell("papers.tag_unclosed", tag.begin, tag.name);
        return std::move(out_);
    }

  private:
    void take(std::size_t begin, std::size_t end) {
        constexpr std::string_view kKinds = "#^/>!";
        constexpr std::string_view kNever = "{&=";
        const std::size_t from = begin + kOpen.size();
        std::string_view inside = trimmed(text_.substr(from, end - from));
        Tag tag{'v', {}, begin, end + kClose.size()};
        if (inside.empty() || kNever.find(inside.front()) != kNever.npos)
            return tell("papers.tag_kind", begin, std::string(inside));
        if (kKinds.find(inside.front()) != kKinds.npos) {
            tag.kind = inside.front();
            inside.remove_prefix(1);
        }
        tag.name = trimmed(inside);
        if (tag.kind == '#' || tag.kind == '^') open_.push_back(tag);
        if (tag.kind == '/') close(tag);
        out_.value.push_back(std::move(tag));
    }

    void close(const Tag& tag) {
        if (open_.empty() || open_.back().name != tag.name)
            return tell("papers.tag_nesting", tag.begin, tag.name);
        open_.pop_back();
    }

    void tell(std::string_view id, std::size_t at, const std::string& name) {
        out_.problems.push_back(
            error(ErrorCode::kInput, id, {{"name", name}}, where_of(text_, at, path_)));
    }

    std::string_view text_;
    const std::string& path_;
    std::vector<Tag> open_;
    Read<std::vector<Tag>> out_;
};

void lay_pieces(std::string_view text, const Pieces& pieces, int depth, std::string& out) {
    const std::string nowhere;
    const auto tags = tags_of(text, nowhere);
    std::size_t done = 0;
    for (const Tag& tag : tags.value) {
        if (tag.kind != '>') continue;
        out += text.substr(done, tag.begin - done);
        done = tag.end;
        const std::string* piece = depth > 0 ? pieces(tag.name) : nullptr;
        if (piece == nullptr) continue;
        // The end of the piece's last line is that of the line that names it.
        std::string_view inside = *piece;
        if (inside.ends_with('\n') && text.substr(done).starts_with('\n')) inside.remove_suffix(1);
        lay_pieces(inside, pieces, depth - 1, out);
    }
    out += text.substr(done);
}

}  // namespace

Read<std::vector<Tag>> tags_of(std::string_view text, const std::string& path) {
    return TagReader(text, path).read();
}

std::string with_pieces(std::string_view text, const Pieces& pieces) {
    std::string out;
    lay_pieces(text, pieces, kDeepest, out);
    return out;
}

Prepared::Prepared(const Value& values) : held_(std::make_shared<const Data>(data_of(values))) {}

/// Knows what Prepared hides.
class Filler {
  public:
    static const Data* of(const Prepared& prepared) {
        return static_cast<const Data*>(prepared.held_.get());
    }
};

Result<Filled> fill(std::string_view text, const Prepared& shared, const Value& own,
                    const std::string& path) {
    const auto tags = tags_of(text, path);
    if (!tags.is_clean()) return tags.problems.front();
    try {
        const Data data = data_of(own);
        mustache::basic_mustache<std::string> page(with_marked_holes(text, tags.value));
        if (!page.is_valid())
            return error(ErrorCode::kInput, "papers.template", {{"detail", page.error_message()}},
                         path);
        page.set_custom_escape([](const std::string& one) { return one; });
        Context context(Filler::of(shared), &data);
        Filled out;
        out.text = page.render(context);
        out.missing = context.take_missing();
        return out;
    } catch (const std::exception& problem) {
        return error(ErrorCode::kInput, "papers.template", {{"detail", problem.what()}}, path);
    }
}

}  // namespace licet::papers
