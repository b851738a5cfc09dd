# SPDX-License-Identifier: Apache-2.0
"""Goal: whoever follows docs/operate.md from an empty folder has a server that runs.

Method: all commands of the page, in their order, in one shell that stops at the first that fails.
Ports are replaced by free ones. Then what the page promises is looked for.
"""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
LICET = os.environ.get("LICET", "")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def commands():
    return [line[2:] for block in blocks("console") for line in block.splitlines()]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


@unittest.skipUnless(shutil.which("curl") and shutil.which("openssl"), "needs curl and openssl")
class Operate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.here = pathlib.Path(tempfile.mkdtemp(prefix="licet-operate-"))
        (cls.here / "bin").mkdir()
        (cls.here / "bin" / "licet").symlink_to(pathlib.Path(LICET).resolve())
        (cls.here / "empty").mkdir()
        script = "set -eE\ntrap 'echo \"failed: $BASH_COMMAND\" >&2' ERR\n"
        script += "trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n"
        script += "\n".join(commands())
        for port in ("8080", "8443"):
            script = script.replace(port, free_port())
        cls.done = subprocess.run(
            ["bash", "-c", script], cwd=cls.here / "empty", capture_output=True, text=True,
            timeout=240, env={"PATH": f"{cls.here}/bin:{os.environ['PATH']}", "LANG": "C.UTF-8",
                              "HOME": str(cls.here)})

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.here, ignore_errors=True)

    def test_every_command_does_what_it_should(self):
        self.assertGreater(len(commands()), 30)
        logs = "".join((self.here / "empty" / name).read_text() for name in
                       ("serve.log", "secure.log") if (self.here / "empty" / name).exists())
        self.assertEqual(self.done.returncode, 0, self.done.stdout + self.done.stderr + logs)

    def test_what_was_put_back_knows_who_objected(self):
        answer = subprocess.run([LICET, "-w", self.here / "empty" / "restored", "person",
                                 "camille@example.com", "--reason", "test", "--json"],
                                capture_output=True, text=True, check=True)
        self.assertIn("objection", answer.stdout)

    def test_the_metrics_of_the_alerts_are_there(self):
        told = (self.here / "empty" / "metrics.txt").read_text(encoding="utf-8")
        rules = "".join(blocks("yaml"))
        for name in set(re.findall(r"\blicet_\w+", rules)):
            self.assertRegex(told, rf"(?m)^(# HELP )?{name.removesuffix('_bucket')}", name)

    def test_the_words_of_the_page_are_those_of_the_program(self):
        told = subprocess.run([LICET, "serve", "--help"], capture_output=True, text=True,
                              check=True).stdout
        text = PAGE + (ROOT / "packaging" / "licet.env").read_text(encoding="utf-8")
        known = {"--behind-proxy", "--base-url", "--listen", "--tls-certificate", "--log"}
        for one in known:
            self.assertIn(one, text)
            self.assertIn(one, told)


if __name__ == "__main__":
    unittest.main()
