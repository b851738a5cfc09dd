# SPDX-License-Identifier: Apache-2.0
"""Goal: every example of docs/pack-language.md is as the program has it.

Method: the page is read as a reader would read it. Files of the complete example are written to a
folder, its commands are run and their output is compared; the faults under "Errors" are made and
must be told in these words; every example of a table is put into a pack and must be understood. A
block or an example that no test knows fails the last test.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "pack-language.md").read_text(encoding="utf-8")
LICET = os.environ.get("LICET", "")


def section(title):
    """Gives the text below a heading, up to the next."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", without_blocks(PAGE),
                      re.M | re.S)
    return found.group(1)


def blocks():
    """Gives (line before, language, text) of each fenced block of the page."""
    found = re.finditer(r"^(?P<before>[^\n]*)\n(?P<fence>`{3,})(?P<language>\w*)\n"
                        r"(?P<text>.*?)^(?P=fence)$", PAGE, re.M | re.S)
    return [(one["before"], one["language"], one["text"]) for one in found]


def without_blocks(text):
    return re.sub(r"^(`{3,})\w*\n.*?^\1$", "", text, flags=re.M | re.S)


def files_of_example():
    """Gives the files of the complete example, by path."""
    return {one[1:-1]: text for one, language, text in blocks() if one.startswith("`mini/")}


def examples_in(title, column):
    """Gives (first cell, code pieces of a column) for each row of the first table of a section."""
    rows = re.findall(r"^\|(.*)\|$", section(title), re.M)[2:]
    cells = [re.split(r"(?<!\\)\|", row) for row in rows]
    return [(row[0].strip().strip("`"), re.findall(r"`([^`]+)`", row[column])) for row in cells]


def run(folder, line):
    """Runs a command of the page in a folder; gives status, output, errors."""
    words = shlex.split(line)
    done = subprocess.run([LICET, "--lang", "en", *words[1:]], cwd=folder, capture_output=True,
                          check=False, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Page(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="licet-")
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)

    def write(self, path, text):
        file = self.here / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def understood(self, *statements):
        """Holds that statements added to the real packs, with a date x, are all understood."""
        shutil.copytree(ROOT / "packs", self.here / "packs", dirs_exist_ok=True)
        self.write("packs/x.md",
                   "| fact | type | values | supplier | silence | changed by | fr | en |\n"
                   "|---|---|---|---|---|---|---|---|\n"
                   "| x | date | | request | open | nobody | un jour | a day |\n")
        self.write("packs/fr/97-page.md", "```law\n" + "\n".join(statements) + "```\n")
        status, _, errors = run(self.here, "licet --packs packs law list")
        self.assertEqual(status, 0, errors)

    def test_the_complete_example_answers_as_the_page_says(self):
        files = files_of_example()
        self.assertEqual(len(files), 6)
        for path, text in files.items():
            self.write(path, text)
        consoles = [text for _, language, text in blocks() if language == "console"]
        self.assertEqual(len(consoles), 1)
        for part in re.split(r"^\$ ", consoles[0], flags=re.M)[1:]:
            line, _, expected = part.partition("\n")
            _, output, errors = run(self.here, line)
            self.assertEqual(output + errors, expected, line)

    def test_what_is_said_below_the_example_holds(self):
        for path, text in files_of_example().items():
            self.write(path, text)
        facts = ("country=xx channel=email objection=none consent=given consent.on=2026-01-05 "
                 "at=2026-11-23 message.stop_link=no")
        line = "licet --packs mini check " + " ".join(f"-f {fact}" for fact in facts.split())
        status, output, _ = run(self.here, line)
        self.assertEqual(status, 1)
        self.assertIn("xx.stop_link", output)

    def test_the_example_has_the_shape_of_law_fmt(self):
        for path, text in files_of_example().items():
            if path == "mini/xx/10-mail.md":
                self.write(path, text)
        self.write("mini/xx/pack.toml", files_of_example()["mini/xx/pack.toml"])
        status, output, _ = run(self.here, "licet law fmt --check mini/xx")
        self.assertEqual(status, 0, output)

    def test_the_faults_are_told_in_the_words_of_the_page(self):
        slips = {22: ("channel", "chanel"), 32: ("keep_proof", "keep_prof"), 33: ("act:1", "act:2")}
        for path, text in files_of_example().items():
            lines = text.split("\n")
            for number, (right, wrong) in slips.items() if path.endswith("10-mail.md") else ():
                self.assertIn(right, lines[number - 1])
                lines[number - 1] = lines[number - 1].replace(right, wrong)
            self.write(path, "\n".join(lines))
        _, _, errors = run(self.here, "licet --packs mini law test")
        page = [text for before, _, text in blocks() if text.startswith("xx/10-mail.md:")]
        self.assertEqual([errors], page)

    def test_each_example_of_a_field_is_understood(self):
        rules = []
        for number, (field, examples) in enumerate(examples_in("Fields of a rule", 1)):
            self.assertEqual(len(examples), 1, field)
            own = {"when": "minor", "cites": "cpce:L34-5", "tell": 'fr "Non." en "No."'}
            if field not in ("about", "except to"):
                own["answers"] = "contact = forbidden"
            own[field] = examples[0]
            fields = "".join(f"  {name} {value}\n" for name, value in own.items())
            rules.append(f"rule fr.page.{number}\n{fields}")
        self.assertGreater(len(rules), 9)
        self.understood(*rules)

    def test_each_example_of_a_condition_is_understood(self):
        rules = ["define minor_by_post\n  when minor, channel = post\n"]
        # What stands beside `register` are words, not conditions.
        conditions = [example for name, examples in examples_in("Conditions", 1)
                      if name != "register" for example in examples]
        conditions += ["minor_by_post", "not minor_by_post"]
        periods = re.search(r"^Periods are (.*?)\(", section("Conditions"), re.M | re.S).group(1)
        conditions += [f"x within {period} of at" for period in re.findall(r"`([^`]+)`", periods)]
        self.assertGreater(len(conditions), 18)
        for number, condition in enumerate(conditions):
            rules.append(f"rule fr.page.{number}\n  answers contact = forbidden\n"
                         f"  when {condition}\n  cites cpce:L34-5\n  tell fr \"Non.\" en \"No.\"\n")
        self.understood(*rules)

    def test_each_example_of_a_statement_is_understood(self):
        table = section("Statements")
        values = re.findall(r"`(value [^`]+)`", table)
        self.assertEqual(len(values), 1)
        kinds = re.findall(r"^\| `(\w+) NAME` \|", table, re.M)
        self.assertEqual(kinds, ["rule", "define", "parameter", "impossible"])
        self.understood(f"parameter page\n  {values[0]}\n",
                        "define page_define\n  when minor\n",
                        "define page_define\n  when x is never\n",
                        "impossible page_impossible\n  when minor, sender.kind = public_body\n")

    def test_each_silence_and_each_column_of_words_is_known(self):
        silences = [name for name, _ in examples_in("Unknown facts", 0)]
        self.assertEqual([one.split(" =")[0] for one in silences],
                         ["open", "ledger", "undertaking"])
        facts = (ROOT / "packs" / "facts.md").read_text(encoding="utf-8")
        for name, columns in examples_in("The words", 1):
            for column in columns:
                if name == "facts" and " " not in column or column == "changed by":
                    self.assertRegex(facts, rf"\| {re.escape(column)} ", column)

    def test_no_block_of_the_page_is_left_out(self):
        known = set(files_of_example().values())
        rest = [text for _, language, text in blocks()
                if text not in known and language != "console"]
        starts = [text.split("\n")[0].split()[0] for text in rest]
        # The tree of files at the beginning, and the faults.
        self.assertEqual(starts, ["packs/facts.md", "xx/10-mail.md:22:13:"])
        for path in re.findall(r"packs/[\w/.-]+\w", rest[0]):
            self.assertTrue((ROOT / path).exists(), path)


if __name__ == "__main__":
    unittest.main()
