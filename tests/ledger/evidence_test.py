# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a choice is bound to the text that was shown, that a request by mail is no
consent until it is confirmed, and that the evidence about a person can be checked without us.

Method: a ledger made by the program; its archive unpacked by Info-ZIP, its digests computed here,
its proofs checked by a program in another language that knows only the specifications; the checks
of verify.html run in Node on the archive as it is, and with each part changed in turn.
"""
import datetime
import hashlib
import json
import pathlib
import shutil
import stat
import subprocess
import sys
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from support import VALID_CONSENT, Desk  # noqa: E402

EMAIL = "camille.zbrivka@courrier-xylo.example"
FORM = "<!doctype html><p>J'accepte de recevoir la lettre par courriel.</p>\n"
PARTICULARS = [part for name, value in VALID_CONSENT.items() if name != "consent.proof"
               for part in ("-a", f"{name}={value}")]
CHECK = """
import fs from 'node:fs';
const { checkArchive, filesOfZip } = await import(process.argv[1]);
const files = filesOfZip(new Uint8Array(fs.readFileSync(process.argv[2])));
const { findings } = await checkArchive(files);
console.log(JSON.stringify(findings, (name, one) => typeof one === 'bigint' ? Number(one) : one));
"""


def findings_of(archive):
    """What the page verify.html finds, by Node."""
    done = subprocess.run(["node", "--input-type=module", "-e", CHECK,
                           (ROOT / "src/audit/verify.mjs").as_uri(), str(archive)],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def bad(archive):
    return {(one["about"], one["what"]) for one in findings_of(archive) if one["state"] == "bad"}


class Evidence(Desk):
    def setUp(self):
        super().setUp()
        with open(self.workspace / "config.toml", "a", encoding="utf-8") as config:
            config.write('controller = "Maison Exemple SARL"\n'
                         'controller_contact = "stop@maison.example"\n')
        self.write("form.html", FORM)
        self.notice = self.done(self.licet("notice", "add", "form.html", "--since",
                                           "2026-01-01")).out.strip()

    def consent(self, act, *more, address=EMAIL, status=0):
        return self.done(self.licet("consent", act, address, *more), status)

    def give(self, *more):
        self.consent("give", "--channel", "email", "--channel", "sms", "--purpose", "commercial",
                     "--notice", self.notice, "--surface", "form", *PARTICULARS, "-a",
                     "consent.proof=individual", *more)

    def request(self, *more):
        return json.loads(self.consent("request", "--channel", "email", "--purpose", "commercial",
                                       "--notice", self.notice, *PARTICULARS, "--json", *more).out)

    def is_valid(self, question="consent"):
        answer = self.licet("check", "--question", question, "--email", EMAIL, "--no-record", "-f",
                            "channel=email", "-f", "purpose=commercial", "-f",
                            "audience=consumer", "--json")
        return json.loads(answer.out)["verdict"]

    def evidence(self, out, *more):
        return self.done(self.licet("evidence", "person", EMAIL, "--reason", "access request",
                                    "--out", out, *more))

    # ---- the text that was shown ----------------------------------------------------------------
    def test_a_text_is_kept_under_its_digest_for_its_owner_alone(self):
        self.assertEqual(self.notice, hashlib.sha256(FORM.encode()).hexdigest())
        kept = self.workspace / "notices" / self.notice
        self.assertEqual(kept.read_text(encoding="utf-8"), FORM)
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        again = self.done(self.licet("notice", "add", "form.html")).out.strip()
        self.assertEqual(again, self.notice)
        listed = self.done(self.licet("notice", "list", "--json")).json()
        self.assertEqual([one["sha256"] for one in listed], [self.notice])
        self.assertEqual(listed[0]["media"], "text/html")

    def test_a_choice_about_a_text_that_nobody_published_is_refused(self):
        for act in ("give", "refuse", "request"):
            answer = self.licet("consent", act, EMAIL, "--channel", "email", "--purpose",
                                "commercial", "--notice", "a" * 64)
            self.assert_refused(answer, 65, "licet notice add")
        answer = self.licet("record", "consent_given", "--email", EMAIL, "--channel", "email",
                            "-a", "notice=" + "a" * 64)
        self.assert_refused(answer, 65, "licet notice add")
        self.assert_refused(self.licet("record", "consent_given", "--email", EMAIL, "-a",
                                       "notice=1234"), 65, "64")
        self.assertEqual(self.done(self.licet("person", EMAIL, "--reason", "t", "--json")).json(),
                         [])

    def test_a_choice_before_its_text_was_shown_is_refused(self):
        before = ("--channel", "email", "--purpose", "commercial", "--notice", self.notice)
        for act, when in (("give", ("--at", "2025-12-31T10:00:00Z")),
                          ("request", ("--at", "2025-12-01T10:00:00Z"))):
            answer = self.licet("consent", act, EMAIL, *before, *when)
            self.assert_refused(answer, 65, "2026-01-01", "--since")
        answer = self.licet("record", "consent_given", "--email", EMAIL, "--channel", "email", "-a",
                            f"notice={self.notice}", "-a", "at=2025-12-01T10:00:00Z")
        self.assert_refused(answer, 65, "--since")
        self.assertEqual(self.done(self.licet("person", EMAIL, "--reason", "t", "--json")).json(),
                         [])
        # What refuses is kept, whatever is wrong with its text.
        other = "other@" + EMAIL.split("@")[1]
        for act in ("refuse", "withdraw"):
            self.done(self.licet("consent", act, other, *before, "--on", "2025-12-31"))
        # The first day may turn out to be earlier, never to be later or to come.
        for since, counts in (("2025-12-01", "2025-12-01"), ("2026-02-01", "2025-12-01")):
            self.done(self.licet("notice", "add", "form.html", "--since", since))
            (listed,) = self.done(self.licet("notice", "list", "--json")).json()
            self.assertEqual(listed["published_on"], counts)
        self.assert_refused(self.licet("notice", "add", "form.html", "--since", "2126-01-01"), 65)
        self.assert_refused(self.licet("notice", "add", "form.html", "--since", "soon"), 65)
        self.consent("give", *before, "--at", "2025-12-31T10:00:00Z")
        self.consent("give", *before)
        # The archive says since when the ledger knows the text, and proves the day that was said.
        self.evidence("late.zip")
        folder = self.unpacked("late.zip")
        told = (folder / "README.en.txt").read_text(encoding="utf-8")
        self.assertIn(str(datetime.datetime.now(datetime.timezone.utc).date()), told)
        self.assertIn("2025-12-31", told)
        self.assertIn("2025-12-01", told)
        self.assertEqual(bad(self.here / "late.zip"), set())

    def test_of_a_text_that_was_there_first_nothing_is_said(self):
        self.consent("give", "--channel", "email", "--purpose", "commercial", "--notice",
                     self.notice)
        self.evidence("a.zip")
        told = (self.unpacked("a.zip") / "README.en.txt").read_text(encoding="utf-8")
        self.assertNotIn("SINCE WHEN", told)

    def test_a_text_that_was_changed_or_lost_is_found(self):
        kept = self.workspace / "notices" / self.notice
        kept.write_text("other words", encoding="utf-8")
        for command in (("ledger", "verify"), ("notice", "list")):
            self.assert_refused(self.licet(*command), 74, self.notice)
        kept.unlink()
        self.assert_refused(self.licet("ledger", "verify"), 66, self.notice)

    def test_a_refusal_is_recorded_like_a_consent(self):
        self.give("--at", "2026-10-01T10:00:05Z")
        self.consent("refuse", "--channel", "post", "--purpose", "commercial", "--notice",
                     self.notice, "--surface", "form", "--at", "2026-10-01T10:00:05Z")
        events = self.done(self.licet("person", EMAIL, "--reason", "t", "--json")).json()
        given, refused = events[0], events[-1]
        self.assertEqual(refused["kind"], "consent_refused")
        for name in ("notice", "language", "controller", "choice", "at"):
            self.assertIn(name, given["attributes"])
            self.assertIn(name, refused["attributes"])
        self.assertEqual(given["attributes"]["language"], "fr")
        self.assertEqual(given["surface"], refused["surface"])
        self.assertIn("retention", refused)

    # ---- double opt-in --------------------------------------------------------------------------
    def test_only_a_confirmed_request_is_a_consent(self):
        asked = self.request("--at", "2026-10-01T10:00:00Z")
        self.assertEqual((asked["state"], asked["last_day"]), ("expired", "2026-10-08"))
        self.assertEqual(self.is_valid(), "invalid")
        self.consent("mail-accepted", "--at", "2026-10-01T10:00:05Z")
        self.consent("page-seen", "--at", "2026-10-02T08:00:00Z")
        self.assertEqual(self.is_valid(), "invalid")
        self.consent("confirm", "--at", "2026-10-02T08:00:09Z")
        self.assertEqual(self.is_valid(), "valid")
        self.consent("withdraw", "--channel", "email")
        self.assertEqual(self.is_valid(), "invalid")

    def test_a_late_confirmation_and_a_machines_are_none(self):
        late = self.request("--at", "2026-10-01T10:00:00Z", "--days", "2")["request"]
        self.consent("confirm", "--request", late, "--at", "2026-10-04T10:00:00Z", status=1)
        self.assertEqual(self.is_valid(), "invalid")
        fast = self.request("--at", "2026-11-01T10:00:00Z")["request"]
        self.consent("mail-accepted", "--at", "2026-11-01T10:00:05Z")
        answer = self.consent("confirm", "--at", "2026-11-01T10:00:06Z", "--json", status=1)
        self.assertEqual((answer.json()["request"], answer.json()["state"]), (fast, "suspect"))
        self.assertEqual(self.is_valid(), "invalid")
        self.consent("confirm", "--at", "2026-11-01T18:00:00Z")
        self.assertEqual(self.is_valid(), "valid")
        self.assert_refused(self.licet("consent", "confirm", EMAIL, "--request", "0" * 16), 66,
                            "licet consent request")

    def test_a_repeated_request_is_one(self):
        first = self.request("--key", "order-1", "--at", "2026-11-20T10:00:00Z")
        second = self.request("--key", "order-1", "--at", "2026-11-20T10:00:00Z")
        self.assertEqual(first, second)
        events = self.done(self.licet("person", EMAIL, "--reason", "t", "--json")).json()
        self.assertEqual(len(events), 1)

    def test_steps_may_come_in_any_order_and_twice(self):
        named = {"request": "0123456789abcdef"}
        asked = {**named, "step": "requested", "days": "7", "notice": self.notice,
                 "at": "2026-10-01T10:00:00Z",
                 **{k: v for k, v in VALID_CONSENT.items() if k != "consent.proof"}}
        lines = [{"kind": "double_opt_in", "email": EMAIL, "on": "2026-10-02",
                  "attributes": {**named, "step": "confirmed", "at": "2026-10-02T08:00:00Z"}},
                 {"kind": "double_opt_in", "email": EMAIL, "on": "2026-10-01", "channel": "email",
                  "purpose": "commercial", "attributes": asked}]
        self.write("steps.jsonl", "".join(json.dumps(one) + "\n" for one in lines * 2))
        self.done(self.licet("record", "--jsonl", "steps.jsonl"))
        self.assertEqual(self.is_valid(), "valid")

    # ---- the archive ----------------------------------------------------------------------------
    def unpacked(self, archive):
        folder = self.here / (archive + ".d")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["unzip", "-q", self.here / archive, "-d", folder], check=True)
        return folder

    def full(self):
        self.give("--at", "2026-10-01T10:00:05Z")
        self.request("--at", "2026-10-03T10:00:05Z")
        self.consent("refuse", "--channel", "post", "--purpose", "commercial", "--notice",
                     self.notice)
        self.done(self.licet("suppress", EMAIL, "--channel", "live_call"))
        self.evidence("a.zip", "-f", "audience=consumer")

    def test_the_same_ledger_gives_the_same_bytes(self):
        self.full()
        self.evidence("b.zip", "-f", "audience=consumer")
        first = (self.here / "a.zip").read_bytes()
        self.assertEqual(first, (self.here / "b.zip").read_bytes())
        self.assertEqual(stat.S_IMODE((self.here / "a.zip").stat().st_mode), 0o600)
        with zipfile.ZipFile(self.here / "a.zip") as archive:
            self.assertIsNone(archive.testzip())
            names = archive.namelist()
            self.assertEqual(names, sorted(names))
            self.assertEqual({one.compress_type for one in archive.infolist()},
                             {zipfile.ZIP_STORED})
        for word in (EMAIL, "zbrivka", "courrier-xylo"):
            self.assertNotIn(word.encode(), first)

    def test_public_tools_accept_it(self):
        self.full()
        folder = self.unpacked("a.zip")
        sums = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder,
                              capture_output=True, text=True)
        self.assertEqual(sums.returncode, 0, sums.stdout + sums.stderr)
        text = folder / "notice" / f"{self.notice}.html"
        self.assertEqual(hashlib.sha256(text.read_bytes()).hexdigest(), self.notice)
        proofs = sorted((folder / "proof").glob("*.tlog-proof"))
        record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
        self.assertEqual(len(proofs), len(record["events"]) + 1)  # and that of the text
        for proof in proofs:
            done = subprocess.run(["node", HERE / "check_proof.mjs", folder / "proof", proof.stem],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_says_what_was_chosen_and_what_the_law_of_the_day_said(self):
        self.full()
        folder = self.unpacked("a.zip")
        record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
        status = [one["licet:status"] for one in record["consent_records"]]
        self.assertEqual(status, ["dpv:ConsentGiven", "dpv:ConsentRequested", "dpv:ConsentRefused"])
        given = record["consent_records"][0]
        self.assertEqual(given["licet:lacks"], [])
        self.assertEqual(given["dpv:hasNotice"]["licet:sha256"], self.notice)
        self.assertEqual(given["dpv:hasEntity"]["dpv:hasName"], "Maison Exemple SARL")
        self.assertEqual(given["dpv:hasProcess"]["licet:channel"], ["email", "sms"])
        self.assertEqual(record["suppressions"][0]["channel"], "live_call")
        law = json.loads((folder / "law.json").read_text(encoding="utf-8"))
        days = [(one["day"], one["channel"], one["verdict"]["en"]["verdict"])
                for one in law["of_its_day"]]
        self.assertEqual(days[:2], [("2026-10-01", "email", "valid"),
                                    ("2026-10-01", "sms", "valid")])
        self.assertTrue(any(pack.startswith("fr@") for pack in law["packs"]))
        for language, word in (("fr", "Accord donné"), ("en", "Consent given")):
            page = (folder / f"receipt.{language}.html").read_text(encoding="utf-8")
            self.assertIn(word, page)
            self.assertIn("Maison Exemple SARL", page)
            self.assertNotIn("<script", page)

    def changed(self, path, old, new):
        """A copy of the archive in which one file is another."""
        with zipfile.ZipFile(self.here / "a.zip") as archive, \
                zipfile.ZipFile(self.here / "t.zip", "w", zipfile.ZIP_STORED) as out:
            for name in archive.namelist():
                content = archive.read(name)
                if name == path:
                    self.assertIn(old, content, path)
                    content = content.replace(old, new, 1)
                out.writestr(name, content)
        return bad(self.here / "t.zip")

    def test_whatever_is_changed_is_found(self):
        self.full()
        self.assertEqual(bad(self.here / "a.zip"), set())
        self.assertTrue(all(one["state"] == "good" for one in findings_of(self.here / "a.zip")))
        events = json.loads(self.unpacked("a.zip").joinpath("record.json").read_text())["events"]
        self.assertEqual(events[0]["kind"], "consent_given")
        first = f"proof/{events[0]['id']}"
        whole = json.loads(self.unpacked("a.zip").joinpath(first + ".json").read_text())
        self.assertIn((first + ".json", "other_words"),
                      self.changed(first + ".json", b'"channel":"email"', b'"channel":"fax"'))
        self.assertIn((first + ".json", "not_in_log"),
                      self.changed(first + ".json", whole["blind"].encode(), b"0" * 64))
        self.assertIn((events[0]["id"], "other_record"),
                      self.changed("record.json", b"consent_given", b"consent_refused"))
        self.assertIn((f"notice/{self.notice}.html", "changed"),
                      self.changed(f"notice/{self.notice}.html", b"J'accepte", b"Je refuse"))
        note = self.unpacked("a.zip").joinpath("proof/checkpoint").read_bytes()
        size = note.split(b"\n")[1]
        self.assertIn(("proof/checkpoint", "not_signed"),
                      self.changed("proof/checkpoint", b"\n" + size + b"\n", b"\n99\n"))
        self.assertIn(("receipt.fr.html", "changed"),
                      self.changed("receipt.fr.html", b"Accord", b"Refus!"))

    def test_what_is_not_known_is_an_error(self):
        self.assert_refused(self.licet("evidence", "person", EMAIL, "--reason", "r", "--out", "x"),
                            66)
        self.give()
        self.assert_refused(self.licet("evidence", "person", EMAIL, "--out", "x"), 65, "--reason")
        self.assertFalse((self.here / "x").exists())

    def test_an_erased_person_has_no_evidence_and_the_text_stays(self):
        self.give()
        self.done(self.licet("erase", EMAIL, "--yes"))
        self.assert_refused(self.licet("evidence", "person", EMAIL, "--reason", "r", "--out", "x"),
                            66)
        self.assertEqual(len(self.done(self.licet("notice", "list", "--json")).json()), 1)
        self.done(self.licet("ledger", "verify"))


if __name__ == "__main__":
    unittest.main()
