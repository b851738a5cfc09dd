// SPDX-License-Identifier: Apache-2.0
#include "lists/internal/xml.h"

#include <expat.h>

#include <optional>

namespace licet::lists::internal {
namespace {

// Names are a letter or two: one look at each is quicker than to measure them first.
std::string_view without_prefix(const char* name) {
    const char* begin = name;
    const char* end = name;
    for (; *end != '\0'; ++end)
        if (*end == ':') begin = end + 1;
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2)
        if (without_prefix(pair[0]) == name) return pair[1];
    return {};
}

struct XmlReader::State {
    XmlHandlers handlers;
    XML_Parser parser = XML_ParserCreate(nullptr);
    std::optional<Error> error;

    void keep(const Result<Done>& result) {
        if (result) return;
        error = result.error();
        XML_StopParser(parser, XML_FALSE);
    }
    static State& of(void* self) { return *static_cast<State*>(self); }
    static void start(void* self, const char* name, const char** attributes) {
        State& state = of(self);
        if (!state.error)
            state.keep(state.handlers.start(without_prefix(name), XmlAttributes(attributes)));
    }
    static void end(void* self, const char* name) {
        State& state = of(self);
        if (!state.error && state.handlers.end)
            state.keep(state.handlers.end(without_prefix(name)));
    }
    static void text(void* self, const char* bytes, int size) {
        State& state = of(self);
        if (!state.error && state.handlers.text)
            state.handlers.text({bytes, static_cast<std::size_t>(size)});
    }
    static void doctype(void* self, const char* /*name*/, const char* /*system*/,
                        const char* /*public*/, int /*has_subset*/) {
        of(self).keep(licet::error(ErrorCode::kInput, "xlsx.doctype"));
    }
};

XmlReader::XmlReader(XmlHandlers handlers) : state_(std::make_unique<State>()) {
    state_->handlers = std::move(handlers);
    LICET_ENSURE(state_->parser != nullptr);
    XML_SetUserData(state_->parser, state_.get());
    XML_SetElementHandler(state_->parser, &State::start, &State::end);
    XML_SetCharacterDataHandler(state_->parser, &State::text);
    XML_SetStartDoctypeDeclHandler(state_->parser, &State::doctype);
}

XmlReader::~XmlReader() { XML_ParserFree(state_->parser); }

Result<Done> XmlReader::read(std::string_view bytes, bool is_last) {
    const auto status = XML_Parse(state_->parser, bytes.data(), static_cast<int>(bytes.size()),
                                  is_last ? XML_TRUE : XML_FALSE);
    if (state_->error) return *state_->error;
    if (status == XML_STATUS_OK) return Done{};
    return error(ErrorCode::kInput, "xlsx.broken_xml",
                 {{"line", std::to_string(XML_GetCurrentLineNumber(state_->parser))}});
}

}  // namespace licet::lists::internal
