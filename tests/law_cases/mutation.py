# SPDX-License-Identifier: Apache-2.0
"""Holds each pack to its cases: of 100 ways to write its rules otherwise, 95 must be noticed.

usage: mutation.py PROGRAM [PACKS]

It takes a minute with an optimised program and many with sanitizers, so it is no ctest: .ci/run
calls it with the program that `make demo` built.
"""
import json
import subprocess
import sys

LEAST = 0.95


def main():
    program, *packs = sys.argv[1:]
    others = ["--packs", packs[0]] if packs else []
    done = subprocess.run([program, *others, "--json", "law", "test", "--mutation"],
                          stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"law test ended with {done.returncode}")
    scores = json.loads(done.stdout)["mutation"]["packs"]
    for pack, found in scores.items():
        all_of_them = found["killed"] + found["survived"]
        print(f"{pack}: {found['killed']} of {all_of_them} mutants noticed, "
              f"{100 * found['score']:.1f} %")
    weak = [pack for pack, found in scores.items() if found["score"] < LEAST]
    if weak or not scores:
        sys.exit(f"under {100 * LEAST:.0f} %: {', '.join(weak)}")


if __name__ == "__main__":
    main()
