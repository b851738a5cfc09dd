# SPDX-License-Identifier: Apache-2.0
"""The API of a real server: each test is something that a developer relies on.

run: LICET=path/to/licet python3 -B -m unittest -q api_test
"""
import hashlib
import json
import pathlib
import tempfile
import time
import unittest

from support import Server, run, tomorrow

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
PERSON = "camille@example.com"
FACTS = {"channel": "email", "purpose": "commercial", "country": "fr", "audience": "consumer"}


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--log", "requests", tenants=("neighbour",))

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def check(self, body, role="dpo_lead", **headers):
        return self.server.post("/api/v1/check", body, role, **headers)

    # ---- the gate --------------------------------------------------------------------------------
    def test_the_answer_is_that_of_the_command_line(self):
        at = "2026-11-26T10:00+01:00"
        answer = self.check({"facts": {**FACTS, "at": at}, "record": False})
        self.assertEqual(answer.status, 200, answer.text)
        words = ["check", "--json", "--lang", "fr"]
        for name, value in {**FACTS, "at": at}.items():
            words += ["--fact", f"{name}={value}"]
        self.assertEqual(answer.json, json.loads(run(*words).stdout))

    def test_an_objection_forbids_from_the_very_next_question_on(self):
        body = {"facts": FACTS | {"consent": "given", "consent.act": "clear"},
                "email": "next@example.com", "record": False}
        before = self.check(body).json
        done = self.server.post("/api/v1/objections", {"address": "next@example.com"}, "dpo_lead")
        self.assertEqual(done.status, 201, done.text)
        after = self.check(body).json
        self.assertNotEqual(after["verdict"], "allowed")
        self.assertNotEqual(before, after)
        self.assertIn("objection", json.dumps(after["facts"]))

    def test_the_objection_of_a_company_counts_where_nobody_of_it_is_named(self):
        body = {"facts": FACTS, "company": "732829320", "record": False}
        before = self.check(body).json
        self.assertEqual(before["facts"]["objection"]["value"], "none", before)
        self.server.post("/api/v1/objections", {"address": "siren:732829320"}, "dpo_lead")
        for path in ("check", "explain"):
            after = self.server.post(f"/api/v1/{path}", body, "dpo_lead").json
            self.assertEqual(after["facts"]["objection"]["value"], "all", after)

    def test_nobody_objects_for_all_the_world(self):
        for address, code in (("@gmail.com", "suppress.whole_provider"),
                              ("@co.uk", "suppress.public_suffix")):
            answer = self.server.post("/api/v1/objections", {"address": address}, "dpo_lead")
            self.assertEqual((answer.status, answer.json["code"]), (400, code))

    def test_what_was_just_asked_of_others_is_answered_as_if_it_were_new(self):
        self.server.post("/api/v1/objections", {"address": "p7@example.com"}, "dpo_lead")
        people = [("email", f"p{i}@example.com") for i in range(40)]
        people += [("email", "  P7@Example.com "), ("email", "contact@example.com"),
                   ("email", "j\u00e9r\u00f4me@example.com"), ("email", "a b@example.com"),
                   ("email", "a\"b@example.com"), ("phone", "0612345678"), ("email", " ")]
        for language in ("fr", "en"):
            for name, whom in people:
                body = {"facts": FACTS, name: whom, "record": False}
                # No frame fits what is written with marks: it is read as a whole.
                marked = json.dumps(body).replace("@", "\\u0040").replace("06", "\\u00306")
                headers = {"Content-Type": "application/json", "Accept-Language": language}
                same, other = (self.server.ask("POST", "/api/v1/check", text.encode(), headers,
                                               "dpo_lead") for text in (json.dumps(body), marked))
                self.assertEqual((same.status, same.text), (other.status, other.text), whom)

    def test_whoever_is_on_a_list_from_elsewhere_is_known_while_the_server_runs(self):
        body = {"facts": FACTS, "email": "elsewhere@example.com", "record": False}

        def reasons():
            return [one["rule"] for one in self.check(body).json["reasons"]]
        # Asked before: what is known of strangers is kept.
        self.assertNotIn("eu.objection", reasons())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "list.txt"
            path.write_text(hashlib.md5(body["email"].encode()).hexdigest() + "\n")
            done = run("exchange", "import", str(path), "--digest", "md5", "--from", "partner",
                       "--until", tomorrow(), "-w", str(self.server.workspace))
        self.assertEqual(done.returncode, 0, done.stderr)
        deadline = time.monotonic() + 10
        while "eu.objection" not in reasons() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertIn("eu.objection", reasons())

    def test_whoever_is_on_a_partners_list_is_known_while_the_server_runs(self):
        body = {"facts": FACTS, "email": "partners@example.com", "record": False}

        def reasons():
            return [one["rule"] for one in self.check(body).json["reasons"]]
        self.assertNotIn("eu.objection", reasons())
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            (here / "held.txt").write_text(body["email"] + "\n")
            there = ("-w", str(here / "acme"))
            for words in (
                ("init", str(here / "acme")),
                ("suppress", body["email"], *there),
                ("exchange", "export", str(here / "held.txt"), "--from", "acme", "--out",
                 str(here / "list"), "--until", tomorrow(), *there),
                ("exchange", "import", str(here / "list"), "--key", str(here / "list.key"),
                 "-w", str(self.server.workspace)),
            ):
                done = run(*words)
                self.assertEqual(done.returncode, 0, done.stderr)
        deadline = time.monotonic() + 10
        while "eu.objection" not in reasons() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertIn("eu.objection", reasons())

    def test_a_verdict_about_somebody_is_recorded_unless_it_shall_not_be(self):
        for wants, kinds in ((True, 1), (False, 1)):
            answer = self.check({"facts": FACTS, "email": PERSON, "record": wants})
            self.assertEqual(answer.status, 200, answer.text)
            events = self.server.post("/api/v1/persons/timeline",
                                      {"address": PERSON, "reason": "test"}, "dpo_lead").json
            found = [one for one in events["events"] if one["kind"] == "verdict"]
            self.assertEqual(len(found), kinds)

    def test_a_verdict_is_found_again_by_the_campaign_that_was_named(self):
        body = {"facts": FACTS, "email": "winter@example.com"}
        for named in ({"campaign": "Hiver 2026 : coffrets"}, {}):
            answer = self.check(body | named)
            self.assertEqual(answer.status, 200, answer.text)
        events = self.server.post("/api/v1/persons/timeline",
                                  {"address": body["email"], "reason": "test"}, "dpo_lead").json
        self.assertEqual([one["attributes"].get("campaign") for one in events["events"]
                          if one["kind"] == "verdict"], ["hiver-2026-coffrets", None])

    def test_the_language_is_that_of_the_browser(self):
        french = self.check({"facts": FACTS, "record": False}, **{"Accept-Language": "fr-FR"})
        english = self.check({"facts": FACTS, "record": False}, **{"Accept-Language": "en"})
        self.assertNotEqual(french.json["reasons"][0]["tell"], english.json["reasons"][0]["tell"])

    def test_what_is_asked_wrongly_is_told_and_nothing_is_allowed(self):
        for body, code in (({"facts": {"channel": "pigeon"}}, None),
                           ({"fact": {}}, "web.unknown_name"),
                           ({"question": "love"}, "web.unknown_question"),
                           ({"email": "not an address", "facts": FACTS}, None),
                           ({"facts": FACTS, "record": "no"}, "web.yes_or_no_wanted")):
            answer = self.check(body)
            self.assertEqual(answer.status, 400, answer.text)
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            self.assertEqual(answer.json["status"], 400)
            self.assertNotIn("not an address", answer.text)
            if code:
                self.assertEqual(answer.json["code"], code)

    def test_many_questions_are_answered_in_their_order(self):
        lines = [json.dumps({"id": i, "facts": FACTS, "email": f"p{i}@example.com",
                             "record": False}) for i in range(500)]
        lines[7] = "{broken"
        answer = self.server.ask("POST", "/api/v1/checks", "\n".join(lines),
                                 {"Content-Type": "application/x-ndjson"}, "dpo_lead")
        self.assertEqual(answer.status, 200)
        out = [json.loads(line) for line in answer.text.splitlines()]
        self.assertEqual(len(out), 500)
        self.assertEqual(out[7]["verdict"], "error")
        self.assertEqual([one.get("id") for one in out[8:]], list(range(8, 500)))

    def test_explain_says_what_to_ask_next(self):
        answer = self.server.post("/api/v1/explain", {"facts": {"channel": "email"}}, "reader")
        self.assertEqual(answer.status, 200, answer.text)
        self.assertIn("next", answer.json)

    # ---- the law ---------------------------------------------------------------------------------
    def test_the_law_can_be_read_and_compared(self):
        packs = self.server.get("/api/v1/packs", "reader").json["packs"]
        self.assertIn("fr", [one["id"] for one in packs])
        rules = self.server.get("/api/v1/packs/rules?country=fr&question=contact", "reader").json
        self.assertGreater(rules["count"], 10)
        name = rules["rules"][0]["rule"]
        one = self.server.get(f"/api/v1/packs/rules/{name}", "reader")
        self.assertEqual(one.json["rule"], name)
        diff = self.server.get(
            "/api/v1/packs/diff?before=fr@2026-08-10&after=fr@2026-08-11", "reader")
        self.assertEqual(diff.status, 200, diff.text)
        again, french, other = (self.server.ask(
            "GET", f"/api/v1/packs/diff?before=fr@2026-08-10&after=fr@{day}", role="reader",
            headers={"Accept-Language": language})
            for language, day in (("en", "2026-08-11"), ("fr", "2026-08-11"),
                                  ("en", "2026-08-10")))
        english = self.server.ask(
            "GET", "/api/v1/packs/diff?before=fr@2026-08-10&after=fr@2026-08-11", role="reader",
            headers={"Accept-Language": "en"})
        self.assertEqual(again.text, english.text)
        self.assertEqual(french.status, 200)
        self.assertEqual(other.json["new"], [])
        self.assertNotEqual(english.json["new"], [])
        vocabulary = self.server.get("/api/v1/vocabulary", "reader").json
        self.assertIn("channel", [one["name"] for one in vocabulary["facts"]])

    def test_what_was_read_before_is_not_sent_again(self):
        first = self.server.get("/api/v1/packs", "reader")
        again = self.server.get("/api/v1/packs", "reader",
                                **{"If-None-Match": first.headers["etag"]})
        self.assertEqual(again.status, 304)
        self.assertEqual(again.body, b"")

    # ---- the ledger ------------------------------------------------------------------------------
    def test_a_repeat_with_the_same_key_is_a_repeat(self):
        body = {"kind": "interaction", "email": "repeat@example.com",
                "attributes": {"act": "click"}}
        first = self.server.post("/api/v1/events", body, "dpo", **{"Idempotency-Key": "k-1"})
        again = self.server.post("/api/v1/events", body, "dpo", **{"Idempotency-Key": "k-1"})
        self.assertEqual((first.status, again.status), (201, 200), first.text)

    def test_a_consent_is_asked_for_confirmed_and_withdrawn(self):
        base = {"address": "consent@example.com", "channels": ["email"],
                "purposes": ["commercial"]}
        asked = self.server.post("/api/v1/consents/request", base, "dpo")
        self.assertEqual(asked.status, 201, asked.text)
        request = asked.json["request"]
        for act in ("page-seen", "confirm"):
            done = self.server.post(f"/api/v1/consents/{act}",
                                    {"address": base["address"], "request": request}, "dpo")
            self.assertLess(done.status, 300, done.text)
        done = self.server.post("/api/v1/consents/withdraw", base, "dpo")
        self.assertEqual(done.status, 201, done.text)

    def test_somebody_is_exported_and_erased_and_the_objection_stays(self):
        address = "gone@example.com"
        self.server.post("/api/v1/objections", {"address": address}, "dpo")
        archive = self.server.post("/api/v1/persons/export",
                                   {"address": address, "reason": "request"}, "dpo")
        self.assertEqual(archive.status, 200, archive.text[:300])
        self.assertTrue(archive.body.startswith(b"PK"))
        refused = self.server.post("/api/v1/persons/erase", {"address": address}, "dpo")
        self.assertEqual(refused.json["code"], "web.confirm_wanted")
        done = self.server.post("/api/v1/persons/erase",
                                {"address": address, "reason": "request", "confirm": True}, "dpo")
        self.assertLess(done.status, 300, done.text)
        answer = self.check({"facts": FACTS, "email": address, "record": False}).json
        self.assertNotEqual(answer["verdict"], "allowed")

    def test_the_ledger_proves_what_it_says(self):
        self.server.post("/api/v1/objections", {"address": "proof@example.com"}, "dpo")
        events = self.server.post("/api/v1/persons/timeline",
                                  {"address": "proof@example.com", "reason": "test"}, "dpo").json
        place = events["events"][0]["id"]
        checkpoint = self.server.get("/api/v1/ledger/checkpoint", "dpo")
        self.assertTrue(checkpoint.text.startswith("licet/"), checkpoint.text)
        proof = self.server.get(f"/api/v1/ledger/proofs/{place}", "dpo")
        self.assertEqual(proof.status, 200, proof.text)
        self.assertIn(place + ".tlog-proof", proof.json["files"])

    # ---- lists -----------------------------------------------------------------------------------
    def test_a_list_is_screened_with_progress_and_its_files_are_there(self):
        campaign = (EXAMPLES / "email-boutique-clients.toml").read_text()
        put = self.server.ask("PUT", "/api/v1/campaigns/test", campaign,
                              {"Content-Type": "application/toml"}, "dpo")
        self.assertEqual(put.status, 201, put.text)
        rows = "email;prenom\n" + "".join(f"p{i}@example.com;P{i}\n" for i in range(2000))
        added = self.server.ask("POST", "/api/v1/lists?name=prospects.csv&campaign=test", rows,
                                {"Content-Type": "text/csv"}, "dpo")
        self.assertEqual(added.status, 202, added.text)
        where = added.headers["location"]
        events = self.server.get(where + "/progress", "dpo").text
        self.assertIn("event: done", events)
        job = self.server.get(where, "dpo").json
        self.assertEqual(job["state"], "done", job)
        names = [one["name"] for one in job["files"]]
        self.assertIn("report.html", names)
        for name in names:
            got = self.server.get(f"{where}/files/{name}", "dpo")
            self.assertEqual(got.status, 200)
            self.assertEqual(len(got.body), next(o["size"] for o in job["files"]
                                                 if o["name"] == name))
        self.assertEqual(self.server.ask("DELETE", where, role="dpo").status, 204)
        self.assertEqual(self.server.get(where, "dpo").status, 404)

    def test_a_bad_campaign_is_told_with_every_fault(self):
        put = self.server.ask("PUT", "/api/v1/campaigns/bad", "name = 3\nnonsense = 1\n", {},
                              "dpo")
        self.assertEqual(put.status, 400, put.text)
        self.assertTrue(put.json["problems"][0]["where"].startswith("bad.toml:"))
        self.assertEqual(self.server.ask("PUT", "/api/v1/campaigns/..%2fx", "", {}, "dpo").status,
                         404)

    # ---- who may ---------------------------------------------------------------------------------
    def test_a_token_may_what_its_scopes_say_in_its_tenant_until_it_is_withdrawn(self):
        made = self.server.post("/api/v1/tokens", {"name": "mailer", "scopes": ["check"],
                                                   "expires": tomorrow()}, "dpo_lead")
        self.assertEqual(made.status, 201, made.text)
        bearer = {"Authorization": "Bearer " + made.json["token"]}
        body = {"facts": FACTS, "record": False}
        self.assertEqual(self.server.post("/api/v1/check", body, **bearer).status, 200)
        self.assertEqual(self.server.post("/api/v1/objections", {"address": PERSON},
                                          **bearer).status, 403)
        other = {**bearer, "Licet-Tenant": "neighbour"}
        self.assertEqual(self.server.post("/api/v1/check", body, **other).status, 404)
        gone = self.server.ask("DELETE", "/api/v1/tokens/" + made.json["id"], role="dpo_lead")
        self.assertEqual(gone.status, 204)
        self.assertEqual(self.server.post("/api/v1/check", body, **bearer).status, 401)

    def test_a_change_without_the_sessions_csrf_token_is_refused(self):
        session = self.server.log_in("dpo")
        for token in ("", "x", session["csrf"][:-1]):
            answer = self.server.post("/api/v1/objections", {"address": PERSON},
                                      **{"Cookie": session["cookie"], "X-CSRF-Token": token})
            self.assertEqual(answer.status, 403)
            self.assertEqual(answer.json["code"], "web.csrf")

    def test_wrong_passwords_are_slowed_down_and_tell_nothing(self):
        answers = [self.server.post("/api/v1/session", {"name": name, "password": "wrong wrong 12"})
                   for name in ("dpo-lead", "nobody") for _ in range(2)]
        self.assertEqual({one.status for one in answers}, {401})
        self.assertEqual(len({one.text for one in answers}), 1)
        last = [self.server.post("/api/v1/session", {"name": "somebody", "password": "w" * 12})
                for _ in range(12)][-1]
        self.assertEqual(last.status, 429)
        self.assertIn("retry-after", last.headers)

    def test_administration_leaves_a_trail(self):
        added = self.server.post("/api/v1/users", {"name": "new-one", "role": "reader",
                                                   "password": "twelve characters"}, "dpo_lead")
        self.assertEqual(added.status, 201, added.text)
        self.assertNotIn("password", added.json)
        changed = self.server.ask("PATCH", "/api/v1/users/new-one", {"role": "dpo"}, {}, "dpo_lead")
        self.assertEqual(changed.json["role"], "dpo")
        self.assertEqual(self.server.ask("DELETE", "/api/v1/users/new-one",
                                         role="dpo_lead").status, 204)
        last = self.server.ask("DELETE", "/api/v1/users/dpo-lead", role="dpo_lead")
        self.assertEqual(last.json["code"], "access.last_lead")

    # ---- machines --------------------------------------------------------------------------------
    def test_health_metrics_and_log_tell_of_routes_and_of_nobody(self):
        self.assertEqual(self.server.get("/healthz").text, "ok\n")
        self.assertEqual(self.server.get("/readyz").status, 200)
        self.check({"facts": FACTS, "email": "secret.person@example.com", "record": False})
        metrics = self.server.get("/metrics").text
        self.assertIn('licet_http_requests_total{method="POST",route="/api/v1/check"', metrics)
        time.sleep(0.2)
        log = (self.server.folder / "log.jsonl").read_text()
        for line in log.splitlines():
            json.loads(line)
        for text in (metrics, log):
            self.assertNotIn("secret", text)
            self.assertNotIn("example.com", text)

    def test_every_answer_tells_browsers_to_be_careful(self):
        for path in ("/api/v1/packs", "/console/", "/nowhere", "/healthz"):
            headers = self.server.get(path).headers
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["referrer-policy"], "no-referrer")
            self.assertNotIn("access-control-allow-origin", headers)


if __name__ == "__main__":
    unittest.main()
