# SPDX-License-Identifier: Apache-2.0
"""Goal: hold the contract of questions and answers that other programs rest on.

Method: the JSON of a verdict is compared field by field with DESIGN section 6; exit statuses, lines
of facts, explanations and the commands about law and workspace are asked from outside.
"""
import json
import pathlib
import re
import shutil
import unittest

from support import BAD_INPUT, MISSING_INPUT, PACKS, VALID_CONSENT, Desk, licet, light_packs

CONSUMER = ["--fact", "country=fr", "--fact", "channel=email", "--fact", "audience=consumer",
            "--fact", "at=2026-11-23T11:00+01:00", "--background", "ordinary_offer",
            "--background", "clean", "--background", "conformant_message",
            "--background", "collected_by_us", "--fact", "origin.on=2026-10-01",
            "--fact", "origin.collected_on=2026-10-01",
            "--fact", "last_contact_from_person_on=2026-10-01"]
CONSENT = ["--background", "valid_consent", "--fact", "consent.on=2026-10-01"]

ALLOWED, FORBIDDEN, UNDETERMINED, OUT_OF_SCOPE, OTHER = 0, 1, 2, 3, 4


class Contract(Desk):
    """The shape of an answer."""
    KEYS = {"verdict", "question", "at", "reasons", "duties", "missing", "remedies", "certainty",
            "holds_until", "pack", "facts"}

    def asked(self, *arguments, status, **more):
        return self.done(self.licet("check", *arguments, "--json", **more), status).json()

    def assert_shape(self, verdict):
        self.assertLessEqual(self.KEYS, set(verdict))
        self.assertIn(verdict["verdict"],
                      ("allowed", "forbidden", "undetermined", "out_of_scope"))
        self.assertEqual(verdict["question"], "contact")
        self.assertRegex(verdict["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$")
        for reason in verdict["reasons"]:
            self.assertEqual(set(reason), {"rule", "cites", "tell"})
            self.assertRegex(reason["rule"], r"^[a-z]{2}(\.[a-z0-9_]+)+$")
            self.assertTrue(reason["cites"] and all(reason["cites"]))
            self.assertNotEqual(reason["tell"], "")
        for duty in verdict["duties"]:
            self.assertEqual(set(duty), {"id", "tell"})
            self.assertTrue(duty["id"] and duty["tell"])
        for name in verdict["missing"]:
            self.assertIsInstance(name, str)
        for remedy in verdict["remedies"]:
            self.assertEqual(set(remedy), {"change", "by", "tell"})
            self.assertTrue(remedy["change"] and remedy["tell"])
            self.assertIn(remedy["by"], ("us", "person", "time", "nobody"))
        self.assertIn(verdict["certainty"], ("settled", "debatable"))
        if verdict["holds_until"] is not None:
            self.assertRegex(verdict["holds_until"], r"^\d{4}-\d\d-\d\d$")
        self.assertRegex(verdict["pack"], r"fr@\d+\.\d+\.\d+\+sha256:[0-9a-f]{16,64}")
        for name, fact in verdict["facts"].items():
            self.assertEqual(set(fact), {"value", "from"}, name)
            self.assertIsInstance(fact["value"], str)
            self.assertIn(fact["from"], ("request", "campaign", "ledger", "derived"))

    def test_forbidden_says_why_and_what_would_help(self):
        verdict = self.asked(*CONSUMER, status=FORBIDDEN)
        self.assert_shape(verdict)
        self.assertEqual(verdict["verdict"], "forbidden")
        self.assertEqual(verdict["at"], "2026-11-23T11:00+01:00")
        self.assertEqual(verdict["reasons"][0]["rule"], "fr.email.consumer")
        self.assertTrue(any("consent" in one["change"] and one["by"] == "person"
                            for one in verdict["remedies"]))
        self.assertEqual(verdict["missing"], [])
        self.assertEqual(verdict["facts"]["channel"], {"value": "email", "from": "request"})

    def test_allowed_says_what_to_keep_to(self):
        verdict = self.asked(*CONSUMER, *CONSENT, status=ALLOWED)
        self.assert_shape(verdict)
        self.assertEqual(verdict["verdict"], "allowed")
        self.assertLessEqual({"identify_sender", "stop_contact"},
                             {duty["id"] for duty in verdict["duties"]})
        self.assertEqual(verdict["remedies"], [])

    def test_undetermined_says_what_is_missing(self):
        verdict = self.asked("--fact", "country=fr", "--fact", "channel=email",
                             "--fact", "at=2026-11-23", status=UNDETERMINED)
        self.assertLessEqual(self.KEYS, set(verdict))
        self.assertEqual(verdict["verdict"], "undetermined")
        self.assertNotEqual(verdict["missing"], [])

    def test_a_country_without_rules_is_undetermined_with_a_note(self):
        verdict = self.asked("--fact", "country=jp", "--fact", "channel=email",
                             status=UNDETERMINED)
        self.assertEqual(verdict["verdict"], "undetermined")
        self.assertEqual(verdict["note"], "gate.no_law")
        said = self.done(self.licet("check", "--fact", "country=jp"), UNDETERMINED)
        self.assertIn('for the country "jp" yet', said.out)

    def test_what_is_no_prospecting_is_out_of_scope(self):
        verdict = self.asked(*CONSUMER, "--fact", "purpose=transactional",
                             "--fact", "offer.inserted=no", status=OUT_OF_SCOPE)
        self.assert_shape(verdict)

    def test_answers_speak_the_language_of_the_reader(self):
        french = self.asked(*CONSUMER, status=FORBIDDEN, lang="fr_FR.UTF-8")
        english = self.asked(*CONSUMER, status=FORBIDDEN)
        self.assertNotEqual(french["reasons"][0]["tell"], english["reasons"][0]["tell"])
        self.assertEqual({**french, "reasons": 0, "remedies": 0, "duties": 0},
                         {**english, "reasons": 0, "remedies": 0, "duties": 0})
        said = self.licet("check", *CONSUMER, lang="fr_FR.UTF-8")
        self.assertTrue(said.out.lower().startswith("interdit"), str(said))

    def test_one_question_gives_one_answer_for_ever(self):
        first = self.licet("check", *CONSUMER, "--json")
        self.assertEqual(self.licet("check", *CONSUMER, "--json").out, first.out)

    def test_the_ledger_is_named_where_it_speaks(self):
        address = "camille@courrier.example"
        self.consent(address)
        arguments = ["--email", address, "--campaign", self.campaign,
                     "--fact", "audience=consumer"]
        verdict = self.asked(*arguments, status=ALLOWED)
        self.assert_shape(verdict)
        self.assertEqual(verdict["facts"]["consent"], {"value": "given", "from": "ledger"})
        self.assertEqual(verdict["facts"]["purpose"]["from"], "campaign")
        self.done(self.licet("suppress", address, "--on", "2026-11-01"))
        verdict = self.asked(*arguments, status=FORBIDDEN)
        self.assertEqual(verdict["facts"]["objection"]["from"], "ledger")
        self.assertNotIn(address, json.dumps(verdict))

    def test_an_objection_of_the_ledger_is_not_argued_away(self):
        address = "camille@courrier.example"
        self.done(self.licet("suppress", address, "--on", "2026-11-01"))
        answer = self.licet("check", "--email", address, "--campaign", self.campaign,
                            "--fact", "objection=none", *CONSENT, "--json")
        self.assertNotEqual(answer.status, ALLOWED, str(answer))


class Statuses(Desk):
    def test_wrong_usage(self):
        for arguments in ((), ("nonesuch",), ("check", "--nonesuch"), ("screen",),
                          ("check", "--reading", "lax"), ("--lang", "xx", "law", "list"),
                          ("law",), ("ledger",)):
            with self.subTest(arguments):
                answer = licet(*arguments)
                self.assertEqual(answer.status, 64, str(answer))
                self.assertNotEqual(answer.err, "")

    def test_help_and_version_are_no_errors(self):
        for arguments in (("--help",), ("--version",), ("screen", "--help"), ("law", "--help")):
            for lang in ("fr_FR.UTF-8", "en_US.UTF-8"):
                answer = self.done(licet(*arguments, lang=lang))
                self.assertNotEqual(answer.out, "")
                self.assertEqual(answer.err, "")

    def test_the_help_of_every_command_has_its_words(self):
        def parts_of(words):
            shown = self.done(licet(*words, "--help", lang="en_US.UTF-8")).out
            self.assertNotRegex(shown, r"\[[a-z]+\.[a-z_]+\]", words)
            for name in re.findall(r"^  ([a-z]+(?:-[a-z]+)*)  +\S", shown, re.MULTILINE):
                if not words or name not in words:
                    yield [*words, name]
        families = list(parts_of([]))
        self.assertGreater(len(families), 20)
        for family in families:
            for one in parts_of(family):
                if licet(*one, "--help", lang="en_US.UTF-8").status == 0:
                    list(parts_of(one))

    def test_missing_and_bad_input(self):
        self.assert_refused(self.licet("check", "--facts-jsonl", "no.jsonl"), MISSING_INPUT,
                            "no.jsonl")
        self.assert_refused(self.licet("check", "--fact", "x=y"), BAD_INPUT, '"x"')
        self.assert_refused(self.licet("check", "--campaign", "no.toml"), MISSING_INPUT, "no.toml")
        self.assert_refused(self.licet("law", "show", "fr.nonesuch"), MISSING_INPUT, "fr.nonesuch")


class Lines(Desk):
    def lines(self, *objects):
        text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in objects)
        self.write("facts.jsonl", text)
        return self.licet("check", "--facts-jsonl", "facts.jsonl", "--json")

    FACTS = {"country": "fr", "channel": "email", "audience": "consumer", "at": "2026-11-23",
             "background": ["ordinary_offer", "clean"]}

    def test_answers_come_in_order_with_their_id(self):
        given = [{"id": f"n{i % 7}-{i}", "question": "contact", "facts": self.FACTS, "says": "?"}
                 for i in range(30)]
        answer = self.done(self.lines(*given))
        self.assertEqual([one["id"] for one in answer.lines()], [one["id"] for one in given])
        self.assertEqual({one["verdict"] for one in answer.lines()}, {"forbidden"})

    def test_ids_of_any_kind_come_back_as_they_were(self):
        ids = ["é\"\\", 7, None, {"a": [1]}]
        answer = self.done(self.lines(*({"id": one, "facts": self.FACTS} for one in ids)))
        self.assertEqual([one["id"] for one in answer.lines()], ids)

    def test_bad_lines_keep_their_id(self):
        lines = self.lines({"id": "bad", "facts": {"channel": "pigeon"}}, {"id": "none"}).lines()
        self.assertEqual([one.get("id") for one in lines], ["bad", "none"])

    def test_bad_lines_keep_their_place(self):
        good = {"id": "good", "facts": self.FACTS}
        answer = self.lines(good, {"id": "bad", "facts": {"channel": "pigeon"}}, "{", "[]",
                            {"id": "none"}, {"id": "q", "question": "nonesuch", "facts": {}},
                            good)
        self.assertGreaterEqual(answer.status, 64, str(answer))
        lines = answer.lines()
        self.assertEqual([one["verdict"] for one in lines],
                         ["forbidden", "error", "error", "error", "error", "error", "forbidden"])
        self.assertEqual([one["line"] for one in lines[1:6]], [2, 3, 4, 5, 6])

    def test_blank_lines_are_no_questions(self):
        answer = self.done(self.lines({"id": 1, "facts": self.FACTS}, "", "  ",
                                      {"id": 2, "facts": self.FACTS}))
        self.assertEqual([one["id"] for one in answer.lines()], [1, 2])

    def test_yes_and_no_may_be_booleans_and_counts_numbers(self):
        one = {"id": 1, "facts": {**self.FACTS, "mass": True, "minor": False,
                                  "calls.last_30_days": 2}}
        facts = self.done(self.lines(one)).lines()[0]["facts"]
        self.assertEqual([facts[name]["value"] for name in ("mass", "minor", "calls.last_30_days")],
                         ["yes", "no", "2"])


class Explanations(Desk):
    def test_explain_shows_chain_facts_and_sources(self):
        answer = self.done(self.licet("explain", *CONSUMER, *CONSENT), ALLOWED)
        for word in ("fr.email.consumer.consent", "exception to:", "fr.email.consumer",
                     "CPCE L34-5", "channel = email", "from the request", "20-electronic-mail.md:",
                     "read on"):
            self.assertIn(word, answer.out)

    def test_explain_has_the_statuses_and_the_json_of_check(self):
        self.done(self.licet("explain", *CONSUMER), FORBIDDEN)
        explained = self.licet("explain", *CONSUMER, "--json").json()
        self.assertIn("channel", explained.pop("sufficient"))
        self.assertIsNone(explained.pop("next"))
        self.assertEqual(explained, self.licet("check", *CONSUMER, "--json").json())

    def test_person_asks_a_reason(self):
        address = "camille@courrier.example"
        self.consent(address)
        self.done(self.licet("suppress", address, "--on", "2026-11-01"))
        for arguments in ((), ("--reason", ""), ("--reason", "  ")):
            answer = self.licet("person", address, *arguments)
            self.assert_refused(answer, BAD_INPUT, "--reason")
            self.assertEqual(answer.out, "")
        answer = self.done(self.licet("person", address, "--reason", "access request"))
        lines = answer.out.splitlines()
        self.assertRegex(lines[0], r"^2026-10-01  consent given")
        self.assertRegex(lines[1], r"^ +validity: valid consent · proof: ")
        self.assertRegex(lines[2], r"^2026-11-01  objection")
        events = self.done(self.licet("person", address, "--reason", "t", "--json")).json()
        self.assertEqual([(one["on"], one["kind"]) for one in events],
                         [("2026-10-01", "consent_given"), ("2026-11-01", "objection")])
        self.assertEqual(events[0]["attributes"], VALID_CONSENT)

    def test_an_objection_shows_how_far_it_reaches_also_after_an_erasure(self):
        address = "camille@courrier.example"
        self.done(self.licet("suppress", address, "--channel", "email", "--purpose",
                             "commercial.newsletter", "--brand", "north"))
        self.done(self.licet("record", "informed", "--email", address))
        for part in ("objection", "opposition list|suppression list"):
            lines = self.done(self.licet("person", address, "--reason", "t")).out.splitlines()
            (line,) = [one for one in lines if "email" in one]
            self.assertRegex(line, part)
            self.assertRegex(line, r"  email  commercial\.newsletter  brand = north")
            self.done(self.licet("erase", address, "--yes"))

    def test_a_stranger_is_unknown(self):
        answer = self.done(self.licet("person", "nobody@courrier.example", "--reason", "test"))
        self.assertIn("knows nothing", answer.out)

    def test_what_is_nobodys_name_is_not_called_a_wrong_number(self):
        for command in (("person", "bad", "--reason", "t"), ("suppress", "bad"),
                        ("erase", "bad", "--yes")):
            self.assert_refused(self.licet(*command), BAD_INPUT, "neither an e-mail address")
        answer = self.licet("person", "0612bad", "--reason", "t")
        self.assert_refused(answer, BAD_INPUT, "other than digits")


class Law(Desk):
    def test_the_program_carries_all_packs(self):
        packs = self.done(licet("law", "list", "--json")).json()
        self.assertEqual({one["id"] for one in packs},
                         {path.parent.name for path in PACKS.glob("*/pack.toml")
                          if 'kind = "cases"' not in path.read_text(encoding="utf-8")})
        for one in packs:
            self.assertRegex(one["identity"], r"^\w+@[\d.]+\+sha256:[0-9a-f]{16}")
            self.assertGreater(one["rules"], 2)

    def test_list_names_packs_versions_and_review(self):
        answer = self.done(self.licet("law", "list"))
        self.assertRegex(answer.out, r"(?m)^fr \d+\.\d+\.\d+  ")
        self.assertRegex(answer.out, r"\d+ rules, .*lawyer")

    def test_show_gives_words_and_citations(self):
        answer = self.done(self.licet("law", "show", "fr.email.consumer"))
        self.assertIn("A consumer must have agreed beforehand", answer.out)
        self.assertIn("CPCE L34-5", answer.out)
        self.assertIn("fr.email.consumer.consent", answer.out)
        self.assertNotIn("fr.call", answer.out)

    def test_facts_gives_names_and_values(self):
        answer = self.done(self.licet("law", "facts", "channel"))
        self.assertIn("live_call", answer.out)
        facts = self.done(self.licet("law", "facts", "--json")).json()
        self.assertGreater(len(facts), 100)

    def test_test_names_the_row_that_a_rule_does_not_meet(self):
        packs = self.here / "packs"
        shutil.copytree(light_packs(), packs)
        file = packs / "fr/20-electronic-mail.md"
        lines = file.read_text().splitlines()
        # The first row of a table whose rule is named: it expects the contrary from now on.
        row = next(n for n, line in enumerate(lines)
                   if line.startswith("| 20") and "| forbidden |" in line)
        lines[row] = lines[row].replace("| forbidden |", "| allowed |")
        file.write_text("\n".join(lines) + "\n")
        answer = self.done(self.licet("law", "test", "--packs", packs), 11)
        self.assertRegex(answer.err, rf"fr/20-electronic-mail\.md:{row + 1}:.*forbidden")
        report = self.done(self.licet("law", "test", "--json", "--packs", packs), 11).json()
        self.assertGreaterEqual(report["failed"], 1)
        self.assertGreater(report["rows"], 100)


class Workspaces(Desk):
    def files(self, folder):
        return {str(path.relative_to(folder)): path.read_bytes()
                for path in sorted(folder.rglob("*")) if path.is_file()}

    def test_init_twice_changes_nothing(self):
        before = self.files(self.workspace)
        self.assert_refused(licet("init", self.workspace), BAD_INPUT, "already a workspace")
        self.assertEqual(self.files(self.workspace), before)

    def test_init_in_the_current_folder_is_found_there(self):
        folder = self.here / "here"
        folder.mkdir()
        self.done(licet("init", cwd=folder))
        answer = self.done(licet("ledger", "verify", cwd=folder))
        self.assertIn("intact", answer.out)

    def test_init_refuses_a_country_that_is_none(self):
        answer = licet("init", self.here / "other", "--country", "France")
        self.assertGreaterEqual(answer.status, 64, str(answer))
        self.assertFalse((self.here / "other" / "tenant.key").exists())


class Demo(Desk):
    def demo(self):
        return self.done(licet("demo", "--packs", light_packs(), cwd=self.here,
                               lang="fr_FR.UTF-8"))

    def test_demo_runs_twice(self):
        first = self.demo()
        report = self.here / re.search(r"(\S+/report\.html) dans un navigateur", first.out).group(1)
        self.assertTrue(report.is_file())
        content = report.read_bytes()
        key = (self.here / "demo/espace/tenant.key").read_bytes()
        again = self.demo()
        self.assertIn("existe déjà", again.out)
        self.assertEqual(report.read_bytes(), content)
        self.assertEqual((self.here / "demo/espace/tenant.key").read_bytes(), key)
        folders = [path for path in pathlib.Path(self.here / "demo").iterdir() if path.is_dir()]
        self.assertGreaterEqual(len(folders), 5)


if __name__ == "__main__":
    unittest.main()
