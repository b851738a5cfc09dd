# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a list is screened alike in whatever form it comes, and that none does harm.

Method: the same people as CSV and in each other form, made here, give the same results; then files
that are cut, damaged, hostile or merely ugly, of which each is screened or refused with its place.
"""
import gzip
import hashlib
import json
import unittest

from support import BAD_INPUT, RESULTS, UNREADABLE_ROWS, Desk

PEOPLE = [["Nom", "Email", "Téléphone", "Désinscrit"],
          ["Moreau", "alix.moreau@courrier.example", "0639981234", ""],
          ["Perrin", "zoe.perrin@courrier.example", "", "oui"],
          ["Roux; fils", "leo.roux@courrier.example", "0639981235", "non"]]


def csv_of(rows):
    return "".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) + "\n"
                   for row in rows).encode()


def zstd_of(content):
    """Gives a frame of Zstandard (RFC 8878) whose blocks are not compressed."""
    out = bytes.fromhex("28b52ffd0058")
    blocks = [content[i:i + 60000] for i in range(0, len(content), 60000)]
    for block in blocks:
        is_last = block is blocks[-1]
        out += (len(block) << 3 | is_last).to_bytes(3, "little") + block
    return out


class Formats(Desk):
    def screened(self, name, content, out="out"):
        self.write(name, content)
        return self.done(self.screen(name, out=out))

    def results(self, out):
        return [(self.here / out / name).read_bytes() for name in RESULTS]

    def assert_same_people(self, name, content):
        """Holds that the file is screened as the same people in CSV are."""
        self.screened("plain.csv", csv_of(PEOPLE), "plain")
        self.screened(name, content)
        self.assertEqual(self.results("out"), self.results("plain"))


def jsonl_of(rows):
    return "".join(json.dumps(dict(zip(rows[0], row)), ensure_ascii=False) + "\n"
                   for row in rows[1:]).encode()


class JsonLines(Formats):
    def people(self, out):
        return [[row[name] for name in PEOPLE[0] + ["Verdict", "Reasons"]]
                for file in RESULTS for row in self.rows(file, out)]

    def test_json_lines_are_screened_as_the_same_people_in_csv(self):
        self.screened("plain.csv", csv_of(PEOPLE), "plain")
        for name, content in (("list.jsonl", jsonl_of(PEOPLE)),
                              ("packed.csv", gzip.compress(jsonl_of(PEOPLE)))):
            with self.subTest(name):
                self.screened(name, content)
                self.assertEqual(self.people("out"), self.people("plain"))

    def test_a_broken_line_goes_to_review_with_its_line(self):
        lines = jsonl_of(PEOPLE).splitlines()
        lines.insert(1, b'{"Email": "secret@courrier.example"')
        self.write("list.jsonl", b"\n".join(lines))
        answer = self.done(self.screen("list.jsonl"), UNREADABLE_ROWS)
        self.assertIn("list.jsonl:2: ", answer.err)
        self.assert_unseen(answer, "secret@")
        (row,) = self.rows("review.csv")
        self.assertIn("secret@courrier.example", row["Nom"])
        self.assertEqual(len(self.rows("blocked.csv")), 3)

    def test_a_refusal_that_comes_late_is_not_overlooked(self):
        rows = [{"email": f"n{i}@courrier.example"} for i in range(1500)]
        rows[1400]["unsubscribed"] = True
        self.write("list.jsonl", "\n".join(map(json.dumps, rows)))
        answer = self.done(self.screen("list.jsonl"), UNREADABLE_ROWS)
        self.assertIn("list.jsonl:1401: the key unsubscribed", answer.err)
        (row,) = self.rows("review.csv")
        self.assertIn("n1400@courrier.example", row["email"])
        self.assertIn("unsubscribed: true", row["email"])

    def test_a_json_array_is_refused(self):
        self.write("list.json", json.dumps([{"email": "alix.moreau@courrier.example"}]))
        answer = self.screen("list.json")
        self.assert_refused(answer, BAD_INPUT, "list.json", "one object a line")
        self.assert_unseen(answer, "alix.moreau")
        self.assert_nothing_left()


class Packed(Formats):
    def test_gzip_and_zstd_are_told_by_content(self):
        plain = csv_of(PEOPLE)
        packed = gzip.compress(plain)
        for name, content in (("list.csv.gz", packed), ("gz.csv", packed),
                              ("list.zst", zstd_of(plain))):
            with self.subTest(name):
                self.assert_same_people(name, content)

    def test_a_packed_list_may_come_through_a_pipe(self):
        answer = self.done(self.screen("-", stdin=gzip.compress(csv_of(PEOPLE))))
        self.assertIn("Email", answer.out)
        self.assertEqual([row["Email"] for row in self.rows("blocked.csv")],
                         [row[1] for row in PEOPLE[1:]])

    def test_the_certificate_names_the_file_as_it_lies_there(self):
        content = gzip.compress(csv_of(PEOPLE))
        self.screened("list.csv.gz", content)
        text = (self.here / "out" / "certificate.txt").read_text()
        self.assertIn(hashlib.sha256(content).hexdigest(), text)
        before = self.here / "out" / "certificate.txt"
        again = self.screen("list.csv.gz", "--since", before, "--json")
        self.assertTrue(self.done(again).json()["since"]["is_unchanged"])

    def test_a_stream_that_is_cut_or_damaged_leaves_nothing_behind(self):
        rows = PEOPLE + [[f"N{i}", f"n{i}@courrier.example", "", ""] for i in range(50000)]
        whole = gzip.compress(csv_of(rows))
        damaged = bytearray(whole)
        damaged[-6] ^= 1
        for name, content in (("cut.gz", whole[:-9]), ("cut.zst", zstd_of(csv_of(rows))[:-5]),
                              ("damaged.gz", bytes(damaged)), ("rest.gz", whole + b"more")):
            with self.subTest(name):
                self.write(name, content)
                answer = self.screen(name)
                self.assert_refused(answer, BAD_INPUT, name, "damaged")
                self.assert_unseen(answer, "courrier.example")
                self.assert_nothing_left()

    def test_a_bomb_is_refused(self):
        head = csv_of(PEOPLE)
        self.write("bomb.gz", gzip.compress(head + b"x;bomb@courrier.example;;\n" * (3 << 20)))
        answer = self.screen("bomb.gz")
        self.assert_refused(answer, BAD_INPUT, "bomb.gz", "300 times")
        self.assert_nothing_left()


if __name__ == "__main__":
    unittest.main()
