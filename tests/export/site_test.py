# SPDX-License-Identifier: Apache-2.0
"""Goal: show that the pages of `licet law export html` hold the whole law, and say what licet says.
Method: the pages are read as HTML; every link must lead somewhere, every rule, source and case of
the packs must be there in both languages, and cells of the matrix are asked of `licet check`.
"""
import html.parser
import pathlib
import re
import tempfile
import unittest

from support import ROOT, ask, licet

DAY = "2026-11-26"
BACKGROUNDS = ["first_call", "ordinary_offer", "clean", "collected_by_us", "conformant_message",
               "conformant_script"]


class Page(html.parser.HTMLParser):
    """Collects ids, links, and the text of the cells of tables."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tables, self.open = [], [], [], []
        self.cell = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        if tag == "a":
            self.links.append(attrs["href"])
        if tag == "table":
            self.tables.append([])
        if tag == "tr" and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th", "caption") and self.tables:
            self.cell = ""
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open[-3:])
        self.open.pop()
        if tag == "caption":
            self.tables[-1].append([self.cell])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(self.cell)

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


class Site(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="licet-site-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        done = licet("law", "export", "html", "--at", DAY, "--out", cls.folder)
        assert done.returncode == 0, done.stderr.decode()
        cls.texts = {str(path.relative_to(cls.folder)): path.read_text(encoding="utf-8")
                     for path in cls.folder.rglob("*.html")}
        cls.pages = {name: Page(text) for name, text in cls.texts.items()}

    def test_pages_are_well_formed_and_every_link_leads_somewhere(self):
        self.assertGreaterEqual(len(self.pages), 7)
        for name, page in self.pages.items():
            self.assertEqual(page.open, [], name)
            self.assertEqual(len(page.ids), len(set(page.ids)), name)
            for link in page.links:
                path, _, anchor = link.partition("#")
                target = name
                if path:
                    there = (self.folder / name).parent / path
                    target = str(there.resolve().relative_to(self.folder.resolve()))
                self.assertIn(target, self.pages, (name, link))
                if anchor:
                    self.assertIn(anchor, self.pages[target].ids, (name, link))

    def test_every_rule_source_and_case_is_there_in_both_languages(self):
        for pack in (path.parent for path in sorted((ROOT / "packs").glob("*/pack.toml"))):
            text = "\n".join(path.read_text(encoding="utf-8") for path in pack.glob("*.md"))
            rules = re.findall(r"^rule (\S+)", text, re.M)
            if 'kind = "cases"' in (pack / "pack.toml").read_text(encoding="utf-8"):
                # Cases are tested against the law and are no part of it.
                self.assertNotIn(f"fr/pack-{pack.name}.html", self.pages)
                continue
            tells = {"fr": re.findall(r'^  tell +fr "(.*)"$', text, re.M),
                     "en": re.findall(r'^ +en "(.*)"$', text, re.M)}
            rows = len(re.findall(r"^\| *expect\b|^\|.*\| *expect *\|", text, re.M))
            for language in ("fr", "en"):
                name = f"{language}/pack-{pack.name}.html"
                strict = [rule for rule in rules if rule in self.pages[name].ids]
                # Rules of another reading than the strict one are not part of this law.
                self.assertGreater(len(strict), 0.85 * len(rules), name)
                plain = html.unescape(self.texts[name])
                missing = [tell for tell in tells[language] if tell not in plain]
                self.assertLess(len(missing), 0.15 * len(rules), (name, missing[:3]))
                self.assertEqual(self.texts[name].count('class="cases"'), rows, name)

    def test_the_matrix_says_what_the_program_says(self):
        page = self.pages["en/pack-fr.html"]
        found = [table for table in page.tables if table and "without consent" in table[0][0]]
        self.assertEqual(len(found), 1)
        rows = found[0][2:]
        self.assertEqual(len(rows), 16)
        channels = re.search(r"^\| `channel` +\| enum +\| ([^|]+) \|",
                             (ROOT / "packs" / "facts.md").read_text(encoding="utf-8"),
                             re.M).group(1).split()
        dates = {name: DAY for name in ("at", "consent.on", "origin.on", "origin.collected_on",
                                        "last_contact_from_person_on")}
        acts = [{"facts": {"background": BACKGROUNDS, **dates, "country": "fr", "channel": channel,
                           "audience": audience}}
                for channel in channels
                for audience in ("consumer", "professional", "organisation")]
        words = {"allowed": "allowed", "forbidden": "forbidden", "undetermined": "to be checked",
                 "out_of_scope": "out of scope"}
        said = [one["verdict"] for one in ask(acts)]
        shown = [cell for row in rows for cell in row[1:]]
        self.assertEqual(len(shown), len(said))
        for act, cell, verdict in zip(acts, shown, said, strict=True):
            self.assertIn(cell[0], "✓✕?–")
            self.assertTrue(cell[1:].startswith(words[verdict]), (act, cell, verdict))
        self.assertGreaterEqual(len(set(said)), 2)

    def test_the_same_day_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory(prefix="licet-site-") as folder:
            licet("law", "export", "html", "--at", DAY, "--out", folder)
            for name, text in self.texts.items():
                again = (pathlib.Path(folder) / name).read_text(encoding="utf-8")
                self.assertEqual(again, text, name)

    def test_a_folder_is_needed_and_a_day_must_be_one(self):
        answer = licet("law", "export", "html")
        self.assertEqual(answer.returncode, 65)
        self.assertIn(b"--out", answer.stderr)
        answer = licet("law", "export", "html", "--at", "2026-02-30", "--out", self.folder / "no")
        self.assertEqual(answer.returncode, 65)
        answer = licet("law", "export", "html", "--country", "fr", "--out", self.folder / "no")
        self.assertEqual(answer.returncode, 65)
        self.assertIn(b"--country", answer.stderr)
        self.assertFalse((self.folder / "no").exists())


if __name__ == "__main__":
    unittest.main()
