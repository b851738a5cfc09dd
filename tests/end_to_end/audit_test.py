# SPDX-License-Identifier: Apache-2.0
"""Goal: show that an audit can be made, scored, planned and reported with the program alone, that
what it measures wins over what it is told, and that bad input and two people at once are told.

Method: a workspace in a temporary folder, the carried questionnaire and packs, invented people.
What is read back is read from --json, and from the page that a person would open.
"""
import json
import pathlib
import re
import unittest

from support import BAD_INPUT, MISSING_INPUT, ROOT, Desk, licet

PROFILE = {"PRO-01": "professionnels,consommateurs", "PRO-02": "email,telephone", "PRO-03": "FR",
           "PRO-04": "1", "PRO-05": "formulaires,clients", "PRO-06": "non",
           "PRO-07": "https://www.company.example/contact", "PRO-08": "aucun"}
BEST = {"yn": "yes", "ynp": "yes", "num": "0", "table": "1/1"}


class AuditDesk(Desk):
    """A workspace with an audit, the whole law, and short ways to answer."""

    def run_licet(self, *arguments, **more):
        return licet("--workspace", self.workspace, *arguments, cwd=self.here, **more)

    def start(self):
        return self.done(self.run_licet("audit", "start", "--json")).json()

    def answer(self, question, answer, *more, status=0):
        return self.done(self.run_licet("audit", "answer", "-q", question, "-a", answer, "--json",
                                        *more), status)

    def profile(self):
        for question, answer in PROFILE.items():
            self.answer(question, answer)

    def score(self, *more):
        return self.done(self.run_licet("audit", "score", "--json", *more)).json()

    def questions(self, *more):
        return {one["id"]: one for one in self.score(*more)["questions"]}

    def answer_all(self, document=True):
        """Gives the best answer to all that is asked, in one dialogue, each with a document."""
        proof = self.write("proof.txt", "a document that proves it")
        shown = self.done(self.run_licet("audit", "show", "--json")).json()["questions"]
        types = {one["id"]: one["type"] for one in shown}
        lines = []
        for one in self.score()["questions"]:
            if one["answered"]:
                continue
            lines.append(self.best(one["id"], types[one["id"]]))
            lines.append(str(proof) if document else "")
        self.done(self.run_licet("audit", "answer", stdin=("\n".join(lines) + "\n").encode()))

    @staticmethod
    def best(question, kind):
        single = {"COO-07": "consentement", "B2B-05": "aucun_suivi"}
        multi = {"INF-02": ",".join(str(i) for i in range(1, 15)), "B2C-03": "1,2,3,4,5,6",
                 "TEL-02": "1,2,3,4,5,6,7,8,9", "SEC-04": "1,2,4"}
        return single.get(question) or multi.get(question) or BEST[kind]


class TheAudit(AuditDesk):
    def test_from_the_start_to_the_report(self):
        self.assertEqual(self.start()["version"], "2026.11-1")
        self.profile()
        first = self.score()
        self.assertEqual(first["score"], 0)
        self.assertGreater(first["unanswered"], 50)
        self.assertGreater(first["seconds_left"], 1200)
        self.answer_all()
        after = self.score()
        self.assertEqual(after["unanswered"], 0, [q["id"] for q in after["questions"]
                                                  if not q["answered"]])
        self.assertEqual(after["score"], 100)
        self.assertGreater(after["assurance"], 95)
        self.assertEqual(after["level"], "N2")  # the site was not audited
        report = self.here / "audit.html"
        self.done(self.run_licet("audit", "report", "--out", report))
        page = report.read_text()
        self.assertIn("100", page)
        self.assertNotIn("<script", page)
        self.assertEqual(report.stat().st_mode & 0o077, 0)

    def test_what_is_measured_wins_and_says_so(self):
        self.start()
        self.profile()
        self.answer("OPP-02", "0")
        line = {"kind": "objection", "email": "camille@example.com", "on": "2026-10-01"}
        self.done(self.run_licet("record", "--jsonl", "-", stdin=json.dumps(line).encode()))
        question = self.questions()["OPP-02"]
        self.assertTrue(question["contradicted"])
        self.assertEqual(question["proof"], "measured")
        self.assertGreater(int(question["measured"]["value"]), 30)
        plan = {one["id"]: one for one in self.score()["plan"]}
        self.assertTrue(plan["A18"]["open"])

    def test_a_published_document_that_is_out_of_date_lowers_the_answer(self):
        facts = (ROOT / "examples" / "organisation.toml").read_text(encoding="utf-8")
        register = self.workspace / "organisation.toml"
        register.write_text(facts, encoding="utf-8")
        self.start()
        self.profile()
        self.answer("INF-05", "yes")
        # One document in force does not say that all are there: "no" stays "no".
        self.answer("GOV-01", "no")
        self.done(self.run_licet("paper", "publish", "record", "retention_schedule",
                                 "agreement_processor.moulin"))
        told = self.questions()
        self.assertNotIn("measured", told["GOV-01"])
        self.assertFalse(told["INF-05"]["contradicted"])
        name = re.search(r'^name *= *"(.*)"', facts, re.M).group(1)
        register.write_text(facts.replace(name, name + " bis", 1), encoding="utf-8")
        told = self.questions()
        self.assertEqual(told["INF-05"]["measured"]["value"], "partly")
        self.assertTrue(told["INF-05"]["contradicted"])
        self.assertEqual(told["GOV-01"]["measured"]["value"], "partly")
        self.assertEqual((told["GOV-01"]["answer"], told["GOV-01"]["worth"]), ("no", 0))
        self.done(self.run_licet("paper", "publish", "record", "retention_schedule",
                                 "agreement_processor.moulin"))
        self.assertFalse(self.questions()["INF-05"]["contradicted"])
        # A client that has gone takes its agreement along: nothing is out of date.
        text = register.read_text(encoding="utf-8")
        register.write_text(re.sub(r"\[client\.moulin\]\n(?:(?!\[).*\n)*", "", text),
                            encoding="utf-8")
        self.done(self.run_licet("paper", "publish", "record", "retention_schedule",
                                 "privacy_customers"))
        self.assertFalse(self.questions()["INF-05"]["contradicted"])
        # A processor of the ledger is a fact of the register too.
        self.done(self.run_licet("processor", "add", "crisp", "--contract", "yes"))
        self.assertTrue(self.questions()["INF-05"]["contradicted"])

    def test_what_a_finding_could_cost_is_told_with_its_source(self):
        """The directive's rule on trackers costs what the law of the country says."""
        self.start()
        self.profile()
        self.answer("COO-01", "no")
        self.answer("OPP-01", "no")
        told = self.score("--lang", "en")
        costs = {one["question"]: one for one in told["exposure"]}
        self.assertRegex(" ".join(costs["COO-01"]["ceilings"]), r"CNIL.*10,000,000.*2 ?%")
        self.assertRegex(" ".join(costs["COO-01"]["decisions"]), r"CNIL, .*20\d\d, .*€[\d,]+")
        self.assertTrue(costs["OPP-01"]["ceilings"])
        self.assertIn("forecast", told["exposure_caveat"])
        # With the turnover of the company, a share of it counts where that is more.
        with open(self.workspace / "config.toml", "a", encoding="utf-8") as config:
            config.write("turnover = 900000000\n")
        costs = {one["question"]: one for one in self.score("--lang", "en")["exposure"]}
        self.assertIn("18,000,000", " ".join(costs["COO-01"]["ceilings"]))

    def test_a_contact_after_an_objection_is_found(self):
        self.start()
        self.profile()
        for kind, day in (("objection", "2026-10-01"), ("contacted", "2026-11-01")):
            line = {"kind": kind, "email": "camille@example.com", "on": day, "channel": "email"}
            if kind == "objection":
                del line["channel"]
            self.done(self.run_licet("record", "--jsonl", "-", stdin=json.dumps(line).encode()))
        self.assertEqual(self.questions()["OPP-05"]["measured"]["value"], "no")
        self.assertIn("OPP-05", self.score()["blocking"])

    def test_an_action_closes_itself_when_its_measurement_turns_good(self):
        self.start()
        self.profile()
        self.answer("SST-02", "no")
        self.done(self.run_licet("processor", "add", "crisp", "--contract", "no"))
        self.assertTrue({p["id"]: p for p in self.score()["plan"]}["A44"]["open"])
        self.done(self.run_licet("processor", "change", "crisp", "--contract", "yes"))
        action = {p["id"]: p for p in self.score()["plan"]}["A44"]
        self.assertFalse(action["open"])
        self.assertTrue(action["closed_by_measurement"])

    def test_the_law_of_another_day_asks_other_questions(self):
        self.start()
        self.profile()
        now, before = self.questions(), self.questions("--at", "2026-08-10")
        self.assertIn("TEL-01", now)
        self.assertNotIn("TEL-08", now)
        self.assertIn("TEL-08", before)
        self.assertNotIn("TEL-01", before)
        versus = self.score("--vs", "2026-08-10")["versus"]
        self.assertIn("TEL-08", versus["asked"])
        self.assertIn("TEL-01", versus["gone"])

    def test_the_dialogue_goes_on_where_it_was_left(self):
        self.start()
        lines = "1,2\n1\nFR\n1\n1\nnon\nwww.company.example\n1\npartly\n\nq\n"
        answer = self.done(self.run_licet("audit", "answer", stdin=lines.encode()))
        self.assertIn("INF-01", answer.err)
        self.assertIn("min", answer.err)
        questions = self.questions()
        self.assertEqual(questions["INF-01"]["answer"], "partly")
        again = self.done(self.run_licet("audit", "answer", stdin=b"q\n"))
        self.assertIn("INF-02", again.err)

    def test_what_is_typed_wrongly_is_asked_again(self):
        self.start()
        answer = self.done(self.run_licet("audit", "answer", stdin=b"pigeons\n1,2\nq\n"))
        self.assertIn("professionnels", answer.err)
        self.assertEqual(self.questions()["PRO-01"]["answer"], "professionnels,consommateurs")

    def test_the_plan_has_an_owner_and_a_day(self):
        self.start()
        self.profile()
        self.answer("GOV-03", "no")
        self.done(self.run_licet("audit", "plan", "--action", "A57", "--owner", "direction",
                                 "--due", "2026-12-24"))
        action = {p["id"]: p for p in self.score()["plan"]}["A57"]
        self.assertEqual((action["owner"], action["due"]), ("direction", "2026-12-24"))
        self.assertFalse(action["begun"])
        self.done(self.run_licet("audit", "plan", "--action", "A57", "--cost", "1200", "--begun"))
        action = {p["id"]: p for p in self.score()["plan"]}["A57"]
        self.assertEqual((action["owner"], action["due"], action["cost"], action["begun"]),
                         ("direction", "2026-12-24", 1200, True))
        text = self.done(self.run_licet("audit", "plan")).out
        for said in ("2026-12-24", "under way", "€1,200"):
            self.assertIn(said, text)
        self.done(self.run_licet("audit", "plan", "--action", "A57", "--cost", "", "--not-begun"))
        action = {p["id"]: p for p in self.score()["plan"]}["A57"]
        self.assertEqual((action["owner"], action["begun"]), ("direction", False))
        self.assertNotIn("cost", action)
        for cost in ("12,5", "-3", "9999999999", "beaucoup"):
            self.assert_refused(self.run_licet("audit", "plan", "--action", "A57",
                                               f"--cost={cost}"), BAD_INPUT)

    def test_the_words_of_a_card_are_answers_too(self):
        self.start()
        for question, typed, value in (
                ("PRO-01", "particuliers, Professionals", "professionnels,consommateurs"),
                ("PRO-02", "Téléphone", "telephone"),
                ("PRO-04", "fewer than 1,000", "moins_de_1000"),
                ("PRO-04", "2", "de_1000_a_10000")):
            self.answer(question, typed)
            self.assertEqual(self.questions()[question]["answer"], value, typed)
        # So they are in the dialogue that shows the card.
        self.done(self.run_licet("audit", "start", "--audit", "second"))
        self.done(self.run_licet("audit", "answer", stdin="consumers\nemail\n".encode()))
        self.assertEqual(self.questions()["PRO-01"]["answer"], "consommateurs")

    def test_both_languages_say_all(self):
        self.start()
        self.profile()
        for lang in ("fr", "en"):
            for act in ("score", "plan"):
                out = self.done(self.run_licet("--lang", lang, "audit", act)).out
                self.assertNotRegex(out, r"\b(audit|measure|entry)\.[a-z_]+")
            page = self.here / f"{lang}.html"
            self.done(self.run_licet("--lang", lang, "audit", "report", "--out", page))
            text = page.read_text()
            self.assertIn(f'<html lang="{lang}">', text)
            self.assertNotRegex(text, r"[> ](audit|measure|entry)\.[a-z_]+")


class TwoPeople(AuditDesk):
    def test_the_later_answer_wins_and_the_conflict_is_told(self):
        self.start()
        self.profile()
        key = self.answer("GOV-03", "yes").json()["key"]
        self.answer("GOV-03", "no", "--over", key)
        # Somebody else still has the first answer before them.
        late = self.answer("GOV-03", "partly", "--over", key).json()
        self.assertTrue(late["conflict"])
        score = self.score()
        self.assertEqual({q["id"]: q for q in score["questions"]}["GOV-03"]["answer"], "partly")
        self.assertEqual(score["conflicts"][0]["question"], "GOV-03")
        self.answer("GOV-03", "yes", "--over", late["key"])
        self.assertEqual(self.score()["conflicts"], [])


class AnotherVersion(AuditDesk):
    def other(self, change):
        text = (ROOT / "audit" / "questionnaire.yaml").read_text()
        changed = change(text).replace('version: "2026.11-1"', 'version: "2027.01-1"')
        self.assertNotEqual(changed, text)
        return self.write("other.yaml", changed)

    def test_answers_are_carried_over_confirmed_or_refused(self):
        self.start()
        self.profile()
        self.answer("GOV-03", "yes")
        self.answer("SEC-03", "partly")
        self.answer("OPP-02", "2")

        def change(text):
            text = text.replace("Les personnes qui prospectent ont-elles",
                                "Toutes les personnes qui prospectent ont-elles")
            # A number becomes a yes or no; a question goes.
            start = text.index("- id: OPP-02")
            end = text.index("- id: OPP-03")
            block = re.sub(r"  (unit|thresholds|else_score):.*\n", "", text[start:end])
            text = text[:start] + block.replace("type: num", "type: ynp") + text[end:]
            start = text.index("- id: SEC-03")
            return text[:start] + text[text.index("- id: SEC-04"):]

        score = self.score("--questionnaire", self.other(change))
        questions = {q["id"]: q for q in score["questions"]}
        self.assertEqual(questions["GOV-03"]["answer"], "yes")
        self.assertEqual(score["to_confirm"], ["GOV-03"])
        self.assertFalse(questions["OPP-02"]["answered"])
        why = {one["question"]: one["why"] for one in score["refused"]}
        self.assertEqual(why, {"OPP-02": "not_possible", "SEC-03": "question_gone"})

    def test_a_questionnaire_with_faults_is_refused_with_all_of_them(self):
        bad = self.other(lambda text: text.replace("sev: bloquant", "sev: grave", 1)
                         .replace("weight: 12", "weight: 13")
                         .replace("rules: [eu.objection]", "rules: [eu.objektion]"))
        answer = self.run_licet("audit", "show", "--questionnaire", bad)
        self.assert_refused(answer, BAD_INPUT, "other.yaml:", "bloquant", "101")
        unknown = self.other(lambda text: text.replace("rules: [eu.objection]",
                                                       "rules: [eu.objektion]"))
        answer = self.run_licet("audit", "show", "--questionnaire", unknown)
        self.assert_refused(answer, BAD_INPUT, "eu.objektion")


class BadInput(AuditDesk):
    def test_no_audit_no_question_no_reason(self):
        self.assert_refused(self.run_licet("audit", "score"), MISSING_INPUT, "audit start")
        self.start()
        self.assert_refused(self.run_licet("audit", "start"), BAD_INPUT)
        self.assert_refused(self.answer("OPP-99", "yes", status=BAD_INPUT), BAD_INPUT, "OPP-9")
        self.assert_refused(self.answer("TEL-01", "yes", status=BAD_INPUT), BAD_INPUT, "PRO")
        self.assert_refused(self.answer("OPP-01", "perhaps", status=BAD_INPUT), BAD_INPUT)
        self.assert_refused(self.answer("COO-01", "na", status=BAD_INPUT), BAD_INPUT, "--reason")
        self.assert_refused(self.answer("OPP-01", "na", status=BAD_INPUT), BAD_INPUT, "OPP-01")
        self.assert_refused(self.answer("OPP-01", "yes", "--proof", "measured", status=BAD_INPUT),
                            BAD_INPUT)
        self.assert_refused(self.answer("OPP-01", "yes", "--proof", "document", status=BAD_INPUT),
                            BAD_INPUT, "--evidence")
        self.assert_refused(self.answer("OPP-01", "yes", "--by", "Anne Roux", status=BAD_INPUT),
                            BAD_INPUT)

    def test_words_of_a_reason_stay_out_of_the_ledger(self):
        self.start()
        secret = "Camille Martin camille@example.com nous a dit que non"
        self.answer("COO-01", "na", "--reason", secret)
        self.done(self.run_licet("ledger", "checkpoint"))
        for path in self.workspace.rglob("*"):
            if path.is_file() and "evidence" not in path.parts:
                self.assertNotIn(b"camille@example.com", path.read_bytes(), path)
        kept = list((self.workspace / "evidence").iterdir())
        self.assertEqual(len(kept), 1)
        self.assertEqual(kept[0].stat().st_mode & 0o077, 0)
        page = self.here / "audit.html"
        self.done(self.run_licet("audit", "report", "--out", page))
        self.assertIn("nous a dit que non", page.read_text())

    def test_a_document_that_is_gone_proves_nothing(self):
        self.start()
        self.profile()
        self.answer("GOV-03", "yes", "--evidence", self.write("p.txt", "présence"))
        self.assertEqual(self.questions()["GOV-03"]["proof"], "document")
        for path in (self.workspace / "evidence").iterdir():
            path.write_bytes(b"changed")
        question = self.questions()["GOV-03"]
        self.assertEqual((question["proof"], question["stale"]), ("declared", True))

    def test_the_ledger_verifies_with_all_of_it(self):
        self.start()
        self.profile()
        self.answer("GOV-03", "yes")
        self.done(self.run_licet("processor", "add", "crisp"))
        self.done(self.run_licet("ledger", "checkpoint"))
        self.done(self.run_licet("ledger", "verify"))


class TheRegisters(AuditDesk):
    def processors(self, *more):
        all_of = self.done(self.run_licet("processor", "list", "--json", *more)).json()
        return {one["id"]: one for one in all_of}

    def test_a_vendor_is_judged_by_the_law_of_transfers(self):
        self.done(self.run_licet("processor", "add", "crisp", "--contract", "yes"))
        self.done(self.run_licet("processor", "add", "calendly", "--contract", "yes", "--dpf",
                                 "none", "--tool", "none", "--under-gdpr", "no"))
        all_of = self.processors()
        self.assertEqual(all_of["crisp"]["transfer"], "allowed", all_of["crisp"])
        self.assertEqual(all_of["crisp"]["country"], "nl")
        self.assertEqual(all_of["calendly"]["transfer"], "forbidden", all_of["calendly"])
        self.done(self.run_licet("processor", "change", "calendly", "--dpf", "active"))
        self.assertEqual(self.processors()["calendly"]["transfer"], "allowed")
        self.assertEqual(self.processors("--at", "2023-01-01")["calendly"]["transfer"], "forbidden")

    def test_what_is_not_known_is_said_and_not_guessed(self):
        self.done(self.run_licet("processor", "add", "hubspot"))
        entry = self.processors()["hubspot"]
        self.assertEqual(entry["transfer"], "undetermined")
        self.assertIn("vendor.country", entry["missing"])
        self.assertFalse(entry["complete"])

    def test_an_entry_is_added_once_and_removed(self):
        self.done(self.run_licet("processor", "add", "crisp"))
        self.assert_refused(self.run_licet("processor", "add", "crisp"), BAD_INPUT, "crisp")
        self.done(self.run_licet("processor", "remove", "crisp"))
        self.assertEqual(self.processors(), {})
        self.assert_refused(self.run_licet("processor", "review", "nobody"), MISSING_INPUT)

    def test_nobody_gets_into_a_register(self):
        for more in (("x", "--name", "camille@example.com"), ("x", "--name", "06 39 98 01 23"),
                     ("Camille Martin",)):
            self.assert_refused(self.run_licet("processor", "add", *more), BAD_INPUT)

    def test_breaches_and_complaints(self):
        self.done(self.run_licet("breach", "found", "leak-1", "--what", "sent_wrong", "--people",
                                 "40", "--risk", "some", "--on", "2026-10-01"))
        self.done(self.run_licet("breach", "notified", "leak-1", "--on", "2026-10-20"))
        self.done(self.run_licet("complaint", "received", "c-1", "--origin", "customer", "--about",
                                 "objection", "--note", "Camille s'est plainte", "--on",
                                 "2026-09-01"))
        breach = self.done(self.run_licet("breach", "list", "--json")).json()[0]
        self.assertEqual([step["step"] for step in breach["steps"]], ["found", "notified"])
        complaint = self.done(self.run_licet("complaint", "list", "--json")).json()[0]
        self.assertEqual(complaint["origin"], "customer")
        self.assertNotIn("Camille", json.dumps(complaint))
        self.assert_refused(self.run_licet("complaint", "received", "c-2", "--origin", "moon"),
                            BAD_INPUT, "competitor")
        self.start()
        questions = self.questions()
        self.assertEqual(questions["SEC-03"]["measured"]["value"], "no")
        self.assertEqual(questions["DRT-05"]["measured"]["value"], "no")

    def test_a_breach_of_a_clients_data_is_late_until_the_client_is_told(self):
        facts = (ROOT / "examples" / "organisation.toml").read_text(encoding="utf-8")
        (self.workspace / "organisation.toml").write_text(facts, encoding="utf-8")
        self.start()
        self.done(self.run_licet("breach", "found", "leak-1", "--client", "moulin", "--risk",
                                 "none", "--on", "2026-10-01"))
        self.assertEqual(self.questions()["SEC-03"]["measured"]["value"], "no")
        self.done(self.run_licet("breach", "reported", "leak-1", "--on", "2026-10-02"))
        self.assertIsNone(self.questions()["SEC-03"].get("measured"))
        self.done(self.run_licet("breach", "found", "leak-2", "--on", "2026-10-01"))
        for more in (("reported", "leak-2"), ("assessed", "leak-2", "--on", "2026-09-30")):
            self.assert_refused(self.run_licet("breach", *more), BAD_INPUT, "leak-2")

    def test_the_table_of_tools_says_its_sources(self):
        tools = self.done(self.run_licet("processor", "tools", "--json")).json()
        self.assertGreater(len(tools), 150)
        for one in tools:
            if one["hosting"] or one["parent"] or one["dpf"]:
                self.assertTrue(one["source"] and one["read_on"] and one["grade"], one)


if __name__ == "__main__":
    unittest.main()
