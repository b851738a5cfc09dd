// SPDX-License-Identifier: Apache-2.0
//
// The standings of all persons as one file that is mapped into memory: what a program knows of a
// ledger of any size as soon as it has started (docs/ledger-format.md, section 13).
//
//     tokens ──► 16 bytes an entry, in the order of tokens ──► an objection: scope, newest day
//                                                          └─► a person: 64 bytes of standing
//
// Tokens in it are under the layer of the ledger (token_layer.h).
//
// An index and never the only copy: whatever is wrong with it, it is made anew from the ledger. It
// says what the ledger was when it was made (the heads of its partitions); what came after is
// folded on top of it. Readers map it, so many programs share one copy.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ledger/standing_index.h"
#include "ledger/token_layer.h"
#include "store/ledger_files.h"

namespace licet::store {

class StandingFile : public ledger::StandingBase {
  public:
    /// Opens a file that StandingFileWriter made, and reads all of it once against its check sums.
    /// `layer` is the one that it was made under. Errors: kMissing ("standings.missing"), kBroken
    /// ("standings.damaged").
    [[nodiscard]] static Result<std::shared_ptr<const StandingFile>> open(
        const std::string& path, ledger::TokenLayer layer = ledger::TokenLayer::none());

    /// Of the ledger that it was made from, in bytes that only the maker reads.
    [[nodiscard]] virtual const std::string& source() const = 0;
    /// Of all that is folded in it, but refusals: it tells nothing of days before.
    [[nodiscard]] virtual Date newest_day() const = 0;
};

/// Makes one. Memory: 16 bytes an entry; what is folded of persons goes to the file at once.
class StandingFileWriter {
  public:
    /// Begins a file under a temporary name; a layer goes over its tokens. Errors: kBroken
    /// ("file.unwritable").
    [[nodiscard]] static Result<std::unique_ptr<StandingFileWriter>> create(
        const std::string& path, ledger::TokenLayer layer = ledger::TokenLayer::none());
    virtual ~StandingFileWriter() = default;

    virtual void add(const ledger::Suppression& suppression) = 0;
    virtual void add(const ledger::Token& person, const ledger::Standing& standing) = 0;
    /// The newest day of what was folded, refusals left out.
    virtual void add(Date day) = 0;
    /// Writes the rest and puts the file in its place. Errors: kBroken ("file.unwritable");
    /// kTooLarge ("standings.too_many") for what the form cannot hold; nothing is left then.
    [[nodiscard]] virtual Result<Done> finish(const std::string& source) = 0;
};

}  // namespace licet::store
