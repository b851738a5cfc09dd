# SPDX-License-Identifier: Apache-2.0
"""Goal: what has been kept for long enough goes, nothing else does, and the suppression list stays.

Method: persons around the three years of French doctrine, with and without consent and objection,
seen first and erased then; the ledger verified and an old copy put back afterwards.
"""
import datetime
import json
import shutil
import unittest

from support import PACKS, Desk


def event(kind, email, on, channel="", **attributes):
    return json.dumps({"kind": kind, "email": email, "on": on, "channel": channel,
                       "attributes": {name.replace("_", "."): value
                                      for name, value in attributes.items()}})


def days_ago(days):
    return str(datetime.date.today() - datetime.timedelta(days=days))


# Three years ago in a fortnight.
SOON = days_ago(3 * 365 - 14)


class Purge(Desk):
    def setUp(self):
        super().setUp()
        lines = [event("collected", f"{name}@list.example", on, origin="person_other")
                 for name, on in (("old", "2019-05-06"), ("clicked", "2019-05-06"),
                                  ("fresh", days_ago(180)), ("agreed", "2019-05-06"),
                                  ("stopped", "2019-05-06"), ("soon", SOON))]
        lines += [event("interaction", "clicked@list.example", days_ago(300), "email", act="click"),
                  event("interaction", "old@list.example", days_ago(300), "email", act="open"),
                  event("consent_given", "agreed@list.example", "2019-05-06", "email")]
        self.write("events.jsonl", "\n".join(lines) + "\n")
        self.done(self.licet("record", "--jsonl", "events.jsonl"))
        self.done(self.licet("suppress", "stopped@list.example", "only-stop@list.example"))

    def purge(self, *arguments):
        return self.done(self.licet("purge", *arguments, "--json", "--packs", PACKS)).json()

    def known(self, email):
        answer = self.licet("person", email, "--reason", "test", "--json")
        return [one["kind"] for one in self.done(answer).json()]

    def test_it_must_be_said_whether_to_erase(self):
        self.assert_refused(self.licet("purge"), 65, "--dry-run", "--apply")

    def test_a_look_erases_nothing_and_says_what_would_be(self):
        found = self.purge("--dry-run", "--list", "list.csv")
        self.assertEqual(found["persons"], 6)
        counts = {(one["answer"], one["rule"]): one["persons"] for one in found["answers"]}
        self.assertEqual(counts[("erase", "fr.keep.expired")], 2, counts)
        self.assertEqual(found["end_within_30_days"], 1)
        self.assertEqual(found["erased_events"], 0)
        self.assertEqual(self.known("old@list.example"), ["collected", "interaction"])
        rows = (self.here / "list.csv").read_text().splitlines()
        self.assertEqual(len(rows), 7)
        self.assertNotIn("@", "".join(rows))

    def test_whom_to_ask_is_found_among_the_addresses_that_one_has(self):
        self.write("crm.txt", "fresh@list.example\n Soon@list.example\n\nold@list.example\n")
        found = self.purge("--dry-run", "--among", "crm.txt", "--renew", "ask.txt")
        self.assertEqual(found["to_renew"], 1)
        self.assertEqual((self.here / "ask.txt").read_text(), "Soon@list.example\n")
        self.assert_refused(self.licet("purge", "--dry-run", "--renew", "ask.txt"), 65, "--among")
        # Who objected, alone or with their whole domain, is not asked.
        for objection in ("soon@list.example", "@list.example"):
            with self.subTest(objection):
                self.done(self.licet("suppress", objection))
                found = self.purge("--dry-run", "--among", "crm.txt", "--renew", "ask.txt")
                self.assertEqual((found["end_within_30_days"], found["to_renew"]), (1, 0))
                self.assertEqual((self.here / "ask.txt").read_text(), "")
        self.write("crm.txt", "fresh@list.example\nnobody\n")
        answer = self.licet("purge", "--dry-run", "--among", "crm.txt", "--renew", "ask2.txt",
                            "--packs", PACKS)
        self.assert_refused(answer, 65, "crm.txt:2")
        self.assertFalse((self.here / "ask2.txt").exists())

    def test_a_purge_is_certified(self):
        self.purge("--apply", "--certificate", "certificate.txt")
        text = (self.here / "certificate.txt").read_text()
        for words in ("fr.keep.expired", "2 person", "4 event", str(datetime.date.today())):
            self.assertIn(words, text)
        # With nothing to erase there is nothing to attest.
        self.purge("--apply", "--certificate", "certificate.txt")
        text = (self.here / "certificate.txt").read_text()
        self.assertIn("nothing was erased", text)
        self.assertNotIn("Certificate of erasure", text)

    def test_what_is_over_goes_and_the_rest_stays(self):
        shutil.copy(self.workspace / "ledger.db", self.here / "before.db")
        found = self.purge("--apply")
        self.assertEqual(found["erased_events"], 4)
        # What is left of an objection: its copy under the loose token, and the suppression list.
        for name, kinds in (("old", []), ("stopped", ["objection"]),
                            ("clicked", ["collected", "interaction"]), ("fresh", ["collected"]),
                            ("agreed", ["collected", "consent_given"]), ("soon", ["collected"]),
                            ("only-stop", ["objection"])):
            self.assertEqual(self.known(f"{name}@list.example"), kinds, name)
        self.done(self.licet("ledger", "verify"))
        self.assertEqual(self.purge("--apply")["erased_events"], 0)
        shutil.copy(self.here / "before.db", self.workspace / "ledger.db")
        self.assertEqual(self.known("old@list.example"), [])
        self.assertEqual(self.known("stopped@list.example"), ["objection"])


if __name__ == "__main__":
    unittest.main()
