# SPDX-License-Identifier: Apache-2.0
"""Goal: show that others can check what the ledger proves, and that no change goes unnoticed.

Method: a ledger made by the program; its proofs and its published log checked by a program in
another language that knows only the specifications; every byte of every proof changed in turn;
every byte of every file of a small ledger flipped in turn; an older copy put back.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from support import LICET, Desk, licet  # noqa: E402

EMAIL = "camille.zbrivka@courrier-xylo.example"


def checked(*arguments):
    """Runs the independent program; gives its status and what it said."""
    done = subprocess.run(["node", HERE / "check_proof.mjs", *map(str, arguments)],
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Proof(Desk):
    def setUp(self):
        super().setUp()
        self.done(self.licet("record", "consent_given", "--email", EMAIL, "--channel", "email",
                             "--purpose", "commercial", "--on", "2026-03-02", "-a",
                             "consent.act=clear"))
        for i in range(9):
            self.done(self.licet("record", "interaction", "--email", f"p{i}@list.example", "-a",
                                 "act=click"))

    def event_of(self, email):
        answer = self.licet("person", email, "--reason", "test", "--json")
        self.done(answer)
        return json.loads(answer.out)[0]["id"]

    def sign(self, name):
        self.done(self.licet("ledger", "checkpoint", "--out", name))

    def test_a_program_that_is_not_ours_accepts_the_proof(self):
        self.sign("kept")
        self.done(self.licet("ledger", "prove", self.event_of(EMAIL), "--out", "proof"))
        status, said = checked(self.here / "proof", self.event_of(EMAIL))
        self.assertEqual(status, 0, said)
        self.assertIn("consent_given of 2026-03-02 is entry", said)
        self.assertIn("of 10 of licet/", said)

    def test_the_log_is_shown_to_go_on_from_a_checkpoint(self):
        for count in range(5):
            self.sign(f"kept{count}")
            self.done(self.licet("record", "interaction", "--email", f"q{count}@list.example",
                                 "-a", "act=click"))
        self.sign("last")
        vkey = self.workspace / "signing.vkey"
        for count in range(5):
            self.done(self.licet("ledger", "consistency", f"kept{count}", "--out", "proof"))
            status, said = checked("--consistency", self.here / f"kept{count}",
                                   self.here / "proof", vkey)
            self.assertEqual(status, 0, said)
            self.assertIn("15 entries of licet/", said)
            self.assertIn(f"begin with the {10 + count} of before", said)
        whole = (self.here / "proof").read_bytes()
        for place in range(0, len(whole), 13):
            changed = bytearray(whole)
            changed[place] ^= 1
            (self.here / "proof").write_bytes(bytes(changed))
            self.assertNotEqual(
                checked("--consistency", self.here / "kept4", self.here / "proof", vkey)[0], 0)

    def test_keys_of_another_log_are_told_from_a_damaged_one(self):
        self.sign("kept")
        other = self.here / "other"
        self.done(licet("init", other))
        names = ("signing.key", "signing.vkey")
        ours = {name: (self.workspace / name).read_bytes() for name in names}
        for name in names:
            (self.workspace / name).write_bytes((other / name).read_bytes())
        for words in (["verify"], ["checkpoint"]):
            answer = self.licet("ledger", *words)
            self.assertEqual(answer.status, 65, answer.err)
            self.assertIn("signing.key is that of the log", answer.err)
        (self.workspace / "signing.key").write_bytes(ours["signing.key"])
        answer = self.licet("ledger", "verify")
        self.assertEqual(answer.status, 65)
        self.assertIn("signing.vkey", answer.err)
        (self.workspace / "signing.vkey").write_bytes(ours["signing.vkey"])
        self.done(self.licet("ledger", "verify"))

    def test_it_refuses_each_changed_byte(self):
        self.sign("kept")
        event = self.event_of(EMAIL)
        self.done(self.licet("ledger", "prove", event, "--out", "proof"))
        proof = (self.here / "proof") / f"{event}.tlog-proof"
        whole = proof.read_bytes()
        for place in range(0, len(whole), 17):
            changed = bytearray(whole)
            changed[place] ^= 1
            proof.write_bytes(bytes(changed))
            self.assertNotEqual(checked(self.here / "proof", event)[0], 0, place)
        proof.write_bytes(whole)
        opening = (self.here / "proof") / f"{event}.json"
        said = json.loads(opening.read_text())
        for name in ("bytes", "blind", "sealed_sha256"):
            changed = dict(said)
            changed[name] = changed[name][:-1] + ("0" if changed[name][-1] != "0" else "1")
            opening.write_text(json.dumps(changed))
            self.assertNotEqual(checked(self.here / "proof", event)[0], 0, name)

    def test_of_an_empty_log_there_is_nothing_to_publish(self):
        empty = self.here / "empty"
        self.done(licet("init", empty))
        self.done(licet("--workspace", empty, "ledger", "checkpoint", "--out", "c", cwd=self.here))
        answer = licet("--workspace", empty, "ledger", "publish", "site", cwd=self.here)
        self.assert_refused(answer, 66, "nothing to publish yet")
        self.assertFalse((self.here / "site").exists())

    def test_the_published_log_is_that_of_the_specification(self):
        lines = [json.dumps({"kind": "interaction", "email": f"m{i}@list.example",
                             "attributes": {"act": "click"}}) for i in range(700)]
        self.write("many.jsonl", "\n".join(lines) + "\n")
        self.done(self.licet("record", "--jsonl", "many.jsonl"))
        self.sign("kept")
        self.done(self.licet("ledger", "publish", "public"))
        vkey = (self.here / "space/signing.vkey").read_text()
        status, said = checked("--log", self.here / "public", vkey)
        self.assertEqual(status, 0, said)
        self.assertIn("710 entries", said)

    def test_an_older_copy_is_found_by_a_checkpoint_kept_elsewhere(self):
        self.sign("first")
        shutil.copytree(self.here / "space", self.here / "old")
        self.done(self.licet("suppress", EMAIL))
        self.sign("second")
        self.done(self.licet("ledger", "verify", "--against", "first"))
        self.done(self.licet("ledger", "verify", "--against", "second"))
        shutil.rmtree(self.here / "space")
        shutil.copytree(self.here / "old", self.here / "space")
        self.done(self.licet("ledger", "verify"))
        answer = self.licet("ledger", "verify", "--against", "second")
        self.assertEqual(answer.status, 74, answer.err)
        self.assertIn("put back to an older state", answer.err)
        self.write("empty", "")
        self.assert_refused(self.licet("ledger", "verify", "--against", "empty"), 65, "checkpoint")

    def test_an_erased_person_is_gone_and_does_not_come_back(self):
        self.done(self.licet("suppress", EMAIL, "--channel", "email"))
        shutil.copytree(self.here / "space", self.here / "backup")
        answer = self.licet("erase", EMAIL)
        self.assertEqual(answer.status, 65, answer.out)
        self.done(self.licet("erase", EMAIL, "--yes", "--certificate", "certificate.txt"))
        text = (self.here / "certificate.txt").read_text(encoding="utf-8")
        self.assertIn("article 17", text)
        self.assertNotIn(EMAIL, text)
        # The database and the keys of an old backup, the register as it is now.
        for name in ("ledger.db", "persons.keys"):
            shutil.copy((self.here / "backup") / name, self.here / "space")
        known = json.loads(self.licet("person", EMAIL, "--reason", "test", "--json").out)
        self.assertEqual([one["kind"] for one in known], ["suppression"])
        check = self.licet("check", "--email", EMAIL, "--fact", "channel=email", "--fact",
                           "purpose=commercial", "--json")
        self.assertEqual(json.loads(check.out)["verdict"], "forbidden", check.out)
        self.done(self.licet("ledger", "verify"))

    def test_erasures_of_several_programs_at_once_are_all_done(self):
        people = [f"p{i}@list.example" for i in range(9)]
        running = [subprocess.Popen([LICET, "--workspace", self.workspace, "erase", one, "--yes"],
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                   for one in people]
        for one in running:
            said = one.communicate(timeout=120)
            self.assertEqual(one.returncode, 0, said)
        for one in people:
            answer = self.licet("person", one, "--reason", "test", "--json")
            self.assertEqual(self.done(answer).json(), [], one)
        self.assertEqual(self.done(self.licet("ledger", "verify", "--json")).json()["erased"], 9)

    def test_an_erasure_can_be_certified_later(self):
        refused = self.licet("erase", EMAIL, "--yes", "--certificate", "no/such/folder/x")
        self.assertNotEqual(refused.status, 0)
        self.done(self.licet("erase", EMAIL, "--yes"))
        self.done(self.licet("erase", EMAIL, "--yes", "--certificate", "late.txt"))
        self.assertIn("article 17", (self.here / "late.txt").read_text(encoding="utf-8"))

    def test_erasing_one_number_leaves_its_other_reading_alone(self):
        self.done(self.licet("record", "consent_given", "--phone", "+33639123456", "--channel",
                             "live_call"))
        self.done(self.licet("erase", "+590639123456", "--yes"))
        answer = self.licet("person", "+33639123456", "--reason", "test", "--json")
        self.assertEqual([one["kind"] for one in self.done(answer).json()], ["consent_given"])

    def test_a_ledger_moves_to_another_machine_with_its_keys_apart(self):
        self.done(self.licet("suppress", EMAIL))
        self.sign("kept")
        self.done(self.licet("ledger", "export", "whole.ledger"))
        (self.here / "new").mkdir()
        for name in ("config.toml", "tenant.key", "persons.keys", "signing.key"):
            shutil.copy(self.workspace / name, self.here / "new")
        shutil.rmtree(self.workspace)
        (self.here / "new").rename(self.workspace)
        self.done(self.licet("ledger", "import", self.here / "whole.ledger"))
        self.done(self.licet("ledger", "verify", "--against", "kept"))
        kinds = [one["kind"] for one in
                 self.licet("person", EMAIL, "--reason", "test", "--json").json()]
        self.assertEqual(kinds, ["consent_given", "objection"])
        self.assert_refused(self.licet("ledger", "import", self.here / "whole.ledger"), 65)

    def test_no_flipped_byte_goes_unnoticed(self):
        """A flip that nothing reports must change nothing that anybody is told."""
        self.sign("kept")
        self.done(self.licet("erase", "p1@list.example", "--yes"))
        self.sign("kept2")
        folder = (self.here / "space")
        person = ("person", EMAIL, "--reason", "test", "--json")
        before = self.licet(*person).out
        found = 0
        for name in ("persons.keys", "erasures.txt", "signing.key", "tenant.key", "ledger.db"):
            path = folder / name
            whole = path.read_bytes()
            # `make soak` flips each byte.
            step = 1 if os.environ.get("LICET_SOAK") else max(1, len(whole) // 40)
            for place in range(0, len(whole), step):
                changed = bytearray(whole)
                changed[place] ^= 0x01
                path.write_bytes(bytes(changed))
                answer = self.licet("ledger", "verify", "--against", "kept2")
                if answer.status == 0:
                    # Free space and counters of the database; blanks and comments of key files.
                    self.assertIn(name, ("ledger.db", "signing.key", "tenant.key"), place)
                    self.assertEqual(self.licet(*person).out, before, (name, place))
                else:
                    found += 1
                for rest in ("ledger.db-wal", "ledger.db-shm"):
                    (folder / rest).unlink(missing_ok=True)
            path.write_bytes(whole)
        self.assertGreater(found, 80)
        self.done(self.licet("ledger", "verify", "--against", "kept2"))


if __name__ == "__main__":
    unittest.main()
