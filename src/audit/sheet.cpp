// SPDX-License-Identifier: Apache-2.0
#include "audit/sheet.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/digest.h"
#include "base/text.h"

namespace licet::audit {
namespace {

using ledger::Event;
using ledger::EventKind;

std::string text_of(const Event& event, const char* name) {
    return std::string(attribute(event, name));
}

// Several answers may come within a second: each says how many there were before it.
std::int64_t number_before(const Event& event) {
    return whole_number(attribute(event, "after")).value_or(0);
}

// The events of one audit in the order of their moments; equal moments by what they saw, then by
// key, so that any order of arrival gives the same sheet.
std::vector<const Event*> events_of(std::string_view audit, std::span<const Event> events) {
    std::vector<const Event*> out;
    for (const Event& one : events)
        if (one.kind == EventKind::kAuditAnswered && attribute(one, "audit") == audit)
            out.push_back(&one);
    std::sort(out.begin(), out.end(), [](const Event* a, const Event* b) {
        return std::tuple(a->received_at, number_before(*a), std::string_view(a->key)) <
               std::tuple(b->received_at, number_before(*b), std::string_view(b->key));
    });
    out.erase(std::unique(out.begin(), out.end(),
                          [](const Event* a, const Event* b) { return a->key == b->key; }),
              out.end());
    return out;
}

Answer answer_of(const Event& event) {
    Answer out;
    out.question = text_of(event, "question");
    out.value = text_of(event, "answer");
    out.proof = proof_of(attribute(event, "proof")).value_or(Proof::kDeclared);
    out.reason = text_of(event, "reason");
    out.reason_sha256 = text_of(event, "reason_sha256");
    out.evidence = text_of(event, "evidence");
    out.by = text_of(event, "by");
    out.form = text_of(event, "form");
    out.version = text_of(event, "version");
    out.over = text_of(event, "over");
    out.after = static_cast<int>(number_before(event));
    out.key = event.key;
    out.on = event.happened_on;
    out.at = event.received_at;
    return out;
}

class Folder {
  public:
    Folder(Sheet& sheet, const Questionnaire& questionnaire)
        : sheet_(sheet), questionnaire_(questionnaire) {}

    void fold(const Event& event) {
        const std::string_view step = attribute(event, "step");
        if (step == "started") {
            if (sheet_.started_at != 0) return;
            sheet_.started_at = event.received_at;
            sheet_.started_on = event.happened_on;
            sheet_.version = text_of(event, "version");
        } else if (step == "assigned") {
            sheet_.assignments[text_of(event, "action")] = {
                text_of(event, "owner"), text_of(event, "due"), text_of(event, "begun") == "yes",
                text_of(event, "cost"),  event.received_at,     ++sheet_.assigned};
        } else if (step == "answered") {
            fold_answer(answer_of(event));
        }
    }

  private:
    void fold_answer(Answer answer) {
        sheet_.history.push_back(answer);
        const Question* question = questionnaire_.question(answer.question);
        if (question == nullptr) {
            sheet_.refused.push_back({std::move(answer), Refusal::kQuestionGone});
            return;
        }
        // Measured by us: it is kept beside what people said, and never replaces it.
        auto& known = answer.proof == Proof::kMeasured ? sheet_.measured : sheet_.answers;
        const auto value = checked_value(*question, answer.value);
        if (!value || *value != answer.value) {
            sheet_.refused.push_back({std::move(answer), Refusal::kNotPossible});
            return;
        }
        if (answer.proof == Proof::kMeasured && *value == kUnknown) {
            known.erase(question->id);
            return;
        }
        std::erase(sheet_.to_confirm, question->id);
        if (answer.form != question->form && answer.proof != Proof::kMeasured)
            sheet_.to_confirm.push_back(question->id);
        const auto before = known.find(question->id);
        std::erase_if(sheet_.conflicts, [&](const Conflict& one) {
            return one.later.question == question->id && answer.over == one.later.key;
        });
        if (before != known.end() && answer.proof != Proof::kMeasured &&
            answer.over != before->second.key && answer.value != before->second.value)
            sheet_.conflicts.push_back({before->second, answer});
        known.insert_or_assign(question->id, std::move(answer));
    }

    Sheet& sheet_;
    const Questionnaire& questionnaire_;
};

Event event_about(std::string_view audit, std::string_view step, const Said& said) {
    Event event;
    event.kind = EventKind::kAuditAnswered;
    event.happened_on = said.on;
    event.received_at = said.at;
    event.surface = "audit";
    event.attributes = {{"audit", std::string(audit)}, {"step", std::string(step)}};
    return event;
}

void put(Event& event, const char* name, std::string_view value) {
    if (!value.empty()) event.attributes[name] = std::string(value);
}

// Two who say the same thing at the same second said one thing.
Event with_key(Event event) {
    constexpr std::size_t kBytes = 16;
    const Digest digest = sha256(bytes_of(event));
    event.key = "audit-" + hex_of(std::span(digest).first(kBytes));
    return event;
}

}  // namespace

const Answer* Sheet::find(std::string_view question) const {
    const auto found = answers.find(question);
    return found == answers.end() ? nullptr : &found->second;
}

Profile Sheet::profile(const Questionnaire& questionnaire) const {
    Profile out;
    for (const Question& one : questionnaire.questions) {
        const Answer* answer = one.sets.empty() ? nullptr : find(one.id);
        if (answer == nullptr || answer->value == kUnknown) continue;
        if (one.type == AnswerType::kYesNo)
            out[one.sets] = {answer->value == "yes" ? "oui" : "non"};
        else
            out[one.sets] = parts_of(answer->value);
    }
    return out;
}

Result<Sheet> sheet_of(std::string_view audit, std::span<const Event> events,
                       const Questionnaire& questionnaire) {
    Sheet sheet;
    sheet.audit = std::string(audit);
    Folder folder(sheet, questionnaire);
    for (const Event* one : events_of(audit, events)) folder.fold(*one);
    if (sheet.started_at == 0)
        return error(ErrorCode::kMissing, "audit.no_such", {{"audit", std::string(audit)}});
    return sheet;
}

std::vector<std::string> audits_of(std::span<const Event> events) {
    std::vector<std::pair<std::int64_t, std::string>> found;
    for (const Event& one : events)
        if (one.kind == EventKind::kAuditAnswered && attribute(one, "step") == "started")
            found.emplace_back(one.received_at, std::string(attribute(one, "audit")));
    std::sort(found.begin(), found.end());
    std::vector<std::string> out;
    for (auto& [at, name] : found)
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    return out;
}

Event start_event(std::string_view audit, const Questionnaire& questionnaire, const Said& said) {
    Event event = event_about(audit, "started", said);
    put(event, "version", questionnaire.version);
    put(event, "sha256", questionnaire.sha256);
    event.key = "audit-start-" + std::string(audit);
    return event;
}

Event answer_event(std::string_view audit, const Answer& answer, const Said& said) {
    Event event = event_about(audit, "answered", said);
    for (const auto& [name, value] : {std::pair{"question", &answer.question},
                                      {"answer", &answer.value},
                                      {"reason", &answer.reason},
                                      {"reason_sha256", &answer.reason_sha256},
                                      {"evidence", &answer.evidence},
                                      {"by", &answer.by},
                                      {"form", &answer.form},
                                      {"version", &answer.version},
                                      {"over", &answer.over}})
        put(event, name, *value);
    put(event, "proof", name_of(answer.proof));
    put(event, "after", std::to_string(answer.after));
    return with_key(std::move(event));
}

Event assignment_event(std::string_view audit, std::string_view action,
                       const Assignment& assignment, const Said& said) {
    Event event = event_about(audit, "assigned", said);
    put(event, "action", action);
    put(event, "owner", assignment.owner);
    put(event, "due", assignment.due);
    put(event, "begun", assignment.is_begun ? "yes" : "");
    put(event, "cost", assignment.cost);
    put(event, "after", std::to_string(assignment.after));
    return with_key(std::move(event));
}

}  // namespace licet::audit
