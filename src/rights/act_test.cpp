// SPDX-License-Identifier: Apache-2.0
// Goal: t
// Method: t
#include <gtest/gtest.h>
