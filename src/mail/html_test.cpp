// SPDX-License-Identifier: Apache-2.0
//
// Goal: what a reader sees of a page is told from what is hidden, and its foot is where it is seen.
// Method: small pages, each with the one thing that its test is about.
#include "mail/html.h"

#include <gtest/gtest.h>

namespace licet::mail {
namespace {

TEST(Html, HiddenTextIsNotSeen) {
    EXPECT_EQ(read_html("<p>a<span style='display:none'>b<span>c</span></span>d</p>").text, "ad\n");
    EXPECT_EQ(read_html("<div hidden>x</div><p>y</p>").text, "y\n");
    EXPECT_EQ(read_html("<p style=\"font-size:0\">x</p>y").text, "y");
    EXPECT_EQ(read_html("<head><title>t</title><style>p{}</style></head><body>z").text, "z");
    EXPECT_EQ(read_html("<!-- x -->y<script>z</script>").text, "y");
}

TEST(Html, EntitiesAndSpacesAreReadAsText) {
    EXPECT_EQ(read_html("d&eacute;s&#x69;nscri&#114;e\n  &amp;  vous &nope; &").text,
              "d\u00E9sinscrire & vous &nope; &");
}

TEST(Html, LinksHaveTheirAddressAndWhatIsSeenOfThem) {
    const HtmlText page = read_html(
        "<a href=\"https://example.com/?a=1&amp;b=2\">Se <b>d\u00E9sinscrire</b></a>"
        "<a href=x style='display:none'>unsubscribe</a><a name=n>no</a>");
    ASSERT_EQ(page.links.size(), 1U);
    EXPECT_EQ(page.links[0].address, "https://example.com/?a=1&b=2");
    EXPECT_EQ(page.links[0].text, "Se d\u00E9sinscrire");
}

TEST(Html, APictureThatNobodySeesIsAPixel) {
    for (const char* picture : {"<img src=https://t.example.com/a width=1 height=1>",
                                "<img src='https://t.example.com/a' style='display:none'>",
                                "<IMG SRC=\"https://t.example.com/a\" HEIGHT=\"0\">",
                                "<img src=//t.example.com/a style=\"width:1px\">"}) {
        const HtmlText page = read_html(picture);
        ASSERT_EQ(page.remotes.size(), 1U) << picture;
        EXPECT_TRUE(page.remotes[0].is_unseen) << picture;
    }
    const HtmlText page = read_html(
        "<img src=https://t.example.com/a width=100 height=100>"
        "<img src=cid:1 width=1>");
    ASSERT_EQ(page.remotes.size(), 1U);
    EXPECT_FALSE(page.remotes[0].is_unseen);
}

TEST(Html, TheFootIsBeforeTheLastEndOfTheBody) {
    const std::string page = "<html><body>a<!-- </body> --></body></html>";
    EXPECT_EQ(read_html(page).foot, page.rfind("</body>"));
    EXPECT_EQ(read_html("<p>a</p></HTML >").foot, 8U);
    EXPECT_EQ(read_html("<p>a").foot, 4U);
    EXPECT_EQ(read_html("").foot, 0U);
}

TEST(Html, APageThatEndsInsideSomethingHasNoFoot) {
    for (const char* page :
         {"<p>a<!-- b", "<p>a<a href=\"x", "<p>a<script>b", "<p>a<", "<div style='display:none'>a"})
        EXPECT_EQ(read_html(page).foot.has_value(), std::string_view(page) == "<p>a<") << page;
}

TEST(Html, WrongMarkupStopsNothing) {
    EXPECT_EQ(read_html("</p></p><<p>a < b<>c<p/ x=>d").text, "<\na < b<>c\nd");
    EXPECT_EQ(read_html("<p =x='1' y>a").text, "a");
    EXPECT_EQ(read_html("&#0;&#xD800;&#99999999999;a").text, "&#0;&#xD800;&#99999999999;a");
}

TEST(Html, ALargePageIsReadInOnePass) {
    std::string page = "<body>";
    while (page.size() < 5'000'000) page += "<div style='display:none'><a href='x'>&amp;<b c=";
    const HtmlText read = read_html(page);
    EXPECT_FALSE(read.foot.has_value());
}

}  // namespace
}  // namespace licet::mail
