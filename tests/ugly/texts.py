# SPDX-License-Identifier: Apache-2.0
"""Ugly files of text: CSV. Each is (name, content, what becomes of it); see cases.py."""
from people import HEADER, PEOPLE, PLAIN, at, csv_of, lines

OK = (2, 2, 0)  # the plain list: rows allowed, blocked, to be reviewed
P = csv_of(PLAIN)
WORDS = P.decode()


def encodings():
    yield "utf8", P, OK
    yield "utf8_mark", b"\xef\xbb\xbf" + P, OK
    yield "utf16", WORDS.encode("utf-16"), OK
    yield "utf16_big", b"\xfe\xff" + WORDS.encode("utf-16-be"), OK
    yield "utf16_crlf", WORDS.replace("\n", "\r\n").encode("utf-16"), OK
    yield "utf16_cut_in_a_character", WORDS.encode("utf-16") + b"x", (2, 2, 1)
    yield "utf16_without_mark", WORDS.encode("utf-16-le"), "looks like"
    yield "utf32", WORDS.encode("utf-32"), "looks like"
    yield "windows1252", WORDS.encode("cp1252"), OK
    yield "latin9", WORDS.encode("iso-8859-15"), OK
    yield "accent_after_the_first_block", (
        lines(*[f"N{i};{at(f'no{i}')};" for i in range(3000)], f"Z\xe9;{at('ok1')};",
              encoding="latin-1").replace("Désinscrit".encode("latin-1"), b"opt_out")), (1, 3000, 0)
    yield "one_broken_character", P.replace("Zoé".encode(), b"Zo\xc3"), (1, 2, 1)
    yield "overlong_slash", P.replace(b"Max", b"\xc0\xaf"), (2, 1, 1)
    yield "surrogate", P.replace(b"Max", b"\xed\xa0\x80"), (2, 1, 1)
    yield "mark_in_the_middle", P.replace(b"Max", b"\xef\xbb\xbfMax"), OK
    yield "two_marks", b"\xef\xbb\xbf\xef\xbb\xbf" + P, OK
    yield "no_break_spaces", WORDS.replace("oui", "\u00a0oui\u202f").encode(), OK
    yield "emoji_and_right_to_left", WORDS.replace("Max", "🙂\u202eMax").encode(), OK
    yield "decomposed_accents", WORDS.replace("é", "e\u0301").encode(), OK


def shapes():
    for mark, name in ((";", "semicolon"), (",", "comma"), ("\t", "tab"), ("|", "pipe")):
        for end, ending in (("\n", "lf"), ("\r\n", "crlf"), ("\r", "cr")):
            yield f"{name}_{ending}", csv_of(PLAIN, mark, end), OK
    yield "sep_line", b"sep=;\r\n" + P, OK
    yield "sep_line_that_lies", b"sep=|\n" + P, "no column"
    yield "no_last_newline", P.rstrip(b"\n"), OK
    yield "many_last_newlines", P + b"\n" * 50, OK
    yield "mixed_line_ends", P.replace(b"\n", b"\r\n", 2), OK
    yield "blank_lines_between", P.replace(b"\n", b"\n\n"), OK
    yield "blank_lines_before", b"\n\n\n" + P, OK
    yield "rows_of_separators", P + b";;\n;;\n", OK
    yield "trailing_separators", P.replace(b"\n", b";;;\n"), OK
    yield "trailing_separators_in_rows_only", b";".join(HEADER[i].encode() for i in range(3)) + (
        b"\n" + csv_of(PEOPLE).replace(b"\n", b";;\n")), OK
    yield "form_feed_and_tabs", P.replace(b"Max", b"M\x0c\x0bax\t"), OK
    yield "control_z_at_the_end", P + b"\x1a", (2, 2, 1)
    yield "one_column", f"Email\n{at('ok1')}\n{at('ok2')}\n{at('no1')}\n".encode(), (2, 1, 0)
    yield "one_row", lines(f"Zoé;{at('ok1')};"), (1, 0, 0)
    yield "other_separator_in_a_row", lines(f"Zoé;{at('ok1')};", f"Max,{at('no1')},"), (1, 0, 1)
    yield "separator_changes_in_the_middle", P + csv_of(PEOPLE, ","), (2, 2, 4)
    yield "too_few_fields", lines(f"Zoé;{at('ok1')};", f"Max;{at('ok2')}"), (1, 0, 1)
    yield "too_many_fields", lines(f"Zoé;{at('ok1')};", f"Max;{at('ok2')};;x"), (1, 0, 1)
    yield "shifted_by_a_separator", lines(f"Roux; fils;{at('out1')};oui", f"Z;{at('ok1')};"), \
        (1, 0, 1)
    yield "no_header", f"Zoé;{at('ok1')}\nLéo;{at('ok2')}\nMax;{at('no1')}\n".encode(), (2, 1, 0)
    yield "header_alone", csv_of([HEADER]), (0, 0, 0)
    yield "nothing", b"", "no text"
    yield "spaces", b"  \n \n\t\n", "no text"
    yield "mark_alone", b"\xef\xbb\xbf", "no text"
    yield "line_ends_alone", b"\r\n\r\n", "no text"


def quotes():
    z = f"Zoé;{at('ok1')};"
    yield "all_quoted", csv_of([[f'"{cell}"' for cell in row] for row in PLAIN]), OK
    yield "separator_inside", lines(f'"Roux; fils";{at("ok1")};', f'Eve;{at("out1")};"oui"'), \
        (1, 1, 0)
    yield "line_end_inside", lines(f'"a\nb";{at("ok1")};', f"Eve;{at('out1')};oui"), (1, 1, 0)
    yield "doubled_inside", lines(f'"a ""b"" c";{at("ok1")};', f"Eve;{at('out1')};oui"), (1, 1, 0)
    yield "quote_in_the_middle", lines(f'Le "Fournil";{at("ok1")};'), (1, 0, 0)
    yield "inch_sign", lines(f'Tube 12";{at("ok1")};', f"Eve;{at('out1')};oui"), (1, 1, 0)
    yield "text_after_a_quote", lines(f'"Zoé" x;{at("ok1")};', f"Max;{at('ok2')};"), (1, 0, 1)
    yield "never_closed", lines(f'"Zoé;{at("out1")};oui', f"Max;{at('ok1')};"), (1, 0, 1)
    yield "never_closed_at_the_end", lines(z, f'Max;{at("ok2")};"'), (1, 0, 1)
    yield "opened_and_closed_far_away", lines(
        f'"Zoé;{at("out1")};oui', *[f"M{i};{at(f'no{i}')};" for i in range(50)],
        f'Eve";{at("out2")};oui'), (0, 51, 1)
    yield "space_before_the_quote", lines(f' "Zoé";{at("ok1")};'), (1, 0, 0)
    yield "single_quotes", lines(f"'Zoé';{at('ok1')};", f"Eve;{at('out1')};'oui'"), (1, 1, 0)
    yield "typographic_quotes", lines(f"“Zoé”;{at('ok1')};"), (1, 0, 0)
    yield "backslash_before_a_quote", lines(f'"Zoé \\"z\\"";{at("ok1")};', z), (1, 0, 1)
    yield "a_lone_quote", lines(f'";{at("out1")};oui', z), (1, 0, 1)
    yield "quotes_alone", lines(f'"";{at("ok1")};""'), (1, 0, 0)
    yield "ten_thousand_quotes", lines('"' * 10001 + f";{at('out1')};oui", z), (1, 0, 1)
    yield "header_never_closed", b'"Nom;Email\n' + at("ok1").encode() + b";x\n", "never closed"
    yield "header_with_line_end", ('"Nom\ncomplet";Email;Désinscrit\n'
                                   f"Zoé;{at('ok1')};\n").encode(), (1, 0, 0)


def headers():
    title = b"Export du 12/03/2026\n\n"
    yield "title_line_above", title + P, OK
    yield "two_title_lines_above", b"Ma Soci\xc3\xa9t\xc3\xa9;;\nExport;;\n" + P, OK
    yield "two_header_lines", b"Personne;Contact;Choix\n" + P, OK
    yield "header_again_in_the_middle", P + csv_of(PLAIN), (4, 4, 1)
    yield "total_at_the_bottom", P + "Total;4;\n".encode(), (2, 2, 1)
    yield "count_in_words_at_the_bottom", P + "4 lignes exportées\n".encode(), (2, 2, 1)
    yield "names_twice", lines().replace(b"\n", b";Email\n") + (
        f"Zoé;{at('ok1')};;\nEve;{at('out1')};oui;\n").encode(), (1, 1, 0)
    yield "refusal_twice", b"Email;STOP;opt_out\n" + (
        f"{at('out1')};;oui\n{at('out2')};x;\n{at('ok1')};;\n").encode(), (1, 2, 0)
    yield "empty_names", f";;\nZoé;{at('ok1')};\n".encode(), (1, 0, 0)
    yield "names_in_capitals", P.replace("Nom;Email;Désinscrit".encode(),
                                         "NOM;E-MAIL;DÉSINSCRIT".encode()), OK
    yield "names_with_spaces", P.replace(b"Nom;Email;", b" Nom ;  Email\t;"), OK
    yield "names_of_html", P.replace(b"Nom;", b"<script>alert(1)</script>;"), OK
    yield "no_known_name", f"a;b\nx;{at('ok1')}\ny;{at('ok2')}\n".encode(), (2, 0, 0)
    yield "nobody_can_be_reached", "Nom;Ville\nZoé;Lyon\n".encode(), "no column"
    yield "columns_swapped", f"Email;Nom\nZoé;{at('ok1')}\n".encode(), (0, 0, 1)
    yield "refusal_in_german", f"E-Mail;Abgemeldet\n{at('out1')};ja\n{at('ok1')};nein\n".encode(), \
        (1, 1, 0)


def cells():
    yield "formulas", lines(f"=1+1;{at('ok1')};", f"@SUM(A1);{at('ok2')};", f"+x;{at('out1')};1"), \
        (2, 1, 0)
    yield "formula_as_address", lines('=HYPERLINK("x");;'), (0, 0, 1)
    yield "duplicates", P + csv_of(PEOPLE) * 2, (6, 6, 0)
    yield "refusal_after_a_duplicate", lines(f"Eve;{at('out1')};", f"Eve;{at('out1')};oui"), \
        (0, 2, 0)
    yield "refusal_of_another_spelling", lines(f"Eve;{at('OUT1').upper()};",
                                               f"Eve;{at('out1')};oui"), (0, 2, 0)
    yield "refusal_not_understood", lines(f"Eve;{at('out1')};peut-être",
                                          f"Max;{at('out2')};???"), (0, 2, 0)
    yield "refusal_is_a_day", lines(f"Eve;{at('out1')};12/03/2026"), (0, 1, 0)
    yield "refusal_is_no_day", lines(f"Eve;{at('out1')};31/02/2026"), (0, 1, 0)
    yield "refusal_on_a_bad_row", lines(f"Eve;{at('out1')};oui;x", f"Eve;{at('out1')};"), (0, 1, 1)
    yield "address_with_two_at", lines("Zoé;a@@courrier.example;"), (0, 0, 1)
    yield "address_without_domain", lines("Zoé;zoe@;"), (0, 0, 1)
    yield "address_with_a_space", lines("Zoé;z oe@courrier.example;"), (0, 0, 1)
    yield "address_in_brackets", lines(f"Zoé;<{at('ok1')}>;"), (1, 0, 0)
    yield "address_with_mailto", lines(f"Zoé;mailto:{at('ok1')};"), (1, 0, 0)
    yield "two_addresses_in_a_cell", lines(f"Zoé;{at('ok1')}, {at('out1')};"), (0, 0, 1)
    yield "no_address", lines("Zoé;;"), (0, 0, 1)
    yield "nul_in_a_cell", P.replace(b"Max", b"M\0x"), "looks like"
    yield "nul_late", P + csv_of(PEOPLE) * 2000 + f"a\0b;{at('ok3')};\n".encode(), (4003, 4002, 0)
    yield "long_address", lines("Zoé;" + "a" * 100000 + "@courrier.example;"), (0, 0, 1)
    yield "field_over_a_mebibyte", lines("x" * (1 << 20) + f"x;{at('ok1')};", f"M;{at('ok2')};"), \
        (1, 0, 1)
    yield "line_of_17_mebibytes", lines("x" * (17 << 20) + f";{at('ok1')};", f"M;{at('ok2')};"), \
        (1, 0, 1)
    yield "thousand_columns", b"Email" + b";" * 1000 + b"\n" + (
        at("ok1") + ";" * 1000 + "\n").encode(), (1, 0, 0)
    yield "million_columns", b"Email" + b";" * 1000000 + b"\n" + (
        at("ok1") + ";" * 1000000 + "\n").encode(), (1, 0, 0)
    yield "many_names", ";".join(["Email"] + [f"c{i}" for i in range(50000)]).encode() + (
        b"\n" + at("ok1").encode() + b";" * 50000 + b"\n"), (1, 0, 0)


FAMILIES = (encodings, shapes, quotes, headers, cells)
