// SPDX-License-Identifier: Apache-2.0
#include "base/timestamp.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace licet {
namespace {

struct Free {
    void operator()(TS_REQ* value) const noexcept { TS_REQ_free(value); }
    void operator()(TS_RESP* value) const noexcept { TS_RESP_free(value); }
    void operator()(TS_MSG_IMPRINT* value) const noexcept { TS_MSG_IMPRINT_free(value); }
    void operator()(TS_VERIFY_CTX* value) const noexcept { TS_VERIFY_CTX_free(value); }
    void operator()(X509_ALGOR* value) const noexcept { X509_ALGOR_free(value); }
    void operator()(X509_STORE* value) const noexcept { X509_STORE_free(value); }
    void operator()(X509* value) const noexcept { X509_free(value); }
    void operator()(BIO* value) const noexcept { BIO_free(value); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

Error problem(std::string_view id) { return error(ErrorCode::kInput, id); }

std::int64_t seconds_of(const ASN1_GENERALIZEDTIME* time) {
    std::tm fields{};
    if (ASN1_TIME_to_tm(time, &fields) != 1) return 0;
    return std::int64_t{::timegm(&fields)};
}

Result<Owned<X509_STORE>> store_of(std::string_view pem) {
    Owned<X509_STORE> store(X509_STORE_new());
    const Owned<BIO> bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    int count = 0;
    while (true) {
        const Owned<X509> certificate(PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr));
        if (certificate == nullptr) break;
        if (X509_STORE_add_cert(store.get(), certificate.get()) == 1) ++count;
    }
    ERR_clear_error();
    if (count == 0) return problem("timestamp.trusted_form");
    return store;
}

bool is_of_digest(TS_TST_INFO* info, const Digest& digest) {
    TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OCTET_STRING* hash = TS_MSG_IMPRINT_get_msg(imprint);
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
    return OBJ_obj2nid(algorithm) == NID_sha256 &&
           ASN1_STRING_length(hash) == static_cast<int>(digest.size()) &&
           std::equal(digest.begin(), digest.end(), ASN1_STRING_get0_data(hash));
}

Result<Done> check_signature(TS_RESP* response, const Digest& digest, std::string_view pem) {
    Owned<X509_STORE> store = LICET_TRY(store_of(pem));
    const Owned<TS_VERIFY_CTX> context(TS_VERIFY_CTX_new());
    TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
    TS_VERIFY_CTX_set_store(context.get(), store.release());
    // The context frees it with the library's own allocator.
    auto* bytes = static_cast<unsigned char*>(OPENSSL_memdup(digest.data(), digest.size()));
    TS_VERIFY_CTX_set_imprint(context.get(), bytes, static_cast<long>(digest.size()));
    const bool is_signed = TS_RESP_verify_response(context.get(), response) == 1;
    ERR_clear_error();
    if (!is_signed) return problem("timestamp.not_trusted");
    return Done{};
}

std::string name_of_authority(TS_TST_INFO* info) {
    GENERAL_NAME* name = TS_TST_INFO_get_tsa(info);
    if (name == nullptr || name->type != GEN_DIRNAME) return {};
    const Owned<BIO> out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name->d.directoryName, 0, XN_FLAG_RFC2253);
    char* start = nullptr;
    const long size = BIO_get_mem_data(out.get(), &start);
    return {start, static_cast<std::size_t>(size)};
}

}  // namespace

std::vector<std::uint8_t> timestamp_request(const Digest& digest) {
    const Owned<TS_REQ> request(TS_REQ_new());
    const Owned<TS_MSG_IMPRINT> imprint(TS_MSG_IMPRINT_new());
    const Owned<X509_ALGOR> algorithm(X509_ALGOR_new());
    Digest copy = digest;
    LICET_ENSURE(
        X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
        TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
        TS_MSG_IMPRINT_set_msg(imprint.get(), copy.data(), static_cast<int>(copy.size())) == 1 &&
        TS_REQ_set_version(request.get(), 1) == 1 &&
        TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
        TS_REQ_set_cert_req(request.get(), 1) == 1);
    const int size = i2d_TS_REQ(request.get(), nullptr);
    LICET_ENSURE(size > 0);
    std::vector<std::uint8_t> out(static_cast<std::size_t>(size));
    unsigned char* to = out.data();
    LICET_ENSURE(i2d_TS_REQ(request.get(), &to) == size);
    return out;
}

Result<Timestamp> checked_timestamp(std::span<const std::uint8_t> answer, const Digest& digest,
                                    const std::optional<std::string>& trusted_pem) {
    const unsigned char* from = answer.data();
    const Owned<TS_RESP> response(d2i_TS_RESP(nullptr, &from, static_cast<long>(answer.size())));
    ERR_clear_error();
    if (response == nullptr || from != answer.data() + answer.size())
        return problem("timestamp.form");
    const ASN1_INTEGER* status =
        TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
    TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
    // 0 granted, 1 granted with changes (RFC 3161, 2.4.2).
    const long granted = ASN1_INTEGER_get(status);
    if (info == nullptr || granted < 0 || granted > 1) return problem("timestamp.refused");
    if (!is_of_digest(info, digest)) return problem("timestamp.other_digest");
    if (trusted_pem) LICET_TRY(check_signature(response.get(), digest, *trusted_pem));
    return Timestamp{seconds_of(TS_TST_INFO_get_time(info)), name_of_authority(info)};
}

}  // namespace licet
