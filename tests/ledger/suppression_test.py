# SPDX-License-Identifier: Apache-2.0
"""Objections of every width, and lists of them from and to elsewhere, with the real program.

Goal: an objection reaches as far as it was said, by brand, topic, domain, company and partner's
list; a list that was damaged, ended or lacks its key takes nothing in.
"""

import csv
import datetime
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "end_to_end"))
from support import BAD_INPUT, LICET, MISSING_INPUT  # noqa: E402

CAMPAIGN = """
channel = "email"
purpose = "commercial"
topic = "{topic}"
brand = "{brand}"
[sender]
name = "Exemple"
stop_contact = "stop@example.com"
[list]
origin = "directory"
audience = "professional"
"""


class SuppressionTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="licet-suppression-"))
        self.ours = self.folder / "ours"
        self.run_ok("init", str(self.ours))

    def run_licet(self, *arguments, workspace=None):
        return subprocess.run(
            [LICET, "-w", str(workspace or self.ours), *arguments],
            capture_output=True,
            text=True,
            env={"LANG": "en", "PATH": "/usr/bin:/bin"},
            cwd=self.folder,
        )

    def run_ok(self, *arguments, workspace=None):
        result = self.run_licet(*arguments, workspace=workspace)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def objection(self, *who, topic="", brand="", workspace=None):
        """The fact that a check of this person rests on."""
        campaign = self.folder / "campaign.toml"
        text = CAMPAIGN.format(topic=topic, brand=brand)
        campaign.write_text("\n".join(l for l in text.splitlines() if not l.endswith('= ""')))
        result = self.run_licet(
            "check", "--json", "--no-record", "--campaign", str(campaign), *who, workspace=workspace
        )
        self.assertIn(result.returncode, (0, 1, 2), result.stderr)
        return json.loads(result.stdout)["facts"]["objection"]["value"]

    def screened(self, rows, workspace=None):
        """The addresses that a screening blocks because of an objection."""
        (self.folder / "list.csv").write_text("email,siren\n" + "\n".join(rows) + "\n")
        campaign = self.folder / "campaign.toml"
        campaign.write_text(CAMPAIGN.format(topic="wine", brand="north"))
        out = self.folder / "out"
        self.run_ok(
            "screen", "list.csv", "-c", str(campaign), "-o", str(out), workspace=workspace
        )
        text = (out / "blocked.csv").read_text(encoding="utf-8-sig")
        rows = csv.DictReader(text.splitlines())
        return {row["email"] for row in rows if "bject" in row["Reasons"]}

    # ---- how far an objection reaches ----------------------------------------------------------
    def test_brand_and_topic(self):
        self.run_ok("suppress", "a@firm.example", "--brand", "north")
        self.run_ok("suppress", "b@firm.example", "--purpose", "commercial.wine")
        self.assertEqual(self.objection("--email", "a@firm.example", brand="north"), "all")
        self.assertEqual(self.objection("--email", "a@firm.example", brand="south"), "none")
        self.assertEqual(self.objection("--email", "a@firm.example"), "all")
        self.assertEqual(self.objection("--email", "b@firm.example", topic="wine.red"), "all")
        self.assertEqual(self.objection("--email", "b@firm.example", topic="events"), "none")
        self.assertEqual(self.objection("--email", "b@firm.example"), "all")

    def test_a_domain_and_a_company(self):
        self.run_ok("suppress", "@firm.example", "siren:732 829 320")
        self.assertEqual(self.objection("--email", "any.body@mail.firm.example"), "all")
        self.assertEqual(self.objection("--email", "a@otherfirm.example"), "none")
        self.assertEqual(
            self.objection("--email", "a@other.example", "--company", "73282932000074"), "all"
        )
        # Also where nobody of the company is named.
        self.assertEqual(self.objection("--company", "732 829 320"), "all")
        self.assertEqual(self.objection("--company", "443061841"), "none")
        refused = self.run_licet("check", "--company", "732829320", "-f", "country=fr",
                                 "-f", "channel=email", "-f", "audience=professional",
                                 "-b", "ordinary_offer", "-b", "clean", "-b", "collected_by_us")
        self.assertEqual(refused.returncode, 1, refused.stdout)
        self.assertEqual(
            self.screened(
                ["x@firm.example,", "y@other.example,732829320", "z@other.example,443061841"]
            ),
            {"x@firm.example", "y@other.example"},
        )

    def test_the_list_says_how_an_objection_came(self):
        self.run_ok("suppress", "a@firm.example", "--reason", "letter")
        told = json.loads(self.run_ok("person", "a@firm.example", "--reason", "x", "--json"))
        self.assertIn("letter", json.dumps(told))

    def test_nobody_speaks_for_a_whole_provider(self):
        result = self.run_licet("suppress", "@gmail.com")
        self.assertEqual(result.returncode, BAD_INPUT)
        self.assertIn("provider", result.stderr)
        for domain in ("qq.com", "mail.ru", "yandex.ru", "web.de", "naver.com", "duck.com",
                       "simplelogin.com", "privaterelay.appleid.com", "passmail.net"):
            result = self.run_licet("suppress", "@" + domain)
            self.assertEqual((result.returncode, "provider" in result.stderr), (BAD_INPUT, True))
        for suffix in ("co.uk", "COM.BR", "asso.fr", "gouv.fr", "github.io", "or.at", "com.tr"):
            result = self.run_licet("suppress", "@" + suffix)
            self.assertEqual((result.returncode, "below" in result.stderr), (BAD_INPUT, True))
        self.run_ok("suppress", "@firm.co.uk", "@club.asso.fr", "@mail.qq.example")
        self.assertEqual(self.run_licet("suppress", "siren:732829321").returncode, BAD_INPUT)

    def test_erasing_a_person_leaves_the_objection_of_their_firm(self):
        self.run_ok("suppress", "@firm.example")
        self.run_ok("record", "informed", "--email", "a@firm.example")
        self.run_ok("erase", "a@firm.example", "--yes")
        self.assertEqual(self.objection("--email", "b@firm.example"), "all")
        self.run_ok("ledger", "verify")

    # ---- lists of others -----------------------------------------------------------------------
    def in_days(self, days):
        return str(datetime.date.today() + datetime.timedelta(days=days))

    def test_lists_of_digests(self):
        for name in ("md5", "sha1", "sha256"):
            path = self.folder / f"{name}.txt"
            path.write_text(hashlib.new(name, f"{name}@firm.example".encode()).hexdigest() + "\n")
            self.run_ok(
                "exchange", "import", str(path), "--digest", name, "--from", "acme",
                "--until", self.in_days(30),
            )
        for name in ("md5", "sha1", "sha256"):
            self.assertEqual(self.objection("--email", f"{name.upper()}@Firm.example"), "all")
        self.assertEqual(self.objection("--email", "sha512@firm.example"), "none")
        self.assertEqual(
            self.screened(["md5@firm.example,", "sha256@firm.example,", "x@firm.example,"]),
            {"md5@firm.example", "sha256@firm.example"},
        )
        # Nothing of the list is kept in the form in which it came.
        for path in self.ours.rglob("*"):
            if path.is_file():
                digest = hashlib.sha1(b"sha1@firm.example")
                self.assertNotIn(digest.digest(), path.read_bytes(), path)
                self.assertNotIn(digest.hexdigest().encode(), path.read_bytes(), path)

    def test_a_spoilt_list_takes_nothing_in(self):
        good = hashlib.md5(b"a@firm.example").hexdigest()
        path = self.folder / "list.txt"
        path.write_text(good + "\nnot a digest\n")
        arguments = ["exchange", "import", str(path), "--digest", "md5", "--from", "acme"]
        result = self.run_licet(*arguments, "--until", self.in_days(3))
        self.assertEqual(result.returncode, BAD_INPUT)
        self.assertIn("list.txt:2", result.stderr)
        self.assertEqual(self.objection("--email", "a@firm.example"), "none")
        path.write_text("\n")
        empty = self.run_licet(*arguments, "--until", self.in_days(3))
        self.assertEqual(empty.returncode, BAD_INPUT)
        self.assertIn("list.txt", empty.stderr)
        path.write_text(good + "\n")
        for arguments_more in ([], ["--until", "soon"], ["--until", self.in_days(-1)]):
            self.assertEqual(self.run_licet(*arguments, *arguments_more).returncode, BAD_INPUT)
        # The last day counts, as it is where the person is: late in the evening that is tomorrow.
        there = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")).date()
        self.run_ok(*arguments, "--until", str(max(datetime.date.today(), there)))
        self.assertEqual(self.objection("--email", "a@firm.example"), "all")

    def test_a_list_between_two_who_use_licet(self):
        theirs = self.folder / "theirs"
        self.run_ok("init", str(theirs))
        self.run_ok("suppress", "a@firm.example", "@closed.example")
        self.run_ok("suppress", "c@firm.example", "--channel", "email")
        (self.folder / "held.txt").write_text(
            "a@firm.example\nb@firm.example\nc@firm.example\nx@closed.example\n+33639980123\n"
        )
        arguments = ["exchange", "export", "held.txt", "--from", "acme", "--out", "list"]
        (self.folder / "spoilt.txt").write_text("a@firm.example\nnobody\n")
        spoilt = self.run_licet(
            "exchange", "export", "spoilt.txt", *arguments[3:], "--until", self.in_days(30)
        )
        self.assertEqual(spoilt.returncode, BAD_INPUT)
        self.assertIn("spoilt.txt:2", spoilt.stderr)
        self.assertEqual([path.name for path in self.folder.glob("list*")], [])
        self.assertIn("3 objections", self.run_ok(*arguments, "--until", self.in_days(30)))
        # Next month's list, under the same name, has a key of its own.
        first = (self.folder / "list.key").read_text()
        self.run_ok(*arguments, "--until", self.in_days(30))
        self.assertNotEqual((self.folder / "list.key").read_text(), first)
        text = (self.folder / "list").read_text()
        self.assertNotIn("firm", text)
        self.assertEqual((self.folder / "list.key").stat().st_mode & 0o777, 0o600)
        take = ["exchange", "import", "list"]
        self.assertEqual(self.run_licet(*take, workspace=theirs).returncode, BAD_INPUT)
        (self.folder / "cut").write_text("".join(text.splitlines(True)[:-1]))
        cut = self.run_licet("exchange", "import", "cut", "--key", "list.key", workspace=theirs)
        self.assertEqual(cut.returncode, BAD_INPUT)
        self.assertEqual(self.objection("--email", "a@firm.example", workspace=theirs), "none")
        (self.folder / "other.key").write_text(first)
        (self.folder / "other.key").chmod(0o600)
        other = self.run_licet(*take, "--key", "other.key", workspace=theirs)
        self.assertEqual(other.returncode, BAD_INPUT)
        self.assertIn("not made with this key", other.stderr)
        self.run_ok(*take, "--key", "list.key", workspace=theirs)
        for who, expected in (
            ("a@firm.example", "all"),
            ("b@firm.example", "none"),
            ("c@firm.example", "this_channel"),
            ("x@closed.example", "all"),
        ):
            self.assertEqual(self.objection("--email", who, workspace=theirs), expected, who)
        self.assertEqual(
            self.screened(["a@firm.example,", "b@firm.example,"], workspace=theirs),
            {"a@firm.example"},
        )
        self.run_ok("ledger", "verify", workspace=theirs)
        # What came from others is not passed on.
        again = self.run_ok(
            "exchange", "export", "held.txt", "--from", "their", "--out", "on",
            "--until", self.in_days(9), workspace=theirs,
        )
        self.assertIn("0 objections", again)

    def partner_list(self):
        """Another workspace that has taken in a list with a@firm.example; and its key's file."""
        theirs = self.folder / "theirs"
        self.run_ok("init", str(theirs))
        self.run_ok("suppress", "a@firm.example")
        (self.folder / "held.txt").write_text("a@firm.example\n")
        self.run_ok(
            "exchange", "export", "held.txt", "--from", "acme", "--out", "list",
            "--until", self.in_days(30),
        )
        self.run_ok("exchange", "import", "list", "--key", "list.key", workspace=theirs)
        [key] = (theirs / "partners").iterdir()
        return theirs, key

    def assert_nobody_is_contacted(self, workspace, words):
        (self.folder / "list.csv").write_text("email\nb@firm.example\n")
        campaign = self.folder / "campaign.toml"
        campaign.write_text(CAMPAIGN.format(topic="wine", brand="north"))
        for command in (
            ["check", "--no-record", "-c", str(campaign), "--email", "b@firm.example"],
            ["screen", "list.csv", "-c", str(campaign), "-o", str(self.folder / "none")],
            ["person", "a@firm.example", "--reason", "request"],
        ):
            result = self.run_licet(*command, workspace=workspace)
            self.assertIn(result.returncode, (BAD_INPUT, MISSING_INPUT), command)
            self.assertIn(words, result.stderr)
        self.assertFalse((self.folder / "none" / "allowed.csv").exists())

    def test_without_the_key_of_a_partners_list_nobody_is_contacted(self):
        theirs, key = self.partner_list()
        text = key.read_text()
        key.unlink()
        self.assert_nobody_is_contacted(theirs, "is missing")
        key.parent.rmdir()
        self.assert_nobody_is_contacted(theirs, "is missing")
        key.parent.mkdir()
        key.write_text((self.ours / "tenant.key").read_text())
        key.chmod(0o600)
        self.assert_nobody_is_contacted(theirs, "does not hold the key")
        key.write_text(text)
        self.assertEqual(self.objection("--email", "a@firm.example", workspace=theirs), "all")

    def test_an_erasure_reaches_what_lists_from_elsewhere_said(self):
        theirs, _ = self.partner_list()
        digest = hashlib.sha256(b"a@firm.example").hexdigest()
        (self.folder / "digests").write_text(digest + "\n")
        self.run_ok(
            "exchange", "import", "digests", "--digest", "sha256", "--from", "px",
            "--until", self.in_days(30), workspace=theirs,
        )
        erased = self.run_ok("erase", "a@firm.example", "--yes", workspace=theirs)
        self.assertIn("2 events", erased)
        told = self.run_ok("person", "a@firm.example", "--reason", "x", workspace=theirs)
        self.assertNotIn("[", told)  # no place of an entry: what is left is the suppression list
        self.assertEqual(self.objection("--email", "a@firm.example", workspace=theirs), "all")
        self.run_ok("ledger", "verify", workspace=theirs)


if __name__ == "__main__":
    unittest.main()
