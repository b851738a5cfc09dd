# SPDX-License-Identifier: Apache-2.0
"""Every route as every role, as the neighbour tenant, and as a scanner of links.

The table is the program's own (licet serve --routes); what each role may is written here a second
time, so that a right that slips is seen.

run: LICET=path/to/licet python3 -B -m unittest -q routes_test
"""
import hashlib
import json
import unittest

from support import ROLES, Server, run

MAY = {
    "dpo_lead": {"law", "check", "record", "persons", "erase", "lists", "papers", "publish",
                 "tokens", "admin"},
    "dpo": {"law", "check", "record", "persons", "erase", "lists", "papers", "publish", "tokens"},
    "referent": {"law", "check", "papers"},
    "reader": {"law", "check"},
    "sender": {"check"},
}
VALUES = {"id": "x1", "name": "nobody-x", "rule": "no.rule", "act": "give", "place": "1-1",
          "file": "x.csv", "rest...": "x", "tenant": "neighbour", "audit": "current",
          "question": "next", "sha256": "0" * 64, "document": "nothing", "form": "nothing"}


def filled(path):
    for name, value in VALUES.items():
        path = path.replace("{" + name + "}", value)
    return path


class Routes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(tenants=("neighbour",))
        shown = run("serve", "--routes", "--json", "-w", str(cls.server.workspace))
        cls.routes = [json.loads(line) for line in shown.stdout.splitlines()]

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def guarded(self):
        # Logging out would end the session that the next route is tried with.
        return [one for one in self.routes if one["rights"] not in ("public",) and
                not (one["method"] == "DELETE" and one["path"] == "/api/v1/session")]

    def ask(self, route, role=None, **headers):
        body = None if route["method"] in ("GET", "DELETE") else {}
        return self.server.ask(route["method"], filled(route["path"]), body, headers, role)

    def test_there_are_routes(self):
        self.assertGreater(len(self.guarded()), 30)

    def test_without_a_session_every_guarded_route_wants_one(self):
        for route in self.guarded():
            answer = self.ask(route)
            self.assertEqual(answer.status, 401, route)
            self.assertEqual(answer.json["code"], "web.login_wanted")

    def test_each_role_gets_where_it_may_and_nowhere_else(self):
        for role in ROLES:
            for route in self.guarded():
                answer = self.ask(route, role)
                may = route["rights"] == "anybody" or route["rights"] in MAY[role]
                if may:
                    self.assertNotIn(answer.status, (401, 403), (role, route, answer.text[:200]))
                else:
                    self.assertEqual(answer.status, 403, (role, route, answer.text[:200]))
                    self.assertEqual(answer.json["code"], "web.not_allowed", (role, route))

    def test_the_neighbours_tenant_does_not_exist_for_others(self):
        for role in ROLES[1:]:
            for route in self.guarded():
                may = route["rights"] == "anybody" or route["rights"] in MAY[role]
                answer = self.ask(route, role, **{"Licet-Tenant": "neighbour"})
                self.assertEqual(answer.status, 404 if may else 403, (role, route))
                other = self.ask(route, role, **{"Licet-Tenant": "no-such-tenant"})
                self.assertEqual(answer.text, other.text, (role, route))

    def test_the_lead_reaches_the_neighbour_and_changes_only_it(self):
        done = self.server.post("/api/v1/objections", {"address": "n@example.com"}, "dpo_lead",
                                **{"Licet-Tenant": "neighbour"})
        self.assertEqual(done.status, 201, done.text)
        here = self.server.post("/api/v1/persons/timeline",
                                {"address": "n@example.com", "reason": "test"}, "dpo_lead")
        self.assertEqual(here.json["events"], [])

    def test_another_method_is_told_which_there_are(self):
        paths = {one["path"] for one in self.routes}
        for path in sorted(paths):
            methods = {one["method"] for one in self.routes if one["path"] == path}
            if "OPTIONS" in methods:
                continue
            answer = self.server.ask("OPTIONS", filled(path))
            self.assertEqual(answer.status, 405, path)
            self.assertEqual(set(answer.headers["allow"].split(", ")), methods, path)


class Scanner(unittest.TestCase):
    """Programs that open every link of a mail, ten thousand times: nothing may change."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo_lead",))
        cls.links = []
        for kind in ("opt_out", "preferences"):
            made = run("link", "make", "scanned@example.com", "--kind", kind, "--json", "-w",
                       str(cls.server.workspace), "--base", "https://licet.invalid")
            cls.links.append(json.loads(made.stdout)["link"].split("licet.invalid", 1)[1])

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def state(self):
        events = self.server.post("/api/v1/persons/timeline",
                                  {"address": "scanned@example.com", "reason": "test"},
                                  "dpo_lead").text
        ledger = run("ledger", "checkpoint", "--json", "-w", str(self.server.workspace)).stdout
        return hashlib.sha256((events + json.dumps(json.loads(ledger).get("size"))).encode())

    def test_ten_thousand_readings_change_nothing_and_one_post_does(self):
        pages = [link + below for link in self.links
                 for below in ("", "/choices", "/origin", "/copy", "/copy.json", "/receipt",
                               "/erasure", "/correction", "/complaint", "?do=stop")]
        before = self.state().hexdigest()
        connection = self.server.connect()
        statuses = set()
        for i in range(10_000):
            method = "HEAD" if i % 3 == 0 else "GET"
            headers = {"Purpose": "prefetch"} if i % 5 == 0 else {}
            connection.request(method, pages[i % len(pages)], headers=headers)
            response = connection.getresponse()
            response.read()
            statuses.add(response.status)
        connection.close()
        self.assertLessEqual(statuses, {200, 429})
        self.assertIn(200, statuses)
        self.assertEqual(self.state().hexdigest(), before)
        done = self.server.ask("POST", self.links[0], "List-Unsubscribe=One-Click",
                               {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(done.status, 200, done.text)
        self.assertNotIn("set-cookie", done.headers)
        self.assertNotEqual(self.state().hexdigest(), before)

    def test_a_link_that_was_changed_or_invented_shows_a_page_and_does_nothing(self):
        before = self.state().hexdigest()
        link = self.links[1]
        for text in (link[:-1], link + "A", link[:5] + ("B" if link[5] != "B" else "C") + link[6:],
                     "/l/AAAA", "/l/" + "A" * 3000, "/l/%00", "/l/../../etc/passwd"):
            for method in ("GET", "POST"):
                answer = self.server.ask(method, text, None if method == "GET" else "do=stop",
                                         {"Content-Type": "application/x-www-form-urlencoded"})
                self.assertIn(answer.status, (400, 404), (method, text, answer.status))
        self.assertEqual(self.state().hexdigest(), before)


if __name__ == "__main__":
    unittest.main()
