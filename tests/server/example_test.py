# SPDX-License-Identifier: Apache-2.0
"""Goal: show that an organisation that is made up can be loaded, looked at and removed, that no
other can be removed so, and that the keys are told without a secret.
Method: a real server; what is left is looked for on the disk.
"""
import time
import unittest

from support import Server

TENANTS = "/api/v1/tenants"
FACTS = {"channel": "email", "purpose": "commercial", "country": "fr", "audience": "consumer"}


class Example(unittest.TestCase):
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

    def load(self):
        made = self.server.post(TENANTS + "/example", None, "dpo_lead")
        self.assertEqual(made.status, 201, made.text)
        self.assertTrue(made.json["example"])
        return made.json["id"]

    def test_it_is_full_of_things_to_look_at_and_goes_without_a_trace(self):
        one = self.load()
        score = self.of(one, "/audits/current/score")
        self.assertEqual(score.status, 200, score.text)
        self.assertTrue(0 < score.json["score"] < 100)
        self.assertGreater(score.json["unanswered"], 0)
        for path, name in (("/processors", "processors"), ("/breaches", "breaches"),
                           ("/complaints", "complaints"), ("/papers", "papers")):
            self.assertGreater(len(self.of(one, path).json[name]), 0, path)
        said = self.of(one, "/objections", "POST", {"address": "someone@example.com"})
        self.assertEqual(said.status, 201, said.text)
        asked = {"facts": FACTS, "email": "someone@example.com"}
        self.assertEqual(self.of(one, "/check", "POST", asked).json["verdict"], "forbidden")
        self.assertIn(one, self.listed())

        removed = self.server.ask("DELETE", f"{TENANTS}/{one}", role="dpo_lead")
        self.assertEqual(removed.status, 204)
        self.assertFalse((self.server.workspace / "tenants" / one).exists())
        self.assertEqual(self.of(one, "/processors").status, 404)
        self.assertNotIn(one, self.server.get(TENANTS, "dpo_lead").text)
        self.assertNotIn(one, self.listed())
        self.assertEqual(self.server.get("/readyz").status, 200)
        again = self.load()
        self.assertNotEqual(again, one)
        self.assertEqual(self.of(again, "/processors").status, 200)
        self.server.ask("DELETE", f"{TENANTS}/{again}", role="dpo_lead")

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
                                 "signing.key": True, "links.key": False})
        folder = self.server.workspace / "tenants" / "north"
        self.assertEqual(answer.json["checkpoints"], (folder / "signing.vkey").read_text().strip())
        self.assertTrue(answer.json["labels"].startswith("did:key:z6Mk"))
        for secret in ("tenant.key", "signing.key"):
            for line in (folder / secret).read_text(errors="replace").splitlines():
                if len(line) > 20 and not line.startswith("---"):
                    self.assertNotIn(line, answer.text)


if __name__ == "__main__":
    unittest.main()
