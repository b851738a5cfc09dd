// SPDX-License-Identifier: Apache-2.0
//
// Goal: the parts that a reader reads are found with their place; what cannot be read is refused.
// Method: messages written out, each refused for one reason or read for what it says.
#include "mail/message.h"

#include <gtest/gtest.h>

namespace licet::mail {
namespace {

const std::string kHead =
    "From: =?utf-8?q?Maison_Verv=C3=A9ine?= <contact@example.com>\r\n"
    "Subject: =?utf-8?B?RMOpY291dnJleg==?=\r\n nos offres\r\nMIME-Version: 1.0\r\n";

std::string refused(const std::string& bytes) {
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    if (mail) return "read";
    EXPECT_EQ(mail.error().where, "m.eml");
    return mail.error().message.id;
}

TEST(ReadMail, HeadAndPartsAreFoundWithTheirPlace) {
    const std::string bytes =
        kHead +
        "Content-Type: multipart/alternative; boundary=b\r\n\r\npreamble\r\n"
        "--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nd\xE9j\xE0\r\n"
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nPHA+eDwvcD4=\r\n--b--\r\n";
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    ASSERT_TRUE(mail.has_value());
    EXPECT_EQ(mail->subject, "D\u00E9couvrez nos offres");
    EXPECT_EQ(mail->from_name, "Maison Verv\u00E9ine");
    EXPECT_EQ(mail->from_address, "contact@example.com");
    ASSERT_EQ(mail->bodies.size(), 2U);
    EXPECT_EQ(mail->bodies[0].text, "d\u00E9j\u00E0");
    EXPECT_EQ(bytes.substr(mail->bodies[0].begin, mail->bodies[0].end - mail->bodies[0].begin),
              "d\xE9j\xE0");
    EXPECT_EQ(mail->bodies[1].kind, BodyKind::kHtml);
    EXPECT_EQ(mail->bodies[1].text, "x\n");
    EXPECT_EQ(bytes.substr(mail->head_end, 2), "\r\n");
}

TEST(ReadMail, AttachedTextsAreNotBodies) {
    const std::string bytes =
        kHead +
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nread\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nmore\r\n--b--\r\n";
    const auto mail = read_mail(bytes, Form::kMessage, "m.eml");
    ASSERT_TRUE(mail.has_value());
    ASSERT_EQ(mail->bodies.size(), 1U);
    EXPECT_EQ(mail->bodies[0].text, "read");
}

TEST(ReadMail, WhatCannotBeReadIsRefusedWithTheReason) {
    EXPECT_EQ(refused(""), "mail.empty");
    EXPECT_EQ(refused(" \r\n"), "mail.empty");
    EXPECT_EQ(refused("no head at all"), "mail.no_head");
    EXPECT_EQ(refused("\r\nbody"), "mail.no_head");
    EXPECT_EQ(refused(kHead), "mail.no_text");
    EXPECT_EQ(refused(kHead + std::string("\r\na\0b", 5)), "mail.nul");
    EXPECT_EQ(refused(std::string(kMostMailBytes + 1, 'x')), "mail.too_large");
    EXPECT_EQ(refused(kHead + "Content-Type: image/png\r\n\r\nx"), "mail.no_text");
    EXPECT_EQ(refused(kHead + "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b--\r\n"),
              "mail.encrypted");
    EXPECT_EQ(refused(kHead + "Content-Type: application/pkcs7-mime\r\n\r\nx"), "mail.encrypted");
    EXPECT_EQ(
        refused(kHead + "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx"),
        "mail.signed");
    EXPECT_EQ(refused(kHead + "Content-Type: multipart/signed; boundary=b\r\n\r\n"
                              "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n"),
              "mail.signed");
    EXPECT_EQ(refused(kHead + "\r\n-----BEGIN PGP MESSAGE-----\r\nx"), "mail.encrypted");
    EXPECT_EQ(refused(kHead + "\r\na\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nx"), "mail.signed");
}

TEST(ReadMail, PartsWithinPartsEndSomewhere) {
    std::string bytes = kHead;
    for (int i = 0; i < 3000; ++i)
        bytes += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
                 std::to_string(i) + "\r\n";
    EXPECT_NE(refused(bytes), "read");
}

TEST(ReadMail, ABrokenStructureIsReadAsFarAsItGoes) {
    const auto mail = read_mail(kHead +
                                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                                    "--b\r\nContent-Type: text/plain\r\n\r\nno end",
                                Form::kMessage, "m.eml");
    ASSERT_TRUE(mail.has_value());
    EXPECT_EQ(mail->bodies[0].text, "no end");
}

TEST(ReadMail, ATextAloneHasNoHead) {
    const auto mail = read_mail("caf\xE9", Form::kText, "m.txt");
    ASSERT_TRUE(mail.has_value());
    EXPECT_FALSE(mail->has_head);
    EXPECT_EQ(mail->bodies[0].text, "caf\u00E9");
}

}  // namespace
}  // namespace licet::mail
