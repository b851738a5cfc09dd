# SPDX-License-Identifier: Apache-2.0
"""Goal: show that no objection that was acknowledged is lost when the program is killed.

Method: two shells record in a loop into one ledger, one person a call and many a call. At a moment
drawn from a fixed seed the whole process group gets SIGKILL. A line on standard output is the
acknowledgement: whoever has one must be in the ledger, and the ledger must be sound. Several rounds
go into the same ledger.
"""
import os
import random
import signal
import subprocess
import time
import unittest

from support import LICET, Desk, light_packs, surroundings

ROUNDS = 6
MANY = 300

ONE_BY_ONE = r"""
i=0
while :; do
    "$LICET" -w "$SPACE" --packs "$PACKS" suppress "$ROUND-one-$i@courrier.example" || exit
    i=$((i + 1))
    "$LICET" -w "$SPACE" --packs "$PACKS" record objection \
        --email "$ROUND-one-$i@courrier.example" || exit
    i=$((i + 1))
done
"""
MANY_AT_ONCE = """
i=0
while :; do
    n=0
    while [ $n -lt $MANY ]; do
        echo "$ROUND-many-$i-$n@courrier.example"
        n=$((n + 1))
    done > "$LIST"
    "$LICET" -w "$SPACE" --packs "$PACKS" suppress --file "$LIST" || exit
    i=$((i + 1))
done
"""


class Kill(Desk):
    def start(self, script, number, name):
        out = open(self.here / name, "wb")
        self.addCleanup(out.close)
        more = {"LICET": LICET, "SPACE": str(self.workspace), "PACKS": str(light_packs()),
                "ROUND": f"r{number}", "MANY": str(MANY), "LIST": str(self.here / "list.txt")}
        return subprocess.Popen(["sh", "-c", script], stdout=out, stderr=subprocess.PIPE,
                                env=surroundings(**more), start_new_session=True)

    def acknowledged(self, name):
        """Counts the whole lines that were printed."""
        return (self.here / name).read_bytes().count(b"\n")

    def assert_known(self, address):
        events = self.licet("person", address, "--reason", "test", "--json").json()
        self.assertIn("objection", [event["kind"] for event in events], address)

    def test_every_acknowledged_objection_survives(self):
        chance = random.Random(2026)
        total = 0
        for number in range(ROUNDS):
            shells = [self.start(ONE_BY_ONE, number, "one.txt"),
                      self.start(MANY_AT_ONCE, number, "many.txt")]
            # One whole call has to fit; after that any moment is as good as another.
            deadline = time.monotonic() + 60
            while self.acknowledged("one.txt") < 1 and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 1.2))
            for shell in shells:
                self.assertIsNone(shell.poll(), "the loop ended by itself")
                os.killpg(shell.pid, signal.SIGKILL)
            for shell in shells:
                shell.communicate()

            self.done(self.licet("ledger", "verify"))
            ones = self.acknowledged("one.txt")
            manies = self.acknowledged("many.txt")
            for i in range(ones):
                self.assert_known(f"r{number}-one-{i}@courrier.example")
            for i in range(manies):
                for n in (0, chance.randrange(MANY), MANY - 1):
                    self.assert_known(f"r{number}-many-{i}-{n}@courrier.example")
            total += ones + manies
        self.assertGreaterEqual(total, ROUNDS)
        # What an earlier round was promised still holds after the later ones.
        self.assert_known("r0-one-0@courrier.example")


if __name__ == "__main__":
    unittest.main()
