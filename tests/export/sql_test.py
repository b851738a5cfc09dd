# SPDX-License-Identifier: Apache-2.0
"""Goal: show that the exported SQL, run in real databases, answers as the program does and is never
laxer.
Method: all cases of tests/law_cases about contacts and thousands of random acts go through
`licet check --facts-jsonl` and through the views in SQLite, PostgreSQL and DuckDB. An answer of SQL
must be the program's, or `undetermined`; how often it is `undetermined` although the program
decides is counted, and the counts are held here.
"""
import json
import random
import re
import tempfile
import pathlib
import unittest

from engines import ENGINES, engine, literal
from support import ask, contact_cases, export, licet, random_acts

RANDOM_ACTS = 4000
# What SQL may leave open although the program decides, in percent of the random acts.
MOST_LEFT_OPEN = 1.0


def scripts(dialect, *arguments):
    """Gives the three files of an export."""
    with tempfile.TemporaryDirectory(prefix="licet-sql-") as folder:
        done = licet("law", "export", "sql", "--dialect", dialect, "--out", folder,
                     *arguments)
        assert done.returncode == 0, done.stderr.decode()
        return {path.stem: path.read_text(encoding="utf-8")
                for path in pathlib.Path(folder).iterdir()}


def columns_of(facts_script):
    return re.findall(r'^  "([^"]+)" ', facts_script, re.M)


class World:
    """Acts, what the program says of them, and the rows that SQL is given."""

    def __init__(self):
        text = export("json")
        document = json.loads(text)
        self.facts = {fact["name"]: fact for fact in document["facts"]}
        self.cases = contact_cases()
        self.acts = self.cases + random_acts(text, RANDOM_ACTS, random.Random(3))
        self.answers = ask(self.acts)
        self.is_case = [True] * len(self.cases) + [False] * RANDOM_ACTS

    def row(self, place):
        """Gives the facts that SQL gets: for every other act without what it can derive."""
        return {name: one["value"] for name, one in self.answers[place]["facts"].items()
                if place % 2 or one["from"] != "derived" or name in ("at", "local_time")}

    def insert(self, columns, dialect):
        """Gives a script that puts one row for each act into licet_facts."""
        rows = []
        for place in range(len(self.acts)):
            row = self.row(place)
            values = [literal(self.facts[name], row.get(name), dialect) for name in columns]
            rows.append(f"('{place}', " + ", ".join(values) + ")")
        return "".join("INSERT INTO licet_facts VALUES\n" + ",\n".join(rows[i:i + 400]) + ";\n"
                       for i in range(0, len(rows), 400))


class Sql(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.world = World()

    def compare(self, dialect, form):
        files = scripts(dialect, "--form", form) if form else scripts(dialect)
        with engine(dialect) as database:
            database.run(files["facts"])
            database.run(self.world.insert(columns_of(files["facts"]), dialect))
            database.run(files["law"])
            found = {int(row[0]): row[1:] for row in database.rows(
                "SELECT licet_id, answer, rule FROM licet_verdict")}
        self.assertEqual(len(found), len(self.world.acts))
        left_open, decided, other_rule = [], 0, []
        for place, said in enumerate(self.world.answers):
            answer, rule = found[place]
            wanted = said["verdict"]
            told = (place, answer, rule, wanted, [one["rule"] for one in said["reasons"]],
                    self.world.acts[place])
            decided += wanted != "undetermined"
            if answer == "undetermined" and wanted != "undetermined":
                left_open.append(told)
                continue
            self.assertEqual(answer, wanted, told)
            if answer == "undetermined":
                self.assertIsNone(rule, told)
                continue
            rules = [one["rule"] for one in said["reasons"]]
            self.assertIn(rule, rules or [None], told)
            if rules and rule != rules[0]:
                other_rule.append(told)
        of_cases = [told for told in left_open if self.world.is_case[told[0]]]
        print(f"{dialect} {form}: {len(found)} acts, {decided} decided, left open {len(left_open)} "
              f"(cases {len(of_cases)}), another rule first {len(other_rule)}")
        self.assertEqual(of_cases, [])
        self.assertLessEqual(len(left_open), RANDOM_ACTS * MOST_LEFT_OPEN / 100, left_open[:3])

    def test_sqlite_case(self):
        self.compare("sqlite", "case")

    def test_postgres_case(self):
        self.compare("postgres", "case")

    def test_duckdb_case(self):
        self.compare("duckdb", "case")

    def test_the_self_check_finds_no_difference(self):
        for dialect in ENGINES:
            with self.subTest(dialect=dialect), engine(dialect) as database:
                files = scripts(dialect)
                for name in ("facts", "law", "check"):
                    database.run(files[name])
                self.assertEqual(database.rows("SELECT * FROM licet_difference"), [])
                count = database.rows("SELECT count(*) AS n FROM licet_check_answer")[0][0]
                self.assertGreater(int(count), 400)


if __name__ == "__main__":
    unittest.main()
