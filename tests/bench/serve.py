# SPDX-License-Identifier: Apache-2.0
"""POST /api/v1/check against nginx `return 200` and a Node server with a Map, in one run.

usage: serve.py LICET [SECONDS]     needs wrk and nginx-light, from Debian

One core serves, the other asks: 32 connections that stay open. Then licet again at half its load,
for the tail; a page, by one reader after another; one-click unsubscribes, 500 a second, which wait
for the disk; and 10,000 connections that ask nothing more. Answers are looked at before anything is
timed.
"""
import concurrent.futures
import datetime
import json
import os
import pathlib
import re
import resource
import socket
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

# One that fewer facts decide.
SHORT = {"channel": "email", "purpose": "commercial", "country": "fr", "audience": "consumer",
         "sector": "general", "consent": "none", "relation": "none"}


def pinned(core, words):
    return ["taskset", "-c", str(core), *words]


def load(port, connections=32, seconds=SECONDS, **how):
    """Asks from a core of its own; gives requests a second, p50, p99, bad answers."""
    words = pinned(1, ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s",
                       str(HERE / "serve.lua"), f"http://127.0.0.1:{port}"])
    told = {"FACTS": json.dumps(FACTS), **how}
    out = subprocess.run(words, capture_output=True, text=True, check=True, env={
        **os.environ, **{"LICET_" + name: str(value) for name, value in told.items()}}).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    times = dict(re.findall(r"(50|99)%\s+(\S+)", out))
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


# What both servers know: so many who have objected.
PEOPLE = 100_000
# A question that can be answered: a consent with all that makes it one.
FACTS = {
    "channel": "email", "purpose": "commercial", "country": "fr", "audience": "consumer",
    "sector": "general", "minor": "no", "relation": "none", "contract": "none",
    "origin": "person_other", "origin.informed": "yes", "origin.optout_offered": "yes",
    "origin.same_sender": "yes",
    "origin.collected_on": str(datetime.date.today() - datetime.timedelta(30)),
    "consent": "given", "consent.act": "clear",
    "consent.covers_channel": "yes", "consent.covers_sender": "yes",
    "consent.covers_purpose": "yes", "consent.sender_named": "this_sender",
    "consent.informed": "yes", "consent.granular": "yes", "consent.proof": "individual",
}


def answers(port, token):
    """Gives the verdicts on a stranger, on somebody who has objected, and without consent."""
    def verdict(email, facts=FACTS):
        body = {"facts": facts, "email": email, "record": False}
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/check", json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": "Bearer " + token})
        return json.load(urllib.request.urlopen(request))["verdict"]
    return [verdict("q1@example.com"), verdict("p1@example.com"),
            verdict("q1@example.com", SHORT)]


def object_all(server, folder):
    """Tells licet of the people whom the peer knows, too."""
    file = folder / "objected"
    file.write_text("".join(f"p{number}@example.com\n" for number in range(PEOPLE)))
    done = support.run("suppress", "--file", str(file), "-w", str(server.workspace))
    if done.returncode != 0:
        raise SystemExit(f"licet suppress: {done.returncode} {done.stderr}")


def links(workspace, folder, count):
    """Makes opt-out links of invented people; gives the file of their paths."""
    def path(number):
        made = support.run("link", "make", f"u{number}@example.com", "--base", "https://c.example",
                           "-w", str(workspace))
        if made.returncode != 0:
            raise SystemExit(f"licet link make: {made.returncode} {made.stderr}")
        return made.stdout.splitlines()[0].removeprefix("https://c.example")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        made = list(pool.map(path, range(count)))
    file = folder / "paths"
    file.write_text("\n".join(made) + "\n")
    return file, made[0]


def resident_mib(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def idle(server, count):
    """Opens connections that ask once and stay; gives how many are open at the end, and what the
    server held before and with them, in MiB."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    before = resident_mib(server.process)
    kept = []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", server.port))
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        if b" 200 " not in one.recv(4096):
            raise SystemExit("a connection was refused")
        kept.append(one)
    after = resident_mib(server.process)
    alive = sum(is_open(one) for one in kept)
    for one in kept:
        one.close()
    return alive, before, after


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    rows = []
    peer = nginx(folder, 8301)
    time.sleep(1)
    rows.append(("nginx return 200", *load(8301)))
    peer.terminate()
    peer = subprocess.Popen(pinned(0, ["node", str(HERE / "serve_peer.mjs"), "8302",
                                    str(PEOPLE)]))
    time.sleep(2)
    verdicts = {"node": answers(8302, "")}
    rows.append(("Node, Map", *load(8302)))
    rows.append(("  a short question", *load(8302, FACTS=json.dumps(SHORT))))
    peer.terminate()
    # The program keeps to one core of its own, as the others do.
    os.sched_setaffinity(0, {0})
    server = support.Server("--log", "none", "--threads", "1", "--behind-proxy",
                            roles=("dpo_lead",))
    os.sched_setaffinity(0, {0, 1})
    with server:
        measure(server, folder, rows, verdicts)


def measure(server, folder, rows, verdicts):
    token = server.token("check")["Authorization"].split(" ", 1)[1]
    object_all(server, folder)
    verdicts["licet"] = answers(server.port, token)
    print("answers:", verdicts)
    if verdicts["licet"] != verdicts["node"]:
        raise SystemExit("the answers differ: nothing is timed")
    rows.append(("licet check", *load(server.port, TOKEN=token)))
    rate = rows[-1][1]
    rows.append(("  a short question", *load(server.port, TOKEN=token, FACTS=json.dumps(SHORT))))
    # 64 connections that rest together give half of what the server can do.
    rest = round(64 * 1000 / (rate / 2))
    rows.append(("licet at half load", *load(server.port, 64, TOKEN=token, WAIT=rest)))
    paths, link = links(server.workspace, folder, 600 * int(SECONDS))
    rows.append(("licet page", *load(server.port, 1, PAGE=link)))
    rows.append(("licet unsubscribe", *load(server.port, 56, PATHS=paths, WAIT=100)))
    base = rows[0][1]
    print(f"{'server':20} {'req/s':>9} {'of nginx':>9} {'p50':>9} {'p99':>9} {'bad':>5}")
    for name, rate, p50, p99, bad in rows:
        print(f"{name:20} {rate:9.0f} {rate / base:8.0%} {p50:>9} {p99:>9} {bad:5}")
    alive, before, after = idle(server, 10_000)
    print(f"idle connections: {alive}, memory {before:.0f} MiB before, {after:.0f} MiB with them")


main()
