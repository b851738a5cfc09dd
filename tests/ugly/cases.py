#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The corpus of ugly files: what each is, and what must become of it. cases.py FOLDER writes them.

An expectation is three counts (rows allowed, blocked, to be reviewed), or the words (a regular
expression) with which the file is refused. Everything is made here: the same bytes each time.
"""
import collections
import pathlib
import sys

import formats
import refusals
import texts

Case = collections.namedtuple("Case", "name content expected")


def cases():
    for family in (*texts.FAMILIES, *formats.FAMILIES, *refusals.FAMILIES):
        for name, content, expected in family():
            content = content.encode() if isinstance(content, str) else content
            yield Case(f"{family.__name__}-{name}", content, expected)


if __name__ == "__main__":
    for case in cases():
        (pathlib.Path(sys.argv[1]) / case.name).write_bytes(case.content)
