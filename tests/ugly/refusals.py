# SPDX-License-Identifier: Apache-2.0
"""Ugly files whose refusals are easily missed: hidden in words, in names of columns, below titles.

Each is (name, content, what becomes of it); see cases.py.
"""
import json

from people import at, card, csv_of

OK1, OK2, OUT1, OUT2, NO1 = at("ok1"), at("ok2"), at("out1"), at("out2"), at("no1")


def two(header, yes, no, encoding="utf-8"):
    """Gives a list of two: who refuses with a word, and who does not with another."""
    rows = [["Email", header], [OUT1, yes], [OK1, no]]
    return csv_of(rows, encoding=encoding), (1, 1, 0)


def words():
    for name, header, yes, no in (
            ("list", "Liste noire", "Inscrit", "Non inscrit"),
            ("list_in_english", "Opt-out", "Active", "absent"),
            ("opposition", "Opposition", "Accepté", "non"),
            ("either_way", "Désinscrit", "Inscrit", "non"),
            ("subscription", "Statut abonnement", "désabonné", "abonné"),
            ("newsletter", "Newsletter", "stop", "non"),
            ("gdpr", "RGPD", "Opposition", "OK"),
            ("state", "Statut", "Ne pas contacter", "Actif"),
            ("state_of_mail", "Email status", "unsubscribed", "subscribed"),
            ("tags", "Tags", "vip, unsubscribed", "vip"),
            ("comment", "Commentaire", "a demandé à être désinscrit", "rappeler lundi"),
            ("unknown_column", "Divers", "do not contact", "vu au salon"),
            ("damaged_word", "Statut", "dÃ©sinscrit", "actif")):
        yield name, *two(header, yes, no)


def names():
    for name, header in (("german_leaving", "Newsletter abbestellt"), ("german", "Werbesperre"),
                         ("german_none", "Kein Newsletter"), ("german_barred", "Gesperrt"),
                         ("french", "Ne souhaite plus recevoir"), ("robinson", "Robinson"),
                         ("verb", "Ne pas emailer"), ("excluded", "Exclu"), ("gdpr", "RGPD refus"),
                         ("removed", "Removed"), ("salesforce", "Ne pas envoyer d'e-mails"),
                         ("odoo", "Ne plus recevoir"), ("mojibake", "DÃ©sinscrit"),
                         ("question_marks", "D?sinscrit"), ("replaced", "D\ufffdsinscrit")):
        yield name, *two(header, "oui", "non")
    yield "mac_roman", *two("Désabonné", "oui", "", "mac_roman")
    yield "cp850", *two("Désinscrit", "oui", "", "cp850")
    yield "dynamics", *two("Do not allow Emails", "Do Not Allow", "Allow")
    yield "permission", *two("Email permission", "denied", "granted")
    yield "consent_withdrawn", *two("Consent status", "withdrawn", "granted")
    yield "hubspot_left", csv_of(
        [["Email", "Portal Unsubscribe", "Portal Bounce", "Marketing Information"],
         [OUT1, "FALSE", "FALSE", "TRUE"], [OK1, "FALSE", "FALSE", "FALSE"]], ","), (1, 1, 0)
    yield "fax", csv_of([["Id", "Email", "FirstName", "HasOptedOutOfFax"], ["1", OK1, "Z", "1"]],
                        ","), (1, 0, 0)
    yield "listmonk", "".join(json.dumps(one) + "\n" for one in (
        {"uuid": "1", "email": OK1, "attribs": {"city": "x"}, "status": "enabled"},
        {"uuid": "2", "email": OUT1, "attribs": {"city": "x"}, "status": "blocklisted"})), (1, 1, 0)
    yield "mailchimp", "".join(json.dumps({"email_address": who, "status": state}) + "\n"
                               for who, state in ((OK1, "subscribed"), (OUT1, "unsubscribed"),
                                                  (OUT2, "cleaned"))), (1, 2, 0)
    yield "categories_of_a_card", card(f"EMAIL:{OUT1}", "CATEGORIES:Clients,Désinscrit") + card(
        f"EMAIL:{OK1}", "CATEGORIES:Clients"), (1, 1, 0)


def places():
    rows = f"A;{OK1};non\nB;{OUT1};oui\n"
    head = "Nom;Adresse e-mail du contact;Désinscrit\n"
    yield "title", "Export CRM;;\n" + head + rows, (1, 1, 0)
    yield "title_of_one_cell", "Export CRM\n" + head + rows, (1, 1, 0)
    yield "group_line", "Identité;Email;Statut\nNom;Adresse;Désinscrit\n" + rows, "line 2 holds"
    yield "names_with_numbers", "Par x@courrier.example;;\nEmail 1;Portable 2;STOP\n" + rows, \
        "line 2 holds"
    yield "title_with_an_address", "Par;zoe@courrier.example;\nNom;Email;Désinscrit\n" + rows, \
        "line 2 holds"
    yield "names_far_down", "x;;\n" * 22 + "Nom;Email;Désinscrit\n" + rows, "line 23 holds"
    yield "names_below_a_quote", '"Liste ""VIP"\n du 12/03";;\nNom;Email;Désinscrit\n' + rows, \
        "line 3 holds"
    yield "no_header_named", f"Zoé Roux <{OK1}>;bureau\nLéo <{OK2}>;mobile\n", (2, 0, 0)
    yield "whole_rows_in_quotes", f'"Nom;Email;Désinscrit"\n"A;{OK1};"\n', "whole rows"
    yield "rows_of_another_separator", "Nom\tEmail\tDésinscrit\n" + rows, "separated by TAB"


def several():
    yield "owner_first", csv_of([["Owner email", "Contact email address"], [NO1, OK1]]), (1, 0, 0)
    yield "salesperson", csv_of([["Email du commercial", "Email du client"], [NO1, OK1]]), (1, 0, 0)
    yield "second_address_refuses", csv_of(
        [["Email", "Email 2", "Désinscrit"], [OK1, OUT1, ""], [OUT1, "", "oui"]]), (0, 2, 0)
    yield "refusal_reaches_the_first", csv_of(
        [["Email", "Email 2", "Désinscrit"], [OUT1, "", ""], [NO1, OUT1, "oui"]]), (0, 2, 0)
    yield "consent_stays_with_its_address", csv_of(
        [["Nom", "Email", "Email 2"], ["A", NO1, OK1]]), (0, 1, 0)


FAMILIES = (words, names, places, several)
