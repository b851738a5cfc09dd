# SPDX-License-Identifier: Apache-2.0
"""docs/openapi.json is what the server does: the same operations with the same rights, examples
that are asked of a real server, and requests made from the schemas, good and bad.

What is answered is held to the schemas with every object closed: a name that the document does not
have is a fault of the document.

run: LICET=path/to/licet python3 -B -m unittest -q openapi_test
"""
import copy
import datetime
import json
import pathlib
import random
import re
import time
import tomllib
import unittest
import urllib.parse

import jsonschema

from support import Server, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"
# In an order in which each finds what it needs.
ORDER = """openapi healthz readyz metrics logIn session addTenant tenants addUser users changeUser
    removeUser makeToken tokens withdrawToken check explain checkMany vocabulary packs
    addExample removeExample lawDays rules rule diff registers audits startAudit
    auditQuestions auditQuestion answerQuestion addEvidence evidence auditScore auditPlan
    assignAction delegateQuestion auditReport
    processorStep processors tools breachStep breaches complaintStep complaints
    visitSite sites sitePicture
    requestStep requests labels labelStep buildAuthorityFile authorityFileProgress
    authorityFiles authorityFile authorityFileArchive removeAuthorityFile practice keys
    handOver handOverProgress handOvers handOverState handOverArchive removeHandOver
    portfolio portfolioDays portfolioCalendar yearReport
    portfolioImpact portfolioProcessors adoptProcessor recordEvent recordObjection recordConsent
    timeline exportPerson checkpoint proof putCampaign campaigns campaign addList
    listProgress lists list listFile verifyCertificate removeList checkMessage removeCampaign
    putOrganisation organisation papers publishPapers paper paperDiff banner bannerArchive
    bannerFile bannerPreview publishBanner publishForm forms formSnippet bindForm
    erasePerson logOut""".split()
HUGE = "x" * 200_000
# What a fresh workspace is refused, and with which code: nobody has a label on the first day, and
# the one tenant has its own processor already; a server visits no machine of its own network.
REFUSED = {"labelStep": "label.no_controller", "adoptProcessor": "entry.there_already",
           "visitSite": "site.not_public", "sitePicture": "entry.no_such"}


def known_codes():
    out = set()
    for path in [ROOT / "texts" / "en.toml", *sorted((ROOT / "texts" / "en").glob("*.toml"))]:
        out |= set(tomllib.loads(path.read_text(encoding="utf-8")))
    return out


def resolved(node):
    if "$ref" not in node:
        return node
    out = DOCUMENT
    for part in node["$ref"].removeprefix("#/").split("/"):
        out = out[part]
    return out


class Operation:
    def __init__(self, path, method, node):
        self.path, self.method, self.node = path, method.upper(), node
        self.id = node["operationId"]
        self.parameters = [resolved(one) for one in node.get("parameters", [])]
        body = node.get("requestBody", {}).get("content", {})
        self.media = next(iter(body), None)
        self.body = body.get(self.media, {})

    def examples(self):
        """Gives (name, body) of each example; one without a name where there is no body."""
        if self.media is None:
            return [(None, None)]
        return [(name, one["value"]) for name, one in self.body["examples"].items()]

    def address(self, values=None):
        values = values or {}
        out, asked = self.path, {}
        for one in self.parameters:
            name = one["name"]
            value = values.get(name, one.get("example"))
            if one["in"] == "path":
                out = out.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
            elif one["in"] == "query" and value is not None:
                asked[name] = value
        return out + ("?" + urllib.parse.urlencode(asked) if asked else "")

    def answer(self, status):
        return resolved(self.node["responses"][str(status)])


OPERATIONS = {one.id: one for one in (
    Operation(path, method, node) for path, item in DOCUMENT["paths"].items()
    for method, node in item.items() if method in METHODS)}


def closed(node):
    """Gives a schema in which an object has only the names that are told."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    out = {name: closed(one) for name, one in node.items()}
    if isinstance(node.get("properties"), dict) and "type" in node:
        out.setdefault("additionalProperties", False)
    return out


SCHEMAS = {"components": {"schemas": closed(DOCUMENT["components"]["schemas"])}}


def faults(value, schema):
    whole = {**closed(schema), **SCHEMAS}
    found = jsonschema.Draft202012Validator(whole).iter_errors(value)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:300]}" for one in found]


NAME = DOCUMENT["components"]["schemas"]["Name"]


# ---- requests made from schemas ------------------------------------------------------------------
class Maker:
    """Values that a schema allows, from its examples and words; always the same ones."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.names = 0

    def value(self, schema):
        schema = resolved(schema)
        if schema is NAME:
            self.names += 1
            return f"made-{self.names}-{self.chance.randrange(1000)}"
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if "examples" in schema:
            return copy.deepcopy(self.chance.choice(schema["examples"]))
        kind = schema.get("type")
        kind = self.chance.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            needed = schema.get("required", [])
            return {name: self.value(one) for name, one in schema.get("properties", {}).items()
                    if name in needed or self.chance.random() < 0.3}
        if kind == "array":
            return [self.value(schema["items"]) for _ in range(self.chance.randint(1, 3))]
        if kind == "string" and schema.get("format") == "date":
            return (datetime.date.today() + datetime.timedelta(days=1)).isoformat()
        return {"string": "tea", "integer": 3, "number": 0.5, "boolean": True, "null": None}[kind]

    def spoilt(self, body):
        """Gives bodies that are not what was asked for: (what is wrong, text, content type)."""
        names = list(body) or ["facts"]
        for name in names:
            for wrong in (3.5, {"a": [1]}, [[]], HUGE, None, "\u0000", -1, True, "\U0001F600"):
                yield f"{name} is {str(wrong)[:8]!r}", json.dumps({**body, name: wrong}), "json"
            less = {one: value for one, value in body.items() if one != name}
            yield f"without {name}", json.dumps(less), "json"
        whole = json.dumps(body)
        for text in ("", "{", whole[:-1], whole + "}", "[]", "null", "3", '"text"',
                     "\ufeff" + whole,
                     "[" * 5000, '{"a":' * 5000,
                     '{"\ud800": 1}'.encode("utf-8", "replace").decode(),
                     '{"facts": 1e999}', "{'a': 1}"):
            yield "no object " + text[:10], text, "json"
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", ""):
            yield "content type " + kind, whole, kind


class Case(unittest.TestCase):
    codes = known_codes()

    def hold_problem(self, answer, about):
        self.assertEqual(answer.headers.get("content-type"), PROBLEM, (about, answer.text[:200]))
        self.assertEqual(answer.json["status"], answer.status, about)
        self.assertIn(answer.json["code"], self.codes, about)
        self.assertEqual(faults(answer.json, {"$ref": "#/components/schemas/Problem"}), [], about)

    def hold(self, operation, answer, about=""):
        """Whether the answer is one that the document has, and as it says."""
        about = (operation.id, about, answer.status, answer.text[:300])
        self.assertIn(str(answer.status), operation.node["responses"], about)
        if answer.status >= 400:
            return self.hold_problem(answer, about)
        told = operation.answer(answer.status)
        for name in told.get("headers", {}):
            self.assertIn(name.lower(), answer.headers, about)
        if "content" not in told:
            return self.assertEqual(answer.body, b"", about)
        media = answer.headers["content-type"].split(";")[0]
        self.assertIn(media, told["content"], about)
        content = told["content"][media]
        self.assertEqual(faults(self.read(answer, media), content["schema"]), [], about)
        for item in self.items(answer, media):
            self.assertEqual(faults(item, content["x-licet-item"]), [], about)
        return None

    @staticmethod
    def read(answer, media):
        return answer.json if media == "application/json" else answer.text

    @staticmethod
    def items(answer, media):
        if media == "application/x-ndjson":
            return [json.loads(line) for line in answer.text.splitlines() if line]
        if media == "text/event-stream":
            return [{"event": name, "data": json.loads(text)} for name, text in
                    re.findall(r"^event: (.*)\ndata: (.*)$", answer.text, re.M)]
        return []


class Document(Case):
    """The document by itself."""

    def test_each_reference_leads_somewhere(self):
        for found in re.findall(r'"\$ref": "([^"]+)"', json.dumps(DOCUMENT)):
            self.assertTrue(resolved({"$ref": found}), found)

    def test_each_component_is_used(self):
        text = json.dumps(DOCUMENT)
        for kind in ("schemas", "parameters", "headers", "responses"):
            for name in DOCUMENT["components"][kind]:
                self.assertIn(f'"#/components/{kind}/{name}"', text)

    def test_each_schema_is_one(self):
        for name, schema in DOCUMENT["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            for one in schema.get("examples", []):
                self.assertEqual(faults(one, schema), [], name)

    def test_each_example_is_what_its_schema_says(self):
        for operation in OPERATIONS.values():
            for status in operation.node["responses"]:
                for media, content in operation.answer(status).get("content", {}).items():
                    shown = [one["value"] for one in content.get("examples", {}).values()]
                    shown += [content["example"]] if "example" in content else []
                    for value in shown:
                        self.assertEqual(faults(value, content["schema"]), [],
                                         (operation.id, status, media))
            for name, value in operation.examples():
                if name is not None:
                    self.assertEqual(faults(value, operation.body["schema"]), [],
                                     (operation.id, name))

    def test_each_operation_has_an_example_and_says_what_it_does(self):
        for operation in OPERATIONS.values():
            self.assertTrue(operation.node["summary"])
            if operation.media:
                self.assertTrue(operation.body["examples"], operation.id)
            for one in operation.parameters:
                if one["in"] == "path":
                    self.assertIn("example", one, operation.id)

    def test_the_people_in_it_are_invented(self):
        for address in re.findall(r"[\w.+-]+@[\w.-]+\w", json.dumps(DOCUMENT)):
            self.assertRegex(address, r"@(example\.com|2026-\d\d-\d\d|0\.\d+\.\d+)$")


class Asking(Case):
    """A case with a real server of its own."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server(roles=("dpo_lead", "dpo"))
        facts = (ROOT / "examples" / "organisation.toml").read_bytes()
        (cls.server.workspace / "organisation.toml").write_bytes(facts)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def ask(self, operation, body=None, values=None, headers=None):
        fields = {"Accept-Language": "en", **(headers or {})}
        if operation.media and "Content-Type" not in fields:
            fields["Content-Type"] = operation.media
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        role = None if operation.node["x-licet-rights"] == "public" else "dpo_lead"
        return self.server.ask(operation.method, operation.address(values), body, fields, role)


class Examples(Asking):
    """The document, asked as it stands."""

    def test_the_operations_are_those_of_the_program_with_their_rights(self):
        shown = run("serve", "--routes", "--json", "-w", str(self.server.workspace)).stdout
        routes = {}
        for one in map(json.loads, shown.splitlines()):
            if one["path"].startswith("/api/") or one["path"] in ("/healthz", "/readyz",
                                                                  "/metrics"):
                routes[one["method"], one["path"]] = one["rights"]
        told = {(one.method, one.path): one.node["x-licet-rights"] for one in OPERATIONS.values()}
        self.assertEqual(told, routes)

    def test_the_server_serves_this_document(self):
        # Examples get the names of this run in DOCUMENT; the file has its own.
        written = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
        self.assertEqual(self.server.get("/api/v1/openapi.json").json, written)

    def test_every_example_is_asked_and_answered_as_told(self):
        self.assertEqual(sorted(ORDER), sorted(OPERATIONS))
        values, certificate = {}, ""
        for identity in ORDER:
            operation = OPERATIONS[identity]
            for name, body in operation.examples():
                if identity == "verifyCertificate":
                    body = certificate
                if identity == "bindForm":
                    body["fields"]["licet_notice"] = values["notice"]
                if identity == "recordConsent":
                    self.steps_of_consent(operation, body)
                answer = self.ask(operation, body, values)
                self.hold(operation, answer, name)
                if identity in REFUSED:
                    self.assertEqual(answer.json["code"], REFUSED[identity])
                    continue
                self.assertLess(answer.status, 300, (identity, name, answer.text[:300]))
                if name:
                    first = next(iter(operation.node["responses"]))
                    self.assertEqual(str(answer.status), first, (identity, name))
                self.look(identity, answer, values)
            if identity == "list":
                path = operation.address(values) + "/files/certificate.txt"
                certificate = self.server.get(path, "dpo").text
        self.server.sessions.clear()  # the last one logged out

    def look(self, identity, answer, values):
        """Keeps what a later operation is asked with."""
        if identity in ("addList", "makeToken", "buildAuthorityFile",
                        "handOver", "addExample"):
            values["id"] = answer.json["id"]
        if identity == "timeline":
            values["place"] = answer.json["events"][0]["id"]
        if identity == "addUser":
            self.assertEqual(answer.json["tenants"], ["default"])
        if identity == "forms":
            versions = {one["form"]: one["versions"] for one in answer.json["forms"]}
            values["notice"] = versions["newsletter"]["en"]["sha256"]
        if identity == "check":
            self.assertIn(answer.json["verdict"], ("forbidden", "undetermined"))

    def steps_of_consent(self, operation, body):
        made = self.ask(operation, {**body, "address": "noe@example.com"})
        self.hold(operation, made)
        step = {"address": "noe@example.com", "request": made.json["request"]}
        for act in ("mail-accepted", "page-seen", "confirm", "suspect", "bounced"):
            self.hold(operation, self.ask(operation, step, {"act": act}), act)
        for act in ("give", "refuse", "withdraw"):
            self.hold(operation, self.ask(operation, body, {"act": act}), act)

    def test_what_is_read_twice_is_sent_once(self):
        for identity in ("packs", "rules", "vocabulary", "registers", "users", "session"):
            operation = OPERATIONS[identity]
            first = self.ask(operation)
            again = self.ask(operation, headers={"If-None-Match": first.headers["etag"]})
            self.assertEqual((again.status, again.body), (304, b""), identity)
            self.hold(operation, again)


class Requests(Asking):
    """Requests made from the schemas, good and bad."""

    def made(self):
        """Operations with a body of JSON, that each request may be made of."""
        return [one for one in OPERATIONS.values()
                if one.media == "application/json" and one.id != "logIn"]

    def test_good_requests_made_from_the_schemas_are_answered_as_told(self):
        for operation in self.made():
            maker, well = Maker(operation.id), 0
            for _ in range(6 if operation.id in ("addUser", "changeUser", "addTenant") else 25):
                body = maker.value(operation.body["schema"])
                answer = self.ask(operation, body)
                for _ in range(50):  # tenants that were just made are being read
                    if answer.status != 503 or answer.json["code"] != "portfolio.reading":
                        break
                    time.sleep(0.1)
                    answer = self.ask(operation, body)
                self.hold(operation, answer, json.dumps(body))
                self.assertLess(answer.status, 500, (operation.id, body, answer.text))
                well += answer.status < 300
            if operation.id not in ("changeUser", "exportPerson", "bindForm", *REFUSED):
                self.assertGreater(well, 0, operation.id)

    def test_bad_requests_are_problems_with_a_known_code(self):
        for operation in self.made():
            body = operation.examples()[0][1]
            for what, text, kind in Maker(operation.id).spoilt(body):
                kind = "application/json" if kind == "json" else kind
                answer = self.ask(operation, text, headers={"Content-Type": kind})
                self.assertLess(answer.status, 500, (operation.id, what, answer.text[:200]))
                self.hold(operation, answer, what)
                if what.startswith(("no object", "content type")):
                    self.assertEqual(answer.status, 400, (operation.id, what, answer.text[:200]))

    def test_names_that_the_document_does_not_know_are_refused(self):
        for operation in self.made():
            if resolved(operation.body["schema"]).get("additionalProperties") is not False:
                continue
            for name in ("fact", "", "__proto__", "emali", "x" * 1000):
                answer = self.ask(operation, {**operation.examples()[0][1], name: "x"})
                self.assertEqual(answer.status, 400, (operation.id, name))
                self.assertEqual(answer.json["code"], "web.unknown_name", (operation.id, name))

    def test_strange_values_in_addresses_are_found_nowhere(self):
        strange = ["", "..", "%00", "a/b", "\u00e9", "x" * 3000, "' or 1", "{id}",
                   "\U0001F600", "-1"]
        for operation in OPERATIONS.values():
            wanted = [one["name"] for one in operation.parameters
                      if one["in"] in ("path", "query")]
            for name in wanted:
                for value in strange:
                    answer = self.ask(operation, self.first_body(operation), {name: value})
                    about = (operation.id, name, value[:20], answer.status, answer.text[:200])
                    self.assertLess(answer.status, 500, about)
                    if answer.status >= 400:
                        self.hold_problem(answer, about)

    @staticmethod
    def first_body(operation):
        return operation.examples()[0][1]

    def test_lines_of_many_questions_may_all_be_bad(self):
        operation = OPERATIONS["checkMany"]
        lines = [text for _, text, kind in Maker("lines").spoilt({"facts": {"channel": "email"}})
                 if kind == "json" and text.strip() and "\n" not in text]
        answer = self.ask(operation, "\n".join(lines))
        self.hold(operation, answer)
        self.assertEqual(len(answer.text.splitlines()), len(lines))
        for line in answer.text.splitlines():
            self.assertIn(json.loads(line)["verdict"], ("error", "undetermined"), line[:200])

    def test_a_body_that_is_too_large_is_told(self):
        connection = self.server.connect()
        session = self.server.sessions.get("dpo") or self.server.log_in("dpo")
        connection.putrequest("POST", "/api/v1/check")
        for name, value in (("Content-Type", "application/json"), ("Content-Length", "99000000"),
                            ("Cookie", session["cookie"]), ("X-CSRF-Token", session["csrf"])):
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        problem = json.loads(response.read())
        connection.close()
        self.assertEqual((response.status, problem["code"]), (413, "http.body_too_large"))
        self.assertIn("413", OPERATIONS["check"].node["responses"])

    def test_without_a_session_every_operation_but_the_open_ones_wants_one(self):
        for operation in OPERATIONS.values():
            if operation.node["x-licet-rights"] == "public":
                continue
            answer = self.server.ask(operation.method, operation.address(),
                                     None if operation.media is None else "{}")
            self.assertEqual(answer.status, 401, operation.id)
            self.hold(operation, answer)


if __name__ == "__main__":
    unittest.main()
