# SPDX-License-Identifier: Apache-2.0
"""Messages as people send them: what is found, what is added, and what is refused.

A corpus of messages, each with the findings that it must have; the second half is hostile. What
--fix writes must pass the check, and hold every byte of the original outside what was added.
"""
import base64
import json
import pathlib
import quopri
import shutil
import subprocess
import tempfile
import unittest

from support import BAD_INPUT, LICET

CAMPAIGN = """
channel = "email"
purpose = "commercial"
country = "fr"
[sender]
name = "Maison Verveine"
stop_contact = "stop@example.com"
unsubscribe = "https://example.com/stop?c=1&l=fr"
address = "1 rue des Tilleuls, 75000 Paris"
[list]
audience = "professional"
origin = "partner"
source = "Salon des plantes 2026"
"""
FROM = "From: Maison Verveine <contact@example.com>\r\nTo: a@example.org\r\n"
WAYS = ("List-Unsubscribe: <https://example.com/stop>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
FOOT = ("Maison Verveine, 1 rue des Tilleuls, 75000 Paris. Publicité. Source de vos données : "
        "Salon des plantes 2026. Vous pouvez vous opposer : ")
LINK = '<a href="https://example.com/stop">se désinscrire</a>'
PAGE = "<html><body><p>%s%s</p></body></html>" % (FOOT, LINK)
TEXT = FOOT + "se désinscrire https://example.com/stop\r\n"


def mail(subject="Nos offres", body=TEXT, head="", kind="text/plain", charset="utf-8",
         encoding="8bit", sender=FROM):
    """One part, in that charset and encoding."""
    data = body.encode(charset, "xmlcharrefreplace" if kind == "text/html" else "replace")
    if encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    top = "%sSubject: %s\r\nMIME-Version: 1.0\r\n%sContent-Type: %s; charset=%s\r\n" \
          "Content-Transfer-Encoding: %s\r\n\r\n" % (sender, subject, head, kind, charset, encoding)
    return top.encode() + data


def parts(kind, *bodies, head=""):
    """A message of several parts, each given with its own head."""
    out = "%sSubject: Nos offres\r\n%sMIME-Version: 1.0\r\n" \
          "Content-Type: multipart/%s; boundary=\"=_b\"\r\n\r\n" % (FROM, head, kind)
    for body in bodies:
        out += "--=_b\r\n" + body + "\r\n"
    return (out + "--=_b--\r\n").encode()


def part(kind, body):
    return "Content-Type: %s; charset=utf-8\r\n\r\n%s" % (kind, body)


PIXEL = '<img src="https://o.example.com/p?u=1" width="1" height="1">'
KEPT = {}
# name: (message, findings that are not kept)
CORPUS = {
    "all kept, text": (mail(head=WAYS), KEPT),
    "all kept, page": (mail(body=PAGE, kind="text/html", head=WAYS), KEPT),
    "all kept, latin-1": (mail(head=WAYS, charset="iso-8859-1"), KEPT),
    "all kept, quoted": (mail(head=WAYS, encoding="quoted-printable"), KEPT),
    "all kept, base64": (mail(body=PAGE, kind="text/html", head=WAYS, encoding="base64"), KEPT),
    "all kept, both": (parts("alternative", part("text/plain", TEXT), part("text/html", PAGE),
                             head=WAYS), KEPT),
    "only a link": (mail(), {"list_unsubscribe": "advice"}),
    "bare": (mail(body="Bonjour.\r\n", sender="From: x@example.com\r\n", subject="Bonjour"), {
        "sender": "broken", "optout": "broken", "stop_contact": "broken", "source": "broken",
        "object": "for_some", "advert": "for_some", "address": "advice",
        "list_unsubscribe": "advice"}),
    "fake answer": (mail("RE: votre projet, offre", head=WAYS), {"subject": "broken"}),
    "fake forward": (mail("TR : offre", head=WAYS), {"subject": "broken"}),
    "encoded fake answer": (mail("=?utf-8?q?RE=3A_offre?=", head=WAYS), {"subject": "broken"}),
    "true answer": (mail("RE: offre", head=WAYS + "In-Reply-To: <1@example.org>\r\n"), KEPT),
    "no prefix": (mail("Recette : nos offres", head=WAYS), KEPT),
    "empty subject": (mail("", head=WAYS), {"subject": "broken"}),
    "pretext": (mail("Votre facture", head=WAYS), {"subject": "broken"}),
    "pixel": (mail(body=PAGE.replace("</p>", PIXEL + "</p>"), kind="text/html", head=WAYS),
              {"pixel": "broken"}),
    "hidden pixel": (mail(body=PAGE.replace("</p>", '<div style="display:none">'
                                            '<img src="https://example.com/a.png"></div></p>'),
                          kind="text/html", head=WAYS), {"pixel": "broken"}),
    "pixel of a counter": (mail(body=PAGE.replace("</p>", '<img src="//x.list-manage.com/a" '
                                                  'width=90></p>'), kind="text/html", head=WAYS),
                           {"pixel": "broken", "third_party": "for_some"}),
    "foreign font": (mail(body=PAGE.replace("<body>", '<head><link rel=stylesheet href='
                                            '"https://fonts.example.org/f"></head><body>'),
                          kind="text/html", head=WAYS), {"third_party": "for_some"}),
    "own picture": (mail(body=PAGE.replace("</p>", '<img src="https://i.example.com/a" width=90>'),
                         kind="text/html", head=WAYS), KEPT),
    "hidden link": (mail(body=PAGE.replace(LINK, '<span style="display:none">' + LINK + "</span>"),
                         kind="text/html"), {"optout": "broken", "stop_contact": "broken",
                                             "list_unsubscribe": "advice"}),
    "link in the page alone": (parts("alternative", part("text/plain", FOOT),
                                     part("text/html", PAGE)),
                               {"optout": "broken", "stop_contact": "broken",
                                "list_unsubscribe": "advice"}),
    "http way": (mail(head=WAYS.replace("https:", "http:")), {"list_unsubscribe": "advice"}),
    "way without post": (mail(head=WAYS.split("\r\n")[0] + "\r\n"), {"list_unsubscribe": "advice"}),
    "reply stop": (mail(body=FOOT + "répondez STOP"), {"list_unsubscribe": "advice"}),
    "stop address": (mail(body=FOOT + "stop@example.com"), {"list_unsubscribe": "advice"}),
    "attached terms": (parts("mixed", part("text/plain", TEXT), "Content-Type: text/html\r\n"
                             "Content-Disposition: attachment\r\n\r\n" + PIXEL, head=WAYS), KEPT),
    "related": (parts("related", part("text/html", PAGE), "Content-Type: image/png\r\n"
                      "Content-Transfer-Encoding: base64\r\n\r\nAAAA", head=WAYS), KEPT),
    "mark of the program": (mail(body=PAGE.replace("https://example.com/stop", "{{unsubscribe}}"),
                                 kind="text/html"), {"list_unsubscribe": "advice"}),
    "line feeds alone": (mail(head=WAYS).replace(b"\r\n", b"\n"), KEPT),
    "no end of the parts": (parts("alternative", part("text/plain", TEXT), part("text/html", PAGE),
                                  head=WAYS).rsplit(b"--=_b--", 1)[0], KEPT),
    "wrong base64": (mail(head=WAYS, encoding="base64").replace(b"\r\nT", b"\r\n*T*"), None),
    "unknown charset": (mail(head=WAYS).replace(b"charset=utf-8", b"charset=x-none"), None),
}
SIGNED = parts("signed; protocol=\"application/pgp-signature\"", part("text/plain", TEXT),
               "\r\nsig")
REFUSED = {
    "signed": SIGNED,
    "encrypted": parts("encrypted", part("text/plain", TEXT)),
    "smime": mail(kind="application/pkcs7-mime"),
    "inline pgp": mail(body="-----BEGIN PGP MESSAGE-----\r\n"),
    "no text": mail(kind="image/png"),
    "nul": mail(body="a\0b"),
    "no head": b"Bonjour\r\n",
    "empty": b"",
    "bytes": bytes(range(256)) * 10,
    "too large": mail(body="x" * (65 << 20)),
}


class Message(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "c.toml").write_text(CAMPAIGN, encoding="utf-8")

    def run_check(self, data, *more, name="m.eml"):
        file = self.folder / name
        file.write_bytes(data)
        done = subprocess.run(
            [LICET, "--json", "--lang", "fr", "message", "check", str(file), "-c",
             str(self.folder / "c.toml"), "--at", "2026-11-26", *more],
            capture_output=True, timeout=120, check=False)
        answer = json.loads(done.stdout) if done.stdout else {}
        return done.returncode, answer, done.stderr.decode()

    @staticmethod
    def states(answer):
        return {one["id"]: one["state"] for one in answer["findings"] if one["state"] != "kept"}

    def test_each_message_has_its_findings(self):
        self.assertGreaterEqual(len(CORPUS), 25)
        for name, (data, expected) in CORPUS.items():
            with self.subTest(name):
                status, answer, errors = self.run_check(data)
                self.assertIn(status, (0, 1, 2), errors)
                if expected is None:
                    continue
                self.assertEqual(self.states(answer), expected)
                worst = set(expected.values())
                wanted = 1 if "broken" in worst else 2 if "for_some" in worst else 0
                self.assertEqual(status, wanted)
                for one in answer["findings"]:
                    if one["state"] in ("broken", "for_some"):
                        self.assertTrue(one["reasons"][0]["cites"], one)
                        self.assertTrue(one["remedy"], one)

    def test_what_is_added_mends_the_message_and_touches_nothing_else(self):
        by_hand = {"subject", "pixel", "third_party"}
        for name, (data, expected) in CORPUS.items():
            if not expected:
                continue
            with self.subTest(name):
                out = self.folder / "out.eml"
                status, answer, errors = self.run_check(data, "--fix", "-o", str(out))
                self.assertIn(status, (0, 1, 2), errors)
                self.assertLessEqual(set(self.states(answer)), by_hand)
                rest = iter(out.read_bytes())
                replaced = b"List-Unsubscribe" in data or b"base64" in data
                if not replaced:
                    self.assertTrue(all(byte in rest for byte in data), "a byte is gone")

    def test_what_cannot_be_read_is_refused_with_the_reason(self):
        for name, data in REFUSED.items():
            with self.subTest(name):
                status, answer, errors = self.run_check(data)
                self.assertEqual(status, BAD_INPUT, errors)
                self.assertEqual(answer, {})
                self.assertIn("m.eml", errors)
                self.assertNotIn("Verveine", errors)

    def test_what_can_be_looked_up_is_not_believed(self):
        (self.folder / "c.toml").write_text(
            CAMPAIGN + "[message]\nsender_identified = true\nrecognisable_ad = true\n")
        message = mail(body="Bonjour. " + LINK, kind="text/html",
                       sender="From: x@example.com\r\nTo: a@example.org\r\n")
        states = self.states(self.run_check(message)[1])
        self.assertEqual(states.get("sender"), "broken")
        # What is told by words alone may have been said in others.
        self.assertNotIn("advert", states)

    def test_a_dkim_signature_is_not_broken(self):
        data = b"DKIM-Signature: v=1; d=example.com\r\n" + mail(body="Bonjour")
        self.assertEqual(self.run_check(data)[0], 1)
        status, _, errors = self.run_check(data, "--fix")
        self.assertEqual(status, BAD_INPUT)
        self.assertIn("DKIM", errors)

    def test_fifty_megabytes_of_html_take_seconds(self):
        text = "<p>a<b>b</b> &eacute;</p>" * (50 * 1024 * 1024 // 25)
        data = mail(body="<html><body>" + text + "</body></html>", kind="text/html")
        status, answer, errors = self.run_check(data, "--fix", "-o", str(self.folder / "o.eml"))
        self.assertEqual(status, 0, errors)
        self.assertEqual(self.states(answer), {})

    def test_a_text_and_a_page_alone_can_be_checked(self):
        self.assertEqual(self.run_check(TEXT.encode(), name="m.txt")[0], 0)
        self.assertEqual(self.run_check(PAGE.encode(), name="m.html")[0], 0)
        status, answer, _ = self.run_check("Bonjour é".encode("cp1252"), "--fix", name="m.txt")
        self.assertEqual(status, 0)
        fixed = (self.folder / "m.fixed.txt").read_bytes()
        self.assertTrue(fixed.startswith("Bonjour é".encode("cp1252")))
        self.assertEqual(answer["file"], str(self.folder / "m.fixed.txt"))

    def test_a_page_is_completed(self):
        for page in ('<html lang="fr"><body><p>Bonjour</p></body></html>',
                     '<html lang="en"><body><p>Hello</p></body></html>', "<p>Bonjour"):
            status, answer, _ = self.run_check((page + " ").encode(), "--fix", name="m.html")
            self.assertEqual(status, 0, page)
            fixed = (self.folder / "m.fixed.html").read_text(encoding="utf-8")
            self.assertIn("https://example.com/stop", fixed)
            self.assertEqual(self.run_check(fixed.encode(), name="f.html")[0], 0, page)

    def test_what_a_link_is_for_may_stand_around_it(self):
        def optout(body):
            page = "<html><body><p>%s</p>%s</body></html>" % (FOOT, body)
            _, answer, _ = self.run_check(mail(body=page, kind="text/html"))
            return next(one for one in answer["findings"] if one["id"] == "optout")["value"]
        here = '<a href="https://example.com/s">%s</a>'
        for body in ("<p>To unsubscribe, free of charge: " + here % "click here" + "</p>",
                     "<p>" + here % "Cliquez ici" + " pour vous désinscrire</p>",
                     "<p>Achetez " + here % "ici" + ". Se désinscrire : " + here % "ici" + "</p>"):
            self.assertEqual(optout(body), "link", body)
        for body in ("<p>" + here % "Buy here" + ".</p><p>Unsubscribe by asking us.</p>",
                     "<p>" + here % "Achetez" + ". Pour vous désinscrire, écrivez-nous.</p>",
                     "<p>Pour vous désinscrire, écrivez-nous. Achetez " + here % "ici" + "</p>",
                     "<p>Se désinscrire par courrier ! Nos promotions : " + here % "là" + "</p>"):
            self.assertNotEqual(optout(body), "link", body)

    def test_what_the_campaign_does_not_say_is_asked_for(self):
        text = CAMPAIGN
        for key in ("stop_contact", "unsubscribe", "source"):
            text = "\n".join(line for line in text.splitlines() if not line.startswith(key))
        (self.folder / "c.toml").write_text(text, encoding="utf-8")
        status, answer, _ = self.run_check(mail(body="Bonjour"), "--fix")
        self.assertEqual(status, 1)
        self.assertEqual(len(answer["questions"]), 3, answer["questions"])

    def test_a_campaign_with_a_fault_is_told(self):
        for change, word in ((("name = \"Maison Verveine\"\n", ""), "name"),
                             (("country = \"fr\"\n", ""), "country"),
                             (("\"email\"", "\"sms\""), "channel"),
                             (("https://example.com/stop?c=1&l=fr", "example.com"), "https")):
            with self.subTest(word):
                (self.folder / "c.toml").write_text(CAMPAIGN.replace(*change), encoding="utf-8")
                status, _, errors = self.run_check(mail())
                self.assertEqual(status, BAD_INPUT)
                self.assertIn(word, errors)


if __name__ == "__main__":
    unittest.main()
