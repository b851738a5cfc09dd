// SPDX-License-Identifier: Apache-2.0
//
// licet law sign --key private.pem > packs.signed
// licet law verify packs.signed --key public.pem
//
//     licet-packs 1
//     fr 0.1.0 a3f1...                 one line a pack: id, version, digest
//     signature 5f2e...                Ed25519 of all bytes above this line
#include "base/json.h"
#include "base/signature.h"
#include "base/text.h"
#include "main/commands.h"
#include "main/files.h"

namespace licet {
namespace {

constexpr std::string_view kHead = "licet-packs 1\n";
constexpr std::string_view kMark = "signature ";

std::string statement_of(const law::Law& law) {
    std::string out(kHead);
    for (const law::Pack& pack : law.packs())
        out += pack.id + " " + pack.version + " " + pack.digest + "\n";
    return out;
}

}  // namespace

int run_law_sign(const Terminal& terminal, const Common& common, const std::string& key) {
    const auto pem = read_file(key);
    if (!pem) return fail(terminal, pem.error());
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    const std::string statement = statement_of(*law);
    const auto signature = sign(statement, *pem);
    if (!signature) return fail(terminal, signature.error());
    terminal.print(statement + std::string(kMark) + *signature);
    return 0;
}

int run_law_verify(const Terminal& terminal, const Common& common, const std::string& file,
                   const std::string& key) {
    const auto pem = read_file(key);
    if (!pem) return fail(terminal, pem.error());
    const auto text = read_file(file);
    if (!text) return fail(terminal, text.error());
    const std::size_t mark = text->rfind(kMark);
    if (!text->starts_with(kHead) || mark == text->npos)
        return fail(terminal, error(ErrorCode::kInput, "sign.form", {}, file));
    const std::string statement = text->substr(0, mark);
    const auto good =
        is_signed(statement, trimmed(std::string_view(*text).substr(mark + kMark.size())), *pem);
    if (!good) return fail(terminal, good.error());
    if (!*good) return fail(terminal, error(ErrorCode::kInput, "sign.wrong", {}, file));
    const auto law = load_law(terminal, common);
    if (!law) return exit_status::kBadInput;
    // Who signed is known; whether it is what lies here is another question.
    const std::string here = statement_of(*law);
    for (const std::string_view line : lines_of(statement))
        if (!line.empty() && here.find(std::string(line) + "\n") == here.npos)
            return fail(terminal, error(ErrorCode::kInput, "sign.other_pack",
                                        {{"pack", std::string(split(line, ' ').front())}}, file));
    terminal.print(terminal.text()("sign.good", {{"count", std::to_string(law->packs().size())}}));
    return 0;
}

}  // namespace licet
