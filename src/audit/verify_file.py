#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the file for the authority, with Python's standard library alone and no network.

    cd evidence && python3 -B verify.py

    SHA256SUMS       every file is there, unchanged, and no other
    proof/leaves     their tree has the root that proof/checkpoint states (RFC 6962)
    */*.jsonl        each event has the leaf of its place in the log, and says what its words say

The two signatures are openssl's matter: README has the commands. Written from
docs/ledger-format.md, sections 3 to 7, and knows nothing else of licet.
"""
import base64
import datetime
import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
UNLISTED = {'SHA256SUMS', 'SHA256SUMS.sig'}
KINDS = ('', 'collected', 'informed', 'consent_given', 'consent_refused', 'consent_withdrawn',
         'objection', 'interaction', 'contacted', 'call_attempt', 'callback_requested', 'verdict',
         'erased', 'notice_published', 'double_opt_in', 'certificate_issued', 'import_undone',
         'register_checked', 'administered', 'paused', 'request', 'processor_acknowledged',
         'audit_answered', 'processor', 'breach', 'complaint', 'label', 'site_choice',
         'site_visit', 'partner_list')
DER_OF_ED25519 = bytes.fromhex('302a300506032b6570032100')


def sha256(*parts):
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


class Fault(Exception):
    """What does not fit."""


def check_sums():
    """Holds every file to its line, and the folder to the list."""
    named = {}
    for line in (HERE / 'SHA256SUMS').read_text(encoding='utf-8').splitlines():
        named[line[66:]] = line[:64]
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob('*') if path.is_file()}
    for path in sorted(there - UNLISTED - set(named)):
        raise Fault(f'{path}: not in SHA256SUMS')
    for path, digest in named.items():
        if path not in there:
            raise Fault(f'{path}: missing')
        if sha256((HERE / path).read_bytes()).hex() != digest:
            raise Fault(f'{path}: changed')
    return len(named)


def check_keys():
    """The public key and the signed text are each there twice: once for openssl."""
    origin, key_id, key = (HERE / 'proof/signing.vkey').read_text().strip().split('+', 2)
    raw = base64.b64decode(key)[1:]
    if sha256(origin.encode(), b'\n\x01', raw)[:4].hex() != key_id:
        raise Fault('proof/signing.vkey: the id is not that of the key')
    pem = (HERE / 'proof/signing.pem').read_text().splitlines()
    if base64.b64decode(''.join(pem[1:-1])) != DER_OF_ED25519 + raw:
        raise Fault('proof/signing.pem: another key than proof/signing.vkey')
    note = (HERE / 'proof/checkpoint').read_text(encoding='utf-8')
    body = (HERE / 'proof/checkpoint.body').read_text(encoding='utf-8')
    signature = base64.b64encode(bytes.fromhex(key_id) + (HERE / 'proof/checkpoint.sig')
                                 .read_bytes()).decode()
    if not note.startswith(body + '\n') or f' {signature}\n' not in note:
        raise Fault('proof/checkpoint: not the text or not the signature that openssl checks')
    lines = body.split('\n')
    if lines[0] != origin:
        raise Fault('proof/checkpoint: of another log')
    return int(lines[1]), base64.b64decode(lines[2])


def root_of(leaves):
    """RFC 6962, 2.1: the roots of full subtrees, from the left, joined from the right."""
    stack = []
    for place in range(0, len(leaves), 32):
        node, size = leaves[place:place + 32], 1
        while stack and stack[-1][1] == size:
            node, size = sha256(b'\x01', stack.pop()[0], node), size * 2
        stack.append((node, size))
    if not stack:
        return sha256()
    node = stack.pop()[0]
    while stack:
        node = sha256(b'\x01', stack.pop()[0], node)
    return node


class Reader:
    """Takes the parts of an event's bytes one after the other."""

    def __init__(self, content):
        self.content, self.at = content, 0

    def take(self, size):
        if self.at + size > len(self.content):
            raise Fault('the bytes of an event end too early')
        self.at += size
        return self.content[self.at - size:self.at]

    def number(self):
        value, shift = 0, 0
        while True:
            one = self.take(1)[0]
            value |= (one & 127) << shift
            if one < 128:
                return value
            shift += 7

    def signed(self, size):
        return int.from_bytes(self.take(size), 'big', signed=True)

    def text(self):
        return self.take(self.number()).decode('utf-8')


def words_of(content):
    """docs/ledger-format.md, section 3."""
    reader = Reader(content)
    if reader.take(1) != b'\x01':
        raise Fault('another version of event')
    kind = KINDS[reader.take(1)[0]]
    person = reader.take(16).hex()
    day = datetime.date(1970, 1, 1) + datetime.timedelta(days=reader.signed(4))
    words = {'kind': kind, 'person': person, 'on': day.isoformat(),
             'received_at': reader.signed(8)}
    reader.text()  # the tenant
    for name in ('channel', 'purpose', 'surface'):
        words[name] = reader.text()
    reader.text()  # the key
    words['attributes'] = {}
    for _ in range(reader.number()):
        name = reader.text()
        words['attributes'][name] = reader.text()
    if reader.at != len(content):
        raise Fault('the bytes of an event are too many')
    return words


def check_event(line, leaves):
    """docs/ledger-format.md, sections 5 and 6."""
    shown = json.loads(line)
    content = base64.b64decode(shown['bytes'], validate=True)
    commitment = sha256(b'\x00', base64.b64decode(shown['blind'], validate=True), content)
    entry = (b'\x02' + shown['partition'].to_bytes(4, 'big') + shown['sequence'].to_bytes(8, 'big')
             + commitment + base64.b64decode(shown['sealed_sha256'], validate=True))
    at = shown['index'] * 32
    if sha256(b'\x00', entry) != leaves[at:at + 32]:
        raise Fault('not the event that stands at this place of the log')
    if words_of(content) != shown['event']:
        raise Fault('its words say something else than its bytes')


def check_events(leaves):
    count = 0
    for path in sorted(HERE.glob('*/*.jsonl')):
        with open(path, encoding='utf-8') as lines:
            for number, line in enumerate(lines, 1):
                try:
                    check_event(line, leaves)
                except (Fault, ValueError, KeyError, IndexError) as fault:
                    raise Fault(f'{path.relative_to(HERE)}, line {number}: {fault}') from fault
                count += 1
    return count


def main():
    try:
        print(f'files: {check_sums()} as SHA256SUMS has them')
        size, root = check_keys()
        leaves = b''.join(path.read_bytes()
                          for path in sorted((HERE / 'proof/leaves').glob('*.bin')))
        if len(leaves) != size * 32:
            raise Fault(f'proof/leaves: {len(leaves) // 32} leaves, the checkpoint has {size}')
        if root_of(leaves) != root:
            raise Fault('proof/leaves: not the tree of the checkpoint')
        print(f'log: {size} entries under the root of proof/checkpoint')
        print(f'events: {check_events(leaves)} at their place in the log')
    except (Fault, OSError, ValueError) as fault:
        print(f'BAD {fault}', file=sys.stderr)
        return 1
    print('GOOD; now check the two signatures with openssl, as README says')
    return 0


if __name__ == '__main__':
    sys.exit(main())
