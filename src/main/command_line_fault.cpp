// SPDX-License-Identifier: Apache-2.0
#include "main/command_line_fault.h"

#include "base/text.h"

namespace licet {
namespace {

// Names of the options of the commands that were chosen, with their dashes.
std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> out;
    for (const CLI::Option* one : app.get_options())
        for (const std::string& name : one->get_lnames()) out.push_back("--" + name);
    for (const CLI::App* chosen : app.get_subcommands())
        for (std::string& name : options_of(*chosen)) out.push_back(std::move(name));
    return out;
}

std::string_view text_before(std::string_view text, std::string_view mark) {
    return text.substr(0, text.find(mark));
}
std::string_view text_behind(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    return at == text.npos ? std::string_view() : text.substr(at + mark.size());
}

Message unknown_words(std::string_view told, const CLI::App& app) {
    for (const std::string_view word : split(text_behind(told, ": "), ' ')) {
        if (!word.starts_with('-')) continue;
        const std::string option(text_before(word, "="));
        const std::string near(nearest(option, options_of(app)));
        if (near.empty()) return Message("cli.unknown_option", {{"option", option}});
        return Message("cli.unknown_option_near", {{"option", option}, {"near", near}});
    }
    return Message("cli.too_much");
}

Message bad_value(std::string_view option, std::string_view told) {
    const std::string_view known = text_before(text_behind(told, " not in {"), "}");
    const std::string name(option);
    if (known.empty()) return Message("cli.bad_value", {{"option", name}});
    return Message("cli.value_among", {{"option", name}, {"known", std::string(known)}});
}

}  // namespace

Message fault_of_line(const CLI::ParseError& problem, const CLI::App& app) {
    const std::string told = problem.what();
    constexpr std::string_view kIsRequired = " is required";
    // By their types: the name that some carry is that of the command.
    if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr) {
        const std::string name(text_before(told, kIsRequired));
        if (name.starts_with("A subcommand")) return Message("cli.missing");
        return Message("cli.missing_value", {{"option", name}});
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr) return unknown_words(told, app);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr)
        return Message("cli.argument_count", {{"option", std::string(text_before(told, ":"))}});
    if (dynamic_cast<const CLI::ConversionError*>(&problem) != nullptr)
        return bad_value(text_before(text_behind(told, ": "), " ="), told);
    if (dynamic_cast<const CLI::ValidationError*>(&problem) != nullptr)
        return bad_value(text_before(told, ":"), told);
    return Message("cli.not_understood");
}

}  // namespace licet
