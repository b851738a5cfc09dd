// SPDX-License-Identifier: Apache-2.0
//
// What was said of a person, on its way into the ledger.
//
//     command line, a line of a file ──► Said (checked) ──► Recorder ──► events, on disk
//
// The ledger is kept for ever: a value that is no value of its fact, a text that looks like an
// address and a notice that nobody published are refused before they get in.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "law/law.h"
#include "ledger/identity.h"
#include "ledger/store.h"
#include "main/commands.h"
#include "main/notices.h"
#include "main/workspace.h"

namespace licet {

/// What one event says before it has tokens.
struct Said {
    ledger::Event event;
    std::string email;
    std::string phone;
    std::string country;
    std::string address;  ///< of whatever kind
};

/// Checks what was said. Errors: kInput.
[[nodiscard]] Result<Said> said_by(const law::Vocabulary& words, const RecordOptions& options);

/// Stores events in batches; what was answered is on disk.
class Recorder {
  public:
    [[nodiscard]] static Result<Recorder> open(const Common& common);

    /// Adds one event of each address. Errors: kInput (also "notice.unknown" for a choice about a
    /// text that was not published here), and those of the store.
    [[nodiscard]] Result<Done> add(const Said& said);
    /// Adds an event of a contact point that is known already. Errors: those of the store.
    [[nodiscard]] Result<Done> add(ledger::Event event, const ledger::ContactPoint& point);
    /// Makes all that was added durable. Errors: those of the store.
    [[nodiscard]] Result<Done> flush();

    /// A name of 16 hexadecimal digits: the same for the same text, and tells nothing of it.
    [[nodiscard]] std::string name_of(const std::string& text);

    [[nodiscard]] std::size_t said() const { return said_; }
    [[nodiscard]] std::size_t added() const { return added_; }
    [[nodiscard]] bool has_added() const { return added_ > 0; }
    [[nodiscard]] std::size_t already_there() const { return already_there_; }
    [[nodiscard]] const Workspace& workspace() const { return workspace_; }
    [[nodiscard]] ledger::Store& store() { return *store_; }

  private:
    Recorder(Workspace workspace, ledger::Tokeniser tokeniser, std::unique_ptr<ledger::Store> store)
        : workspace_(std::move(workspace)),
          tokeniser_(std::move(tokeniser)),
          store_(std::move(store)) {}
    [[nodiscard]] Result<Done> bind_notice(ledger::Event& event);
    [[nodiscard]] Result<Done> flush_if_full();
    void spread(ledger::Event event, const ledger::ContactPoint& point);

    Workspace workspace_;
    ledger::Tokeniser tokeniser_;
    std::unique_ptr<ledger::Store> store_;
    std::optional<std::vector<Notice>> notices_;  ///< read when the first choice needs them
    std::vector<ledger::Event> batch_;
    std::size_t said_ = 0;
    std::size_t added_ = 0;
    std::size_t already_there_ = 0;
};

/// Says how many events were recorded.
void print_recorded(const Terminal& terminal, const Recorder& recorder);

}  // namespace licet
