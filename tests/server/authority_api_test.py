# SPDX-License-Identifier: Apache-2.0
"""The file for the authority over HTTP: built in the background, told as it goes, for those alone
who may see persons; addresses are kept nowhere; a server that is cut off says so.

run: LICET=path/to/licet python3 -B -m unittest -q authority_api_test
"""
import hashlib
import io
import json
import signal
import tarfile
import unittest

from support import Server, run

FILES = "/api/v1/authority-files"
PERSON = "camille.zbrivka@courrier-xylo.example"


class Authority(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo", "reader", "sender"), tenants=("neighbour",))
        for address in (PERSON, "noa@courrier-xylo.example"):
            made = cls.server.post("/api/v1/objections", {"address": address}, "dpo")
            assert made.status == 201, made.text

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def built(self, asked, role="dpo"):
        """Asks for one and waits for its end."""
        taken = self.server.post(FILES, asked, role)
        self.assertEqual(taken.status, 202, taken.text)
        self.assertEqual(taken.headers["location"], f"{FILES}/{taken.json['id']}")
        told = self.server.get(f"{taken.headers['location']}/progress", role).text
        last = [line for line in told.splitlines() if line.startswith("data: ")][-1]
        return json.loads(last.removeprefix("data: "))

    def archive(self, job):
        answer = self.server.get(f"{FILES}/{job['id']}/files/evidence.tar", "dpo")
        self.assertEqual(answer.status, 200, answer.text[:300])
        self.assertEqual(hashlib.sha256(answer.body).hexdigest(), job["summary"]["sha256"])
        return tarfile.open(fileobj=io.BytesIO(answer.body))

    def objections(self, job):
        """The persons of the objections in an archive: tokens."""
        archive = self.archive(job)
        shown = [one for one in archive.getnames() if "objection" in one and ".jsonl" in one]
        lines = b"".join(archive.extractfile(one).read() for one in shown).splitlines()
        return {json.loads(one)["event"]["person"] for one in lines}

    def refused(self, asked, code):
        answer = self.server.post(FILES, asked, "dpo")
        self.assertEqual((answer.status, answer.json["code"]), (400, code), answer.text)

    def test_the_whole_ledger_is_built_and_handed_over(self):
        job = self.built({"reason": "inspection 2026-114"})
        self.assertEqual(job["state"], "done", job)
        self.assertEqual(job["summary"]["commands"][-1], "python3 -B verify.py")
        self.assertGreaterEqual(job["total_bytes"], job["summary"]["events"])
        names = self.archive(job).getnames()
        self.assertIn("evidence/index.fr.html", names)
        listed = self.server.get(FILES, "dpo").json["authority_files"]
        self.assertIn(job["id"], [one["id"] for one in listed])

    def test_the_same_as_the_command_line_builds(self):
        job = self.built({"reason": "twice"})
        out = self.server.folder / "cli.tar"
        run("evidence", "build", "--reason", "twice", "-o", str(out), "-w",
            str(self.server.workspace), check=True)
        self.assertEqual(hashlib.sha256(out.read_bytes()).hexdigest(), job["summary"]["sha256"])

    def test_a_person_s_file_holds_that_person_s_events_and_the_address_is_nowhere(self):
        job = self.built({"persons": [PERSON, " "], "reason": "complaint 7"})
        self.assertEqual((job["state"], job["persons"]), ("done", 1), job)
        whole = self.objections(self.built({"reason": "all"}))
        hers = self.objections(job)
        self.assertTrue(hers < whole, (hers, whole))
        for path in self.server.workspace.rglob("*"):
            if path.is_file() and path.suffix not in (".tar",):
                self.assertNotIn(PERSON.encode(), path.read_bytes(), path)

    def test_nothing_of_the_sort_is_told_and_leaves_no_archive(self):
        job = self.built({"persons": ["nobody@nowhere.example"]})
        self.assertEqual((job["state"], job["problem"]["code"]), ("failed", "authority.nothing"))
        self.assertNotIn("files", job)
        gone = self.server.get(f"{FILES}/{job['id']}/files/evidence.tar", "dpo")
        self.assertEqual((gone.status, gone.json["code"]), (404, "job.no_file"))
        folder = self.server.workspace / "authority-files" / job["id"]
        self.assertEqual(sorted(one.name for one in folder.rglob("*") if one.is_file()),
                         ["job.json"])

    def test_what_is_wrong_is_said_before_anything_is_begun(self):
        before = len(self.server.get(FILES, "dpo").json["authority_files"])
        self.refused({"from": "2026-02-30"}, "date.no_such_day")
        self.refused({"from": "2026-03-01", "to": "2026-02-01"}, "authority.days")
        self.refused({"reason": f"asked by {PERSON}"}, "record.personal_text")
        self.refused({"reason": "asked on 06 12 34 56 78"}, "record.personal_text")
        self.refused({"campaing": "winter"}, "web.unknown_name")
        self.refused({"persons": [7]}, "web.texts_wanted")
        # Nobody is not everybody.
        self.refused({"persons": [" ", ""], "reason": "complaint 7"}, "authority.no_address")
        self.refused({"persons": ""}, "authority.no_address")
        self.assertEqual(len(self.server.get(FILES, "dpo").json["authority_files"]), before)
        job = self.built({"lists": ["../../etc"]})
        self.assertEqual(job["problem"]["code"], "job.unknown")

    def test_an_erasure_takes_the_archives_away(self):
        with Server(roles=("dpo_lead",)) as server:
            server.post("/api/v1/objections", {"address": PERSON}, "dpo_lead")
            made = server.post(FILES, {"reason": "before"}, "dpo_lead").headers["location"]
            server.get(f"{made}/progress", "dpo_lead")
            self.assertEqual(len(server.get(made, "dpo_lead").json["files"]), 1)
            erased = server.post("/api/v1/persons/erase", {"address": PERSON, "confirm": True},
                                 "dpo_lead")
            self.assertEqual(erased.json["archives"], 1, erased.text)
            self.assertEqual(server.get(made, "dpo_lead").json["files"], [])
            gone = server.get(f"{made}/files/evidence.tar", "dpo_lead")
            self.assertEqual(gone.status, 404)

    def test_there_is_an_end_to_what_is_kept(self):
        with Server(roles=("dpo",)) as server:
            answers = [server.post(FILES, {"reason": f"n{i}"}, "dpo") for i in range(21)]
            self.assertEqual([one.status for one in answers], [202] * 20 + [400])
            self.assertEqual(answers[-1].json["code"], "job.too_many")

    def test_an_address_is_left_nowhere_when_something_fails(self):
        with Server(roles=("dpo",)) as server:
            (server.workspace / "authority-files").write_text("not a folder")
            failed = server.post(FILES, {"persons": [PERSON]}, "dpo")
            self.assertGreaterEqual(failed.status, 400)
            server.stop(signal.SIGKILL)
            (server.workspace / "authority-files").unlink()
            # What a server that was cut off at the worst moment would leave.
            cut = server.workspace / "authority-files" / "aaaa"
            cut.mkdir(parents=True)
            (cut / "source").write_text(PERSON + "\n")
            (server.workspace / "uploads" / "addresses-x").write_text(PERSON + "\n")
            server.start()
            for path in server.workspace.rglob("*"):
                if path.is_file():
                    self.assertNotIn(PERSON.encode(), path.read_bytes(), path)

    def test_it_is_for_those_who_may_see_persons_of_that_tenant(self):
        job = self.built({"reason": "rights"})
        for role in ("reader", "sender"):
            for path in (FILES, f"{FILES}/{job['id']}", f"{FILES}/{job['id']}/files/evidence.tar"):
                self.assertEqual(self.server.get(path, role).status, 403, (role, path))
            self.assertEqual(self.server.post(FILES, {}, role).status, 403)
        other = {"Licet-Tenant": "neighbour"}
        answer = self.server.get(f"{FILES}/{job['id']}", "dpo", **other)
        self.assertIn(answer.status, (403, 404), answer.text)

    def test_one_that_was_cut_off_says_so_and_can_be_removed(self):
        with Server(roles=("dpo",)) as server:
            server.post("/api/v1/objections", {"address": PERSON}, "dpo")
            made = server.post(FILES, {"reason": "cut off"}, "dpo").json["id"]
            server.stop(signal.SIGKILL)
            state = server.workspace / "authority-files" / made / "job.json"
            kept = json.loads(state.read_text())
            state.write_text(json.dumps({**kept, "state": "running"}))
            # To ask for the routes is not to interrupt anybody.
            run("serve", "--routes", "-w", str(server.workspace), check=True)
            self.assertEqual(json.loads(state.read_text())["state"], "running")
            server.start()
            server.sessions.clear()
            job = server.get(f"{FILES}/{made}", "dpo").json
            self.assertEqual((job["state"], job["problem"]["code"]), ("failed", "job.interrupted"))
            self.assertEqual(job["reason"], "cut off")
            removed = server.ask("DELETE", f"{FILES}/{made}", role="dpo")
            self.assertEqual(removed.status, 204)
            self.assertEqual(server.get(FILES, "dpo").json, {"authority_files": []})


if __name__ == "__main__":
    unittest.main()
