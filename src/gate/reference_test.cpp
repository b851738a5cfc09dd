// SPDX-License-Identifier: Apache-2.0
// Goal: the lists of reference are read with their comments, and asked as lists really write.
#include "gate/reference.h"

#include <gtest/gtest.h>

namespace licet::gate {
namespace {

const Reference kReference("# free\nmail.example  # a remark\n\n", "contact\nservice-client\n",
                           "fr 97 97\nfr 974 974\nfr 2a co\nbroken line here now\n",
                           "Fichier acheté = broker\nno equals sign\n# x = y\n");

TEST(Reference, FreeMailIsTheWholeDomain) {
    EXPECT_TRUE(kReference.is_free_mail("mail.example"));
    EXPECT_FALSE(kReference.is_free_mail("sub.mail.example"));
    EXPECT_FALSE(kReference.is_free_mail("#"));
    EXPECT_FALSE(kReference.is_free_mail(""));
}

TEST(Reference, AGenericLocalPartIsWholeOrItsFirstWord) {
    EXPECT_TRUE(kReference.is_generic("contact"));
    EXPECT_TRUE(kReference.is_generic("contact-paris"));
    EXPECT_TRUE(kReference.is_generic("contact2"));
    EXPECT_TRUE(kReference.is_generic("service.client"));
    EXPECT_FALSE(kReference.is_generic("contactless"));
    EXPECT_FALSE(kReference.is_generic("camille.contact"));
    EXPECT_FALSE(kReference.is_generic(""));
}

TEST(Reference, TheLongestPostcodePrefixWins) {
    EXPECT_EQ(kReference.region_of("fr", "97410"), "974");
    EXPECT_EQ(kReference.region_of("fr", "97110"), "97");
    EXPECT_EQ(kReference.region_of("be", "97410"), "");
    EXPECT_EQ(kReference.region_of("fr", ""), "");
}

TEST(Reference, OriginsAreKnownByWhatListsCallThem) {
    EXPECT_EQ(kReference.origin_of("FICHIER ACHETE"), "broker");
    EXPECT_EQ(kReference.origin_of("fichier-acheté"), "broker");
    EXPECT_EQ(kReference.origin_of("x"), "");
    EXPECT_EQ(kReference.origin_of(""), "");
}

}  // namespace
}  // namespace licet::gate
