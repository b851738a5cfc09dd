# SPDX-License-Identifier: Apache-2.0
"""Goal: show that the exported JSON alone is enough to decide as the program does.
Method: another program (table_decider.py, which knows only docs/table-format.md) decides all cases
of tests/law_cases about contacts, and thousands of random acts; answer, deciding rules, duties,
missing facts and certainty must be those of `licet check --facts-jsonl`.
"""
import json
import random
import unittest

from support import ask, contact_cases, export, licet, random_acts
from table_decider import Law


class Table(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.text = export("json")
        cls.law = Law(json.loads(cls.text))

    def assert_same(self, asked, law=None):
        """Holds that the program and the table say the same of each act."""
        law = law or self.law
        for one, said in zip(asked, ask(asked), strict=True):
            found = law.decide(one.get("question", "contact"), one["facts"])
            wanted = {"answer": said["verdict"],
                      "reasons": [reason["rule"] for reason in said["reasons"]],
                      "duties": [duty["id"] for duty in said["duties"]],
                      "missing": said["missing"], "certainty": said["certainty"]}
            found.pop("rule")
            self.assertEqual(found, wanted, one)

    def test_all_cases_are_decided_alike(self):
        cases = contact_cases()
        self.assertGreater(len(cases), 150)
        self.assert_same(cases)

    def test_random_acts_are_decided_alike(self):
        for question in self.law.tables:
            count = 1500 if question == "contact" else 400
            self.assert_same(random_acts(self.text, count, random.Random(1), question))

    def test_an_export_of_one_question_has_no_other(self):
        document = json.loads(export("json", "--question", "contact"))
        self.assertEqual([table["question"] for table in document["tables"]], ["contact"])

    def test_an_export_of_one_country_decides_it_alone(self):
        whole = json.loads(self.text)
        text = export("json", "--country", "fr", "--question", "contact")
        part = json.loads(text)
        self.assertEqual(part["countries"], ["fr"])
        self.assertLess(len(part["tables"][0]["cells"]), len(whole["tables"][0]["cells"]) + 1)
        law = Law(part)
        acts = random_acts(self.text, 300, random.Random(2))
        inside = [act for act in acts if act["facts"].get("country") == "fr"]
        outside = [act for act in acts if act["facts"].get("country") != "fr"]
        self.assertGreater(len(inside), 40)
        self.assertGreater(len(outside), 50)
        self.assert_same(inside, law)
        for act in outside:
            self.assertEqual(law.decide("contact", act["facts"])["answer"], "undetermined", act)

    def test_the_same_law_gives_the_same_bytes(self):
        self.assertEqual(self.text, export("json"))

    def test_a_country_without_a_pack_is_told(self):
        answer = licet("law", "export", "json", "--country", "zz")
        self.assertEqual(answer.returncode, 65)
        self.assertEqual(answer.stdout, b"")
        self.assertIn(b'"zz"', answer.stderr)
        self.assertIn(b"fr", answer.stderr)

    def test_a_question_without_rules_is_told(self):
        answer = licet("law", "export", "json", "--question", "nothing")
        self.assertEqual(answer.returncode, 66)
        self.assertIn(b'"nothing"', answer.stderr)


if __name__ == "__main__":
    unittest.main()
