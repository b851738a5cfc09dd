# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a command line which is not understood is answered by the name of what is wrong,
and never by a value, which may be about somebody.

Method: wrong lines of many kinds, in French and English; nothing is opened.
"""
import unittest

from support import licet

USAGE = 64
SECRET = "camille.zbrivka@courrier-xylo.example"


class CommandLine(unittest.TestCase):
    def refused(self, *words, lang="en"):
        done = licet("--lang", lang, *words)
        self.assertEqual((done.status, done.out), (USAGE, ""), str(done))
        self.assertNotIn(SECRET, done.err)
        return done.err

    def test_what_is_missing_is_named(self):
        self.assertIn('the value "url" is missing', self.refused("site", "visit"))
        self.assertIn('the value "--out" is missing', self.refused("evidence", "build"))
        self.assertIn("«\u00a0--out\u00a0»", self.refused("evidence", "build", lang="fr"))

    def test_an_option_that_is_not_there_is_named_with_the_nearest(self):
        told = self.refused("screen", "list.csv", "--campain", SECRET)
        self.assertIn('"--campain" here; did you mean "--campaign"?', told)
        self.assertIn('"--zzzzzzzzz" here; see', self.refused("law", "list", "--zzzzzzzzz"))
        self.assertIn('"--campain" here', self.refused("screen", "x", f"--campain={SECRET}"))

    def test_a_word_too_many_is_not_repeated(self):
        self.assertIn("a word too many", self.refused("law", "check", SECRET))

    def test_a_value_that_cannot_be_is_told_with_those_that_can(self):
        told = self.refused("paper", "build", "--in", SECRET)
        self.assertIn('"--in" does not take this value; choose among: fr,en,all', told)
        told = self.refused("portfolio", "report", "--year", SECRET)
        self.assertIn('"--year" does not take this value', told)

    def test_a_command_that_takes_a_file_has_options_of_its_own(self):
        told = self.refused("import", SECRET, "--kind", "customer")
        self.assertIn('"--kind" does not take this value; choose among: ', told)
        self.assertIn('"--knid" here; did you mean "--kind"?',
                      self.refused("import", SECRET, "--knid", "contacts"))
        self.assertIn('"--kind" does not take', self.refused("import", "--kind", "customer"))

    def test_an_option_without_its_value_is_named(self):
        self.assertIn('"--out" did not get', self.refused("evidence", "build", "--out"))

    def test_a_command_that_is_not_there_is_told_with_the_nearest(self):
        self.assertIn('did you mean "screen"?', self.refused("scren"))
        self.assertIn("choose among", self.refused("site"))


if __name__ == "__main__":
    unittest.main()
