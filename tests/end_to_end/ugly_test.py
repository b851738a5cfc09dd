# SPDX-License-Identifier: Apache-2.0
"""Goal: show that no file, however ugly, is screened wrongly, loses a row or stops the program.

Method: the corpus of tests/ugly, file by file. Each is screened with the counts that its table
says, or refused in both languages with the words that it says. Of every file that is screened: the
rows that went in came out, once; nobody who refused in the list is allowed; nobody is named on the
screen.
"""
import concurrent.futures
import csv
import gzip
import io
import os
import pathlib
import re
import sys
import unittest

from support import ADDED, BAD_INPUT, RESULTS, UNREADABLE_ROWS, Desk

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "ugly"))
import cases  # noqa: E402  the folder is found only now
from people import CONSENTED, PEOPLE, at, csv_of  # noqa: E402

csv.field_size_limit(1 << 30)
ROWS_OUT = re.compile(rb"out[1-9]@courrier\.example", re.IGNORECASE)


class UglyFiles(Desk):
    def setUp(self):
        super().setUp()
        self.consent(*CONSENTED)

    def counts(self, out, first_line):
        """Gives the rows of each result, as they stand in the files."""
        found = []
        for name in RESULTS:
            text = (self.here / out / name).read_bytes().decode("utf-8-sig", "replace")
            separator = first_line(text)
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
            widths = {len(row) for row in rows}
            self.assertEqual(len(widths), 1, f"{name} is no rectangle")
            found.append(len(rows) - 1)
        return tuple(found)

    @staticmethod
    def separator_of(text):
        """Finds the sign before the first column that is added."""
        return text[text.rindex(ADDED[0], 0, text.index(ADDED[1])) - 1]

    def fault_of(self, case):
        """Screens one file and gives what is wrong with it, or nothing."""
        self.write(case.name, case.content)
        answer = self.screen(case.name, "--json", "--no-certificate", out=f"out-{case.name}")
        try:
            if isinstance(case.expected, str):
                self.check_refused(case, answer)
            else:
                self.check_screened(case, answer)
            self.assert_unseen(answer, "@courrier.example")
        except (AssertionError, ValueError) as fault:
            return f"{case.name}: {fault}"
        finally:
            (self.here / case.name).unlink()
        return None

    def check_refused(self, case, answer):
        self.assertEqual(answer.status, BAD_INPUT, str(answer))
        self.assertIn(case.name, answer.err)
        self.assertRegex(answer.err, case.expected)
        self.assert_nothing_left(f"out-{case.name}")
        french = self.screen(case.name, "--json", "--no-certificate", out=f"out-{case.name}",
                             lang="fr_FR.UTF-8")
        self.assertEqual(french.status, BAD_INPUT, str(french))
        self.assertGreater(len(french.err), len(case.name) + 20)
        self.assertNotEqual(french.err, answer.err)

    def check_screened(self, case, answer):
        allowed, blocked, review = case.expected
        said = answer.json()
        got = (said["allowed"] + said["out_of_scope"], said["forbidden"],
               said["undetermined"] + said["unreadable"])
        self.assertEqual(got, (allowed, blocked, review), str(answer))
        self.assertEqual(answer.status, UNREADABLE_ROWS if said["unreadable"] else 0)
        if said["unreadable"]:
            self.assertRegex(answer.err, re.escape(case.name) + ":[0-9]+: ")
        out = f"out-{case.name}"
        self.assertEqual(self.counts(out, self.separator_of), got)
        self.assertEqual(sum(got), said["rows"])
        self.assertIsNone(ROWS_OUT.search((self.here / out / RESULTS[0]).read_bytes()))

    def test_each_file_is_screened_or_refused_as_its_table_says(self):
        corpus = list(cases.cases())
        self.assertGreaterEqual(len(corpus), 150)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            faults = [fault for fault in pool.map(self.fault_of, corpus) if fault]
        self.assertEqual(faults, [], "\n\n".join(faults))

    @unittest.skipUnless(os.environ.get("LICET_SOAK"), "LICET_SOAK is not set")
    def test_a_line_of_a_gibibyte_harms_no_other_row(self):
        path = self.here / "line.csv.gz"
        with gzip.open(path, "wb", 1) as out:
            out.write(csv_of([["Nom", "Email", "Désinscrit"], *PEOPLE]))
            block = os.urandom(1 << 19).hex().encode()  # no bomb: it shrinks by half
            for _ in range(1 << 10):
                out.write(block)
            out.write(f"\nMax;{at('ok3')};\n".encode())
        answer = self.done(self.screen(path.name, "--json", "--no-certificate"), UNREADABLE_ROWS)
        self.assertEqual((answer.json()["allowed"], answer.json()["unreadable"]), (3, 1))
        self.assertIn("line.csv.gz:6: ", answer.err)


if __name__ == "__main__":
    unittest.main()
