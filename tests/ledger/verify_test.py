# SPDX-License-Identifier: Apache-2.0
"""Goal: a verification that was interrupted goes on where it was, and says what it rests on.

Method: the program on a ledger of some tens of thousands of events, interrupted from the keyboard,
killed, and resumed; the file of one ledger given to another; damage between two sessions.
"""
import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from support import LICET, Desk, licet  # noqa: E402

EVENTS = 60_000


class Verify(Desk):
    def setUp(self):
        super().setUp()
        lines = [json.dumps({"kind": "objection" if i % 3 == 0 else "interaction",
                             "email": f"p{i}@list.example", "attributes": {}})
                 for i in range(EVENTS)]
        self.write("many.jsonl", "\n".join(lines) + "\n")
        self.done(self.licet("record", "--jsonl", "many.jsonl"))
        self.done(self.licet("ledger", "checkpoint", "--out", "kept"))
        self.state = self.here / "state"

    def interrupt(self, with_signal):
        """Ends a verification once it has noted something; gives its status and what it said."""
        running = subprocess.Popen(
            [LICET, "--workspace", self.workspace, "ledger", "verify", "--resume", self.state],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={"LANG": "en_US.UTF-8", "PATH": ""})
        begun = time.monotonic()
        while running.poll() is None and time.monotonic() - begun < 60:
            if self.state.exists() and self.state.stat().st_size > 10_000:
                break
            time.sleep(0.002)
        running.send_signal(with_signal)
        return running.returncode if running.returncode is not None else running.wait(60), \
            "".join(running.communicate())

    def verified(self, *arguments):
        return self.done(self.licet("ledger", "verify", "--json", *arguments)).json()

    def test_interrupted_from_the_keyboard_it_goes_on(self):
        whole = self.verified()
        status, said = self.interrupt(signal.SIGINT)
        self.assertEqual(status, 75, said)
        self.assertIn("the same command goes on", said)
        self.assertEqual(self.state.stat().st_mode & 0o777, 0o600)
        resumed = self.verified("--resume", self.state, "--against", "kept")
        self.assertGreater(resumed["read_before"], 1000)
        self.assertGreater(resumed["since"], 0)
        for name in ("events", "erased", "bytes", "in_log", "checkpoints"):
            self.assertEqual(resumed[name], whole[name], name)
        self.assertFalse(self.state.exists())
        # What it rests on is said in words, too.
        self.interrupt(signal.SIGINT)
        answer = self.done(self.licet("ledger", "verify", "--resume", self.state))
        self.assertIn("were read in an earlier session", answer.out)

    def test_killed_it_goes_on(self):
        whole = self.verified()
        for _ in range(3):
            status, said = self.interrupt(signal.SIGKILL)
            self.assertIn(status, (-signal.SIGKILL, 0), said)
        resumed = self.verified("--resume", self.state)
        self.assertEqual(resumed["events"], whole["events"])

    def test_damage_after_the_place_is_found_and_the_file_stays(self):
        status, said = self.interrupt(signal.SIGKILL)
        self.assertEqual(status, -signal.SIGKILL, said)
        with sqlite3.connect(self.here / "space/ledger.db") as ledger:
            ledger.execute("UPDATE event SET commitment = zeroblob(32) "
                           "WHERE part = 255 AND seq = 3")
        self.assert_refused(self.licet("ledger", "verify", "--resume", self.state), 74,
                            "entry 3 of partition 255")
        self.assertTrue(self.state.exists())

    def test_the_file_of_another_ledger_is_refused(self):
        self.interrupt(signal.SIGKILL)
        other = self.here / "other"
        self.done(licet("init", other))
        answer = licet("--workspace", other, "ledger", "verify", "--resume", self.state)
        self.assert_refused(answer, 65, "another ledger")
        self.write("errands", "bread, salt\n")
        answer = self.licet("ledger", "verify", "--resume", self.here / "errands")
        self.assert_refused(answer, 65, "how far a verification came")
        self.assertEqual((self.here / "errands").read_text(encoding="utf-8"), "bread, salt\n")
        changed = bytearray(self.state.read_bytes())
        changed[len(changed) // 2] ^= 1
        self.state.write_bytes(bytes(changed))
        self.assert_refused(self.licet("ledger", "verify", "--resume", self.state), 65,
                            "was changed")


if __name__ == "__main__":
    unittest.main()
