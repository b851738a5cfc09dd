// SPDX-License-Identifier: Apache-2.0
//
// A report of an invented campaign, for the tests and for looking at the page. It has a little of
// everything that a real one may hold: each outcome, long texts, a mapping, problems, samples, so
// that one look shows all parts of the page.
#pragma once

#include "lists/report.h"

namespace licet::lists::test {

inline ReportInput example_report(Language language) {
    const bool is_french = language == Language::kFrench;
    const auto either = [&](const char* french, const char* english) {
        return std::string(is_french ? french : english);
    };
    ReportInput in;
    in.campaign =
        either("Salon de l'Exemple RH, relance de novembre", "Example HR fair, November follow-up");
    in.file_name = "hubspot-webinaire.csv";
    in.date = either("25 novembre 2026", "25 November 2026");
    in.packs = {"fr 1.0.0 (sha256:9f2c41d7)", "eu 1.0.0 (sha256:03be77aa)"};
    in.totals = {12'847, 4'310, 1'962, 184, 37};
    in.reasons = {
        {"fr.email.professional",
         either(
             "Un professionnel peut être démarché si l'offre concerne sa profession et s'il peut "
             "refuser sans frais.",
             "A professional may be solicited if the offer concerns the profession and refusing "
             "is free."),
         "CPCE, art. L34-5 ; CNIL", true, 11'920, Outcome::kAllowed},
        {"fr.email.similar_products",
         either("Un client peut recevoir des offres de produits analogues à son achat.",
                "A customer may receive offers of goods similar to the purchase."),
         "CPCE, art. L34-5, al. 4", true, 927, Outcome::kAllowed},
        {"fr.email.consumer",
         either("Un particulier doit avoir donné son accord avant tout message.",
                "A consumer must have agreed before any message."),
         "CPCE, art. L34-5, al. 1", true, 2'604, Outcome::kForbidden},
        {"fr.objection", either("La personne a refusé la prospection.", "The person has objected."),
         either("RGPD, art. 21(2) et 21(3)", "GDPR, articles 21(2) and 21(3)"), true, 1'415,
         Outcome::kForbidden},
        {"fr.retention.prospect",
         either("Trois ans sans signe de la personne : les données doivent être effacées.",
                "Three years without a sign from the person: the data must be erased."),
         either("CNIL, référentiel gestion commerciale", "CNIL, commercial management reference"),
         false, 291, Outcome::kForbidden},
        {"fr.email.audience",
         either("On ignore si l'adresse est celle d'un particulier ou d'un professionnel.",
                "It is not known whether the address is a consumer's or a professional's."),
         "CPCE, art. L34-5", true, 1'962, Outcome::kUndetermined}};
    in.origins = {
        {either("Formulaire du site", "Web form"), {7'904, 402, 160, 0, 0}},
        {either("Salon, carte de visite", "Fair, business card"), {3'210, 288, 75, 62, 0}},
        {either("Partenaire", "Partner"), {1'120, 1'866, 241, 0, 0}},
        {either("Fichier acheté", "Bought file"), {613, 1'402, 88, 122, 0}},
        {either("Origine inconnue", "Unknown origin"), {0, 352, 1'398, 0, 37}}};
    in.audiences = {{either("Professionnel, adresse nominative", "Professional, named address"),
                     {10'702, 880, 0, 120, 0}},
                    {either("Organisation, adresse générique", "Organisation, generic address"),
                     {1'218, 231, 0, 64, 0}},
                    {either("Particulier", "Consumer"), {927, 3'199, 0, 0, 0}},
                    {either("Inconnu", "Unknown"), {0, 0, 1'962, 0, 37}}};
    in.duties = {{"identify_sender",
                  either("Dire qui écrit, et pour qui.", "Say who writes, and for whom."), 12'847},
                 {"stop_contact",
                  either("Donner un moyen gratuit et simple de refuser, dans chaque message.",
                         "Give a free and simple way to refuse, in every message."),
                  12'847},
                 {"source_of_data",
                  either("Indiquer l'origine des données dès le premier message.",
                         "State the origin of the data in the first message."),
                  1'733}};
    in.missing = {{either("Particulier ou professionnel ?", "Consumer or professional?"), 1'962},
                  {either("Origine des données", "Origin of the data"), 1'398}};
    in.remedies = {{either("Établir que le destinataire est un professionnel",
                           "Establish that the recipient is a professional"),
                    1'640, ReportInput::Actor::kUs},
                   {either("Obtenir un accord valable", "Obtain a valid agreement"), 2'604,
                    ReportInput::Actor::kPerson}};
    in.problems = {
        {118, "Email", either("l'adresse n'a pas d'arobase", "the address has no at sign"), "c…"},
        {1'204, "", either("la ligne a 7 champs, 6 attendus", "the row has 7 fields, 6 expected"),
         ""},
        {9'377, "Create Date",
         either("la date n'existe dans aucun calendrier", "no calendar has this date"), "31…26"}};
    in.problem_count = 37;
    in.mapping.vendor = Vendor::kHubspot;
    in.mapping.names = {"Email", "First Name", "Mobile Phone Number", "Phone Number", "Origine ?"};
    const auto map = [&](Role role, std::size_t index, FoundBy by) {
        in.mapping.columns.at(static_cast<std::size_t>(role)).push_back({index, by});
    };
    map(Role::kEmail, 0, FoundBy::kName);
    map(Role::kFirstName, 1, FoundBy::kName);
    map(Role::kPhone, 2, FoundBy::kContent);
    map(Role::kPhone, 3, FoundBy::kName);
    map(Role::kSource, 4, FoundBy::kUser);
    in.sample_columns = {"Email", "First Name", "Mobile Phone Number"};
    in.samples = {
        {2, {"e…@b….example", "E…", "06…01"}, Outcome::kAllowed, "fr.email.professional"},
        {3, {"p…@w….example", "P…", ""}, Outcome::kForbidden, "fr.email.consumer"},
        {4, {"c…@a….example", "C…", "06…17"}, Outcome::kUndetermined, "fr.email.audience"}};
    return in;
}

}  // namespace licet::lists::test
