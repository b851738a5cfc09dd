# SPDX-License-Identifier: Apache-2.0
"""Goal: show that an organisation that is made up can be loaded, looked at and removed, that no
other can be removed so, and that the keys are told without a secret.
Method: a real server; what is left is looked for on the disk.
"""
import os
import pathlib
import threading
import time
import unittest

from support import Server

TENANTS = "/api/v1/tenants"
FACTS = {"channel": "email", "purpose": "commercial", "country": "fr", "audience": "consumer"}


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo_lead", "dpo"), tenants=("north",))

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def of(self, tenant, path, method="GET", body=None):
        return self.server.ask(method, "/api/v1" + path, body, role="dpo_lead",
                               headers={"Licet-Tenant": tenant})

    def listed(self):
        """Those of whom the portfolio tells something, once all ledgers are read."""
        for _ in range(100):
            told = self.of("default", "/portfolio").json
            if not told["reading"]:
                break
            time.sleep(0.1)
        return [*told["skipped"], *(client["client"] for client in told["clients"])]

    def files_of_the_removed(self):
        """Files that the server has open and that are no more, once it had time to close them."""
        folder = pathlib.Path(f"/proc/{self.server.process.pid}/fd")
        for _ in range(50):
            left = [os.readlink(one) for one in folder.iterdir() if os.path.lexists(one)]
            left = [one for one in left if "exemple-" in one or "NO-MORE" in one]
            if not left:
                break
            time.sleep(0.1)
        return left

    def load(self):
        made = self.server.post(TENANTS + "/example", None, "dpo_lead")
        self.assertEqual(made.status, 201, made.text)
        self.assertTrue(made.json["example"])
        return made.json["id"]


class Example(Case):
    def test_it_is_full_of_things_to_look_at_and_goes_without_a_trace(self):
        one = self.load()
        score = self.of(one, "/audits/current/score")
        self.assertEqual(score.status, 200, score.text)
        self.assertTrue(0 < score.json["score"] < 100)
        self.assertGreater(score.json["unanswered"], 0)
        for path, name in (("/processors", "processors"), ("/breaches", "breaches"),
                           ("/complaints", "complaints"), ("/papers", "papers")):
            self.assertGreater(len(self.of(one, path).json[name]), 0, path)
        self.assertEqual(self.server.get(f"/t/{one}/rights").status, 200)
        said = self.of(one, "/objections", "POST", {"address": "someone@example.com"})
        self.assertEqual(said.status, 201, said.text)
        asked = {"facts": FACTS, "email": "someone@example.com"}
        self.assertEqual(self.of(one, "/check", "POST", asked).json["verdict"], "forbidden")
        self.assertIn(one, self.listed())

        removed = self.server.ask("DELETE", f"{TENANTS}/{one}", role="dpo_lead")
        self.assertEqual(removed.status, 204)
        self.assertFalse((self.server.workspace / "tenants" / one).exists())
        self.assertEqual(self.of(one, "/processors").status, 404)
        self.assertEqual(self.server.get(f"/t/{one}/rights").status, 404)
        self.assertEqual(self.files_of_the_removed(), [])
        self.assertNotIn(one, self.server.get(TENANTS, "dpo_lead").text)
        self.assertNotIn(one, self.listed())
        self.assertEqual(self.server.get("/readyz").status, 200)
        again = self.load()
        self.assertNotEqual(again, one)
        self.assertEqual(self.of(again, "/processors").status, 200)
        self.server.ask("DELETE", f"{TENANTS}/{again}", role="dpo_lead")

    def test_there_are_ten_at_most(self):
        made = [self.load() for _ in range(10)]
        answer = self.server.post(TENANTS + "/example", None, "dpo_lead")
        self.assertEqual((answer.status, answer.json["code"]), (400, "serve.too_many_examples"))
        for one in made:
            self.server.ask("DELETE", f"{TENANTS}/{one}", role="dpo_lead")

    def test_nothing_else_is_removed_so_and_by_nobody_else(self):
        for tenant, status, code in (("north", 400, "serve.not_an_example"),
                                     ("default", 404, "web.no_tenant"),
                                     ("nobody", 404, "web.no_tenant")):
            answer = self.server.ask("DELETE", f"{TENANTS}/{tenant}", role="dpo_lead")
            self.assertEqual((answer.status, answer.json["code"]), (status, code), answer.text)
        self.assertTrue((self.server.workspace / "tenants" / "north" / "ledger.db").exists())
        self.assertEqual(self.server.post(TENANTS + "/example", None, "dpo").status, 403)
        self.assertEqual(self.server.ask("DELETE", f"{TENANTS}/north", role="dpo").status, 403)

    def test_the_keys_are_told_without_a_secret(self):
        answer = self.of("north", "/keys")
        self.assertEqual(answer.status, 200, answer.text)
        there = {one["file"]: one["there"] for one in answer.json["keys"]}
        self.assertEqual(there, {"tenant.key": True, "persons.keys": True, "layer.key": False,
                                 "signing.key": True, "links.key": False,
                                 "label-signing.key": False})
        folder = self.server.workspace / "tenants" / "north"
        self.assertEqual(answer.json["checkpoints"], (folder / "signing.vkey").read_text().strip())
        self.assertNotIn("labels", answer.json)
        for secret in ("tenant.key", "signing.key"):
            for line in (folder / secret).read_text(errors="replace").splitlines():
                if len(line) > 20 and not line.startswith("---"):
                    self.assertNotIn(line, answer.text)


class Removal(Case):
    def test_removed_while_it_is_asked_and_written_nothing_stays(self):
        tenants = self.server.workspace / "tenants"
        stop = threading.Event()

        def ask(one):
            number = 0
            while not stop.is_set():
                number += 1
                for path, body in (("/breaches", {"id": f"b-{number}", "note": "something"}),
                                   ("/objections", {"address": f"p{number}@example.com"}),
                                   ("/hand-overs", {})):
                    self.assertIn(self.of(one, path, "POST", body).status,
                                  (200, 201, 202, 400, 404, 503))
                self.of(one, "/audits/current/score")
        for _ in range(4):
            one = self.load()
            stop.clear()
            asking = [threading.Thread(target=ask, args=(one,)) for _ in range(3)]
            for thread in asking:
                thread.start()
            time.sleep(0.3)
            removed = self.server.ask("DELETE", f"{TENANTS}/{one}", role="dpo_lead")
            time.sleep(0.2)
            stop.set()
            for thread in asking:
                thread.join()
            self.assertIn(removed.status, (204, 503), removed.text)
            self.assertFalse((tenants / one).exists())
        self.assertNotIn("exemple-", " ".join(self.listed()))
        self.assertEqual(self.files_of_the_removed(), [])
        # What could not be removed then goes at the next start.
        self.server.stop()
        self.server.start()
        self.assertEqual([one.name for one in tenants.iterdir()], ["north"])


if __name__ == "__main__":
    unittest.main()
