# SPDX-License-Identifier: Apache-2.0
"""Goal: show that the file for the authority can be checked by anybody, with the commands that are
printed inside it, and that a byte changed anywhere is found by them.

Method: a ledger made by the program; its archive unpacked by tar, the commands taken out of its
README and run as they stand; each file of it changed in turn; the same ledger built twice.
"""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "end_to_end"))
from support import BAD_INPUT, MISSING_INPUT, Desk, licet  # noqa: E402

EMAIL = "camille.zbrivka@courrier-xylo.example"
OTHER = "noa.tsepov@courrier-xylo.example"


class Build(Desk):
    def setUp(self):
        super().setUp()
        with open(self.workspace / "config.toml", "a", encoding="utf-8") as config:
            config.write('controller = "Maison Exemple SARL"\n'
                         'controller_contact = "stop@maison.example"\n')
        self.write("form.html", "<!doctype html><p>J'accepte la lettre.</p>\n")
        notice = self.done(self.licet("notice", "add", "form.html")).out.strip()
        self.done(self.licet("consent", "give", EMAIL, "--channel", "email", "--purpose",
                             "commercial", "--notice", notice, "--surface", "form"))
        for email in (EMAIL, OTHER):
            self.licet("check", "--campaign", self.campaign, "--email", email)
        lines = [{"kind": "objection", "email": OTHER, "on": "2026-10-02"},
                 {"kind": "interaction", "email": OTHER, "on": "2026-10-01",
                  "attributes": {"act": "click"}}]
        self.done(self.licet("record", "--jsonl", "-", stdin="".join(
            json.dumps(one) + "\n" for one in lines).encode()))
        self.done(self.licet("processor", "add", "crisp", "--contract", "yes"))
        self.done(self.licet("complaint", "received", "c1", "--origin", "customer"))
        self.done(self.licet("request", "open", OTHER, "access"))

    def done(self, answer, status=0):
        return answer if status is None else super().done(answer, status)

    def build(self, name="file.tar", *more, status=0, **rest):
        return self.done(self.licet("evidence", "build", "--out", self.here / name, "--json",
                                    *more, **rest), status)

    def unpacked(self, name="file.tar"):
        folder = self.here / (name + ".d")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        subprocess.run(["tar", "-xf", self.here / name, "-C", folder], check=True)
        return folder / "evidence"

    @staticmethod
    def commands_of(folder):
        text = (folder / "README.en.txt").read_text(encoding="utf-8")
        return re.findall(r"^  (\S.*)$", text, re.MULTILINE)

    def faults_of(self, folder, commands):
        """The commands that do not end well."""
        return [one for one in commands
                if subprocess.run(one, shell=True, cwd=folder, capture_output=True,
                                  check=False).returncode != 0]

    def lines_of(self, folder, kind):
        return [json.loads(line) for path in sorted((folder / kind).glob("*.jsonl"))
                for line in path.read_text(encoding="utf-8").splitlines()]

    # ---- what is in it --------------------------------------------------------------------------
    def test_the_printed_commands_accept_it(self):
        self.build()
        folder = self.unpacked()
        commands = self.commands_of(folder)
        self.assertEqual(len(commands), 4)
        self.assertEqual(self.faults_of(folder, commands), [])
        french = (folder / "README.fr.txt").read_text(encoding="utf-8")
        for one in commands:
            self.assertIn("  " + one, french)

    def test_each_part_is_there(self):
        told = self.build().json()
        folder = self.unpacked()
        verdicts = self.lines_of(folder, "verdicts")
        self.assertEqual(len(verdicts), 2)
        self.assertEqual({one["event"]["attributes"]["campaign"] for one in verdicts}, {"test"})
        self.assertEqual(json.loads((folder / "objections.json").read_text())["objections"],
                         len(self.lines_of(folder, "objections")))
        self.assertIn("crisp", (folder / "processors.json").read_text())
        law = json.loads((folder / "law/law.json").read_text())
        self.assertEqual(sum(day["verdicts"] for day in law["days"]), 2)
        self.assertTrue(any((folder / "law/packs/fr").glob("*.md")))
        self.assertEqual(len(list((folder / "notices").glob("*.html"))), 1)
        for language in ("fr", "en"):
            page = (folder / f"index.{language}.html").read_text(encoding="utf-8")
            self.assertIn(f'<html lang="{language}">', page)
            self.assertIn("verdicts/0001.jsonl", page)
            self.assertNotRegex(page, r"[> ](authority|audit)\.[a-z_]+")
            for href in re.findall(r'href="([^"#]+)"', page):
                self.assertTrue((folder / href).exists(), href)
        self.assertGreater(told["events"], 5)

    def test_no_address_is_in_it_and_what_is_left_out_is_said(self):
        self.build()
        content = (self.here / "file.tar").read_bytes()
        for secret in (EMAIL, OTHER, "zbrivka", "tsepov"):
            self.assertNotIn(secret.encode(), content)
        folder = self.unpacked()
        self.assertFalse((folder / "contacts").exists() and any(
            one["event"]["kind"] == "interaction" for one in self.lines_of(folder, "contacts")))
        left_out = json.loads((folder / "left-out.json").read_text())["left_out"]
        ids = {one["id"] for one in left_out}
        self.assertIn("authority.out_minimised", ids)
        self.assertIn("authority.out_addresses", ids)
        self.assertIn("authority.out_no_audit", ids)
        text = (folder / "left-out.en.txt").read_text(encoding="utf-8")
        self.assertEqual(text.count("\n- "), len(left_out))

    def test_the_same_ledger_gives_the_same_bytes(self):
        one, two = self.build("a.tar").json(), self.build("b.tar").json()
        self.assertEqual(one["sha256"], two["sha256"])
        self.assertEqual((self.here / "a.tar").read_bytes(), (self.here / "b.tar").read_bytes())
        self.assertEqual((self.here / "a.tar").stat().st_mode & 0o077, 0)
        with tarfile.open(self.here / "a.tar") as archive:
            for member in archive:
                self.assertEqual((member.uid, member.gid, member.mode, member.mtime),
                                 (0, 0, 0o600, 315532800))
                self.assertTrue(member.name.startswith("evidence/"))

    # ---- what is chosen -------------------------------------------------------------------------
    def test_a_person_is_chosen_by_an_address_that_is_on_no_command_line(self):
        self.build("p.tar", "--person", "-", stdin=(OTHER + "\n").encode())
        folder = self.unpacked("p.tar")
        self.assertEqual(self.faults_of(folder, self.commands_of(folder)), [])
        self.assertEqual(len(self.lines_of(folder, "verdicts")), 1)
        self.assertFalse((folder / "consents").exists())
        self.assertEqual([one["event"]["kind"] for one in self.lines_of(folder, "contacts")],
                         ["interaction"])

    def test_a_campaign_is_chosen_by_its_name(self):
        self.build("c.tar", "--campaign", "test")
        folder = self.unpacked("c.tar")
        self.assertEqual(len(self.lines_of(folder, "verdicts")), 2)
        self.assertEqual(self.faults_of(folder, self.commands_of(folder)), [])

    def test_a_campaign_whose_list_was_screened_is_found_by_its_name(self):
        listed = self.write("list.csv", "Email\nsomebody@example.com\n")
        toml = self.campaign.read_text(encoding="utf-8")
        summer = self.write("summer.toml", toml.replace('name = "Test"', 'name = "Été 2026"'))
        self.assertIn("Été 2026", summer.read_text(encoding="utf-8"))
        self.licet("screen", listed, "--campaign", summer, "--out", self.here / "screened")
        self.build("s.tar", "--campaign", "Été 2026", "--certificate",
                   self.here / "screened" / "certificate.txt")
        folder = self.unpacked("s.tar")
        told = json.loads((folder / "screenings.json").read_text())["screenings"]
        self.assertEqual([one["campaign"] for one in told], ["ete-2026"])
        digest = hashlib.sha256((self.here / "screened" / "certificate.txt").read_bytes())
        self.assertEqual(told[0]["certificate"], digest.hexdigest())
        self.assertEqual(len(list((folder / "certificates").iterdir())), 1)
        self.assertIn("screenings.json", (folder / "index.fr.html").read_text())
        self.assertEqual(self.faults_of(folder, self.commands_of(folder)), [])

    def test_a_campaign_is_found_however_its_name_is_written(self):
        self.build("n.tar", "--campaign", " Test ! ")
        self.assertEqual(len(self.lines_of(self.unpacked("n.tar"), "verdicts")), 2)

    def test_days_are_chosen(self):
        self.build("d.tar", "--from", "2026-10-02", "--to", "2026-10-02")
        folder = self.unpacked("d.tar")
        self.assertEqual({one["event"]["on"] for one in self.lines_of(folder, "objections")},
                         {"2026-10-02"})
        self.assertFalse((folder / "verdicts").exists())

    def test_what_is_not_there_is_refused_and_nothing_is_written(self):
        for more, status in ((("--campaign", "no-such"), MISSING_INPUT),
                             (("--campaign", "!!!"), MISSING_INPUT),
                             (("--from", "2026-10-03", "--to", "2026-10-02"), BAD_INPUT),
                             (("--from", "yesterday"), BAD_INPUT),
                             (("--certificate", self.campaign), BAD_INPUT),
                             (("--person", self.here / "none"), MISSING_INPUT),
                             (("--reason", EMAIL), BAD_INPUT)):
            answer = self.build("x.tar", *more, status=status)
            self.assertNotEqual(answer.err, "")
            self.assertNotIn(EMAIL, answer.err)
            self.assertEqual(list(self.here.glob("*x.tar*")), [])

    # ---- what is changed ------------------------------------------------------------------------
    def test_a_flipped_byte_in_any_file_is_found(self):
        self.build()
        folder = self.unpacked()
        commands = self.commands_of(folder)
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            content = path.read_bytes()
            # Law and pages are held by one rule; one file of each folder shows it.
            if path.parent.name in ("eu",) and path.name > "20":
                continue
            changed = bytearray(content)
            changed[len(changed) // 2] ^= 1
            path.write_bytes(bytes(changed))
            self.assertNotEqual(self.faults_of(folder, commands), [], path)
            path.write_bytes(content)
        self.assertEqual(self.faults_of(folder, commands), [])

    def test_a_client_gets_what_concerns_it_and_nothing_else(self):
        facts = (ROOT / "examples" / "organisation.toml").read_text(encoding="utf-8")
        (self.workspace / "organisation.toml").write_text(facts, encoding="utf-8")

        def run(*words, status=0):  # under the whole law
            return self.done(licet("--workspace", self.workspace, *words, cwd=self.here), status)

        def pack(out, *more, status=0):
            return run("evidence", "build", "--out", self.here / out, *more, status=status)
        run("processor", "add", "router", "--contract", "yes")
        run("paper", "publish", "agreement_processor.moulin", "record", "--in", "all")
        run("audit", "start")
        run("breach", "found", "leak-1", "--what", "sent_wrong", "--client", "moulin")
        run("breach", "reported", "leak-1")
        run("breach", "found", "leak-2", "--what", "lost")
        register = self.workspace / "organisation.toml"
        own = facts[facts.index("[client.moulin]"):]
        own = own[:own.index("\n[", 1)]
        register.write_text(facts + "\n" + own.replace("moulin", "second"), encoding="utf-8")
        run("breach", "found", "leak-4", "--what", "stolen", "--client", "second")
        self.assert_refused(run("breach", "found", "leak-3", "--client", "nobody",
                                status=MISSING_INPUT), MISSING_INPUT, "moulin")
        self.assert_refused(run("breach", "told", "leak-2", "--client", "moulin",
                                status=BAD_INPUT), BAD_INPUT, "leak-2")
        pack("file.tar", "--client", "moulin")
        folder = self.unpacked()
        self.assertEqual(self.faults_of(folder, self.commands_of(folder)), [])
        names = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
        self.assertLessEqual({"client/client.json", "client/agreement.fr.html",
                              "client/score.json", "processors.json", "breaches.json"}, names)
        for other in ("requests.json", "complaints.json", "verdicts.json",
                      "record.fr.html", "audit.fr.json", "labels.json"):
            self.assertNotIn(other, names)
        papers = [one for one in names if one.startswith("papers/")]
        self.assertEqual(len(papers), 2)
        served = json.loads((folder / "processors.json").read_text())["processors"]
        self.assertEqual([one["id"] for one in served], ["router"])
        kinds = [json.loads(line)["event"] for path in (folder / "registers").glob("*.jsonl")
                 for line in path.read_text().splitlines()]
        self.assertEqual({one["kind"] for one in kinds},
                         {"notice_published", "processor", "breach"})
        breaches = json.loads((folder / "breaches.json").read_text())["breaches"]
        self.assertEqual([(one["id"], [step["step"] for step in one["steps"]])
                          for one in breaches], [("leak-1", ["found", "reported"])])
        score = json.loads((folder / "client/score.json").read_text())
        self.assertGreater(len(score["themes"]), 5)
        self.assertNotIn("questions", score)
        self.assertIn("Moulin Exemple", (folder / "index.fr.html").read_text())
        everything = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
        for other in (b"leak-2", b"leak-4"):
            self.assertNotIn(other, everything)
        told = " ".join((folder / "left-out.fr.txt").read_text().split())
        self.assertIn("les violations qui ne touchent pas vos données", told)
        self.assert_refused(pack("x.tar", "--client", "nobody", status=MISSING_INPUT),
                            MISSING_INPUT, "moulin")
        self.assert_refused(pack("x.tar", "--client", "moulin", "--from", "2026-01-01",
                                 status=BAD_INPUT), BAD_INPUT)

    def test_a_flipped_byte_of_the_archive_is_found_or_changes_nothing(self):
        """Between the files of an archive are bytes that say nothing: only they may be changed."""
        self.build()
        archive = self.here / "file.tar"
        whole = archive.read_bytes()
        content = self.tree_of(self.unpacked())
        commands = self.commands_of(self.unpacked())
        found = 0
        for place in range(7, len(whole), max(1, len(whole) // 40)):
            changed = bytearray(whole)
            changed[place] ^= 1
            archive.write_bytes(bytes(changed))
            try:
                folder = self.unpacked()
            except subprocess.CalledProcessError:
                found += 1
                continue
            if self.tree_of(folder) == content:
                continue
            self.assertNotEqual(self.faults_of(folder, commands), [], place)
            found += 1
        self.assertGreater(found, 20)

    @staticmethod
    def tree_of(folder):
        return {str(one.relative_to(folder)): one.read_bytes()
                for one in folder.rglob("*") if one.is_file()}

    def test_a_file_taken_out_or_put_in_is_found(self):
        self.build()
        folder = self.unpacked()
        commands = self.commands_of(folder)
        (folder / "more.txt").write_text("added")
        self.assertIn("python3 -B verify.py", self.faults_of(folder, commands))
        (folder / "more.txt").unlink()
        (folder / "verdicts.json").unlink()
        self.assertNotEqual(self.faults_of(folder, commands), [])

    def test_an_event_with_other_words_is_found_even_under_a_new_list_of_digests(self):
        self.build()
        folder = self.unpacked()
        path = folder / "verdicts/0001.jsonl"
        text = path.read_text(encoding="utf-8")
        for before, after in (('"email"', '"phone"'), ('"index":', '"index":1')):
            self.assertIn(before, text)
            path.write_text(text.replace(before, after, 1), encoding="utf-8")
            self.sum_again(folder)
            self.assertIn("python3 -B verify.py", self.faults_of(folder, self.commands_of(folder)))
        path.write_text(text, encoding="utf-8")

    @staticmethod
    def sum_again(folder):
        names = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*")
                       if one.is_file() and not one.name.startswith("SHA256SUMS"))
        done = subprocess.run(["sha256sum", *names], cwd=folder, capture_output=True, check=True)
        (folder / "SHA256SUMS").write_bytes(done.stdout)

    def test_the_script_knows_every_kind_of_event(self):
        text = (ROOT / "src/audit/verify_file.py").read_text(encoding="utf-8")
        names = re.findall(r"'([a-z_]*)'", text[text.index("KINDS"):text.index("DER_OF")])
        header = (ROOT / "src/ledger/event.cpp").read_text(encoding="utf-8")
        told = re.findall(r'return "([a-z_]+)";', header[header.index("name_of(EventKind"):])
        self.assertEqual(set(told) - set(names), set())

    def test_after_an_erasure_the_log_is_still_proved(self):
        self.done(licet("--workspace", self.workspace, "erase", OTHER, "--yes", cwd=self.here),
                  None)
        self.build("e.tar")
        folder = self.unpacked("e.tar")
        self.assertEqual(self.faults_of(folder, self.commands_of(folder)), [])


if __name__ == "__main__":
    unittest.main()
