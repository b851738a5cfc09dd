# SPDX-License-Identifier: Apache-2.0
"""Goal: show that a DPO sees many clients at once, that nothing of one reaches what is given to
another, and that a client who disappears in the middle stops nobody else.

Method: three workspaces in a folder, with invented companies; what is read back is read from
--json, from the files that are written, and by importing what was handed over.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import unittest

from support import BAD_INPUT, CAMPAIGN, MISSING_INPUT, ROOT, UNREADABLE_ROWS, Answer, licet

PROFILE = {"PRO-01": "professionnels,consommateurs", "PRO-02": "email,telephone", "PRO-03": "FR",
           "PRO-04": "1", "PRO-05": "formulaires,clients", "PRO-06": "non",
           "PRO-07": "https://www.company.example/contact", "PRO-08": "aucun"}
NAMES = {"alpha": "Alpha Coffrets SAS", "beta": "Bêta, Conseil; SARL", "gamma": "Gamma & Cie"}
CALLS = CAMPAIGN.replace('channel = "email"', 'channel = "live_call"')


class Portfolio(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="licet-")
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)
        self.clients = self.here / "clients"
        self.clients.mkdir()
        for client, name in NAMES.items():
            self.done(licet("init", self.clients / client))
            with open(self.clients / client / "config.toml", "a", encoding="utf-8") as config:
                config.write(f"controller = {json.dumps(name, ensure_ascii=False)}\n")

    def done(self, answer, status=0) -> Answer:
        self.assertEqual(answer.status, status, str(answer))
        return answer

    def of(self, client, *arguments, status=0, **more):
        return self.done(licet("--workspace", self.clients / client, *arguments, cwd=self.here,
                               **more), status)

    def audit(self, client, **answers):
        self.of(client, "audit", "start")
        for question, answer in {**PROFILE, **answers}.items():
            self.of(client, "audit", "answer", "-q", question, "-a", answer)

    def portfolio(self, *arguments, status=0, **more):
        return self.done(licet("portfolio", *arguments, "--folder", self.clients, cwd=self.here,
                               **more), status)

    def states(self, **more):
        told = self.portfolio("list", "--json", **more).json()
        return {one["client"]: one for one in told["clients"]}

    # ---- at a glance ----------------------------------------------------------------------------
    def test_each_client_is_listed_with_its_own_numbers(self):
        self.audit("alpha", **{"GOV-03": "yes"})
        self.audit("beta", **{"OPP-01": "no"})
        states = self.states()
        self.assertEqual(list(states), ["alpha", "beta", "gamma"])
        self.assertGreater(states["alpha"]["unanswered"], 10)
        self.assertGreater(states["beta"]["blocking"], 0)
        self.assertFalse(states["gamma"]["has_audit"])
        self.assertEqual(states["beta"]["name"], NAMES["beta"])
        for lang in ("fr", "en"):
            out = self.portfolio("list", "--lang", lang).out
            for name in NAMES.values():
                self.assertIn(name, out)
            self.assertNotRegex(out, r"\bportfolio\.[a-z_]+")

    def test_the_map_is_plain_to_a_pipe_and_a_page_with_a_table(self):
        self.audit("alpha")
        out = self.portfolio("map").out
        self.assertNotIn("\x1b", out)
        self.assertIn("OPP", out.splitlines()[0])
        self.assertEqual(len(out.splitlines()), 4)
        page = self.here / "map.html"
        self.portfolio("map", "--html", page, "--lang", "fr")
        text = page.read_text(encoding="utf-8")
        self.assertIn('role="img"', text)
        self.assertIn("<table>", text)
        self.assertNotIn("<script", text)
        self.assertIn("Gamma &amp; Cie", text)
        self.assertNotRegex(text, r"[> \"]portfolio\.[a-z_]+")
        self.assertEqual(page.stat().st_mode & 0o077, 0)

    def test_the_tenants_of_a_server_are_clients_too(self):
        root = self.here / "server"
        self.done(licet("init", root))
        shutil.copytree(self.clients / "alpha", root / "tenants" / "alpha")
        told = self.done(licet("portfolio", "list", "--json", "--workspace", root)).json()
        self.assertEqual([one["client"] for one in told["clients"]], ["alpha", "default"])

    def test_the_calendar_has_each_deadline_once_and_keeps_its_identity(self):
        self.audit("alpha", **{"GOV-03": "no"})
        self.of("beta", "processor", "add", "crisp", "--contract", "yes")
        self.of("beta", "request", "open", "camille@example.com", "access")
        days = self.portfolio("calendar", "--json").json()
        kinds = {one["category"] for one in days}
        self.assertLessEqual({"processor", "request", "action", "audit"}, kinds)
        self.assertEqual(len({one["about"] for one in days}), len(days))
        for name in ("one.ics", "two.ics"):
            self.portfolio("calendar", "--out", self.here / name)
        one = (self.here / "one.ics").read_bytes()
        uids = re.findall(rb"UID:(\S+)", one)
        self.assertEqual(len(uids), len(days))
        self.assertEqual(uids, re.findall(rb"UID:(\S+)", (self.here / "two.ics").read_bytes()))
        for line in one.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            self.assertNotIn(b"\n", line)
        self.assertNotIn(b"camille", one)
        self.assertIn("Bêta\\, Conseil\\; SARL".encode(), one.replace(b"\r\n ", b""))

    def test_processors_are_shown_once_over_all_clients(self):
        self.of("alpha", "processor", "add", "crisp", "--contract", "yes")
        self.of("beta", "processor", "add", "crisp", "--contract", "no", "--country", "us")
        told = {one["processor"]: one for one in self.portfolio("processors", "--json").json()}
        self.assertEqual(told["crisp"]["clients"], ["alpha", "beta"])
        self.assertEqual(told["crisp"]["without_contract"], ["beta"])
        self.assertIn("country", told["crisp"]["differ"])

    def test_a_processor_is_taken_over_for_a_client_who_lacks_it(self):
        self.of("alpha", "processor", "add", "crisp", "--contract", "yes", "--tia", "yes")
        self.portfolio("adopt", "crisp", "beta")
        listed = json.loads(self.of("beta", "processor", "list", "--json").out)
        crisp = next(one for one in listed if one["id"] == "crisp")
        self.assertEqual(crisp["name"], "Crisp")
        self.assertFalse({"contract", "tia", "tool", "evidence"} & set(crisp), crisp)
        self.portfolio("adopt", "crisp", "beta", status=65)
        self.portfolio("adopt", "unheard-of", "beta", status=66)
        self.portfolio("adopt", "crisp", "nobody", status=66)

    # ---- a change of law ------------------------------------------------------------------------
    def test_a_day_on_which_the_law_changes_names_the_clients_that_it_breaks(self):
        self.audit("alpha")
        (self.clients / "beta" / "campaigns").mkdir()
        (self.clients / "beta" / "campaigns" / "calls.toml").write_text(CALLS, encoding="utf-8")
        pools = (ROOT / "examples" / "appels-avant.toml").read_text(encoding="utf-8")
        (self.clients / "beta" / "campaigns" / "pools.toml").write_text(pools.replace(
            "[list]", '[list]\naudience = "consumer"\nrelation = "none"'), encoding="utf-8")
        (self.clients / "beta" / "campaigns" / "bad.toml").write_text("name = [", encoding="utf-8")
        told = self.portfolio("impact", "--date", "2026-08-11", "--json").json()
        self.assertEqual((told["before"], told["after"]), ("2026-08-10", "2026-08-11"))
        self.assertGreater(len(told["rules"]), 0)
        clients = {one["client"]: one for one in told["clients"]}
        self.assertIn("TEL-01", clients["alpha"]["newly_asked"])
        self.assertIn("TEL-08", clients["alpha"]["no_longer_asked"])
        # What nobody has answered yet waits for an answer, and breaks nothing.
        self.assertEqual((clients["alpha"]["touched"], clients["alpha"]["broken"]), (True, False))
        self.assertEqual(clients["alpha"]["newly_blocking"], [])
        self.of("alpha", "audit", "answer", "-q", "TEL-01", "-a", "no")
        told = self.portfolio("impact", "--date", "2026-08-11", "--json").json()
        answered = next(one for one in told["clients"] if one["client"] == "alpha")
        self.assertEqual((answered["broken"], answered["newly_blocking"]), (True, ["TEL-01"]))
        pools = clients["beta"]["campaigns"][1]
        self.assertEqual((pools["before"], pools["after"], pools["rule_after"]),
                         ("undetermined", "forbidden", "fr.call.consent"))
        self.assertTrue(clients["beta"]["broken"])
        self.assertEqual([one["campaign"] for one in clients["beta"]["campaigns"]],
                         ["calls", "pools"])
        self.assertEqual(clients["beta"]["unread_campaigns"], ["bad"])
        self.assertFalse(clients["gamma"]["touched"])
        same = self.portfolio("impact", "--from", "2026-09-01", "--to", "2026-09-01", "--json")
        self.assertEqual(same.json()["rules"], [])
        self.assertFalse(any(one["touched"] for one in same.json()["clients"]))
        self.portfolio("impact", status=BAD_INPUT)
        self.portfolio("impact", "--date", "soon", status=BAD_INPUT)

    # ---- one client, and no other ---------------------------------------------------------------
    def test_nothing_of_one_client_is_in_what_another_is_given(self):
        self.audit("alpha")
        self.of("alpha", "processor", "add", "alphavendor", "--contract", "yes")
        self.of("beta", "processor", "add", "betavendor", "--contract", "no")
        self.of("beta", "complaint", "received", "beta-complaint", "--origin", "customer")
        self.portfolio("report", "--out", self.here / "reports")
        self.portfolio("hand-over", "alpha", "--out", self.here / "alpha.tar")
        pages = {path.name.split("-")[0]: path.read_bytes()
                 for path in (self.here / "reports").glob("*.html")}
        self.assertEqual(set(pages), set(NAMES))
        self.assertIn(b"alphavendor", pages["alpha"])
        archive = (self.here / "alpha.tar").read_bytes()
        for given in (pages["alpha"], archive):
            for foreign in ("betavendor", "beta-complaint", NAMES["beta"], "Gamma"):
                self.assertNotIn(foreign.encode(), given)
        self.assertNotIn(b"alphavendor", pages["beta"])

    def test_a_report_is_a_page_for_paper_in_both_languages(self):
        self.audit("alpha", **{"GOV-03": "no"})
        for lang in ("fr", "en"):
            out = self.here / lang
            self.portfolio("report", "alpha", "--year", "2026", "--out", out, "--lang", lang)
            page = (out / "alpha-2026.html").read_text(encoding="utf-8")
            self.assertIn(f'<html lang="{lang}">', page)
            self.assertIn("Alpha Coffrets", page)
            self.assertNotRegex(page, r"[> \"]portfolio\.[a-z_]+")
            self.assertEqual((out / "alpha-2026.html").stat().st_mode & 0o077, 0)

    def test_what_is_handed_over_opens_elsewhere_with_its_keys(self):
        self.audit("alpha", **{"GOV-03": "yes"})
        score = self.of("alpha", "audit", "score", "--json").json()["score"]
        told = self.portfolio("hand-over", "alpha", "--out", self.here / "a.tar", "--keys",
                              self.here / "k.tar")
        self.assertIn("k.tar", told.err)
        for name in ("a.tar", "k.tar"):
            self.assertEqual((self.here / name).stat().st_mode & 0o077, 0)
            subprocess.run(["tar", "-xf", self.here / name, "-C", self.here, "--one-top-level"],
                           check=True)
        given, keys = self.here / "a" / "evidence", self.here / "k" / "evidence"
        for name in ("tenant.key", "persons.keys", "signing.key"):
            self.assertFalse((given / name).exists())
            self.assertTrue((keys / name).exists())
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=given, check=True)
        space = self.here / "new"
        space.mkdir(mode=0o700)
        for path in [*given.iterdir(), *keys.iterdir()]:
            if path.is_dir():
                shutil.copytree(path, space / path.name)
            else:
                shutil.copy2(path, space / path.name)
        self.done(licet("--workspace", space, "ledger", "import", given / "ledger-export"))
        self.done(licet("--workspace", space, "ledger", "verify"))
        again = self.done(licet("--workspace", space, "audit", "score", "--json")).json()
        self.assertEqual(again["score"], score)
        self.portfolio("hand-over", "alpha", "--out", self.here / "x.tar", "--keys",
                       self.here / "x.tar", status=BAD_INPUT)
        self.portfolio("hand-over", "nobody", "--out", self.here / "y.tar", status=MISSING_INPUT)

    # ---- what goes wrong ------------------------------------------------------------------------
    def test_a_client_that_cannot_be_read_is_told_and_the_others_are_shown(self):
        self.audit("alpha")
        (self.clients / "beta" / "tenant.key").unlink()
        answer = self.portfolio("list", "--json", status=UNREADABLE_ROWS)
        self.assertEqual([one["client"] for one in answer.json()["clients"]], ["alpha", "gamma"])
        self.assertEqual(answer.json()["skipped"], ["beta"])
        self.assertIn("beta", answer.err)

    def test_a_client_removed_in_the_middle_of_a_run_is_told_and_the_run_goes_on(self):
        # A key of the first client is a pipe: whoever reads it has listed the clients already.
        key = self.clients / "alpha" / "tenant.key"
        content = key.read_bytes()
        key.unlink()
        os.mkfifo(key, 0o600)

        def remove_then_feed():
            while True:
                with open(key, "wb") as pipe:
                    shutil.rmtree(self.clients / "beta", ignore_errors=True)
                    pipe.write(content)
        threading.Thread(target=remove_then_feed, daemon=True).start()
        answer = licet("portfolio", "list", "--json", "--folder", self.clients, cwd=self.here)
        told = answer.json()
        self.assertIn("beta", told["skipped"])
        self.assertIn("gamma", [one["client"] for one in told["clients"]])
        self.assertEqual(answer.status, UNREADABLE_ROWS)

    def test_a_folder_without_clients_is_refused(self):
        empty = self.here / "empty"
        empty.mkdir()
        answer = self.done(licet("portfolio", "list", "--folder", empty), MISSING_INPUT)
        self.assertIn("workspace", answer.err)


class Delegated(Portfolio):
    """One question of an audit, handed to somebody by a token."""

    def setUp(self):
        super().setUp()
        self.audit("alpha")

    def delegate(self, question="GOV-03", *more, status=0):
        return self.of("alpha", "audit", "delegate", question, "--by", "dsi", *more,
                       status=status)

    def question(self, question):
        told = self.of("alpha", "audit", "score", "--json").json()["questions"]
        return {one["id"]: one for one in told}[question]

    def test_the_holder_answers_that_question_as_that_role(self):
        token = self.delegate().out.strip()
        answer = self.of("alpha", "audit", "answer", "--delegated", "-", "-a", "yes",
                         stdin=token.encode() + b"\n")
        self.assertIn("GOV-03", answer.out)
        self.assertEqual(self.question("GOV-03")["answer"], "yes")

    def test_the_holder_answers_nothing_else_and_sees_nothing_else(self):
        token = self.delegate("GOV-03", "--json").json()["token"]
        refused = self.of("alpha", "audit", "answer", "--delegated", token, "-q", "OPP-01", "-a",
                          "yes", status=BAD_INPUT)
        self.assertIn("GOV-03", refused.err)
        answer = self.of("alpha", "audit", "answer", "--delegated", token, "-a", "no", "--json")
        self.assertEqual(answer.json(), {"question": "GOV-03"})

    def test_a_token_of_another_client_or_changed_is_refused(self):
        token = self.delegate().out.strip()
        self.audit("beta")
        self.of("beta", "audit", "answer", "--delegated", token, "-a", "yes", status=BAD_INPUT)
        for wrong in (token[:-2] + ("AA" if not token.endswith("AA") else "BB"), "x", "a.b", ""):
            self.of("alpha", "audit", "answer", "--delegated", "-", "-a", "yes",
                    status=BAD_INPUT, stdin=wrong.encode() + b"\n")

    def test_what_cannot_be_handed_over_is_refused(self):
        self.delegate("XXX-01", status=BAD_INPUT)
        self.delegate("GOV-03", "--days", "0", status=BAD_INPUT)
        self.delegate("GOV-03", "--days", "400", status=BAD_INPUT)
        self.of("alpha", "audit", "delegate", "GOV-03", "--by", "Camille Z.", status=BAD_INPUT)


def load_tests(loader, _standard, _pattern):
    """Each class with its own tests alone."""
    suite = unittest.TestSuite()
    for case in (Portfolio, Delegated):
        names = [name for name in vars(case) if name.startswith("test_")]
        suite.addTests(case(name) for name in names)
    return suite


if __name__ == "__main__":
    unittest.main()
