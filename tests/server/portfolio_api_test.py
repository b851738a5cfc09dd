# SPDX-License-Identifier: Apache-2.0
"""Goal: show that whoever serves many clients sees all of theirs at once, and nobody's besides.
Method: a server with three clients, one of which has an audit, a campaign and a processor; a person
who may see two of them. What the API gives is what `licet portfolio` says.
"""
import json
import pathlib
import io
import shutil
import tarfile
import time
import unittest

from support import PASSWORD, Server, run

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
PROFILE = {"PRO-01": "professionnels,consommateurs", "PRO-02": "email,telephone", "PRO-03": "FR",
           "PRO-04": "1", "PRO-05": "formulaires,clients", "PRO-06": "non", "PRO-08": "aucun"}


def read_by(server, path="", role="dpo_lead", tenant="default"):
    """What the server says once it has read all ledgers."""
    for _ in range(100):
        answer = server.ask("GET", "/api/v1/portfolio" + path, role=role,
                            headers={"Licet-Tenant": tenant})
        assert answer.status == 200, answer.text
        if not answer.json["reading"]:
            return answer.json
        time.sleep(0.1)
    raise AssertionError("a ledger is read for ten seconds")


class PortfolioApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo_lead",), tenants=("north", "south"))
        cls.space = cls.server.workspace
        cls.of("north", "audit", "start")
        for question, answer in {**PROFILE, "OPP-01": "no"}.items():
            cls.of("north", "audit", "answer", "-q", question, "-a", answer)
        cls.of("north", "processor", "add", "crisp", "--country", "us")
        cls.of("south", "processor", "add", "crisp", "--country", "fr", "--contract", "yes")
        cls.of("north", "processor", "add", "brevo", "--contract", "yes")
        run("processor", "add", "calendly", "-w", str(cls.space), check=True)
        campaigns = cls.folder("north") / "campaigns"
        campaigns.mkdir()
        shutil.copy(EXAMPLES / "appels-avant.toml", campaigns / "calls.toml")
        run("user", "add", "nora", "--role", "dpo", "--tenant", "north", "--tenant", "south",
            "-w", str(cls.space), given=PASSWORD + "\n", check=True)
        cls.server.stop()
        cls.server.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    @classmethod
    def folder(cls, tenant):
        return cls.space / "tenants" / tenant

    @classmethod
    def of(cls, tenant, *words):
        run(*words, "-w", str(cls.folder(tenant)), check=True)

    def get(self, path, role="nora"):
        return read_by(self.server, path, role, "north")

    def ask(self, path, role="nora"):
        return self.server.ask("GET", "/api/v1/portfolio" + path, role=role,
                               headers={"Licet-Tenant": "north"})

    def told(self, *words):
        """What the command line says of the same clients."""
        return json.loads(run("--json", "portfolio", *words, "--folder",
                              str(self.space / "tenants")).stdout)

    def test_all_of_theirs_are_shown_and_nobody_besides(self):
        shown = self.get("")
        self.assertEqual({one["client"] for one in shown["clients"]}, {"north", "south"})
        everywhere = self.get("", role="dpo_lead")
        self.assertEqual({one["client"] for one in everywhere["clients"]},
                         {"default", "north", "south"})
        self.assertEqual(shown["skipped"], [])
        self.assertGreater(len(shown["themes"]), 5)

    def test_the_numbers_are_those_of_the_command_line(self):
        told = {one["client"]: one for one in self.told("list")["clients"]}
        for one in self.get("")["clients"]:
            for theme in one["themes"].values():
                self.assertIn(theme.pop("heat"), range(-1, 5))
            self.assertEqual(one, told[one["client"]])
        self.assertEqual(self.get("/impact?date=2026-08-11"),
                         {**self.told("impact", "--date", "2026-08-11"), "reading": []})
        self.assertEqual(self.get("/processors")["processors"], self.told("processors"))
        days = self.get("/days")["days"]
        self.assertEqual([(one["day"], one["about"]) for one in days],
                         [(one["day"], one["about"]) for one in self.told("calendar")])
        self.assertLessEqual({one["client"] for one in days}, {"north", "south"})

    def test_a_change_of_law_names_the_client_that_it_breaks(self):
        told = self.get("/impact?date=2026-08-11")
        self.assertEqual(told["before"], "2026-08-10")
        first = told["clients"][0]
        self.assertEqual((first["client"], first["touched"]), ("north", True))
        self.assertEqual(first["campaigns"][0]["campaign"], "calls")

    def test_a_vendor_goes_to_another_client_without_contract_and_never_from_a_strangers(self):
        def adopt(processor, tenant="south", role="nora"):
            return self.server.ask("POST", "/api/v1/portfolio/processors",
                                   {"processor": processor}, {"Licet-Tenant": tenant}, role)
        self.get("/processors")  # all ledgers are read
        done = adopt("brevo")
        self.assertEqual(done.status, 201, done.text)
        self.assertIn("Brevo", done.json["name"])
        self.assertNotIn("contract", done.json)
        self.assertEqual(adopt("brevo").json["code"], "entry.there_already")
        self.assertEqual(adopt("calendly").json["code"], "portfolio.no_vendor")
        self.assertEqual(adopt("brevo", "default").status, 404)
        shown = {one["processor"]: one for one in self.get("/processors")["processors"]}
        self.assertEqual(shown["brevo"]["clients"], ["north", "south"])
        self.assertEqual(shown["brevo"]["without_contract"], ["south"])

    def test_days_that_are_none_are_refused(self):
        for query in ("", "?date=tomorrow", "?from=2026-08-10"):
            self.assertEqual(self.ask("/impact" + query).status, 400, query)

    def test_a_client_has_its_year_as_a_page(self):
        answer = self.ask("/report?year=2026")
        self.assertEqual(answer.status, 200, answer.text)
        self.assertTrue(answer.headers["content-type"].startswith("text/html"))
        self.assertIn("2026", answer.text)
        self.assertNotIn("<script", answer.text)
        self.assertEqual(self.ask("/report?year=next").status, 400)

    def test_a_client_leaves_with_one_archive_without_its_keys(self):
        with Server(roles=("dpo_lead", "dpo"), tenants=("north",)) as server:
            made = server.ask("POST", "/api/v1/hand-overs", {}, {"Licet-Tenant": "north"},
                              "dpo_lead")
            self.assertEqual(made.status, 202, made.text)
            at = made.headers["location"]
            north = {"Licet-Tenant": "north"}
            told = server.get(f"{at}/progress", "dpo_lead", **north).text
            self.assertIn("event: done", told)
            self.assertIn('"state":"done"', told)
            archive = server.get(f"{at}/files/client.tar", "dpo_lead", **north)
            names = tarfile.open(fileobj=io.BytesIO(archive.body)).getnames()
            self.assertTrue(any(one.endswith("/ledger-export") for one in names), names)
            self.assertFalse([one for one in names if one.endswith((".key", ".keys"))], names)
            # Nobody else's, and for nobody but who administers.
            self.assertEqual(server.get(at, "dpo_lead").status, 404)
            self.assertEqual(server.get(at, "dpo", **north).status, 403)
            self.assertEqual(server.ask("DELETE", at, headers=north, role="dpo_lead").status, 204)
            self.assertEqual(server.get("/api/v1/hand-overs", "dpo_lead", **north).json,
                             {"hand_overs": []})

    def test_the_calendar_can_be_taken_along(self):
        answer = self.ask("/calendar.ics")
        self.assertTrue(answer.headers["content-type"].startswith("text/calendar"))
        self.assertTrue(answer.text.startswith("BEGIN:VCALENDAR\r\n"))
        self.assertEqual(answer.text.count("BEGIN:VEVENT"), len(self.get("/days")["days"]))

    def test_a_client_that_cannot_be_read_is_named_and_the_others_are_shown(self):
        with Server(roles=("dpo_lead",), tenants=("good", "bad")) as server:
            (server.workspace / "tenants" / "bad" / "ledger.db").write_bytes(b"no ledger")
            shown = read_by(server)
            self.assertEqual(shown["skipped"], ["bad"])
            self.assertEqual({one["client"] for one in shown["clients"]}, {"default", "good"})

    def test_a_client_that_is_gone_under_a_running_server_is_named(self):
        with Server(roles=("dpo_lead",), tenants=("good", "gone", "torn")) as server:
            self.assertEqual(read_by(server)["skipped"], [])
            shutil.rmtree(server.workspace / "tenants" / "gone")
            (server.workspace / "tenants" / "torn" / "config.toml").write_text("country = ")
            shown = read_by(server)
            self.assertEqual(shown["skipped"], ["gone", "torn"])
            self.assertEqual({one["client"] for one in shown["clients"]}, {"default", "good"})
            # It is not made again by who asks for its archive.
            asked = server.ask("POST", "/api/v1/hand-overs", {}, {"Licet-Tenant": "gone"},
                               "dpo_lead")
            self.assertGreaterEqual(asked.status, 400)
            self.assertFalse((server.workspace / "tenants" / "gone").exists())

    def test_the_days_of_one_client_can_be_asked_for(self):
        all_days = self.get("/days")["days"]
        one = self.get("/days?client=north")["days"]
        self.assertEqual(one, [day for day in all_days if day["client"] == "north"])

    def test_an_audit_that_begins_is_shown_at_once(self):
        with Server(roles=("dpo_lead",)) as server:
            def has_audit():
                return read_by(server)["clients"][0]["has_audit"]
            self.assertFalse(has_audit())
            score = server.get("/api/v1/audits/current/score", role="dpo_lead")
            self.assertEqual(score.status, 404)
            self.assertEqual(server.post("/api/v1/audits", {"audit": "first"},
                                         role="dpo_lead").status, 201)
            self.assertTrue(has_audit())


if __name__ == "__main__":
    unittest.main()
