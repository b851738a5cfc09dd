# SPDX-License-Identifier: Apache-2.0
"""What the tests of faults send: links of invented people, raw bytes, and many requests at once.

Links are sealed here after docs/link-format.md, because five hundred people by the command line
would take minutes; their tokens are chance, so nobody real can be meant.
"""
import base64
import collections
import http.client
import os
import pathlib
import socket
import sqlite3
import struct
import sys
import threading

from support import run

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "docs"))
from link_format_test import Sealer, fields  # noqa: E402

ONE_CLICK = b"List-Unsubscribe=One-Click"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Person = collections.namedtuple("Person", "token path")


def texts_of(scope):
    return b"".join(struct.pack("B", len(one)) + one.encode() for one in scope)


class Links:
    """Makes links of a workspace."""

    def __init__(self, workspace):
        made = run("link", "make", "first@example.com", "-w", str(workspace), check=True).stdout
        text = made.strip().rsplit("/", 1)[1]
        link = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        self.head = link[:5]
        key = (workspace / "links.key").read_text().split()[-1]
        self.sealer = Sealer(bytes.fromhex(key))
        self.day = fields(self.sealer.opened(link))[1]

    def person(self):
        token = os.urandom(16)
        content = struct.pack(">BHH16sB", 1, self.day, 0, token, 0)
        content += texts_of(["", "email", "commercial", "", ""])
        link = self.sealer.sealed(self.head, content)
        return Person(token, "/l/" + base64.urlsafe_b64encode(link).decode().rstrip("="))

    def people(self, count):
        return [self.person() for _ in range(count)]


def suppressed(workspace):
    """Gives the tokens of the suppression list, read by SQLite itself."""
    ledger = sqlite3.connect(f"file:{workspace}/ledger.db?mode=ro", uri=True)
    try:
        return {bytes(row[0]) for row in ledger.execute("SELECT token FROM suppression")}
    finally:
        ledger.close()


class Sender:
    """Posts from many threads; `answers` maps what was sent to its status, None if none came."""

    def __init__(self, server, threads=16):
        self.server = server
        self.threads = threads
        self.answers = {}
        self.fields = collections.defaultdict(list)  # status -> fields of its answers
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.workers = []

    def start(self, jobs):
        """`jobs`: (name, method, path, body, fields), taken by the first thread that is free."""
        waiting = iter(jobs)

        def work():
            connection = None
            while not self.stopped.is_set():
                with self.lock:
                    job = next(waiting, None)
                if job is None:
                    break
                connection = self.send(connection, job)
            if connection:
                connection.close()

        self.workers = [threading.Thread(target=work) for _ in range(self.threads)]
        for one in self.workers:
            one.start()
        return self

    def send(self, connection, job):
        name, method, path, body, more = job
        try:
            if connection is None:
                connection = self.server.connect()
            connection.request(method, path, body, more)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            if connection:
                connection.close()
            with self.lock:
                self.answers[name] = None
            return None
        with self.lock:
            self.answers[name] = response.status
            self.fields[response.status].append(dict(response.getheaders()))
        if response.will_close:
            connection.close()
            return None
        return connection

    def wait(self):
        for one in self.workers:
            one.join()
        return self

    def answered(self, status):
        return {name for name, got in self.answers.items() if got == status}

    @property
    def done(self):
        return len(self.answers)


def unsubscribing(people):
    return [(one.token, "POST", one.path, ONE_CLICK, FORM) for one in people]


class Raw:
    """A connection whose bytes are ours."""

    def __init__(self, port, timeout=15, room=None):
        self.socket = socket.socket()
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def rest(self):
        """Reads until the other side closes; a reset closes too. TimeoutError if it does not."""
        out = b""
        while True:
            try:
                piece = self.socket.recv(65536)
            except ConnectionError:
                return out
            if not piece:
                return out
            out += piece
