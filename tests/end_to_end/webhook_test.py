# SPDX-License-Identifier: Apache-2.0
"""Goal: show that what a provider reports is an objection at once, that nothing it says permits
anything, and that those who asked to be told are told, whatever happens to them or to us.

Method: bodies as providers write them, taken from a file; a real HTTP server that refuses, hangs
and dies at first. Its signatures are checked by a second hand, in Python.
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import signal
import stat
import subprocess
import threading
import time
import unittest

from support import BAD_INPUT, LICET, MISSING_INPUT, UNREADABLE_ROWS, Desk, surroundings

TRY_AGAIN = 75
CAMILLE = "camille@example.com"
NUMBER = "+33639980123"


def brevo(event, **more):
    return json.dumps({"event": event, "email": CAMILLE, "ts_epoch": 1772445605000, **more})


class Webhooks(Desk):
    def add(self, *arguments):
        return self.done(self.licet("webhook", "add", *arguments, "--json")).json()

    def take(self, name, body, status=0):
        file = self.write("body", body)
        return self.done(self.licet("webhook", "take", file, "--from", name, "--json"),
                         status).json()

    def listed(self):
        return self.done(self.licet("webhook", "list", "--json")).json()

    def objections(self, address):
        told = self.done(self.licet("person", address, "--reason", "test", "--json")).json()
        return sorted((one["channel"], one["purpose"], one["attributes"]["reason"])
                      for one in told if one["kind"] == "objection")


class FromProviders(Webhooks):
    def test_nine_providers_are_known_and_say_what_is_verified(self):
        told = self.done(self.licet("webhook", "providers", "--json")).json()
        self.assertEqual(len(told), 9)
        self.assertTrue(all(one["proof"] for one in told))
        for lang in ("fr_FR.UTF-8", "en_US.UTF-8"):
            text = self.done(self.licet("webhook", "providers", lang=lang)).out
            self.assertNotIn("webhooks.", text)
            self.assertIn("Brevo", text)

    def test_an_unsubscription_is_an_objection_and_comes_once(self):
        self.add("brevo", "--name", "letter")
        self.assertEqual(self.take("letter", brevo("unsubscribed"))["events"], 2)
        self.assertEqual(self.objections(CAMILLE), [("email", "", "unsubscribe")])
        self.assertEqual(self.take("letter", brevo("unsubscribed"))["events"], 0)
        # The clock of the person was that of March: a consent since then would count.
        events = self.licet("person", CAMILLE, "--reason", "test", "--json").json()
        self.assertEqual({one["on"] for one in events}, {"2026-03-02"})

    def test_a_resubscription_lifts_nothing_and_is_shown(self):
        self.add("postmark", "--name", "letter")
        change = {"RecordType": "SubscriptionChange", "Recipient": CAMILLE,
                  "SuppressSending": True, "SuppressionReason": "ManualSuppression",
                  "ChangedAt": "2026-03-02T10:00:05Z"}
        self.take("letter", json.dumps(change))
        before = self.objections(CAMILLE)
        self.assertEqual(len(before), 1)
        self.take("letter", json.dumps({**change, "SuppressSending": False,
                                        "ChangedAt": "2026-04-02T10:00:05Z"}))
        self.assertEqual(self.objections(CAMILLE), before)
        self.assertEqual(self.listed()["from"][0]["reports"],
                         {"unsubscribe": 1, "resubscribe": 1})

    def test_a_stop_is_of_all_text_messages(self):
        self.add("ovh", "--name", "text")
        self.take("text", "receiver=0639980123")
        self.assertEqual(self.objections(NUMBER),
                         [("mms", "", "stop"), ("rcs", "", "stop"), ("sms", "", "stop")])

    def test_a_bounce_is_of_that_address_and_a_complaint_of_its_near_variants_too(self):
        self.add("brevo", "--name", "letter", "--purpose", "commercial")
        self.take("letter", brevo("hard_bounce"))
        self.assertEqual(self.objections(CAMILLE), [("email", "", "hard_bounce")])
        self.assertEqual(self.objections("camille+vin@example.com"), [])
        self.take("letter", brevo("spam"))
        self.assertIn(("email", "", "complaint"), self.objections("camille+vin@example.com"))

    def test_an_unknown_event_is_nothing_and_a_body_of_another_form_is_kept(self):
        self.add("brevo", "--name", "letter")
        self.assertEqual(self.take("letter", brevo("levitated"))["events"], 0)
        self.take("letter", "not what Brevo writes", UNREADABLE_ROWS)
        self.assertEqual(self.listed()["from"][0]["unreadable"], 1)
        again = self.licet("webhook", "replay", "--since", "2020-01-01", "--json")
        self.assertEqual(self.done(again, UNREADABLE_ROWS).json()["requests"], 2)

    def test_no_address_is_in_what_is_on_disk(self):
        self.add("brevo", "--name", "letter")
        self.take("letter", brevo("unsubscribed"))
        for path in self.workspace.rglob("*"):
            if path.is_file():
                self.assertNotIn(CAMILLE.encode(), path.read_bytes(), path)
        for name in ("webhooks.toml", "webhooks.db"):
            self.assertEqual(stat.S_IMODE((self.workspace / name).stat().st_mode), 0o600)


class Configuration(Webhooks):
    def test_what_is_added_is_told_once_and_not_twice(self):
        told = self.add("mailjet", "--name", "letter", "--brand", "north")
        self.assertRegex(told["path"], "^/webhooks/[0-9a-f]{64}$")
        self.assertRegex(told["secret"], "^licet:[0-9a-f]{48}$")
        self.done(self.licet("webhook", "add", "brevo", "--name", "letter"), BAD_INPUT)
        shown = self.licet("webhook", "list").out
        self.assertNotIn(told["secret"], shown)
        self.assertNotIn(told["path"].rsplit("/", 1)[1], shown)

    def test_what_a_provider_needs_is_asked_for_and_nothing_is_half_written(self):
        for arguments in (("twilio",), ("ses",), ("ses", "--arn", "arn:aws:sns:x:1:t"),
                          ("sendgrid", "--secret-file", "nowhere"), ("bravo",), (),
                          ("brevo", "--to", "https://crm.example/"), ("brevo", "--name", "A B"),
                          ("brevo", "--purpose", "No path"), ("brevo", "--channel", "smoke")):
            self.done(self.licet("webhook", "add", *arguments), BAD_INPUT)
        self.assertFalse((self.workspace / "webhooks.toml").exists())

    def test_faults_of_the_file_have_line_and_column_in_both_languages(self):
        path = self.workspace / "webhooks.toml"
        path.write_text('[from.letter]\nprovider = "brevo"\ntoken = "short"\ncolour = "red"\n')
        path.chmod(0o600)
        for lang in ("fr_FR.UTF-8", "en_US.UTF-8"):
            answer = self.done(self.licet("webhook", "add", "ovh", lang=lang), BAD_INPUT)
            for place in ("webhooks.toml:2:", "webhooks.toml:3:", "webhooks.toml:4:"):
                self.assertIn(place, answer.err)

    def test_a_file_that_others_can_read_is_refused(self):
        self.add("brevo")
        (self.workspace / "webhooks.toml").chmod(0o644)
        self.done(self.licet("webhook", "list"), BAD_INPUT)

    def test_an_unknown_endpoint_is_missing(self):
        file = self.write("body", brevo("spam"))
        self.done(self.licet("webhook", "take", file, "--from", "nobody"), MISSING_INPUT)


class Receiver(http.server.ThreadingHTTPServer):
    """A receiver that answers as it is told and remembers what it took."""
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.answers = []
        self.taken = []
        self.seen = threading.Event()
        self.hangs = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/hooks?from=licet"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seen.set()
        if self.server.hangs:
            time.sleep(60)
        status = self.server.answers.pop(0) if self.server.answers else 204
        if 200 <= status < 300:
            self.server.taken.append((dict(self.headers), body, self.path))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


class ToOthers(Webhooks):
    def setUp(self):
        super().setUp()
        self.receiver = self.receiver_at()
        told = self.add("--name", "crm", "--to", self.receiver.url())
        self.secret = base64.b64decode(told["secret"].removeprefix("whsec_"))
        self.send()

    def receiver_at(self, port=0):
        receiver = Receiver(port)
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        return receiver

    def send(self, status=0):
        return self.done(self.licet("webhook", "send", "--json"), status).json()

    def suppress(self, *addresses):
        for address in addresses:
            self.done(self.licet("suppress", address, "--channel", "email"))

    def numbers(self):
        return [int(json.loads(body)["sequence"]) for _, body, _ in self.receiver.taken]

    def test_an_objection_is_told_signed_and_names_nobody(self):
        self.suppress(CAMILLE)
        done = self.send()
        self.assertEqual(done["made"], done["taken"])
        headers, body, path = self.receiver.taken[0]
        headers = {name.lower(): value for name, value in headers.items()}
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        code = base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
        self.assertEqual(headers["webhook-signature"], "v1," + code)
        self.assertLess(abs(time.time() - int(headers["webhook-timestamp"])), 60)
        self.assertEqual(path, "/hooks?from=licet")
        told = json.loads(body)
        self.assertEqual(told["specversion"], "1.0")
        self.assertEqual(told["type"], "eu.licet.objection.recorded.v1")
        self.assertEqual(told["id"], headers["webhook-id"])
        self.assertEqual(told["data"]["channel"], "email")
        self.assertRegex(told["subject"], "^[0-9a-f]{32}$")
        self.assertNotIn("camille", body.decode())
        self.assertEqual(self.send(), {"made": 0, "taken": 0, "failed": 0, "given_up": 0})

    def test_a_receiver_that_fails_at_first_gets_everything_in_order(self):
        self.receiver.answers = [404, 404]
        self.suppress(CAMILLE, "leo@example.org")
        self.assertGreater(self.send(TRY_AGAIN)["failed"], 0)
        until = time.monotonic() + 30
        while self.listed()["to"][0]["waiting"] > 0 and time.monotonic() < until:
            time.sleep(1)
            self.licet("webhook", "send")
        numbers = self.numbers()
        last = self.listed()["to"][0]["last"]
        self.assertEqual(sorted(numbers), list(range(1, last + 1)))
        by_person = {}
        for _, body, _ in self.receiver.taken:
            told = json.loads(body)
            by_person.setdefault(told.get("subject"), []).append(int(told["sequence"]))
        for order in by_person.values():
            self.assertEqual(order, sorted(order))

    def test_a_receiver_that_is_down_rests_and_a_replay_wakes_it(self):
        port = self.receiver.server_address[1]
        self.receiver.shutdown()
        self.receiver.server_close()
        self.suppress(CAMILLE)
        self.send(TRY_AGAIN)
        told = self.listed()["to"][0]
        self.assertTrue(told["rests"])
        self.assertGreater(told["waiting"], 0)
        self.receiver = self.receiver_at(port)
        self.assertEqual(self.send()["taken"], 0)
        self.done(self.licet("webhook", "replay", "--to", "crm", "--number", "1"))
        self.send()
        self.assertEqual(self.numbers(), list(range(1, told["last"] + 1)))

    def test_a_replay_sends_again_from_a_number_on(self):
        self.suppress(CAMILLE, "leo@example.org", "eva@example.net")
        self.send()
        first = dict((int(json.loads(body)["sequence"]), body)
                     for _, body, _ in self.receiver.taken)
        self.receiver.taken.clear()
        self.done(self.licet("webhook", "replay", "--to", "crm", "--number", "2"))
        self.send()
        self.assertEqual(sorted(self.numbers()), sorted(number for number in first if number > 1))
        for _, body, _ in self.receiver.taken:
            self.assertEqual(body, first[int(json.loads(body)["sequence"])])
        self.done(self.licet("webhook", "replay", "--to", "nobody", "--number", "2"),
                  MISSING_INPUT)
        self.done(self.licet("webhook", "replay", "--to", "crm", "--number", "x"), BAD_INPUT)

    def test_nothing_is_lost_when_we_are_killed_while_sending(self):
        self.suppress(CAMILLE, "leo@example.org")
        self.receiver.hangs = True
        process = subprocess.Popen(
            [LICET, "--workspace", str(self.workspace), "webhook", "send"], env=surroundings(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.assertTrue(self.receiver.seen.wait(60))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.receiver.hangs = False
        self.send()
        last = self.listed()["to"][0]["last"]
        self.assertGreater(last, 1)
        self.assertEqual(sorted(set(self.numbers())), list(range(1, last + 1)))


if __name__ == "__main__":
    unittest.main()
