#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes list.xlsx into a folder, as a spreadsheet would: make_book.py FOLDER ROWS.

Nine columns: shared texts, numbers for telephones, days as serials with a format, a mark of refusal
in one row of 50. The same arguments give the same bytes.
"""
import sys
import zipfile

from make_list import JOBS, address

SCHEMAS = 'http:' + '//schemas.openxmlformats.org'  # names of elements; nothing is fetched
OFFICE = SCHEMAS + '/officeDocument/2006/relationships'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'xmlns="%s/spreadsheetml/2006/main"' % SCHEMAS
COLUMNS = ['Email', 'Téléphone', 'Pays', 'Prénom', 'Nom', 'Société', 'Fonction', 'Date de création',
           'Désinscrit']


def relations(*pairs):
    return HEAD + '<Relationships xmlns="%s/package/2006/relationships">%s</Relationships>' % (
        SCHEMAS, ''.join('<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (
            i, OFFICE, kind, target) for i, (kind, target) in enumerate(pairs, 1)))


class Texts:
    """Shared strings, in the order of their first use."""

    def __init__(self):
        self.places = {}

    def cell(self, place, text):
        number = self.places.setdefault(text, len(self.places))
        return '<c r="%s" t="s"><v>%d</v></c>' % (place, number)


def row_of(texts, i):
    line = i + 2
    names = [address(i), None, 'France', 'Prénom%d' % (i % 1000), 'Nom%d' % (i % 5000),
             'Société %d' % (i % 50000), JOBS[i % 8], None, 'oui' if i % 50 == 0 else '']
    cells = [texts.cell('%s%d' % ('ABCDEFGHI'[j], line), name)
             for j, name in enumerate(names) if name]
    cells.insert(1, '<c r="B%d" s="2"><v>%d</v></c>' % (line, 639980000 + i % 10000))
    after = -1 if names[8] else len(cells)
    cells.insert(after, '<c r="H%d" s="1"><v>%d</v></c>' % (line, 45000 + i % 1000))
    return '<row r="%d" spans="1:9">%s</row>' % (line, ''.join(cells))


def main(folder, rows):
    texts = Texts()
    header = ''.join(texts.cell('ABCDEFGHI'[j] + '1', name) for j, name in enumerate(COLUMNS))
    sheet = [HEAD, '<worksheet %s><sheetData><row r="1" spans="1:9">%s</row>' % (MAIN, header)]
    sheet += [row_of(texts, i) for i in range(rows)]
    sheet.append('</sheetData></worksheet>')
    parts = {
        '[Content_Types].xml': HEAD + '<Types xmlns="%s/package/2006/content-types"/>' % SCHEMAS,
        '_rels/.rels': relations(('officeDocument', 'xl/workbook.xml')),
        'xl/workbook.xml': HEAD + '<workbook %s xmlns:r="%s"><sheets><sheet name="Prospects" '
                           'sheetId="1" r:id="rId1"/></sheets></workbook>' % (MAIN, OFFICE),
        'xl/_rels/workbook.xml.rels': relations(
            ('worksheet', 'worksheets/sheet1.xml'), ('sharedStrings', 'sharedStrings.xml'),
            ('styles', 'styles.xml')),
        'xl/styles.xml': HEAD + '<styleSheet %s><numFmts count="1"><numFmt numFmtId="165" '
                         'formatCode="00 00 00 00 00"/></numFmts><cellXfs count="3">'
                         '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs>'
                         '</styleSheet>' % MAIN,
        'xl/sharedStrings.xml': HEAD + '<sst %s>%s</sst>' % (
            MAIN, ''.join('<si><t>%s</t></si>' % text for text in texts.places)),
        'xl/worksheets/sheet1.xml': ''.join(sheet)}
    with zipfile.ZipFile(folder + '/list.xlsx', 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]))
