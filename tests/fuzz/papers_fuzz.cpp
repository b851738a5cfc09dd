// SPDX-License-Identifier: Apache-2.0
//
// Fuzzes registers and templates: every fault has a place in the file that was named, and a text
// that is filled gives the same document twice. The first byte says which of both it is.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "papers/document.h"
#include "papers/organisation.h"
#include "papers/organisation_edit.h"
#include "papers/template.h"

namespace {

using licet::papers::Fields;

const Fields& small_fields() {
    static const auto kFields = licet::papers::read_fields(
        "[organisation]\nname = { is = \"text\", need = true, fr = \"?\", en = \"?\" }\n"
        "[purpose.\"*\"]\ntitle = { is = \"words\", need = true, fr = \"?\", en = \"?\" }\n"
        "months = { is = \"months\", fr = \"?\", en = \"?\" }\n"
        "data = { is = \"refs purpose\", fr = \"?\", en = \"?\" }\n",
        "fields.toml");
    if (!kFields.is_clean()) std::abort();
    return kFields.value;
}

void read_register(std::string_view text) {
    const auto read = licet::papers::read_organisation(small_fields(), text, "o.toml");
    for (const licet::Error& problem : read.problems)
        if (!problem.where.starts_with("o.toml")) std::abort();
    if (!read.is_clean()) return;
    // What is well stays well when one fact is set, and the fact is what was set.
    const auto changed =
        licet::papers::with_fact(small_fields(), text, "organisation.name", "a \"b\" {{c}}");
    if (!changed) return;
    const auto again = licet::papers::read_organisation(small_fields(), *changed, "o.toml");
    if (!again.is_clean()) return;  // a table written in a way of its own: the caller refuses it
    if (again.value.find("organisation.name")->text != "a \"b\" {{c}}") std::abort();
}

std::string hash_of(std::string_view text, const licet::papers::Prepared& values) {
    const auto filled = licet::papers::fill(text, values, licet::papers::Value{}, "t");
    if (!filled) return {};
    licet::papers::Document document;
    licet::papers::read_blocks(filled->text, document);
    return document.content_hash();
}

void read_template(std::string_view text) {
    licet::papers::Value name;
    name.kind = licet::papers::Value::Kind::kText;
    name.text = "{{a}} | **";
    name.fact = "a";
    licet::papers::Value root;
    root.kind = licet::papers::Value::Kind::kEntry;
    root.fields["a"] = name;
    const licet::papers::Prepared values(root);
    if (hash_of(text, values) != hash_of(text, values)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 2 == 0)
        read_register(text);
    else
        read_template(text);
    return 0;
}
