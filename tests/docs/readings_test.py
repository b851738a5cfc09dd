# SPDX-License-Identifier: Apache-2.0
"""Goal: docs/readings.md shows point by point where a web page is laxer than the law, and truly so.

Method: the packs and packs/readings/dipeeo are put into one folder and read by the program, which
refuses them. What it prints is compared with the tables of the document: each rule of the reading
is refused and has its row, each pair of a rule of the reading and a rule of the law stands there,
each duty that is gone too, and a row names the days and articles of the rules that it rests on.

usage: readings_test.py --promote     writes the tables of pairs anew: read the difference
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

LICET = os.environ.get("LICET")
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKS = ROOT / "packs"
READING = PACKS / "readings" / "dipeeo"
DOCUMENT = ROOT / "docs" / "readings.md"
BAD_INPUT = 65

LAXER = re.compile(r'^(?P<place>[\w/.-]+:\d+:\d+): the house rule (?P<house>\S+) answers '
                   r'"(?P<wanted>\w+)" where the law, by (?P<law>\S+), answers "(?P<lawful>\w+)": '
                   r'(?P<example>.+); a house rule may only be stricter, correct or remove it$')
DUTY = re.compile(r"^(?P<place>[\w/.-]+:\d+:\d+): the house policy takes away the duty "
                  r"(?P<duty>\S+) that the law imposes: (?P<example>.+); a house rule may only be "
                  r"stricter, correct or remove it$")


def licet(*arguments):
    return subprocess.run([LICET, "--lang", "en", *map(str, arguments)], capture_output=True,
                          text=True, timeout=280, check=False)


def assemble(folder):
    """Puts the packs and the reading into one folder, as a company would."""
    packs = pathlib.Path(folder) / "packs"
    shutil.copytree(PACKS, packs)
    shutil.copytree(READING, packs / "dipeeo")
    return packs


def table(heading):
    """Gives the rows of the table under a heading of the document, by column."""
    text = DOCUMENT.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(header, row, strict=True)) for row in rows]


def names(cell):
    """Gives the names in code of a cell."""
    return re.findall(r"`([^`]+)`", cell)


def rules_of_reading():
    """Gives what each rule of the reading cites."""
    text = "".join(page.read_text(encoding="utf-8") for page in sorted(READING.glob("*.md")))
    return {name: re.findall(r"page (S\d+)", body)
            for name, body in re.findall(r"^rule (\S+)\n((?:  .*\n)+)", text, re.M)}


def laws_by_house(refusals):
    """Gives the rules of the law that each rule of the reading lifts."""
    laws = collections.defaultdict(set)
    for one in refusals:
        laws[one["house"]].add(one["law"])
    return laws


def articles(cite):
    """Gives the articles and decisions that a citation names, as the document writes them."""
    found = re.findall(r"\b[LRD]\d[\d-]*\d|SAN-\d+-\d+|\d+/\d+/\w+|C-\d+/\d+", cite)
    found += [f"GDPR {one}" for one in re.findall(r"^RGPD art\. (\d+)", cite)]
    found += [f"2002/58 {one}" for one in re.findall(r"^Dir\. 2002/58/CE art\. (\d+)", cite)]
    found += re.findall(r"20\d\d", cite) if cite.startswith(("CNIL, ", "Référentiel")) else []
    found += ["LCEN"] if cite.startswith("LCEN") else []
    return found


@unittest.skipUnless(LICET, "LICET does not name the program")
class Refusal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            packs = assemble(folder)
            cls.done = licet("--packs", packs, "law", "list")
            cls.shown = {one["rule"]: one for one in map(
                json.loads, licet("--json", "law", "show").stdout.splitlines())}
        *cls.lines, cls.last = cls.done.stderr.splitlines()
        cls.refusals = [m for m in map(LAXER.match, cls.lines) if m]
        cls.duties = [m for m in map(DUTY.match, cls.lines) if m]

    def test_the_reading_is_refused_for_being_laxer_and_for_nothing_else(self):
        self.assertEqual(self.done.returncode, BAD_INPUT)
        self.assertEqual(self.done.stdout, "")
        self.assertEqual(len(self.refusals) + len(self.duties), len(self.lines), self.lines)
        self.assertIn(f"problems found: {len(self.lines)}.", self.last)

    def test_without_it_the_packs_are_read_though_it_lies_beside_them(self):
        done = licet("--packs", PACKS, "law", "list")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("dipeeo", done.stdout)

    def test_each_rule_of_the_reading_is_refused_at_its_place(self):
        self.assertEqual({one["house"] for one in self.refusals}, set(rules_of_reading()))
        for one in self.refusals + self.duties:
            path, line, _ = one["place"].split(":")
            text = (READING.parent / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]
            self.assertTrue(text.startswith("rule dipeeo."), one["place"])
            if "house" in one.groupdict():
                self.assertEqual(text, f"rule {one['house']}")

    def test_each_rule_of_the_reading_has_one_row_and_each_row_is_refused(self):
        rows = [name for row in table("Where the page is laxer") for name in names(row["rule"])]
        self.assertEqual(sorted(rows), sorted(rules_of_reading()))

    def test_a_row_names_the_statements_that_its_rules_cite(self):
        cited = rules_of_reading()
        for row in table("Where the page is laxer"):
            wanted = {one for name in names(row["rule"]) for one in cited[name]}
            self.assertEqual(set(row["point"].split(", ")), wanted, row["rule"])

    def test_a_row_names_the_days_and_an_article_of_each_rule_of_the_law(self):
        laws = laws_by_house(self.refusals)
        for row in table("Where the page is laxer"):
            said = row["the law says, since when"]
            for law in sorted({law for name in names(row["rule"]) for law in laws[name]}):
                day = self.shown[law]["from"]
                self.assertIn(day, said, law)
                wanted = [a for cite in self.shown[law]["cites"] for a in articles(cite)]
                self.assertTrue(any(a in said for a in wanted), (law, wanted))
            for cell in row.values():
                self.assertTrue(cell)

    def test_the_pairs_and_duties_of_the_document_are_those_of_the_program(self):
        self.assertEqual(table("What the program prints"), printed_rows(self.refusals))
        gone = DOCUMENT.read_text(encoding="utf-8").split("Duties that are gone: ")[1]
        self.assertEqual(names(gone.split("\n\n")[0]), sorted({one["duty"] for one in self.duties}))

    def test_the_output_that_is_shown_is_printed(self):
        block = DOCUMENT.read_text(encoding="utf-8").split("```console\n")[1].split("```")[0]
        shown = [line for line in block.splitlines() if not line.startswith(("$ ", "..."))]
        self.assertGreater(len(shown), 2)
        for line in shown:
            self.assertIn(line, self.lines + [self.last])

    def test_the_reading_has_the_shape_of_packs(self):
        done = licet("law", "fmt", "--check", PACKS / "readings")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Debated(unittest.TestCase):
    def test_the_debated_points_of_the_floor_and_of_france_are_listed(self):
        wanted = {}
        for page in sorted([*PACKS.glob("eu/*.md"), *PACKS.glob("fr/*.md")]):
            text = page.read_text(encoding="utf-8")
            for name, body in re.findall(r"^rule (\S+)\n((?:  .*\n)+)", text, re.M):
                if re.search(r"^  reading +strict$", body, re.M):
                    wanted[name] = re.search(r' en "(.*)"', body)[1]
        listed = {names(row["rule"])[0]: row["what the strict side says"]
                  for row in table("Debated points")}
        self.assertEqual(listed, wanted)


def printed_rows(refusals):
    laws = laws_by_house(refusals)
    answers = {(one["house"], one["law"]): (one["wanted"], one["lawful"]) for one in refusals}
    return [{"rule of the reading": f"`{house}`", "answers": wanted, "rule of the law": f"`{law}`",
             "answers there": lawful}
            for house, some in sorted(laws.items()) for law in sorted(some)
            for wanted, lawful in [answers[house, law]]]


def promote():
    """Writes the table of pairs and the list of duties anew."""
    Refusal.setUpClass()
    rows = printed_rows(Refusal.refusals)
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
    lines += ["| " + " | ".join(row.values()) + " |" for row in rows]
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.split("\n## What the program prints\n")
    section, *rest = after.split("\n## ", 1)
    section = re.sub(r"(?:^\|.*\|\n)+", lambda _: "\n".join(lines) + "\n", section, flags=re.M)
    gone = ", ".join(f"`{one}`" for one in sorted({one["duty"] for one in Refusal.duties}))
    section = re.sub(r"(?<=Duties that are gone: ).*?(?=\n\n)", lambda _: gone + ".", section,
                     flags=re.S)
    DOCUMENT.write_text("\n## ".join([before + "\n## What the program prints\n" + section, *rest]),
                        encoding="utf-8")


if __name__ == "__main__":
    if "--promote" in sys.argv:
        promote()
    else:
        unittest.main()
