// SPDX-License-Identifier: Apache-2.0
#include "api/verdict.h"

#include "api/library.h"

namespace licet::api {

WordedVerdict::WordedVerdict(const law::Law& law, const gate::Verdict& verdict, Language language)
    : licet_verdict{} {
    const law::Vocabulary& words = law.vocabulary();
    const law::Question* asked = words.question(verdict.question);
    const int code = asked == nullptr ? -1 : asked->answer_of(verdict.answer);
    answer = keep(verdict.answer);
    answer_code = code < 0 ? LICET_UNDETERMINED : static_cast<std::uint32_t>(code);
    is_settled = verdict.certainty == law::Certainty::kSettled ? 1 : 0;
    question = keep(verdict.question);
    at = keep(verdict.at);
    holds_until = keep(verdict.changes_on ? licet::text_of(*verdict.changes_on) : "");
    note = keep(verdict.note ? verdict.note->id : "");
    pack = keep(verdict.pack);
    keep_reasons(verdict, language);
    for (const std::string& id : verdict.duties)
        duties_.push_back({keep(id), keep(words.duty(id)->worded(verdict.channel, language))});
    for (const law::FactId id : verdict.missing)
        missing_.push_back({keep(words.fact(id).name), keep(words.fact(id).words.in(language))});
    duties = duties_.data();
    duty_count = duties_.size();
    missing = missing_.data();
    missing_count = missing_.size();
}

licet_text WordedVerdict::keep(std::string text) {
    return api::text_of(texts_.emplace_back(std::move(text)));
}

void WordedVerdict::keep_reasons(const gate::Verdict& verdict, Language language) {
    for (const gate::VerdictReason& reason : verdict.reasons) {
        std::vector<licet_text>& cited = cites_.emplace_back();
        for (const std::string& cite : reason.cites) cited.push_back(keep(cite));
        reasons_.push_back({keep(reason.rule), keep(reason.tell.in(language)), cited.data(),
                            cited.size(), reason.certainty == law::Certainty::kSettled ? 1 : 0});
    }
    reasons = reasons_.data();
    reason_count = reasons_.size();
}

}  // namespace licet::api
