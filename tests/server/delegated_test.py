# SPDX-License-Identifier: Apache-2.0
"""One question of an audit, handed to somebody by a link: a page without login, cookie or script
that shows this question alone, keeps what was typed when it is wrong, and opens nothing else.

run: LICET=path/to/licet python3 -B -m unittest -q delegated_test
"""
import html
import itertools
import os
import re
import unittest
import urllib.parse

from support import Server

AUDITS = "/api/v1/audits/current"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}


class Delegated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--behind-proxy",
                            roles=("dpo_lead", "dpo", "reader"), tenants=("neighbour",))
        cls.places = itertools.count(1)
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

    def elsewhere(self):
        """Each reader comes from a place of their own: one place is slowed down."""
        return {"X-Forwarded-For": f"10.0.0.{next(self.places)}"}

    def get(self, path, lang="en", method="GET"):
        return self.server.ask(method, path, None, {"Accept-Language": lang, **self.elsewhere()})

    def send(self, path, *fields, over=""):
        fields = [*fields, ("over", over)] if over else fields
        return self.server.ask("POST", path, urllib.parse.urlencode(fields),
                               {**FORM, **self.elsewhere()})

    def over(self, path):
        return re.search(r'name="over" value="([^"]*)"', self.get(path).text)[1]

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
        self.assertIn("Votre réponse", self.get(path, "fr").text)
        self.assertIn("Your answer", self.get(path).text)

    def test_several_choices_are_one_answer(self):
        path = self.link("PRO-02")
        done = self.send(path, ("choice", "email"), ("choice", "sms"), over=self.over(path))
        self.assertEqual(done.status, 201, done.text)
        self.assertEqual(self.card("PRO-02")["answer"]["value"], "email,sms")

    def test_what_is_wrong_is_told_and_what_was_typed_stays(self):
        card = self.open_question("ynp")
        path = self.link(card["id"])
        for fields in ((), (("typed", "<b>perhaps</b>"),), (("choice", "na"), ("reason", "words")),
                       (("typed", "yes"), ("choice", "no"))):
            answer = self.send(path, *fields)
            self.assertEqual(answer.status, 422, answer.text)
            self.assertIn('role="alert"', answer.text)
            self.assertNotIn("<b>perhaps", answer.text)
            # The reader knows no command line.
            self.assertNotIn("--", answer.text.split("<main>")[1])
            self.assertNotIn("licet ", answer.text.split("<main>")[1])
        for kind, body in (("application/json", "{}"), (FORM["Content-Type"], "a=" + "x" * 5000),
                           (FORM["Content-Type"], "a=%ff%fe")):
            answer = self.server.ask("POST", path, body,
                                     {"Content-Type": kind, **self.elsewhere()})
            self.assertEqual(answer.status, 400, answer.text)
            self.assertIn("<form", answer.text)
        self.assertFalse(self.card(card["id"])["answered"])

    def test_nothing_is_answered_over_what_its_reader_has_not_seen(self):
        card = self.open_question("ynp")
        path = self.link(card["id"])
        seen = self.over(path)
        self.assertEqual(seen, "none")
        own = self.server.post(AUDITS + "/answers", {"question": card["id"], "answer": "no"}, "dpo")
        self.assertEqual(own.status, 201, own.text)
        late = self.send(path, ("choice", "yes"), over=seen)
        self.assertEqual(late.status, 409, late.text)
        self.assertIn("Answered so far: no", late.text)
        self.assertEqual(self.card(card["id"])["answer"]["value"], "no")
        self.assertEqual(self.send(path, ("choice", "yes"), over=self.over(path)).status, 201)
        self.assertEqual(self.card(card["id"])["answer"]["value"], "yes")

    def test_the_same_answer_again_is_no_other_event_and_there_is_an_end_to_them(self):
        card = self.open_question("ynp")
        path = self.link(card["id"])
        self.assertEqual(self.send(path, ("choice", "yes")).status, 201)
        key = self.card(card["id"])["answer"]["key"]
        self.assertEqual(self.send(path, ("choice", "yes")).status, 200, "a page that is reloaded")
        self.assertEqual(self.card(card["id"])["answer"]["key"], key)
        for number in range(19):
            value = ("no", "yes")[number % 2]
            self.assertEqual(self.send(path, ("choice", value), over=self.over(path)).status, 201)
        self.assertEqual(self.send(path, ("choice", "yes"), over=self.over(path)).status, 429)

    def test_one_place_is_slowed_down(self):
        path = self.link("PRO-02")
        there = {"X-Forwarded-For": "10.9.9.9"}
        statuses = {self.server.ask("GET", path, None, there).status for _ in range(20)}
        self.assertEqual(statuses, {200, 429})

    def test_a_link_of_another_tenant_opens_there_alone(self):
        there = {"Licet-Tenant": "neighbour"}
        made = self.server.ask("POST", "/api/v1/audits", {"audit": "theirs"}, there, "dpo_lead")
        self.assertEqual(made.status, 201, made.text)
        answer = self.server.ask("POST", AUDITS + "/delegations",
                                 {"question": "PRO-02", "by": "sales"}, there, "dpo_lead")
        path = urllib.parse.urlsplit(answer.json["link"]).path
        self.assertTrue(path.startswith("/t/neighbour/d/"))
        self.assertEqual(self.get(path).status, 200)
        self.assertEqual(self.get(path.removeprefix("/t/neighbour")).status, 404)
        self.assertEqual(self.get(path, method="HEAD").status, 200)

    # ---- what opens nothing ----------------------------------------------------------------------
    def test_a_link_that_was_changed_opens_nothing(self):
        path = self.link("PRO-02")
        before = self.card("PRO-02").get("answer")
        other = path[:-1] + ("A" if path[-1] != "A" else "B")
        for bad in (other, path + "A", "/d/x", "/d/" + "A" * 2000, "/t/neighbour" + path):
            for answer in (self.get(bad), self.send(bad, ("choice", "email"))):
                self.assertIn(answer.status, (404, 414), (bad, answer.text))
        self.assertEqual(self.card("PRO-02").get("answer"), before)

    def test_a_fault_of_the_server_is_not_told_to_strangers(self):
        path = self.link("PRO-02")
        key = self.server.workspace / "signing.key"
        os.chmod(key, 0o644)
        try:
            answer = self.get(path)
        finally:
            os.chmod(key, 0o600)
        self.assertEqual(answer.status, 503, answer.text)
        self.assertNotIn(str(self.server.folder), answer.text)
        self.assertEqual(self.get(path).status, 200)

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
