# SPDX-License-Identifier: Apache-2.0
"""Ugly files of other formats. Each is (name, content, what becomes of it); see cases.py."""
import gzip
import json

from people import (HEADER, MAIN, PEOPLE, PLAIN, STYLES, archive_of, at, book_of, card, cards_of,
                    csv_of, raw, relations, sheet_of, zstd_of)

OK = (2, 2, 0)
P = csv_of(PLAIN)


def jsonl(*objects):
    return "".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) + "\n"
                   for one in objects)


def json_lines():
    people = [dict(zip(HEADER, row)) for row in PEOPLE]
    good = jsonl(*people)
    yield "plain", good, OK
    yield "mark", "\ufeff" + good, OK
    yield "utf16", good.encode("utf-16"), OK
    yield "crlf", good.replace("\n", "\r\n"), OK
    yield "blank_lines", good.replace("\n", "\n\n"), OK
    yield "array", json.dumps(people), "one object a line"
    yield "pretty", json.dumps(people[0], indent=1), "JSON object"
    yield "cut", good[:-9], (2, 1, 1)
    yield "nested", jsonl({"Email": at("ok1"), "x": {"y": {"z": 1}}},
                          {"Email": at("ok2"), "x": []}), (2, 0, 0)
    yield "deep", '{"Email":' + '{"a":' * 5000 + "1" + "}" * 5001 + "\n" + good, (2, 2, 1)
    yield "key_twice", good + f'{{"Email":"{at("ok3")}","Désinscrit":"","Désinscrit":"oui"}}\n', \
        (2, 2, 1)
    yield "refusal_then_none", good + (
        f'{{"Email":"{at("out2")}","Désinscrit":"oui","Désinscrit":""}}\n'), (2, 2, 1)
    yield "late_refusal", jsonl(*[{"Email": at(f"no{i}")} for i in range(1200)],
                                {"Email": at("out1"), "opt_out": True}), (0, 1200, 1)
    yield "numbers_and_nulls", jsonl({"Email": at("ok1"), "Désinscrit": None, "n": 1e300}), \
        (1, 0, 0)
    yield "infinity", '{"Email": Infinity}\n', "none of the first lines"
    yield "true_is_a_refusal", jsonl({"Email": at("out1"), "Désinscrit": True},
                                     {"Email": at("ok1"), "Désinscrit": False}), (1, 1, 0)
    yield "line_end_in_a_value", jsonl({"Email": at("ok1"), "Note": "a\nb;\"c\","}), (1, 0, 0)
    yield "scalars_between", good + "1\n\"x\"\nnull\n[1]\n", (2, 2, 4)
    yield "broken_utf8", good.encode().replace(b"Max", b"M\xff"), (2, 1, 1)
    yield "nul_escape", jsonl({"Email": at("ok1"), "Nom": "a\0b"}), (1, 0, 0)
    yield "empty_objects", "{}\n" * 5 + good, OK
    yield "no_keys", "{}\n{}\n", "none of the first lines"
    yield "comments", "// people\n" + good, "no column"
    yield "two_on_a_line", good + good.replace("\n", "", 1), (2, 4, 1)
    yield "line_of_9_mebibytes", good + '{"Email":"' + "x" * (9 << 20) + '"}\n', (2, 2, 1)


def cards():
    yield "plain", cards_of(), OK
    yield "old", cards_of(version="2.1"), OK
    yield "new", cards_of(version="4.0"), OK
    yield "lf", cards_of(newline="\n"), OK
    yield "cr", cards_of(newline="\r"), OK
    yield "mark", "\ufeff" + cards_of(), OK
    yield "utf16", cards_of().encode("utf-16"), OK
    yield "windows1252", cards_of().encode("cp1252"), OK
    yield "lower_case", cards_of().lower(), OK
    yield "grouped", cards_of().replace("EMAIL:", "item1.EMAIL:"), OK
    yield "folded", cards_of().replace("courrier", "cou\r\n rrier"), OK
    yield "folded_refusal", cards_of().replace("X-OPT-OUT:oui", "X-OPT-OUT:o\r\n ui"), OK
    yield "quoted_printable", cards_of(version="2.1").replace(
        "FN:Zoé", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=\r\n=C3=A9"), OK
    yield "no_end", cards_of()[:-len("END:VCARD\r\n")], (2, 1, 1)
    yield "no_end_in_the_middle", cards_of().replace("END:VCARD\r\n", "", 1), (1, 2, 1)
    yield "no_begin", cards_of().replace("BEGIN:VCARD\r\n", "", 2).join(
        [cards_of(PEOPLE[:1]), ""]), (1, 2, 9)
    yield "text_between", cards_of(PEOPLE[:2]) + "hello\r\n" + cards_of(PEOPLE[2:]), (2, 2, 1)
    yield "picture", cards_of().replace("FN:Zoé", "PHOTO;ENCODING=b:QUJD\r\n REVG\r\nFN:Zoé"), OK
    yield "picture_not_indented", cards_of().replace(
        "FN:Zoé", "PHOTO;BASE64:QUJD\r\nREVG\r\nFN:Zoé"), OK
    yield "agent", card(f"EMAIL:{at('ok1')}", "AGENT:", "BEGIN:VCARD", f"EMAIL:{at('out1')}",
                        "END:VCARD", version="2.1"), (1, 0, 0)
    yield "unknown_charset", card("FN;CHARSET=KOI8-R:x", f"EMAIL:{at('ok1')}"), (0, 0, 1)
    yield "line_without_colon", card("FN", f"EMAIL:{at('ok1')}"), (0, 0, 1)
    yield "no_address", card("FN:Zoé"), (0, 0, 1)
    yield "note_refuses", card(f"EMAIL:{at('out1')}", "NOTE:Ne plus contacter") + card(
        f"EMAIL:{at('ok1')}", "NOTE:au salon"), (1, 1, 0)
    yield "category_refuses", card(f"EMAIL:{at('out1')}", "CATEGORIES:Presse,Do not contact"), \
        (0, 1, 0)
    yield "late_refusal", cards_of([["A", at("no1"), ""]] * 1001) + card(
        f"EMAIL:{at('out1')}", "X-DO-NOT-CONTACT:1"), (0, 1001, 1)
    yield "thousand_properties", card(f"EMAIL:{at('ok1')}", *[f"X-P{i}:1" for i in range(5000)]), \
        (1, 0, 0)
    yield "begin_alone", "BEGIN:VCARD\r\n", (0, 0, 1)
    yield "refusal_twice", card(f"EMAIL:{at('out1')}", "X-OPT-OUT:non", "X-OPT-OUT:oui"), (0, 1, 0)
    yield "mailto", card(f"EMAIL;PREF=1:MAILTO:{at('ok1')}", version="4.0"), (1, 0, 0)
    yield "property_of_2_mebibytes", card(f"EMAIL:{at('ok1')}", "NOTE:" + "x" * (2 << 20)), \
        (0, 0, 1)
    yield "calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no column"


def packed():
    gz = gzip.compress(P, mtime=0)
    yield "gzip", gz, OK
    yield "zstd", zstd_of(P), OK
    yield "gzip_of_gzip", gzip.compress(gz, mtime=0), "looks like gzip"
    yield "two_streams", gzip.compress(P[:40], mtime=0) + gzip.compress(P[40:], mtime=0), OK
    yield "gzip_cut", gz[:-9], "damaged"
    yield "gzip_head_alone", gz[:12], "damaged"
    yield "gzip_damaged", gz[:-6] + bytes([gz[-6] ^ 1]) + gz[-5:], "damaged"
    yield "gzip_and_garbage", gz + b"more", "damaged"
    yield "gzip_and_zeros", gz + b"\0" * 512, "damaged"
    yield "gzip_of_nothing", gzip.compress(b"", mtime=0), "no text"
    yield "zstd_cut", zstd_of(P)[:-5], "damaged"
    yield "zstd_and_garbage", zstd_of(P) + b"more", "damaged"
    yield "zstd_two_frames", zstd_of(P[:40]) + zstd_of(P[40:]), OK
    yield "bomb", gzip.compress(P + (b"x" * (1 << 19) + f";{at('no2')};\n".encode()) * 160,
                                mtime=0), "300 times"
    yield "gzip_of_a_book", gzip.compress(book_of(sheet_of(PLAIN)), mtime=0), OK
    yield "gzip_of_cards", gzip.compress(cards_of().encode(), mtime=0), OK
    yield "gzip_named_csv", gz, OK


def books():
    good = sheet_of(PLAIN)
    yield "plain", book_of(good), OK
    yield "shared_strings", book_of(sheet_of(
        [[raw(f'<c r="@" t="s"><v>{3 * i + j}</v></c>') for j in range(3)] for i in range(5)]),
        strings=[f"<si><t>{text}</t></si>" for row in PLAIN for text in row]), OK
    yield "string_missing", book_of(sheet_of([["Email"], [raw('<c r="@" t="s"><v>9</v></c>')]])), \
        "F1!A2.*not there"
    yield "dates", book_of(sheet_of([[*HEADER, "Date de création"]] + [
        [*row, raw('<c r="@" s="1"><v>45728</v></c>')] for row in PEOPLE])), OK
    yield "refusal_is_a_serial", book_of(sheet_of([["Email", "Date de désinscription"], [
        at("out1"), raw('<c r="@" s="1"><v>45728</v></c>')], [at("ok1"), ""]])), (1, 1, 0)
    yield "dates_of_1904", book_of(good, properties='<workbookPr date1904="1"/>'), OK
    yield "formula_with_value", book_of(sheet_of([HEADER, ["x", raw(
        f'<c r="@" t="str"><f>A1</f><v>{at("ok1").replace("@", "&#64;")}</v></c>'), ""]])), \
        (1, 0, 0)
    yield "formula_not_computed", book_of(sheet_of([HEADER, ["x", at("out1"), raw(
        '<c r="@"><f>1+1</f></c>')], ["y", at("ok1"), ""]])), (1, 0, 1)
    yield "error_cell", book_of(sheet_of([HEADER, ["x", at("out1"), raw(
        '<c r="@" t="e"><v>#N/A</v></c>')]])), (0, 1, 0)
    yield "boolean_refusal", book_of(sheet_of([HEADER, ["x", at("out1"), raw(
        '<c r="@" t="b"><v>1</v></c>')], ["y", at("ok1"), raw('<c r="@" t="b"><v>0</v></c>')]])), \
        (1, 1, 0)
    yield "hidden_sheet_first", book_of(sheet_of([["Email"], [at("no1")]]), good,
                                        states=["hidden"]), OK
    yield "very_hidden_sheet_first", book_of(sheet_of([["Email"], [at("no1")]]), good,
                                             states=["veryHidden"]), OK
    yield "all_sheets_hidden", book_of(good, states=["hidden"]), "no visible sheet"
    yield "several_sheets", book_of(good, good, good), OK
    yield "no_sheet", book_of(), "no visible sheet"
    yield "merged_refusal", book_of(sheet_of(
        [HEADER, ["a", at("out1"), "oui"], ["b", at("out2"), ""], ["c", at("ok1"), ""]],
        '<mergeCells><mergeCell ref="C2:C3"/></mergeCells>')), (1, 2, 0)
    yield "merged_title", book_of(sheet_of(
        [["Liste", "", ""], *PLAIN], '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')), OK
    yield "merged_backwards", book_of(sheet_of(PLAIN, '<mergeCells><mergeCell ref="C3:A1"/>'
                                               "</mergeCells>")), OK
    yield "title_and_blank_rows", book_of(sheet_of([["Export"], None, [], *PLAIN])), OK
    yield "two_header_lines", book_of(sheet_of([["Personne", "Contact", "Choix"], *PLAIN])), OK
    yield "total_at_the_bottom", book_of(sheet_of([*PLAIN, ["Total", 4, ""]])), (2, 2, 1)
    yield "blank_sheet", book_of(sheet_of([])), "no text"
    yield "rows_out_of_order", book_of(good.replace('r="2"', 'r="1"')), "out of its place"
    yield "cells_out_of_order", book_of(good.replace('r="B2"', 'r="A2"')), "out of its place"
    yield "column_beyond", book_of(sheet_of([["Email", raw('<c r="XFE1"><v>1</v></c>')]])), "F1!"
    yield "row_beyond", book_of(good.replace('<row r="5">', '<row r="1048577">')), \
        "out of its place"
    yield "last_row_of_all", book_of(good.replace('<row r="5">', '<row r="1048576">').replace(
        "5\" t=", "1048576\" t=")), OK
    yield "no_places", book_of(good.replace(' r="', ' x="')), OK
    yield "doctype", book_of(good.replace(HEAD_END, HEAD_END + "<!DOCTYPE x>", 1)), "DOCTYPE"
    yield "entities", book_of('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' +
                              f"<worksheet {MAIN}><sheetData/></worksheet>"), "DOCTYPE"
    yield "outside_entity", book_of(good, more={
        "xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                                "<sst><si>&a;</si></sst>"}), "DOCTYPE"
    yield "undeclared_entity", book_of(good.replace("Max", "&x;")), "damaged"
    yield "broken_xml", book_of(good[:-30]), "damaged"
    yield "not_utf8", book_of(good.encode().replace(b"Max", b"M\xff")), "damaged"
    yield "utf16_sheet", book_of(good.replace("UTF-8", "UTF-16").encode("utf-16")), OK
    yield "comment_and_cdata", book_of(good.replace("Max", "<!-- x --><![CDATA[Max]]>")), OK
    yield "prefixed_names", book_of(good.replace("<", "<x:").replace("<x:/", "</x:").replace(
        "<x:?", "<?").replace("xmlns=", "xmlns:x=")), OK
    yield "cut", book_of(good)[:-40], "damaged"
    yield "bomb", book_of(sheet_of(PLAIN, "<x/>" + " " * (70 << 20))), "300 times"
    yield "many_parts", book_of(good, more={f"x/{i}": "" for i in range(10001)}), "10000"
    yield "leads_out", book_of(good, more={"../../evil.xml": "x", "/tmp/evil.xml": "x"}), OK
    yield "sheet_missing", book_of(good, without=["xl/worksheets/sheet1.xml"]), "lacks its part"
    yield "styles_broken", book_of(good, more={"xl/styles.xml": STYLES[:-20]}), "damaged"
    yield "no_strings_part", book_of(good, more={"xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "worksheets/sheet1.xml"))}), OK
    yield "inside_a_zip", archive_of({"list.csv": P}), "looks like"
    yield "escaped_signs", book_of(good.replace("oui", "_x006F_ui")), OK
    yield "spaces_kept", book_of(sheet_of([HEADER, ["x", at("out1"), "  oui  "]])), (0, 1, 0)
    yield "cell_of_2_mebibytes", book_of(sheet_of([HEADER, ["x" * (2 << 20), at("out1"), ""],
                                                   ["y", at("ok1"), ""]])), (1, 0, 1)


HEAD_END = 'standalone="yes"?>'


def others():
    yield "pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "looks like"
    yield "png", b"\x89PNG\r\n\x1a\n" + bytes(100), "looks like"
    yield "old_workbook", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "looks like"
    yield "open_document", archive_of({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "looks like"
    yield "word", archive_of({"_rels/.rels": relations(("officeDocument", "word/document.xml")),
                              "word/document.xml": "<x/>"}), "looks like"
    yield "sqlite", b"SQLite format 3\0" + bytes(100), "looks like"
    yield "zeros", bytes(5000), "looks like"
    yield "html", b"<html><table><tr><td>Email</td></tr></table></html>", "looks like HTML"
    yield "xml", b"<?xml version='1.0'?><people><p/></people>", "looks like XML"
    yield "mbox", f"From {at('ok1')}\nTo: {at('ok2')}\n\nHello\n".encode(), "no column"


FAMILIES = (json_lines, cards, packed, books, others)
