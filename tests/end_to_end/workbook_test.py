# SPDX-License-Identifier: Apache-2.0
"""Goal: show that the workbook of a screening says what its CSV files say, and nothing in it runs.

Method: awkward rows are screened; the workbook is read back by a small reader over Python's archive
and XML, and by licet itself, cell by cell against the CSV files.
"""
import io
import re
import unittest
import xml.etree.ElementTree as ET
import zipfile

from support import BAD_INPUT, RESULTS, UNREADABLE_ROWS, Desk

ROWS = ["Nom;Email;Téléphone;Désinscrit;Note",
        "Moreau;alix.moreau@courrier.example;0639981234;;=1+1",
        'Perrin;zoe.perrin@courrier.example;+33 6 39 98 12 35;oui;"@SUM(A1)"',
        'Roux;leo.roux@courrier.example;;non;"deux\r\nlignes; ""guillemets"" & <b>"',
        "Zoé 🙂;no address;;;_x0041_ \x01 \x0b",
        "Petit;nina.petit@courrier.example;;;https://site.example/page",
        "Blanc;max.blanc@courrier.example;;peut-être;" + "long " * 8000]
SHEETS = {"en": ["Summary", "Allowed", "Forbidden", "To be checked"],
          "fr": ["Synthèse", "Autorisés", "Interdits", "À vérifier"]}
MOST = 32767  # UTF-16 units of a cell


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def decoded(text):
    """Gives a text of a cell as a spreadsheet shows it."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


class Book:
    """A workbook, read by hand: each sheet as rows of (text, style) by column."""

    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)
        assert self.archive.testzip() is None
        sheets = [one for one in ET.fromstring(self.archive.read("xl/workbook.xml")).iter()
                  if local(one) == "sheet"]
        self.names = [one.get("name") for one in sheets]

    def xml(self, name):
        return self.archive.read(f"xl/worksheets/sheet{self.names.index(name) + 1}.xml").decode()

    def rows(self, name):
        out = []
        for row in ET.fromstring(self.xml(name)).iter():
            if local(row) != "row":
                continue
            cells = {}
            for cell in row:
                letters = re.match("[A-Z]+", cell.get("r"))[0]
                texts = [one.text or "" for one in cell.iter() if local(one) in ("t", "v")]
                cells[letters] = (decoded("".join(texts)), cell.get("s", "0"), cell.get("t"))
            out.append(cells)
        return out

    def texts(self, name, width):
        letters = [chr(65 + i) for i in range(width)]
        return [[row.get(letter, ("",))[0] for letter in letters] for row in self.rows(name)]


class Workbook(Desk):
    def screened(self, *arguments, rows=None, lang="en", status=UNREADABLE_ROWS):
        self.write("list.csv", "\r\n".join(rows or ROWS) + "\r\n")
        self.consent("alix.moreau@courrier.example", "nina.petit@courrier.example")
        answer = self.screen("list.csv", "--xlsx", *arguments,
                             lang="fr_FR.UTF-8" if lang == "fr" else "en_US.UTF-8")
        return self.done(answer, status)

    def book(self):
        return Book(self.here / "out" / "screened.xlsx")

    def test_each_sheet_says_what_its_file_says(self):
        answer = self.screened()
        self.assertIn("screened.xlsx", answer.out)
        self.assertIn("1 cell(s) of screened.xlsx", answer.err)
        book = self.book()
        self.assertEqual(book.names, SHEETS["en"])
        for name, file in zip(book.names[1:], RESULTS):
            header, rows = self.table(file, separator=";")
            for cells in rows:
                for i, cell in enumerate(cells):
                    cells[i] = cell if len(cell) < MOST else cell[:MOST - 1] + "…"
            self.assertGreater(len(rows), 0, name)
            self.assertEqual(book.texts(name, len(header)), [header, *rows], name)

    def test_no_cell_of_a_list_is_anything_but_a_text(self):
        self.screened()
        book = self.book()
        for name in book.names[1:]:
            self.assertNotRegex(book.xml(name), "<f[ >]|<hyperlink")
            for row in book.rows(name):
                for text, _, kind in row.values():
                    self.assertIn(kind, ("inlineStr", "s") if text else (None, "inlineStr", "s"))
        for part in book.archive.namelist():
            self.assertNotIn("external", part.lower())
            self.assertNotIn("vba", part.lower())

    def test_headers_are_frozen_and_filtered_and_rows_have_their_colour(self):
        self.screened()
        book = self.book()
        fills = {}
        for name in book.names[1:]:
            self.assertIn('state="frozen"', book.xml(name))
            self.assertIn("<autoFilter ", book.xml(name))
            fills[name] = {style for row in book.rows(name)[1:] for _, style, _ in row.values()}
            self.assertEqual(len(fills[name]), 1, name)
        self.assertEqual(len(set.union(*fills.values())), 3)

    def test_the_summary_counts_and_names_the_certificate(self):
        self.screened()
        text = "\n".join(" ".join(cell[0] for cell in row.values())
                         for row in self.book().rows("Summary"))
        for line in ("Test", "list.csv", "certificate.txt", "Allowed 2 ", "Forbidden 3 ",
                     "Unreadable 1 ", "objected to direct marketing"):
            self.assertIn(line, text)
        self.assertNotIn("@courrier.example", text)

    def test_it_speaks_french(self):
        self.screened(lang="fr")
        self.assertEqual(self.book().names, SHEETS["fr"])

    def test_licet_reads_it_as_the_file_it_was_made_of(self):
        self.screened()
        # Its first visible sheet is that of the allowed rows if the summary is hidden.
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as out:
            book = self.book().archive
            for name in book.namelist():
                part = book.read(name)
                if name == "xl/workbook.xml":
                    part = part.replace(b'<sheet name="Summary"',
                                        b'<sheet name="Summary" state="hidden"')
                out.writestr(name, part)
        self.write("again.xlsx", content.getvalue())
        self.done(self.screen("again.xlsx", "--map", "email=Email", out="again"))
        header, rows = self.table("allowed.csv", separator=";")
        _, again = self.table("allowed.csv", "again", ";")
        self.assertEqual([row[:len(header)] for row in again], rows)

    def test_the_same_list_gives_the_same_bytes(self):
        self.screened("--no-certificate")
        first = (self.here / "out" / "screened.xlsx").read_bytes()
        self.screened("--no-certificate")
        self.assertEqual((self.here / "out" / "screened.xlsx").read_bytes(), first)

    def test_it_is_for_its_owner_alone_and_goes_when_it_is_out_of_date(self):
        self.screened()
        path = self.here / "out" / "screened.xlsx"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.done(self.screen("list.csv"), UNREADABLE_ROWS)
        self.assertFalse(path.exists())

    def test_a_list_too_wide_for_a_workbook_is_refused_before_it_is_judged(self):
        wide = ";" * 17000 + "\n"
        self.write("wide.csv", "Email" + wide + "alix.moreau@courrier.example" + wide)
        answer = self.screen("wide.csv", "--xlsx")
        self.assert_refused(answer, BAD_INPUT, "17001 columns", "16378", "--xlsx")
        self.assert_nothing_left()

    def test_a_full_sheet_goes_on_in_another(self):
        rows = "Email\n" + "x@courrier.example\n" * 1048580
        self.write("long.csv", rows)
        self.done(self.screen("long.csv", "--xlsx", "--no-certificate"))
        book = self.book()
        self.assertEqual(book.names, ["Summary", "Allowed", "Forbidden", "Forbidden (2)",
                                      "To be checked"])
        self.assertEqual(len(book.texts("Forbidden (2)", 1)), 1 + 5)
        self.assertEqual(book.xml("Forbidden").count("<row "), 1048576)


if __name__ == "__main__":
    unittest.main()
