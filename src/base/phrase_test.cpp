// SPDX-License-Identifier: Apache-2.0
//
// Goal: a phrase is found however it is written, and not where its words stand apart.
// Method: sentences as people write them.
#include "base/phrase.h"

#include <gtest/gtest.h>

namespace licet {
namespace {

TEST(Phrase, CapitalsAccentsSignsAndSpacesDoNotMatter) {
    for (const char* text : {"Nous sommes certifi\u00E9s CNIL.", "Certifi\u00E9 par la CNIL",
                             "CERTIFI\u00C9E \u00A0CNIL !", "certifi\u00E9s,  par la CNIL"})
        EXPECT_TRUE(Sentences(text).hold("certifi* .. cnil")) << text;
}

TEST(Phrase, WordsOfTwoSentencesAreNotOne) {
    EXPECT_FALSE(
        Sentences("Il est certifi\u00E9. La CNIL peut l'entendre.").hold("certifi* .. cnil"));
    EXPECT_FALSE(Sentences("certifi\u00E9 un deux trois quatre CNIL").hold("certifi* .. cnil"));
    EXPECT_FALSE(Sentences("la CNIL certifie").hold("certifi* .. cnil"));
}

TEST(Phrase, WithoutAStarAWordIsWhole) {
    EXPECT_TRUE(Sentences("Zero risk.").hold("zero risk"));
    EXPECT_FALSE(Sentences("zero risks").hold("zero risk"));
    EXPECT_TRUE(Sentences("100 % conforme").hold("100 conforme*"));
    EXPECT_TRUE(Sentences("GDPR-compliant").hold("gdpr compliant"));
    EXPECT_FALSE(Sentences("anything").hold(""));
}

}  // namespace
}  // namespace licet
