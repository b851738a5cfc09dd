# SPDX-License-Identifier: Apache-2.0
"""Goal: columns that were named once are known for the next list of the same form.

Method: a list whose names tell nothing is mapped by hand and kept; the next one is screened by the
profile. Then what does not fit: another list, another name, a file that somebody changed.
"""
import unittest

from support import BAD_INPUT, MISSING_INPUT, Desk

LIST = "Contact A;Contact B;\"Note \"\"1\"\"\"\nanne@courrier.example;luc@courrier.example;oui\n"
MAP = ("--map", "email=Contact B", "--map", 'opt_out=Note "1"')


class Profile(Desk):
    def setUp(self):
        super().setUp()
        self.list = self.write("list.csv", LIST)

    def keep(self, name="fair"):
        return self.screen(self.list, *MAP, "--save-profile", name)

    def test_the_next_list_has_the_same_columns(self):
        self.done(self.keep())
        kept = (self.workspace / "profiles" / "fair.toml").read_text()
        self.assertIn('email = ["Contact B"', kept)
        self.assertIn('opt_out = ["Note \\"1\\""]', kept)
        self.consent("luc@courrier.example")
        without = self.done(self.screen(self.list, "--json", out="a")).json()
        answer = self.done(self.screen(self.list, "--profile", "fair", "--json", out="b")).json()
        self.assertEqual(answer["reasons"][0]["rule"], "eu.objection")
        self.assertNotEqual(without["reasons"], answer["reasons"])

    def test_a_choice_of_the_command_line_wins(self):
        self.done(self.keep())
        self.consent("anne@courrier.example")
        answer = self.done(self.screen(self.list, "--profile", "fair", "--map", "opt_out=",
                                       "--map", "email=Contact A", "--json")).json()
        self.assertEqual(answer["allowed"], 1, answer)

    def test_a_list_of_another_form_is_refused_with_its_columns(self):
        self.done(self.keep())
        other = self.write("other.csv", "Email;Nom\nanne@courrier.example;Roux\n")
        answer = self.screen(other, "--profile", "fair", out="other")
        self.assert_refused(answer, BAD_INPUT, "Contact B", "Email, Nom")
        self.assert_nothing_left("other")

    def test_names_and_files_that_are_none(self):
        self.done(self.keep())
        self.assert_refused(self.screen(self.list, "--profile", "faire"), MISSING_INPUT, "fair")
        for name in ("../fair", "a b", "x" * 65):
            self.assert_refused(self.screen(self.list, "--profile", name), BAD_INPUT, "64")
            self.assert_refused(self.keep(name), BAD_INPUT, "64")
        kept = self.workspace / "profiles" / "fair.toml"
        kept.write_text('email = ["Contact B"]\nemial = []\n')
        answer = self.screen(self.list, "--profile", "fair", out="changed")
        self.assert_refused(answer, BAD_INPUT, "fair.toml:2", "emial")
        self.assert_nothing_left("changed")


if __name__ == "__main__":
    unittest.main()
