// SPDX-License-Identifier: Apache-2.0
#include "law/table_image.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "base/digest.h"
#include "base/result.h"
#include "base/text.h"

namespace licet::law {
namespace {

constexpr std::string_view kMagic{"licet\1\0\0", 8};
constexpr std::size_t kKeyBytes = 64;

class Writer {
  public:
    explicit Writer(std::string_view key) : out_(std::string(kMagic) + std::string(key)) {}

    void put_number(std::uint32_t value) {
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void text(std::string_view text) {
        put_number(static_cast<std::uint32_t>(text.size()));
        out_.append(text);
        out_.append((4 - text.size() % 4) % 4, '\0');
    }
    template <typename List>
    void list(const List& numbers) {
        put_number(static_cast<std::uint32_t>(numbers.size()));
        for (std::size_t i = 0; i < numbers.size(); ++i) put_number(numbers[i]);
    }
    [[nodiscard]] std::string bytes() && { return std::move(out_); }

  private:
    std::string out_;
};

class Reader {
  public:
    explicit Reader(std::string_view image) : left_(image) {}

    std::uint32_t take_number() {
        std::uint32_t value = 0;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string text() {
        const std::size_t size = take_number();
        std::string out(take(size));
        take((4 - size % 4) % 4);
        return out;
    }
    std::span<const std::uint32_t> lying() {
        const std::size_t size = take_number();
        const std::string_view bytes = take(size * sizeof(std::uint32_t));
        return {reinterpret_cast<const std::uint32_t*>(bytes.data()), size};
    }
    template <typename Number>
    std::vector<Number> list() {
        std::vector<Number> out;
        for (const std::uint32_t value : lying()) out.push_back(static_cast<Number>(value));
        return out;
    }

  private:
    std::string_view take(std::size_t size_bytes) {
        LICET_ENSURE(size_bytes <= left_.size());
        const std::string_view out = left_.substr(0, size_bytes);
        left_.remove_prefix(size_bytes);
        return out;
    }

    std::string_view left_;
};

bool is_of(std::string_view image, std::string_view key) {
    return image.starts_with(kMagic) && image.substr(kMagic.size()).starts_with(key) &&
           reinterpret_cast<std::uintptr_t>(image.data()) % alignof(std::uint32_t) == 0;
}

}  // namespace

std::string key_of_tables(std::span<const SourceFile> files, Reading reading) {
    std::string all(name_of(reading));
    for (const SourceFile& file : files) all += "\n" + file.path + " " + hex_of(sha256(file.text));
    return hex_of(sha256(all));
}

std::string image_of(std::span<const QuestionTable> tables, std::string_view key) {
    LICET_ENSURE(key.size() == kKeyBytes);
    Writer out(key);
    out.put_number(static_cast<std::uint32_t>(tables.size()));
    for (const QuestionTable& table : tables) {
        out.text(table.question);
        out.put_number(static_cast<std::uint32_t>(table.otherwise));
        out.put_number(table.decision);
        out.list(table.roots);
        out.list(table.root_nodes);
        out.list(table.used);
        out.list(table.cells);
    }
    return std::move(out).bytes();
}

std::optional<std::vector<QuestionTable>> tables_in(std::span<const std::string_view> images,
                                                    std::string_view key) {
    LICET_ENSURE(key.size() == kKeyBytes);
    for (const std::string_view image : images) {
        if (!is_of(image, key)) continue;
        Reader in(image.substr(kMagic.size() + kKeyBytes));
        std::vector<QuestionTable> tables(in.take_number());
        for (QuestionTable& table : tables) {
            table.question = in.text();
            table.otherwise = static_cast<int>(in.take_number());
            table.decision = in.take_number();
            table.roots = in.list<RuleId>();
            table.root_nodes = in.list<NodeRef>();
            table.used = in.list<VarId>();
            table.cells = Cells(in.lying());
        }
        return tables;
    }
    return std::nullopt;
}

}  // namespace licet::law
