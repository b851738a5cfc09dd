# SPDX-License-Identifier: Apache-2.0
"""Goal: show that bad input is named, that good rows go on, and that nothing is lost or half done.

Method: one test for each item of the list "Bad input" of the first issue. Each holds the exit
status, the place that the message names, what is left on the disk, and that no personal value is
shown.
"""
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import unittest
import zipfile

from support import (ALL_RESULTS, BAD_INPUT, BROKEN, LICET, MISSING_INPUT, PACKS, RESULTS, ROOT,
                     UNREADABLE_ROWS, Desk, licet, light_packs, surroundings)

# A `return` of LICET_TRY inside braces leaks what the braces hold already, with GCC 12.

GOOD = "alix.moreau@courrier.example"
ALSO_GOOD = "zoe.perrin@courrier.example"
NUMBER = "0639981234"


def list_of(*rows, header="Nom;Email;Téléphone"):
    return "\r\n".join([header, *rows, ""])


class ListsThatCannotBeRead(Desk):
    def test_a_missing_file_is_named(self):
        answer = self.screen("nowhere.csv")
        self.assert_refused(answer, MISSING_INPUT, "nowhere.csv: there is nothing under this name")
        self.assert_nothing_left()

    def test_a_folder_is_no_list(self):
        (self.here / "folder").mkdir()
        answer = self.screen("folder")
        self.assert_refused(answer, BAD_INPUT, "folder: this is a folder")
        self.assert_nothing_left()

    def test_an_empty_file_is_named(self):
        for name, content in (("empty.csv", ""), ("mark.csv", "\ufeff"), ("lines.csv", "\n\n\n")):
            with self.subTest(name):
                self.write(name, content)
                answer = self.screen(name)
                self.assert_refused(answer, BAD_INPUT, name, "holds no text")
                self.assert_nothing_left()

    def test_a_binary_file_is_named(self):
        contents = {"noise.csv": bytes(range(256)) * 40, "nul.csv": b"Email\n" + b"\0" * 100,
                    "old.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)}
        for name, content in contents.items():
            with self.subTest(name):
                self.write(name, content)
                answer = self.screen(name)
                self.assert_refused(answer, BAD_INPUT, name, "not CSV")
                self.assert_nothing_left()

    def test_a_workbook_is_told_from_a_list(self):
        with zipfile.ZipFile(self.here / "prospects.xlsx", "w") as book:
            book.writestr("[Content_Types].xml", "<Types/>")
            book.writestr("xl/worksheets/sheet1.xml", f"<c>{GOOD}</c>")
        answer = self.screen("prospects.xlsx")
        self.assert_refused(answer, BAD_INPUT, "prospects.xlsx", "Save as", "CSV UTF-8")
        self.assert_unseen(answer, GOOD)
        self.assert_nothing_left()

    def test_without_a_column_of_addresses_or_numbers_the_columns_are_shown(self):
        self.write("names.csv", list_of("Moreau;Lyon", "Perrin;Metz", header="Nom;Ville"))
        answer = self.screen("names.csv")
        self.assert_refused(answer, BAD_INPUT, "names.csv", "Nom", "Ville", "--map")
        self.assert_unseen(answer, "Moreau", "Perrin")
        self.assert_nothing_left()

    def test_an_unknown_column_or_role_of_map_is_named_with_what_there_is(self):
        self.write("list.csv", list_of(f"Moreau;{GOOD};"))
        for choice, words in (("email=Emial", ("Emial", "Email", "Téléphone")),
                              ("email=Xyzzy", ("Xyzzy", "Email", "Téléphone")),
                              ("emial=Email", ("emial", "email", "phone")),
                              ("email=#9", ("#9", "Email")),
                              ("email", ("role=Column",))):
            with self.subTest(choice):
                answer = self.screen("list.csv", "--map", choice)
                self.assert_refused(answer, BAD_INPUT, *words)
                self.assert_unseen(answer, GOOD, "Moreau")
                self.assert_nothing_left()

    def test_all_wrong_choices_of_map_are_named_at_once(self):
        self.write("list.csv", list_of(f"Moreau;{GOOD};"))
        answer = self.screen("list.csv", "--map", "email=Emial", "--map", "phone=Tele")
        self.assert_refused(answer, BAD_INPUT, "Emial", "Tele")


class RowsThatCannotBeRead(Desk):
    def screened(self, bad_row, line=3):
        """Screens a list with good rows around the bad one, and holds that each has its place."""
        rows = [f"Moreau;{GOOD};", bad_row, f"Perrin;{ALSO_GOOD};{NUMBER}"]
        encoded = [row if isinstance(row, bytes) else row.encode() for row in rows]
        self.write("list.csv", b"\r\n".join(["Nom;Email;Téléphone".encode(), *encoded, b""]))
        answer = self.done(self.screen("list.csv"), UNREADABLE_ROWS)
        self.assertIn(f"list.csv:{line}: ", answer.err)
        self.assert_unseen(answer, GOOD, ALSO_GOOD, NUMBER, "Moreau", "Perrin")
        kept = [row["Email"] for name in ("allowed.csv", "blocked.csv") for row in self.rows(name)]
        self.assertEqual(sorted(kept), [GOOD, ALSO_GOOD])
        header, rows = self.table("review.csv")
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0][header.index("Verdict")].lower(), "unreadable")
        self.assertNotEqual(rows[0][header.index("Reasons")], "")
        return answer, dict(zip(header, rows[0]))

    def test_a_row_with_too_many_fields_goes_to_review_whole(self):
        answer, row = self.screened("Roux;leo.roux@courrier.example;;Lyon;secret")
        self.assertIn("5 fields, 3 expected", answer.err)
        self.assertEqual(row["Email"], "leo.roux@courrier.example")
        self.assertIn("Lyon", row["Téléphone"])
        self.assertIn("secret", row["Téléphone"])
        self.assert_unseen(answer, "leo.roux", "secret")

    def test_a_row_with_too_few_fields_goes_to_review(self):
        answer, row = self.screened("leo.roux@courrier.example")
        self.assertIn("1 fields, 3 expected", answer.err)
        self.assertIn("leo.roux@courrier.example", row.values())
        self.assert_unseen(answer, "leo.roux")

    def test_invalid_utf8_after_a_mark_is_named_with_its_column(self):
        self.write("list.csv", "\ufeffNom;Email\r\n".encode()
                   + b"Ro\xc3\x28ux;a@courrier.example\r\n"
                   + f"Perrin;{ALSO_GOOD}\r\n".encode())
        answer = self.done(self.screen("list.csv"), UNREADABLE_ROWS)
        self.assertRegex(answer.err, r"list\.csv:2: .*column (Nom|1)\b.*UTF-8")
        self.assertEqual([row["Email"] for row in self.rows("blocked.csv")], [ALSO_GOOD])

    def test_invalid_utf8_is_named_with_its_column(self):
        answer, row = self.screened(b"Ro\xc3\x28ux;leo.roux@courrier.example;")
        self.assertIn("UTF-8", answer.err)
        self.assertRegex(answer.err, r"column (Nom|1)\b")
        self.assertEqual(row["Email"], "leo.roux@courrier.example")
        self.assert_unseen(answer, "leo.roux")

    def test_an_address_with_two_at_is_named_and_masked(self):
        answer, row = self.screened("Roux;a@b@c;")
        self.assertIn("list.csv:3: Email: the e-mail address has more than one @", answer.err)
        self.assertEqual(row["Email"], "a@b@c")
        self.assert_unseen(answer, "a@b@c")

    def test_an_address_that_is_none_is_masked(self):
        for address in ("leo.roux(at)courrier.example", "leo.roux@", "@courrier.example",
                        "leo roux@courrier.example", "leo.roux@courrier", "0639985678"):
            with self.subTest(address):
                answer, row = self.screened(f"Roux;{address};")
                self.assertEqual(row["Email"], address)
                self.assert_unseen(answer, address, "leo.roux", "0639985678")

    def test_a_row_without_an_address_is_named(self):
        answer, _ = self.screened("Roux;;")
        self.assertIn("list.csv:3: the row has no e-mail address", answer.err)

    def test_a_text_after_a_quote_is_named(self):
        answer, row = self.screened('"Ro"ux;leo.roux@courrier.example;')
        self.assertIn("quote", answer.err)
        self.assertIn("ux", row["Nom"])
        self.assert_unseen(answer, "leo.roux")

    def test_a_quote_that_is_never_closed_swallows_nobody(self):
        answer, row = self.screened('"Roux;leo.roux@courrier.example;')
        self.assertIn("never closed", answer.err)
        self.assertIn("leo.roux@courrier.example", " ".join(row.values()))
        self.assert_unseen(answer, "leo.roux")


class DatesThatDoNotExist(Desk):
    def test_the_thirty_first_of_february_is_named_and_not_guessed(self):
        header = "Email;Date de création"
        self.write("list.csv", list_of(f"{GOOD};02/01/2026", "leo.roux@courrier.example;31/02/2026",
                                       f"{ALSO_GOOD};15/03/2026", header=header))
        answer = self.screen("list.csv")
        self.assertIn(answer.status, (0, UNREADABLE_ROWS), str(answer))
        self.assertIn("list.csv:3: Date de création: no calendar has this date", answer.err)
        self.assert_unseen(answer, GOOD, ALSO_GOOD, "leo.roux")
        addresses = [row["Email"] for name in RESULTS for row in self.rows(name)]
        self.assertEqual(len(addresses), 3)
        self.assertNotIn("leo.roux@courrier.example",
                         [row["Email"] for row in self.rows("allowed.csv")
                          if row["Verdict"] != "Allowed"])


class QuestionsThatCannotBeAsked(Desk):
    def test_an_unknown_fact_is_named_with_the_nearest(self):
        answer = self.licet("check", "--fact", "countri=fr")
        self.assert_refused(answer, BAD_INPUT, "countri", 'did you mean "country"')
        self.assertEqual(answer.out, "")

    def test_an_unknown_value_is_answered_with_the_known_ones(self):
        answer = self.licet("check", "--fact", "channel=pigeon")
        self.assert_refused(answer, BAD_INPUT, "channel", "email", "live_call")
        self.assertEqual(answer.out, "")

    def test_a_fact_without_a_value_an_unknown_background_or_question_is_named(self):
        for arguments, word in ((("--fact", "channel"), "name=value"),
                                (("--background", "nonesuch"), "nonesuch"),
                                (("--question", "nonesuch"), "nonesuch"),
                                (("--fact", "at=2026-02-31"), "calendar"),
                                (("--fact", "at=yesterday"), "at"),
                                (("--fact", "calls.last_30_days=many"), "calls.last_30_days")):
            with self.subTest(arguments):
                answer = self.licet("check", *arguments)
                self.assert_refused(answer, BAD_INPUT, word)
                self.assertEqual(answer.out, "")

    def test_an_address_in_check_is_not_repeated(self):
        answer = self.licet("check", "--email", "leo@roux@courrier.example")
        self.assert_refused(answer, BAD_INPUT, "more than one @")
        self.assert_unseen(answer, "roux")

    def test_a_wrong_line_of_facts_keeps_its_place(self):
        good = '{"id":"%s","facts":{"country":"fr"}}'
        self.write("facts.jsonl", "\n".join([good % "a", '{"id":"b","facts":{"chanel":"email"}}',
                                             "not json", good % "d", ""]))
        answer = self.licet("check", "--facts-jsonl", "facts.jsonl", "--json")
        self.assertGreaterEqual(answer.status, 64, str(answer))
        self.assertIn("facts.jsonl:2: ", answer.err)
        self.assertIn("facts.jsonl:3: ", answer.err)
        self.assertEqual([line["verdict"] for line in answer.lines()][1:3], ["error", "error"])
        self.assertEqual(len(answer.lines()), 4)


class CampaignsThatCannotBeRead(Desk):
    def refused(self, text, *words):
        self.write("list.csv", list_of(f"Moreau;{GOOD};"))
        self.write("wrong.toml", text)
        answer = self.screen("list.csv", campaign="wrong.toml")
        self.assert_refused(answer, BAD_INPUT, "wrong.toml", *words)
        self.assert_unseen(answer, GOOD)
        self.assert_nothing_left()

    def test_a_campaign_that_is_no_toml_is_named_with_its_line(self):
        self.refused('name = "x"\nchannel = email\n', "wrong.toml:2")

    def test_a_wrong_name_is_named_with_its_line(self):
        self.refused('name = "x"\nchanel = "email"\npurpose = "commercial"\n',
                     "wrong.toml:2", "chanel", "channel")

    def test_a_wrong_value_is_named_with_its_line(self):
        self.refused('name = "x"\nchannel = "pigeon"\npurpose = "commercial"\n', "wrong.toml:2")

    def test_a_missing_campaign_is_named(self):
        self.write("list.csv", list_of(f"Moreau;{GOOD};"))
        self.assert_refused(self.screen("list.csv", campaign="no.toml"), MISSING_INPUT, "no.toml")
        answer = self.licet("screen", "list.csv", "--out", self.here / "out")
        self.assert_refused(answer, BAD_INPUT, "--campaign")
        self.assert_nothing_left()


class PacksThatCannotBeRead(Desk):
    def setUp(self):
        super().setUp()
        self.packs = self.here / "packs"
        shutil.copytree(PACKS, self.packs)

    def broken(self, path, old, new):
        """Puts one typo into a pack and says on which line it is."""
        file = self.packs / path
        text = file.read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1))
        return text[:text.index(old)].count("\n") + 1

    def test_the_copied_packs_are_good(self):
        self.done(licet("law", "list", "--packs", self.packs))

    def test_a_typo_is_named_with_file_line_and_column(self):
        file = self.packs / "fr/20-electronic-mail.md"
        line = file.read_text().splitlines().index("rule fr.email.consumer") + 1
        self.broken("fr/20-electronic-mail.md", "rule fr.email.consumer\n",
                    "ruel fr.email.consumer\n")
        for command in (("law", "list"), ("law", "test"), ("check", "--fact", "country=fr")):
            with self.subTest(command):
                answer = licet(*command, "--packs", self.packs)
                self.assert_refused(answer, BAD_INPUT, f"fr/20-electronic-mail.md:{line}:1", "ruel")
                self.assertEqual(answer.out, "")

    def test_all_typos_are_named_at_once(self):
        one = self.broken("fr/20-electronic-mail.md", "channel in {email", "chanel in {email")
        other = self.broken("fr/70-post.md", "contact = allowed", "contact = alowed")
        answer = licet("law", "list", "--packs", self.packs)
        self.assert_refused(answer, BAD_INPUT)
        self.assertRegex(answer.err, rf"fr/20-electronic-mail\.md:{one}:\d+: .*chanel")
        self.assertRegex(answer.err, rf"fr/70-post\.md:{other}:\d+: .*alowed")

    def test_nobody_is_screened_by_broken_law(self):
        self.broken("fr/70-post.md", "contact = allowed", "contact = alowed")
        self.write("list.csv", list_of(f"Moreau;{GOOD};"))
        answer = self.screen("list.csv", "--packs", self.packs)
        self.assertGreaterEqual(answer.status, 64, str(answer))
        self.assertIn("fr/70-post.md", answer.err)
        self.assert_unseen(answer, GOOD)
        self.assert_nothing_left()

    def test_a_folder_without_packs_is_named(self):
        (self.here / "none").mkdir()
        for name in ("none", "nowhere"):
            answer = licet("law", "list", "--packs", self.here / name)
            self.assertIn(answer.status, (BAD_INPUT, MISSING_INPUT), str(answer))
            self.assertIn(name, answer.err)


class LedgersThatCannotBeTrusted(Desk):
    def setUp(self):
        super().setUp()
        self.write("list.csv", list_of(f"Moreau;{GOOD};"))
        self.write("events.jsonl", "".join(
            f'{{"kind":"objection","email":"person{i}@courrier.example"}}\n' for i in range(40)))
        self.done(self.licet("record", "--jsonl", "events.jsonl"))
        self.ledger = self.workspace / "ledger.db"

    def assert_nobody_is_contacted(self, *words):
        for arguments in (("screen", "list.csv", "--campaign", self.campaign, "--out", "out"),
                          ("check", "--email", GOOD),
                          ("person", GOOD, "--reason", "test"),
                          ("suppress", GOOD)):
            with self.subTest(arguments[0]):
                answer = self.licet(*arguments)
                self.assert_refused(answer, answer.status, *words)
                self.assertGreaterEqual(answer.status, 64, str(answer))
                self.assert_unseen(answer, GOOD)
                self.assertEqual(answer.out, "")
        self.assert_nothing_left()

    def test_a_truncated_ledger_is_refused(self):
        content = self.ledger.read_bytes()
        for size in (10, 100, 5000):
            with self.subTest(size):
                self.ledger.write_bytes(content[:size])
                self.assert_nobody_is_contacted("ledger.db")

    def test_a_ledger_cut_in_half_is_refused_by_verify(self):
        content = self.ledger.read_bytes()
        self.ledger.write_bytes(content[:len(content) // 2 // 4096 * 4096])
        answer = self.licet("ledger", "verify")
        self.assert_refused(answer, BROKEN, "ledger.db")

    def test_a_file_that_is_no_ledger_is_refused(self):
        self.ledger.write_bytes(b"this is no database at all\n" * 500)
        self.assert_nobody_is_contacted("ledger.db")

    def test_an_empty_file_is_no_ledger(self):
        self.ledger.write_bytes(b"")
        self.assert_nobody_is_contacted("ledger.db")

    def test_a_flipped_byte_of_any_event_is_found_by_verify(self):
        good = self.ledger.read_bytes()
        self.done(self.licet("ledger", "verify"))
        self.assertGreater(len(good), 8192)
        # Bytes of events lie near the marks of their tokens; a stride over the file finds many.
        used = [i for i in range(4096, len(good)) if good[i]]
        found = 0
        for at in used[::max(1, len(used) // 20)]:
            bad = bytearray(good)
            bad[at] ^= 0x10
            self.ledger.write_bytes(bad)
            answer = self.licet("ledger", "verify")
            with self.subTest(at):
                if answer.status != 0:
                    self.assertGreaterEqual(answer.status, 64, str(answer))
                    self.assertIn("ledger.db", answer.err)
                    found += 1
        self.assertGreaterEqual(found, 12)

    def test_an_event_that_is_deleted_or_changed_is_found_by_verify(self):
        good = self.ledger.read_bytes()
        tables = self.tables()
        self.assertIn("event", " ".join(tables))
        for table in tables:
            with self.subTest(table=table):
                self.ledger.write_bytes(good)
                with sqlite3.connect(self.ledger) as database:
                    changed = self.delete_first(database, table)
                database.close()
                if changed < 1:
                    continue
                answer = self.licet("ledger", "verify")
                self.assertGreaterEqual(answer.status, 64, f"{table}: {answer}")

    def tables(self):
        with sqlite3.connect(self.ledger) as database:
            names = [row[0] for row in database.execute(
                "select name from sqlite_master where type = 'table'")]
        database.close()
        return names

    @staticmethod
    def delete_first(database, table):
        columns = database.execute(f"pragma table_info({table})").fetchall()
        keys = [row[1] for row in columns if row[5]] or [row[1] for row in columns]
        first = database.execute(f"select {', '.join(keys)} from {table} limit 1").fetchone()
        if first is None:
            return 0
        where = " and ".join(f"{key} = ?" for key in keys)
        return database.execute(f"delete from {table} where {where}", first).rowcount

    def test_a_key_that_others_can_read_is_refused(self):
        for mode in (0o640, 0o604):
            os.chmod(self.workspace / "tenant.key", mode)
            self.assert_nobody_is_contacted("tenant.key", "chmod 600")

    def test_a_missing_key_is_refused_and_no_new_one_is_made(self):
        (self.workspace / "tenant.key").unlink()
        self.assert_nobody_is_contacted("tenant.key", "backup")
        self.assertFalse((self.workspace / "tenant.key").exists())

    def test_a_key_that_is_none_is_refused(self):
        key = self.workspace / "tenant.key"
        for content in ("", "licet-key-1 00\n", "x" * 77, "licet-key-1 " + "g" * 64 + "\n"):
            key.write_text(content)
            self.assert_nobody_is_contacted("tenant.key")

    def test_another_key_is_refused(self):
        other = self.here / "other"
        self.done(licet("init", other))
        shutil.copy2(other / "tenant.key", self.workspace / "tenant.key")
        self.assert_nobody_is_contacted("key")

    def test_settings_that_cannot_be_read_are_refused(self):
        settings = self.workspace / "config.toml"
        for content, words in (("format = ", ("config.toml:1",)),
                               ("format = 2\n", ("config.toml:1",)),
                               ('format = 1\ncuntry = "fr"\n', ("config.toml:2", "cuntry"))):
            with self.subTest(content):
                settings.write_text(content)
                self.assert_nobody_is_contacted(*words)

    def test_a_country_of_the_settings_that_is_none_is_refused(self):
        (self.workspace / "config.toml").write_text('format = 1\ncountry = "France"\n')
        self.assert_nobody_is_contacted("config.toml:2")

    def test_without_a_workspace_the_way_out_is_told(self):
        answer = licet("screen", "list.csv", "-c", self.campaign, "--packs", light_packs(),
                       cwd=self.here)
        self.assert_refused(answer, MISSING_INPUT, "licet init")


def limited(size_bytes, is_told=True):
    """Gives what to run in the child: files end at `size_bytes`, as on a full disk.

    With `is_told` a write fails and says so, as it does when a disk is full; without, as under
    `ulimit -f`, the system ends a program that has not asked to be told.
    """
    def start():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, size_bytes))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN if is_told else signal.SIG_DFL)
    return start


class FullDisks(Desk):
    def setUp(self):
        super().setUp()
        rows = [f"Moreau;person{i}@courrier.example;" for i in range(20000)]
        self.write("long.csv", list_of(*rows))

    def test_a_full_disk_leaves_no_half_written_list(self):
        for size in (0, 4096, 1 << 20):
            with self.subTest(size):
                answer = self.screen("long.csv", preexec_fn=limited(size))
                # With no room at all the ledger cannot even be read.
                place = "out/" if size > 1 << 15 else "ledger.db"
                self.assert_refused(answer, BROKEN, place, "full")
                self.assert_nothing_left()

    def test_a_limit_on_files_leaves_no_half_written_list(self):
        answer = self.screen("long.csv", preexec_fn=limited(1 << 20, is_told=False))
        self.assert_refused(answer, BROKEN, "out/", "full")
        self.assert_nothing_left()

    def test_the_lists_of_an_earlier_run_stay_as_they_were(self):
        self.done(self.screen("long.csv"))
        before = {path.name: path.read_bytes() for path in (self.here / "out").iterdir()}
        self.assertLessEqual({*ALL_RESULTS, "certificate.txt"}, set(before))
        answer = self.screen("long.csv", "--at", "2026-11-24", preexec_fn=limited(1 << 20))
        self.assert_refused(answer, BROKEN, "disk is full")
        after = {path.name: path.read_bytes() for path in (self.here / "out").iterdir()}
        self.assertTrue(before == after, f"{sorted(before)}, {sorted(after)}")

    def test_a_full_disk_of_the_ledger_acknowledges_nothing_and_loses_nothing(self):
        self.done(self.licet("suppress", GOOD))
        lines = "".join(f"person{i}@courrier.example\n" for i in range(3000))
        self.write("refusals.txt", lines)
        for is_told in (True, False):
            answer = self.licet("suppress", "--file", "refusals.txt",
                                preexec_fn=limited(64 << 10, is_told))
            if is_told:
                self.assert_refused(answer, BROKEN, "ledger", "disk", "full")
            self.assertNotEqual(answer.status, 0)
            self.assertEqual(answer.out, "")
            self.done(self.licet("ledger", "verify"))
            known = self.licet("person", GOOD, "--reason", "test", "--json").json()
            self.assertIn("objection", [event["kind"] for event in known])
        self.done(self.licet("suppress", "--file", "refusals.txt"))
        for i in (0, 2999):
            known = self.licet("person", f"person{i}@courrier.example", "--reason", "t", "--json")
            self.assertIn("objection", [event["kind"] for event in known.json()])

    def test_a_full_standard_output_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([LICET, "law", "list", "--packs", light_packs()], stdout=full,
                                  stderr=subprocess.PIPE, env=surroundings(), check=False)
        self.assertGreaterEqual(done.returncode, 64)


class EventsThatCannotBeRead(Desk):
    def test_bad_lines_are_named_and_good_ones_recorded(self):
        self.write("events.jsonl", "\n".join([
            '{"kind":"objection","email":"%s"}' % GOOD,
            '{"kind":"objection","email":"leo@roux@courrier.example"}',
            '{"kind":"objetcion","email":"leo.roux@courrier.example"}',
            '{"kind":"objection"}',
            '{"kind":"objection","email":"leo.roux@courrier.example","on":"2026-02-31"}',
            '{"kind":"objection","email":"leo.roux@courrier.example","chanel":"email"}',
            'leo.roux@courrier.example',
            '{"kind":"objection","email":"%s"}' % ALSO_GOOD]))
        answer = self.licet("record", "--jsonl", "events.jsonl")
        self.assertEqual(answer.status, BAD_INPUT, str(answer))
        named = re.findall(r"events\.jsonl:(\d+): ", answer.err)
        self.assertEqual(named, ["2", "3", "4", "5", "6", "7"])
        self.assert_unseen(answer, "leo.roux", "roux@", GOOD, ALSO_GOOD)
        for address in (GOOD, ALSO_GOOD):
            known = self.licet("person", address, "--reason", "test", "--json").json()
            self.assertEqual(len(known), 1)
        self.assertEqual(
            self.licet("person", "leo.roux@courrier.example", "--reason", "t", "--json").json(), [])

    def test_particulars_are_those_that_the_documents_name(self):
        named = {"act": "click", "outcome": "answered", "object": "coffret", "reason": "salon",
                 "brand": "north"}
        text = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
        row = re.search(r"^\| `-a`, `--attribute.*$", text, re.MULTILINE).group()
        for name, value in named.items():
            self.assertIn(f"`{name}`", row)
            self.done(self.licet("record", "interaction", "--email", GOOD, "-a", f"{name}={value}"))
        self.done(self.licet("record", "paused", "--email", GOOD, "-a", "until=2030-12-31"))
        self.assertIn("`until`", row)
        for kind, wrong in (("interaction", "note=x"), ("objection", "until=2030-12-31"),
                            ("paused", "until=soon")):
            answer = self.licet("record", kind, "--email", ALSO_GOOD, "-a", wrong)
            self.assertEqual(answer.status, BAD_INPUT, str(answer))

    def test_a_bad_address_in_a_list_of_refusals_is_named_and_masked(self):
        self.write("refusals.txt", f"{GOOD}\nleo@roux@courrier.example\n{ALSO_GOOD}\n12\n")
        answer = self.licet("suppress", "--file", "refusals.txt")
        self.assertEqual(answer.status, BAD_INPUT, str(answer))
        self.assertIn("refusals.txt:2", answer.err)
        self.assertIn("refusals.txt:4", answer.err)
        self.assert_unseen(answer, "roux", GOOD, ALSO_GOOD)
        self.assertIn("2 objection", answer.out)

    def test_what_is_typed_is_never_repeated(self):
        secret = "leo.roux@courrier.example"
        for arguments in (("suppress", "--nonesuch", secret), ("person", secret, secret),
                          (secret,), ("screen", "--nonesuch=" + secret), ("person", secret),
                          ("record", secret),
                          ("record", "objection", "--email", secret, "--on", "x"),
                          ("record", "objection", "--email", secret, "-a", secret),
                          ("check", "--fact", secret), ("suppress", secret, "--channel", secret)):
            with self.subTest(arguments):
                answer = self.licet(*arguments)
                self.assertGreaterEqual(answer.status, 64, str(answer))
                self.assert_unseen(answer, secret, "leo.roux")


if __name__ == "__main__":
    unittest.main()
