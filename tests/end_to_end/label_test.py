# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a label is issued only at a level that is reached, can be checked with nothing
but its file, and ends: by its day, by a finding, by its issuer.

Method: an audit with the best answers, each with a document; then one thing changed at a time. An
independent verifier reads a label in tests/label/verifier_test.mjs.
"""
import hashlib
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import time
import unittest

from audit_test import AuditDesk
from support import BAD_INPUT, LICET, MISSING_INPUT, ROOT, licet

NOT_VALID = 1


class LabelDesk(AuditDesk):
    def setUp(self):
        super().setUp()
        config = self.workspace / "config.toml"
        config.write_text(config.read_text() + 'controller = "Exemple SAS"\n'
                          'controller_contact = "dpo@company.example"\n')
        self.out = self.here / "label"

    def ready(self):
        self.start()
        self.profile()
        self.answer_all()

    def issue(self, *more, status=0):
        return self.done(self.run_licet("label", "issue", "--domain", "company.example", "--out",
                                        self.out, "--json", *more), status)

    def verify(self, *more, file=None, status=0):
        return self.done(licet("label", "verify", file or self.out / "label.json", "--json", *more,
                               cwd=self.here), status)


class TheLabel(LabelDesk):
    def test_is_issued_at_the_level_that_is_reached_and_can_be_checked_anywhere(self):
        self.ready()
        issued = self.issue().json()
        self.assertEqual(issued["level"], "N2")
        checked = self.verify("--issuer", issued["issuer"]).json()
        self.assertEqual(checked["standing"], "valid")
        self.assertEqual(checked["controller"], "Exemple SAS")
        for name in ("index.html", "badge.svg", "label.json", "status-revocation.json",
                     "status-suspension.json"):
            self.assertTrue((self.out / name).exists(), name)
        page = (self.out / "index.html").read_text()
        # No machine has looked at a site, whatever the registers measured.
        self.done(self.run_licet("processor", "add", "crisp", "--contract", "yes"))
        self.answer("GOV-03", "yes", "--evidence", self.here / "proof.txt")
        self.assertNotIn("siteAuditedOn", (self.out / "label.json").read_text())
        self.done(self.run_licet("label", "issue", "--domain", "company.example", "--level", "N1",
                                 "--out", self.here / "second"))
        self.assertNotIn("siteAuditedOn", (self.here / "second" / "label.json").read_text())
        self.assertNotIn("<script", page)
        self.assertNotIn("src=", page)
        label = json.loads((self.out / "label.json").read_text())
        self.assertEqual(label["proof"]["cryptosuite"], "eddsa-jcs-2022")
        mine = self.done(self.run_licet("label", "list", "--json")).json()
        self.assertEqual([one["standing"] for one in mine], ["valid", "valid"])
        self.assertEqual((self.workspace / "label-signing.key").stat().st_mode & 0o077, 0)

    def test_a_lower_level_may_be_asked_for_and_a_higher_one_not(self):
        self.ready()
        answer = self.issue("--level", "N3", status=BAD_INPUT)
        self.assertIn("N2", answer.err)
        self.assertEqual(self.issue("--level", "N1").json()["level"], "N1")

    def test_there_is_none_without_proofs_or_with_a_blocking_finding(self):
        self.start()
        self.profile()
        self.answer_all(document=False)
        self.assertEqual(self.score()["score"], 100)
        answer = self.issue(status=BAD_INPUT)
        self.assertIn("assurance", answer.err)
        self.assertFalse((self.out / "label.json").exists())

    def test_a_changed_copy_is_refused(self):
        self.ready()
        self.issue()
        text = (self.out / "label.json").read_text()
        for before, after in (("company.example", "other.example"),
                              ('"level":"N2"', '"level":"N3"'), ("2026", "2027")):
            self.assertIn(before, text)
            copy = self.write("copy.json", text.replace(before, after))
            self.assert_refused(self.verify(file=copy, status=BAD_INPUT), BAD_INPUT)
        self.assert_refused(self.verify(file=self.write("none.json", "{}"), status=BAD_INPUT),
                            BAD_INPUT)
        self.assert_refused(self.verify(file=self.here / "nowhere", status=MISSING_INPUT),
                            MISSING_INPUT)

    def test_it_ends_and_a_wrong_clock_is_told(self):
        self.ready()
        self.issue()
        at = lambda day: self.verify("--at", day, status=NOT_VALID).json()["standing"]
        self.assertEqual(at("2040-01-01T00:00Z"), "expired")
        self.assertEqual(at("2020-01-01T00:00Z"), "not_yet")

    def later(self, days, *arguments):
        """Runs the program with a clock that is so many days ahead."""
        done = subprocess.run(["faketime", "-f", f"{days:+d}d", LICET, "-w", self.workspace,
                               "--json", *map(str, arguments)],
                              cwd=self.here, capture_output=True, text=True)
        return done.returncode, json.loads(done.stdout)

    @unittest.skipUnless(shutil.which("faketime"), "faketime is not installed")
    def test_a_computer_whose_clock_is_wrong_says_so_and_changes_nothing(self):
        self.ready()
        self.issue()
        label = self.out / "label.json"
        for days, standing in ((-2, "not_yet"), (0, "valid"), (170, "valid"), (200, "expired")):
            status, told = self.later(days, "label", "verify", label)
            self.assertEqual((told["standing"], status == 0), (standing, standing == "valid"))
        self.assertEqual(self.verify().json()["standing"], "valid")

    @unittest.skipUnless(shutil.which("faketime"), "faketime is not installed")
    def test_it_is_suspended_by_itself_when_nothing_is_mended_and_restored_after(self):
        self.ready()
        self.issue()
        self.answer("OPP-01", "no")
        suspension = self.out / "status-suspension.json"
        steps = lambda days: [one["step"] for one in
                              self.later(days, "label", "review", "--out", self.out)[1]]
        self.assertEqual(steps(0), ["warned"])
        self.assertEqual(steps(14), [])
        self.assertEqual(self.verify("--status", suspension).json()["standing"], "valid")
        self.assertEqual(steps(15), ["suspended"])
        self.assertEqual(self.verify("--status", suspension, status=NOT_VALID).json()["standing"],
                         "suspended")
        self.assertRegex((self.out / "index.html").read_text(), "uspend")
        self.later(16, "audit", "answer", "-q", "OPP-01", "-a", "yes", "--evidence",
                   self.here / "proof.txt")
        self.assertEqual(steps(16), ["restored"])
        self.assertEqual(self.later(16, "label", "verify", self.out / "label.json", "--status",
                                    suspension)[1]["standing"], "valid")

    def test_it_stands_in_the_log_which_a_program_that_is_not_ours_can_tell(self):
        self.ready()
        self.issue()
        checker = ROOT / "tests" / "ledger" / "check_proof.mjs"
        checked = lambda: subprocess.run(["node", checker, self.out, "logged"],
                                         capture_output=True, text=True)
        done = checked()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, "label of .* is entry")
        opening = json.loads((self.out / "logged.json").read_text())
        label = (self.out / "label.json").read_bytes()
        self.assertEqual(opening["event"]["attributes"]["sha256"],
                         hashlib.sha256(label).hexdigest())
        self.assertEqual(opening["event"]["attributes"]["step"], "issued")
        proof = self.out / "logged.tlog-proof"
        whole = bytearray(proof.read_bytes())
        whole[len(whole) // 2] ^= 1
        proof.write_bytes(bytes(whole))
        self.assertNotEqual(checked().returncode, 0)

    def test_it_is_revoked_by_its_issuer_and_by_nobody_else(self):
        self.ready()
        issued = self.issue().json()
        status = self.out / "status-revocation.json"
        before = status.read_bytes()
        self.assertEqual(self.verify("--status", status).json()["standing"], "valid")
        self.done(self.run_licet("label", "revoke", issued["id"], "--out", self.out))
        self.assertEqual(self.verify("--status", status, status=NOT_VALID).json()["standing"],
                         "revoked")
        self.assertNotEqual(status.read_bytes(), before)
        self.assertRegex((self.out / "index.html").read_text(), "évoqué|evoked")
        # In the workspace the ledger says it without any list.
        answer = self.run_licet("label", "verify", self.out / "label.json", "--json")
        self.assertEqual(answer.json()["standing"], "revoked")
        forged = self.write("forged.json",
                            status.read_text().replace("did:key:z6Mk", "did:key:z6Mz"))
        self.assert_refused(self.verify("--status", forged, status=BAD_INPUT), BAD_INPUT)
        self.assert_refused(self.run_licet("label", "revoke", "0" * 32), MISSING_INPUT)

    def test_it_is_warned_when_its_audit_falls_and_restored_when_it_rises(self):
        self.ready()
        self.issue()
        review = lambda: self.done(self.run_licet("label", "review", "--out", self.out,
                                                  "--json")).json()
        self.assertEqual(review(), [])
        self.answer("OPP-01", "no")
        self.assertEqual([one["step"] for one in review()], ["warned"])
        self.assertEqual(review(), [])
        self.answer("OPP-01", "yes", "--evidence", self.here / "proof.txt")
        self.assertEqual([one["step"] for one in review()], ["restored"])

    def test_another_key_leaves_earlier_labels_checkable(self):
        self.ready()
        first = self.issue().json()
        earlier = self.write("earlier.json", (self.out / "label.json").read_text())
        (self.workspace / "label-signing.key").unlink()
        second = self.issue().json()
        self.assertNotEqual(first["issuer"], second["issuer"])
        self.assertEqual(self.verify(file=earlier).json()["standing"], "valid")
        self.assert_refused(self.verify("--issuer", first["issuer"], status=BAD_INPUT), BAD_INPUT)

    def test_a_server_looks_at_it_by_itself(self):
        self.ready()
        self.out = self.workspace / "label"
        self.issue()
        self.answer("OPP-01", "no")
        serving = subprocess.Popen(
            [LICET, "-w", self.workspace, "--json", "serve", "--listen", "127.0.0.1:0", "--log",
             "none"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            self.assertIn(b"listening", serving.stdout.readline())
            end = time.monotonic() + 60
            page = self.out / "index.html"
            while not re.search("arned|verti", page.read_text()) and time.monotonic() < end:
                time.sleep(0.1)
            self.assertRegex(page.read_text(), "arned|verti")
        finally:
            serving.terminate()
            self.assertEqual(serving.wait(60), 0)
            serving.stdout.close()
            serving.stderr.close()

    def test_a_label_is_taken_back_by_the_key_that_signed_it(self):
        self.ready()
        self.issue()
        first = self.out
        kept = self.workspace / "label-signing.key"
        kept.rename(self.workspace / "label-signing.key.2025")
        second = self.here / "second"
        self.done(self.run_licet("label", "issue", "--domain", "company.example", "-o", second))
        label = json.loads((first / "label.json").read_text())["id"]
        self.done(self.run_licet("label", "revoke", label, "-o", first))
        lists = [word for purpose in ("suspension", "revocation")
                 for word in ("--status", first / f"status-{purpose}.json")]
        # Whoever has the files alone asks without a workspace.
        told = self.verify(*lists, file=first / "label.json", status=1).json()
        self.assertEqual(told["standing"], "revoked")
        lists = [word for purpose in ("revocation", "suspension")
                 for word in ("--status", second / f"status-{purpose}.json")]
        self.assertEqual(self.verify(*lists, file=second / "label.json").json()["standing"],
                         "valid")

    def test_a_label_whose_key_is_gone_is_withdrawn_all_the_same_and_that_is_told(self):
        self.ready()
        self.issue()
        (self.workspace / "label-signing.key").unlink()
        label = json.loads((self.out / "label.json").read_text())["id"]
        answer = self.run_licet("label", "revoke", label, "-o", self.out)
        self.assertNotEqual(answer.status, 0)
        self.assertIn("label-signing.key.2026", answer.err)
        self.assertRegex((self.out / "index.html").read_text(), "évoqué|evoked")
        mine = self.done(self.run_licet("label", "list", "--json")).json()
        self.assertEqual([one["standing"] for one in mine], ["revoked"])

    def test_words_that_promise_more_are_refused(self):
        self.ready()
        answer = self.issue("--evaluation", "dpo", "--evaluator", "Cabinet Certifié RGPD",
                            status=BAD_INPUT)
        self.assertIn("certifi", answer.err)
        self.assert_refused(self.issue("--evaluation", "dpo", status=BAD_INPUT), BAD_INPUT)
        self.issue("--evaluation", "dpo", "--evaluator", "Cabinet Exemple")
        self.assertIn("Cabinet Exemple", (self.out / "index.html").read_text())

    def test_a_ledger_that_was_changed_gives_no_label(self):
        self.ready()
        self.done(self.run_licet("ledger", "checkpoint"))
        with sqlite3.connect(self.workspace / "ledger.db") as db:
            db.execute("update event set sealed = zeroblob(length(sealed)) where (part, seq) = "
                       "(select part, seq from event order by part desc, seq desc limit 1)")
        answer = self.run_licet("label", "issue", "--domain", "company.example", "--out", self.out)
        self.assertNotEqual(answer.status, 0, str(answer))
        self.assertFalse((self.out / "label.json").exists())


if __name__ == "__main__":
    unittest.main()
