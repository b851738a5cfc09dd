# SPDX-License-Identifier: Apache-2.0
"""Goal: a warehouse that follows docs/warehouse.md answers as `licet screen` does, row by row.

Method: the commands and the query are read from the page. A list of some thousand invented persons
and a ledger with objections of all scopes, consents, withdrawals, companies, domains and a
partner's list are screened and exported; DuckDB and PostgreSQL run the files. Then more is refused,
only the suppressions are exported again, and both must still agree. Then files are spoilt.
"""
import csv
import hashlib
import io
import json
import os
import pathlib
import random
import re
import shlex
import shutil
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "end_to_end"), str(HERE.parent / "export")]
from engines import engine  # noqa: E402
import support  # noqa: E402

PAGE = (HERE.parents[1] / "docs" / "warehouse.md").read_text(encoding="utf-8")
ROWS = 3000
WORDS = {"allowed": "allowed", "forbidden": "forbidden", "to be checked": "undetermined",
         "out of scope": "out_of_scope", "unreadable": "undetermined"}
EMAIL = (support.CAMPAIGN.replace('audience = "consumer"\nrelation = "none"\n', "")
         .replace('purpose = "commercial"',
                  'purpose = "commercial"\ntopic = "news.wine"\nbrand = "north"')
         .replace("[offer]", '[offer]\noccupations = ["rh"]'))
CALLS = EMAIL.replace('"email"', '"live_call"').replace("2026-11-23T11", "2026-08-04T11").replace(
    '"minor" = "no"', '"minor" = "no"\n"register.bloctel" = "not_listed"\n'
    '"register.bloctel.checked_on" = "2026-08-01"\n"caller_id" = "callable_own"')


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def commands():
    """Gives the commands of the page, each with its words."""
    return [shlex.split(line[2:]) for block in blocks("console") for line in block.splitlines()]


def sirens(chance):
    def is_valid(text):
        digits = [int(one) * (1 + place % 2) for place, one in enumerate(text)]
        return sum(one // 10 + one % 10 for one in digits) % 10 == 0
    while True:
        text = "".join(chance.choice("0123456789") for _ in range(9))
        if text[0] != "0" and is_valid(text):
            yield text


class Warehouse(support.Desk):
    def setUp(self):
        super().setUp()
        self.chance = random.Random(20261126)
        self.workspace = self.here / "desk"
        self.done(support.licet("init", self.workspace))
        self.make_list()

    def make_list(self):
        numbers = sirens(self.chance)
        companies = [next(numbers) for _ in range(60)]
        self.people, out = [], io.StringIO()
        write = csv.writer(out, delimiter=";").writerow
        write(["Ref", "Email", "Mobile", "SIREN", "Fonction", "OptIn", "DateOptIn", "OptOut"])
        for number in range(1, ROWS + 1):
            domain = self.chance.choice(["gmail.com", "example.com", "atelier.example",
                                         f"firm{number % 40}.example"])
            tag = self.chance.choice(["", "", "", "+shop"])
            email = f"p{self.chance.randrange(ROWS)}{tag}@{domain}"
            phone = f"+336399801{self.chance.randrange(100):02}"
            siren = self.chance.choice(companies + [""] * 60)
            if self.chance.random() < 0.01:
                email, phone = "nothing", "12"
            else:
                self.people.append((email, phone, siren))
            claim = self.chance.choice(["", "", "oui"])
            write([number, email, phone, siren, self.chance.choice(["", "DRH", "Resp. RH"]), claim,
                   "2026-05-02" if claim and number % 2 else "",
                   "oui" if self.chance.random() < 0.03 else ""])
        self.write("customers.csv", out.getvalue())

    def tell(self, count, day, kinds):
        """Records events about persons of the list."""
        lines = []
        for _ in range(count):
            email, phone, _ = self.chance.choice(self.people)
            kind = self.chance.choice(kinds)
            said = {"kind": kind, "on": day(), self.chance.choice(["email"] * 3 + ["phone"]): ""}
            name = "email" if "email" in said else "phone"
            said[name] = email if name == "email" else phone
            if kind == "consent_given":
                said |= {"channel": self.chance.choice(["email", "live_call", "sms"]),
                         "purpose": self.chance.choice(["commercial", "commercial.news.wine"]),
                         "attributes": support.VALID_CONSENT}
            elif kind == "objection":
                scope = {"channel": self.chance.choice(["", "email", "live_call", "sms"]),
                         "purpose": self.chance.choice(["", "commercial", "commercial.news",
                                                        "commercial.news.beer", "charity",
                                                        "commercial.news.wine.red"])}
                said |= {name: text for name, text in scope.items() if text}
                brand = self.chance.choice(["", "north", "south"])
                said |= {"attributes": {"brand": brand}} if brand else {}
            elif kind != "interaction":
                said |= {"channel": self.chance.choice(["email", "live_call"])}
            else:
                said |= {"attributes": {"act": "order"}}
            lines.append(json.dumps(said))
        done = self.licet("record", "--jsonl", "-", stdin="\n".join(lines).encode())
        self.done(done)

    def days(self, first, last):
        number = self.chance.randrange
        return lambda: f"2026-{number(first, last):02}-{number(1, 28):02}"

    def remember(self):
        self.tell(900, self.days(1, 7), ["objection", "consent_given", "consent_withdrawn",
                                         "consent_refused", "interaction", "consent_given"])
        self.tell(1500, self.days(5, 8), ["consent_given"])
        self.done(self.licet("suppress", "@firm3.example", "siren:" + self.company(0)))
        self.done(self.licet("suppress", "@firm4.example", "--channel", "email", "--purpose",
                             "commercial.news"))
        self.take_in("sha256", self.people[:40])

    def company(self, number):
        return sorted({siren for _, _, siren in self.people if siren})[number]

    def take_in(self, digest, people):
        text = "".join(hashlib.new(digest, email.encode()).hexdigest() + "\n"
                       for email, _, _ in people)
        self.write("partner.txt", text)
        self.done(self.licet("exchange", "import", "partner.txt", "--digest", digest, "--from",
                             "acme", "--until", "2027-06-01"))

    def refuse_more(self):
        """What comes after the facts: only refusals."""
        self.tell(500, self.days(6, 8), ["objection", "objection", "consent_withdrawn",
                                         "consent_refused"])
        self.done(self.licet("suppress", "@atelier.example", "--brand", "south", "siren:"
                             + self.company(1), "siren:" + self.company(2)))
        self.done(self.licet("suppress", "@firm7.example", "--on", "2026-02-01"))
        self.take_in("sha256", self.people[100:160])

    def follow(self, words, status, dialect):
        words = [dialect if one == "duckdb" else one for one in words[1:]]
        return self.done(support.licet("--packs", support.light_packs(), *words, cwd=self.here),
                         status)

    def screened(self):
        """Gives the answers of `licet screen`, by row."""
        answer = self.screen("customers.csv", campaign="campaign.toml")
        self.done(answer, support.UNREADABLE_ROWS)
        return {int(row["Ref"]): WORDS[row["Verdict"].lower()]
                for name in support.RESULTS for row in self.rows(name)}

    def load(self, database, *files):
        folder = self.here / "warehouse"
        if database.dialect == "postgres":
            # psql is another user here, who may not read our files.
            folder = pathlib.Path(database.folder) / "warehouse"
            shutil.copytree(self.here / "warehouse", folder, dirs_exist_ok=True)
            for path in [folder, *folder.iterdir()]:
                os.chmod(path, 0o755)
        begin = {"postgres": f"\\cd {folder}\n", "duckdb": f"SET file_search_path = '{folder}';\n"}
        for name in files:
            database.run(begin[database.dialect] + (folder / name).read_text(encoding="utf-8"))

    def answers(self, database):
        query, = blocks("sql")
        return {int(row[0]): row[1] for row in database.rows(query)}

    def compare(self, database):
        screened, said = self.screened(), self.answers(database)
        self.assertEqual(len(screened), ROWS)
        differing = {row: (said.get(row), screened[row]) for row in screened
                     if said.get(row) != screened[row]}
        self.assertEqual((differing, len(said)), ({}, ROWS))
        return screened

    def run_page(self, dialect, campaign, is_jsonl=False):
        self.write("campaign.toml", campaign)
        self.remember()
        facts, suppressions, again = commands()
        with engine(dialect) as database:
            form = ["--format", "jsonl"] if is_jsonl else []
            self.follow(facts + form, support.UNREADABLE_ROWS, dialect)
            self.follow(suppressions, 0, dialect)
            self.load(database, "facts.sql", "suppressions.sql", "screen.sql")
            before = self.compare(database)
            self.refuse_more()
            self.follow(again, 0, dialect)
            self.load(database, "suppressions.sql")
            after = self.compare(database)
        for answers in (before, after):
            self.assertGreater(list(answers.values()).count("allowed"), 20)
            self.assertGreater(list(answers.values()).count("forbidden"), 200)
        lost = [row for row in before if before[row] == "allowed" != after[row]]
        self.assertGreater(len(lost), 5, "the second export changed nothing")

    def test_duckdb_answers_as_screen_does_before_and_after_more_is_refused(self):
        self.run_page("duckdb", EMAIL)

    def test_duckdb_answers_so_about_calls_and_from_json_lines(self):
        self.run_page("duckdb", CALLS, is_jsonl=True)

    def test_postgresql_answers_so_too(self):
        self.run_page("postgres", EMAIL)

    def test_postgresql_answers_so_about_calls_and_from_json_lines(self):
        self.run_page("postgres", CALLS, is_jsonl=True)

    def test_no_suppressions_or_those_of_another_export_give_no_verdict(self):
        self.write("campaign.toml", EMAIL)
        self.remember()
        facts, suppressions, _ = commands()
        self.follow(facts, support.UNREADABLE_ROWS, "duckdb")
        self.follow(suppressions, 0, "duckdb")
        old = (self.here / "warehouse" / "suppressions.csv").read_bytes()
        self.follow(facts, support.UNREADABLE_ROWS, "duckdb")
        self.assertFalse((self.here / "warehouse" / "suppressions.csv").exists())
        self.follow(suppressions, 0, "duckdb")
        new = (self.here / "warehouse" / "suppressions.csv").read_bytes()
        tokens = [{line.split(b",")[1] for line in text.splitlines()[1:]} for text in (old, new)]
        self.assertEqual(len(tokens[0]), len(tokens[1]))
        self.assertFalse(tokens[0] & tokens[1], "two exports have a token in common")
        cut = new[:new.rindex(b"export,")]
        for text in (old, cut):
            (self.here / "warehouse" / "suppressions.csv").write_bytes(text)
            with engine("duckdb") as database:
                self.load(database, "facts.sql", "suppressions.sql", "screen.sql")
                self.assertEqual(self.answers(database), {})

    def test_a_list_taken_in_after_the_facts_is_told_and_nothing_is_written(self):
        self.write("campaign.toml", EMAIL)
        self.remember()
        facts, suppressions, _ = commands()
        self.follow(facts, support.UNREADABLE_ROWS, "duckdb")
        self.take_in("md5", self.people[:3])
        answer = self.follow(suppressions, support.BAD_INPUT, "duckdb")
        self.assertIn("md5", answer.err)
        self.assertFalse((self.here / "warehouse" / "suppressions.csv").exists())

    def test_no_address_and_no_token_of_the_ledger_leaves_and_files_are_private(self):
        self.write("campaign.toml", EMAIL)
        self.remember()
        self.done(self.licet("purge", "--dry-run", "--list", "purge.csv"))
        of_ledger = re.findall(r"\b[0-9a-f]{32}\b", (self.here / "purge.csv").read_text())
        self.assertGreater(len(of_ledger), 50)
        facts, suppressions, _ = commands()
        self.follow(facts, support.UNREADABLE_ROWS, "duckdb")
        self.follow(suppressions, 0, "duckdb")
        key = next((self.workspace / "exports").glob("*.key"))
        for path in [key, *(self.here / "warehouse").iterdir()]:
            self.assertEqual(path.stat().st_mode & 0o777, 0o600, path)
        for path in (self.here / "warehouse").iterdir():
            text = path.read_text(encoding="utf-8-sig")
            if path.suffix == ".csv" and path.name != "problems.csv":
                self.assertNotIn("@", text)
            for word in [email for email, _, _ in self.people[:200]] + of_ledger:
                self.assertNotIn(word, text)
            self.assertNotIn(key.read_text().split()[1], text)

    def test_suppressions_without_facts_are_refused(self):
        answer = self.licet("export", "suppressions", "--out", "nowhere")
        self.done(answer, support.MISSING_INPUT)
        self.assertIn("export facts", answer.err)
        self.assertFalse((self.here / "nowhere").exists())

    def test_the_schema_says_each_column_with_its_meaning(self):
        self.write("campaign.toml", EMAIL)
        facts, _, _ = commands()
        self.follow(facts, support.UNREADABLE_ROWS, "duckdb")
        folder = self.here / "warehouse"
        rows, suppressions = json.loads((folder / "schema.json").read_text())["tables"]
        header = (folder / "facts.csv").read_text().split("\n", 1)[0].split(",")
        self.assertEqual([one["column"] for one in rows["columns"]], header)
        self.assertEqual(suppressions["file"], "suppressions.csv")
        for column in rows["columns"] + suppressions["columns"]:
            self.assertTrue(column["type"] and column["meaning"], column)
        own = [name for name in header if name.startswith("licet_")]
        for name in own + [one["column"] for one in suppressions["columns"]]:
            self.assertIn(f"`{name}`", PAGE)


if __name__ == "__main__":
    unittest.main()
