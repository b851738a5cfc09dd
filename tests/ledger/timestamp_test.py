# SPDX-License-Identifier: Apache-2.0
"""Goal: a checkpoint is stamped by somebody else, and no other answer is taken for such a stamp.

Method: a real time-stamping authority, made of `openssl ts` with a root of its own; its answers
kept, checked by openssl again, changed byte by byte; answers of a stranger and about something
else; a stamp that comes after a newer checkpoint.
"""
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from support import Desk  # noqa: E402

CONFIG = """
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = {name}
[ root ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[ stamper ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ tsa ]
default_tsa = here
[ here ]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
"""


class Authority:
    """A time-stamping authority in a folder."""

    def __init__(self, folder, name):
        self.folder = folder
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        (folder / "root.cnf").write_text(CONFIG.format(name=name + " root", folder=folder))
        (folder / "tsa.cnf").write_text(CONFIG.format(name=name, folder=folder))
        self.root = folder / "root.pem"
        self.run("req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "30", "-config",
                 folder / "root.cnf", "-extensions", "root", "-keyout", folder / "root.key",
                 "-out", self.root)
        self.run("req", "-new", "-newkey", "rsa:2048", "-nodes", "-config", folder / "tsa.cnf",
                 "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr")
        self.run("x509", "-req", "-in", folder / "tsa.csr", "-CA", self.root, "-CAkey",
                 folder / "root.key", "-CAcreateserial", "-days", "30", "-extfile",
                 folder / "tsa.cnf", "-extensions", "stamper", "-out", folder / "tsa.pem")

    def run(self, *arguments):
        done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answer(self, request, answer):
        self.run("ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", request,
                 "-inkey", self.folder / "tsa.key", "-signer", self.folder / "tsa.pem", "-out",
                 answer)


class Stamps(Desk):
    def setUp(self):
        super().setUp()
        self.done(self.licet("suppress", "camille@list.example"))
        self.done(self.licet("ledger", "checkpoint", "--out", "note"))
        self.authority = Authority(self.here / "tsa", "Stamp Test")

    def stamp(self, answer, authority=None):
        trusted = (authority or self.authority).root
        return self.licet("ledger", "timestamp", "--answer", answer, "--trusted", trusted)

    def requested_and_answered(self):
        self.done(self.licet("ledger", "timestamp", "--request", "a.tsq"))
        self.authority.answer(self.here / "a.tsq", self.here / "a.tsr")

    def test_an_answer_is_kept_and_others_can_check_it(self):
        self.requested_and_answered()
        said = self.done(self.stamp("a.tsr"))
        self.assertIn("Stamp Test", said.out)
        self.assertIn("UTC", said.out)
        verified = self.done(self.licet("ledger", "verify", "--json")).json()
        self.assertEqual(verified["timestamps"], 1)
        # The stamp is one of the bytes of the note, for any program.
        self.authority.run("ts", "-verify", "-data", self.here / "note", "-in",
                           self.here / "a.tsr", "-CAfile", self.authority.root)

    def test_a_stamp_finds_its_checkpoint_when_a_newer_one_was_signed(self):
        self.requested_and_answered()
        self.done(self.licet("suppress", "noa@list.example"))
        self.done(self.licet("ledger", "checkpoint", "--out", "note2"))
        self.done(self.stamp("a.tsr"))
        verified = self.done(self.licet("ledger", "verify", "--json")).json()
        self.assertEqual(verified["timestamps"], 1)

    def test_no_other_answer_is_taken_for_it(self):
        self.requested_and_answered()
        stranger = Authority(self.here / "other", "Stranger")
        self.assert_refused(self.stamp("a.tsr", stranger), 65, "authority")
        (self.here / "else").write_text("something else\n")
        self.authority.run("ts", "-query", "-data", self.here / "else", "-sha256", "-cert", "-out",
                           self.here / "else.tsq")
        self.authority.answer(self.here / "else.tsq", self.here / "else.tsr")
        self.assert_refused(self.stamp("else.tsr"), 65, "no checkpoint")
        self.assert_refused(self.stamp("note"), 65, "RFC 3161")
        self.assert_refused(self.licet("ledger", "timestamp"), 65, "--request")
        self.assert_refused(self.licet("ledger", "timestamp", "--answer", "a.tsr"), 65, "--trusted")
        self.assert_refused(self.licet("ledger", "timestamp", "--answer", "a.tsr", "--trusted",
                                       "note"), 65, "certificate")
        # An empty file of certificates trusts nobody; it is not the same as none.
        self.write("empty", "")
        self.assert_refused(self.licet("ledger", "timestamp", "--answer", "a.tsr", "--trusted",
                                       "empty"), 65, "certificate")
        self.done(self.stamp("a.tsr"))
        self.assert_refused(self.licet("ledger", "verify", "--trusted", "empty"), 65, "certificate")
        self.assert_refused(self.licet("ledger", "verify", "--trusted", stranger.root), 65,
                            "authority")
        self.done(self.licet("ledger", "verify", "--trusted", self.authority.root))
        whole = (self.here / "a.tsr").read_bytes()
        for place in range(0, len(whole), 61):
            changed = bytearray(whole)
            changed[place] ^= 1
            (self.here / "changed.tsr").write_bytes(bytes(changed))
            answer = self.stamp("changed.tsr")
            if answer.status == 0:
                # Bytes that nobody signed: of certificates that the chain does not need.
                self.assertIn("Stamp Test", answer.out)
        self.assertLess(answer.status, 128)


if __name__ == "__main__":
    unittest.main()
