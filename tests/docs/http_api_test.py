# SPDX-License-Identifier: Apache-2.0
"""Every line of docs/http-api.md is typed into a shell, against a server that the page starts,
and answers what the page shows. "..." on the page stands for anything.

run: LICET=path/to/licet python3 -B -m unittest -q http_api_test
"""
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "http-api.md").read_text(encoding="utf-8")
LICET = os.environ.get("LICET", "licet")
MARK = "@@end of command "


def is_whole(command):
    return not command.endswith(("\\", "|")) and command.count("'") % 2 == 0


def commands():
    """Gives (command, what is shown) of each command of the page."""
    out = []
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                out.append([line[2:], []])
            elif not is_whole(out[-1][0]):
                out[-1][0] += "\n" + line
            else:
                out[-1][1].append(line)
    return [(command, "\n".join(shown)) for command, shown in out]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def shape_of(shown):
    """Gives what an answer must be like."""
    return ".*".join(re.escape(part) for part in shown.strip().split("...")) + r"\s*"


class HttpApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="licet-http-api-")
        here = pathlib.Path(cls.folder.name)
        (here / "bin").mkdir()
        (here / "bin" / "licet").symlink_to(pathlib.Path(LICET).resolve())
        address = f"127.0.0.1:{free_port()}"
        script = ["trap 'kill $(jobs -p)' EXIT"]
        for number, (command, _) in enumerate(commands()):
            script += [command.replace("127.0.0.1:8080", address), f"echo; echo '{MARK}{number}'"]
        done = subprocess.run(
            ["bash"], input="\n".join(script) + "\n", cwd=here, capture_output=True, text=True,
            timeout=250, env={**os.environ, "PATH": f"{here}/bin:{os.environ['PATH']}"})
        cls.answers = re.split(rf"^{MARK}\d+\n", done.stdout, flags=re.M)
        cls.errors = done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_command_answers_what_the_page_shows(self):
        self.assertEqual(len(self.answers), len(commands()) + 1, self.errors)
        for (command, shown), answer in zip(commands(), self.answers):
            with self.subTest(command=command):
                if shown.strip() not in ("", "..."):
                    self.assertRegex(answer.strip(),
                                     re.compile(shape_of(shown).removesuffix(r"\s*"), re.S))

    def test_every_operation_is_on_the_page_or_next_to_one_that_is(self):
        document = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
        subjects = {path.split("/")[3] if path.startswith("/api/") else path[1:]
                    for path in document["paths"]}
        for subject in subjects - {"openapi.json"}:
            self.assertIn("/" + subject, PAGE)


if __name__ == "__main__":
    unittest.main()
