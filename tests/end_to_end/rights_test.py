# SPDX-License-Identifier: Apache-2.0
"""Goal: a link of a mail stops what it must for ever, looking changes nothing, and what persons
ask is answered by the day that the law gives.

Method: links are made, followed, forged and followed again after a change of keys; the gate is
asked what is still permitted; requests go their way, in time and too late.
"""
import concurrent.futures
import datetime
import re
import stat
import unittest
import urllib.parse

from support import Desk

PERSON = "camille+news@example.com"
BASE = "https://choices.example"
SETTINGS = """
name = "Maison Exemple SARL"
contact = "stop@maison.example"
channels = ["email", "sms"]
processors = ["brevo"]

[topics]
"commercial.newsletter" = ["La lettre", "The letter"]
"commercial.offers" = ["Les offres", "The offers"]
"""
PAGES = ("", "choices", "origin", "copy", "copy.json", "receipt", "erasure", "correction",
         "complaint")


def today(days=0):
    return str(datetime.date.today() + datetime.timedelta(days=days))


class Rights(Desk):
    def setUp(self):
        super().setUp()
        (self.workspace / "rights.toml").write_text(SETTINGS)
        self.consent(PERSON)

    def make(self, *more, kind="opt_out"):
        answer = self.licet("link", "make", PERSON, "--kind", kind, "--base", BASE, "--json", *more)
        return self.done(answer).json()

    def show(self, link, page="", status=0):
        return self.done(self.licet("link", "show", link, "--page", page), status).out

    def post(self, link, fields, page="", status=0):
        body = fields if isinstance(fields, str) else urllib.parse.urlencode(fields, doseq=True)
        return self.done(self.licet("link", "post", link, body, "--page", page), status).out

    def events(self):
        answer = self.licet("person", PERSON, "--reason", "test", "--json")
        return [one["kind"] for one in self.done(answer).json()]

    def gate_forbids(self, purpose="commercial"):
        answer = self.licet("check", "--email", PERSON, "--campaign", self.campaign, "--json",
                            "-f", "at=" + today(1) + "T11:00+01:00")
        found = answer.json()
        self.assertNotEqual(found["verdict"], "undetermined", found)
        return found["verdict"] == "forbidden"

    # ---- links ---------------------------------------------------------------------------------

    def test_a_link_has_the_headers_of_rfc_8058_and_no_address(self):
        made = self.make("--mailbox", "stop@maison.example", "--campaign", "spring")
        self.assertRegex(made["link"], "^" + re.escape(BASE) + "/l/[A-Za-z0-9_-]{100,400}$")
        self.assertEqual(made["List-Unsubscribe"],
                         f"<{made['link']}>, <mailto:stop@maison.example>")
        self.assertEqual(made["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertNotIn("camille", made["link"].lower())
        again = self.make("--mailbox", "stop@maison.example", "--campaign", "spring")
        self.assertEqual(made, again)

    def test_headers_are_not_made_for_a_site_that_can_be_read_on_the_way(self):
        answer = self.licet("link", "make", PERSON, "--base", "http://choices.example")
        self.assert_refused(answer, 65, "https")
        self.assert_unseen(answer, PERSON)

    def test_the_keys_are_for_their_owner_alone(self):
        link = self.make()["link"]
        path = self.workspace / "links.key"
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        path.chmod(0o644)
        self.assert_refused(self.licet("link", "show", link), 65, "links.key")

    def test_links_that_are_made_at_the_same_time_are_all_opened(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda _: self.make()["link"], range(16)))
        for link in set(made):
            self.show(link)
        key = (self.workspace / "links.key").read_text()
        self.assertEqual(len(key.splitlines()), 1)

    def test_one_click_stops_once_and_the_gate_follows(self):
        self.assertFalse(self.gate_forbids())
        link = self.make()["link"]
        self.assertIn("recorded", self.post(link, "List-Unsubscribe=One-Click"))
        self.assertTrue(self.gate_forbids())
        before = self.events()
        self.post(link, "List-Unsubscribe=One-Click")
        self.assertEqual(self.events(), before)

    def test_an_old_link_works_after_the_keys_were_changed_and_the_person_erased(self):
        link = self.make("--today", "2020-01-01")["link"]
        self.done(self.licet("link", "rotate"))
        self.assertNotEqual(self.make("--today", "2020-01-01")["link"], link)
        self.done(self.licet("erase", PERSON, "--yes"))
        self.post(link, "List-Unsubscribe=One-Click")
        self.assertTrue(self.gate_forbids())

    def test_looking_changes_nothing(self):
        links = [self.make(kind=kind)["link"]
                 for kind in ("opt_out", "preferences", "confirm", "identity")]
        before = self.events()
        for link in links:
            for page in PAGES:
                self.show(link, page)
        self.assertEqual(self.events(), before)

    def test_a_forged_a_cut_and_an_unknown_link_get_the_same_page(self):
        link = self.make()["link"]
        text = link.rsplit("/", 1)[1]
        other = "B" if text[60] == "A" else "A"
        bad = (text[:60] + other + text[61:], text[:-1], "AQ", "x" * 3000, "%2e%2e")
        pages = {self.licet("link", "show", one).out for one in bad}
        self.assertEqual(len(pages), 1)
        for one in bad:
            self.assertEqual(self.licet("link", "post", one, "do=stop").status, 65)
        self.assertFalse(self.gate_forbids())

    def test_a_link_that_ends_says_so_and_an_opt_out_never_does(self):
        old = self.make("--today", today(-30), "--days", "7", kind="identity")["link"]
        self.assertIn("expired", self.show(old, status=65))
        self.assertIn("expired", self.post(old, "do=identity", status=65))
        self.show(self.make("--today", "1999-01-01")["link"])

    # ---- choices -------------------------------------------------------------------------------

    def test_a_pause_forbids_and_ends(self):
        link = self.make(kind="preferences")["link"]
        self.post(link, {"do": "pause", "days": "30"}, "choices")
        self.assertTrue(self.gate_forbids())
        kinds = self.done(self.licet("person", PERSON, "--reason", "test", "--json")).json()
        pauses = [one for one in kinds if one["kind"] == "paused"]
        self.assertEqual(len(pauses), 1, kinds)
        self.assertEqual(pauses[0]["attributes"]["until"], today(30))
        self.assertIn("Paused up to", self.show(link))

    def test_a_topic_is_stopped_and_taken_up_again_on_another_day(self):
        link = self.make(kind="preferences")["link"]
        cells = [f"commercial.{topic}/{channel}" for topic in ("newsletter", "offers")
                 for channel in ("email", "sms")]
        self.post(link, {"do": "save", "shown": cells, "cell": cells[1:]}, "choices")
        page = self.show(link)
        self.assertEqual(page.count(" checked"), 3)
        self.assertIn("You refused today", page)
        # The page of yesterday, saved again, lifts nothing.
        self.post(link, {"do": "save", "shown": cells, "cell": cells}, "choices")
        self.assertEqual(self.show(link).count(" checked"), 3)

    def test_what_was_written_by_a_person_is_in_no_event(self):
        link = self.make()["link"]
        fields = {"do": "ask", "note": "My name is Zebulon", "about": ["name"]}
        self.post(link, fields, "correction")
        everything = self.done(self.licet("person", PERSON, "--reason", "test", "--json")).out
        self.assertNotIn("Zebulon", everything)

    # ---- double opt-in -------------------------------------------------------------------------

    def test_a_consent_by_mail_is_confirmed_by_a_post_alone(self):
        asked = self.done(self.licet("consent", "request", "new@example.com", "--channel", "email",
                                     "--purpose", "commercial.newsletter", "--json",
                                     "-a", "consent.act=clear")).json()
        made = self.licet("link", "make", "new@example.com", "--kind", "confirm", "--request",
                          asked["request"], "--json")
        link = self.done(made).json()["link"]
        self.assertIn("The letter", self.show(link))
        self.assertEqual(self.page_seen(), "page_seen")
        self.assertIn("confirmed", self.post(link, "do=confirm"))
        self.assertEqual(self.page_seen(), "confirmed")

    def page_seen(self):
        answer = self.licet("consent", "page-seen", "new@example.com", "--json")
        return self.done(answer).json()["state"]

    # ---- requests ------------------------------------------------------------------------------

    def request(self, *arguments, status=0):
        return self.done(self.licet("request", *arguments, "--json"), status)

    def test_a_request_goes_its_way_and_each_step_has_its_letter(self):
        opened = self.request("open", PERSON, "access", "--on", today(-5),
                              "--language", "en").json()
        self.assertEqual(opened["state"], "to_confirm")
        self.assertIn("at the latest", opened["letter"]["text"])
        listed = self.request("list").json()
        self.assertEqual([one["request"] for one in listed], [opened["request"]])
        self.assertGreater(listed[0]["days_left"], 20)
        self.request("confirm", PERSON)
        extended = self.request("extend", PERSON, "--reason", "complex").json()
        self.assertGreater(extended["days_left"], 80)
        answered = self.request("answer", PERSON, "--source-given", "--language", "fr").json()
        self.assertEqual(answered["state"], "answered")
        self.assertIn("CNIL", answered["letter"]["text"])
        self.assertEqual(self.request("list").json(), [])
        self.assertEqual(len(self.request("list", "--all").json()), 1)
        self.request("answer", PERSON, status=66)

    def test_an_extension_that_comes_too_late_is_refused(self):
        self.request("open", PERSON, "source", "--on", today(-60))
        answer = self.licet("request", "extend", PERSON, "--reason", "complex")
        self.assert_refused(answer, 65, "at the latest")
        self.assertLess(self.request("list").json()[0]["days_left"], 0)

    def test_a_refusal_needs_a_reason(self):
        self.request("open", PERSON, "access")
        self.assert_refused(self.licet("request", "refuse", PERSON), 66, "reason")
        self.assertEqual(len(self.request("list").json()), 1)
        self.request("refuse", PERSON, "--reason", "unfounded")

    def test_an_unknown_kind_is_told_the_known_ones(self):
        self.assert_refused(self.licet("request", "open", PERSON, "x"), 65, "portability")

    def test_a_request_to_stop_stops_at_once(self):
        self.request("open", PERSON, "objection")
        self.assertTrue(self.gate_forbids())

    def test_processors_are_followed_until_they_confirm(self):
        self.post(self.make()["link"], "do=stop")
        missing = self.request("propagate").json()
        self.assertEqual([one["processor"] for one in missing], ["brevo"])
        self.assert_refused(self.licet("request", "acknowledge", "other"), 65, "brevo")
        self.done(self.licet("request", "acknowledge", "brevo"))
        self.assertEqual(self.request("propagate").json(), [])

    def test_the_ledger_is_sound_after_all_of_it(self):
        link = self.make(kind="preferences")["link"]
        self.post(link, {"do": "pause", "days": "90"}, "choices")
        self.post(link, {"do": "wrong_person"}, "choices")
        self.post(link, {"do": "ask"}, "erasure")
        self.request("open", PERSON, "portability")
        self.done(self.licet("ledger", "verify"))

    def test_a_fault_in_the_settings_is_told_with_its_place(self):
        (self.workspace / "rights.toml").write_text("pauses = [0]\n")
        self.assert_refused(self.licet("request", "list"), 65, "rights.toml:1")


if __name__ == "__main__":
    unittest.main()
