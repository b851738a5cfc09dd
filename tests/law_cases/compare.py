#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the packs to cases that were written apart from them.

Feeds tests/law_cases/*.jsonl to `licet check --facts-jsonl` and compares verdict, duties,
missing facts and remedies with what each case expects. What no pack answers yet is counted, not
compared.
Certainty is compared too, but only reported: the readings in KNOWN_CERTAINTY are explained there,
and a difference that is not listed there, or listed and gone, fails.

    LICET=build/dev/licet python3 tests/law_cases/compare.py

LICET_PACKS names a folder of packs to hold to the cases instead of those inside the program.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys

# What is encoded so far: question -> countries. A pack that is added is added here.
ENCODED = {
    "contact": {"at", "be", "bg", "ca", "ch", "cz", "de", "dk", "es", "eu", "fi", "fr", "gb",
                "hr", "hu", "ie", "it", "nl", "no", "pl", "pt", "ro", "se", "sk", "us"},
    "consent": {"fr", "eu"},
    "keep": {"fr", "eu"},
    "respond": {"fr", "eu"},
    "source": {"fr", "eu"},
    "transfer": {"fr", "eu"},
    "tracker": {"fr", "eu"},
}

# Cases whose certainty differs from the one expected, and why the pack's stands.
# A pack says it of a rule; these cases say it of one fact that the rule is applied to.
KNOWN_CERTAINTY = {
    "S116": "whether one o'clock sharp is inside the hours is debated, not the hours",
    "S119": "which holidays Moselle counts is debated, not that holidays are spared",
    "S187": "that the ban does not reach letters is debated; the rule for letters itself is not",
    "X08": "nothing is decided while a fact is missing, so nothing is debatable yet",
    "S204-contact": "one last question is debated for silent people; this consent stands",
}

HERE = pathlib.Path(__file__).resolve().parent


def is_encoded(case):
    return case["country"] in ENCODED.get(case["question"], ())


def cases_of_all_files():
    """Gives each case with the name of its file."""
    for path in sorted(HERE.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield path.name, json.loads(line)


def answers_of(program, cases):
    """Gives the program's answers, one a case, in order. One call: compiling the law takes time."""
    lines = "".join(json.dumps(case) + "\n" for _, case in cases)
    packs = os.environ.get("LICET_PACKS")
    options = ["--packs", packs] if packs else []
    done = subprocess.run([program, *options, "check", "--facts-jsonl", "-", "--json",
                           "--lang", "en"],
                          input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False, timeout=300)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def differences(case, answer):
    """Says in what an answer differs from what its case expects."""
    expect = case["expect"]
    if answer.get("id") != case["id"]:
        yield f"no answer, but {json.dumps(answer)[:200]}"
        return
    wanted = expect.get("verdict") or expect.get("answer")
    if answer["verdict"] != wanted:
        rules = ", ".join(reason["rule"] for reason in answer["reasons"]) or "no rule"
        missing = ", ".join(answer["missing"]) or "nothing"
        yield f"{answer['verdict']}, not {wanted}, by {rules} (missing: {missing})"
    duties = {duty["id"] for duty in answer["duties"]}
    for name in expect.get("duties_include") or ():
        if name not in duties:
            yield f"duty {name} is not among {sorted(duties)}"
    for name in expect.get("duties_exclude") or ():
        if name in duties:
            yield f"duty {name} is too much"
    for name in expect.get("missing_include") or ():
        if name not in answer["missing"]:
            yield f"fact {name} is not among the missing {answer['missing']}"
    remedy = expect.get("remedy_includes")
    if remedy and not any(remedy in one["change"] for one in answer["remedies"]):
        yield f"no remedy changes {remedy}"


def main():
    program = os.environ.get("LICET")
    if not program:
        sys.exit("LICET does not name the program")
    counts = collections.Counter()
    certainty = set()
    cases = list(cases_of_all_files())
    answers = answers_of(program, cases)
    if len(answers) != len(cases):
        sys.exit(f"{len(cases)} cases, {len(answers)} answers")
    for (file, case), answer in zip(cases, answers):
        if not is_encoded(case):
            counts["not encoded yet"] += 1
            continue
        counts["compared"] += 1
        for difference in differences(case, answer):
            counts["differences"] += 1
            print(f"{file} {case['id']}: {difference} ({case['cite']}: {case['says']})")
        if answer.get("certainty") != case["certainty"]:
            certainty.add(case["id"])
            if case["id"] not in KNOWN_CERTAINTY:
                counts["differences"] += 1
                print(f"{file} {case['id']}: {answer.get('certainty')}, not {case['certainty']} "
                      f"({case['cite']}: {case['says']})")
    for name in sorted(set(KNOWN_CERTAINTY) - certainty):
        counts["differences"] += 1
        print(f"{name}: the certainty is the one expected now; take it from KNOWN_CERTAINTY")
    print(f"compared {counts['compared']}, differences {counts['differences']}, certainty differs "
          f"{len(certainty)} (known), not encoded yet {counts['not encoded yet']}")
    sys.exit(1 if counts["differences"] else 0)


if __name__ == "__main__":
    main()
