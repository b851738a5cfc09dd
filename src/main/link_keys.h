// SPDX-License-Identifier: Apache-2.0
//
// links.key: the keys of links, in the workspace, readable by their owner alone.
//
//     one line a key, the oldest first; the last one seals, all open (docs/link-format.md)
//
// Kept apart from backups of the ledger, like its other keys; but never lost, or the people who
// kept an old mail could not stop any more.
#pragma once

#include "main/workspace.h"
#include "rights/link.h"

namespace licet {

/// What to do about a file that is not there, or is to change.
enum class KeyWish {
    kMustBeThere,
    kMakeFirst,  ///< makes the first key if there is none
    kAddOne,     ///< adds a key that seals from now on
};

/// Errors: kMissing ("link.no_key"), kInput ("workspace.key_open_to_others", "link.key_form"),
/// kBroken ("workspace.no_randomness", those of the file).
[[nodiscard]] Result<rights::LinkKeys> link_keys_of(const Workspace& workspace, KeyWish wish);

}  // namespace licet
