// SPDX-License-Identifier: Apache-2.0
//
// The key files of the layer over stored tokens (docs/ledger-format.md, section 2).
//
//     layer.key       in force; not there = no layer
//     layer.key.new   of a rotation that is at work or was cut off: in force if the ledger says so
//     layer.key.old   of before: opens no ledger, but an export, a register or a copy of then
//
// A ledger names its layer by a check value. Here is found which key that is, or that it is none at
// hand; nothing is ever tried on tokens, since a wrong key would only find nobody.
//
// Private to the module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/token_layer.h"
#include "store/ledger_files.h"

namespace licet::store {

/// Which layers may be over what is read.
enum class Layers {
    kInForce,  ///< that of layer.key, or of a rotation that has come so far
    kKnown,    ///< also that of before, and none: for what is to be brought under another
};

class LayerKeys {
  public:
    explicit LayerKeys(const LedgerFiles& files) : path_(files.layer_key) {}

    /// Gives the layer that is named so; the files are read anew each time. Errors, with layer.key
    /// in `where`: kMissing ("layer_key.missing"), kInput ("layer_key.other",
    /// "workspace.key_open_to_others", "workspace.key_form").
    [[nodiscard]] Result<ledger::TokenLayer> layer(std::uint64_t check_value, Layers which) const;
    /// Gives that of layer.key, or none: for a ledger that is made. Errors: as layer().
    [[nodiscard]] Result<ledger::TokenLayer> current() const;
    /// Gives that of layer.key.new, if there is one. Errors: as layer().
    [[nodiscard]] Result<std::optional<ledger::TokenLayer>> fresh() const;

    /// Writes layer.key.new; durable when it returns. Errors: kBroken ("layer_key.unwritable").
    [[nodiscard]] Result<Done> put_fresh(const ledger::TokenKey& key) const;
    /// Removes layer.key.new, whose layer is over nothing. Errors: as put_fresh.
    [[nodiscard]] Result<Done> drop_fresh() const;
    /// Makes layer.key.new what layer.key was, and that layer.key.old; can be done again after it
    /// was cut off. Errors: as put_fresh.
    [[nodiscard]] Result<Done> promote_fresh() const;

  private:
    [[nodiscard]] std::string fresh_path() const { return path_ + ".new"; }
    [[nodiscard]] std::string old_path() const { return path_ + ".old"; }
    [[nodiscard]] Error unwritable(int why) const;
    [[nodiscard]] Result<std::optional<ledger::TokenLayer>> find(std::uint64_t check_value,
                                                                 Layers which) const;

    std::string path_;
};

}  // namespace licet::store
