# SPDX-License-Identifier: Apache-2.0
"""A real server on a fresh workspace, and a client that says what it means.

    with Server() as server:
        server.log_in("lead")            a session with its cookie and CSRF token
        server.post("/api/v1/check", {...})
"""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile

LICET = os.environ.get("LICET", "licet")
PASSWORD = "correct horse battery staple"
ROLES = ("dpo_lead", "dpo", "referent", "reader", "sender")


def run(*words, given="", **more):
    return subprocess.run([LICET, *words], input=given, capture_output=True, text=True,
                          timeout=120, **more)


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)


class Server:
    """One server process; `users` maps each role to its session after log_in()."""

    def __init__(self, *options, roles=ROLES, tenants=(), database=""):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="licet-server-"))
        self.workspace = self.folder / "workspace"
        where = ("--database", database) if database else ()
        run("init", str(self.workspace), *where, check=True)
        for tenant in tenants:
            (self.workspace / "tenants").mkdir(exist_ok=True)
            run("init", str(self.workspace / "tenants" / tenant), check=True)
        for role in roles:
            run("user", "add", role.replace("_", "-"), "--role", role, "-w", str(self.workspace),
                given=PASSWORD + "\n", check=True)
        self.options = options
        self.sessions = {}
        self.process = None
        self.start()

    def start(self):
        self.log = open(self.folder / "log.jsonl", "ab")
        self.process = subprocess.Popen(
            [LICET, "serve", "--listen", "127.0.0.1:0", "--json", "-w", str(self.workspace),
             *self.options], stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        self.port = int(json.loads(line)["listening"].rstrip("/").rsplit(":", 1)[1])

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.log.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        subprocess.run(["rm", "-rf", str(self.folder)], check=False)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, body=None, headers=None, role=None):
        """Sends one request; a dict is sent as JSON, a role with its session."""
        fields = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            fields.setdefault("Content-Type", "application/json")
        if isinstance(body, str):
            body = body.encode("utf-8")
        if role is not None:
            session = self.sessions.get(role) or self.log_in(role)
            fields["Cookie"] = session["cookie"]
            fields.setdefault("X-CSRF-Token", session["csrf"])
        connection = self.connect()
        connection.request(method, path, body, fields)
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        return answer

    def get(self, path, role=None, **headers):
        return self.ask("GET", path, headers=headers, role=role)

    def post(self, path, body=None, role=None, **headers):
        return self.ask("POST", path, body, headers, role)

    def log_in(self, role):
        answer = self.ask("POST", "/api/v1/session",
                          {"name": role.replace("_", "-"), "password": PASSWORD})
        assert answer.status == 200, answer.text
        self.sessions[role] = {"cookie": answer.headers["set-cookie"].split(";")[0],
                               "csrf": answer.json["csrf"]}
        return self.sessions[role]

    def token(self, *scopes, tenant="default", role="dpo_lead"):
        answer = self.ask("POST", "/api/v1/tokens",
                          {"name": "test", "scopes": list(scopes), "expires": tomorrow()},
                          {"Licet-Tenant": tenant}, role)
        assert answer.status == 201, answer.text
        return {"Authorization": "Bearer " + answer.json["token"]}


def tomorrow():
    import datetime
    return (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
