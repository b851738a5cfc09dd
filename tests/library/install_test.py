# SPDX-License-Identifier: Apache-2.0
"""Goal: show that programs which know licet only as it is installed get the program's answers.
Method: install into an empty folder, build examples/library there with find_package(licet) alone,
and hold what it prints to `licet check --json` of the same facts: all cases of tests/law_cases as
JSON lines, and some of them fact by fact, in C++ and in C. The same source is also built by what
pkg-config says.
"""
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "export"))
from support import CASES, licet  # noqa: E402

BUILD = os.environ.get("LICET_BUILD") or sys.exit("LICET_BUILD does not name the build folder")
CMAKE = os.environ.get("LICET_CMAKE", "cmake")


def run(*arguments, **options):
    done = subprocess.run(list(map(str, arguments)), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, timeout=600, **options)
    if done.returncode:
        raise AssertionError(f"{arguments}:\n{done.stdout.decode()}\n{done.stderr.decode()}")
    return done.stdout.decode()


def cases():
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


class Install(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        cls.prefix, cls.build = folder / "prefix", folder / "build"
        run(CMAKE, "--install", BUILD, "--prefix", cls.prefix, "--component", "library")
        flags = os.environ.get("LICET_FLAGS", "")
        run(CMAKE, "-S", ROOT / "examples" / "library", "-B", cls.build,
            f"-DCMAKE_PREFIX_PATH={cls.prefix}", f"-DCMAKE_CXX_FLAGS={flags}",
            f"-DCMAKE_C_FLAGS={flags}", "-DCMAKE_BUILD_TYPE=Debug")
        run(CMAKE, "--build", cls.build)
        (packs,) = cls.prefix.glob("share/licet/packs")
        cls.packs = packs

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_only_the_public_headers_and_the_packs_are_installed(self):
        headers = sorted(path.name for path in (self.prefix / "include").rglob("*.h*"))
        self.assertEqual(headers, ["licet.h", "licet.hpp"])
        for header in (self.prefix / "include" / "licet").iterdir():
            text = header.read_text(encoding="utf-8")
            self.assertNotIn("boost", text)
            self.assertNotIn('#include "', text)
        def texts(root):
            return {path.relative_to(root): path.read_bytes() for path in root.rglob("*")
                    if path.suffix in (".md", ".toml")}
        self.assertEqual(texts(self.packs), texts(ROOT / "packs"))

    def test_every_case_is_answered_as_by_the_program(self):
        asked = [case for case in cases() if "at" in case["facts"]]
        self.assertGreater(len(asked), 200)
        lines = "".join(json.dumps(case) + "\n" for case in asked).encode()
        wanted = licet("--packs", self.packs, "check", "--facts-jsonl", "-", "--json",
                       stdin=lines).stdout.decode().splitlines()
        done = subprocess.run([self.build / "check_cpp", "--jsonl"], input=lines,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        found = done.stdout.decode().splitlines()
        self.assertEqual(len(found), len(wanted))
        answered = 0
        for case, one, other in zip(asked, found, wanted):
            if json.loads(other)["verdict"] == "error":
                self.assertEqual(json.loads(one)["verdict"], "error", case)
                continue
            answered += 1
            self.assertEqual(one, other, case)
        self.assertGreater(answered, 200)

    def test_facts_one_by_one_are_answered_alike_in_both_languages(self):
        compared = set()
        for case in list(cases())[::23]:
            if case["question"] != "contact" or "at" not in case["facts"]:
                continue
            facts = []
            for name, value in case["facts"].items():
                if name == "background":
                    facts += [f"background={one}" for one in value]
                else:
                    text = ("yes" if value else "no") if isinstance(value, bool) else value
                    facts.append(f"{name}={text}")
            said = licet("--packs", self.packs, "check", "--facts-jsonl", "-", "--json",
                         stdin=json.dumps(case).encode()).stdout
            said = json.loads(said)
            if said["verdict"] == "error":
                continue
            wanted = [said["verdict"]]
            wanted += [f"  {one['rule']}: {one['tell']}" + "".join(f" [{c}]" for c in one["cites"])
                       for one in said["reasons"]]
            wanted += [f"  keep to: {one['tell']}" for one in said["duties"]]
            wanted += [f"  missing: {one}" for one in said["missing"]]
            wanted += [f"  until: {said['holds_until']}"] if said["holds_until"] else []
            for program in ("check_cpp", "check_c"):
                done = subprocess.run([self.build / program, *facts], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, check=False)
                self.assertEqual(done.stdout.decode().splitlines(), wanted, (program, case))
                self.assertEqual(done.returncode, 0 if said["verdict"] == "allowed" else 1)
            compared.add(said["verdict"])
        self.assertGreaterEqual(compared, {"allowed", "forbidden"})

    def test_a_wrong_fact_is_told_and_answers_nothing(self):
        for program in ("check_cpp", "check_c"):
            done = subprocess.run([self.build / program, "chanel=email"], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, 65)
            self.assertEqual(done.stdout, b"")
            self.assertIn(b"channel", done.stderr)

    def test_columns_are_screened(self):
        lines = run(self.build / "screen_columns").splitlines()
        counts = [int(line.split()[0]) for line in lines]
        self.assertEqual(sum(counts), 1_000_000)
        self.assertGreaterEqual({line.split()[1] for line in lines},
                                {"allowed", "forbidden", "undetermined"})

    def test_pkg_config_says_what_is_needed(self):
        if not shutil.which("pkg-config"):
            self.skipTest("pkg-config is not here")
        (file,) = self.prefix.rglob("licet.pc")
        environment = {**os.environ, "PKG_CONFIG_PATH": str(file.parent)}

        def ask(*arguments):
            return shlex.split(run("pkg-config", *arguments, "licet", env=environment))
        packs = pathlib.Path(ask("--variable=packsdir")[0])
        self.assertTrue((packs / "facts.md").is_file(), packs)
        program = pathlib.Path(self.folder.name) / "by_pkg_config"
        run(os.environ.get("LICET_CXX", "c++"), "-std=c++20",
            *shlex.split(os.environ.get("LICET_FLAGS", "")), f'-DLICET_PACKS="{packs}"',
            *ask("--cflags"), ROOT / "examples" / "library" / "check.cpp", "-o", program,
            *ask("--libs"))
        # A shared library is found where it was installed, not where systems look.
        environment["LD_LIBRARY_PATH"] = str(file.parent.parent)
        done = subprocess.run([program, "country=zz"], stdout=subprocess.PIPE, check=False,
                              env=environment)
        self.assertEqual(done.stdout.decode().splitlines()[0], "undetermined")


if __name__ == "__main__":
    unittest.main()
