# SPDX-License-Identifier: Apache-2.0
"""Real databases for the tests of exported SQL: SQLite, PostgreSQL, DuckDB.

    with engine("postgres") as database:
        database.run(script)
        rows = database.rows("SELECT licet_id, answer, rule FROM licet_verdict")

PostgreSQL is started from Debian's binaries in a temporary folder, without a network port. DuckDB
runs in Node.js (duckdb_run.mjs). What is not installed skips its tests.
"""
import contextlib
import glob
import json
import os
import pathlib
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NEVER = "9999-12-31"


class Sqlite:
    dialect = "sqlite"

    def __init__(self):
        self.database = sqlite3.connect(":memory:")

    def run(self, script):
        self.database.executescript(script)

    def rows(self, query):
        return [tuple(row) for row in self.database.execute(query)]

    def close(self):
        self.database.close()


class Duckdb:
    """Collects scripts; a query runs them all in a new database, so that no process waits."""
    dialect = "duckdb"

    def __init__(self):
        node = shutil.which("node") or shutil.which("nodejs")
        if not node or not (ROOT / "node_modules" / "@duckdb" / "node-api").exists():
            raise unittest.SkipTest("DuckDB for Node.js is not installed")
        self.node = node
        self.scripts = []

    def run(self, script):
        self.scripts.append(script)

    def rows(self, query):
        told = json.dumps({"scripts": self.scripts, "query": query})
        done = subprocess.run([self.node, str(HERE / "duckdb_run.mjs")], input=told.encode(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              timeout=300)
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode()[:3000])
        return [tuple(row) for row in json.loads(done.stdout)]

    def close(self):
        pass


class Postgres:
    dialect = "postgres"

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not found:
            raise unittest.SkipTest("PostgreSQL is not installed")
        self.binaries = pathlib.Path(found[-1]).parent
        self.folder = tempfile.mkdtemp(prefix="licet-pg-")
        # PostgreSQL refuses to run as root; its own user is there once it is installed.
        self.user = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
        if self.user:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.call("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "licet", "-E", "UTF8",
                  "--no-sync")
        self.call("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o",
                  f"-k {self.folder} -c listen_addresses='' -c fsync=off", "start")

    def call(self, name, *arguments, stdin=b""):
        done = subprocess.run([str(self.binaries / name), *arguments], input=stdin, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
                              timeout=300, **self.user)
        if done.returncode != 0:
            raise AssertionError(f"{name}: {done.stderr.decode()[:3000]}")
        return done.stdout.decode()

    def psql(self, *arguments, stdin=b""):
        return self.call("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U",
                         "licet", "-d", "postgres", *arguments, stdin=stdin)

    def run(self, script):
        self.psql(stdin=script.encode())

    def rows(self, query):
        out = self.psql("-t", "-A", "-c", f"SELECT json_agg(r) FROM ({query}) r")
        return [tuple(row.values()) for row in json.loads(out) or ()] if out.strip() else []

    def close(self):
        with contextlib.suppress(AssertionError):
            self.call("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


ENGINES = {one.dialect: one for one in (Sqlite, Postgres, Duckdb)}


@contextlib.contextmanager
def engine(dialect):
    one = ENGINES[dialect]()
    try:
        yield one
    finally:
        one.close()


def literal(fact, value, dialect):
    """Gives the SQL literal of a value as the program writes it, for a column of `fact`."""
    if value is None:
        return "NULL"
    if fact["type"] == "bool":
        is_yes = value == "yes"
        return str(int(is_yes)) if dialect == "sqlite" else str(is_yes).upper()
    if fact["type"] == "time":
        hour, minute = value.split(":")
        return str(int(hour) * 60 + int(minute))
    if fact["type"] == "count":
        return str(value)
    if fact["type"] in ("date", "moment"):
        day = NEVER if value == "never" else value[:10]
        return f"'{day}'" if dialect == "sqlite" else f"DATE '{day}'"
    return "'" + value.replace("'", "''") + "'"
