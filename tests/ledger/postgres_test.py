# SPDX-License-Identifier: Apache-2.0
"""Goal: every command works on a ledger in PostgreSQL, and a ledger moves there and back.

Method: the program against a real server that is started here; the same acts on a file and on the
server must give the same answers; the server stopped, and then nobody may be contacted.
"""
import pathlib
import shutil
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from server_case import ServerCase  # noqa: E402
from support import Desk, licet, light_packs  # noqa: E402

EMAIL = "camille.zbrivka@courrier-xylo.example"
STOPPED = "stop.zbrivka@courrier-xylo.example"
KEYS = ("tenant.key", "persons.keys", "signing.key", "signing.vkey")
LIST = "Email,Prénom\n" + f"{EMAIL},Camille\n{STOPPED},Ange\nnew@list.example,Noa\n"


class OnServer(ServerCase, Desk):
    def at(self, place, *arguments):
        return licet("--workspace", self.here / place, "--packs", light_packs(), *arguments,
                     cwd=self.here)

    def live(self, place):
        """Acts of every kind; gives what the program answered, but for places and times."""
        said = [self.at(place, "record", "consent_given", "--email", EMAIL, "--channel", "email",
                        "--purpose", "commercial", "--on", "2026-03-02", "-a",
                        "consent.act=clear"),
                self.at(place, "suppress", STOPPED),
                self.at(place, "suppress", STOPPED),
                self.at(place, "record", "interaction", "--email", "gone@list.example", "-a",
                        "act=click", "--on", "2026-10-01"),
                self.at(place, "erase", "gone@list.example", "--yes")]
        return [(one.status, one.out) for one in said]

    def test_a_server_answers_as_a_file_does(self):
        address = self.fresh_address()
        self.done(self.licet("init", "file"))
        self.done(self.licet("init", "server", "--database", address))
        self.assertFalse((self.here / "server" / "ledger.db").exists())
        self.assertIn(f'database = "{address}"', (self.here / "server/config.toml").read_text())
        self.assertEqual(self.live("server"), self.live("file"))
        for place in ("file", "server"):
            self.write(f"{place}.csv", LIST)
            self.done(self.at(place, "screen", f"{place}.csv", "--campaign", self.campaign, "--out",
                              self.here / f"out-{place}"))
        for name in ("allowed.csv", "blocked.csv", "review.csv"):
            self.assertEqual((self.here / "out-server" / name).read_bytes(),
                             (self.here / "out-file" / name).read_bytes(), name)
        for arguments in (("purge", "--dry-run", "--json"),
                          ("check", "--email", STOPPED, "-f", "channel=email", "--json")):
            self.assertEqual(self.at("server", *arguments).status,
                             self.at("file", *arguments).status, arguments)
        shown = self.done(self.at("server", "person", EMAIL, "--reason", "test", "--json")).json()
        self.assertEqual([one["kind"] for one in shown], ["consent_given"])
        self.done(self.at("server", "ledger", "checkpoint", "--out", "kept"))
        self.done(self.at("server", "ledger", "prove", shown[0]["id"], "--out", "proof"))
        self.done(self.at("server", "ledger", "verify", "--against", "kept"))
        self.done(self.at("server", "ledger", "publish", "public"))
        self.assert_refused(self.licet("init", "server", "--database", address), 65)

    def test_a_ledger_moves_to_a_server_and_back(self):
        self.done(self.licet("init", "file"))
        self.live("file")
        self.done(self.at("file", "ledger", "checkpoint", "--out", "kept"))
        self.done(self.at("file", "ledger", "export", "moved"))
        address = self.fresh_address()
        for place in ("server", "back"):
            (self.here / place).mkdir()
            for name in KEYS + ("config.toml",):
                shutil.copy2(self.here / "file" / name, self.here / place / name)
        with open(self.here / "server" / "config.toml", "a", encoding="utf-8") as config:
            config.write(f'database = "{address}"\n')
        self.done(self.at("server", "ledger", "import", "moved"))
        self.done(self.at("server", "ledger", "verify", "--against", "kept"))
        self.done(self.at("server", "ledger", "export", "again"))
        self.assertEqual((self.here / "again").read_bytes(), (self.here / "moved").read_bytes())
        self.done(self.at("back", "ledger", "import", "again"))
        self.done(self.at("back", "ledger", "verify", "--against", "kept"))

    def test_without_a_server_nobody_is_contacted(self):
        address = self.fresh_address()
        self.done(self.licet("init", "server", "--database", address))
        self.server.call("pg_ctl", "-D", f"{self.server.folder}/data", "-m", "immediate", "stop")
        try:
            answer = self.at("server", "check", "--email", EMAIL, "-f", "channel=email")
            self.assertGreaterEqual(answer.status, 64)
            self.assertNotIn(EMAIL, str(answer))
            self.assertGreaterEqual(self.at("server", "suppress", EMAIL).status, 64)
        finally:
            self.server.call("pg_ctl", "-D", f"{self.server.folder}/data", "-w", "-l",
                             f"{self.server.folder}/log", "-o",
                             f"-k {self.server.folder} -c listen_addresses='' -c fsync=off",
                             "start")
        self.done(self.at("server", "suppress", EMAIL))

    def test_a_password_never_comes_into_the_configuration(self):
        answer = self.licet("init", "server", "--database", "postgresql://licet:zbrivka@/x")
        self.assert_refused(answer, 65)
        self.assertNotIn("zbrivka", str(answer))
        self.assertFalse((self.here / "server" / "config.toml").exists())


if __name__ == "__main__":
    unittest.main()
