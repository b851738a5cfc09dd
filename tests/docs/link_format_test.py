# SPDX-License-Identifier: Apache-2.0
"""Goal: show that docs/link-format.md says enough to open a link without our code.

Method: a second reader, written from the document alone in the language's own library (ChaCha20 and
Poly1305 of RFC 8439, HChaCha20 of the XChaCha draft), opens and seals the vectors of the document.
"""
import base64
import hashlib
import pathlib
import re
import struct
import unittest

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "link-format.md"
KEY = bytes(range(32))
CONSTANTS = struct.unpack("<4L", b"expand 32-byte k")


def rotated(value, bits):
    value &= 0xFFFFFFFF
    return (value << bits | value >> (32 - bits)) & 0xFFFFFFFF


def rounds(state):
    x = list(state)

    def quarter(a, b, c, d):
        for one, other, third, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[one] = (x[one] + x[other]) & 0xFFFFFFFF
            x[third] = rotated(x[third] ^ x[one], bits)

    for _ in range(10):
        for i in range(4):
            quarter(i, i + 4, i + 8, i + 12)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return x


def hchacha20(key, nonce):
    x = rounds(CONSTANTS + struct.unpack("<8L", key) + struct.unpack("<4L", nonce))
    return struct.pack("<8L", *x[:4], *x[12:])


def block(key, counter, nonce):
    state = CONSTANTS + struct.unpack("<8L", key) + (counter,) + struct.unpack("<3L", nonce)
    return struct.pack("<16L", *((a + b) & 0xFFFFFFFF for a, b in zip(rounds(state), state)))


def poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at:at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def padded(data):
    return data + bytes(-len(data) % 16)


class Sealer:
    """XChaCha20-Poly1305 (IETF) with the nonce of the document."""

    def __init__(self, key):
        self.seal_key = hashlib.blake2b(b"licet/link-seal/1", key=key, digest_size=32).digest()
        self.nonce_key = hashlib.blake2b(b"licet/link-nonce/1", key=key, digest_size=32).digest()

    def nonce(self, head, content):
        return hashlib.blake2b(head + content, key=self.nonce_key, digest_size=24).digest()

    def crypt(self, nonce, data):
        key, rest = hchacha20(self.seal_key, nonce[:16]), bytes(4) + nonce[16:]
        stream = b"".join(block(key, 1 + i, rest) for i in range(len(data) // 64 + 1))
        return bytes(a ^ b for a, b in zip(data, stream)), block(key, 0, rest)[:32]

    def tag(self, poly_key, head, sealed):
        return poly1305(poly_key, padded(head) + padded(sealed)
                        + struct.pack("<QQ", len(head), len(sealed)))

    def opened(self, data):
        head, nonce, sealed, tag = data[:5], data[5:29], data[29:-16], data[-16:]
        content, poly_key = self.crypt(nonce, sealed)
        if tag != self.tag(poly_key, head, sealed) or nonce != self.nonce(head, content):
            raise ValueError("no link")
        return content

    def sealed(self, head, content):
        nonce = self.nonce(head, content)
        sealed, poly_key = self.crypt(nonce, content)
        return head + nonce + sealed + self.tag(poly_key, head, sealed)


def fields(content):
    kind, day, valid, strict, loose = struct.unpack(">BHH16sB", content[:22])
    rest = content[22:]
    tokens = [rest[16 * i:16 * i + 16] for i in range(loose)]
    rest = rest[16 * loose:]
    texts = []
    while rest:
        texts.append(rest[1:1 + rest[0]].decode())
        rest = rest[1 + rest[0]:]
    return kind, day, valid, strict, tokens, texts


class LinkFormat(unittest.TestCase):
    def setUp(self):
        self.document = DOCUMENT.read_text(encoding="utf-8")
        texts = re.findall(r"\| `([A-Za-z0-9_-]{80,})` \|", self.document)
        self.links = [base64.urlsafe_b64decode(one + "=" * (-len(one) % 4)) for one in texts]
        self.assertEqual(len(self.links), 3)

    def test_the_number_of_the_key_is_that_of_the_document(self):
        number = hashlib.sha256(b"licet/link-key-id/1\0" + KEY).hexdigest()[:8]
        self.assertIn(f"`{number}`", self.document)
        self.assertEqual({one[1:5].hex() for one in self.links}, {number})

    def test_the_vectors_open_as_they_are_described(self):
        day = 20514  # 2026-03-02
        scope = ["", "email", "commercial.newsletter"]
        strict = b"\xa1" * 16
        self.assertEqual([fields(Sealer(KEY).opened(one)) for one in self.links], [
            (1, day, 0, strict, [b"\xb2" * 16], scope + ["spring-2026", ""]),
            (3, day, 7, strict, [], scope + ["", "feab2dde875cb82e"]),
            (2, day, 0, strict, [], [""] * 5)])

    def test_what_was_opened_is_sealed_to_the_same_bytes(self):
        sealer = Sealer(KEY)
        for link in self.links:
            self.assertEqual(sealer.sealed(link[:5], sealer.opened(link)), link)

    def test_a_changed_byte_opens_nothing(self):
        link = self.links[0]
        for place in range(0, len(link), 7):
            changed = link[:place] + bytes([link[place] ^ 1]) + link[place + 1:]
            with self.assertRaises((ValueError, UnicodeDecodeError)):
                Sealer(KEY).opened(changed)


if __name__ == "__main__":
    unittest.main()
