# SPDX-License-Identifier: Apache-2.0
"""Goal: what was answered is kept, and nobody is kept from being answered, whatever happens.

Method: the real server is killed, its disk filled, its ledger locked and moved away, PostgreSQL
taken from it, while people unsubscribe; connections creep, stall and smuggle; providers flood. Each
objection that was answered with 200 is then looked for in the ledger, by SQLite or PostgreSQL.

run: LICET=path/to/licet python3 -B -m unittest -q faults_test
"""
import base64
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from load import FORM, ONE_CLICK, Links, Raw, Sender, suppressed, unsubscribing
from support import LICET, Server, run

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "export"))
from engines import Postgres  # noqa: E402

PEOPLE = 500
UNDER_WAY = 120


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return bool(holds())


def one_click(server, person):
    return server.ask("POST", person.path, ONE_CLICK, FORM)


class Kept(unittest.TestCase):
    """A server of its own for each test, without people who log in."""

    def serve(self, *options, **more):
        server = Server("--log", "none", *options, roles=(), **more)
        self.addCleanup(server.__exit__)
        self.links = Links(server.workspace)
        return server

    def assert_kept(self, server, sender):
        answered = sender.answered(200)
        self.assertFalse(answered - suppressed(server.workspace), "an answered objection is lost")
        return answered


class Ends(Kept):
    def test_what_was_answered_before_kill_9_is_in_the_ledger(self):
        server = self.serve()
        sender = Sender(server).start(unsubscribing(self.links.people(PEOPLE)))
        self.assertTrue(until(lambda: sender.done >= UNDER_WAY))
        server.stop(signal.SIGKILL)
        sender.wait()
        answered = sender.answered(200)
        self.assertGreaterEqual(len(answered), UNDER_WAY)
        self.assertLess(len(answered), PEOPLE)
        server.start()
        self.assert_kept(server, sender)
        self.assertEqual(one_click(server, self.links.person()).status, 200)
        self.assertEqual(server.get("/readyz").status, 200)
        checked = run("ledger", "verify", "-w", str(server.workspace))
        self.assertEqual(checked.returncode, 0, checked.stderr)

    def test_sigterm_lets_requests_finish(self):
        server = self.serve()
        sender = Sender(server).start(unsubscribing(self.links.people(PEOPLE)))
        self.assertTrue(until(lambda: sender.done >= UNDER_WAY))
        # Its head has come, its body has not: it is under way, and may end.
        with Raw(server.port) as slow:
            person = self.links.person()
            head = request(HOST, f"Content-Type: {FORM['Content-Type']}",
                           f"Content-Length: {len(ONE_CLICK)}",
                           line=f"POST {person.path} HTTP/1.1")
            slow.send(head + ONE_CLICK[:5])
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            slow.send(ONE_CLICK[5:])
            self.assertTrue(slow.rest().startswith(b"HTTP/1.1 200"))
        self.assertEqual(server.process.wait(timeout=30), 0)
        sender.wait()
        self.assertEqual({status for status in sender.answers.values() if status}, {200})
        self.assert_kept(server, sender)
        self.assertIn(person.token, suppressed(server.workspace))

    def test_sighup_drops_nothing(self):
        server = self.serve()
        token = add_provider(server)
        people = self.links.people(PEOPLE)
        jobs = unsubscribing(people) + reports(token, 300)
        random.Random(7).shuffle(jobs)
        sender = Sender(server).start(jobs)
        while sender.done < len(jobs) - 100:
            server.process.send_signal(signal.SIGHUP)
            time.sleep(0.25)
        sender.wait()
        self.assertEqual({*sender.answers.values()}, {200})
        self.assertEqual(len(self.assert_kept(server, sender) - set(range(300))), PEOPLE)

    def assert_kept(self, server, sender):
        sender.answers = {name: got for name, got in sender.answers.items()
                          if isinstance(name, bytes)}
        return super().assert_kept(server, sender)


# ---- the disk, and the database ----------------------------------------------------------------
class Storage(Kept):
    def small_disk(self):
        """Gives a folder on a disk of its own of some MB."""
        place = pathlib.Path(tempfile.mkdtemp(prefix="licet-disk-"))
        self.addCleanup(shutil.rmtree, place, True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "none",
                               str(place)], capture_output=True, check=False)
        if done.returncode != 0:
            self.skipTest("a small disk can be mounted by root only")
        self.addCleanup(subprocess.run, ["umount", "-l", str(place)], check=False)
        return place

    def test_a_full_disk_is_told_and_never_hidden(self):
        place = self.small_disk()
        server = self.serve()
        server.stop()
        shutil.move(server.workspace, place / "workspace")
        server.workspace = place / "workspace"
        server.start()
        self.assertEqual(one_click(server, self.links.person()).status, 200)
        filler = place / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        sender = Sender(server, threads=4).start(unsubscribing(self.links.people(200))).wait()
        self.assertEqual({*sender.answers.values()} - {200, 503}, set())
        self.assertTrue(sender.answered(503))
        self.assertTrue(all("Retry-After" in one for one in sender.fields[503]))
        self.assert_kept(server, sender)
        self.assertEqual(server.get("/healthz").status, 200)
        filler.unlink()
        self.assertTrue(until(lambda: one_click(server, self.links.person()).status == 200))
        self.assert_kept(server, sender)
        server.stop(signal.SIGKILL)
        server.start()
        self.assert_kept(server, sender)
        server.stop()

    def test_a_locked_ledger_is_told_and_comes_back(self):
        server = self.serve()
        person, later = self.links.people(2)
        holder = sqlite3.connect(server.workspace / "ledger.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        answer = []
        asks = threading.Thread(target=lambda: answer.append(one_click(server, person)))
        asks.start()
        # Whoever only waits for the one who writes is answered when that one ends.
        self.assertEqual(server.get("/healthz").status, 200)
        asks.join(timeout=3)
        if answer:
            self.assertEqual(answer[0].status, 503)
            self.assertIn("retry-after", answer[0].headers)
        holder.execute("ROLLBACK")
        holder.close()
        asks.join(timeout=60)
        self.assertIn(answer[0].status, (200, 503))
        self.assertEqual(person.token in suppressed(server.workspace), answer[0].status == 200)
        self.assertTrue(until(lambda: one_click(server, later).status == 200))

    def test_a_ledger_that_was_moved_away_is_not_written_to(self):
        server = self.serve()
        self.assertEqual(one_click(server, self.links.person()).status, 200)
        ledger, away = server.workspace / "ledger.db", server.workspace / "away.db"
        ledger.rename(away)
        people = self.links.people(5)
        for one in people:
            answer = one_click(server, one)
            self.assertEqual(answer.status, 503)
            self.assertIn("retry-after", answer.headers)
        self.assertTrue(until(lambda: server.get("/readyz").status == 503, 5))
        away.rename(ledger)
        self.assertTrue(until(lambda: one_click(server, people[0]).status == 200))
        self.assertTrue(until(lambda: server.get("/readyz").status == 200, 5))
        self.assertIn(people[0].token, suppressed(server.workspace))


class OnPostgres(unittest.TestCase):
    def start(self):
        self.postgres.call("pg_ctl", "-D", f"{self.postgres.folder}/data", "-w", "-l",
                           f"{self.postgres.folder}/log", "-o",
                           f"-k {self.postgres.folder} -c listen_addresses='' -c fsync=on", "start")

    def end(self):
        self.postgres.call("pg_ctl", "-D", f"{self.postgres.folder}/data", "-m", "immediate",
                           "stop")

    def kept(self):
        rows = self.postgres.call("psql", "-XAtq", "-h", self.postgres.folder, "-U", "licet", "-d",
                                  "ledger", "-c",
                                  "SELECT encode(token, 'hex') FROM licet.suppression")
        return {bytes.fromhex(one) for one in rows.split()}

    def test_no_objection_is_lost_when_postgresql_is_restarted_under_load(self):
        self.postgres = Postgres()
        self.addCleanup(self.postgres.close)
        self.end()
        self.start()
        self.postgres.run("CREATE DATABASE ledger")
        server = Server("--log", "none", roles=(), database="postgresql://licet@/ledger?host="
                        + self.postgres.folder)
        self.addCleanup(server.__exit__)
        links = Links(server.workspace)
        before = Sender(server).start(unsubscribing(links.people(PEOPLE)))
        self.assertTrue(until(lambda: before.done >= UNDER_WAY))
        self.end()
        time.sleep(1)
        during = Sender(server, 8).start(unsubscribing(links.people(16)))
        self.assertTrue(until(lambda: server.get("/readyz").status == 503))
        self.assertEqual(server.get("/healthz").status, 200)
        during.wait()
        self.assertEqual({*during.answers.values()}, {503})
        self.assertTrue(all("Retry-After" in one for one in during.fields[503]))
        self.start()
        before.wait()
        after = links.person()
        self.assertTrue(until(lambda: one_click(server, after).status == 200))
        self.assertTrue(until(lambda: server.get("/readyz").status == 200))
        self.assertEqual({*before.answers.values()} - {200, 503}, set())
        answered = before.answered(200) | {after.token}
        self.assertFalse(answered - self.kept(), "an answered objection is lost")


# ---- connections that hold up ------------------------------------------------------------------
class Slow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--log", "none", roles=())

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def assert_closed(self, raw, seconds):
        raw.socket.settimeout(seconds)
        raw.rest()

    def test_whoever_creeps_is_closed_while_others_are_served(self):
        port = self.server.port
        begun = time.monotonic()
        creeping = [Raw(port) for _ in range(200)]
        stopped = [Raw(port) for _ in range(50)]
        unread = [Raw(port, room=2048) for _ in range(5)]
        try:
            for one in creeping:
                one.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: ")
            for one in stopped:
                one.send(b"POST /l/x HTTP/1.1\r\nHost: x\r\nContent-Length: 26\r\n\r\nList")
            # Each answer is a page of some KB: together more than the system holds back for us.
            for one in unread:
                one.send(request(HOST, "Content-Length: 0") * 1500)
            slowest, gone = 0, set()
            while len(gone) < len(creeping) and time.monotonic() - begun < 20:
                for one in creeping:
                    try:
                        one.send(b"a")
                    except OSError:
                        gone.add(one)
                asked = time.monotonic()
                self.assertEqual(self.server.get("/healthz").status, 200)
                slowest = max(slowest, time.monotonic() - asked)
                time.sleep(1)
            self.assertEqual(len(gone), len(creeping))
            self.assertLess(slowest, 1)
            # 30 seconds without a byte of a body, or of an answer that is taken.
            for one in stopped:
                self.assert_closed(one, max(1, begun + 36 - time.monotonic()))
            self.assertTrue(until(lambda: self.count("licet_connections") <= 2,
                                  max(1, begun + 45 - time.monotonic())))
        finally:
            for one in creeping + stopped + unread:
                one.socket.close()

    def count(self, name):
        found = re.search(rf"^{name} (\d+)", self.server.get("/metrics").text, re.M)
        return int(found.group(1))

    def test_two_thousand_idle_connections_are_held_and_others_served(self):
        pid = self.server.process.pid

        def resident():
            status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024

        before = resident()
        idle = [Raw(self.server.port) for _ in range(2000)]
        try:
            self.assertTrue(until(lambda: self.count("licet_connections") >= 2000))
            self.assertEqual(self.server.get("/healthz").status, 200)
            self.assertLess(resident() - before, 40 << 20)
        finally:
            for one in idle:
                one.socket.close()
        self.assertTrue(until(lambda: self.count("licet_connections") <= 60))

    def test_without_file_descriptors_the_server_waits_and_does_not_spin(self):
        script = f'ulimit -n 80; exec "{LICET}" "$@"'
        process = subprocess.Popen(
            ["sh", "-c", script, "sh", "serve", "--listen", "127.0.0.1:0", "--json", "--threads",
             "1", "--log", "none", "-w", str(self.server.workspace)], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        many = []
        try:
            port = int(json.loads(process.stdout.readline())["listening"].rstrip("/")
                       .rsplit(":", 1)[1])
            many = [Raw(port) for _ in range(120)]
            time.sleep(0.3)
            clock = os.sysconf("SC_CLK_TCK")

            def spent():
                times = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1]
                return sum(int(one) for one in times.split()[11:13]) / clock

            before = spent()
            time.sleep(1)
            self.assertLess(spent() - before, 0.4)
            for one in many:
                one.socket.close()

            def is_served():
                with Raw(port, 3) as raw:
                    raw.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    return raw.rest().startswith(b"HTTP/1.1 200")
            self.assertTrue(is_served())
        finally:
            for one in many:
                one.socket.close()
            process.terminate()
            process.wait(timeout=30)
            process.stdout.close()


# ---- requests that two programs could read differently -----------------------------------------
def request(*fields, line="POST /l/x HTTP/1.1", body=b""):
    return "\r\n".join((line, *fields, "", "")).encode("latin-1") + body


HOST = "Host: x"
INSIDE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = b"0\r\n\r\n" + INSIDE
SMUGGLED = {
    "two lengths": request(HOST, "Content-Length: 0", f"Content-Length: {len(INSIDE)}",
                           body=INSIDE),
    "two equal lengths": request(HOST, "Content-Length: 0", "Content-Length: 0"),
    "a list of lengths": request(HOST, "Content-Length: 0, 0"),
    "a signed length": request(HOST, "Content-Length: +1", body=b"x"),
    "a negative length": request(HOST, "Content-Length: -1"),
    "a hexadecimal length": request(HOST, "Content-Length: 0x1", body=b"x"),
    "a length beyond all": request(HOST, "Content-Length: 18446744073709551617", body=b"x"),
    "an empty length": request(HOST, "Content-Length:"),
    "a length with a space inside": request(HOST, "Content-Length: 1 1", body=b"x" * 11),
    "length and chunks": request(HOST, "Content-Length: 5", "Transfer-Encoding: chunked",
                                 body=CHUNKED),
    "chunks and length": request(HOST, "Transfer-Encoding: chunked", "Content-Length: 5",
                                 body=CHUNKED),
    "an empty coding and a length": request(HOST, "Transfer-Encoding:", "Content-Length: 1",
                                            body=b"x"),
    "an empty coding": request(HOST, "Transfer-Encoding:", body=CHUNKED),
    "two codings": request(HOST, "Transfer-Encoding: chunked", "Transfer-Encoding: identity",
                           body=CHUNKED),
    "an unknown coding": request(HOST, "Transfer-Encoding: xchunked", body=CHUNKED),
    "a coding before chunks": request(HOST, "Transfer-Encoding: gzip, chunked", body=CHUNKED),
    "chunks before a coding": request(HOST, "Transfer-Encoding: chunked, identity", body=CHUNKED),
    "chunks twice": request(HOST, "Transfer-Encoding: chunked, chunked", body=CHUNKED),
    "chunks in quotes": request(HOST, 'Transfer-Encoding: "chunked"', body=CHUNKED),
    "chunks and a parameter": request(HOST, "Transfer-Encoding: chunked;q=1", body=CHUNKED),
    "chunks after a vertical tab": request(HOST, "Transfer-Encoding: \x0bchunked", body=CHUNKED),
    "chunks in HTTP/1.0": request(HOST, "Transfer-Encoding: chunked", line="POST /l/x HTTP/1.0",
                                  body=CHUNKED),
    "a space before the colon": request(HOST, "Content-Length : 0"),
    "a tab before the colon": request(HOST, "Transfer-Encoding\t: chunked", body=CHUNKED),
    "a space before the first name": request(" " + HOST),
    "a folded line": request(HOST, "X: a", " b"),
    "a folded coding": request(HOST, "Transfer-Encoding:", " chunked", body=CHUNKED),
    "a line without a colon": request(HOST, "Nothing"),
    "a field without a name": request(HOST, ": x"),
    "lines that end by LF": b"POST /l/x HTTP/1.1\nHost: x\n\n",
    "one line that ends by LF": b"GET /healthz HTTP/1.1\r\nX: y\nHost: x\r\n\r\n",
    "a bare CR": b"GET /healthz HTTP/1.1\r\nX: a\rY: b\r\nHost: x\r\n\r\n",
    "a NUL in a value": request(HOST, "X: a\0b"),
    "a NUL in a name": request(HOST, "X\0: a"),
    "a NUL in the target": request(HOST, line="GET /health\0z HTTP/1.1"),
    "two hosts": request(HOST, "Host: y", line="GET /healthz HTTP/1.1"),
    "two equal hosts": request(HOST, HOST, line="GET /healthz HTTP/1.1"),
    "no host": request(line="GET /healthz HTTP/1.1"),
    "an absolute target": request(HOST, line="GET http://x.example/healthz HTTP/1.1"),
    "a target of another form": request(HOST, line="OPTIONS * HTTP/1.1"),
    "a fragment": request(HOST, line="GET /healthz#x HTTP/1.1"),
    "two spaces": request(HOST, line="GET  /healthz HTTP/1.1"),
    "a space in the target": request(HOST, line="GET /health z HTTP/1.1"),
    "a space at the end": request(HOST, line="GET /healthz HTTP/1.1 "),
    "a tab for a space": request(HOST, line="GET\t/healthz HTTP/1.1"),
    "a name in small letters": request(HOST, line="GET /healthz http/1.1"),
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "no version": request(HOST, line="GET /healthz"),
    "HTTP/2 by its preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a version with two digits": request(HOST, line="GET /healthz HTTP/1.10"),
    "TLS where there is none": bytes.fromhex("16030100c8010000c40303") + b"\0" * 40 + b"\r\n\r\n",
}
# A chunk is refused after its head was believed; the route must be one that takes a body.
CHUNKS = {
    "a size that is no number": b"zz\r\nabc\r\n0\r\n\r\n",
    "a size with a sign": b"+3\r\nabc\r\n0\r\n\r\n",
    "a size beyond all": b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "a chunk longer than its size": b"2\r\nabc\r\n0\r\n\r\n",
    "a size that ends by LF": b"3\nabc\r\n0\r\n\r\n",
}


class Smuggling(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--log", "none", "--threads", "2", roles=())

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def said(self, data):
        with Raw(self.server.port, timeout=5) as raw:
            raw.send(data)
            return raw.rest()

    def assert_refused(self, name, data):
        try:
            out = self.said(data)
        except TimeoutError:
            self.fail(f"{name}: the connection stays open")
        self.assertRegex(out[:12], rb"HTTP/1\.1 (4\d\d|50[15])", name)
        self.assertEqual(len(re.findall(rb"HTTP/1\.1 \d\d\d ", out)), 1, name)
        self.assertIn(b"\r\nConnection: close\r\n", out, name)

    def test_what_may_be_read_in_two_ways_is_refused_and_closed(self):
        for name, data in SMUGGLED.items():
            with self.subTest(name):
                self.assert_refused(name, data)

    def test_chunks_that_are_none_are_refused_and_closed(self):
        head = request(HOST, "Transfer-Encoding: chunked", f"Content-Type: {FORM['Content-Type']}")
        for name, chunks in CHUNKS.items():
            with self.subTest(name):
                self.assert_refused(name, head + chunks)

    def test_a_huge_head_is_refused_and_the_reason_arrives(self):
        for name, data in (("one field", request(HOST, "X: " + "a" * 30_000)),
                           ("no end", b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000),
                           ("many fields", request(HOST, *(f"X{i}: y" for i in range(4000)))),
                           ("the target", request(line="GET /" + "a" * 30_000 + " HTTP/1.1"))):
            with self.subTest(name):
                self.assertIn(b" 431 ", self.said(data)[:20])

    def test_a_body_that_is_too_large_is_refused_and_the_reason_arrives(self):
        size = 4 << 20
        data = request(HOST, f"Content-Length: {size}", f"Content-Type: {FORM['Content-Type']}")
        for _ in range(10):
            with Raw(self.server.port) as raw:
                try:
                    raw.send(data + b"x" * 300_000)
                except OSError:
                    pass
                self.assertIn(b" 413 ", raw.rest()[:20])

    def test_requests_in_one_breath_are_answered_in_their_order(self):
        paths = ("/healthz", "/nothing", "/readyz", "/healthz", "/rights", "/nothing") * 5
        data = b"".join(request(HOST, line=f"GET {one} HTTP/1.1") for one in paths[:-1])
        data += request(HOST, "Connection: close", line="GET /nothing HTTP/1.1")
        out = self.said(data)
        got = [int(one) for one in re.findall(rb"HTTP/1\.1 (\d\d\d) ", out)]
        wanted = [404 if one == "/nothing" else 200 for one in paths]
        self.assertEqual(got, wanted)

    def test_a_request_in_single_bytes_is_one(self):
        with Raw(self.server.port) as raw:
            raw.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in request(HOST, "Connection: close", line="GET /healthz HTTP/1.1"):
                raw.send(bytes([byte]))
            self.assertTrue(raw.rest().startswith(b"HTTP/1.1 200"))

    def test_noise_is_refused_and_the_server_lives(self):
        chance = random.Random(2026)
        for _ in range(200):
            data = chance.randbytes(chance.randrange(1, 400)) + b"\r\n\r\n"
            with Raw(self.server.port) as raw:
                raw.send(data)
                self.assertNotIn(b" 200 ", raw.rest()[:20])
        self.assertEqual(self.server.get("/healthz").status, 200)


# ---- links and providers -----------------------------------------------------------------------
def add_provider(server):
    """Gives address and login of a provider."""
    told = run("webhook", "add", "brevo", "--name", "letter", "-w", str(server.workspace),
               check=True).stdout
    path = re.search(r"/webhooks/[0-9a-f]+", told).group()
    secret = re.search(r"licet:[0-9a-f]+", told).group()
    server.process.send_signal(signal.SIGHUP)
    assert until(lambda: server.ask("POST", path, "{}").status == 200)
    return path, {"Content-Type": "application/json",
                  "Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}


def reports(provider, count, people=0):
    """Jobs of a provider: `count` reports, of `people` persons if that is less."""
    path, head = provider
    out = []
    for number in range(count):
        of = number % people if people else number
        body = json.dumps({"event": "spam", "email": f"flood{of}@example.com",
                           "ts_epoch": 1772445605000 + of})
        out.append((number, "POST", path, body, head))
    return out


class Reported(Kept):
    def test_a_replayed_link_is_one_objection_and_a_forged_one_is_none(self):
        server = self.serve()
        person = self.links.person()
        replay = Sender(server).start([(i, "POST", person.path, ONE_CLICK, FORM)
                                       for i in range(40)]).wait()
        self.assertEqual({*replay.answers.values()}, {200})
        self.assertEqual(suppressed(server.workspace), {person.token})
        ledger = sqlite3.connect(server.workspace / "ledger.db")
        self.assertEqual(ledger.execute("SELECT count(*) FROM event").fetchone()[0], 1)
        ledger.close()
        chance = random.Random(3)
        text = person.path[3:]
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        forged = ["", "x", text[:-1], text + "A", text.upper(), text[::-1], text * 2, "A" * 2000,
                  text[:40] + "%00" + text[40:], text + "=", "../" + text, text + "%2e%2e"]
        for _ in range(60):
            place = chance.randrange(len(text) - 1)
            other = chance.choice(letters.replace(text[place], ""))
            forged.append(text[:place] + other + text[place + 1:])
        sender = Sender(server).start([(one, "POST", "/l/" + one, ONE_CLICK, FORM)
                                       for one in forged]).wait()
        for one, status in sender.answers.items():
            self.assertTrue(status is not None and 400 <= status < 500, (one, status))
        other = Server(roles=())
        self.addCleanup(other.__exit__)
        Links(other.workspace)
        self.assertTrue(400 <= one_click(other, person).status < 500)
        self.assertEqual(suppressed(server.workspace), {person.token})

    def test_a_flood_of_reports_is_taken_and_the_state_is_right(self):
        server = self.serve()
        provider = add_provider(server)
        jobs = reports(provider, 2000, people=400)
        jobs[:20] = [(i, "POST", provider[0], body, provider[1]) for i, body in enumerate(
            ["", "{", "[]", "null", "\0", "é" * 1000, "{}", '{"event":1}', "[" * 5000, '""'] * 2)]
        random.Random(5).shuffle(jobs)
        sender = Sender(server).start(jobs).wait()
        self.assertEqual({*sender.answers.values()}, {200})
        # The first twenty reports are repeated by the same persons' later ones.
        self.assertTrue(until(lambda: len(suppressed(server.workspace)) >= 400, 30))
        self.assertTrue(until(lambda: self.waiting(server) == 0, 20))
        # Each under its strict and its loose token.
        self.assertEqual(len(suppressed(server.workspace)), 800)
        ledger = sqlite3.connect(server.workspace / "ledger.db")
        self.assertEqual(ledger.execute("SELECT count(*) FROM event").fetchone()[0], 800)
        ledger.close()

    def waiting(self, server):
        told = run("webhook", "list", "-w", str(server.workspace)).stdout
        return int(re.search(r"(?:waiting|en attente)\D*(\d+)", told).group(1))


if __name__ == "__main__":
    unittest.main()
