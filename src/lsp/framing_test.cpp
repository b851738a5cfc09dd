// SPDX-License-Identifier: Apache-2.0
// Goal: messages come out whole however the bytes come in; bytes that are no envelope are refused.
#include "lsp/framing.h"

#include <gtest/gtest.h>

namespace licet::lsp {
namespace {

std::vector<std::string> all_of(Framing& framing) {
    std::vector<std::string> out;
    while (true) {
        const auto next = framing.next();
        if (!next || !*next) return out;
        out.push_back(**next);
    }
}

TEST(Framing, MessagesComeOutWholeWhereverTheBytesAreCut) {
    const std::string stream = framed("{\"a\":\"é\"}") + framed("") + framed("{}\r\n\r\n");
    const std::vector<std::string> wanted = {"{\"a\":\"é\"}", "", "{}\r\n\r\n"};
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        Framing framing;
        framing.add(std::string_view(stream).substr(0, cut));
        std::vector<std::string> found = all_of(framing);
        framing.add(std::string_view(stream).substr(cut));
        for (std::string& one : all_of(framing)) found.push_back(std::move(one));
        ASSERT_EQ(found, wanted) << cut;
    }
}

TEST(Framing, OtherHeadersAreAllowedAndNamesAreReadInAnyCase) {
    Framing framing;
    framing.add(
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH:2\r\n\r\n{}");
    EXPECT_EQ(all_of(framing), std::vector<std::string>{"{}"});
}

TEST(Framing, WhatIsNoEnvelopeIsRefused) {
    const auto refusal = [](std::string_view bytes) {
        Framing framing;
        framing.add(bytes);
        const auto next = framing.next();
        return next ? std::string("none") : next.error().message.id;
    };
    EXPECT_EQ(refusal("{}\r\n\r\n"), "lsp.frame");
    EXPECT_EQ(refusal("Content-Length: -1\r\n\r\n"), "lsp.frame");
    EXPECT_EQ(refusal("Content-Length: many\r\n\r\n"), "lsp.frame");
    EXPECT_EQ(refusal("Content-Length: 99999999999\r\n\r\n"), "lsp.frame");
    EXPECT_EQ(refusal(std::string(5000, 'x')), "lsp.frame");
    EXPECT_EQ(refusal("Content-Length: 2\r\n"), "none");
}

}  // namespace
}  // namespace licet::lsp
