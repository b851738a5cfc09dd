# SPDX-License-Identifier: Apache-2.0
"""Goal: on each day on which French law switched, what `licet law diff` shows is the switch and
nothing else; and on a day without one it shows nothing.
Method: SWITCHES names for a day and a question a rule that begins or ends. The program compares the
day before with the day. Each pair of deciding rules that it shows must have on one side a rule that
changed, or one that such a rule is an exception of. Where a definition changes that many rules rest
on, THROUGH names what every other example must be about.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from support import has_sanitizers  # noqa: E402

PROGRAM = os.environ["LICET"]

# (day, question): a rule that must be among those that begin or end. An empty text: the day changed
# the words of the law or its fines, and no answer.
SWITCHES = {
    ("2004-06-22", "contact"): "fr.email.consumer",
    ("2004-07-10", "contact"): "",
    ("2005-02-17", "contact"): "fr.email.professional.occupation",
    ("2011-08-27", "contact"): "",
    ("2014-03-19", "contact"): "fr.call.number",
    ("2016-06-01", "contact"): "fr.call.register",
    ("2016-07-01", "contact"): "fr.call.opening",
    ("2018-05-25", "contact"): "eu.objection",
    ("2018-12-28", "contact"): "fr.email.consumer.category_of_partners",
    ("2019-08-01", "contact"): "fr.number.automated",
    ("2020-07-26", "contact"): "fr.sector.energy_call",
    ("2020-10-01", "tracker"): "fr.tracker.asked_again",
    ("2021-04-01", "tracker"): "fr.tracker.refuse_as_easily",
    ("2021-11-25", "contact"): "fr.inbox_ad.before_ruling",
    ("2022-02-10", "tracker"): "fr.tracker.american_measurement",
    ("2022-12-21", "contact"): "fr.sector.training",
    ("2023-01-01", "contact"): "fr.number.platform",
    ("2023-03-01", "contact"): "fr.call.hours",
    ("2023-07-10", "transfer"): "eu.transfer.framework",
    ("2025-05-01", "contact"): "fr.leaflet.pilot",
    ("2025-07-02", "contact"): "fr.sector.works_message",
    ("2025-07-02", "consent"): "fr.consent.sale_conditional",
    ("2025-11-13", "contact"): "fr.email.consumer.account",
    ("2026-07-14", "tracker"): "fr.tracker.pixel.transition",
    ("2026-08-02", "contact"): "eu.artificial_interlocutor",
    ("2026-08-11", "contact"): "fr.call.consent",
    ("2026-08-11", "consent"): "fr.consent.phone_mentions",
    ("2026-10-01", "contact"): "",
}

THROUGH = {"2018-12-28": "consent.sender_named = category_only", "2021-11-25": "channel = inbox_ad"}


def day_before(day):
    return str(datetime.date.fromisoformat(day) - datetime.timedelta(days=1))


def diff(day, question):
    done = subprocess.run(
        [PROGRAM, "--json", "law", "diff", f"fr@{day_before(day)}", f"fr@{day}", "-q", question],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def kin():
    """Gives for each rule those that it is an exception of and those that are exceptions of it."""
    done = subprocess.run([PROGRAM, "law", "export", "json"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    rules = json.loads(done.stdout)["rules"]
    out = {}
    for rule in rules:
        for exception in (rules[number]["id"] for number in rule["exceptions"]):
            out.setdefault(rule["id"], set()).add(exception)
            out.setdefault(exception, set()).add(rule["id"])
    return out


class Switches(unittest.TestCase):

    def test_each_switch_shows_itself_and_nothing_else(self):
        related = kin()
        # Under the sanitizers each comparison takes seconds: a part of them.
        for (day, question), wanted in list(SWITCHES.items())[::4 if has_sanitizers() else 1]:
            with self.subTest(day=day, question=question):
                shown = diff(day, question)
                changed = set(shown["new"]) | set(shown["gone"])
                pairs = shown["answers"] + shown["reasons"]
                if not wanted:
                    self.assertEqual((changed, pairs, shown["duties"]), (set(), [], []))
                    continue
                self.assertIn(wanted, changed)
                self.assertTrue(pairs or shown["duties"])
                reached = changed.union(*(related.get(one, set()) for one in changed))
                strange = [pair for pair in pairs
                           if not {pair["rule_before"], pair["rule_after"]} & reached
                           and THROUGH.get(day, "no such thing") not in pair["example"]]
                self.assertEqual(strange, [])


if __name__ == "__main__":
    unittest.main()
