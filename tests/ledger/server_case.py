# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server for the tests of one class, and a fresh database for each ledger."""
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "export"))
from engines import Postgres  # noqa: E402


class ServerCase:
    @classmethod
    def setUpClass(cls):
        cls.server = Postgres()
        cls.databases = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def fresh_address(self):
        type(self).databases += 1
        self.server.run(f"CREATE DATABASE ledger{self.databases}")
        return f"postgresql://licet@/ledger{self.databases}?host={self.server.folder}"
