// SPDX-License-Identifier: Apache-2.0
//
// Adds invented objections to the index of persons of a workspace, until it has so many entries:
// a list can then be screened against a hundred million without writing each into a ledger first.
//
//     more_standings WORKSPACE COUNT      the workspace must have been screened against once
//
// Its tokens are as uniform as those of addresses; nobody has them.
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <random>
#include <string>

#include "store/ledger_store.h"
#include "store/standing_file.h"

namespace licet {
namespace {

constexpr Date kDay{std::chrono::year{2026} / 1 / 5};

Result<Done> add_until(const std::string& folder, std::uint64_t count) {
    const store::LedgerFiles files = store::ledger_files_in(folder);
    const auto before = LICET_TRY(store::StandingFile::open(files.standings));
    const auto store = LICET_TRY(store::open_ledger_store(files, store::Mode::kReadOnly));
    const auto writer = LICET_TRY(store::StandingFileWriter::create(files.standings));
    std::uint64_t added = 0;
    LICET_TRY(store->for_each_suppression([&](const ledger::Suppression& one) {
        writer->add(one);
        ++added;
    }));
    if (added != before->entries()) return error(ErrorCode::kInput, "standings.damaged");
    std::mt19937_64 chance(20'261'128);
    ledger::Suppression one{{}, {"", "", ""}, "objection", kDay, kDay, {}};
    for (; added < count; ++added) {
        for (std::size_t i = 0; i < one.person.bytes.size(); i += 8) {
            const std::uint64_t bits = chance();
            std::memcpy(one.person.bytes.data() + i, &bits, sizeof bits);
        }
        writer->add(one);
    }
    writer->add(before->newest_day());
    return writer->finish(before->source());
}

}  // namespace
}  // namespace licet

int main(int argc, char** argv) {
    if (argc != 3) return EXIT_FAILURE;
    const auto done = licet::add_until(argv[1], std::stoull(argv[2]));
    if (!done) std::cerr << done.error().message.id << '\n';
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
