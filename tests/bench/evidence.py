# SPDX-License-Identifier: Apache-2.0
"""How long the file for the authority takes, and how much memory.

usage: evidence.py LICET [VERDICTS]     1,000,000 verdicts, unless said

The archive is unpacked and checked by its own script before its figures are told.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

LICET = str(pathlib.Path(sys.argv[1]).resolve())
VERDICTS = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000


def main():
    with tempfile.TemporaryDirectory(prefix="licet-bench-") as folder:
        space, out = pathlib.Path(folder) / "space", pathlib.Path(folder) / "file.tar"
        subprocess.run([LICET, "init", space], check=True, capture_output=True)
        start = time.perf_counter()
        recording = subprocess.Popen([LICET, "-w", space, "record", "--jsonl", "-"],
                                     stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        for number in range(VERDICTS):
            json.dump({"kind": "verdict", "email": f"p{number}@list.example", "channel": "email",
                       "on": f"2026-{1 + number % 11:02d}-{1 + number % 28:02d}"},
                      recording.stdin)
            recording.stdin.write("\n")
        recording.stdin.close()
        assert recording.wait() == 0
        print(f"{VERDICTS} verdicts recorded in {time.perf_counter() - start:.0f} s")
        start = time.perf_counter()
        build = subprocess.Popen(
            [LICET, "-w", space, "--json", "evidence", "build", "--out", out],
            stdout=subprocess.PIPE, text=True)
        told = json.loads(build.stdout.read())
        _, status, used = os.wait4(build.pid, 0)
        took = time.perf_counter() - start
        assert os.waitstatus_to_exitcode(status) == 0 and told["events"] >= VERDICTS, told
        subprocess.run(["tar", "-xf", out, "-C", folder], check=True)
        subprocess.run([sys.executable, "-B", "verify.py"], check=True, capture_output=True,
                       cwd=pathlib.Path(folder) / "evidence")
        print(f"built in {took:.1f} s, {used.ru_maxrss / 1024:.0f} MB of memory, "
              f"{out.stat().st_size / 1e6:.0f} MB written, checked by its own script")


if __name__ == "__main__":
    main()
