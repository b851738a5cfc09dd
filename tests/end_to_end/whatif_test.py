# SPDX-License-Identifier: Apache-2.0
"""Goal: `licet screen --vs` says of a list what two screenings of it say, and no more.

Method: the same list is screened twice, once in each situation, and compared once; the funnels, the
rows gained and lost, and the sums of all pairs must agree. Then what is asked wrongly.
"""
import collections
import csv
import shutil
import subprocess
import unittest

from support import (BAD_INPUT, EXAMPLES, LICET, MISSING_INPUT, UNREADABLE_ROWS, Desk, light_packs,
                     surroundings)

VERDICTS = ("allowed", "forbidden", "undetermined", "out_of_scope", "unreadable")
WRITTEN_TO = ("allowed", "out_of_scope")
CALLS = """
name = "Calls"
channel = "live_call"
purpose = "commercial"
sector = "general"
country = "fr"
agent = "human"
mass = false

[sender]
name = "Maison Exemple SARL"
kind = "company"

[list]
origin = "person_other"
received_on = "2026-05-01"
collected_on = "2026-05-01"
informed = true
optout_offered = true
same_sender = true
audience = "consumer"
relation = "none"

[facts]
"balancing_test" = "done"
"contract" = "none"
"minor" = "no"
"automated_system" = "no"
"caller_id" = "callable_own"
"register.bloctel" = "not_listed"
"register.bloctel.checked_on" = "2026-08-09"
"callback.requested_at" = "never"
"""


def own_rows(path, width):
    """The rows of a result without what was added, and how often each is there."""
    text = path.read_text("utf-8-sig")
    separator = ";" if text.splitlines()[0].count(";") > text.splitlines()[0].count(",") else ","
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))[1:]
    return collections.Counter(tuple(row[:width]) for row in rows)


class WhatIf(Desk):
    def setUp(self):
        super().setUp()
        self.done(self.licet("record", "--jsonl", EXAMPLES / "evenements.jsonl"))

    def screened(self, name, file, campaign, *options):
        answer = self.licet("--json", "screen", file, "-c", campaign, "--no-certificate",
                            "-o", self.here / name, *options)
        self.assertIn(answer.status, (0, UNREADABLE_ROWS), answer)
        return answer.json()

    def assert_agrees(self, file, campaign, before, after, versus, width, other=None):
        """Compares once, screens twice, and holds that they say the same."""
        found = self.licet("--json", "screen", file, "-c", campaign, *before, *versus,
                           "-o", self.here / "what-if")
        self.assertEqual(found.status, 0, found)
        found = found.json()
        first = self.screened("first", file, campaign, *before)
        second = self.screened("second", file, other or campaign, *after)
        for verdict in VERDICTS:
            self.assertEqual(found["before"][verdict], first[verdict], verdict)
            self.assertEqual(found["after"][verdict], second[verdict], verdict)
        self.assertEqual(found["rows"], first["rows"])
        self.assertEqual(found["rows"], sum(move["count"] for move in found["moves"]))
        for side, said in (("before", first), ("after", second)):
            sums, rules = collections.Counter(), collections.Counter()
            for move in found["moves"]:
                sums[move[side]["verdict"]] += move["count"]
                if move[side]["rule"]:
                    rules[move[side]["rule"]] += move["count"]
            self.assertEqual({v: sums[v] for v in VERDICTS}, {v: said[v] for v in VERDICTS})
            self.assertEqual(rules, collections.Counter(
                {one["rule"]: one["count"] for one in self.summed(said["reasons"])}))
        gained = own_rows(self.here / "what-if" / "gained.csv", width)
        lost = own_rows(self.here / "what-if" / "lost.csv", width)
        was = own_rows(self.here / "first" / "allowed.csv", width)
        now = own_rows(self.here / "second" / "allowed.csv", width)
        self.assertEqual(was - lost + gained, now)
        self.assertEqual(gained, now - was)
        self.assertEqual(lost, was - now)
        self.assertEqual(found["gained"], sum(gained.values()))
        self.assertEqual(found["lost"], sum(lost.values()))
        self.assertEqual(found["after"]["allowed"] + found["after"]["out_of_scope"]
                         - found["before"]["allowed"] - found["before"]["out_of_scope"],
                         found["gained"] - found["lost"])
        self.assertFalse((self.here / "what-if" / "allowed.csv").exists())
        self.assertFalse((self.here / "what-if" / "certificate.txt").exists())
        for action in found["actions"]:
            for side in ("before", "after"):
                not_allowed = found["rows"] - sum(found[side][v] for v in WRITTEN_TO)
                self.assertLessEqual(action[side] + action["more_" + side], not_allowed, action)
        return found

    @staticmethod
    def summed(reasons):
        sums = collections.Counter()
        for one in reasons:
            sums[one["rule"]] += one["count"]
        return [{"rule": rule, "count": count} for rule, count in sums.items()]

    def call_list(self, count=60):
        lines = ["Email;Tel;Opt out appels;Adresse"]
        for number in range(count):
            refused = "oui" if number % 7 == 0 else ""
            lines.append(f"p{number}@gmail.com;06 39 98 {number // 100:02} {number % 100:02};"
                         f"{refused};{number} rue")
        lines.append("x@gmail.com;pas un numéro;;")
        return self.write("calls.csv", "\r\n".join(lines) + "\r\n")

    def test_a_day_on_which_the_law_changes(self):
        found = self.assert_agrees(
            self.call_list(), self.write("calls.toml", CALLS),
            ("--at", "2026-08-10T11:00+02:00"), ("--at", "2026-08-11T11:00+02:00"),
            ("--vs", "2026-08-11T11:00+02:00"), 4)
        self.assertGreater(found["lost"], 0)
        self.assertEqual(found["gained"], 0)
        self.assertEqual(found["before"]["unreadable"], 1)
        reasons = {(m["before"]["verdict"], m["after"]["verdict"]) for m in found["moves"]}
        self.assertIn(("allowed", "forbidden"), reasons)
        # From the 11th on a consent is what a call needs, and only the person can give it.
        asked = [one for one in found["actions"] if one["fact"] == "consent"]
        self.assertEqual([one["by"] for one in asked], ["person"])
        self.assertGreaterEqual(asked[0]["after"], found["lost"])

    def test_another_channel(self):
        self.assert_agrees(EXAMPLES / "hubspot-webinaire.csv", EXAMPLES / "email-b2b.toml",
                           (), ("--channel", "post"), ("--vs", "channel=post"), 3)
        self.assert_agrees(self.call_list(), self.write("calls.toml", CALLS),
                           ("--at", "2026-11-26T11:00+01:00", "--channel", "sms"),
                           ("--at", "2026-11-26T11:00+01:00", "--channel", "post"),
                           ("--vs", "channel=post"), 4)

    def test_another_campaign(self):
        self.assert_agrees(EXAMPLES / "brevo-newsletter.csv", EXAMPLES / "email-boutique.toml",
                           (), (), ("--vs", EXAMPLES / "email-b2b.toml"), 3,
                           EXAMPLES / "email-b2b.toml")

    def test_all_examples_a_year_later(self):
        for file, campaign in (("salesforce-leads.csv", "email-b2b-leads.toml"),
                               ("odoo-salon.csv", "email-salon.toml"),
                               ("mailchimp-boutique.csv", "email-boutique-clients.toml"),
                               ("dolibarr-clients.csv", "email-clients.toml")):
            with self.subTest(file):
                self.assert_agrees(EXAMPLES / file, EXAMPLES / campaign, ("--at", "2026-11-26"),
                                   ("--at", "2027-11-26"), ("--vs", "2027-11-26"), 2)

    def test_the_same_situation_changes_nothing(self):
        found = self.assert_agrees(EXAMPLES / "odoo-salon.csv", EXAMPLES / "email-salon.toml",
                                   (), (), ("--vs", "channel=email"), 2)
        self.assertEqual((found["gained"], found["lost"]), (0, 0))
        for move in found["moves"]:
            self.assertEqual(move["before"], move["after"])

    def test_a_fact_of_the_campaign(self):
        changed = self.write("told.toml", (EXAMPLES / "email-b2b.toml").read_text().replace(
            "informed = true", "informed = false"))
        self.assert_agrees(EXAMPLES / "hubspot-webinaire.csv", EXAMPLES / "email-b2b.toml", (), (),
                           ("--vs", "origin.informed=no"), 3, changed)

    def test_the_report_says_it_in_both_languages_and_names_nobody(self):
        calls, campaign = self.call_list(), self.write("calls.toml", CALLS)
        for lang, word in (("fr", "perdues"), ("en", "lost")):
            answer = self.licet("--lang", lang, "screen", calls, "-c", campaign,
                                "--at", "2026-08-10T11:00+02:00", "--vs", "2026-08-11T11:00+02:00",
                                "-o", self.here / lang)
            self.assertEqual(answer.status, 0, answer)
            self.assertIn(word, answer.out)
            page = (self.here / lang / "report.html").read_text("utf-8")
            self.assertIn(f'<html lang="{lang}">', page)
            self.assertNotIn("p12@gmail.com", page + answer.out)
            self.assertNotIn("06 39 98", page + answer.out)
            self.assertNotIn("<script", page)
            self.assertNotIn("compare.", page + answer.out)

    def test_the_report_as_pdf_or_a_sentence(self):
        calls, campaign = self.call_list(3), self.write("calls.toml", CALLS)
        command = [LICET, "--workspace", self.workspace, "--packs", light_packs(), "screen", calls,
                   "-c", campaign, "--pdf", "-o", self.here / "pdf"]
        for browser in (None, "/nowhere/chromium"):
            if browser is None and not shutil.which("chromium"):
                continue
            more = {} if browser is None else {"CHROMIUM": browser}
            for versus in ([], ["--vs", "channel=post"]):
                shutil.rmtree(self.here / "pdf", ignore_errors=True)
                done = subprocess.run([*map(str, command), *versus], env=surroundings(**more),
                                      capture_output=True, check=False, timeout=120)
                if browser is None:
                    self.assertIn(done.returncode, (0, UNREADABLE_ROWS), done)
                    report = self.here / "pdf" / "report.pdf"
                    self.assertEqual(report.read_bytes()[:5], b"%PDF-")
                    self.assertEqual(report.stat().st_mode & 0o777, 0o600)
                else:
                    self.assertEqual(done.returncode, MISSING_INPUT, done)
                    self.assertIn(b"Chromium", done.stderr)
                    self.assertFalse((self.here / "pdf").exists())

    def test_what_is_asked_wrongly_is_told_and_makes_nothing(self):
        calls, campaign = self.call_list(3), self.write("calls.toml", CALLS)
        for versus, word in ((["tomorrow"], "tomorrow"), (["chanel=post"], "channel"),
                             (["channel=pigeon"], "live_call"), (["nowhere.toml"], "nowhere.toml"),
                             ([str(campaign), str(campaign)], "--vs"), (["2026-02-30"], "2026")):
            options = [part for one in versus for part in ("--vs", one)]
            answer = self.licet("screen", calls, "-c", campaign, "-o", self.here / "no", *options)
            self.assertGreaterEqual(answer.status, BAD_INPUT - 1, answer)
            self.assertIn(word, answer.err)
            self.assertFalse((self.here / "no").exists())
        answer = self.licet("screen", calls, "-c", campaign, "--vs", "2026-08-11", "--since",
                            self.here / "certificate.txt")
        self.assertEqual(answer.status, BAD_INPUT, answer)


if __name__ == "__main__":
    unittest.main()
