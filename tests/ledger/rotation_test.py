# SPDX-License-Identifier: Apache-2.0
"""Goal: after a rotation the old key and a copy tell nothing, and nobody is forgotten.

Method: the real program on a file and on a server; tokens and what is stored for them computed by
OpenSSL from the specification, and looked for in the bytes of every file; the acts of every command
before and after; keys that are missing, wrong and of before; copies put back; a program killed.
"""
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from server_case import ServerCase  # noqa: E402
from support import LICET, Desk, licet, light_packs, surroundings  # noqa: E402

EMAIL = "camille.zbrivka@courrier-xylo.example"
STOPPED = "stop.zbrivka@courrier-xylo.example"
GONE = "gone.zbrivka@courrier-xylo.example"
NEVER = "never@list.example"
KEYS = ("tenant.key", "persons.keys", "signing.key", "signing.vkey")


def openssl(*arguments, stdin=b""):
    return subprocess.run(["openssl", *arguments], input=stdin, capture_output=True,
                          check=True).stdout


class Rotation(Desk):
    is_on_server = False

    def fresh_address(self):
        """Where the ledger is to be: "" for a file."""
        return ""

    def setUp(self):
        super().setUp()
        shutil.rmtree(self.workspace)
        self.make(self.workspace)
        self.consent(EMAIL)
        self.done(self.licet("suppress", STOPPED))
        self.done(self.licet("record", "interaction", "--email", GONE, "-a", "act=click"))
        self.done(self.licet("erase", GONE, "--yes"))
        self.done(self.licet("ledger", "checkpoint", "--out", "kept"))
        self.bare = {one: self.token(one) for one in (EMAIL, STOPPED, GONE)}

    def make(self, folder):
        where = self.fresh_address()
        self.done(licet("init", folder, *(("--database", where) if where else ())))

    def secret(self, name="tenant.key"):
        return (self.workspace / name).read_text().split()[1]

    def token(self, email):
        """docs/ledger-format.md, section 2."""
        said = b"email/strict/1\0" + email.encode()
        return bytes.fromhex(openssl("mac", "-cipher", "AES-256-CBC", "-macopt",
                                     "hexkey:" + self.secret(), "-in", "-", "CMAC",
                                     stdin=said).decode().strip())

    def stored(self, token):
        return openssl("enc", "-aes-256-ecb", "-nopad", "-K", self.secret("layer.key"),
                       stdin=token)

    def files(self):
        """The bytes of the ledger, its register and an export."""
        self.done(self.licet("ledger", "export", "moved"))
        paths = [self.here / "moved", *self.workspace.glob("ledger.db*"),
                 self.workspace / "erasures.txt"]
        return {path.name: path.read_bytes() for path in paths}

    @staticmethod
    def found(token, files):
        return [name for name, content in files.items()
                if token in content or token.hex().encode() in content]

    def rotate(self):
        return self.done(self.licet("ledger", "rotate", "--json")).json()

    def assert_nobody_is_forgotten(self):
        checked = self.licet("check", "--email", STOPPED, "--campaign", self.campaign, "--json",
                             "--no-record")
        self.assertEqual(self.done(checked, 1).json()["facts"]["objection"]["value"], "all")
        never = self.licet("check", "--email", NEVER, "--campaign", self.campaign, "--json",
                           "--no-record")
        self.assertEqual(never.json()["facts"]["objection"]["value"], "none")
        said = self.done(self.licet("person", EMAIL, "--reason", "test", "--json")).json()
        self.assertIn("consent_given", [one["kind"] for one in said])
        self.write("list.csv", f"Email\n{EMAIL}\n{STOPPED.upper()}\n{NEVER}\n")
        self.done(self.screen("list.csv"))
        self.assertIn(STOPPED.upper(), str(self.table("blocked.csv")))
        self.assertNotIn(STOPPED.upper(), str(self.table("allowed.csv")))
        # EMAIL has agreed and may be written to: the standing of a person is found too.
        self.assertIn(EMAIL, str(self.table("allowed.csv")))
        self.done(self.licet("ledger", "verify", "--against", "kept"))
        return said[0]["id"]

    def test_the_old_key_tells_nothing_and_nobody_is_forgotten(self):
        before = self.files()
        for one in (EMAIL, STOPPED, GONE):
            self.assertIn("moved", self.found(self.bare[one], before), one)
        self.assertIn("erasures.txt", self.found(self.bare[GONE], before))
        self.assert_nobody_is_forgotten()
        for turn in range(3):
            done = self.rotate()
            # Strict and loose token of the one who objected.
            self.assertEqual((done["suppressions"], done["erasures"]), (2, 1))
            self.assertEqual(done["has_old_key"], turn > 0)
            self.assertEqual(done["has_forgotten"], not self.is_on_server)
            event = self.assert_nobody_is_forgotten()
            after = self.files()
            for one in (EMAIL, STOPPED, GONE):
                self.assertEqual(self.found(self.bare[one], after), [], one)
            for one in (EMAIL, STOPPED):
                self.assertIn("moved", self.found(self.stored(self.bare[one]), after))
            self.assertIn("erasures.txt", self.found(self.stored(self.bare[GONE]), after))
            self.done(self.licet("ledger", "prove", event, "--out", f"proof{turn}"))
            checked = subprocess.run(["node", HERE / "check_proof.mjs", self.here / f"proof{turn}",
                                      event], capture_output=True, text=True, check=False)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertEqual((self.workspace / "layer.key").stat().st_mode & 0o777, 0o600)
        self.assertEqual((self.workspace / "layer.key.old").stat().st_mode & 0o777, 0o600)
        # And it goes on: what is said afterwards is under the layer as well.
        self.done(self.licet("suppress", NEVER))
        self.done(self.licet("erase", EMAIL, "--yes"))
        after = self.files()
        for one in (NEVER, EMAIL):
            self.assertEqual(self.found(self.token(one), after), [], one)
        self.assertIn("erasures.txt", self.found(self.stored(self.bare[EMAIL]), after))
        self.done(self.licet("ledger", "verify", "--against", "kept"))

    def test_a_key_that_is_not_the_right_one_answers_nothing(self):
        self.rotate()
        self.rotate()
        key, old, kept = (self.workspace / name for name in
                          ("layer.key", "layer.key.old", "kept.key"))
        shutil.copy2(key, kept)
        self.write("list.csv", f"Email\n{STOPPED}\n")

        def refused(status):
            for arguments in (("check", "--email", STOPPED, "--campaign", self.campaign),
                              ("suppress", "x@list.example"),
                              ("person", EMAIL, "--reason", "test"), ("ledger", "verify"),
                              ("screen", "list.csv", "--campaign", self.campaign, "--out",
                               self.here / "none"), ("ledger", "checkpoint"),
                              ("ledger", "export", "none"), ("erase", EMAIL, "--yes")):
                answer = self.done(self.licet(*arguments), status)
                self.assertIn("layer", answer.err)
                self.assertNotIn(STOPPED, answer.err)
            self.assertFalse((self.here / "none" / "allowed.csv").exists())

        key.unlink()
        refused(66)
        shutil.copy2(old, key)  # a ledger of now, and the key of before
        refused(65)
        shutil.copy2(kept, key)
        key.chmod(0o644)
        self.assertEqual(self.licet("ledger", "verify").status, 65)
        key.chmod(0o600)
        self.assert_nobody_is_forgotten()

    def test_a_ledger_moves_with_its_key_apart(self):
        self.done(self.licet("ledger", "export", "bare"))
        self.rotate()
        self.done(self.licet("ledger", "export", "layered"))
        home = self.workspace
        for name, with_key in (("bare", True), ("layered", True), ("layered", False)):
            self.workspace = self.here / f"{name}-{with_key}"
            self.workspace.mkdir()
            for one in KEYS + ("config.toml",) + (("layer.key",) if with_key else ()):
                shutil.copy2(home / one, self.workspace / one)
            if self.is_on_server:
                config = self.workspace / "config.toml"
                lines = [line for line in config.read_text().splitlines()
                         if not line.startswith("database")]
                config.write_text("\n".join(lines) + f'\ndatabase = "{self.fresh_address()}"\n')
            answer = self.licet("ledger", "import", name)
            if not with_key:
                self.assertIn("layer", self.done(answer, 66).err)
                continue
            self.done(answer)
            self.assert_nobody_is_forgotten()
            self.assertEqual(self.found(self.bare[STOPPED], self.files()), [])

    def test_killed_anywhere_it_is_undone_or_finished(self):
        chance = random.Random(2026)
        self.rotate()
        for _ in range(12):
            running = subprocess.Popen([LICET, "-w", self.workspace, "ledger", "rotate"],
                                       env=surroundings(), stdout=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.005, 0.12))
            running.send_signal(signal.SIGKILL)
            running.wait()
            self.done(self.licet("suppress", STOPPED))
            self.assertFalse((self.workspace / "layer.key.new").exists())
        self.assert_nobody_is_forgotten()
        self.assertEqual(self.found(self.bare[STOPPED], self.files()), [])


class RotationInFile(Rotation):
    def test_a_copy_of_before_is_refused_until_it_is_rotated(self):
        copies = [((self.workspace / "ledger.db").read_bytes(), None)]
        self.rotate()
        copies.append(((self.workspace / "ledger.db").read_bytes(),
                       (self.workspace / "layer.key").read_bytes()))
        self.rotate()
        self.rotate()
        for content, key in copies:
            for path in self.workspace.glob("ledger.db-*"):
                path.unlink()
            (self.workspace / "ledger.db").write_bytes(content)
            self.assertIn("layer.key.old", self.done(self.licet("ledger", "verify"), 65).err)
            if key:
                # What was kept apart with that copy.
                self.done(self.licet("ledger", "rotate"), 65)
                (self.workspace / "layer.key.old").write_bytes(key)
            self.rotate()
            self.assert_nobody_is_forgotten()
            self.assertEqual(self.found(self.bare[STOPPED], self.files()), [])


class RotationOnServer(ServerCase, Rotation):
    is_on_server = True


def load_tests(loader, _tests, _pattern):
    return unittest.TestSuite(loader.loadTestsFromTestCase(one)
                              for one in (RotationInFile, RotationOnServer))


if __name__ == "__main__":
    unittest.main()
