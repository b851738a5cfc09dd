# SPDX-License-Identifier: Apache-2.0
"""What banners of sites tell: a choice is durable before it is answered, names nobody, is kept
once, and a no never becomes a yes.

run: LICET=path/to/licet python3 -B -m unittest -q public_choices_test
"""
import datetime
import json
import pathlib
import signal
import unittest

from support import Server, run

EXAMPLE = (pathlib.Path(__file__).resolve().parents[2] / "examples" / "organisation.toml"
           ).read_text(encoding="utf-8")
SITE = "https://atelier.example"
AT = "2026-11-27T05:59:55.123Z"


def choice(number, **more):
    return {"version": "ab" * 32, "site": "main", "choices": {"advertising": False}, "at": AT,
            "id": f"{number:032x}", **more}


class Choices(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--behind-proxy", roles=(), tenants=("north",))
        for folder in ("", "tenants/north"):
            path = cls.server.workspace / folder / "organisation.toml"
            path.write_text(EXAMPLE, encoding="utf-8")
        cls.senders = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def send(self, body, origin=SITE, path="/public/banner", sender="", **headers):
        # Each from an address of its own: one browser alone is slowed down.
        Choices.senders += 1
        fields = {"X-Forwarded-For": sender or f"198.51.100.{Choices.senders % 250}", **headers}
        if origin:
            fields["Origin"] = origin
        return self.server.ask("POST", path, body, fields)

    def size(self, folder=""):
        path = str(self.server.workspace / folder)
        shown = run("ledger", "checkpoint", "--json", "-w", path, check=True).stdout
        return json.loads(shown)["size"]

    def test_a_choice_is_kept_once_however_often_it_comes(self):
        before = self.size()
        for _ in range(5):
            answer = self.send(choice(1, choices={"advertising": True, "audience": False}))
            self.assertEqual((answer.status, answer.body), (204, b""), answer.text)
        self.assertEqual(self.size(), before + 1)

    def test_a_no_never_becomes_a_yes(self):
        self.assertEqual(self.send(choice(2)).status, 204)
        before = self.size()
        answer = self.send(choice(2, choices={"advertising": True}))
        self.assertEqual(answer.status, 409, answer.text)
        for value in ("true", 1, "yes", None, [True], {"yes": True}):
            answer = self.send(choice(3, choices={"advertising": value}))
            self.assertEqual(answer.status, 400, value)
        by_signal = choice(4, id="gpc-" + "0" * 31 + "4", choices={"advertising": True})
        self.assertEqual(self.send(by_signal).status, 400)
        self.assertEqual(self.size(), before)
        refused = choice(4, id="gpc-" + "0" * 31 + "4")
        self.assertEqual(self.send(refused).status, 204)

    def test_what_is_not_as_a_banner_sends_it_is_refused_and_not_repeated(self):
        before = self.size()
        secret = "camille@example.com"
        for wrong in ({"version": secret}, {"version": "AB" * 32}, {"site": secret}, {"at": secret},
                      {"at": "2026-13-40T05:59:55Z"}, {"at": "2026-11-27"}, {"id": secret},
                      {"id": "0" * 31}, {"choices": {}}, {"choices": {secret: False}},
                      {"choices": []}, {"choices": {f"p{i}": False for i in range(65)}},
                      {"email": secret}, {"version": 3}, {"id": None}):
            answer = self.send(choice(5, **wrong))
            self.assertEqual(answer.status, 400, wrong)
            self.assertNotIn(secret, answer.text, wrong)
        for body in ("", "[]", "{", "null", "x" * 7000, '{"a":' * 900):
            answer = self.send(body, **{"Content-Type": "application/json"})
            self.assertEqual(answer.status, 400, body[:20])
        self.assertEqual(self.send("x" * 20_000, **{"Content-Type": "application/json"}).status,
                         413)
        plain = self.send(json.dumps(choice(5)), **{"Content-Type": "text/plain"})
        self.assertEqual(plain.status, 400)
        self.assertEqual(self.size(), before)

    def test_only_pages_of_the_sites_of_the_register_may_tell(self):
        well = self.send(choice(6))
        self.assertEqual(well.headers["access-control-allow-origin"], SITE)
        self.assertIn("Origin", well.headers["vary"])
        before = self.size()
        for origin in ("https://evil.example", "null", "http://atelier.example",
                       "https://atelier.example.evil.example", "https://xatelier.example"):
            answer = self.send(choice(7), origin)
            self.assertEqual(answer.status, 403, origin)
            self.assertNotIn("access-control-allow-origin", answer.headers)
        self.assertEqual(self.size(), before)
        for origin, may in ((SITE, True), ("https://evil.example", False)):
            asked = self.server.ask("OPTIONS", "/public/banner", None,
                                    {"Origin": origin, "Access-Control-Request-Method": "POST",
                                     "Access-Control-Request-Headers": "content-type"})
            self.assertEqual(asked.status, 204)
            self.assertEqual("access-control-allow-origin" in asked.headers, may)
            self.assertEqual(asked.headers.get("access-control-allow-methods"),
                             "POST" if may else None)
            self.assertNotIn("access-control-allow-credentials", asked.headers)
        elsewhere = self.server.ask("GET", "/api/v1/packs", None, {"Origin": SITE})
        self.assertNotIn("access-control-allow-origin", elsewhere.headers)

    def test_each_tenant_has_its_own(self):
        before = self.size(), self.size("tenants/north")
        self.assertEqual(self.send(choice(8), path="/t/north/public/banner").status, 204)
        self.assertEqual((self.size(), self.size("tenants/north")), (before[0], before[1] + 1))
        self.assertEqual(self.send(choice(8), path="/t/nobody/public/banner").status, 404)

    def test_one_browser_is_slowed_down_and_others_are_not(self):
        answers = [self.send(choice(100 + i), sender="203.0.113.7").status for i in range(60)]
        self.assertIn(429, answers)
        self.assertEqual(set(answers), {204, 429})
        self.assertEqual(self.send(choice(200), sender="203.0.113.8").status, 204)

    def test_what_was_answered_is_there_after_a_crash(self):
        before = self.size()
        self.assertEqual(self.send(choice(300)).status, 204)
        self.server.stop(signal.SIGKILL)
        self.server.start()
        self.assertEqual(self.size(), before + 1)
        self.assertEqual(self.send(choice(300)).status, 204)
        self.assertEqual(self.size(), before + 1)
        verified = run("ledger", "verify", "-w", str(self.server.workspace))
        self.assertEqual(verified.returncode, 0, verified.stderr)

    def test_a_proof_goes_when_its_months_are_over_and_no_sooner(self):
        """The policy of the site promises it: six months in the example's register."""
        path = "/t/north/public/banner"
        today = datetime.date.today()
        for number, days in ((600, 400), (601, 200), (602, 10), (603, 0)):
            at = f"{today - datetime.timedelta(days=days)}T05:59:55Z"
            self.assertEqual(self.send(choice(number, at=at), path=path).status, 204)
        other = choice(604, version="cd" * 32, choices={"advertising": True}, at=AT)
        self.assertEqual(self.send(other, path=path).status, 204)
        north = ("-w", str(self.server.workspace / "tenants" / "north"))
        counts = {one["version"]: one for one in self.choices(*north)}
        refused = counts["ab" * 32]
        before = refused["refused"]
        self.assertEqual(refused["past_their_time"], 2)
        self.assertFalse(refused["is_published"])
        self.assertEqual(counts["cd" * 32]["accepted"], 1)
        look = json.loads(run("purge", "--dry-run", "--json", *north, check=True).stdout)
        fates = {(one["answer"], one["rule"]): one["persons"] for one in look["answers"]}
        self.assertEqual(fates[("erase", "site.main.proof_months")], 2)
        done = json.loads(run("purge", "--apply", "--json", *north, check=True).stdout)
        self.assertEqual(done["erased_events"], 2)
        counts = {one["version"]: one for one in self.choices(*north)}
        self.assertEqual(counts["ab" * 32]["refused"], before - 2)
        self.assertEqual(counts["ab" * 32]["past_their_time"], 0)
        self.assertEqual(run("ledger", "verify", *north).returncode, 0)

    def test_of_a_site_that_says_no_time_nothing_goes(self):
        path = self.server.workspace / "organisation.toml"
        path.write_text(EXAMPLE.replace("proof_months = 6", ""), encoding="utf-8")
        self.addCleanup(path.write_text, EXAMPLE, encoding="utf-8")
        self.assertEqual(self.send(choice(700, at="2020-01-02T05:59:55Z")).status, 204)
        here = ("-w", str(self.server.workspace))
        look = json.loads(run("purge", "--dry-run", "--json", *here, check=True).stdout)
        fates = {(one["answer"], one["rule"]) for one in look["answers"]}
        self.assertIn(("undetermined", "site.main.proof_months"), fates)
        self.assertNotIn(("erase", "site.main.proof_months"), fates)
        path.write_text(EXAMPLE.replace("proof_months = 6", "proof_months = 9999999"),
                        encoding="utf-8")
        look = json.loads(run("purge", "--dry-run", "--json", *here, check=True).stdout)
        fates = {(one["answer"], one["rule"]) for one in look["answers"]}
        self.assertNotIn(("erase", "site.main.proof_months"), fates)

    def choices(self, *where):
        shown = run("banner", "choices", "--json", *where)
        self.assertIn(shown.returncode, (0, 4), shown.stderr)
        return json.loads(shown.stdout)

    def test_a_version_that_is_published_makes_its_choices_proofs(self):
        here = ("-w", str(self.server.workspace))
        register = str(self.server.workspace / "organisation.toml")
        built = run("banner", "build", "--organisation", register, "--out",
                    str(self.server.folder / "banner"), "--publish", "--json", *here, check=True)
        version = json.loads(built.stdout)["versions"]["fr"]
        self.assertEqual(self.send(choice(800, version=version)).status, 204)
        found = next(one for one in self.choices(*here) if one["version"] == version)
        self.assertTrue(found["is_published"])
        self.assertEqual((found["refused"], found["accepted"]), (1, 0))

    def test_the_log_tells_nothing_of_who_chose(self):
        self.send(choice(301), sender="203.0.113.99")
        text = (self.server.folder / "log.jsonl").read_text(encoding="utf-8")
        self.assertNotIn("203.0.113.99", text)
        self.assertNotIn("advertising", text)


if __name__ == "__main__":
    unittest.main()
