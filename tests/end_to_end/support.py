# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: the program, a workspace in a temporary folder, lists and masks.

The program is the one that the environment variable LICET names. Its surroundings are made anew for
each call, so that the language and the place of the person who runs the tests do not matter.
"""
import atexit
import csv
import functools
import io
import json
import mmap
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PACKS = ROOT / "packs"
LICET = os.environ.get("LICET", "")

BAD_INPUT = 65
MISSING_INPUT = 66
UNREADABLE_ROWS = 10
BROKEN = 74

RESULTS = ("allowed.csv", "blocked.csv", "review.csv")
ALL_RESULTS = RESULTS + ("report.html",)
ADDED = ["Verdict", "Reasons", "Law", "Duties", "To do", "Certainty"]

# A campaign to consumers who gave their address for a letter and bought nothing. All is made up.
CAMPAIGN = """
name = "Test"
channel = "email"
purpose = "commercial"
sector = "general"
at = "2026-11-23T11:00+01:00"
country = "fr"
agent = "human"
mass = true

[sender]
name = "Maison Exemple SARL"
kind = "company"
stop_contact = "stop@maison.example"

[offer]
text = "Un coffret."
kind = "own_other"
family = "coffret"

[list]
source = "Inscription à la lettre"
origin = "person_other"
received_on = "2026-10-01"
collected_on = "2026-10-01"
informed = true
optout_offered = true
same_sender = true
audience = "consumer"
relation = "none"

[message]
sender_identified = true
stop_contact = true
honest_subject = true
recognisable_ad = true
source_stated = true
right_to_object = true
optout = "one_click"
pixel = "none"

[facts]
"balancing_test" = "done"
"contract" = "none"
"minor" = "no"
"""

VALID_CONSENT = {"consent.act": "clear", "consent.informed": "yes", "consent.granular": "yes",
                 "consent.proof": "individual", "consent.sender_named": "this_sender",
                 "consent.covers_channel": "yes", "consent.covers_purpose": "yes",
                 "consent.covers_sender": "yes"}


class Answer:
    """What a call of the program gave."""

    def __init__(self, status, out, err):
        self.status = status
        self.out_bytes = out
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def __str__(self):
        return f"status {self.status}\n--- out\n{self.out[:1500]}\n--- err\n{self.err[:1500]}"


def has_sanitizers():
    """Says whether the program was built with the address sanitizer, which finds leaks too."""
    with open(LICET, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b"__asan_init") >= 0


def surroundings(lang="en_US.UTF-8", **more):
    """Gives the environment of a call: no language of ours, the sanitizers' settings kept."""
    kept = {name: value for name, value in os.environ.items()
            if name == "PATH" or name.endswith("SAN_OPTIONS") or name.startswith("LLVM_")}
    return {**kept, "LANG": lang, "HOME": "/nonexistent", **more}


def licet(*arguments, cwd=None, lang="en_US.UTF-8", stdin=b"", **more):
    """Calls the program and waits for it. `stdin` are bytes; `more` goes to subprocess."""
    if not LICET:
        raise unittest.SkipTest("LICET does not name the program")
    done = subprocess.run([LICET, *map(str, arguments)], cwd=cwd, env=surroundings(lang),
                          input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=300, check=False, **more)
    answer = Answer(done.returncode, done.stdout, done.stderr)
    # Sanitizers end the program with their own report; no test may take it for an answer.
    if "Sanitizer" in answer.err or "runtime error:" in answer.err:
        raise AssertionError(f"a sanitizer has spoken: {arguments}\n{answer}")
    return answer


@functools.lru_cache(maxsize=None)
def light_packs():
    """Gives a folder with part of the law: the European floor, e-mail and calls to consumers.

    Most tests ask what becomes of files, not what the law says. Under the sanitizers all of French
    law takes seconds to compile, this part a quarter of a second.
    """
    folder = pathlib.Path(tempfile.mkdtemp(prefix="licet-packs-"))
    atexit.register(shutil.rmtree, folder)
    for path in PACKS.glob("*.md"):
        shutil.copy2(path, folder)
    shutil.copytree(PACKS / "eu", folder / "eu")
    (folder / "fr").mkdir()
    for name in ("pack.toml", "sources.md", "10-terms.md", "20-electronic-mail.md",
                 "60-calls-to-consumers.md"):
        shutil.copy2(PACKS / "fr" / name, folder / "fr")
    return folder


class Desk(unittest.TestCase):
    """A test with a temporary folder `here` that holds a workspace and a campaign."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="licet-")
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)
        self.workspace = self.here / "space"
        self.done(licet("init", self.workspace))
        self.campaign = self.write("campaign.toml", CAMPAIGN)

    def write(self, name, content):
        path = self.here / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def licet(self, *arguments, **more):
        packs = () if "--packs" in arguments else ("--packs", light_packs())
        return licet("--workspace", self.workspace, *packs, *arguments, cwd=self.here, **more)

    def consent(self, *addresses, on="2026-10-01"):
        """Records a valid consent to commercial e-mail of each address."""
        said = {"kind": "consent_given", "channel": "email", "purpose": "commercial", "on": on,
                "attributes": VALID_CONSENT}
        lines = "".join(json.dumps({**said, "email": one}) + "\n" for one in addresses)
        self.done(self.licet("record", "--jsonl", "-", stdin=lines.encode()))

    def done(self, answer, status=0):
        """Holds that a call ended with `status` and gives its answer."""
        self.assertEqual(answer.status, status, str(answer))
        return answer

    def screen(self, file, *arguments, campaign=None, out="out", **more):
        return self.licet("screen", file, "--campaign", campaign or self.campaign,
                          "--out", self.here / out, *arguments, **more)

    def rows(self, name, out="out", separator=None):
        """Gives the rows of a result as dictionaries."""
        header, rows = self.table(name, out, separator)
        return [dict(zip(header, row)) for row in rows]

    def table(self, name, out="out", separator=None):
        """Gives the header and the rows of a result."""
        text = (self.here / out / name).read_bytes().decode("utf-8-sig", "replace")
        first = text.split("\n", 1)[0]
        separator = separator or max(";\t,", key=first.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        return rows[0], rows[1:]

    def assert_refused(self, answer, status, *words):
        """Holds that nothing was done, and that the message names what it must."""
        self.assertEqual(answer.status, status, str(answer))
        self.assertNotEqual(answer.err, "", str(answer))
        for word in words:
            self.assertIn(str(word), answer.err, str(answer))

    def assert_nothing_left(self, out="out"):
        """Holds that no result stands under its final name, and no half-written one either."""
        folder = self.here / out
        left = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
        self.assertEqual(left, [])

    def assert_unseen(self, answer, *values):
        """Holds that no personal value is on the screen."""
        for value in values:
            self.assertNotIn(value, answer.out, str(answer))
            self.assertNotIn(value, answer.err, str(answer))
