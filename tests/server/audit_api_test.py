# SPDX-License-Identifier: Apache-2.0
"""The DPO's part of the API: audit, plan, registers, requests and label, as programs and the
console use them; two people at once, another version, what must not get in.

run: LICET=path/to/licet python3 -B -m unittest -q audit_api_test
"""
import concurrent.futures
import hashlib
import json
import shutil
import time
import unittest

from support import Server, run

CURRENT = "/api/v1/audits/current"
BEST = {"yn": "yes", "ynp": "yes", "num": "0", "table": "5/5", "url": "www.verveine.example"}
# Everything: both audiences, all channels, three countries, a processor.
PROFILE = {
    "PRO-01": "professionnels,consommateurs", "PRO-02": "email,sms,telephone,automate,courrier",
    "PRO-03": "FR,DE,BE", "PRO-05": "formulaires,clients,salons,achat_location", "PRO-06": "yes",
}


def best_of(card):
    """The answer that a company without fault would give."""
    if card["id"] in PROFILE:
        return PROFILE[card["id"]]
    if card["type"] == "single":
        return card["options"][0]["id"]
    if card["type"] == "multi":
        return ",".join(one["id"] for one in card["options"])
    return BEST[card["type"]]


class Case(unittest.TestCase):
    """A server with an audit that has begun."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo", "referent", "reader"), tenants=("neighbour",))
        made = cls.server.post("/api/v1/audits", {"audit": "audit-2026"}, "dpo")
        assert made.status == 201, made.text

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def card(self, question="next", role="dpo", after=""):
        query = f"?after={after}" if after else ""
        answer = self.server.get(f"{CURRENT}/questions/{question}{query}", role)
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json

    def answer(self, question, value, role="dpo", **more):
        body = {"question": question, "answer": value, **more}
        return self.server.post(f"{CURRENT}/answers", body, role)

    def over(self, question):
        """What is to be said to answer over whatever is there."""
        known = self.card(question)["card"].get("answer")
        return {"over": known["key"]} if known else {}


class Beginning(unittest.TestCase):
    def test_an_empty_tenant_has_no_audit_and_that_is_no_fault(self):
        with Server(roles=("dpo",)) as server:
            self.assertEqual(server.get("/api/v1/audits", "dpo").json, {"audits": []})
            for path in ("/questions", "/questions/next", "/score", "/plan", "/report"):
                answer = server.get(CURRENT + path, "dpo")
                self.assertEqual((answer.status, answer.json["code"]), (404, "audit.none"), path)
            labels = server.get("/api/v1/labels", "dpo").json
            self.assertEqual((labels["labels"], labels["level"]), ([], None))
            for book in ("processors", "breaches", "complaints", "requests"):
                self.assertEqual(server.get(f"/api/v1/{book}", "dpo").json, {book: []})

    def test_a_first_finding_needs_few_answers(self):
        """A start, one theme, a blocking no: what the first run of the console does."""
        with Server(roles=("dpo",)) as server:
            server.post("/api/v1/audits", {}, "dpo")
            asked = server.get(f"{CURRENT}/questions", "dpo").json["questions"]
            first = next(one for one in asked if one["theme"] == "OPP")
            done = server.post(f"{CURRENT}/answers", {"question": first["id"], "answer": "no"},
                               "dpo")
            self.assertEqual(done.status, 201, done.text)
            found = server.get(f"{CURRENT}/score", "dpo").json
            self.assertTrue(any(one["id"] == first["id"] and one["answer"] == "no"
                                for one in found["questions"]))
            plan = server.get(f"{CURRENT}/plan", "dpo").json["plan"]
            self.assertTrue(any(first["id"] in one["questions"] for one in plan))


class Cards(Case):
    def test_an_audit_of_the_same_name_is_there_already(self):
        answer = self.server.post("/api/v1/audits", {"audit": "audit-2026"}, "dpo")
        self.assertEqual((answer.status, answer.json["code"]), (409, "audit.started_before"))
        answer = self.server.post("/api/v1/audits", {"audit": "current"}, "dpo")
        self.assertEqual((answer.status, answer.json["code"]), (400, "audit.name_form"))

    def test_a_card_says_why_it_is_asked_by_which_law_and_how_long_it_will_take(self):
        self.answer("PRO-02", "email,sms", **self.over("PRO-02"))
        asked = self.server.get(f"{CURRENT}/questions", "dpo").json["questions"]
        cards = [self.card(one["id"])["card"] for one in asked]
        self.assertTrue(any(card["why"] and card["why"][0]["said"] for card in cards))
        self.assertTrue(any(card["rules"] and card["rules"][0]["tell"] for card in cards))
        self.assertTrue(all(card["law"] for card in cards if card["scored"]))
        shown = self.card()
        self.assertGreater(shown["progress"]["seconds_left"], 0)
        self.assertEqual(shown["version"], asked and shown["version"])

    def test_a_card_speaks_the_language_that_is_asked_for(self):
        for language, word in (("fr", "Par quels canaux"), ("en", "Channels")):
            answer = self.server.get(f"{CURRENT}/questions/PRO-02", "dpo",
                                     **{"Accept-Language": language})
            self.assertIn(word, answer.json["card"]["question"])

    def test_next_goes_on_behind_the_one_that_was_skipped_and_comes_back_to_it(self):
        first = self.card()["card"]["id"]
        second = self.card(after=first)["card"]["id"]
        self.assertNotEqual(first, second)
        asked = self.server.get(f"{CURRENT}/questions", "dpo").json["questions"]
        last = [one["id"] for one in asked][-1]
        self.assertEqual(self.card(after=last)["card"]["id"], first)

    def test_a_question_that_is_not_asked_is_missing(self):
        answer = self.server.get(f"{CURRENT}/questions/XXX-99", "dpo")
        self.assertEqual((answer.status, answer.json["code"]), (404, "audit.no_question_here"))
        self.assertEqual(self.server.get("/api/v1/audits/another/score", "dpo").status, 404)


class Answers(Case):
    def test_two_people_who_answer_at_once_are_told(self):
        seen = self.over("PRO-04")
        first = self.answer("PRO-04", "moins_de_1000", **seen)
        self.assertEqual(first.status, 201, first.text)
        second = self.answer("PRO-04", "plus_de_100000", "referent", **seen)
        self.assertEqual((second.status, second.json["code"]), (409, "audit.answered_meanwhile"))
        same = self.answer("PRO-04", "moins_de_1000", "referent", **seen)
        self.assertEqual((same.status, same.json["recorded"]), (200, False))
        again = self.answer("PRO-04", "plus_de_100000", "referent", over=first.json["key"])
        self.assertEqual(again.status, 201, again.text)
        self.assertEqual(self.card("PRO-04")["card"]["answer"]["by"], "referent")
        self.assertEqual(self.server.get(f"{CURRENT}/score", "dpo").json["conflicts"], [])

    def test_of_twenty_at_the_same_moment_one_is_first(self):
        seen = self.over("PRO-08")
        options = [one["id"] for one in self.card("PRO-08")["card"]["options"]]
        self.server.log_in("dpo")

        def one(i):
            return self.answer("PRO-08", options[i % len(options)], **seen)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            done = list(pool.map(one, range(20)))
        self.assertEqual([answer.status for answer in done].count(201), 1)
        self.assertLessEqual({answer.status for answer in done}, {200, 201, 409})

    def test_an_answer_to_another_version_is_refused_with_the_reason(self):
        answer = self.answer("PRO-06", "yes", version="2024.01-1", **self.over("PRO-06"))
        self.assertEqual((answer.status, answer.json["code"]), (409, "audit.other_version"))
        self.assertIn(self.card()["version"], answer.json["detail"])

    def test_what_is_no_answer_is_said(self):
        for question, value, more, code in (
                ("PRO-06", "perhaps", {}, "audit.answer_form_yn"),
                ("PRO-04", "9", {}, "audit.answer_form_single"),
                ("XXX-01", "yes", {}, "audit.no_such_question"),
                ("COO-01", "na", {}, "audit.reason_needed"),
                ("COO-01", "yes", {"proof": "measured"}, "audit.proof_form"),
                ("COO-01", "yes", {"proof": "document"}, "audit.document_needed"),
                ("COO-01", "yes", {"evidence": "../../access.json"}, "audit.evidence_form"),
                ("COO-01", "yes", {"by": "Camille Dupont"}, "audit.by_form")):
            answer = self.answer(question, value, **more)
            self.assertEqual((answer.status, answer.json["code"]), (400, code), answer.text)
        answer = self.answer("COO-01", "yes", evidence="0" * 64)
        self.assertEqual((answer.status, answer.json["code"]), (404, "evidence.lost"))

    def test_a_document_makes_an_answer_sure_and_leaves_the_score(self):
        bytes_ = "The banner was tried on 20 November."
        kept = self.server.ask("POST", "/api/v1/evidence", bytes_,
                               {"Content-Type": "application/octet-stream"}, "dpo")
        self.assertEqual(kept.status, 201, kept.text)
        digest = kept.json["evidence"]
        self.assertEqual(digest, hashlib.sha256(bytes_.encode()).hexdigest())
        first = self.answer("OPP-01", "yes", **self.over("OPP-01"))
        before = first.json["progress"]
        after = self.answer("OPP-01", "yes", evidence=digest,
                            over=first.json["key"]).json["progress"]
        self.assertGreater(after["assurance"], before["assurance"])
        self.assertEqual(after["score"], before["score"])
        self.assertEqual(self.server.get(f"/api/v1/evidence/{digest}", "dpo").text, bytes_)
        for name in ("x", "..%2f..%2faccess.json", "0" * 64):
            self.assertEqual(self.server.get(f"/api/v1/evidence/{name}", "dpo").status, 404)

    def test_the_command_line_and_the_api_see_the_same_audit(self):
        self.answer("PRO-07", "www.verveine.example", **self.over("PRO-07"))
        where = ("-w", str(self.server.workspace))
        run("audit", "answer", "-q", "PRO-06", "-a", "no", *where, check=True)
        self.assertEqual(self.card("PRO-06")["card"]["answer"]["value"], "no")
        told = json.loads(run("--lang", "en", "audit", "score", "--json", *where).stdout)
        asked = self.server.get(f"{CURRENT}/score", "dpo", **{"Accept-Language": "en"}).json
        self.assertEqual(asked, told)


class Whole(Case):
    def test_every_question_answered_gives_score_plan_and_report(self):
        times, count, trail = [], 0, []
        shown = self.card()
        while shown["card"]:
            card = shown["card"]
            begun = time.monotonic()
            done = self.answer(card["id"], best_of(card), version=shown["version"])
            times.append(time.monotonic() - begun)
            self.assertEqual(done.status, 201, (card["id"], done.text))
            shown, count = done.json, count + 1
            trail.append(card["id"])
            self.assertLess(count, 120, trail[-5:])
        self.assertGreater(count, 80)
        self.assertEqual(shown["progress"]["unanswered"], 0)
        score = self.server.get(f"{CURRENT}/score", "dpo").json
        self.assertEqual(score["score"], 100, score["blocking"])
        self.assertEqual(len(score["themes"]), 16)
        report = self.server.get(f"{CURRENT}/report", "dpo")
        self.assertIn("text/html", report.headers["content-type"])
        self.assertNotIn("<script", report.text)
        printed = self.server.get(f"{CURRENT}/report?as=pdf", "dpo")
        if shutil.which("chromium"):
            self.assertTrue(printed.body.startswith(b"%PDF-"), printed.text[:80])
        else:
            self.assertEqual(printed.json["code"], "pdf.no_browser")
        self.assertEqual(self.server.get(f"{CURRENT}/report?as=odt", "dpo").status, 400)
        # "Declared only" can never get a label, and the way to one is said.
        labels = self.server.get("/api/v1/labels", "dpo").json
        self.assertIsNone(labels["level"])
        self.assertTrue(labels["lacking"])
        times.sort()
        print(f"{count} answers, middle {times[count // 2] * 1000:.0f} ms, "
              f"slowest {times[-1] * 1000:.0f} ms")

    def test_then_a_bad_answer_makes_an_action_that_somebody_gets(self):
        done = self.answer("OPP-05", "no", **self.over("OPP-05"))
        self.assertTrue(done.json["blocking"], done.text)
        plan = self.server.get(f"{CURRENT}/plan", "dpo").json["plan"]
        mine = next(one for one in plan if "OPP-05" in one["questions"])
        self.assertTrue(mine["open"])
        given = self.server.post(f"{CURRENT}/plan", {"action": mine["id"], "owner": "marketing",
                                                     "due": "2030-01-31"}, "dpo")
        mine = next(one for one in given.json["plan"] if one["id"] == mine["id"])
        self.assertEqual((mine["owner"], mine["due"]), ("marketing", "2030-01-31"))
        # What is not said stays, what is empty is taken back; all within a second or two.
        for said, cost, begun in (({"cost": "900"}, 900, False), ({"begun": "yes"}, 900, True),
                                  ({"cost": ""}, None, True), ({"cost": "900"}, 900, True),
                                  ({"begun": "no"}, 900, False), ({"owner": ""}, 900, False)):
            given = self.server.post(f"{CURRENT}/plan", {"action": mine["id"], **said}, "dpo")
            now = next(one for one in given.json["plan"] if one["id"] == mine["id"])
            self.assertEqual((now.get("cost"), now["begun"], now["due"]),
                             (cost, begun, "2030-01-31"), said)
        self.assertNotEqual(now["owner"], "marketing")
        for bad in ({"cost": "-1"}, {"cost": "1e3"}, {"cost": 7}, {"begun": "perhaps"}):
            answer = self.server.post(f"{CURRENT}/plan", {"action": mine["id"], **bad}, "dpo")
            self.assertEqual(answer.status, 400, answer.text)
        bad = self.server.post(f"{CURRENT}/plan", {"action": "A99"}, "dpo")
        self.assertEqual((bad.status, bad.json["code"]), (400, "audit.no_such_action"))


class Registers(Case):
    def test_a_processor_is_judged_by_the_law(self):
        made = self.server.post("/api/v1/processors", {"id": "crisp", "contract": "yes"}, "dpo")
        self.assertEqual(made.status, 201, made.text)
        self.assertEqual(made.json["country"], "nl")
        twice = self.server.post("/api/v1/processors", {"id": "crisp"}, "dpo")
        self.assertEqual(twice.json["code"], "entry.there_already")
        self.server.post("/api/v1/processors", {"id": "far-tool", "country": "us", "role":
                                                "processor", "dpf": "none", "tool": "none"}, "dpo")
        found = {one["id"]: one for one in
                 self.server.get("/api/v1/processors", "dpo").json["processors"]}
        self.assertIn(found["crisp"]["transfer"], ("allowed", "undetermined"))
        self.assertNotEqual(found["far-tool"]["transfer"], "allowed")
        self.server.post("/api/v1/processors", {"id": "far-tool", "step": "removed"}, "dpo")
        left = self.server.get("/api/v1/processors", "dpo").json["processors"]
        self.assertEqual([one["id"] for one in left], ["crisp"])
        tools = self.server.get("/api/v1/processors/tools?q=calend", "dpo").json["tools"]
        self.assertTrue(tools)
        # Of some only the name is known; what is said of a place has its source and day.
        for one in (one for one in tools if one["hosting"] or one["parent"]):
            self.assertTrue(one["source"] and one["read_on"], one["id"])

    def test_who_only_answers_writes_no_register_and_a_reader_sees_none(self):
        for book in ("processors", "breaches", "complaints"):
            self.assertEqual(self.server.get(f"/api/v1/{book}", "referent").status, 200)
            self.assertEqual(self.server.post(f"/api/v1/{book}", {"id": "x1"}, "referent").status,
                             403)
            self.assertEqual(self.server.get(f"/api/v1/{book}", "reader").status, 403)
        for path in ("/questions", "/score", "/plan"):
            self.assertEqual(self.server.get(CURRENT + path, "reader").status, 403)
        self.assertEqual(self.server.get("/api/v1/requests", "referent").status, 403)

    def test_what_looks_like_somebody_does_not_get_in(self):
        for body in ({"id": "c-1", "origin": "x"}, {"id": "Camille Dupont"},
                     {"id": "c-1", "x": "y"}, {"id": "a@example.com"},
                     {"id": "c-2", "on": "2999-01-01"}, {"id": "c-3", "step": "eaten"}, {}):
            answer = self.server.post("/api/v1/complaints", body, "dpo")
            self.assertEqual(answer.status, 400, answer.text)

    def test_breaches_and_complaints_go_step_by_step(self):
        for book, first, then in (("breaches", {"what": "lost", "people": "40"}, "assessed"),
                                  ("complaints", {"origin": "customer"}, "answered")):
            self.server.post(f"/api/v1/{book}", {"id": "n-1", **first}, "dpo")
            done = self.server.post(f"/api/v1/{book}", {"id": "n-1", "step": then}, "dpo")
            self.assertEqual(done.status, 201, done.text)
            one = self.server.get(f"/api/v1/{book}", "dpo").json[book][0]
            self.assertEqual([step["step"] for step in one["steps"]][1], then)

    def test_of_two_who_open_the_same_entry_one_is_refused(self):
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            done = list(pool.map(lambda people: self.server.post(
                "/api/v1/breaches", {"id": "same-1", "people": str(people)}, "dpo").status,
                range(6)))
        self.assertEqual(sorted(done), [201, 400, 400, 400, 400, 400])
        one = next(one for one in self.server.get("/api/v1/breaches", "dpo").json["breaches"]
                   if one["id"] == "same-1")
        self.assertEqual(len(one["steps"]), 1)
        self.assertTrue(one["entered_on"])

    def test_a_request_has_a_clock_and_a_letter_and_no_name(self):
        made = self.server.post("/api/v1/requests", {"step": "open", "kind": "access", "address":
                                                     "camille@example.com", "language": "en"},
                                "dpo")
        self.assertEqual(made.status, 201, made.text)
        self.assertTrue(made.json["letter"]["text"])
        listed = self.server.get("/api/v1/requests", "dpo")
        self.assertNotIn("camille", listed.text)
        one = listed.json["requests"][0]
        self.assertGreater(one["days_left"], 20)
        done = self.server.post("/api/v1/requests", {"step": "answer", "address":
                                                     "camille@example.com"}, "dpo")
        self.assertEqual((done.status, done.json["state"]), (200, "answered"), done.text)
        self.assertEqual(self.server.get("/api/v1/requests", "dpo").json["requests"], [])
        all_ = self.server.get("/api/v1/requests?all=yes", "dpo").json["requests"]
        self.assertEqual(len(all_), 1)


class Labels(Case):
    def test_there_is_no_label_without_a_level_and_no_page_without_a_label(self):
        answer = self.server.post("/api/v1/labels", {"domain": "verveine.example"}, "dpo")
        self.assertEqual(answer.status, 400, answer.text)
        self.assertEqual(self.server.get("/label/").status, 404)
        for path in ("/label/label-signing.key", "/label/..%2faccess.json", "/t/nobody/label/",
                     "/t/..%2f..%2fetc/label/label.json", "/t/neighbour/label/label.json"):
            self.assertIn(self.server.get(path).status, (400, 404), path)

    def test_a_token_that_only_records_signs_nothing(self):
        token = self.server.token("record", role="dpo")
        answer = self.server.post("/api/v1/labels", {"domain": "verveine.example"}, None, **token)
        self.assertEqual((answer.status, answer.json["code"]), (400, "label.papers_wanted"))


if __name__ == "__main__":
    unittest.main()
