# SPDX-License-Identifier: Apache-2.0
"""Goal: the page that licet was made for is answered, statement by statement, and nothing of it is
left out in silence.

Method: packs/seed is read. Each statement S1 to S60 has one section, and in it case tables with the
end of 2022 and 23 November 2026, or a link to what fulfils it, or a paragraph that says why it is
no rule, or one that says what is not built yet. The latter are counted: their number may only
shrink. The tables themselves are run by the program, which carries them.
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

LICET = os.environ.get("LICET")
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKS = ROOT / "packs"
SEED = PACKS / "seed"
STATEMENTS = 60
DAYS = {"2022-12-01", "2026-11-23"}
# Lower it whenever a feature is built. What is missing is never added to.
NOT_BUILT_YET = 9
TESTS_FAILED, BAD_INPUT = 11, 65


def sections():
    """Gives (id, page, text) of each section of the seed, in the order of the pages."""
    for page in sorted(SEED.glob("*.md")):
        parts = re.split(r"^## (S\d+) .+\n", page.read_text(encoding="utf-8"), flags=re.M)
        yield from zip(parts[1::2], [page] * len(parts), parts[2::2])


def days_of_cases(text):
    """Gives the days of all rows of the case tables in a section."""
    days = set()
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.M):
        header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")]
                            for line in table.splitlines()]
        if "expect" in header:
            days |= {row[header.index("at")][:10] for row in rows}
    return days


def links_of(page, text):
    """Gives the files of the repository that a section links to."""
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        yield (page.parent / target).resolve()


def paragraphs(text, marker):
    """Gives what follows a marker at the beginning of a paragraph."""
    return [part[len(marker):].strip() for part in re.split(r"\n\s*\n", text.strip())
            if part.startswith(marker)]


class Statements(unittest.TestCase):
    def test_each_statement_has_one_section_in_its_order(self):
        self.assertEqual([name for name, _, _ in sections()],
                         [f"S{number}" for number in range(1, STATEMENTS + 1)])

    def test_each_is_decided_on_both_days_or_linked_or_explained(self):
        for name, page, text in sections():
            with self.subTest(name):
                is_decided = DAYS <= days_of_cases(text)
                links = list(links_of(page, text))
                reasons = paragraphs(text, "No rule:")
                subjects = paragraphs(text, "Not built yet:")
                self.assertTrue(is_decided or links or reasons or subjects, "nothing answers it")
                for link in links:
                    self.assertTrue(link.exists(), link)
                for reason in reasons:
                    self.assertGreater(len(reason.split()), 4, "no reason")
                self.assertTrue(all(subjects), "no subject")

    def test_what_is_no_rule_has_no_cases_and_is_not_still_to_be_built(self):
        for name, _, text in sections():
            if paragraphs(text, "No rule:"):
                self.assertFalse(days_of_cases(text), name)
                self.assertFalse(paragraphs(text, "Not built yet:"), name)

    def test_what_is_not_built_yet_can_only_shrink(self):
        missing = [(name, one) for name, _, text in sections()
                   for one in paragraphs(text, "Not built yet:")]
        self.assertEqual(len(missing), NOT_BUILT_YET, missing)

    def test_a_section_that_says_nothing_would_be_seen(self):
        self.assertFalse(DAYS <= days_of_cases("| at | expect |\n|---|---|\n| 2022-12-01 | x |\n"))
        self.assertEqual(paragraphs("It says: No rule: none.", "No rule:"), [])


def with_what_it_rests_on(folder):
    """Copies the pack of cases, and the packs that it imports, into a folder."""
    packs = pathlib.Path(folder)
    for path in PACKS.glob("*.md"):
        shutil.copy2(path, packs)
    for name in ("eu", "fr", "de", "it", "seed"):
        shutil.copytree(PACKS / name, packs / name)
    return packs


@unittest.skipUnless(LICET, "LICET does not name the program")
class Cases(unittest.TestCase):
    @staticmethod
    def licet(*arguments):
        return subprocess.run([LICET, "--lang", "en", *map(str, arguments)], capture_output=True,
                              text=True, timeout=280, check=False)

    def test_the_program_carries_the_cases_and_runs_them_but_they_are_no_law(self):
        done = self.licet("law", "test")
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)
        run = set(re.findall(r"✓ (seed/[\w-]+\.md):\d+", done.stdout))
        with_cases = {f"seed/{page.name}" for _, page, text in sections() if days_of_cases(text)}
        self.assertEqual(run, with_cases)
        listed = self.licet("law", "list")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertNotIn("seed", listed.stdout)

    def test_a_statement_that_the_law_contradicts_fails_with_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            packs = with_what_it_rests_on(folder)
            page = packs / "seed" / "50-professionals.md"
            lines = page.read_text(encoding="utf-8").split("\n")
            first = next(i for i, line in enumerate(lines) if "| allowed" in line)
            lines[first] = lines[first].replace("| allowed ", "| forbidden ")
            page.write_text("\n".join(lines), encoding="utf-8")
            done = self.licet("--packs", packs, "law", "test")
            self.assertEqual(done.returncode, TESTS_FAILED, done.stderr)
            self.assertIn(f"seed/50-professionals.md:{first + 1}:", done.stderr)

    def test_a_rule_among_the_cases_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            packs = with_what_it_rests_on(folder)
            (packs / "seed" / "99-rule.md").write_text(
                "```law\ndefine unasked\n  when minor\n```\n", encoding="utf-8")
            done = self.licet("--packs", packs, "law", "list")
            self.assertEqual(done.returncode, BAD_INPUT, done.stdout)
            self.assertIn("seed/99-rule.md:2:1: define unasked stands in a pack of cases",
                          done.stderr)


if __name__ == "__main__":
    unittest.main()
