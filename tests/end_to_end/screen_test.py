# SPDX-License-Identifier: Apache-2.0
"""Goal: show that screening loses no row, changes no cell, lets no objection through, stays small.

Method: each example list is screened with a campaign that fits, and the results are compared with
the list as Python's own CSV reader sees it. Then small lists, one for each promise, and a long one.
"""
import collections
import csv
import json
import os
import random
import shutil
import subprocess
import unittest

from support import (ADDED, ALL_RESULTS, CAMPAIGN, EXAMPLES, LICET, PACKS, RESULTS,
                     UNREADABLE_ROWS, Desk, has_sanitizers, light_packs, surroundings)

# list, campaign, encoding, separator
PAIRS = (
    ("hubspot-webinaire.csv", "email-b2b.toml", "utf-8-sig", ","),
    ("salesforce-leads.csv", "email-b2b-leads.toml", "utf-8-sig", ","),
    ("odoo-salon.csv", "email-salon.toml", "utf-8-sig", ","),
    ("brevo-newsletter.csv", "email-boutique.toml", "utf-8-sig", ";"),
    ("mailchimp-boutique.csv", "email-boutique-clients.toml", "utf-8-sig", ","),
    ("dolibarr-clients.csv", "email-clients.toml", "cp1252", ";"),
)


def raw_rows(text, separator):
    """Gives each row as it stands in a file, without its line ending, with its fields."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(iter(lines), delimiter=separator)
    start = 0
    for fields in reader:
        yield "".join(lines[start:reader.line_num]).rstrip("\r\n"), fields
        start = reader.line_num


def words_of(path):
    return path.read_bytes().decode("utf-8-sig")


class Examples(Desk):
    """The lists of examples/, by all the law that the program carries."""

    def setUp(self):
        super().setUp()
        self.done(self.licet("record", "--jsonl", EXAMPLES / "evenements.jsonl"))

    def assert_no_row_is_lost(self, name, encoding, separator, summary):
        """Holds that each row is in one result, byte for byte and in order."""
        text = (EXAMPLES / name).read_bytes().decode(encoding)
        header, *rows = list(raw_rows(text, separator))
        width = len(header[1])
        rows = [row for row in rows if any(field.strip() for field in row[1])]
        self.assertEqual(summary["rows"], len(rows))
        waiting = collections.defaultdict(list)
        for number, (raw, _) in enumerate(rows):
            waiting[raw].append(number)
        irregular = {n for n, (_, fields) in enumerate(rows) if len(fields) != width}
        seen = set()
        counts = collections.Counter()
        for result in RESULTS:
            text = words_of(self.here / "out" / result)
            (raw_header, fields), *results = list(raw_rows(text, separator))
            self.assertTrue(raw_header.startswith(header[0] + separator), result)
            self.assertEqual(fields[width:], ADDED)
            last = -1
            for raw, fields in results:
                self.assertEqual(len(fields), width + len(ADDED), raw)
                counts[fields[width]] += 1
                number = self.number_of(raw, fields, rows, waiting, irregular, width, separator)
                self.assertGreater(number, last, f"out of order in {result}: {raw}")
                last = number
                seen.add(number)
            self.assertTrue(text.endswith("\r\n"))
        self.assertEqual(seen, set(range(len(rows))))
        return counts

    def number_of(self, raw, fields, rows, waiting, irregular, width, separator):
        """Finds the input row that an output row repeats."""
        own = fields[:width]
        for candidate, numbers in waiting.items():
            if numbers and raw.startswith(candidate + separator):
                return numbers.pop(0)
        # A row with fields missing or in excess is written anew; all its cells must be there.
        for number in sorted(irregular):
            given = rows[number][1]
            if own[:width - 1] == (given + [""] * width)[:width - 1] and \
                    all(cell in own[-1] for cell in given[width - 1:]):
                irregular.remove(number)
                return number
        return self.fail(f"no row of the list begins so: {raw}")

    def screened(self, name, campaign):
        answer = self.screen(EXAMPLES / name, "--json", "--packs", PACKS,
                             campaign=EXAMPLES / campaign)
        self.assertIn(answer.status, (0, UNREADABLE_ROWS), str(answer))
        return answer.json()

    def test_every_row_of_every_example_is_in_one_result_untouched(self):
        for name, campaign, encoding, separator in PAIRS:
            with self.subTest(name):
                summary = self.screened(name, campaign)
                counts = self.assert_no_row_is_lost(name, encoding, separator, summary)
                self.assertEqual(summary["rows"], sum(counts.values()))
                for word, key in (("Allowed", "allowed"), ("Forbidden", "forbidden"),
                                  ("To be checked", "undetermined"), ("Unreadable", "unreadable"),
                                  ("Out of scope", "out_of_scope")):
                    found = sum(n for name, n in counts.items() if name.lower() == word.lower())
                    self.assertEqual(found, summary[key], word)
                self.assertGreater(summary["forbidden"], 0)
                self.assert_objected_are_blocked(name)

    def assert_objected_are_blocked(self, name):
        """Holds that whoever has objected in the list's own program is in no list of allowed."""
        marks = {"hubspot-webinaire.csv": ("Unsubscribed from all email", ("true",)),
                 "salesforce-leads.csv": ("HasOptedOutOfEmail", ("true",)),
                 "odoo-salon.csv": ("opt_out", ("True",)),
                 "mailchimp-boutique.csv": ("UNSUB_TIME", None)}
        if name not in marks:
            return
        column, values = marks[name]
        for row in self.rows("allowed.csv"):
            if values is None:
                self.assertEqual(row[column], "")
            else:
                self.assertNotIn(row[column], values)

    def test_who_is_not_to_be_contacted_says_dolibarr_is_not_contacted(self):
        self.screened("dolibarr-clients.csv", "email-clients.toml")
        self.assertNotIn("Ne pas contacter",
                         [row["Statut prospection"] for row in self.rows("allowed.csv")])

    def test_the_call_that_was_lawful_on_the_tenth_needs_consent_on_the_eleventh(self):
        name = "dolibarr-clients.csv"
        before = self.screened(name, "appels-avant.toml")
        allowed_before = self.rows("allowed.csv")
        after = self.screened(name, "appels-apres.toml")
        allowed_after = {row["Id contact"] for row in self.rows("allowed.csv")}
        after_files = {one: (self.here / "out" / one).read_bytes() for one in RESULTS}
        self.assertEqual(before["rows"], after["rows"])
        flipped = [row for row in allowed_before if row["Id contact"] not in allowed_after]
        self.assertGreater(len(flipped), 20)
        self.assertLess(after["allowed"], before["allowed"])
        for row in self.rows("blocked.csv"):
            if row["Id contact"] in {one["Id contact"] for one in flipped}:
                self.assertNotEqual(row["Reasons"], "")
                self.assertNotEqual(row["Law"], "")
        # The campaign of the day before, asked about the day after, gives the same lists.
        self.screen(EXAMPLES / name, "--at", "2026-08-11T11:00+02:00", "--packs", PACKS,
                    campaign=EXAMPLES / "appels-avant.toml")
        for one in RESULTS:
            self.assertEqual((self.here / "out" / one).read_bytes(), after_files[one], one)

    def test_in_brief_a_row_names_its_answer_and_its_words_stand_once(self):
        for name, campaign, encoding, separator in PAIRS:
            with self.subTest(name):
                words = ("screen", EXAMPLES / name, "-c", EXAMPLES / campaign, "--at",
                         "2026-08-10T10:00+02:00", "-o")
                whole = self.licet(*words, self.here / "whole")
                brief = self.licet(*words, self.here / "brief", "--brief")
                self.assertEqual(brief.status, whole.status, brief.err)
                self.assertIn("answers.csv", brief.out)
                head, *answers = self.rows_of("brief/answers.csv", separator)
                self.assertEqual(head, ["Answer", *ADDED, "Rows"])
                by_id = {answer[0]: answer[1:-1] for answer in answers}
                self.assertEqual(len(by_id), len(answers))
                counts = collections.Counter()
                for result in RESULTS:
                    long_head, *long_rows = self.rows_of(f"whole/{result}", separator)
                    short_head, *short_rows = self.rows_of(f"brief/{result}", separator)
                    width = len(long_head) - len(ADDED)
                    self.assertEqual(short_head, long_head[:width] + ["Verdict", "Rule", "Answer"])
                    self.assertEqual(len(short_rows), len(long_rows))
                    for long, short in zip(long_rows, short_rows):
                        self.assertEqual(short[:width + 1], long[:width + 1])
                        if short[-1] == "":  # nobody could read it: why, stands on the row
                            self.assertEqual(short[width + 1], long[width + 1])
                            continue
                        counts[short[-1]] += 1
                        self.assertEqual(by_id[short[-1]], long[width:])
                self.assertEqual({answer[0]: int(answer[-1]) for answer in answers}, counts)

    def rows_of(self, path, separator):
        return list(csv.reader(words_of(self.here / path).splitlines(keepends=True),
                               delimiter=separator))

    def test_the_same_list_gives_the_same_bytes(self):
        file = EXAMPLES / "odoo-salon.csv"
        self.screen(file, campaign=EXAMPLES / "email-salon.toml")
        first = {name: (self.here / "out" / name).read_bytes() for name in ALL_RESULTS}
        shutil.rmtree(self.here / "out")
        self.screen(file, campaign=EXAMPLES / "email-salon.toml")
        for name in ALL_RESULTS:
            self.assertEqual((self.here / "out" / name).read_bytes(), first[name], name)

    def test_an_objection_to_calls_bars_both_readings_of_an_overseas_number(self):
        header = "Nom;Téléphone\r\n"
        readings = {"0692001234": ["+262 692 00 12 34", "0692 00 12 34", "+33 692 00 12 34",
                                   "00262692001234"],
                    "+262692005678": ["0692 00 56 78", "+33692005678", "+262 692 005 678"]}
        rows = [f"Hoarau;{form}" for forms in readings.values() for form in forms]
        self.write("calls.csv", header + "\r\n".join(rows) + "\r\n")
        campaign = EXAMPLES / "appels-avant.toml"
        before = self.done(self.screen("calls.csv", "--json", campaign=campaign)).json()
        self.assertEqual(before["forbidden"], 0, before)
        for number in readings:
            self.done(self.licet("suppress", number, "--on", "2026-08-01"))
        after = self.done(self.screen("calls.csv", "--json", campaign=campaign)).json()
        self.assertEqual(after["forbidden"], len(rows), after)
        self.assertEqual(self.rows("allowed.csv"), [])


class Objections(Desk):
    """Consumers who have all consented on 1 October 2026; the campaign is of 23 November."""
    LIST = ("camille.roux@courrier.example", "camille.roux+promo@courrier.example",
            "CAMILLE.ROUX@COURRIER.EXAMPLE", " Camille.Roux@courrier.example ",
            "x.y@gmail.com", "xy@gmail.com", "autre@courrier.example")

    def setUp(self):
        super().setUp()
        self.consent(*(one.strip() for one in self.LIST))
        rows = "".join(f"N;{one}\r\n" for one in self.LIST)
        self.write("list.csv", "Nom;Email\r\n" + rows)

    def outcome(self):
        """Gives the addresses of each result."""
        self.done(self.screen("list.csv"))
        return {name: [row["Email"] for row in self.rows(name)] for name in RESULTS}

    def test_without_objections_all_may_be_contacted(self):
        self.assertEqual(self.outcome()["allowed.csv"], list(self.LIST))

    def test_an_objection_bars_every_way_of_writing_the_address(self):
        for objected in ("camille.roux@courrier.example", "CAMILLE.ROUX+Promo@Courrier.Example"):
            with self.subTest(objected):
                self.done(self.licet("suppress", objected, "--on", "2026-10-15"))
                outcome = self.outcome()
                if "+" not in objected:
                    self.assertEqual(outcome["blocked.csv"], list(self.LIST[:4]))
                self.assertIn(self.LIST[1], outcome["blocked.csv"])
                self.assertIn("autre@courrier.example", outcome["allowed.csv"])

    def test_an_objection_of_the_tagged_address_bars_the_plain_one(self):
        self.done(self.licet("suppress", "camille.roux+promo@courrier.example",
                             "--on", "2026-10-15"))
        self.assertEqual(self.outcome()["blocked.csv"], list(self.LIST[:4]))

    def test_dots_do_not_hide_a_person_where_they_mean_nothing(self):
        self.done(self.licet("suppress", "xy@gmail.com", "--on", "2026-10-15"))
        self.assertEqual(self.outcome()["blocked.csv"], ["x.y@gmail.com", "xy@gmail.com"])

    def test_a_consent_older_than_the_objection_does_not_help_and_a_later_one_does(self):
        address = "autre@courrier.example"
        self.done(self.licet("suppress", address, "--on", "2026-10-15"))
        self.assertEqual(self.outcome()["blocked.csv"], [address])
        self.consent(address, on="2026-09-01")
        self.assertEqual(self.outcome()["blocked.csv"], [address])
        self.consent(address, on="2026-10-20")
        self.assertIn(address, self.outcome()["allowed.csv"])
        self.done(self.licet("suppress", address, "--on", "2026-10-21"))
        self.assertEqual(self.outcome()["blocked.csv"], [address])

    def test_an_objection_to_one_channel_bars_that_channel_only(self):
        address = "autre@courrier.example"
        self.done(self.licet("suppress", address, "--channel", "live_call", "--on", "2026-10-15"))
        self.assertIn(address, self.outcome()["allowed.csv"])
        self.done(self.licet("suppress", address, "--channel", "email", "--on", "2026-10-15"))
        self.assertIn(address, self.outcome()["blocked.csv"])

    def test_an_objection_after_the_day_of_the_campaign_is_not_forgotten(self):
        # The list is screened again for a day that has passed: what is known now still counts.
        address = "autre@courrier.example"
        self.done(self.licet("suppress", address, "--on", "2026-11-24"))
        self.assertIn(address, self.outcome()["blocked.csv"])

    def test_recording_the_same_consent_again_lifts_nothing(self):
        self.done(self.licet("suppress", "autre@courrier.example", "--on", "2026-10-15"))
        self.consent("autre@courrier.example")
        self.assertIn("autre@courrier.example", self.outcome()["blocked.csv"])


class Shapes(Desk):
    PEOPLE = ("alix@courrier.example", "bo@courrier.example")

    def setUp(self):
        super().setUp()
        self.consent(self.PEOPLE[0])

    def judged(self, *arguments, **more):
        """Screens and gives verdicts by address."""
        self.done(self.screen(*arguments, **more))
        return {row[1].strip(): name for name in RESULTS for row in self.table(name)[1]}

    def assert_judged(self, verdicts):
        self.assertEqual(verdicts, {self.PEOPLE[0]: "allowed.csv", self.PEOPLE[1]: "blocked.csv"})

    def list(self, header="Nom;Email\r\n", separator=";", end="\r\n"):
        return header + "".join(f"N{separator}{one}{end}" for one in self.PEOPLE)

    def test_separators_encodings_and_line_ends_of_all_kinds(self):
        for name, content in {
                "semicolon": self.list().encode(),
                "comma": self.list("Nom,Email\r\n", ",").encode(),
                "tab": self.list("Nom\tEmail\r\n", "\t").encode(),
                "newlines": self.list("Nom;Email\n", end="\n").encode(),
                "mark": self.list().encode("utf-8-sig"),
                "windows": self.list("Prénom;Email\r\n").encode("cp1252"),
                "utf16": self.list().encode("utf-16"),
                "last line without end": self.list().rstrip().encode()}.items():
            with self.subTest(name):
                self.write("list.csv", content)
                self.assert_judged(self.judged("list.csv"))

    def test_a_line_that_names_the_separator_is_obeyed(self):
        self.write("list.csv", "sep=;\r\n" + self.list())
        self.assert_judged(self.judged("list.csv"))

    def test_a_list_without_a_header_loses_nobody(self):
        self.write("list.csv", self.list(header=""))
        self.assert_judged(self.judged("list.csv"))
        self.assertEqual(self.table("allowed.csv")[0], ["A", "B", *ADDED])

    def test_standard_input_is_a_list_like_any_other(self):
        self.assert_judged(self.judged("-", stdin=self.list().encode()))
        self.write("list.csv", self.list())
        files = {name: (self.here / "out" / name).read_bytes() for name in RESULTS}
        self.judged("list.csv")
        for name in RESULTS:
            self.assertEqual((self.here / "out" / name).read_bytes(), files[name])

    def test_whom_to_contact_goes_down_a_pipe_when_all_is_well(self):
        first, last = self.PEOPLE
        self.consent(last)
        text = f"Nom;Email;Désinscrit\nA;{first};oui\nB;{last};\n".encode()
        self.judged("-", stdin=text)
        allowed = (self.here / "out" / "allowed.csv").read_bytes()
        before = sorted(self.here.iterdir())
        campaign = ("-c", self.here / "campaign.toml", "-o", "-")
        piped = self.licet("screen", "-", *campaign, stdin=text)
        self.assertEqual(piped.status, 0, piped.err)
        self.assertEqual(piped.out.encode(), allowed)
        self.assertIn(last, piped.out)
        self.assertNotIn(first, piped.out)
        self.assertIn("Forbidden", piped.err)
        self.assertEqual(sorted(self.here.iterdir()), before)
        refused = self.licet("screen", "-", *campaign, "--xlsx", stdin=text)
        self.assertEqual((refused.status, refused.out), (65, ""))

    def test_a_refusal_in_the_last_row_of_a_pipe_reaches_the_first(self):
        first, last = self.PEOPLE
        self.consent(last)
        text = f"Nom;Email;Désinscrit\nA;{first};\nB;{last};\nC;{first};oui\n".encode()
        self.assertEqual(self.judged("-", stdin=text)[first], "blocked.csv")
        files = {name: (self.here / "out" / name).read_bytes() for name in RESULTS}
        self.write("list.csv", text)
        self.judged("list.csv")
        for name in RESULTS:
            self.assertEqual((self.here / "out" / name).read_bytes(), files[name])

    def test_the_order_of_dates_may_be_told_by_the_last_row(self):
        def results(rows):
            self.write("list.csv", "Email,Create Date\n" + "".join(
                f"p{i}@societe.example,{day}\n" for i, day in enumerate(rows)))
            answer = self.done(self.screen("list.csv", "--json", "--no-certificate"))
            told = {row["Email"]: (row["Create Date"], row[ADDED[0]], name)
                    for name in RESULTS for row in self.rows(name)}
            return answer, sorted(one for one in told.values())

        days = [f"01/{1 + i % 12:02}/2023" for i in range(250)]
        self.assertEqual(results(days + ["01/25/2023"])[1], results(["01/25/2023"] + days)[1])
        self.assertIn("Create Date", results(days)[0].err)
        self.assertNotIn("Create Date", results(days + ["01/25/2023"])[0].err)

    def test_a_title_with_an_address_in_it_is_masked_in_the_report(self):
        self.write("list.csv", f"Email;Fonction\n{self.PEOPLE[0]};DRH zoe@courrier.example\n")
        self.done(self.screen("list.csv"))
        self.assertNotIn(b"zoe@courrier", (self.here / "out/report.html").read_bytes())

    def test_map_chooses_the_column(self):
        self.write("list.csv", "Email;Autre\r\n" + "".join(
            f"vide@courrier.example;{one}\r\n" for one in self.PEOPLE))
        shown = self.done(self.screen("list.csv"))
        self.assertIn("Email", shown.out)
        self.assertEqual(self.rows("allowed.csv"), [])
        for choice in ("email=Autre", "email=#2"):
            with self.subTest(choice):
                self.assert_judged(self.judged("list.csv", "--map", choice))

    def test_results_speak_the_language_of_the_reader(self):
        self.write("list.csv", self.list())
        french = self.done(self.screen("list.csv", lang="fr_FR.UTF-8"))
        header, rows = self.table("allowed.csv")
        self.assertEqual(header[2:], ["Verdict", "Motifs", "Textes", "Obligations", "À faire",
                                      "Certitude"])
        self.assertEqual(rows[0][2].lower(), "autorisé")
        self.assertIn('<html lang="fr"', (self.here / "out/report.html").read_text())
        self.assertIn("Rapport", french.out)
        english = self.done(self.screen("list.csv", lang="en_GB.UTF-8"))
        self.assertEqual(self.table("allowed.csv")[0][2:], ADDED)
        self.assertIn('<html lang="en"', (self.here / "out/report.html").read_text())
        self.assertIn("Report", english.out)
        chosen = self.done(self.screen("list.csv", "--lang", "fr", lang="en_GB.UTF-8"))
        self.assertEqual(chosen.out, french.out)

    def test_the_report_tells_what_a_breach_may_cost_at_the_turnover_of_the_workspace(self):
        self.write("list.csv", self.list())
        self.done(self.licet("suppress", self.PEOPLE[1]))
        config = self.workspace / "config.toml"
        config.write_text(config.read_text() + "turnover = 600000000\n")
        self.done(self.screen("list.csv", "--packs", PACKS, lang="en_GB.UTF-8"))
        report = (self.here / "out/report.html").read_text()
        self.assertIn("CNIL SAN-2021-021, 28 December 2021, Free Mobile: €300,000.", report)
        self.assertIn("up to €24,000,000 at a worldwide annual turnover of €600,000,000", report)
        config.write_text(config.read_text().replace("600000000", '"much"'))
        self.assertEqual(self.screen("list.csv").status, 65)

    def test_the_summary_as_json_is_one_object(self):
        self.write("list.csv", self.list())
        answer = self.done(self.screen("list.csv", "--json"))
        self.assertEqual(len(answer.out.splitlines()), 1)
        summary = answer.json()
        self.assertEqual({key: summary[key] for key in
                          ("rows", "allowed", "forbidden", "undetermined", "out_of_scope",
                           "unreadable")},
                         {"rows": 2, "allowed": 1, "forbidden": 1, "undetermined": 0,
                          "out_of_scope": 0, "unreadable": 0})
        self.assertEqual(sum(one["count"] for one in summary["reasons"]), 2)
        self.assertTrue(os.path.isdir(self.here / summary["out"]))

    def test_without_out_the_results_lie_in_a_folder_named_after_the_list(self):
        self.write("list.csv", self.list())
        self.done(self.licet("screen", "list.csv", "-c", self.campaign))
        self.assertTrue((self.here / "list-licet" / "allowed.csv").is_file())

    def test_formulas_of_the_list_stay_and_safe_makes_them_harmless(self):
        cells = ['=HYPERLINK("https://example.com")', "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3",
                 "+33 6 39 98 12 34", "-12,50"]
        quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
        self.write("list.csv", "Nom;Email\r\n" + "".join(
            f"{cell};{self.PEOPLE[0]}\r\n" for cell in quoted))
        self.done(self.screen("list.csv"))
        text = words_of(self.here / "out/allowed.csv")
        for cell in quoted:
            self.assertIn(f"{cell};{self.PEOPLE[0]};", text)
        self.done(self.screen("list.csv", "--safe"))
        names = [row[0] for row in self.table("allowed.csv")[1]]
        for cell, name in zip(cells, names):
            self.assertEqual(name, cell if cell[1:2].isdigit() and "c" not in cell else "'" + cell)

    def test_a_formula_in_our_own_words_is_made_harmless(self):
        packs = self.here / "packs"
        shutil.copytree(light_packs(), packs)
        file = packs / "fr/20-electronic-mail.md"
        text = file.read_text()
        at = text.index("tell", text.index("\nrule fr.email.consumer\n"))
        old = text[text.index('en "', at):text.index("\n", text.index('en "', at))]
        file.write_text(text.replace(old, 'en "=1+1 said the rule"', 1))
        self.write("list.csv", self.list())
        self.done(self.screen("list.csv", "--packs", packs))
        self.assertTrue(self.rows("blocked.csv")[0]["Reasons"].startswith("'=1+1 said"))

    def test_the_report_runs_nothing_that_a_list_holds(self):
        attack = "<script>alert(1)</script>"
        self.write("<b>list.csv", f'"{attack}";Email;Fonction\r\n'
                   f'"{attack}";{self.PEOPLE[0]};"{attack}"\r\n"{attack}";x@y@z;{attack}\r\n')
        self.write("named.toml", CAMPAIGN.replace('"Test"', f'"{attack}"'))
        answer = self.screen("<b>list.csv", campaign="named.toml")
        self.assertEqual(answer.status, UNREADABLE_ROWS, str(answer))
        report = (self.here / "out/report.html").read_text()
        self.assertNotIn("<script", report)
        self.assertNotIn("<b>list", report)
        self.assertIn("&lt;script", report)

    def test_no_row_at_all_gives_empty_results(self):
        self.write("list.csv", "Nom;Email\r\n")
        summary = self.done(self.screen("list.csv", "--json")).json()
        self.assertEqual(summary["rows"], 0)
        for name in RESULTS:
            self.assertEqual(self.table(name), (["Nom", "Email", *ADDED], []))


class Size(Desk):
    # Sanitizers make it twenty times slower; half as many rows show the same.
    SMALL = 10_000 if LICET and has_sanitizers() else 20_000
    LARGE = 10 * SMALL

    def long_list(self, count):
        chance = random.Random(count)
        path = self.here / f"{count}.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write("Nom;Email;Téléphone;Fonction;Ville\r\n")
            for i in range(count):
                file.write(f"N{i};p{i}.{chance.randrange(10**6)}@courrier.example;"
                           f"06 39 98 {i // 100 % 100:02} {i % 100:02};Métier {i % 97};Ville\r\n")
        return path

    def peak_kib(self, path):
        """Screens and gives the peak of the memory of that call."""
        environment = surroundings()
        # What a sanitizer keeps of freed memory is not the program's.
        environment["ASAN_OPTIONS"] = ":".join(
            filter(None, (environment.get("ASAN_OPTIONS"), "quarantine_size_mb=1")))
        child = subprocess.Popen(
            [LICET, "--workspace", self.workspace, "--packs", light_packs(), "screen", path, "-c",
             self.campaign, "-o", self.here / "out", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=self.here)
        out, err = child.stdout.read(), child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stdout.close()
        child.stderr.close()
        self.assertEqual(child.returncode, 0, err)
        return json.loads(out), usage.ru_maxrss

    def test_the_number_of_cores_changes_nothing(self):
        path = self.long_list(self.SMALL)
        lines = path.read_bytes().split(b"\r\n")
        for place in range(50, len(lines) - 1, 997):
            lines[place] = (b"broken", b"A;nobody;;;", b'"open;x@y.example;;;', b";;;;")[place % 4]
        path.write_bytes(b"\r\n".join(lines))
        one_core = {min(os.sched_getaffinity(0))}
        found = []
        for cores in (one_core, os.sched_getaffinity(0)):
            shutil.rmtree(self.here / "out", ignore_errors=True)
            answer = self.licet("screen", path, "-c", self.campaign, "-o", self.here / "out",
                                "--brief", preexec_fn=lambda: os.sched_setaffinity(0, cores))
            self.done(answer, UNREADABLE_ROWS)
            found.append({name: (self.here / "out" / name).read_bytes()
                          for name in (*ALL_RESULTS, "answers.csv")})
        self.assertEqual(found[0], found[1])

    def test_memory_does_not_grow_with_the_list(self):
        small, small_kib = self.peak_kib(self.long_list(self.SMALL))
        large, large_kib = self.peak_kib(self.long_list(self.LARGE))
        self.assertEqual((small["rows"], large["rows"]), (self.SMALL, self.LARGE))
        self.assertLess(large_kib, small_kib * 1.2)
        lines = sum((self.here / "out" / name).read_bytes().count(b"\r\n") for name in RESULTS)
        self.assertEqual(lines, self.LARGE + len(RESULTS))


if __name__ == "__main__":
    unittest.main()
