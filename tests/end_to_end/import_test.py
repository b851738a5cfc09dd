# SPDX-License-Identifier: Apache-2.0
"""Goal: show that an import loses no refusal, proves nothing, can be repeated, killed and undone.

Method: an export of each program, three invented persons in each: Anne refuses, Luc refuses or is
not there any more, Eva says nothing. Then one small list for each promise of docs/import.md.
"""
import datetime
import os
import pathlib
import random
import signal
import subprocess
import time
import unittest

from support import (BAD_INPUT, CAMPAIGN, LICET, MISSING_INPUT, PACKS, UNREADABLE_ROWS, Desk,
                     light_packs, surroundings)

FILES = pathlib.Path(__file__).resolve().parent / "imports"
ANNE = "anne.roux@boulangerie.example"
LUC = "luc.petit@brasserie.example"
EVA = "eva.morel@garage.example"

TODAY = datetime.date.today()
FORBIDDEN, UNDETERMINED = 1, 2


def day(days):
    return (TODAY + datetime.timedelta(days=days)).isoformat()


def source(act="collect_by_form", origin="person_other", more="", facts=""):
    return f"""
name = "Test"
act = "{act}"
origin = "{origin}"
channels = ["email"]
audience = "professional"
received_on = {day(-5)}
{more}
[facts]
"offer.relevance" = "general"
"balancing_test" = "done"
"source.form_notice" = true
"source.form_optout" = true
{facts}
"""


class Import(Desk):
    def setUp(self):
        super().setUp()
        self.source = self.write("source.toml", source())

    def take(self, file, *arguments, status=0, **more):
        answer = self.licet("import", file, "--source", self.source, "--json", *arguments, **more)
        return self.done(answer, status).json()

    def events(self, address, kind=None):
        events = self.licet("person", address, "--reason", "test", "--json").json()
        return [event for event in events if kind in (None, event["kind"])]

    def objections(self, address):
        return sorted((event["channel"], event["attributes"].get("reason", ""))
                      for event in self.events(address, "objection"))


class Vendors(Import):
    """What each program's export tells of the three."""

    CALLS = [("automated_call", ""), ("live_call", ""), ("voicemail_drop", "")]
    TEXTS = [("mms", ""), ("rcs", ""), ("sms", "")]
    BOUNCE = [("email", "hard_bounce")]

    def assert_told(self, name, anne, luc, eva=()):
        answer = self.take(FILES / name, "--yes")
        self.assertEqual(answer["left_out"], 0)
        for who, expected in ((ANNE, anne), (LUC, luc), (EVA, eva)):
            self.assertEqual(self.objections(who), list(expected), (name, who))
        return answer

    def test_hubspot(self):
        answer = self.assert_told("hubspot.csv", [("email", "")], self.BOUNCE)
        self.assertEqual(answer["counts"]["customer"], 2)
        self.assertEqual(self.events(EVA, "collected")[0]["attributes"]["relation"], "customer")

    def test_salesforce(self):
        self.assert_told("salesforce.csv", [("email", "")], sorted(self.CALLS + self.BOUNCE))

    def test_odoo(self):
        self.assert_told("odoo.csv", [("", "")], [("", "")])

    def test_dolibarr(self):
        answer = self.assert_told("dolibarr.csv", [("", "")], [])
        self.assertEqual(answer["counts"]["purchase"], 2)
        self.assertEqual([event["on"] for event in self.events(EVA, "interaction")], ["2026-06-15"])

    def test_brevo(self):
        answer = self.assert_told("brevo.csv", [("email", "")], self.TEXTS)
        self.assertEqual(answer["counts"]["claim"], 1)
        consent = self.events(EVA, "consent_given")[0]
        self.assertEqual(consent["attributes"]["consent.proof"], "none")

    def test_mailchimp(self):
        self.assert_told("mailchimp-unsubscribed.csv", [("", "")], [])
        self.assertEqual(self.events(ANNE, "objection")[0]["on"], "2026-02-03")
        answer = self.take(FILES / "mailchimp-cleaned.csv", "--yes", "--kind", "refusals")
        self.assertEqual(answer["counts"]["bounce"], 1)
        self.assertEqual(self.objections(LUC), self.BOUNCE)

    def test_listmonk(self):
        answer = self.assert_told("listmonk.csv", [("", "")], [("", "")])
        self.assertEqual(answer["counts"]["claim"], 1)
        self.assertEqual(self.objections("tom.petit@garage.example"), [])

    def test_mautic(self):
        self.assert_told("mautic.csv", [("", "")], self.BOUNCE)


class Promises(Import):
    def people(self, count, name="many.csv"):
        rows = "".join(f"p{i}@courrier.example;{'oui' if i % 3 == 0 else 'non'}\n"
                       for i in range(count))
        return self.write(name, "Email;Désinscrit\n" + rows)

    def test_nothing_is_written_without_yes(self):
        for words in ((), ("--dry-run",), ("--yes", "--dry-run")):
            answer = self.take(FILES / "hubspot.csv", *words)
            self.assertFalse(answer["is_written"])
            self.assertEqual(answer["counts"]["objection_email"], 1)
            self.assertEqual(len(answer["samples"]), 3)
        self.assertEqual(self.events(ANNE), [])
        shown = self.done(self.licet("import", FILES / "hubspot.csv", "-s", self.source))
        self.assert_unseen(shown, ANNE, "anne.roux")

    def test_the_same_file_twice_is_recorded_once_and_its_receipt_is_signed(self):
        first = self.take(FILES / "hubspot.csv", "--yes")
        receipt = pathlib.Path(first["receipt"]).read_text(encoding="utf-8")
        self.assertTrue(receipt.startswith("licet-import-1\n"))
        self.assertIn(f'"batch":"{first["batch"]}"', receipt)
        self.assertNotIn("anne", receipt)
        before = self.events(ANNE)
        again = self.take(FILES / "hubspot.csv", "--yes")
        self.assertEqual((again["is_known"], again["events"]), (True, 0))
        self.assertEqual(self.events(ANNE), before)
        self.done(self.licet("ledger", "verify"))

    def test_a_killed_import_is_completed_by_another_run(self):
        count = 60_000
        file = self.people(count)
        chance = random.Random(2026)
        killed = 0
        for _ in range(4):
            run = subprocess.Popen(
                [LICET, "-w", self.workspace, "--packs", light_packs(), "import", file, "-s",
                 self.source, "--yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=surroundings(), start_new_session=True)
            time.sleep(chance.uniform(0.2, 1.5))
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                killed += 1
            run.wait()
        self.assertGreater(killed, 0, "every run was too quick to be killed")
        answer = self.take(file, "--yes")
        if not answer["is_known"]:
            self.assertEqual(answer["counts"]["objection"], count // 3)
        self.done(self.licet("ledger", "verify"))
        for number in (0, 3, 29_997, 59_997):
            who = f"p{number}@courrier.example"
            self.assertEqual(len(self.events(who, "objection")), 1, who)
            self.assertEqual(len(self.events(who, "collected")), 1, who)
        self.assertEqual(self.events("p1@courrier.example", "objection"), [])

    def test_undoing_takes_claims_back_and_leaves_objections(self):
        batch = self.take(FILES / "dolibarr.csv", "--yes")["batch"]
        self.done(self.licet("import", "undo", batch))
        self.assertEqual(self.events(EVA, "import_undone"), [])
        undone = self.done(self.licet("import", "undo", batch, "--yes", "--json")).json()
        self.assertEqual(undone["objections_standing"], 2)  # by address and by number
        self.assertEqual(self.objections(ANNE), [("", "")])
        list_ = self.write("list.csv", f"Email\n{ANNE}\n{EVA}\n")
        self.done(self.screen(list_, "--at", day(1)))
        blocked = self.rows("blocked.csv")
        self.assertIn(ANNE, [row[next(iter(row))] for row in blocked])
        answer = self.licet("import", FILES / "dolibarr.csv", "-s", self.source, "--yes")
        self.assert_refused(answer, BAD_INPUT, batch)
        self.assert_refused(self.licet("import", "undo", "00000000ffffffff"), MISSING_INPUT)

    def test_an_import_lifts_no_objection(self):
        self.done(self.licet("suppress", EVA, "--on", "2026-01-02"))
        self.take(FILES / "brevo.csv", "--yes")  # Eva: OPT_IN = Oui
        list_ = self.write("list.csv", f"Email\n{EVA}\n")
        self.done(self.screen(list_, "--at", day(1)))
        self.assertEqual(len(self.rows("blocked.csv")), 1)

    def test_bad_rows_are_told_with_line_column_and_mask_and_the_others_are_taken(self):
        file = self.write("bad.csv", f"Email;Désinscrit\nzoe(at)courrier.example;oui\n;oui\n"
                                     f"{ANNE};oui;trop\n{LUC};peut-être\n")
        answer = self.licet("import", file, "-s", self.source, "--yes")
        self.assertEqual(answer.status, UNREADABLE_ROWS, str(answer))
        for words in (":2: Email: ", ":3: ", ":4: "):
            self.assertIn(words, answer.err)
        self.assert_unseen(answer, "zoe(at)", ANNE)
        self.assertEqual(self.objections(LUC), [("", "")])

    def test_what_is_wrong_is_refused_before_anything_is_written(self):
        file = FILES / "hubspot.csv"
        self.assert_refused(self.licet("import", file), BAD_INPUT, "--source")
        self.assert_refused(self.licet("import", "-", "-s", self.source), BAD_INPUT)
        self.assert_refused(self.licet("import", file, "-s", self.here / "none"), MISSING_INPUT)
        bad = self.write("bad.toml", source().replace("origin =", "orign ="))
        self.assert_refused(self.licet("import", file, "-s", bad, "--yes"), BAD_INPUT,
                            "bad.toml:4", "origin")
        late = self.write("late.toml", source().replace(day(-5), day(3)))
        self.assert_refused(self.licet("import", file, "-s", late, "--yes"), BAD_INPUT, day(3))
        empty = self.write("empty.csv", "")
        self.assert_refused(self.licet("import", empty, "-s", self.source, "--yes"), BAD_INPUT,
                            "empty.csv")
        self.assertEqual(self.events(ANNE), [])


class Source(Import):
    """The list's own origin, judged before a row is read."""

    BOUGHT = ("buy", "broker")

    def test_a_source_that_the_law_forbids_refuses_the_run_and_one_that_is_not_known_asks(self):
        self.source = self.write("source.toml", source(*self.BOUGHT))
        open_ = self.licet("import", FILES / "hubspot.csv", "-s", self.source, "--yes")
        self.assert_refused(open_, UNDETERMINED, "source.audited")
        self.source = self.write("source.toml",
                                 source(*self.BOUGHT, facts='"source.audited" = false'))
        refused = self.licet("import", FILES / "hubspot.csv", "-s", self.source, "--yes")
        self.assert_refused(refused, FORBIDDEN, "5(2)", "eu.source.unaudited")
        self.assertEqual(self.events(EVA), [])
        # Refusals are taken from wherever they come.
        self.take(FILES / "hubspot.csv", "--kind", "refusals", "--yes")
        self.assertEqual(self.objections(ANNE), [("email", "")])
        self.assertEqual(self.events(EVA), [])

    def test_screen_asks_the_same_of_the_source_that_the_campaign_names(self):
        list_ = self.write("list.csv", f"Email\n{EVA}\n")
        own = source(*self.BOUGHT, facts='"source.audited" = false')
        self.write("bought.toml", own)
        with_file = self.write("file.toml", CAMPAIGN + '\n[source]\nfile = "bought.toml"\n')
        inside = self.write("inside.toml", CAMPAIGN + "\n[source]" +
                            own.replace("[facts]", "[source.facts]"))
        for campaign in (with_file, inside):
            answer = self.screen(list_, campaign=campaign)
            self.assert_refused(answer, FORBIDDEN)
            self.assert_nothing_left()

    def test_the_clock_of_the_notice_runs_from_the_day_of_receipt(self):
        self.source = self.write("source.toml",
                                 source(*self.BOUGHT, facts='"source.audited" = true'))
        self.done(self.licet("import", FILES / "salesforce.csv", "-s", self.source, "--yes",
                             "--packs", PACKS))
        text = CAMPAIGN.replace('audience = "consumer"', 'audience = "professional"')
        for line in ("origin", "received_on", "collected_on", "informed", "optout_offered",
                     "same_sender"):
            text = "\n".join(one for one in text.split("\n") if not one.startswith(f"{line} ="))
        campaign = self.write("b2b.toml", text + '\n"offer.relevance" = "concrete"\n')
        list_ = self.write("list.csv", f"Email;Nom\n{EVA};Eva\n")
        soon = self.screen(list_, "--at", day(2), "--packs", PACKS, campaign=campaign)
        self.done(soon)
        self.assertEqual([row["Verdict"] for row in self.rows("allowed.csv")], ["allowed"])
        self.assertIn("source", self.rows("allowed.csv")[0]["Duties"])
        late = self.screen(list_, "--at", day(40), "--packs", PACKS, campaign=campaign)
        self.done(late)
        self.assertIn("late", self.rows("blocked.csv")[0]["Reasons"])


class Registers(Import):
    def test_the_answer_of_a_register_is_recorded_with_its_day(self):
        self.source = self.write("source.toml", source() + """
[register]
key = "bloctel"
checked_on = 2026-07-01
""")
        file = self.write("bloctel.csv", "Téléphone;Inscrit Bloctel\n"
                                         "0639980001;oui\n0639980002;non\n")
        answer = self.take(file, "--kind", "register", "--yes")
        self.assertEqual((answer["counts"]["listed"], answer["counts"]["not_listed"]), (1, 1))
        event = self.events("+33639980001", "register_checked")[0]
        self.assertEqual((event["on"], event["attributes"]["register.bloctel"]),
                         ("2026-07-01", "listed"))
        said = self.licet("explain", "--phone", "+33639980001", "-f", "country=fr", "-f",
                          "channel=live_call", "-f", "purpose=commercial", "-f",
                          "audience=consumer", "-f", "at=2026-07-10T11:00+02:00", "--json").out
        self.assertIn('"register.bloctel"', said)
        self.assertIn("listed", said)

    def test_a_register_without_name_and_day_is_refused(self):
        answer = self.licet("import", FILES / "brevo.csv", "-s", self.source, "-k", "register")
        self.assert_refused(answer, BAD_INPUT, "register")


if __name__ == "__main__":
    unittest.main()
