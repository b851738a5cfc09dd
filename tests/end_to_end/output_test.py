# SPDX-License-Identifier: Apache-2.0
"""Goal: no result is written over a key, the ledger or what else a workspace cannot do without.

Method: every command whose output the user names is pointed at such a file, by its name, by a way
round and by a link; it is refused, and every byte of the workspace is as it was.
"""
import hashlib
import os
import unittest

from support import BAD_INPUT, Desk

LIST = "E-mail\nlea.martin@courrier.example\n"


class Outputs(Desk):
    def setUp(self):
        super().setUp()
        self.write("list.csv", LIST)
        self.write("nobody.txt", "")
        self.done(self.licet("suppress", "leo.roux@courrier.example"))
        self.done(self.licet("ledger", "checkpoint"))
        self.done(self.licet("link", "rotate"))
        (self.workspace / "partners").mkdir()

    def state(self):
        files = (path for path in self.workspace.rglob("*") if path.is_file())
        return {str(path.relative_to(self.workspace)): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in files if not path.name.endswith(("-wal", "-shm"))}

    def assert_spared(self, path, *arguments):
        before = self.state()
        with self.subTest(arguments):
            self.assert_refused(self.licet(*arguments), BAD_INPUT, path, "belongs to the workspace")
            self.assertEqual(self.state(), before)

    def test_no_command_writes_over_a_file_of_the_workspace(self):
        def own(name):
            return self.workspace / name

        renew = ("purge", "--dry-run", "--among", "nobody.txt", "--renew")
        for name, arguments in (
                ("ledger.db", ("ledger", "export")),
                ("persons.keys", ("ledger", "export")),
                ("tenant.key", ("ledger", "checkpoint", "--out")),
                ("signing.key", ("ledger", "timestamp", "--request")),
                ("ledger.db-wal", ("ledger", "verify", "--resume")),
                ("partners", ("ledger", "publish")),
                ("persons.index", ("purge", "--apply", "--certificate")),
                ("config.toml", ("purge", "--dry-run", "--list")),
                ("erasures.txt", renew),
                ("links.key", ("evidence", "person", "leo.roux@courrier.example", "--reason", "r",
                               "--out")),
                ("exports/new", ("screen", "list.csv", "-c", "campaign.toml", "--out")),
                ("exports", ("export", "facts", "list.csv", "-c", "campaign.toml", "--out")),
                ("notices/text.tar", ("evidence", "build", "--out")),
                ("layer.key.old", ("law", "test", "--promote")),
                ("imports", ("law", "export", "json", "--out")),
                ("signing.vkey", ("law", "diff", "fr", "fr", "--html")),
                ("tenant.key", ("site", "visit", "https://site.example/", "--picture")),
                ("organisation.toml", ("portfolio", "calendar", "--out")),
                ("tenant.key", ("portfolio", "map", "--html"))):
            self.assert_spared(own(name), *arguments, own(name))

    def test_neither_a_way_round_nor_a_link_leads_there(self):
        os.symlink(self.workspace, self.here / "other-name")
        os.symlink(self.workspace / "tenant.key", self.here / "result.txt")
        os.symlink("nowhere", self.here / "dangling")
        for path in ("space/../space/./tenant.key", "other-name/tenant.key", "result.txt",
                     "space/partners/../signing.key", "other-name/partners/checkpoint"):
            self.assert_spared(path, "ledger", "checkpoint", "--out", path)

    def test_a_workspace_is_spared_whose_command_it_is_not(self):
        other = self.here / "other"
        self.done(self.licet("init", other))
        before = (other / "tenant.key").read_bytes()
        answer = self.licet("ledger", "checkpoint", "--out", other / "tenant.key")
        self.assert_refused(answer, BAD_INPUT, "belongs to the workspace")
        self.assertEqual((other / "tenant.key").read_bytes(), before)

    def test_all_other_names_are_free(self):
        (self.here / "exports").mkdir()
        for path in ("checkpoint", "space/checkpoint", "exports/config.toml", "tenant.key"):
            self.done(self.licet("ledger", "checkpoint", "--out", path))


if __name__ == "__main__":
    unittest.main()
