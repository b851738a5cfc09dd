# SPDX-License-Identifier: Apache-2.0
"""Goal: the commands that read and shape packs on disk leave whole files, and refuse in good time.

Method: the real packs copied to a temporary folder, and files that no pack should be.
"""
import os
import resource
import shutil
import stat
import subprocess
import time
import unittest

from support import BAD_INPUT, LICET, MISSING_INPUT, PACKS, Desk, licet

TESTS_FAILED = 11
LARGEST_MB = 100


class Formatting(Desk):
    def setUp(self):
        super().setUp()
        self.packs = self.here / "packs"
        shutil.copytree(PACKS, self.packs)

    def texts(self):
        return {path: path.read_bytes() for path in sorted(self.packs.rglob("*.*"))}

    def fmt(self, *arguments):
        return licet("law", "fmt", *arguments, cwd=self.here)

    def test_shaped_packs_pass_the_same_cases_and_are_shaped_once(self):
        before = licet("--packs", "packs", "law", "test", cwd=self.here)
        self.assertEqual(self.fmt("packs").status, 0)
        after = licet("--packs", "packs", "law", "test", cwd=self.here)
        self.assertEqual(after.out, before.out)
        once = self.texts()
        again = self.fmt("packs")
        self.assertIn("formatted: 0", again.out)
        self.assertEqual(self.texts(), once)
        self.assertEqual(self.fmt("--check", "packs").status, 0)

    def test_check_changes_nothing_and_fails_if_something_would(self):
        (self.packs / "fr" / "98-new.md").write_text("|a|b|\n|-|-|\n|1|22|\n", encoding="utf-8")
        before = self.texts()
        answer = self.fmt("--check", "packs")
        self.assertEqual(answer.status, TESTS_FAILED, str(answer))
        self.assertIn("fr/98-new.md", answer.out)
        self.assertEqual(self.texts(), before)
        self.assertIn("fr/98-new.md", self.fmt("--check", "packs", "--json").json()["changed"])

    def test_one_pack_alone_and_the_option_packs_work_too(self):
        self.assertEqual(self.fmt("packs/fr").status, 0)
        answer = licet("--packs", "packs", "law", "fmt", "--check", cwd=self.here)
        self.assertNotIn("fr/", answer.out)

    def test_a_file_with_a_fault_stays_and_the_others_are_shaped(self):
        bad = self.packs / "fr" / "98-bad.md"
        bad.write_text("|a|\n|-|\n|x|\n```law\nrule a\n  when \"x\n```\n", encoding="utf-8")
        answer = self.fmt("packs")
        self.assert_refused(answer, BAD_INPUT, "fr/98-bad.md:6:8: a quote is never closed")
        self.assertIn("|a|", bad.read_text(encoding="utf-8"))
        self.assertNotIn("98-bad", self.fmt("--check", "packs").out)

    def test_a_file_keeps_who_may_read_it_and_a_link_stays_a_link(self):
        real = self.here / "elsewhere.md"
        real.write_text("|a|\n|-|\n|22|\n", encoding="utf-8")
        real.chmod(0o640)
        link = self.packs / "fr" / "98-link.md"
        link.symlink_to(real)
        self.assertEqual(self.fmt("packs").status, 0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(real.read_text(encoding="utf-8"), "| a  |\n|----|\n| 22 |\n")
        self.assertEqual(stat.S_IMODE(real.stat().st_mode), 0o640)
        self.assertEqual([p for p in self.packs.rglob("*.part")], [])

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_may_not_be_written_is_told(self):
        (self.packs / "fr" / "98-new.md").write_text("|a|\n|-|\n|22|\n", encoding="utf-8")
        (self.packs / "fr").chmod(0o500)
        self.addCleanup((self.packs / "fr").chmod, 0o700)
        self.assertNotEqual(self.fmt("packs").status, 0)

    def test_a_folder_without_packs_is_left_alone(self):
        notes = self.here / "notes"
        notes.mkdir()
        (notes / "a.md").write_text("|a|\n|-|\n|22|\n", encoding="utf-8")
        self.assert_refused(self.fmt("notes"), MISSING_INPUT, "no folder of packs")
        self.assert_refused(self.fmt("nothing"), MISSING_INPUT, "nothing")
        self.assertEqual((notes / "a.md").read_text(encoding="utf-8"), "|a|\n|-|\n|22|\n")


class Sizes(Desk):
    """A file of a pack may have 4 MB, all packs of a folder 64 MB; nobody waits for more."""

    def refusal(self, *words):
        started = time.monotonic()
        done = subprocess.run([LICET, "--lang", "en", "--packs", "packs", "law", "list"],
                              cwd=self.here, capture_output=True, check=False, timeout=60)
        self.assertLess(time.monotonic() - started, 10)
        self.assertEqual(done.returncode, BAD_INPUT, done.stderr[:1000])
        for word in words:
            self.assertIn(word, done.stderr.decode())

    def large(self, name, megabytes):
        path = self.here / "packs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        line = b"A line of prose that says nothing at all, again and again.....\n"  # 64 bytes
        with open(path, "wb") as file:
            for _ in range(megabytes):
                file.write(line * 16384)

    def test_a_file_of_a_hundred_megabytes_is_refused_and_hardly_read(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.large("xx/10-large.md", LARGEST_MB)
        self.refusal("xx/10-large.md: the file is larger than 4 MB")
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(max(0, after - before), 60 * 1024, "kilobytes")

    def test_many_files_that_are_too_much_together_are_refused(self):
        for number in range(22):
            self.large(f"xx/{number}.md", 3)
        self.refusal("packs: the packs of this folder are larger than 64 MB in all")


if __name__ == "__main__":
    unittest.main()
