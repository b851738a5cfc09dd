// SPDX-License-Identifier: Apache-2.0
//
// What the documents of an organisation cost: reading its register, asking the law of it, building
// all documents in one language and in two, and writing them as pages.
//
//     papers_bench        the example organisation, the real texts and the real law
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "papers/document_html.h"
#include "papers/papers.h"

namespace licet::papers {
namespace {

namespace fs = std::filesystem;
constexpr Date kDay{std::chrono::year{2026} / 11 / 27};

std::string text_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

template <typename File>
std::vector<File> files_below(const char* folder) {
    const fs::path root = fs::path(LICET_SOURCE_DIR) / folder;
    std::vector<File> files;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            files.push_back(
                {fs::relative(entry.path(), root).generic_string(), text_of_file(entry.path())});
    return files;
}

struct World {
    Shelf shelf;
    std::unique_ptr<law::Law> law;
    std::string text;
};

const World& world() {
    static const World kWorld = [] {
        World out;
        out.shelf = read_shelf(files_below<PaperFile>("papers")).value;
        out.law = law::read_law(files_below<law::SourceFile>("packs")).value;
        out.text = text_of_file(fs::path(LICET_SOURCE_DIR) / "examples/organisation.toml");
        if (!out.law || out.shelf.documents.empty()) std::abort();
        return out;
    }();
    return kWorld;
}

// Everything from the file on: `languages` is 1 or 2, `writes_pages` makes HTML of it too.
void all_documents(benchmark::State& state) {
    const bool writes_pages = state.range(1) != 0;
    const Catalogue say(Language::kFrench, {});
    std::size_t count = 0;
    for (auto unused : state) {
        const auto read = read_organisation(world().shelf.fields, world().text, "o.toml");
        const auto office = Office::open(world().shelf, read.value, *world().law, kDay);
        count = 0;
        for (const DocumentName& name : office->names())
            for (std::int64_t i = 0; i < state.range(0); ++i) {
                const auto document =
                    office->build(name, i == 0 ? Language::kFrench : Language::kEnglish);
                if (writes_pages) benchmark::DoNotOptimize(html_of(document.value, say));
                ++count;
            }
    }
    state.counters["documents"] = static_cast<double>(count);
}
BENCHMARK(all_documents)
    ->ArgNames({"languages", "pages"})
    ->Args({1, 0})
    ->Args({2, 0})
    ->Args({2, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace licet::papers

BENCHMARK_MAIN();
