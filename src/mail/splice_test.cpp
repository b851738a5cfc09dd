// SPDX-License-Identifier: Apache-2.0
//
// Goal: a foot stands in every body, and every byte outside the spans is as it was.
// Method: one message in all encodings and charsets, then random messages (rapidcheck).
#include "mail/splice.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace licet::mail {
namespace {

std::string message(const std::string& fields, const std::string& body) {
    return "From: a@example.com\r\nSubject: x\r\n" + fields + "\r\n" + body;
}

std::string with_foot(const std::string& bytes, const std::string& foot) {
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    if (!mail) return mail.error().message.id;
    std::vector<Edit> edits;
    for (const Body& body : mail->bodies) {
        const auto edit = foot_edit(bytes, *mail, body, foot);
        if (!edit) return edit.error().message.id;
        edits.push_back(*edit);
    }
    return spliced(bytes, std::move(edits));
}

std::string seen_of(const std::string& bytes) {
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    return mail ? mail->bodies.back().text : mail.error().message.id;
}

TEST(Splice, AFootIsWrittenInTheCharsetAndEncodingOfThePart) {
    const std::string foot = "\nD\u00E9sinscription \u20AC\n";
    for (const char* fields :
         {"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n",
          "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n",
          "Content-Type: text/plain; charset=iso-8859-15\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n"}) {
        const std::string out = with_foot(message(fields, "SGVsbG8="), foot);
        EXPECT_NE(seen_of(out).find("D\u00E9sinscription \u20AC"), std::string::npos) << out;
    }
}

TEST(Splice, APartOfSevenBitsStaysOne) {
    const std::string out =
        with_foot(message("Content-Type: text/plain\r\n", "Hello\r\n"), "D\u00E9sinscription\n");
    EXPECT_EQ(out, message("Content-Type: text/plain\r\n", "Hello\r\nDesinscription\r\n"));
}

TEST(Splice, APageGetsItsFootBeforeTheEndOfItsBody) {
    const std::string fields = "Content-Type: text/html; charset=us-ascii\r\n";
    EXPECT_EQ(with_foot(message(fields, "<body>a</body>\r\n"), "<p>\u00E9</p>"),
              message(fields, "<body>a<p>&#233;</p></body>\r\n"));
}

TEST(Splice, ATagThatALineBreakCutsIsStillFound) {
    const std::string fields =
        "Content-Type: text/html\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n";
    const std::string out = with_foot(message(fields, "<body>a</bo=\r\ndy>\r\n"), "<p>b</p>");
    EXPECT_EQ(seen_of(out), "a\nb\n");
}

TEST(Splice, WhereNothingWouldBeReadNothingIsAdded) {
    EXPECT_EQ(with_foot(message("Content-Type: text/html\r\n", "<p>a<!-- "), "x"), "mail.fix_page");
    EXPECT_EQ(with_foot(message("Content-Type: text/plain; charset=utf-16\r\n"
                                "Content-Transfer-Encoding: base64\r\n",
                                "/v8AYQ=="),
                        "x"),
              "mail.fix_charset");
}

TEST(Splice, ACharsetWithStatesIsNotCompleted) {
    EXPECT_EQ(with_foot(message("Content-Type: text/html; charset=utf-7\r\n", "a+b"), "x"),
              "mail.fix_charset");
}

TEST(Splice, ALineOfTheHeadStandsThereOnce) {
    const std::string bytes =
        "A: 1\r\nList-Unsubscribe: <mailto:x@example.com>,\r\n <a>\r\n"
        "List-unsubscribe: <b>\r\nB: 2\r\n\r\nbody";
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    ASSERT_TRUE(mail.has_value());
    EXPECT_EQ(spliced(bytes, head_edits(bytes, *mail, "List-Unsubscribe", "<c>")),
              "A: 1\r\nList-Unsubscribe: <c>\r\nB: 2\r\n\r\nbody");
    EXPECT_EQ(spliced(bytes, head_edits(bytes, *mail, "X", "y")),
              "A: 1\r\nList-Unsubscribe: <mailto:x@example.com>,\r\n <a>\r\n"
              "List-unsubscribe: <b>\r\nB: 2\r\nX: y\r\n\r\nbody");
}

// Whatever the message: taking the edits out again gives the same bytes, and the foot is seen.
TEST(Splice, EveryByteOutsideTheSpansIsAsItWas) {
    EXPECT_TRUE(rc::check([](const std::string& text, const std::string& page) {
        const auto clean = [](std::string in) {
            for (char& c : in)
                if (c == '\0' || c == '\r' || c == '-' || c == '<') c = 'x';
            return in;
        };
        const std::string encoding =
            *rc::gen::element<std::string>("8bit", "quoted-printable", "base64");
        const std::string bytes =
            message("Content-Type: multipart/alternative; boundary=b\r\n",
                    "--b\r\nContent-Type: text/plain; charset=windows-1252\r\n"
                    "Content-Transfer-Encoding: " +
                        encoding + "\r\n\r\n" + clean(text) +
                        "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: " +
                        encoding + "\r\n\r\n" + clean(page) + "\r\n--b--\r\n");
        const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
        RC_PRE(mail.has_value() && mail->bodies.size() == 2U);
        std::vector<Edit> edits;
        for (const Body& body : mail->bodies) {
            const auto edit = foot_edit(bytes, *mail, body, "\nFOOT!\n");
            RC_ASSERT(edit.has_value());
            edits.push_back(*edit);
        }
        const std::string out = spliced(bytes, edits);
        std::string back = out;
        std::size_t shift = 0;
        for (const Edit& edit : edits) {
            RC_ASSERT(back.substr(0, edit.begin) == bytes.substr(0, edit.begin));
            RC_ASSERT(out.substr(edit.begin + shift, edit.bytes.size()) == edit.bytes);
            back.replace(edit.begin, edit.bytes.size(),
                         bytes.substr(edit.begin, edit.end - edit.begin));
            shift += edit.bytes.size() - (edit.end - edit.begin);
        }
        RC_ASSERT(back == bytes);
        const auto again = read_mail(out, Form::kMessage, "m.eml");
        RC_ASSERT(again.has_value() && again->bodies.size() == 2U);
        for (const Body& body : again->bodies)
            RC_ASSERT(body.text.find("FOOT!") != std::string::npos);
    }));
}

}  // namespace
}  // namespace licet::mail
