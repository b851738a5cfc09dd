# SPDX-License-Identifier: Apache-2.0
"""Goal: show that no address stands in clear in what the program keeps or says.

Method: an e-mail address and a telephone number that occur nowhere else are planted through every
door, then every byte of the workspace, the report and both outputs is searched for them: as typed,
as normalised, without separators, in parts, in UTF-8, UTF-16, hexadecimal and base 64.
"""
import base64
import os
import re
import sqlite3
import stat
import unittest

from support import ALL_RESULTS, UNREADABLE_ROWS, Desk

EMAIL = "Quetzal.Zbrivka@Courrier-Xylo.example"
PHONE = "06 39 98 76 54"
# What is looked for. Parts that are short or could be chance are left out.
NEEDLES = ["quetzal.zbrivka@courrier-xylo.example", "quetzal.zbrivka", "quetzal", "zbrivka",
           "courrier-xylo", "0639987654", "+33639987654", "33639987654", "639987654",
           "06 39 98 76 54", "06.39.98.76.54", "06-39-98-76-54"]


def forms(needle):
    """Gives the bytes under which a text could hide."""
    for text in {needle, needle.upper(), needle.title(), EMAIL if "@" in needle else needle}:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        yield text.encode().hex().encode()
        yield base64.b64encode(text.encode()).rstrip(b"=")[:-1]


def found_in(content):
    bare = re.sub(rb"[\s.\-/()]", b"", content.lower())
    for needle in NEEDLES:
        if any(form in content for form in forms(needle)):
            yield needle
        elif re.sub(r"[\s.\-/()]", "", needle).encode() in bare:
            yield needle


class Privacy(Desk):
    def setUp(self):
        super().setUp()
        self.said = []

    def say(self, *arguments, **more):
        answer = self.licet(*arguments, **more)
        self.said.append((arguments, answer))
        return answer

    def plant(self):
        """Brings the address and the number in through every door."""
        self.done(self.say("record", "collected", "--email", EMAIL, "--phone", PHONE))
        self.done(self.say("record", "consent_given", "--email", EMAIL, "--channel", "email",
                           "--purpose", "commercial", "-a", "consent.act=clear"))
        self.write("events.jsonl", f'{{"kind":"contacted","email":"{EMAIL}","phone":"{PHONE}"}}\n')
        self.done(self.say("record", "--jsonl", "events.jsonl"))
        self.done(self.say("suppress", EMAIL, PHONE))
        self.write("refusals.txt", f"{EMAIL}\n{PHONE}\n")
        self.done(self.say("suppress", "--file", "refusals.txt"))
        self.write("list.csv", "Nom;Email;Téléphone;Fonction\r\n"
                   f"Zbrivka;{EMAIL};{PHONE};Acheteuse\r\n"
                   f"Zbrivka;{EMAIL}@x;{PHONE};Acheteuse\r\n"
                   f"Zbrivka;;{PHONE}99999;Acheteuse\r\n")
        for format_of in ((), ("--json",)):
            self.done(self.say("screen", "list.csv", "-c", self.campaign, "-o", "out", *format_of),
                      UNREADABLE_ROWS)
            for command in ("check", "explain"):
                self.say(command, "--email", EMAIL, "--phone", PHONE, "-c", self.campaign,
                         *format_of)
            self.done(self.say("person", EMAIL, "--reason", "test", *format_of))
            self.done(self.say("person", PHONE, "--reason", "test", *format_of))
        self.done(self.say("ledger", "verify"))

    def test_the_search_finds_what_is_there(self):
        for content in (EMAIL.encode(), EMAIL.lower().encode("utf-16-le"), b"+33 6 39 98 76 54",
                        b"x'" + b"0639987654".hex().encode(), b"06.39.98.76.54"):
            self.assertNotEqual(list(found_in(content)), [], content)
        self.assertEqual(list(found_in("Q…@C….example 06…54".encode())), [])

    def test_no_byte_of_the_workspace_holds_an_address(self):
        self.plant()
        names = set()
        for path in self.workspace.rglob("*"):
            names.add(path.name)
            with self.subTest(path.name):
                self.assertEqual(list(found_in(path.read_bytes())), [])
            self.assertEqual(list(found_in(path.name.encode())), [])
        self.assertLessEqual({"ledger.db", "config.toml", "tenant.key"}, names)

    def test_no_byte_of_the_log_of_an_open_ledger_holds_an_address(self):
        # A reader that stays keeps the write-ahead log from being folded into the ledger.
        reader = sqlite3.connect(self.workspace / "ledger.db")
        self.addCleanup(reader.close)
        reader.execute("begin")
        reader.execute("select count(*) from event").fetchone()
        self.plant()
        for end in ("-wal", "-shm"):
            content = (self.workspace / ("ledger.db" + end)).read_bytes()
            self.assertEqual(list(found_in(content)), [], end)
        self.assertGreater((self.workspace / "ledger.db-wal").stat().st_size, 0)

    def test_neither_report_nor_screen_nor_file_name_holds_an_address(self):
        self.plant()
        self.assertEqual(list(found_in((self.here / "out/report.html").read_bytes())), [])
        for arguments, answer in self.said:
            with self.subTest(arguments[0]):
                self.assertEqual(list(found_in(answer.out_bytes)), [], str(answer))
                self.assertEqual(list(found_in(answer.err.encode())), [], str(answer))
        self.assertEqual(sorted(path.name for path in (self.here / "out").iterdir()),
                         sorted(ALL_RESULTS + ("certificate.txt", "screening-state")))
        for name in ("certificate.txt", "screening-state"):
            self.assertEqual(list(found_in((self.here / "out" / name).read_bytes())), [], name)

    def test_the_report_shows_no_name(self):
        self.plant()
        report = (self.here / "out/report.html").read_text()
        self.assertNotIn("Zbrivka", report)

    def test_key_ledger_and_results_are_the_owners_alone(self):
        self.plant()
        files = [path for folder in (self.workspace, self.here / "out")
                 for path in folder.iterdir()]
        # The public half of the key of the log and a certificate are there to be given away.
        given = ("signing.vkey", "certificate.txt")
        for path in (path for path in files if path.name not in given):
            with self.subTest(path.name):
                self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o077, 0)

    def test_no_address_slips_in_through_a_free_text(self):
        # A key of a webhook, a page, a note: refused or hashed, as the program likes.
        for arguments in (("--key", f"unsubscribe-{EMAIL}"), ("--surface", f"mail of {EMAIL}"),
                          ("-a", f"note=wrote from {EMAIL}"), ("-a", f"object={EMAIL}"),
                          ("-a", f"note=call back on {PHONE}")):
            with self.subTest(arguments[1]):
                answer = self.say("record", "objection", "--email", "ada@courrier.example",
                                  *arguments)
                self.assertEqual(list(found_in(answer.err.encode())), [])
                for path in self.workspace.iterdir():
                    self.assertEqual(list(found_in(path.read_bytes())), [], path.name)

    def test_the_key_is_not_in_the_ledger(self):
        self.plant()
        digits = (self.workspace / "tenant.key").read_text().split()[-1]
        content = (self.workspace / "ledger.db").read_bytes()
        self.assertNotIn(digits.encode(), content)
        self.assertNotIn(bytes.fromhex(digits), content)


if __name__ == "__main__":
    unittest.main()
