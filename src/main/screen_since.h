// SPDX-License-Identifier: Apache-2.0
//
// `licet screen --since`: can anything have changed since a certificate was made?
//
//     certificate ── same list, same results, same settings? ── no ──► all is decided anew
//     screening-state ── rows of persons about whom something came ── some ──► all is decided anew
//                     └─ rows whose day has come                   ── none ──► the results stand
//
// What costs is reading a list and writing it again, not deciding: so either nothing is done, or
// everything.
#pragma once

#include <string>

#include "lists/certificate.h"
#include "main/screen_certificate.h"

namespace licet {

/// What the screening would rest on now.
struct SinceGround {
    const Workspace& workspace;
    const CertificateGround& certificate;
    Digest settings{};
    Moment at;
    std::string list;    ///< path
    std::string folder;  ///< of the results
};

struct Since {
    lists::Certificate before;
    std::string sha256;  ///< of the file, in hexadecimal
    std::string why;     ///< id of what is told; "since.nothing": the results stand
    std::uint64_t by_events = 0;
    std::uint64_t by_days = 0;
    [[nodiscard]] bool is_unchanged() const { return why == "since.nothing"; }
};

/// Errors: those of certificate_of() and of reading files; kBroken if the ledger does not continue
/// the checkpoint of the certificate ("log.rolled_back", "log.forked"): nobody is to be contacted.
[[nodiscard]] Result<Since> changes_since(const std::string& certificate_path,
                                          const SinceGround& now);

}  // namespace licet
