# SPDX-License-Identifier: Apache-2.0
"""Goal: a certificate says what was screened, to whoever has the key, and nothing else; `--since`
gives what a screening of all would give.

Method: a marketer screens a list, a mailing house checks what it was given: as it is, with a byte
changed, another list, another key, later. Then ledgers, moments and settings that change at random,
each time compared with a screening from nothing.
"""
import base64
import datetime
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import time
import unittest

from support import (BAD_INPUT, BROKEN, CAMPAIGN, LICET, MISSING_INPUT, RESULTS, UNREADABLE_ROWS,
                     Desk, has_sanitizers, licet, light_packs, surroundings)

CHECKER = pathlib.Path(__file__).resolve().parents[1] / "ledger" / "check_proof.mjs"
PEOPLE = ["camille@example.com", "dominique@example.com", "alex@mail.example", "lou@gmail.com",
          "contact@entreprise.example", "sacha@example.org", "noa@example.net", "eden@gmail.com"]
NOT_GOOD = 1
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
# A campaign of today, so that its certificate serves today.
CAMPAIGN_TODAY = CAMPAIGN.replace('at = "2026-11-23T11:00+01:00"\n', "").replace(
    "2026-10-01", str(TODAY - datetime.timedelta(days=50)))

CLOCK_OF_THREE_DAYS_AGO = """
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec* time) {
    const int status = (int)syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME) time->tv_sec -= 3 * 86400;
    return status;
}
"""


def day(distance):
    return str(TODAY + datetime.timedelta(days=distance))


class CertificateDesk(Desk):
    def setUp(self):
        super().setUp()
        self.campaign = self.write("campaign.toml", CAMPAIGN_TODAY)
        self.list = self.write("list.csv", "Email;Nom\n" + "".join(
            f"{one};N{i}\n" for i, one in enumerate(PEOPLE)))
        self.certificate = self.here / "out" / "certificate.txt"
        self.key = self.workspace / "signing.vkey"
        self.consent(*PEOPLE[:5], on=day(-50))

    def screened(self, *arguments, status=0, **more):
        return self.done(self.screen(self.list, "--json", *arguments, **more), status).json()

    def verified(self, *arguments, status=0, key=None):
        """Asks as the mailing house does: without workspace or packs."""
        return self.done(licet("certificate", "verify", self.certificate, "--key", key or self.key,
                               "--json", *arguments, cwd="/"), status)

    def body(self):
        return json.loads(self.certificate.read_text().split("\n")[1])

    def suppress(self, *addresses):
        self.done(self.licet("suppress", *addresses))


class TheMailingHouse(CertificateDesk):
    def test_it_is_told_what_the_list_is_and_until_when(self):
        said = self.screened()
        self.assertEqual(said["certificate"]["file"], str(self.certificate))
        self.assertEqual(said["certificate"]["at"], day(0))
        found = self.verified("--against", self.here / "out" / "allowed.csv").json()
        self.assertEqual((found["state"], found["is_good"], found["list"]),
                         ("valid", True, "allowed.csv"))
        body = found["certificate"]
        self.assertEqual(body, self.body())
        digest = lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
        self.assertEqual(body["list"], {"bytes": self.list.stat().st_size,
                                        "sha256": digest(self.list)})
        self.assertEqual(body["campaign"]["sha256"], digest(self.campaign))
        for file in body["results"]:
            self.assertEqual(file["sha256"], digest(self.here / "out" / file["file"]))
        self.assertEqual([file["file"] for file in body["results"]], list(RESULTS))
        self.assertEqual(body["rows"]["allowed"], said["allowed"])
        self.assertGreater(said["allowed"], 0)
        self.assertEqual(sum(body["rows"].values()), len(PEOPLE))
        self.assertEqual(body["ledger"]["size"], 5)
        self.assertIn("fr", [pack["pack"] for pack in body["packs"]])
        self.assertLessEqual(body["until"], day(31))
        self.assertGreater(body["until"], day(0))

    def test_it_names_nobody(self):
        self.screened()
        text = self.certificate.read_text()
        for one in PEOPLE:
            self.assertNotIn(one, text)
        self.assertNotIn("list.csv", text)
        self.assertNotIn("Maison Exemple", text)
        state = (self.here / "out" / "screening-state").read_bytes()
        for one in PEOPLE:
            self.assertNotIn(one.encode(), state)
        self.assertEqual((self.here / "out" / "screening-state").stat().st_mode & 0o777, 0o600)

    def test_people_read_it_in_both_languages(self):
        self.screened()
        for lang, words in (("en_US.UTF-8", ("Valid, from", "byte for byte")),
                            ("fr_FR.UTF-8", ("Valable, du", "octet pour octet"))):
            answer = self.done(licet("certificate", "verify", self.certificate, "--key", self.key,
                                     "--against", self.here / "out" / "allowed.csv", lang=lang))
            for word in words:
                self.assertIn(word, answer.out)

    def test_the_report_and_the_screen_name_it(self):
        answer = self.done(self.screen(self.list))
        self.assertIn(str(self.certificate), answer.out)
        self.assertIn("certificate.txt", (self.here / "out" / "report.html").read_text())

    def test_another_list_is_told(self):
        self.screened()
        allowed = self.here / "out" / "allowed.csv"
        other = self.write("other.csv", allowed.read_bytes()[:-2])
        for path, word in ((other, "other"), (self.list, "screened"),
                           (self.here / "out" / "blocked.csv", "blocked.csv")):
            found = self.verified("--against", path, status=NOT_GOOD).json()
            self.assertEqual((found["state"], found["is_good"], found["list"]),
                             ("valid", False, word))

    def test_any_other_byte_is_refused(self):
        self.screened()
        good = self.certificate.read_bytes()
        chance = random.Random(7)
        for place in chance.sample(range(len(good)), 40):
            bad = bytearray(good)
            bad[place] ^= 1 << chance.randrange(7)
            self.certificate.write_bytes(bytes(bad))
            answer = licet("certificate", "verify", self.certificate, "--key", self.key)
            self.assertEqual(answer.status, BAD_INPUT, f"byte {place}")
            self.assertIn("certificate.txt", answer.err)

    def test_another_key_is_told_apart_from_another_ledger(self):
        self.screened()
        other = self.here / "elsewhere"
        self.done(licet("init", other))
        answer = self.verified(status=BAD_INPUT, key=other / "signing.vkey")
        self.assertIn("ledger", answer.err)
        # The same name with another key.
        name, _, key = (other / "signing.vkey").read_text().strip().split("+", 2)
        mine = self.key.read_text().split("+", 1)[0]
        raw = base64.b64decode(key)
        number = hashlib.sha256(mine.encode() + b"\n" + raw).digest()[:4].hex()
        forged = self.write("forged.vkey", f"{mine}+{number}+{key}\n")
        answer = self.verified(status=BAD_INPUT, key=forged)
        self.assertIn("not signed", answer.err)

    def test_without_a_key_it_is_asked_for_and_a_workspace_has_its_own(self):
        self.screened()
        answer = licet("certificate", "verify", self.certificate, cwd="/")
        self.assert_refused(answer, BAD_INPUT, "--key", "signing.vkey")
        self.done(self.licet("certificate", "verify", self.certificate))

    def test_it_serves_from_the_day_of_the_contact_to_its_last(self):
        self.screened("--at", day(3))
        until = datetime.date.fromisoformat(self.body()["until"])
        self.assertEqual(self.verified(status=NOT_GOOD).json()["state"], "not_yet")
        self.assertEqual(self.verified("--at", day(3)).json()["state"], "valid")
        last = str(until - datetime.timedelta(days=1))
        self.assertEqual(self.verified("--at", last).json()["state"], "valid")
        self.assertEqual(self.verified("--at", until, status=NOT_GOOD).json()["state"], "expired")

    def test_for_another_time_it_says_so(self):
        self.screened("--at", "2026-01-10")
        found = self.verified(status=NOT_GOOD).json()
        self.assertEqual((found["state"], found["certificate"]["at"]), ("expired", "2026-01-10"))
        self.screened("--at", day(40))
        found = self.verified("--at", day(40), status=NOT_GOOD).json()
        self.assertEqual((found["state"], found["certificate"]["at"]), ("never", day(40)))
        answer = self.done(self.screen(self.list, "--at", day(40)))
        self.assertIn("serves on no day", answer.out)

    @unittest.skipUnless(shutil.which("node"), "there is no Node here")
    def test_a_program_that_is_not_ours_checks_it(self):
        self.screened()
        allowed = self.here / "out" / "allowed.csv"
        command = ["node", CHECKER, "--certificate", self.certificate, self.key, allowed]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("allowed.csv", done.stdout)
        allowed.write_bytes(allowed.read_bytes() + b"x")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        text = self.certificate.read_text()
        self.certificate.write_text(text.replace('"allowed":', '"allowed": '))
        done = subprocess.run(command[:-1], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)


class TheLedger(CertificateDesk):
    def test_its_issue_is_recorded_and_proved(self):
        self.screened()
        digest = hashlib.sha256(self.certificate.read_bytes()).hexdigest()
        self.done(self.licet("ledger", "checkpoint"))
        self.done(self.licet("ledger", "verify"))
        # Events of the ledger itself are in the partition of the token of zeros.
        for number in range(1, 4):
            if self.licet("ledger", "prove", f"0-{number}", "-o", "proof").status != 0:
                break
            opening = json.loads((self.here / "proof" / f"0-{number}.json").read_text())
            if opening["event"]["kind"] == "certificate_issued":
                self.assertEqual(opening["event"]["attributes"],
                                 {"about": "screening", "campaign": "test", "sha256": digest})
                return
        self.fail("the ledger does not know of the certificate")

    def test_two_in_one_second_are_two(self):
        self.screened()
        one = self.certificate.read_bytes()
        self.screened(out="out2")
        two = (self.here / "out2" / "certificate.txt").read_bytes()
        self.assertNotEqual(one, two)  # the second rests on the entry of the first
        self.done(self.licet("ledger", "checkpoint"))
        self.done(self.licet("ledger", "verify"))
        for name in RESULTS:
            self.assertEqual((self.here / "out" / name).read_bytes(),
                             (self.here / "out2" / name).read_bytes())

    def test_without_its_key_the_list_is_screened_and_the_certificate_is_not_there(self):
        self.screened()
        self.assertTrue(self.certificate.exists())
        (self.workspace / "signing.key").rename(self.here / "signing.key")
        answer = self.done(self.screen(self.list, "--json"))
        self.assertIsNone(answer.json()["certificate"])
        self.assertIn("key of the log is missing", answer.err)
        # That of the screening before is not left beside other results.
        self.assertFalse(self.certificate.exists())
        self.assertFalse((self.here / "out" / "screening-state").exists())
        self.assert_refused(self.screen(self.list, "--since", self.certificate), MISSING_INPUT,
                            "key of the log")

    @unittest.skipUnless(os.geteuid() == 0, "only root can become somebody else")
    def test_a_ledger_that_can_only_be_read_gives_its_newest_checkpoint(self):
        self.done(self.licet("ledger", "checkpoint"))
        for path in (self.here, self.workspace, *self.workspace.iterdir()):
            os.chown(path, 65534, 65534)
        (self.workspace / "ledger.db").chmod(0o400)
        light_packs().chmod(0o755)
        answer = self.screen(self.list, "--json", user=65534)
        self.assertEqual(answer.status, 0, str(answer))
        self.assertIsNotNone(answer.json()["certificate"], str(answer))
        self.assertEqual(self.body()["ledger"]["size"], 5)
        self.verified("--against", self.here / "out" / "allowed.csv")

    @unittest.skipUnless(shutil.which("cc"), "there is no compiler here")
    @unittest.skipIf(has_sanitizers(), "the sanitizers want to be loaded first")
    def test_a_clock_that_went_back_makes_no_certificate(self):
        self.screened()
        self.write("clock.c", CLOCK_OF_THREE_DAYS_AGO)
        library = self.here / "clock.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, self.here / "clock.c"], check=True)
        command = [LICET, "--workspace", self.workspace, "--packs", light_packs(), "screen",
                   self.list, "--campaign", self.campaign, "--out", self.here / "out"]
        done = subprocess.run(command, capture_output=True, text=True, check=False,
                              env=surroundings(LD_PRELOAD=str(library)))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("clock", done.stderr)
        self.assertFalse(self.certificate.exists())

    def test_none_is_made_if_none_is_wanted(self):
        said = self.screened("--no-certificate")
        self.assertIsNone(said["certificate"])
        self.assertFalse(self.certificate.exists())
        self.assert_refused(self.screen(self.list, "--no-certificate", "--since", "x"), BAD_INPUT,
                            "--no-certificate")

    def test_bad_rows_are_counted(self):
        self.write("list.csv", "Email;Nom\nnobody;A\ncamille@example.com;B\n\n;C\n")
        said = self.screened(status=UNREADABLE_ROWS)
        self.assertEqual(said["unreadable"], 2)
        self.assertEqual(self.body()["rows"]["unreadable"], 2)
        self.assertTrue(self.screened("--since", self.certificate)["since"]["is_unchanged"])

    def test_a_list_of_nobody(self):
        self.write("list.csv", "Email;Nom\n")
        answer = self.screen(self.list, "--json")
        if answer.status == 0:
            self.assertEqual(sum(self.body()["rows"].values()), 0)
            self.verified("--against", self.here / "out" / "allowed.csv")
        else:
            self.assertFalse(self.certificate.exists(), str(answer))


class Since(CertificateDesk):
    def since(self, *arguments, status=0):
        return self.screened("--since", self.certificate, *arguments, status=status)

    def results(self, out="out"):
        return [(self.here / out / name).read_bytes() for name in RESULTS]

    def assert_as_from_nothing(self, *arguments):
        """Holds that the results are those of a screening that knows of none before."""
        self.screened(*arguments, out="fresh")
        self.assertEqual(self.results(), self.results("fresh"))

    def test_nothing_new_gives_the_same_lists_and_a_new_certificate(self):
        self.screened()
        before, lists = self.certificate.read_bytes(), self.results()
        times = [path.stat().st_mtime_ns for path in sorted((self.here / "out").glob("*.csv"))]
        said = self.since()
        self.assertEqual(said["since"], {"is_unchanged": True, "why": "nothing", "by_events": 0,
                                         "by_days": 0})
        self.assertEqual(self.results(), lists)
        self.assertEqual(
            [path.stat().st_mtime_ns for path in sorted((self.here / "out").glob("*.csv"))], times)
        self.assertEqual(self.body()["continues"], hashlib.sha256(before).hexdigest())
        self.assertGreater(self.body()["ledger"]["size"], 5)
        self.verified("--against", self.here / "out" / "allowed.csv")
        self.assert_as_from_nothing()
        # And again, upon that one.
        self.assertTrue(self.since("--at", day(1))["since"]["is_unchanged"])
        self.assertEqual((self.body()["at"], self.body()["decided_for"]), (day(1), day(0)))
        self.assert_as_from_nothing("--at", day(1))

    def test_results_in_brief_are_certified_with_their_answers(self):
        self.screened("--brief")
        self.assertEqual([one["file"] for one in self.body()["results"]],
                         ["allowed.csv", "blocked.csv", "review.csv", "answers.csv"])
        self.verified("--against", self.here / "out" / "allowed.csv")
        self.assertTrue(self.since("--brief")["since"]["is_unchanged"])
        self.assertEqual(self.since()["since"]["why"], "settings")
        self.assertFalse((self.here / "out" / "answers.csv").exists())
        self.screened("--brief")
        (self.here / "out" / "answers.csv").unlink()
        self.assertEqual(self.since("--brief")["since"]["why"], "results")
        self.assertTrue((self.here / "out" / "answers.csv").exists())

    def test_an_objection_of_somebody_else_changes_nothing(self):
        self.screened()
        self.suppress("somebody@elsewhere.example")
        self.assertTrue(self.since()["since"]["is_unchanged"])

    def test_an_objection_of_one_of_them_is_never_passed_over(self):
        self.screened()
        self.suppress(PEOPLE[0])
        said = self.since()
        self.assertEqual((said["since"]["why"], said["since"]["by_events"]), ("rows", 1))
        self.assertNotIn(PEOPLE[0].encode(), self.results()[0])
        self.assert_as_from_nothing()
        self.assertNotIn("continues", self.body())

    def test_a_day_that_came_is_never_passed_over(self):
        """A consent of which the law says otherwise after so many months."""
        self.screened()
        self.assertTrue(self.since("--at", day(29))["since"]["is_unchanged"])
        self.assert_as_from_nothing("--at", day(29))
        self.assertEqual(self.since("--at", day(31))["since"]["why"], "moment")
        self.assert_as_from_nothing("--at", day(31))

    def test_what_the_rows_rest_on_is_looked_at(self):
        self.screened()
        self.assertEqual(self.since("--at", day(-1))["since"]["why"], "moment")
        self.screened()
        self.assertEqual(self.since("--at", day(0) + "T10:00+01:00")["since"]["why"], "moment")
        self.screened()
        self.assertEqual(self.since("--safe")["since"]["why"], "settings")
        self.screened()
        self.campaign.write_text(CAMPAIGN_TODAY.replace("mass = true", "mass = false"))
        self.assertEqual(self.since()["since"]["why"], "settings")
        self.campaign.write_text(CAMPAIGN_TODAY)
        self.screened()
        with self.list.open("a") as file:
            file.write("newcomer@example.com;X\n")
        self.assertEqual(self.since()["since"]["why"], "list")
        self.assertIn(b"newcomer", b"".join(self.results()))
        (self.here / "out" / "blocked.csv").write_text("nobody\n")
        self.assertEqual(self.since()["since"]["why"], "results")
        state = self.here / "out" / "screening-state"
        state.write_bytes(state.read_bytes()[:-1])
        self.assertEqual(self.since()["since"]["why"], "state")
        self.done(self.licet("erase", PEOPLE[4], "--yes"))
        self.assertEqual(self.since()["since"]["why"], "erased")
        self.assert_as_from_nothing()

    def test_what_a_partner_refuses_is_never_passed_over(self):
        self.screened()
        digest = hashlib.md5(PEOPLE[0].encode()).hexdigest()
        self.write("md5.txt", digest + "\n")
        self.done(self.licet("exchange", "import", "md5.txt", "--digest", "md5", "--from",
                             "partner", "--until", day(200)))
        self.assertEqual(self.since()["since"]["why"], "lists")
        self.assertNotIn(PEOPLE[0].encode(), self.results()[0])

    def test_a_ledger_that_went_back_stops_everything(self):
        copy = self.here / "copy"
        self.done(self.licet("ledger", "checkpoint"))
        shutil.copytree(self.workspace, copy)
        self.suppress(PEOPLE[0])
        self.screened()
        shutil.rmtree(self.workspace)
        copy.rename(self.workspace)
        lists = self.results()
        self.assert_refused(self.screen(self.list, "--since", self.certificate), BROKEN, "ledger")
        self.assertEqual(self.results(), lists)

    def test_a_pipe_is_refused(self):
        self.screened()
        answer = self.screen("-", "--since", self.certificate, stdin=self.list.read_bytes())
        self.assert_refused(answer, BAD_INPUT, "--since")

    def test_whatever_happened_the_lists_are_those_of_a_screening_of_all(self):
        seed = int(os.environ.get("LICET_SEED", time.time()))
        chance = random.Random(seed)
        self.screened()
        distance = 0
        kept = 0
        for step in range(14):
            for _ in range(chance.randrange(3)):
                address = chance.choice(PEOPLE + ["a@b.example", "c@d.example", "e@f.example"] * 5)
                what = chance.randrange(4)
                if what == 0:
                    self.suppress(address)
                elif what == 1:
                    self.consent(address, on=day(chance.randrange(-60, 1)))
                else:
                    self.done(self.licet("record", "interaction", "--email", address, "-a",
                                         "act=click", "--on", day(chance.randrange(-900, 1))))
            distance = min(30, distance + chance.choice((0, 0, 1, 3)))
            at = ("--at", day(distance))
            with self.subTest(seed=seed, step=step):
                said = self.since(*at)
                kept += said["since"]["is_unchanged"]
                self.assert_as_from_nothing(*at)
                self.assertEqual(said["rows"], len(PEOPLE))
        self.assertGreater(kept, 0, seed)


if __name__ == "__main__":
    unittest.main()
