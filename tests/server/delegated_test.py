# SPDX-License-Identifier: Apache-2.0
"""One question of an audit, handed to somebody by a link: a page without login, cookie or script
that shows this question alone, keeps what was typed when it is wrong, and opens nothing else.

run: LICET=path/to/licet python3 -B -m unittest -q delegated_test
"""
import html
import unittest
import urllib.parse

from support import Server

AUDITS = "/api/v1/audits/current"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}


class Delegated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo", "reader"), tenants=("neighbour",))
        made = cls.server.post("/api/v1/audits", {"audit": "audit-2026"}, "dpo")
        assert made.status == 201, made.text

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def link(self, question, role="dpo", status=201, **more):
        answer = self.server.post(AUDITS + "/delegations",
                                  {"question": question, "by": "marketing", **more}, role)
        self.assertEqual(answer.status, status, answer.text)
        return urllib.parse.urlsplit(answer.json["link"]).path if status == 201 else answer.json

    def get(self, path):
        return self.server.get(path, **{"Accept-Language": "en"})

    def send(self, path, *fields):
        return self.server.ask("POST", path, urllib.parse.urlencode(fields), FORM)

    def card(self, question):
        return self.server.get(f"{AUDITS}/questions/{question}", "dpo",
                               **{"Accept-Language": "en"}).json["card"]

    def open_question(self, kind):
        """One that is asked, of this type and without an answer."""
        self.server.post(AUDITS + "/answers", {"question": "PRO-01", "answer": "consommateurs"},
                         "dpo")
        listed = self.server.get(AUDITS + "/questions", "dpo").json["questions"]
        for one in listed:
            card = self.card(one["id"])
            if card["type"] == kind and not card["answered"] and card["scored"]:
                return card
        raise AssertionError("no such question: " + kind)

    # ---- the page --------------------------------------------------------------------------------
    def test_whoever_has_the_link_answers_that_question_as_that_role(self):
        card = self.open_question("ynp")
        path = self.link(card["id"])
        page = self.get(path)
        self.assertEqual(page.status, 200, page.text)
        self.assertIn(card["question"], html.unescape(page.text))
        self.assertNotIn("<script", page.text)
        self.assertNotIn("set-cookie", page.headers)
        self.assertIn("no-store", page.headers["cache-control"])
        self.assertIn("default-src 'none'", page.headers["content-security-policy"])
        self.assertFalse(self.card(card["id"])["answered"], "looking at it answers nothing")
        done = self.send(path, ("choice", "partly"))
        self.assertEqual(done.status, 201, done.text)
        answer = self.card(card["id"])["answer"]
        self.assertEqual((answer["value"], answer["by"], answer["proof"]),
                         ("partly", "marketing", "declared"))
        self.assertIn("Answered so far: partly", self.get(path).text)

    def test_the_page_is_in_the_language_of_the_browser(self):
        path = self.link("PRO-02")
        self.assertIn("Votre réponse", self.server.get(path, **{"Accept-Language": "fr"}).text)
        self.assertIn("Your answer", self.get(path).text)

    def test_several_choices_are_one_answer(self):
        path = self.link("PRO-02")
        done = self.send(path, ("choice", "email"), ("choice", "sms"))
        self.assertEqual(done.status, 201, done.text)
        self.assertEqual(self.card("PRO-02")["answer"]["value"], "email,sms")

    def test_what_is_wrong_is_told_and_what_was_typed_stays(self):
        card = self.open_question("ynp")
        path = self.link(card["id"])
        for fields in ((), (("typed", "<b>perhaps</b>"),), (("choice", "na"), ("reason", "words"))):
            answer = self.send(path, *fields)
            self.assertEqual(answer.status, 422, answer.text)
            self.assertIn('role="alert"', answer.text)
            self.assertNotIn("<b>perhaps", answer.text)
        self.assertFalse(self.card(card["id"])["answered"])

    # ---- what opens nothing ----------------------------------------------------------------------
    def test_a_link_that_was_changed_opens_nothing(self):
        path = self.link("PRO-02")
        before = self.card("PRO-02").get("answer")
        other = path[:-1] + ("A" if path[-1] != "A" else "B")
        for bad in (other, path + "A", "/d/x", "/d/" + "A" * 2000, "/t/neighbour" + path):
            for answer in (self.get(bad), self.send(bad, ("choice", "email"))):
                self.assertIn(answer.status, (404, 414), (bad, answer.text))
        self.assertEqual(self.card("PRO-02").get("answer"), before)

    def test_a_link_is_made_by_who_may_for_a_question_that_is_asked(self):
        self.assertEqual(self.link("PRO-02", role="reader", status=403)["status"], 403)
        self.assertEqual(self.link("NO-99", status=400)["code"], "audit.no_such_question")
        for days in (0, 91, -1, 10**12):
            self.assertEqual(self.link("PRO-02", status=400, days=days)["code"], "delegation.days")
        self.assertEqual(self.link("PRO-02", status=400, days="ten")["code"], "web.number_wanted")
        self.assertEqual(self.link("PRO-02", status=400, by="Camille Martin")["code"],
                         "audit.by_form")


if __name__ == "__main__":
    unittest.main()
