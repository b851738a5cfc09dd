// SPDX-License-Identifier: Apache-2.0
//
// Certificates of screenings, on their way between ledger, files and lists/certificate.h.
//
//     checkpoint, signed before the ledger is read ──► screening ──► certificate.txt
//                                                                └─► an event that it was issued
#pragma once

#include <array>
#include <string>

#include "gate/campaign.h"
#include "law/law.h"
#include "lists/certificate.h"
#include "main/workspace.h"

namespace licet {

inline constexpr const char* kCertificateFile = "certificate.txt";
inline constexpr const char* kStateFile = "screening-state";
inline constexpr const char* kAnswersFile = "answers.csv";  ///< of brief results
inline constexpr std::array kResultFiles = {"allowed.csv", "blocked.csv", "review.csv"};

/// What a certificate rests on: whoever reads the ledger after it was made sees at least this much.
struct CertificateGround {
    LogKey key;
    ledger::Checkpoint checkpoint;
    bool is_read_only = false;  ///< the newest checkpoint of a ledger that cannot be written
};

/// Signs the ledger as it is now; of one that can only be read, takes the newest checkpoint.
/// Errors: those of log_key_of() and of store::sign_checkpoint().
[[nodiscard]] Result<CertificateGround> certificate_ground(const Workspace& workspace);

/// Fills in what law, campaign and checkpoint say, and the time.
[[nodiscard]] lists::Certificate certificate_about(const law::Law& law,
                                                   const gate::Campaign& campaign,
                                                   const CertificateGround& ground);

/// Reads a file whole. Errors: those of ByteReader.
[[nodiscard]] Result<lists::Certificate::File> file_as_it_is(const std::string& path,
                                                             const std::string& name);

/// Signs the certificate, records in the ledger that it was issued for that campaign, and writes it
/// into `folder`. Errors: those of the store and of ByteWriter.
[[nodiscard]] Result<Done> issue_certificate(const Workspace& workspace,
                                             const CertificateGround& ground,
                                             const lists::Certificate& certificate,
                                             const std::string& campaign,
                                             const std::string& folder);

}  // namespace licet
