# SPDX-License-Identifier: Apache-2.0
"""Papers over HTTP: the register of facts, the documents that follow from it, the banner, the
notices of forms and the check of messages say what the command line says.

run: LICET=path/to/licet python3 -B -m unittest -q papers_api_test
"""
import io
import json
import pathlib
import shutil
import unittest
import zipfile

from support import Server, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "examples" / "organisation.toml").read_text(encoding="utf-8")
TOML = {"Content-Type": "application/toml", "Accept-Language": "en"}
CAMPAIGN = (pathlib.Path(__file__).resolve().parents[2] / "examples" / "email-boutique.toml"
            ).read_text(encoding="utf-8")


class Papers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo_lead", "dpo", "referent", "reader"), tenants=("neighbour",))

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def get(self, path, role="dpo", **headers):
        return self.server.get(path, role, **{"Accept-Language": "en", **headers})

    def post(self, path, body, role="dpo", **headers):
        return self.server.post(path, body, role, **{"Accept-Language": "en", **headers})

    def put(self, text, query="", role="dpo", **headers):
        return self.server.ask("PUT", "/api/v1/organisation" + query, text, {**TOML, **headers},
                               role)

    def licet(self, *words):
        return run("-w", str(self.server.workspace), "--lang", "en", *words)

    def setUp(self):
        self.assertIn(self.put(EXAMPLE).status, (200, 201))


class Register(Papers):
    def test_it_lives_in_the_folder_of_its_tenant_and_is_that_of_the_command_line(self):
        path = self.server.workspace / "organisation.toml"
        self.assertEqual(path.read_text(encoding="utf-8"), EXAMPLE)
        shown = json.loads(self.licet("--json", "organisation", "show").stdout)
        facts = self.get("/api/v1/organisation").json["facts"]
        self.assertEqual({one["name"] for one in facts}, set(shown))
        other = {"Licet-Tenant": "neighbour"}
        self.assertFalse(self.get("/api/v1/organisation", "dpo_lead", **other).json["is_there"])
        done = self.put("[organisation]\nname = \"N\"\n", role="dpo_lead", **other)
        self.assertEqual(done.status, 201, done.text)
        kept = self.server.workspace / "tenants" / "neighbour" / "organisation.toml"
        self.assertIn('"N"', kept.read_text(encoding="utf-8"))
        self.assertEqual(kept.stat().st_mode & 0o777, 0o600)
        self.assertEqual(path.read_text(encoding="utf-8"), EXAMPLE)

    def test_each_fact_says_its_line_its_question_and_the_documents_that_say_it(self):
        facts = {one["name"]: one for one in self.get("/api/v1/organisation").json["facts"]}
        name = facts["organisation.name"]
        self.assertEqual(EXAMPLE.splitlines()[name["line"] - 1], 'name = "Atelier Exemple"')
        self.assertTrue(name["question"].endswith("?"), name)
        self.assertIn("privacy_prospects", name["used_by"])
        self.assertIn("privacy_prospects", facts["data.email.title.en"]["used_by"])

    def test_faults_are_told_with_line_and_column_and_nothing_is_kept(self):
        for text, line in (('[organisation]\nname = "A\n', 2),
                           (EXAMPLE.replace('country = "fr"', 'country = "narnia"', 1), None),
                           ("[organisation]\nnmae = \"A\"\n", 2)):
            answer = self.put(text)
            self.assertEqual(answer.status, 400, answer.text)
            fault = answer.json["problems"][0]
            if line:
                self.assertEqual(fault["line"], line, fault)
            self.assertGreater(fault["column"], 0, fault)
            self.assertTrue(fault["where"].startswith("organisation.toml:"), fault)
        self.assertEqual(self.get("/api/v1/organisation").json["text"], EXAMPLE)

    def test_a_try_keeps_nothing_and_tells_what_is_open(self):
        text = EXAMPLE.replace('name = "Atelier Exemple"\nform', 'form', 1)
        answer = self.put(text, "?dry_run=true")
        self.assertEqual(answer.status, 200, answer.text)
        self.assertFalse(answer.json["is_kept"])
        self.assertTrue(any("organisation.name" in json.dumps(one) or one["detail"].endswith("?")
                            for one in answer.json["questions"]), answer.text)
        self.assertEqual(self.get("/api/v1/organisation").json["text"], EXAMPLE)

    def test_who_read_an_older_text_does_not_undo_what_others_did(self):
        tag = self.get("/api/v1/organisation").headers["etag"]
        mine = EXAMPLE.replace("Atelier Exemple", "Atelier Nouveau")
        self.assertEqual(self.put(mine, **{"If-Match": tag}).status, 200)
        late = self.put(EXAMPLE + "\n# late\n", **{"If-Match": tag})
        self.assertEqual(late.status, 412, late.text)
        self.assertEqual(self.get("/api/v1/organisation").json["text"], mine)
        again = self.get("/api/v1/organisation").headers["etag"]
        self.assertEqual(self.put(EXAMPLE, **{"If-Match": again}).status, 200)

    def test_the_ledger_knows_who_changed_it(self):
        before = self.licet("--json", "ledger", "checkpoint").stdout
        self.put(EXAMPLE.replace("Atelier Exemple", "Atelier Autre"))
        self.assertNotEqual(self.licet("--json", "ledger", "checkpoint").stdout, before)

    def test_hostile_texts_are_refused_or_are_letters(self):
        for text in ("", "\x00", "a" * 900_000, "[organisation]\nname = \"\\u0000\"\n", "[[[["):
            self.assertIn(self.put(text, "?dry_run=true").status, (200, 400, 413), text[:20])
        marked = EXAMPLE.replace('name = "Atelier Exemple"',
                                 'name = "<script>alert(1)</script> {{x}}"', 1)
        self.assertEqual(self.put(marked).status, 200)
        page = self.get("/api/v1/papers/privacy_prospects?as=html")
        self.assertNotIn("<script>alert", page.text)
        self.assertIn("sandbox", page.headers["content-security-policy"])

    def test_reading_and_changing_are_two_rights(self):
        self.assertEqual(self.get("/api/v1/organisation", "referent").status, 200)
        self.assertEqual(self.put(EXAMPLE, role="referent").status, 403)
        self.assertEqual(self.get("/api/v1/organisation", "reader").status, 403)
        publishing = self.post("/api/v1/papers/publish", {}, "referent")
        self.assertEqual(publishing.status, 403)
        reads = self.server.token("papers")
        self.assertEqual(self.server.ask("GET", "/api/v1/papers", None, reads).status, 200)
        self.assertEqual(self.server.ask("PUT", "/api/v1/organisation", EXAMPLE,
                                         {**TOML, **reads}).status, 403)


class Documents(Papers):
    def state(self, document, language="en"):
        for one in self.get("/api/v1/papers").json["papers"]:
            if one["document"] == document:
                return next(two for two in one["versions"] if two["language"] == language)
        self.fail(document)

    def test_a_document_is_published_falls_behind_and_says_why(self):
        done = self.post("/api/v1/papers/publish", {"documents": ["privacy_prospects"]})
        self.assertEqual(done.status, 200, done.text)
        self.assertEqual({one["language"] for one in done.json["published"]}, {"fr", "en"})
        state = self.state("privacy_prospects")
        self.assertEqual(state["state"], "in_force")
        again = self.post("/api/v1/papers/publish", {"documents": ["privacy_prospects"]})
        self.assertEqual({one["state"] for one in again.json["published"]}, {"unchanged"})

        self.put(EXAMPLE.replace('name = "Atelier Exemple"', 'name = "Atelier Neuf"', 1))
        state = self.state("privacy_prospects")
        self.assertEqual(state["state"], "outdated")
        self.assertTrue(any("Atelier Neuf" in one for one in state["why"]), state)
        diff = self.get("/api/v1/papers/privacy_prospects/diff?in=en").json
        self.assertEqual(diff["state"], "outdated")
        rows = [row for hunk in diff["hunks"] for row in hunk["rows"] if not row["is_kept"]]
        self.assertTrue(any("Atelier Exemple" in (row["before"] or "") and
                            "Atelier Neuf" in (row["after"] or "") for row in rows), rows)
        kept = self.get("/api/v1/papers/privacy_prospects?in=en&of=published")
        self.assertIn("Atelier Exemple", kept.text)
        self.assertNotIn("Atelier Neuf", kept.text)
        status = json.loads(self.licet("--json", "paper", "status", "--in", "en").stdout)
        told = next(one for one in status if one["document"] == "privacy_prospects")
        self.assertEqual(told["state"], "outdated")

    def test_one_that_was_never_published_has_nothing_to_differ_from(self):
        diff = self.get("/api/v1/papers/legal_notice/diff")
        self.assertEqual(diff.json["state"], "draft", diff.text)
        self.assertEqual(diff.json["hunks"], [])
        self.assertEqual(self.get("/api/v1/papers/legal_notice?of=published").status, 404)

    @unittest.skipUnless(shutil.which("chromium"), "Chromium is not installed")
    def test_a_document_can_be_had_for_paper(self):
        draft = self.get("/api/v1/papers/legal_notice?as=pdf&in=en")
        self.assertEqual(draft.headers["content-type"], "application/pdf")
        self.assertTrue(draft.body.startswith(b"%PDF-"))
        self.assertEqual(self.post("/api/v1/papers/publish",
                                   {"documents": ["sms"], "in": "en"}).status, 200)
        kept = self.get("/api/v1/papers/sms?as=pdf&in=en&of=published")
        self.assertTrue(kept.body.startswith(b"%PDF-"), kept.text[:80])

    def test_a_tenant_has_its_own_templates(self):
        own = self.server.workspace / "tenants" / "neighbour"
        (own / "papers" / "fr").mkdir(parents=True)
        text = (ROOT / "papers" / "fr" / "legal_notice.mustache").read_text(encoding="utf-8")
        (own / "papers" / "fr" / "legal_notice.mustache").write_text(
            text.replace("# Mentions légales", "# Nos mentions"), encoding="utf-8")
        other = {"Licet-Tenant": "neighbour"}
        kept = self.put(EXAMPLE, role="dpo_lead", **other)
        self.assertIn(kept.status, (200, 201), kept.text)
        path = "/api/v1/papers/legal_notice?in=fr&as=text"
        self.assertIn("Nos mentions", self.get(path, "dpo_lead", **other).text)
        self.assertNotIn("Nos mentions", self.get(path).text)

    def test_a_processor_of_the_ledger_is_a_fact_of_the_register(self):
        self.licet("processor", "add", "planner", "--name", "Agenda Exemple SAS", "--kind",
                   "business", "--country", "fr", "--contract", "yes")
        self.addCleanup(self.licet, "processor", "remove", "planner")
        told = self.get("/api/v1/organisation").json
        facts = {one["name"]: one for one in told["facts"]}
        self.assertEqual(facts["processor.planner.name"]["value"], "Agenda Exemple SAS")
        self.assertEqual(facts["processor.planner.name"]["line"], 0)
        self.assertIn("planner", str(told["questions"]))

    def test_each_form_and_language(self):
        for form, kind in (("html", "text/html"), ("text", "text/plain"),
                           ("json", "application/json")):
            for language, word in (("fr", "données"), ("en", "data")):
                one = self.get(f"/api/v1/papers/privacy_prospects?as={form}&in={language}")
                self.assertEqual(one.status, 200, one.text)
                self.assertTrue(one.headers["content-type"].startswith(kind))
                self.assertIn(word, one.text)
        self.assertEqual(self.get("/api/v1/papers/privacy_prospects?as=odt").status, 400)
        self.assertEqual(self.get("/api/v1/papers/privacy_prospects?in=de").status, 400)
        self.assertIn(self.get("/api/v1/papers/nothing").status, (400, 404))

    def test_a_register_with_open_questions_publishes_nothing(self):
        self.put(EXAMPLE.replace('director = "Camille Exemple"\n', "", 1))
        done = self.post("/api/v1/papers/publish", {"documents": ["legal_notice"]})
        self.assertEqual(done.status, 400, done.text)
        self.assertTrue(done.json["problems"])

    def test_no_register_is_a_sentence_that_says_what_to_do(self):
        for path in ("papers", "banner", "forms"):
            answer = self.get(f"/api/v1/{path}", "dpo_lead", **{"Licet-Tenant": "neighbour"})
            self.assertIn(answer.status, (200, 404), answer.text)


class Shown(Papers):
    def test_the_banner_tells_what_each_tracker_needs_and_gives_its_files(self):
        told = self.get("/api/v1/banner").json
        needs = {one["id"]: one["need"] for one in told["trackers"]}
        self.assertEqual(needs["ads"], "consent")
        self.assertEqual(needs["session"], "nothing")
        self.assertTrue(all(one["cites"] for one in told["trackers"]))
        names = {one["name"] for one in told["files"]}
        self.assertIn("banner-fr.js", names)
        archive = self.get("/api/v1/banner/archive")
        with zipfile.ZipFile(io.BytesIO(archive.body)) as files:
            self.assertEqual(set(files.namelist()), names)
            script = files.read("banner-fr.js")
        self.assertEqual(self.get("/api/v1/banner/files/banner-fr.js").body, script)
        self.assertEqual(self.get("/api/v1/banner/files/../../access.json").status, 404)
        self.assertEqual(self.get("/api/v1/banner/files/access.json").status, 404)

    def test_the_preview_loads_its_own_files_and_nothing_else(self):
        page = self.get("/api/v1/banner/preview/preview-fr.html?tenant=default&site=main")
        self.assertEqual(page.status, 200, page.text)
        policy = page.headers["content-security-policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("frame-ancestors 'self'", policy)
        self.assertIn("banner-fr.js?tenant=default&amp;site=main", page.text)
        script = self.get("/api/v1/banner/preview/banner-fr.js?tenant=default&site=main")
        self.assertEqual(script.status, 200)
        self.assertEqual(self.get("/api/v1/banner/preview/banner-fr.html").status, 404)

    def test_a_tenant_that_is_named_in_the_query_is_held_to_the_same_rights(self):
        path = "/api/v1/banner/preview/preview-fr.html?tenant=neighbour"
        self.assertEqual(self.get(path, "dpo").status, 404)
        self.assertEqual(self.post("/api/v1/papers/publish?tenant=neighbour", {},
                                   "dpo").status, 200)

    def test_a_version_is_published_once_and_is_known_then(self):
        done = self.post("/api/v1/banner/publish", {})
        self.assertEqual(done.status, 200, done.text)
        versions = self.get("/api/v1/banner").json["versions"]
        self.assertTrue(all(one["is_published"] for one in versions.values()), versions)
        self.assertEqual({one["sha256"] for one in versions.values()},
                         {one["sha256"] for one in done.json["published"]})
        has_browser = shutil.which("chromium") is not None
        self.assertEqual(done.json["without_picture"], [] if has_browser else ["fr", "en"])
        for one in versions.values():
            self.assertEqual(one["is_pictured"], has_browser)

    def test_snippets_carry_the_version_that_forms_name(self):
        forms = {one["form"]: one for one in self.get("/api/v1/forms").json["forms"]}
        self.assertEqual(forms["newsletter"]["box"], "consent")
        self.assertEqual(forms["contact"]["box"], "none")
        html = self.get("/api/v1/forms/newsletter?in=fr&as=html").text
        self.assertIn(forms["newsletter"]["versions"]["fr"]["sha256"], html)
        self.assertIn("checkbox", html)
        self.assertNotIn("checked", html)
        self.assertIn("[ ]", self.get("/api/v1/forms/newsletter?in=fr&as=text").text)
        self.assertIn("licet_notice", self.get("/api/v1/forms/newsletter?as=script").text)
        self.assertEqual(self.get("/api/v1/forms/nothing").status, 404)

    def test_a_refusal_is_recorded_though_the_register_is_broken_meanwhile(self):
        self.assertEqual(self.post("/api/v1/forms/order/publish", {}).status, 200)
        forms = {one["form"]: one for one in self.get("/api/v1/forms").json["forms"]}
        version = forms["order"]["versions"]["fr"]["sha256"]
        path = self.server.workspace / "organisation.toml"
        path.write_text(EXAMPLE + "\n[processor.crm]\nbogus = 1\n", encoding="utf-8")
        self.addCleanup(path.write_text, EXAMPLE, encoding="utf-8")
        fields = {"email": "lou@example.com", "licet_notice": version, "licet_box": "yes"}
        done = self.post("/api/v1/forms/bind", {"fields": fields}, "dpo")
        self.assertEqual(done.json["kind"], "objection", done.text)
        fields["licet_notice"] = "ab" * 32
        again = self.post("/api/v1/forms/bind", {"fields": fields}, "dpo")
        self.assertEqual(again.status, 503, again.text)

    def test_a_form_that_was_sent_is_bound_to_its_notice(self):
        self.assertEqual(self.post("/api/v1/forms/newsletter/publish", {}).status, 200)
        forms = {one["form"]: one for one in self.get("/api/v1/forms").json["forms"]}
        version = forms["newsletter"]["versions"]["en"]
        self.assertTrue(version["is_published"])
        sent = {"email": "camille@example.com", "licet_notice": version["sha256"]}
        told = self.post("/api/v1/forms/bind", {"fields": sent, "key": "f-1"})
        self.assertEqual(told.json.get("kind"), "informed", told.text)
        ticked = {**sent, "licet_box": "yes"}
        body = {"fields": ticked, "purpose": "commercial", "key": "f-2"}
        given = self.post("/api/v1/forms/bind", body)
        self.assertEqual((given.status, given.json.get("kind")), (201, "consent_given"), given.text)
        self.assertEqual(self.post("/api/v1/forms/bind", body).json["recorded"], False)
        events = self.post("/api/v1/persons/timeline",
                           {"address": "camille@example.com", "reason": "test"}).json["events"]
        self.assertIn("consent_given", [one["kind"] for one in events])
        # A box that was not ticked is never a yes, and a notice that nobody knows proves nothing.
        strange = self.post("/api/v1/forms/bind", {"fields": {**sent, "licet_notice": "0" * 64}})
        self.assertEqual(strange.status, 404, strange.text)
        unticked = self.post("/api/v1/forms/bind", {"fields": {**sent, "licet_box": "true"}})
        self.assertEqual(unticked.status, 400, unticked.text)
        self.assertEqual(self.post("/api/v1/forms/bind", {"fields": []}).status, 400)

    def test_a_message_is_checked_against_its_campaign(self):
        kept = self.server.ask("PUT", "/api/v1/campaigns/winter", CAMPAIGN, TOML, "dpo")
        self.assertIn(kept.status, (200, 201), kept.text)
        path = "/api/v1/messages/check?campaign=winter"
        html = self.server.ask("POST", path, "<!doctype html><p>Sale! Buy now.</p>",
                               {"Content-Type": "text/html", "Accept-Language": "en"}, "dpo")
        self.assertEqual(html.status, 200, html.text)
        self.assertIn(html.json["state"], ("broken", "for_some"))
        self.assertTrue(html.json["findings"])
        whole = "From: a@example.com\r\nSubject: Sale\r\nContent-Type: text/plain\r\n\r\nBuy.\r\n"
        mail = self.server.ask("POST", path, whole, {"Content-Type": "message/rfc822"}, "dpo")
        self.assertEqual(mail.status, 200, mail.text)
        for type_, status in (("application/json", 400), ("image/png", 400)):
            self.assertEqual(self.server.ask("POST", path, "x", {"Content-Type": type_},
                                             "dpo").status, status)
        for name, status in (("nothing", 404), ("../../x", 400), ("", 400)):
            answer = self.server.ask("POST", f"/api/v1/messages/check?campaign={name}", "x",
                                     {"Content-Type": "text/plain"}, "dpo")
            self.assertEqual(answer.status, status, name)


del Papers


if __name__ == "__main__":
    unittest.main()
