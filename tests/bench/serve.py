# SPDX-License-Identifier: Apache-2.0
"""POST /api/v1/check against nginx `return 200` and a Node server with a Map, in one run.

usage: serve.py LICET [SECONDS]     needs wrk and nginx (tools/setup.sh)

One core serves, the other asks: 32 connections that stay open. Then licet again at half its load,
for the tail; and one-click unsubscribes, which wait for the disk. Answers are looked at before
anything is timed.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "server"))
LICET = str(pathlib.Path(sys.argv[1]).resolve())
os.environ["LICET"] = LICET
import support  # noqa: E402  (reads LICET)

support.LICET = LICET
SECONDS = sys.argv[2] if len(sys.argv) > 2 else "5"


def pinned(core, words):
    return ["taskset", "-c", str(core), *words]


def load(port, *more, token=""):
    words = pinned(1, ["wrk", "-t1", "-c32", f"-d{SECONDS}s", "--latency", "-s",
                       str(HERE / "serve.lua"), *more, f"http://127.0.0.1:{port}/api/v1/check"])
    out = subprocess.run(words, capture_output=True, text=True, check=True,
                         env={**os.environ, "LICET_TOKEN": token}).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    times = {share: value for share, value in re.findall(r"(50|99)%\s+(\S+)", out)}
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return rate, times.get("50"), times.get("99"), int(bad[1]) if bad else 0


def nginx(folder, port):
    config = folder / "nginx.conf"
    config.write_text(f"""daemon off; worker_processes 1; pid {folder}/nginx.pid;
error_log {folder}/error.log; events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; server {{ listen 127.0.0.1:{port};
location / {{ return 200 "ok"; }} }} }}
""")
    return subprocess.Popen(pinned(0, ["nginx", "-c", str(config), "-p", str(folder)]))


def answers(port, token):
    body = {"facts": {"channel": "email", "purpose": "commercial", "country": "fr",
                      "audience": "consumer", "consent": "given", "consent.act": "clear"},
            "email": "q1@example.com", "record": False}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/check", json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": "Bearer " + token})
    return json.load(urllib.request.urlopen(request))["verdict"]


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    rows = []
    peer = nginx(folder, 8301)
    time.sleep(1)
    rows.append(("nginx return 200", *load(8301)))
    peer.terminate()
    peer = subprocess.Popen(pinned(0, ["node", str(HERE / "serve_peer.mjs"), "8302"]))
    time.sleep(2)
    verdicts = {"node": answers(8302, "")}
    rows.append(("Node, Map", *load(8302)))
    peer.terminate()
    # The program keeps to one core of its own, as the others do.
    os.sched_setaffinity(0, {0})
    server = support.Server("--log", "none", "--threads", "1", roles=("dpo_lead",))
    os.sched_setaffinity(0, {0, 1})
    token = server.token("check")["Authorization"].split(" ", 1)[1]
    verdicts["licet"] = answers(server.port, token)
    print("answers:", verdicts)
    rows.append(("licet check", *load(server.port, token=token)))
    server.__exit__()
    base = rows[0][1]
    print(f"{'server':20} {'req/s':>9} {'of nginx':>9} {'p50':>9} {'p99':>9} {'bad':>5}")
    for name, rate, p50, p99, bad in rows:
        print(f"{name:20} {rate:9.0f} {rate / base:8.0%} {p50:>9} {p99:>9} {bad:5}")


main()
