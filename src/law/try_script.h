// SPDX-License-Identifier: Apache-2.0
//
// The script of the page "try a situation": the engine in WebAssembly, the packs as they are
// written, and the words that a form needs, in one file beside the pages.
//
//     const SITE = {facts, answers, countries, rules, ordinary, reading}   words
//     const ENGINE = {wasm: "base64", packs: {"fr/email.md": "..."}}       what decides
//     licet.mjs, try_page.mjs                                              without import, export
//
// One file, because a page that is opened from a disk may load a script and nothing else. The same
// law and engine give the same bytes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "law/law.h"

namespace licet::law {

/// The engine for browsers, if the program carries it; all empty if not.
struct SiteEngine {
    std::string_view wasm;    ///< the bytes of licet.wasm
    std::string_view module;  ///< wasm/licet.mjs
    std::string_view page;    ///< wasm/try_page.mjs

    [[nodiscard]] bool is_there() const { return !wasm.empty(); }
};

/// Writes the script. `files` are those that `law` was read from; `ordinary` are the backgrounds of
/// an ordinary case.
[[nodiscard]] std::string try_script(const Law& law, std::span<const SourceFile> files,
                                     const SiteEngine& engine,
                                     std::span<const std::string_view> ordinary);

}  // namespace licet::law
