// SPDX-License-Identifier: Apache-2.0
// Goal: show that forms are read as browsers and mail clients send them, and that nothing else is.
// Method: bodies as programs write them; bodies that break a rule each.
#include "rights/form.h"

#include <gtest/gtest.h>

namespace licet::rights {
namespace {

constexpr const char* kUrlencoded = "application/x-www-form-urlencoded";

TEST(Form, IsReadAsABrowserWritesIt) {
    const Form form =
        form_of(kUrlencoded, "do=save&cell=commercial.a%2Femail&cell=b&note=d%C3%A9j%C3%A0+vu")
            .value();
    EXPECT_EQ(form.text("do"), "save");
    EXPECT_TRUE(form.has("cell", "commercial.a/email"));
    EXPECT_TRUE(form.has("cell", "b"));
    EXPECT_EQ(form.text("note"), "d\xC3\xA9j\xC3\xA0 vu");
    EXPECT_EQ(form.text("nothing"), "");
}

TEST(Form, OfOneClickIsReadInBothForms) {
    EXPECT_TRUE(is_one_click(form_of(kUrlencoded, "List-Unsubscribe=One-Click").value()));
    EXPECT_TRUE(is_one_click(form_of("Application/X-WWW-Form-Urlencoded; charset=utf-8",
                                     "List-Unsubscribe=One-Click\r\n")
                                 .value()));
    const std::string body =
        "--b1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n"
        "--b1--\r\n";
    EXPECT_TRUE(is_one_click(form_of("multipart/form-data; boundary=b1", body).value()));
    EXPECT_TRUE(is_one_click(form_of("multipart/form-data; boundary=\"b1\"", body).value()));
    EXPECT_FALSE(is_one_click(form_of(kUrlencoded, "List-Unsubscribe=one").value()));
}

TEST(Form, OfManyPartsIsReadWhole) {
    const std::string body =
        "preamble\r\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: "
        "text/plain\r\n\r\n1\r\n2\r\n--x\r\ncontent-disposition: form-data; "
        "name=b\r\n\r\n\r\n--x--";
    const Form form = form_of("multipart/form-data; boundary=x", body).value();
    EXPECT_EQ(form.text("a"), "1\r\n2");
    EXPECT_TRUE(form.has("b", ""));
}

TEST(Form, ThatIsBrokenIsRefused) {
    for (const char* body : {"a=%", "a=%4", "a=%zz", "a=%ff", "%80=1"})
        EXPECT_EQ(form_of(kUrlencoded, body).error().message.id, "form.broken") << body;
    for (const char* body : {"", "--x", "--x\r\n\r\n--x--", "--x\r\nname=a\r\n\r\n1\r\n--x--",
                             "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1"})
        EXPECT_EQ(form_of("multipart/form-data; boundary=x", body).error().message.id,
                  "form.broken")
            << body;
    EXPECT_EQ(form_of("multipart/form-data", "--x--").error().message.id, "form.broken");
    EXPECT_EQ(form_of("text/plain", "a=1").error().message.id, "form.type");
}

TEST(Form, ThatIsHugeIsRefused) {
    EXPECT_EQ(form_of(kUrlencoded, std::string(kMostFormBytes + 1, 'a')).error().message.id,
              "form.too_large");
    std::string many;
    for (std::size_t i = 0; i <= kMostFormFields; ++i) many += "a=1&";
    EXPECT_EQ(form_of(kUrlencoded, many).error().message.id, "form.broken");
    EXPECT_EQ(form_of(kUrlencoded, "a=" + std::string(kMostFieldBytes + 1, 'x')).error().message.id,
              "form.broken");
}

TEST(Form, OfNothingHasNoFields) {
    EXPECT_TRUE(form_of(kUrlencoded, "")->fields().empty());
    EXPECT_TRUE(form_of(kUrlencoded, "&&")->fields().empty());
}

}  // namespace
}  // namespace licet::rights
