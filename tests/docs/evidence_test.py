# SPDX-License-Identifier: Apache-2.0
"""Goal: the page about the file for the authority says what is so.

Method: its commands are run in their order, the first block in a workspace and the second in the
unpacked archive; each file that its table names is looked for in the archive or in the program.
"""
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from support import LICET, Desk, surroundings  # noqa: E402

PAGE = ROOT / "docs" / "evidence.md"


class EvidencePage(Desk):
    def run_block(self, block, folder):
        for line in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
            command = re.sub(r"^licet ", f"'{LICET}' -w '{self.workspace}' ", line)
            done = subprocess.run(command, shell=True, cwd=folder, env=surroundings(),
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, line + "\n" + done.stdout + done.stderr)

    def test_its_commands_run_and_its_files_are_there(self):
        text = PAGE.read_text(encoding="utf-8")
        self.consent("camille@example.com")
        self.licet("check", "--campaign", self.campaign, "--email", "camille@example.com")
        build, check = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
        self.run_block(build, self.here)
        self.run_block(check, self.here / "evidence")
        there = {path.relative_to(self.here / "evidence").as_posix()
                 for path in (self.here / "evidence").rglob("*")}
        for name in ("index.fr.html", "verdicts.json", "processors.json", "law/packs",
                     "law/law.json", "left-out.json", "verify.py", "verdicts", "consents"):
            self.assertIn(name, there)
            self.assertIn("`" + name, text)


if __name__ == "__main__":
    unittest.main()
