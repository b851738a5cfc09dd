// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes the formatter of packs: any bytes are refused and left as they are, or get a shape that
// formatting again leaves alone, with as many lines and the same cells.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "law/format.h"

using namespace licet::law;

namespace {

std::string cells_of(const SourceFile& file) {
    std::string out;
    for (const Table& table : read_markdown(file).tables) {
        out += table.given + '\n';
        for (const Cell& cell : table.header) out += cell.text + '|';
        for (const Row& row : table.rows)
            for (const Cell& cell : row.cells) out += cell.text + '|';
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const SourceFile file{"aa/rules.md", {reinterpret_cast<const char*>(data), size}};
    const auto once = formatted(file);
    if (!once.is_clean()) {
        if (once.value != file.text) std::abort();
        return 0;
    }
    const auto twice = formatted({file.path, once.value});
    if (!twice.is_clean() || twice.value != once.value) std::abort();
    if (licet::lines_of(once.value).size() != licet::lines_of(file.text).size()) std::abort();
    if (cells_of({file.path, once.value}) != cells_of(file)) std::abort();
    return 0;
}
