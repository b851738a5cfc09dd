# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a register which contradicts itself, or its own measurements, makes no document,
and that what is told of it stands where it is to be mended.
Method: the example organisation, with one thing wrong at a time; the program that LICET names.
"""
import datetime
import re
import unittest

import paper_test
from support import BAD_INPUT

TODAY = datetime.date.today()


class Consistency(unittest.TestCase):
    setUp = paper_test.Papers.setUp
    licet = paper_test.Papers.licet
    build = paper_test.Papers.build

    def without_table(self, name):
        """Takes a table out of the register."""
        text = self.register.read_text()
        begin = text.index(f"[{name}]\n")
        end = text.index("\n[", begin) + 1
        self.register.write_text(text[:begin] + text[end:])

    def refused(self, *expected):
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        for one in expected:
            self.assertIn(one, told.err)
        return told

    # ---- facts and facts -----------------------------------------------------------------------
    def test_a_tracker_that_lives_longer_than_is_said_is_not_published(self):
        self.licet("organisation", "set", "tracker.stats.measured_lifetime", "30")
        told = self.refused("measured time", "stats")
        self.assertRegex(told.err, r"organisation\.toml:\d+")
        self.licet("paper", "publish", "cookie_policy.main", expect=BAD_INPUT)

    def test_what_documents_promise_to_keep_is_a_purpose(self):
        self.without_table("purpose.objections")
        self.refused('record = "suppression"')
        self.without_table("purpose.mail_proofs")
        self.refused('record = "consent_proof"', 'form "newsletter"')
        self.without_table("purpose.proofs")
        self.refused('purpose "phone"', 'channel = "live_call"')

    def test_who_calls_is_one_fact_and_a_processor_everywhere(self):
        name = "Appels Modèle SARL"
        out = self.build("--in", "en")
        for document in ("form_notice.calls", "phone_script", "privacy_prospects", "record",
                         "objection_procedure", "agreement_controller.calls"):
            self.assertIn(name, (out / f"{document}.en.txt").read_text(), document)
        self.licet("organisation", "set", "processor.calls.name", "Autre Appels SA")
        out = self.build("form_notice.calls", "phone_script", "--in", "en")
        for document in ("form_notice.calls", "phone_script"):
            text = (out / f"{document}.en.txt").read_text()
            self.assertIn("Autre Appels SA", text, document)
            self.assertNotIn(name, text, document)

    def test_recordings_of_calls_are_a_purpose_like_any_other(self):
        out = self.build("phone_script", "retention_schedule", "record", "--in", "en")
        for document in ("phone_script", "retention_schedule", "record"):
            self.assertIn("training our teams", (out / f"{document}.en.txt").read_text(), document)
        self.licet("organisation", "set", "messages.recordings")
        told = self.licet("paper", "build", "phone_script", expect=BAD_INPUT)
        self.assertIn("messages.recordings", told.err)

    def test_a_policy_names_nobody_who_serves_others_alone(self):
        out = self.build("privacy_customers", "privacy_prospects", "--in", "en")
        customers = (out / "privacy_customers.en.txt").read_text()
        prospects = (out / "privacy_prospects.en.txt").read_text()
        self.assertNotIn("Moulin Exemple", customers)
        self.assertIn("Moulin Exemple", prospects)
        self.assertIn("accountant", customers)
        self.assertNotIn("accountant", prospects)
        self.assertNotIn("orders, invoices and payments: required", prospects)

    # ---- letters -------------------------------------------------------------------------------
    def letter(self, kind, **facts):
        lines = {"person": "Lou Fiction", "received_on": str(TODAY - datetime.timedelta(5)),
                 "signatory": "Camille Exemple", **facts}
        path = self.folder / "case.toml"
        path.write_text("[request]\n" + "".join(f'{k} = "{v}"\n' for k, v in lines.items()))
        return self.licet("paper", "build", kind, "--input", str(path), expect=None)

    def test_a_letter_says_no_day_that_cannot_be(self):
        early, late = str(TODAY - datetime.timedelta(9)), str(TODAY + datetime.timedelta(2))
        for wrong in (early, late):
            told = self.letter("letter_objection", stopped_on=wrong)
            self.assertEqual(told.status, BAD_INPUT, str(told))
            self.assertRegex(told.err, r"case\.toml:\d+")
        told = self.letter("letter_objection", stopped_on=str(TODAY))
        self.assertEqual(told.status, 0, str(told))
        told = self.letter("letter_erasure", erased_on=late, kept="a hash")
        self.assertEqual(told.status, BAD_INPUT, str(told))

    def test_a_case_that_is_not_there_is_no_missing_register(self):
        told = self.licet("paper", "build", "letter_objection", "--input", "nowhere.toml",
                          expect=BAD_INPUT)
        self.assertIn("nowhere.toml", told.err)
        self.assertIn("check the path", told.err)
        self.assertNotIn("register", told.err)

    def test_a_letter_without_its_case_asks_and_blames_no_template(self):
        told = self.licet("paper", "build", "letter_access", expect=BAD_INPUT)
        self.assertIn("request.person", told.err)
        self.assertNotIn("mustache", told.err)

    def test_the_example_letter_can_be(self):
        self.assertIn("stopped_on", paper_test.LETTER)

    # ---- what only one language, or only a picture, shows ---------------------------------------
    def test_what_one_language_alone_lacks_is_told_whichever_is_spoken(self):
        text = self.register.read_text()
        self.register.write_text(re.sub(r'(sms_offer = \{ fr = ")', r"\1Fête ", text))
        told = self.refused("ê")
        line = text[:text.index("sms_offer")].count("\n") + 1
        self.assertRegex(told.err, rf"organisation\.toml:{line}")
        self.assertNotIn("mustache", told.err)

    def test_a_banner_that_contradicts_the_register_is_not_published(self):
        self.licet("organisation", "set", "tracker.stats.lifetime", "24")
        self.refused("tracker.stats")
        out = self.folder / "banner"
        words = ("banner", "build", "--organisation", self.register, "--out", out)
        told = self.licet(*words, "--publish", expect=BAD_INPUT)
        self.assertIn("tracker.stats", told.err)
        self.licet(*words)

    def test_a_folder_keeps_no_banner_of_a_site_that_asks_nothing_any_more(self):
        out = self.folder / "banner"
        words = ("banner", "build", "--organisation", self.register, "--out", out)
        self.licet(*words)
        self.assertTrue((out / "banner-fr.js").exists())
        kept = self.register.read_text()
        for name in re.findall(r"\[(tracker\.\w+)\]", kept):
            self.without_table(name)
        self.licet(*words)
        self.assertEqual(sorted(one.name for one in out.glob("*banner*")),
                         ["no-banner-en.html", "no-banner-fr.html"])
        self.register.write_text(kept)
        self.licet(*words)
        self.assertFalse((out / "no-banner-fr.html").exists())


if __name__ == "__main__":
    unittest.main()
