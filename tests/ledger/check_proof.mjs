// SPDX-License-Identifier: Apache-2.0
//
// Checks a proof of the ledger with nothing of licet: written from docs/ledger-format.md and the
// C2SP specifications, in another language, on another cryptographic library.
//
//     node check_proof.mjs FOLDER EVENT          the three files that `licet ledger prove` writes
//     node check_proof.mjs --consistency KEPT FILE VKEYFILE     of `licet ledger consistency`
//     node check_proof.mjs --log FOLDER VKEY     the files that `licet ledger publish` writes
//     node check_proof.mjs --certificate FILE VKEYFILE [LIST]     what `licet screen` gives
//
// Prints what it found and exits with 0, or says what does not fit and exits with 1.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), crypto.createHash('sha256')).digest();
const byte = (value) => Buffer.from([value]);
const be32 = (value) => { const out = Buffer.alloc(4); out.writeUInt32BE(value); return out; };
const be64 = (value) => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(value));
  return out;
};
const fail = (why) => { console.error(why); process.exit(1); };

// There is one writing of bytes; another one is not what was signed.
const bytesOf = (base64) => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) fail(`no base64: ${base64}`);
  return bytes;
};

const leafHash = (entry) => sha256(byte(0), entry);
const nodeHash = (left, right) => sha256(byte(1), left, right);

// RFC 6962, 2.1: the definition, for lists that fit in memory.
function treeHash(hashes) {
  if (hashes.length === 0) return sha256(Buffer.alloc(0));
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)));
}

// RFC 9162, 2.1.3.2.
function rootOfProof(leaf, index, size, proof) {
  if (index >= size) return null;
  let place = index, last = size - 1n, hash = leaf;
  for (const other of proof) {
    if (last === 0n) return null;
    if (place % 2n === 1n || place === last) {
      hash = nodeHash(other, hash);
      while (place % 2n === 0n && place !== 0n) { place /= 2n; last /= 2n; }
    } else {
      hash = nodeHash(hash, other);
    }
    place /= 2n;
    last /= 2n;
  }
  return last === 0n ? hash : null;
}

// C2SP signed-note and tlog-cosignature: a text that one key signed twice, the second time with the
// time.
function signedTextOf(note, vkey) {
  // Base64 may hold a plus sign too: only the first two separate.
  const [origin, , ...key64] = vkey.trim().split('+');
  const typed = bytesOf(key64.join('+'));
  const key = typed.subarray(1);
  const publicKey = crypto.createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]),
    format: 'der', type: 'spki' });
  const gap = note.lastIndexOf('\n\n');
  const body = note.slice(0, gap + 1);
  let signatures = 0, time = null;
  for (const line of note.slice(gap + 2).split('\n').filter((one) => one !== '')) {
    const [dash, name, base64] = line.split(' ');
    const bytes = bytesOf(base64);
    if (dash !== '\u2014' || name !== origin) continue;
    const idOf = (type) => sha256(origin, '\n', byte(type), key).subarray(0, 4);
    const id = bytes.subarray(0, 4);
    if (id.equals(idOf(1))) {
      if (!crypto.verify(null, Buffer.from(body), publicKey, bytes.subarray(4)))
        fail('the signature does not fit');
      ++signatures;
    } else if (id.equals(idOf(4))) {
      time = bytes.readBigUInt64BE(4);
      const text = `cosignature/v1\ntime ${time}\n${body}`;
      if (!crypto.verify(null, Buffer.from(text), publicKey, bytes.subarray(12)))
        fail('the signature of the time does not fit');
      ++signatures;
    }
  }
  if (signatures !== 2) fail('the text is not signed');
  return { origin, body, time };
}

// C2SP tlog-checkpoint.
function checkpointOf(note, vkey) {
  const { origin, body, time } = signedTextOf(note, vkey);
  const lines = body.split('\n');
  if (lines[0] !== origin) fail(`the checkpoint is of ${lines[0]}, not of ${origin}`);
  return { origin, size: BigInt(lines[1]), root: bytesOf(lines[2]), time };
}

// docs/ledger-format.md, section 14.
function checkCertificate(file, vkey, list) {
  const { origin, body, time } = signedTextOf(fs.readFileSync(file, 'utf8'), vkey);
  const [header, line, end] = body.split('\n');
  if (header !== 'licet-certificate-1' || end !== '') fail('not a certificate');
  const said = JSON.parse(line);
  const sorted = (value) => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
  };
  if (JSON.stringify(sorted(said)) !== line) fail('another writing of the same');
  if (said.ledger.origin !== origin) fail('the certificate is of another ledger');
  const made = new Date(Number(time) * 1000).toISOString().replace('.000Z', 'Z');
  if (said.made_at !== made) fail('the time is not the one that was signed');
  const dayAfter = (day, count) =>
    new Date(Date.parse(day) + count * 86400000).toISOString().slice(0, 10);
  const until = [said.made_at, said.decided_for].map((text) => dayAfter(text.slice(0, 10), 31))
    .concat(said.changes.map((change) => change.on)).sort()[0];
  if (said.until !== until) fail('the last day does not follow from the rest');
  let found = '';
  if (list !== undefined) {
    const digest = sha256(fs.readFileSync(list)).toString('hex');
    const result = said.results.find((one) => one.sha256 === digest);
    if (result === undefined) fail('another list');
    found = `${result.file}, `;
  }
  console.log(`${found}screened for ${said.at}, serves until ${until}, by ${origin}, ` +
    `signed ${made}`);
}

function checkEvent(folder, event) {
  const opening = JSON.parse(fs.readFileSync(path.join(folder, `${event}.json`), 'utf8'));
  const bytes = Buffer.from(opening.bytes, 'hex');
  const commitment = sha256(byte(0), Buffer.from(opening.blind, 'hex'), bytes);
  const entry = Buffer.concat([byte(2), be32(opening.partition), be64(opening.sequence),
    commitment, Buffer.from(opening.sealed_sha256, 'hex')]);
  const text = fs.readFileSync(path.join(folder, `${event}.tlog-proof`), 'utf8');
  const lines = text.split('\n');
  if (lines[0] !== 'c2sp.org/tlog-proof@v1') fail('not a proof');
  const index = BigInt(lines[1].slice('index '.length));
  const end = lines.indexOf('');
  const proof = lines.slice(2, end).map(bytesOf);
  const note = lines.slice(end + 1).join('\n');
  const checkpoint =
    checkpointOf(note, fs.readFileSync(path.join(folder, 'signing.vkey'), 'utf8'));
  const root = rootOfProof(leafHash(entry), index, checkpoint.size, proof);
  if (!root || !root.equals(checkpoint.root)) fail('the event is not under this checkpoint');
  // The bytes say the same as the words beside them (docs/ledger-format.md, section 3).
  if (bytes.subarray(2, 18).toString('hex') !== opening.event.person) fail('another person');
  const day = new Date(bytes.readInt32BE(18) * 86400000).toISOString().slice(0, 10);
  if (day !== opening.event.on) fail('another day');
  console.log(`${opening.event.kind} of ${day} is entry ${index} of ${checkpoint.size} of ` +
    `${checkpoint.origin}, signed ${new Date(Number(checkpoint.time) * 1000).toISOString()}`);
}

// C2SP tlog-witness, the body of add-checkpoint; RFC 9162, 2.1.4.2.
function checkConsistency(kept, file, vkey) {
  const old = checkpointOf(fs.readFileSync(kept, 'utf8'), vkey);
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  if (lines[0] !== `old ${old.size}`) fail('a proof about another checkpoint');
  const end = lines.indexOf('');
  const proof = lines.slice(1, end).map(bytesOf);
  const now = checkpointOf(lines.slice(end + 1).join('\n'), vkey);
  if (old.size > now.size || old.size === 0n) fail('nothing to compare');
  if (old.size === now.size) {
    if (proof.length > 0 || !old.root.equals(now.root)) fail('another log of the same size');
  } else {
    const isWhole = (old.size & (old.size - 1n)) === 0n;
    const path = isWhole ? [old.root, ...proof] : proof;
    let place = old.size - 1n, last = now.size - 1n;
    while (place % 2n === 1n) { place /= 2n; last /= 2n; }
    let [before, after] = [path[0], path[0]];
    for (const other of path.slice(1)) {
      if (last === 0n) fail('the proof is too long');
      if (place % 2n === 1n || place === last) {
        before = nodeHash(other, before);
        after = nodeHash(other, after);
        while (place % 2n === 0n && place !== 0n) { place /= 2n; last /= 2n; }
      } else {
        after = nodeHash(after, other);
      }
      place /= 2n;
      last /= 2n;
    }
    if (last !== 0n || !before.equals(old.root) || !after.equals(now.root))
      fail('the log does not go on from this checkpoint');
  }
  console.log(`${now.size} entries of ${now.origin} begin with the ${old.size} of before`);
}

// C2SP tlog-tiles.
function tilePath(place, width) {
  let out = String(place % 1000).padStart(3, '0');
  for (let rest = Math.floor(place / 1000); rest > 0; rest = Math.floor(rest / 1000))
    out = `x${String(rest % 1000).padStart(3, '0')}/${out}`;
  return width < 256 ? `${out}.p/${width}` : out;
}

function checkLog(folder, vkey) {
  const checkpoint = checkpointOf(fs.readFileSync(path.join(folder, 'checkpoint'), 'utf8'), vkey);
  const size = Number(checkpoint.size);
  const leaves = [];
  for (let place = 0; place * 256 < size; ++place) {
    const width = Math.min(256, size - place * 256);
    const bundle = fs.readFileSync(path.join(folder, 'tile/entries', tilePath(place, width)));
    const tile = fs.readFileSync(path.join(folder, 'tile/0', tilePath(place, width)));
    let at = 0;
    for (let i = 0; i < width; ++i) {
      const length = bundle.readUInt16BE(at);
      const leaf = leafHash(bundle.subarray(at + 2, at + 2 + length));
      if (!leaf.equals(tile.subarray(i * 32, i * 32 + 32))) fail(`entry ${place * 256 + i}`);
      leaves.push(leaf);
      at += 2 + length;
    }
    if (at !== bundle.length) fail(`bundle ${place} is too long`);
  }
  if (!treeHash(leaves).equals(checkpoint.root)) fail('the tree is not that of the checkpoint');
  let row = leaves;
  for (let level = 1; row.length >= 256; ++level) {
    const above = [];
    for (let i = 0; i + 256 <= row.length; i += 256) above.push(treeHash(row.slice(i, i + 256)));
    for (let place = 0; place * 256 < above.length; ++place) {
      const width = Math.min(256, above.length - place * 256);
      const tile = fs.readFileSync(path.join(folder, `tile/${level}`, tilePath(place, width)));
      if (!Buffer.concat(above.slice(place * 256, place * 256 + width)).equals(tile))
        fail(`tile ${place} of level ${level}`);
    }
    row = above;
  }
  console.log(`${size} entries of ${checkpoint.origin}`);
}

const [first, second, third, fourth] = process.argv.slice(2);
if (first === '--log') checkLog(second, third);
else if (first === '--consistency')
  checkConsistency(second, third, fs.readFileSync(fourth, 'utf8'));
else if (first === '--certificate')
  checkCertificate(second, fs.readFileSync(third, 'utf8'), fourth);
else checkEvent(first, second);
