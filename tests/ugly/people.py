# SPDX-License-Identifier: Apache-2.0
"""What the ugly files are made of: people whose verdicts are known, and ways to write them.

ok1..ok9 have consented; no1..no9 have not; out1..out9 have consented, and the list itself says that
they refuse: whatever a file looks like, they must never be in allowed.csv.
"""
import io
import zipfile
from xml.sax.saxutils import escape


def at(name):
    return f"{name}@courrier.example"


CONSENTED = [at(f"{kind}{i}") for kind in ("ok", "out") for i in range(1, 10)]
HEADER = ["Nom", "Email", "Désinscrit"]
PEOPLE = [["Zoé", at("ok1"), ""], ["Léo", at("ok2"), "non"], ["Eve", at("out1"), "oui"],
          ["Max", at("no1"), ""]]
PLAIN = [HEADER, *PEOPLE]  # allowed 2, blocked 2


def csv_of(rows, separator=";", newline="\n", encoding="utf-8"):
    return "".join(separator.join(row) + newline for row in rows).encode(encoding)


def lines(*texts, encoding="utf-8"):
    """Gives the header and some rows as they are written."""
    return ("\n".join([";".join(HEADER), *texts]) + "\n").encode(encoding)


# ---- cards -------------------------------------------------------------------------------------

def card(*properties, version="3.0", newline="\r\n"):
    return newline.join(["BEGIN:VCARD", f"VERSION:{version}", *properties, "END:VCARD", ""])


def cards_of(rows=PEOPLE, **how):
    return "".join(card(f"FN:{name}", f"EMAIL:{email}", *([f"X-OPT-OUT:{mark}"] if mark else []),
                        **how) for name, email, mark in rows)


# ---- packed ------------------------------------------------------------------------------------

def zstd_of(content):
    """Gives a frame of Zstandard (RFC 8878) whose blocks are not compressed."""
    out = bytes.fromhex("28b52ffd0058")
    blocks = [content[i:i + 60000] for i in range(0, len(content), 60000)] or [b""]
    for i, block in enumerate(blocks):
        out += (len(block) << 3 | (i == len(blocks) - 1)).to_bytes(3, "little") + block
    return out


# ---- workbooks ---------------------------------------------------------------------------------

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SCHEMAS = "http:" + "//schemas.openxmlformats.org"  # names of elements; nothing is fetched
MAIN = f'xmlns="{SCHEMAS}/spreadsheetml/2006/main"'
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"
STYLES = (f'{HEAD}<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="165" '
          'formatCode="0000000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
          '<xf numFmtId="165"/></cellXfs></styleSheet>')


def relations(*pairs):
    return (f'{HEAD}<Relationships xmlns="{SCHEMAS}/package/2006/relationships">' + "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(pairs, 1)) + "</Relationships>")


def raw(xml):
    """Marks XML of a cell, in which @ is its name."""
    return xml.encode()


def cell(name, value):
    if isinstance(value, bytes):
        return value.decode().replace("@", name)
    if isinstance(value, int):
        return f'<c r="{name}"><v>{value}</v></c>'
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{name}" t="inlineStr">{text}</c>' if value else ""


def sheet_of(rows, after="", before=""):
    body = "".join(
        f'<row r="{i}">' + "".join(cell("ABCDEFGH"[j] + str(i), value)
                                   for j, value in enumerate(row)) + "</row>"
        for i, row in enumerate(rows, 1) if row is not None)
    return f"{HEAD}{before}<worksheet {MAIN}><sheetData>{body}</sheetData>{after}</worksheet>"


def book_of(*sheets, states=(), strings=(), properties="", more=None, without=()):
    """Gives a workbook; `more` replaces or adds parts, `without` leaves some out."""
    states = list(states) + ["visible"] * len(sheets)
    names = "".join(f'<sheet name="F{i}" sheetId="{i}" state="{states[i - 1]}" r:id="rId{i}"/>'
                    for i in range(1, len(sheets) + 1))
    kinds = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}">{properties}'
                           f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *kinds, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")),
        "xl/sharedStrings.xml": f"{HEAD}<sst {MAIN}>" + "".join(strings) + "</sst>",
        "xl/styles.xml": STYLES,
        **{f"xl/{target}": sheet for (_, target), sheet in zip(kinds, sheets)}, **(more or {})}
    return archive_of({name: part for name, part in parts.items() if name not in without})


def archive_of(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
