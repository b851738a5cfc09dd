# SPDX-License-Identifier: Apache-2.0
"""What the tests of the exports share: the program, its cases, and acts made at random.

The program is the one that the environment variable LICET names. LICET_PACKS may name a folder of
packs to be tested instead of those inside the program.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "law_cases"
LICET = os.environ.get("LICET") or sys.exit("LICET does not name the program")


def licet(*arguments, stdin=b""):
    packs = os.environ.get("LICET_PACKS")
    others = ("--packs", packs) if packs and "--packs" not in arguments else ()
    return subprocess.run([LICET, "--lang", "en", *others, *map(str, arguments)], input=stdin,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)


def export(*arguments):
    """Gives what `licet law export` writes to standard output."""
    done = licet("law", "export", *arguments)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def ask(acts, *arguments):
    """Gives the program's verdicts on acts, in order."""
    lines = "".join(json.dumps(act) + "\n" for act in acts)
    done = licet(*arguments, "check", "--facts-jsonl", "-", "--json", stdin=lines.encode())
    assert done.returncode == 0, done.stderr.decode()[:2000]
    return [json.loads(line) for line in done.stdout.splitlines()]


def contact_cases():
    """Gives all cases of tests/law_cases that ask whether a contact may be made."""
    cases = []
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line) if line.strip() else {"question": ""}
            if case["question"] == "contact":
                cases.append({"id": case["id"], "facts": case["facts"]})
    # A case of a law that is not written yet may use words that are not declared yet.
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    said = licet("check", "--facts-jsonl", "-", "--json", stdin=lines.encode()).stdout.splitlines()
    return [case for case, line in zip(cases, said, strict=True)
            if json.loads(line)["verdict"] != "error"]


class Acts:
    """Makes acts at random: words of the vocabulary, and days and numbers near the thresholds."""

    def __init__(self, document, question, chance):
        self.chance, self.question = chance, question
        self.facts = {fact["name"]: fact for fact in document["facts"]}
        self.backgrounds = [one["name"] for one in document["backgrounds"]]
        self.days, self.numbers, self.keys, self.ages = [], {}, {}, {}
        tested = [table for table in document["tables"] if table["question"] == question][0]
        self.names = []
        for number in tested["variables"]:
            variable = document["variables"][number]
            name = variable["fact"]
            self.names += [name] * (name not in self.names)
            if variable["kind"] == "day":
                self.days += [datetime.date.fromisoformat(day) for day in variable["thresholds"]]
            elif variable["kind"] == "count":
                self.numbers.setdefault(name, []).extend(variable["thresholds"])
            elif variable["kind"] == "key":
                self.keys.setdefault(name, []).extend(variable["keys"])
            elif variable["kind"] == "age":
                self.ages.setdefault(name, []).extend(
                    (one["count"], variable["unit"]) for one in variable["ages"])
            elif variable["kind"] == "after" and variable["other"] not in self.names:
                self.names.append(variable["other"])

    def near(self, day):
        return day + datetime.timedelta(days=self.chance.choice((-1, 0, 0, 0, 1, 2)))

    def at(self):
        if self.chance.random() < 0.6 and self.days:
            return self.near(self.chance.choice(self.days))
        # A leap day and the ends of months now and then: periods in months end there.
        odd = (datetime.date(2024, 2, 29), datetime.date(2026, 2, 28), datetime.date(2025, 8, 31))
        if self.chance.random() < 0.3:
            return self.chance.choice(odd)
        return datetime.date(2026, 1, 1) + datetime.timedelta(days=self.chance.randrange(720))

    def day(self, name, at):
        if self.chance.random() < 0.15:
            return "never"
        if self.ages.get(name) and self.chance.random() < 0.8:
            count, unit = self.chance.choice(self.ages[name])
            if unit == "months":
                year, month = divmod(at.year * 12 + at.month - 1 - count, 12)
                day = min(at.day, 28 + self.chance.randrange(4))
                while True:
                    try:
                        return self.near(datetime.date(year, month + 1, day)).isoformat()
                    except ValueError:
                        day -= 1
            extra = count // 5 if unit == "working_days" else 0
            return self.near(at - datetime.timedelta(days=count + extra)).isoformat()
        return (at - datetime.timedelta(days=self.chance.randrange(-30, 1500))).isoformat()

    def value(self, name, at):
        fact = self.facts[name]
        if fact["type"] in ("bool", "enum"):
            return self.chance.choice(fact["values"])
        if fact["type"] in ("count", "time"):
            number = self.chance.choice(self.numbers.get(name) or [0]) + self.chance.choice(
                (-1, 0, 0, 1))
            number = max(0, number)
            return f"{number // 60:02}:{number % 60:02}" if fact["type"] == "time" else number
        if fact["type"] == "key":
            return self.chance.choice((self.keys.get(name) or ["xx"]) + ["zz"])
        return self.day(name, at)

    def act(self, number):
        at = self.at()
        facts = {"background": self.chance.sample(self.backgrounds, self.chance.randrange(7)),
                 "at": at.isoformat()}
        if self.chance.random() < 0.97:
            facts["country"] = self.chance.choice(["fr"] * 8 + self.keys.get("country", ["fr"]) * 2
                                                  + ["mt", "zz"])
        for name in ("channel", "audience", "purpose"):
            if name in self.facts and self.chance.random() < 0.97:
                facts[name] = self.value(name, at)
        if "purpose" in facts and self.chance.random() < 0.6:
            facts["purpose"] = "commercial"
        share = self.chance.choice((0.05, 0.2, 0.5, 0.9, 1.0))
        for name in self.names:
            if name not in facts and self.chance.random() < share:
                facts[name] = self.value(name, at)
        kind = self.chance.random()
        if kind < 0.02:
            facts["at"] = "never"
        elif kind < 0.3:
            clock = (self.chance.randrange(24), self.chance.choice((0, 29, 30, 59)))
            facts["at"] += "T%02d:%02d+01:00" % clock
        return {"id": number, "question": self.question, "facts": facts}


def random_acts(text, count, chance, question="contact"):
    """Gives `count` acts over the words of the exported law `text`."""
    acts = Acts(json.loads(text), question, chance)
    return [acts.act(number) for number in range(count)]
