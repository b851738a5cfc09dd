# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a list is screened alike in whatever form it comes, and that none does harm.

Method: the same people as CSV and in each other form, made here, give the same results; then files
that are cut, damaged, hostile or merely ugly, of which each is screened or refused with its place.
"""
import gzip
import hashlib
import io
import json
import unittest
import zipfile
from xml.sax.saxutils import escape

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


def vcards_of(rows):
    names = ("FN", "EMAIL", "TEL;TYPE=cell", "X-OPT-OUT")
    return "".join("BEGIN:VCARD\r\nVERSION:3.0\r\n" + "".join(
        f"{name}:{cell.replace(';', chr(92) + ';')}\r\n" for name, cell in zip(names, row))
                   + "END:VCARD\r\n" for row in rows[1:]).encode()


class Cards(Formats):
    def test_cards_are_screened_as_the_same_people_in_csv(self):
        self.screened("plain.csv", csv_of(PEOPLE), "plain")
        for name, content in (("list.vcf", vcards_of(PEOPLE)),
                              ("list.csv", gzip.compress(vcards_of(PEOPLE))),
                              ("wide.vcf", vcards_of(PEOPLE).decode().encode("utf-16"))):
            with self.subTest(name):
                self.screened(name, content)
                for file in RESULTS:
                    plain, cards = self.rows(file, "plain"), self.rows(file)
                    self.assertEqual(
                        [[row[key] for key in ("Full Name", "Email", "Mobile", "Verdict",
                                               "Reasons")] for row in cards],
                        [[row[key] for key in ("Nom", "Email", "Téléphone", "Verdict",
                                               "Reasons")] for row in plain])

    def test_a_refusal_in_a_note_or_a_category_counts(self):
        cards = vcards_of(PEOPLE).decode().replace("X-OPT-OUT:oui", "CATEGORIES:Presse,Ne pas "
                                                   "contacter")
        cards = cards.replace("X-OPT-OUT:non", "NOTE:Au salon\\nDo not contact")
        self.consent(*(row[1] for row in PEOPLE[1:]))
        self.screened("list.vcf", cards)
        self.assertEqual([row["Email"] for row in self.rows("allowed.csv")], [PEOPLE[1][1]])

    def test_a_bad_card_goes_to_review_with_its_line(self):
        cards = vcards_of(PEOPLE).decode()
        self.write("list.vcf", cards[:-len("END:VCARD\r\n")])
        answer = self.done(self.screen("list.vcf"), UNREADABLE_ROWS)
        self.assertIn("list.vcf:15: the card has no line END:VCARD", answer.err)
        self.assert_unseen(answer, "leo.roux@")
        self.assertEqual([row["Email"] for row in self.rows("review.csv")], [PEOPLE[3][1]])


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SCHEMAS = "http:" + "//schemas.openxmlformats.org"  # names of elements; nothing is fetched
MAIN = f'xmlns="{SCHEMAS}/spreadsheetml/2006/main"'
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"
RELATIONS = f'xmlns="{SCHEMAS}/package/2006/relationships"'


def relations_of(*pairs):
    return f"{HEAD}<Relationships {RELATIONS}>" + "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(pairs, 1)) + "</Relationships>"


def cell(name, value):
    """Gives a cell: a text as an inline one, a number as a number, other XML if it is bytes."""
    if isinstance(value, bytes):
        return value.decode().replace("@", name)
    if isinstance(value, int):
        return f'<c r="{name}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""


def sheet_of(rows, after=""):
    """Gives a sheet; a row that is None is missing."""
    lines = "".join(
        f'<row r="{i}">' + "".join(cell("ABCDEFGH"[j] + str(i), value)
                                   for j, value in enumerate(row)) + "</row>"
        for i, row in enumerate(rows, 1) if row is not None)
    return f"{HEAD}<worksheet {MAIN}><sheetData>{lines}</sheetData>{after}</worksheet>"


STYLES = f"""{HEAD}<styleSheet {MAIN}><numFmts count="2">
<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>
<numFmt numFmtId="165" formatCode="00\\ 00\\ 00\\ 00\\ 00"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"""


def book_of(*sheets, strings=(), states=(), properties="", more=None):
    """Gives a workbook with the sheets; `more` replaces or adds parts."""
    states = list(states) + ["visible"] * len(sheets)
    names = "".join(f'<sheet name="Feuil{i}" sheetId="{i}" state="{states[i - 1]}" r:id="rId{i}"/>'
                    for i in range(1, len(sheets) + 1))
    kinds = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations_of(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}">{properties}'
                           f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations_of(
            *kinds, ("sharedStrings", "sharedStrings.xml"), ("styles", "/xl/styles.xml")),
        "xl/sharedStrings.xml": f"{HEAD}<sst {MAIN}>" + "".join(strings) + "</sst>",
        "xl/styles.xml": STYLES,
        **{f"xl/{target}": sheet for (_, target), sheet in zip(kinds, sheets)}, **(more or {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


class Workbooks(Formats):
    def cells(self, content, *columns, status=0):
        """Screens a workbook and gives cells of all its rows, in the order of the addresses."""
        self.write("book.xlsx", content)
        answer = self.done(self.screen("book.xlsx"), status)
        rows = [row for name in RESULTS for row in self.rows(name, separator=";")]
        return answer, [[row[name] for name in columns]
                        for row in sorted(rows, key=lambda row: row["Email"])]

    def refused(self, content, *words):
        self.write("book.xlsx", content)
        answer = self.screen("book.xlsx")
        self.assert_refused(answer, BAD_INPUT, "book.xlsx", *words)
        self.assert_unseen(answer, "courrier.example")
        self.assert_nothing_left()

    def test_a_workbook_is_screened_as_the_same_people_in_csv(self):
        book = book_of(sheet_of(PEOPLE))
        for name, content in (("list.xlsx", book), ("book.csv", book),
                              ("packed.gz", gzip.compress(book))):
            with self.subTest(name):
                self.assert_same_people(name, content)

    def test_a_workbook_may_come_through_a_pipe(self):
        self.done(self.screen("-", stdin=book_of(sheet_of(PEOPLE))))
        self.assertEqual(len(self.rows("blocked.csv")), 3)

    def test_shared_strings_are_theirs_and_an_empty_one_is_empty(self):
        strings = ["<si><t>Nom</t></si>", "<si><t>Email</t></si>", "<si><t>Perrin</t></si>",
                   "<si><t></t></si>", "<si><t>a@courrier.example</t></si>",
                   '<si><r><t>b@cour</t></r><r><t>rier.example</t></r><rPh sb="0" eb="1"><t>x</t>'
                   "</rPh></si>"]
        shared = [b'<c r="@" t="s"><v>%d</v></c>' % i for i in range(6)]
        rows = [shared[0:2], [shared[2], shared[4]], [shared[3], shared[5]]]
        _, cells = self.cells(book_of(sheet_of(rows), strings=strings), "Nom", "Email")
        self.assertEqual(cells, [["Perrin", "a@courrier.example"], ["", "b@courrier.example"]])

    def test_days_numbers_and_formulas_are_what_people_see(self):
        rows = [["Email", "Téléphone", "Date de création", "Note"],
                ["a@courrier.example", 612345678, b'<c r="@" s="1"><v>45728</v></c>',
                 b'<c r="@" t="str"><f>A1&amp;"x"</f><v>calcul</v></c>'],
                ["b@courrier.example", b'<c r="@" s="2"><v>6.12345678E8</v></c>',
                 b'<c r="@" s="1"><v>45728.5</v></c>', b'<c r="@" t="b"><v>1</v></c>']]
        columns = rows[0][1:]
        _, cells = self.cells(book_of(sheet_of(rows)), *columns)
        self.assertEqual(cells, [["612345678", "2025-03-12", "calcul"],
                                 ["0612345678", "2025-03-12 12:00", "true"]])
        _, cells = self.cells(
            book_of(sheet_of(rows), properties='<workbookPr date1904="1"/>'), columns[1])
        self.assertEqual(cells[0], ["2029-03-13"])

    def test_a_formula_that_was_not_computed_makes_a_bad_row(self):
        rows = [["Email", "Désinscrit"], ["a@courrier.example", b'<c r="@"><f>1+1</f></c>'],
                ["b@courrier.example", ""]]
        answer, _ = self.cells(book_of(sheet_of(rows)), "Email", status=UNREADABLE_ROWS)
        self.assertIn("book.xlsx:2: the formula of the cell Feuil1!B2", answer.err)
        self.assertEqual([row["Email"] for row in self.rows("review.csv", separator=";")],
                         ["a@courrier.example"])

    def test_a_hidden_sheet_is_passed_over_and_told(self):
        secret = sheet_of([["Email"], ["secret@courrier.example"]])
        shown = sheet_of([["Email", "Nom"], ["a@courrier.example", "x"]])
        for state in ("hidden", "veryHidden"):
            answer, cells = self.cells(
                book_of(secret, shown, shown, states=[state]), "Email")
            self.assertEqual(cells, [["a@courrier.example"]])
            self.assertIn("the sheet Feuil1 is hidden", answer.err)
            self.assertIn("only the sheet Feuil2 was read", answer.err)

    def test_a_workbook_without_a_visible_sheet_is_refused(self):
        rows = sheet_of([["Email"], ["secret@courrier.example"]])
        self.refused(book_of(rows, states=["hidden"]), "no visible sheet")

    def test_a_refusal_merged_over_rows_counts_for_each(self):
        rows = [["Email", "Désinscrit"], ["a@courrier.example", "oui"], ["b@courrier.example", ""],
                ["c@courrier.example", ""]]
        merges = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
        _, cells = self.cells(book_of(sheet_of(rows, merges)), "Désinscrit")
        self.assertEqual(cells, [["oui"], ["oui"], [""]])

    def test_lines_are_the_rows_of_the_sheet(self):
        rows = [["Email", "Nom"], None, [], ["a@courrier.example", "deux\nlignes"], None,
                ["no address", "x"], ["b@courrier.example", "x", "surplus"]]
        answer, _ = self.cells(book_of(sheet_of(rows)), "Nom", status=UNREADABLE_ROWS)
        self.assertIn("book.xlsx:6: ", answer.err)
        self.assertIn("book.xlsx:7: ", answer.err)
        self.assertEqual(len(self.rows("blocked.csv", separator=";")), 1)
        self.assertEqual(len(self.rows("review.csv", separator=";")), 2)

    def test_hostile_workbooks_are_refused(self):
        good = [["Email"], ["a@courrier.example"]]
        bomb = ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
                f"<worksheet {MAIN}><sheetData/></worksheet>")
        outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si>&a;</si></sst>'
        twice = sheet_of(good).replace('r="2"', 'r="1"')
        for name, content, words in (
                ("entities", book_of(bomb), ("DOCTYPE",)),
                ("a file", book_of(sheet_of(good), more={"xl/sharedStrings.xml": outside}),
                 ("DOCTYPE",)),
                ("broken", book_of(sheet_of(good)[:-30]), ("sheet1.xml", "damaged")),
                ("order", book_of(twice), ("Feuil1!A1", "out of its place")),
                ("column", book_of(sheet_of([["Email", b'<c r="XFE1"><v>1</v></c>']])),
                 ("Feuil1!A1",)),
                ("string", book_of(sheet_of([["Email"], [b'<c r="@" t="s"><v>9</v></c>']])),
                 ("Feuil1!A2", "not there")),
                ("cut", book_of(sheet_of(good))[:-40], ("damaged",)),
                ("bomb", book_of(sheet_of(good, "<x/>" + " " * (70 << 20))), ("300 times",)),
                ("entries", book_of(sheet_of(good), more={f"x/{i}": "" for i in range(10001)}),
                 ("10000",)),
                ("no part", book_of(sheet_of(good), more={
                    "xl/_rels/workbook.xml.rels": relations_of(("worksheet", "../../etc/s.xml"))}),
                 ("etc/s.xml",))):
            with self.subTest(name):
                self.refused(content, *words)

    def test_paths_that_lead_out_write_nothing(self):
        book = book_of(sheet_of(PEOPLE), more={"../../evil.xml": "x", "/tmp/evil.xml": "x"})
        self.assert_same_people("list.xlsx", book)
        self.assertFalse((self.here.parent / "evil.xml").exists())


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
