// SPDX-License-Identifier: Apache-2.0
// Boost.JSON as sources: the system's archive is for another machine.
#include <boost/json/src.hpp>
