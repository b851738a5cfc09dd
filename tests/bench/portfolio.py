# SPDX-License-Identifier: Apache-2.0
"""How long the screens of a DPO with many clients wait for the server.

usage: portfolio.py LICET [CLIENTS [EVENTS]]     50 clients of 100,000 events each, unless said

One client is made by the program, with an audit, registers and a history; the others are copies of
its folder. Each address is asked twenty times when all ledgers were read once; what is told is the
median and the slowest, in milliseconds, and how many clients an answer has: all, or the figure
would be of something else.
"""
import json
import os
import pathlib
import shutil
import statistics
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "server"))
LICET = str(pathlib.Path(sys.argv[1]).resolve())
os.environ["LICET"] = LICET
import support  # noqa: E402  (reads LICET)

support.LICET = LICET
CLIENTS = int(sys.argv[2]) if len(sys.argv) > 2 else 50
EVENTS = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
OVER_ALL = ("/api/v1/portfolio", "/api/v1/portfolio/days", "/api/v1/portfolio/processors",
            "/api/v1/portfolio/impact?date=2026-08-11")
OF_ONE = ("/api/v1/audits/current/score", "/api/v1/audits/current/plan",
          "/api/v1/audits/current/questions/next", "/api/v1/practice", "/api/v1/processors",
          "/api/v1/requests", "/api/v1/sites", "/api/v1/labels", "/api/v1/organisation",
          "/api/v1/papers", "/api/v1/authority-files", "/api/v1/lists", "/api/v1/packs/days")


def history():
    """What happened in three years, one line an event."""
    kinds = ("collected", "contacted", "interaction", "objection", "verdict")
    for number in range(EVENTS):
        kind = kinds[number % len(kinds)]
        day = f"{2024 + number % 3}-{1 + number % 10:02d}-{1 + number % 28:02d}"
        line = {"kind": kind, "email": f"p{number // 4}@list.example", "on": day}
        if kind in ("contacted", "verdict"):
            line["channel"] = "email"
        line["attributes"] = {"collected": {"origin": "person_other"},
                              "interaction": {"act": "click"}}.get(kind, {})
        yield json.dumps(line)


def make(server):
    workspace = str(server.workspace)
    first = server.workspace / "tenants" / "c01"
    support.run("init", str(first), check=True)
    lines = "\n".join(history()) + "\n"
    support.run("record", "--jsonl", "-", "-w", str(first), given=lines, check=True)
    shutil.copy(HERE.parents[1] / "examples" / "organisation.toml", first)
    support.run("audit", "start", "-w", str(first), check=True)
    support.run("processor", "add", "crisp", "--contract", "yes", "-w", str(first), check=True)
    for number in range(2, CLIENTS):
        shutil.copytree(first, server.workspace / "tenants" / f"c{number:02d}")
    return workspace


def asked(server, path, **headers):
    """Median and slowest of twenty, in milliseconds; one before warms up."""
    took = []
    for _ in range(21):
        start = time.perf_counter()
        answer = server.get(path, "dpo_lead", **headers)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status == 200, (path, answer.text[:300])
    return statistics.median(took[1:]), max(took[1:]), answer.json


def main():
    with support.Server(roles=("dpo_lead",)) as server:
        server.stop()
        (server.workspace / "tenants").mkdir(exist_ok=True)
        start = time.perf_counter()
        make(server)
        print(f"{CLIENTS} clients of {EVENTS} events made in {time.perf_counter() - start:.0f} s")
        server.start()
        start = time.perf_counter()
        while server.get("/api/v1/portfolio", "dpo_lead").json["reading"]:
            time.sleep(0.2)
        print(f"all ledgers read in {time.perf_counter() - start:.0f} s")
        for path in OVER_ALL:
            median, slowest, told = asked(server, path)
            clients = len(told.get("clients", [])) or CLIENTS
            assert clients == CLIENTS and not told["reading"], (path, clients)
            print(f"{path:44} {median:7.1f} ms {slowest:7.1f} ms")
        for path in OF_ONE:
            median, slowest, _ = asked(server, path, **{"Licet-Tenant": "c01"})
            print(f"{path:44} {median:7.1f} ms {slowest:7.1f} ms")


if __name__ == "__main__":
    main()
