# SPDX-License-Identifier: Apache-2.0
"""Goal: the Debian package holds what a service needs, installs, runs, and never takes the ledger.

Method: packaging/make_deb.sh makes it from $LICET; dpkg installs it below a temporary root, with
its scripts told so (DPKG_ROOT); the command line of the unit is run from there, reloaded by SIGHUP
and stopped by SIGTERM; dpkg removes and purges it. systemd-analyze judges the unit.

run: LICET=path/to/licet python3 -B -m unittest -q package_test
"""
import gzip
import os
import pathlib
import re
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest
import urllib.request

from support import LICET

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
MOST_EXPOSED = 2.0  # of 10, as systemd-analyze counts
TOOLS = ("dpkg-deb", "dpkg-shlibdeps", "strip", "dpkg")


def run(*words, **more):
    return subprocess.run([str(one) for one in words], capture_output=True, text=True,
                          timeout=240, check=False, **more)


def unit():
    """Gives the lines of the unit, name to values."""
    out = {}
    for line in (PACKAGING / "licet.service").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            out.setdefault(name, []).append(value)
    return out


class Unit(unittest.TestCase):
    def test_the_service_has_no_rights(self):
        lines = unit()
        for name, value in {"NoNewPrivileges": "yes", "ProtectSystem": "strict",
                            "CapabilityBoundingSet": "", "MemoryDenyWriteExecute": "yes",
                            "StateDirectory": "licet", "StateDirectoryMode": "0700",
                            "User": "licet", "UMask": "0077",
                            "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6"}.items():
            self.assertEqual(lines.get(name), [value], name)
        self.assertIn("@system-service", lines["SystemCallFilter"])

    @unittest.skipUnless(shutil.which("systemd-analyze"), "needs systemd-analyze")
    def test_systemd_finds_no_fault_and_little_exposure(self):
        text = (PACKAGING / "licet.service").read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory(prefix="licet-unit-") as folder:
            # It wants programs that exist; those of the package are not installed here.
            here = pathlib.Path(folder) / "licet.service"
            here.write_text(text.replace("/usr/bin/licet", LICET).replace(
                "/usr/lib/licet/make-workspace", str(PACKAGING / "make_workspace.sh")),
                encoding="utf-8")
            done = run("systemd-analyze", "verify", here)
            said = [one for one in done.stderr.splitlines() if "licet" in one]
            self.assertEqual(said, [])
            told = run("systemd-analyze", "security", "--offline=true", here).stdout
            exposed = re.search(r"exposure level for licet.service: ([\d.]+)", told)
            if exposed is None:
                self.skipTest("this systemd-analyze cannot judge a unit that is not installed")
            self.assertLess(float(exposed.group(1)), MOST_EXPOSED)


class Workspace(unittest.TestCase):
    def setUp(self):
        self.here = pathlib.Path(tempfile.mkdtemp(prefix="licet-make-"))
        self.addCleanup(shutil.rmtree, self.here)

    def make(self, **more):
        return run(PACKAGING / "make_workspace.sh", self.here / "space",
                   env={**os.environ, "LICET_PROGRAM": LICET, **more})

    def test_it_is_made_once(self):
        self.assertEqual(self.make(LICET_INIT="--country be").returncode, 0)
        config = (self.here / "space" / "config.toml").read_text(encoding="utf-8")
        self.assertIn('country = "be"', config)
        key = (self.here / "space" / "tenant.key").read_bytes()
        self.assertEqual(self.make().returncode, 0)
        self.assertEqual((self.here / "space" / "tenant.key").read_bytes(), key)

    def test_a_workspace_that_lost_its_settings_is_not_made_anew(self):
        self.make()
        (self.here / "space" / "config.toml").unlink()
        done = self.make()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("config.toml", done.stderr)


@unittest.skipUnless(all(shutil.which(one) for one in TOOLS), "needs dpkg-dev")
class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.here = pathlib.Path(tempfile.mkdtemp(prefix="licet-deb-"))
        made = run(PACKAGING / "make_deb.sh", cls.here / "out", env={**os.environ, "LICET": LICET})
        if made.returncode != 0:
            raise AssertionError(made.stderr)
        cls.package = pathlib.Path(made.stdout.strip())
        cls.root = cls.here / "root"
        run("dpkg-deb", "-R", cls.package, cls.here / "raw")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.here, ignore_errors=True)

    def field(self, name):
        return run("dpkg-deb", "-f", self.package, name).stdout.strip()

    def test_it_says_what_it_is_and_needs(self):
        self.assertEqual(self.field("Package"), "licet")
        self.assertRegex(self.field("Version"), r"^\d+\.\d+\.\d+$")
        for one in ("libc6", "libsqlite3-0", "libpq5", "libssl3", "adduser"):
            self.assertIn(one, self.field("Depends"))
        self.assertRegex(self.field("Maintainer"), r"^[^<]+ <[^>]+>$")

    def test_its_files_are_where_debian_wants_them(self):
        raw = self.here / "raw"
        for name in ("usr/bin/licet", "usr/lib/licet/make-workspace", "etc/licet/licet.env",
                     "lib/systemd/system/licet.service", "usr/share/man/man1/licet.1.gz",
                     "usr/share/doc/licet/copyright", "usr/share/doc/licet/changelog.gz",
                     "usr/share/doc/licet/operate.md"):
            self.assertTrue((raw / name).is_file(), name)
        listed = run("dpkg-deb", "-c", self.package).stdout.splitlines()
        for line in listed:
            mode, owner = line.split()[:2]
            self.assertEqual(owner, "root/root", line)
            self.assertNotIn("w", mode[4:], line)
            self.assertNotIn("s", mode[1:], line)
        top = {line.split("./", 1)[1].split("/")[0] for line in listed}
        self.assertEqual(top, {"", "etc", "lib", "usr"})
        sums = run("md5sum", "--check", "--quiet", "DEBIAN/md5sums", cwd=raw)
        self.assertEqual(sums.returncode, 0, sums.stdout)
        conffiles = (raw / "DEBIAN" / "conffiles").read_text(encoding="ascii").split()
        self.assertEqual(conffiles, ["/etc/licet/licet.env"])
        manual = gzip.decompress((raw / "usr/share/man/man1/licet.1.gz").read_bytes()).decode()
        self.assertIn(run(LICET, "--version").stdout.strip(), manual)
        for name in ("postinst", "prerm", "postrm"):
            self.assertEqual(run("sh", "-n", raw / "DEBIAN" / name).returncode, 0, name)

    def test_no_path_of_this_machine_is_in_the_program(self):
        self.assertNotIn(b".debug_info", (self.here / "raw/usr/bin/licet").read_bytes())

    def test_it_installs_runs_and_leaves_the_ledger(self):
        self.install()
        state = self.root / "var/lib/licet"
        self.assertEqual(stat.S_IMODE(state.stat().st_mode), 0o700)
        env = self.root / "etc/licet/licet.env"
        self.assertEqual(stat.S_IMODE(env.stat().st_mode), 0o640)
        self.serve(state)
        ledger = (state / "ledger.db").stat().st_size
        self.assertEqual(self.dpkg("--remove", "licet").returncode, 0)
        self.assertFalse((self.root / "usr/bin/licet").exists())
        self.assertTrue(env.exists())
        purged = self.dpkg("--purge", "licet")
        self.assertEqual(purged.returncode, 0, purged.stderr)
        self.assertFalse(env.exists())
        self.assertEqual((state / "ledger.db").stat().st_size, ledger)
        self.assertIn("/var/lib/licet", purged.stderr)
        self.install()
        self.assertEqual(self.dpkg("--purge", "licet", LICET_PURGE_LEDGER="yes").returncode, 0)
        self.assertFalse(state.exists())

    def install(self):
        admin = self.root / "var/lib/dpkg"
        for name in ("info", "updates"):
            (admin / name).mkdir(parents=True, exist_ok=True)
        for name in ("status", "available"):
            (admin / name).touch()
        done = self.dpkg("-i", self.package)
        self.assertEqual(done.returncode, 0, done.stderr)

    def dpkg(self, *words, **more):
        return run("dpkg", f"--root={self.root}", "--force-script-chrootless", "--force-not-root",
                   "--force-depends", f"--log={self.here}/dpkg.log", *words,
                   env={**os.environ, **more})

    def serve(self, state):
        """Does what systemd does with the unit, below our root."""
        def words(name, **more):
            text = unit()[name][0].replace("/var/lib/licet", str(state))
            for variable, value in more.items():
                text = text.replace("$" + variable, value)
            first, *rest = shlex.split(text)
            return [str(self.root) + first, *rest]
        made = run(*words("ExecStartPre"),
                   env={**os.environ, "LICET_PROGRAM": f"{self.root}/usr/bin/licet"})
        self.assertEqual(made.returncode, 0, made.stderr)
        process = subprocess.Popen(words("ExecStart", LICET_SERVE="--listen 127.0.0.1:0 --json"),
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=state)
        try:
            at = re.search(rb"http:[^\"]+", process.stdout.readline()).group().decode()
            process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            with urllib.request.urlopen(at + "readyz", timeout=10) as answer:
                self.assertEqual(answer.status, 200)
            process.terminate()
            self.assertEqual(process.wait(timeout=40), 0)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


if __name__ == "__main__":
    unittest.main()
