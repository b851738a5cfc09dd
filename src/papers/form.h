// SPDX-License-Identifier: Apache-2.0
//
// What a form says where it takes data, as a piece of HTML and as text; and what a form that was
// sent proves.
//
//     document form_notice.NAME ──section short──► notice ─┐ snippet
//                               └─section box────► label  ─┴─► its SHA-256, which the form sends
//     form that was sent + the notices that exist ──► consent_given | objection | informed
//
// The words are those of the document, so that what people see and what is published are one text.
// Whether a box is wanted is put to the packs (papers/asks.toml, form_free and form_refusal). A box
// is never ticked beforehand, and one that was not ticked is never a yes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "papers/banner.h"
#include "papers/papers.h"

namespace licet::papers {

enum class Box {
    kNone,     ///< no prospecting, or no consent and no refusal to be asked for here
    kConsent,  ///< ticked, it is a consent
    kRefusal,  ///< ticked, it is an objection
};
[[nodiscard]] std::string_view name_of(Box box);

/// A form of the register in one language, and what the law wants of it.
struct Form {
    std::string id;
    std::string use;      ///< `case` of its table: contact, b2b, b2c, partners, b2c_phone, ...
    std::string channel;  ///< by which people would be contacted
    Language language = Language::kFrench;
    Box box = Box::kNone;
    std::vector<std::string> cites;  ///< of the rule that wants the box
    std::vector<Line> notice;        ///< its paragraphs
    std::string label;               ///< of the box; empty if there is none
};

/// Takes a form out of its document, and asks the law about it. Problems: those of the document;
/// "form.none" if there is no such form; "papers.against_law" if it cannot serve its case;
/// "form.box_more" if the template has a box that the law does not want, or two;
/// "form.box_missing" if it lacks the one that the law wants.
[[nodiscard]] Read<Form> read_form(const Office& office, const std::string& id, Language language);

/// What one language of a form is made of. The version is the SHA-256 of the file
/// "form-NAME-LANGUAGE.notice.html", which holds the notice as it is shown, and nothing else.
struct FormFiles {
    std::vector<BannerFile> files;  ///< the notice, the snippet, the text, the descriptor
    std::string version;
};
/// `texts` are those of its language.
[[nodiscard]] FormFiles build_form(const Form& form, const Catalogue& texts);

/// A notice that exists: what a form that names it was about.
struct ShownNotice {
    std::string version;
    std::string form;
    std::string language;
    std::string channel;
    Box box = Box::kNone;
};

/// What a published notice says of itself in the ledger, and back: `form`, `channel`, `box`.
[[nodiscard]] std::map<std::string, std::string> attributes_of(const Form& form);
/// Nothing if they are not those of a form's notice.
[[nodiscard]] std::optional<ShownNotice> shown_notice(
    const std::string& version, const std::string& language,
    const std::map<std::string, std::string>& attributes);

/// Reads a descriptor ("form-NAME-LANGUAGE.json"). Errors: kInput ("form.descriptor").
[[nodiscard]] Result<ShownNotice> read_descriptor(std::string_view json);

/// What a form that was sent proves: the event to record.
struct Proof {
    std::string kind;  ///< consent_given, objection or informed
    ShownNotice notice;
};

/// Binds a form that was sent to the notice that it was shown with. `fields` are those of the form;
/// `licet_notice` names the notice, `licet_box` is "yes" if its box was ticked.
/// Errors: kInput ("form.no_notice"), kMissing ("form.unknown_notice"), kInput ("form.box") for a
/// box that the notice does not have.
[[nodiscard]] Result<Proof> bind_submission(
    const std::vector<ShownNotice>& notices,
    const std::map<std::string, std::string, std::less<>>& fields);

}  // namespace licet::papers
