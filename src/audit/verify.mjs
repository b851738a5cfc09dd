// SPDX-License-Identifier: Apache-2.0
//
// Checks the archive of `licet evidence person` with nothing of licet: from docs/ledger-format.md,
// sections 3 to 7, and the C2SP specifications. It runs in the page verify.html, which asks nothing
// of any network, and in Node.
//
//     files (path -> bytes) ──► findings: [{ about, state: good | bad | unchecked, what }]
//
// `what` is the id of a text and `values` what stands in it; nothing here speaks a language.

const bytesOfText = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const joined = (...parts) => {
    const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) { out.set(part, at); at += part.length; }
    return out;
};
const sameBytes = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

class Fault extends Error {}
const refuse = (why) => { throw new Fault(why); };

function bytesOfHex(text) {
    if (!/^([0-9a-f]{2})*$/.test(text)) refuse('form');
    return Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
}
// There is one writing of bytes; another one is not what was signed.
function bytesOfBase64(text) {
    let raw = '';
    try { raw = atob(text); } catch { refuse('form'); }
    if (btoa(raw) !== text) refuse('form');
    return Uint8Array.from(raw, (one) => one.charCodeAt(0));
}
function bigEndian(value, size) {
    const out = new Uint8Array(size);
    for (let rest = BigInt(value), i = size - 1; i >= 0; --i, rest >>= 8n)
        out[i] = Number(rest & 255n);
    return out;
}
const numberOf = (bytes) => bytes.reduce((value, byte) => value << 8n | BigInt(byte), 0n);

const sha256 = async (...parts) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
const byte = (value) => Uint8Array.of(value);

// ---- docs/ledger-format.md, section 3 -----------------------------------------------------------
const kinds = ['', 'collected', 'informed', 'consent_given', 'consent_refused', 'consent_withdrawn',
    'objection', 'interaction', 'contacted', 'call_attempt', 'callback_requested', 'verdict',
    'erased', 'notice_published', 'double_opt_in'];

export function eventOf(bytes) {
    let at = 0;
    const take = (size) => {
        if (at + size > bytes.length) refuse('event_form');
        at += size;
        return bytes.subarray(at - size, at);
    };
    const number = () => {
        for (let shift = 0, value = 0; shift < 35; shift += 7) {
            const [one] = take(1);
            value += (one & 127) * 2 ** shift;
            if (one < 128) return value;
        }
        return refuse('event_form');
    };
    const text = () => textOf(take(number()));
    const signed = (size) => Number(BigInt.asIntN(size * 8, numberOf(take(size))));
    if (take(1)[0] !== 1) refuse('event_form');
    const kind = kinds[take(1)[0]] || refuse('event_form');
    const person = hexOf(take(16));
    const on = new Date(signed(4) * 86400000).toISOString().slice(0, 10);
    const received_at = signed(8);
    text();  // the tenant
    const event = { kind, on, received_at, person, channel: text(), purpose: text(),
        surface: text() };
    text();  // the key
    const attributes = {};
    for (let left = number(); left > 0; --left) { const name = text(); attributes[name] = text(); }
    if (at !== bytes.length) refuse('event_form');
    return { ...event, attributes };
}

const plain = (value) => Array.isArray(value) || value === null || typeof value !== 'object'
    ? JSON.stringify(value)
    : `{${Object.keys(value).sort().map(
        (name) => `${JSON.stringify(name)}:${plain(value[name])}`)}}`;

// ---- the log: RFC 9162 2.1.3.2; C2SP signed-note, tlog-checkpoint, tlog-cosignature -------------
async function rootOfProof(leaf, index, size, proof) {
    if (index >= size) return null;
    let place = index, last = size - 1n, hash = leaf;
    for (const other of proof) {
        if (last === 0n) return null;
        if (place % 2n === 1n || place === last) {
            hash = await sha256(byte(1), other, hash);
            while (place % 2n === 0n && place !== 0n) { place /= 2n; last /= 2n; }
        } else {
            hash = await sha256(byte(1), hash, other);
        }
        place /= 2n;
        last /= 2n;
    }
    return last === 0n ? hash : null;
}

/// Gives what a checkpoint says and whether its signatures fit: true, false, or null where this
/// browser knows no Ed25519.
export async function checkpointOf(note, vkey) {
    const [origin, id, ...key64] = vkey.trim().split('+');
    const typed = bytesOfBase64(key64.join('+'));
    if (typed[0] !== 1 || typed.length !== 33) refuse('key');
    const raw = typed.subarray(1);
    const gap = note.lastIndexOf('\n\n');
    const body = note.slice(0, gap + 1);
    const lines = body.split('\n');
    if (gap < 0 || lines[0] !== origin || !/^[0-9]+$/.test(lines[1] ?? '')) refuse('note');
    let key = null;
    try {
        key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
    } catch { /* an older browser */ }
    const idOf = async (type) =>
        (await sha256(bytesOfText(`${origin}\n`), byte(type), raw)).subarray(0, 4);
    const fits = async (text, signature) =>
        key === null ? null
            : crypto.subtle.verify({ name: 'Ed25519' }, key, signature, bytesOfText(text));
    const found =
        { origin, id, size: BigInt(lines[1]), root: bytesOfBase64(lines[2]), time: null };
    const signatures = [];
    for (const line of note.slice(gap + 2).split('\n').filter((one) => one !== '')) {
        const [dash, name, base64] = line.split(' ');
        if (dash !== '\u2014' || name !== origin) continue;
        const bytes = bytesOfBase64(base64);
        const four = bytes.subarray(0, 4);
        if (sameBytes(four, await idOf(1))) {
            signatures.push(await fits(body, bytes.subarray(4)));
        } else if (sameBytes(four, await idOf(4))) {
            found.time = Number(numberOf(bytes.subarray(4, 12)));
            signatures.push(await fits(`cosignature/v1\ntime ${found.time}\n${body}`,
                bytes.subarray(12)));
        }
    }
    const is_signed = signatures.length === 2 && !signatures.includes(false);
    return { ...found, is_signed: !is_signed ? false : key === null ? null : true };
}

async function checkEvent(opening, proof, note, checkpoint) {
    const bytes = bytesOfHex(opening.bytes);
    const commitment = await sha256(byte(0), bytesOfHex(opening.blind), bytes);
    const entry = joined(byte(2), bigEndian(opening.partition, 4), bigEndian(opening.sequence, 8),
        commitment, bytesOfHex(opening.sealed_sha256));
    const lines = proof.split('\n');
    const end = lines.indexOf('');
    if (lines[0] !== 'c2sp.org/tlog-proof@v1' || !/^index [0-9]+$/.test(lines[1]) || end < 0)
        refuse('form');
    if (lines.slice(end + 1).join('\n') !== note) refuse('other_checkpoint');
    const index = BigInt(lines[1].slice('index '.length));
    const root = await rootOfProof(await sha256(byte(0), entry), index, checkpoint.size,
        lines.slice(2, end).map(bytesOfBase64));
    if (root === null || !sameBytes(root, checkpoint.root)) refuse('not_in_log');
    const event = eventOf(bytes);
    if (plain(event) !== plain(opening.event)) refuse('other_words');
    return { ...event, id: `${opening.partition}-${opening.sequence}`, index };
}

// ---- the archive --------------------------------------------------------------------------------
class Findings {
    all = [];
    add(state, about, what, values = {}) {
        if (!this.all.some((one) => one.about === about && one.what === what))
            this.all.push({ state, about, what, values });
    }
    /// Runs one check; what it refuses is a finding too.
    async of(about, work) {
        try {
            return await work();
        } catch (problem) {
            this.add('bad', about, problem instanceof Fault ? problem.message : 'form');
            return null;
        }
    }
}

function needed(files, path) {
    if (!files.has(path)) refuse('missing');
    return files.get(path);
}

async function checkSums(files, findings) {
    const sums = textOf(needed(files, 'SHA256SUMS'));
    const named = new Set(['SHA256SUMS', 'verify.html']);
    let fitting = 0;
    for (const line of sums.split('\n').filter((one) => one !== '')) {
        const path = line.slice(66);
        named.add(path);
        if (path === 'verify.html' && !files.has(path)) continue;
        if (!files.has(path)) findings.add('bad', path, 'missing');
        else if (hexOf(await sha256(files.get(path))) !== line.slice(0, 64))
            findings.add('bad', path, 'changed');
        else ++fitting;
    }
    for (const path of files.keys()) if (!named.has(path)) findings.add('bad', path, 'added');
    findings.add('good', 'SHA256SUMS', 'sums', { count: fitting });
}

async function checkRecord(files, events, findings) {
    const record = JSON.parse(textOf(needed(files, 'record.json')));
    const proved = new Map(events.map((one) => [one.id, one]));
    for (const told of record.events) {
        const one = proved.get(told.id);
        const { id, index, ...event } = one ?? {};
        const { id: sameId, ...said } = told;
        if (!one) findings.add('bad', told.id, 'unproved');
        else if (plain(said) !== plain(event)) findings.add('bad', told.id, 'other_record');
    }
    const told = new Set(record.events.map((one) => one.id));
    const ofNobody = (one) => one.kind === 'notice_published';
    for (const one of events)
        if (!told.has(one.id) && !ofNobody(one)) findings.add('bad', one.id, 'untold');
    findings.add('good', 'record.json', 'record', { count: record.events.length });
}

async function checkNotices(files, events, findings) {
    const texts = new Map([...files].filter(([path]) => path.startsWith('notice/')).map(
        ([path, bytes]) => [path.slice('notice/'.length).split('.')[0], { path, bytes }]));
    const published = new Map(events.filter((one) => one.kind === 'notice_published').map(
        (one) => [one.attributes.sha256, one]));
    for (const [digest, { path, bytes }] of texts) {
        if (hexOf(await sha256(bytes)) !== digest) findings.add('bad', path, 'changed');
        else if (!published.has(digest)) findings.add('bad', path, 'unpublished');
        else findings.add('good', path, 'notice', { day: published.get(digest).on });
    }
    for (const one of events)
        if (one.attributes.notice && !texts.has(one.attributes.notice))
            findings.add('bad', one.id, 'no_notice');
}

/// Checks all files; gives { findings, events, checkpoint }. Never throws.
export async function checkArchive(files) {
    const findings = new Findings();
    const events = [];
    const note = files.has('proof/checkpoint') ? textOf(files.get('proof/checkpoint')) : '';
    const checkpoint = await findings.of('proof/checkpoint', async () => {
        needed(files, 'proof/checkpoint');
        const found = await checkpointOf(note, textOf(needed(files, 'proof/signing.vkey')));
        const state = found.is_signed === null ? 'unchecked' : found.is_signed ? 'good' : 'bad';
        const what = { good: 'signed', bad: 'not_signed', unchecked: 'no_ed25519' }[state];
        findings.add(state, 'proof/checkpoint', what, { origin: found.origin, id: found.id });
        return found;
    });
    const proofs = [...files.keys()].filter((path) => /^proof\/[0-9]+-[0-9]+\.json$/.test(path));
    for (const path of checkpoint ? proofs : [])
        await findings.of(path, async () => {
            const opening = JSON.parse(textOf(files.get(path)));
            const proof = textOf(needed(files, path.replace(/json$/, 'tlog-proof')));
            const one = await checkEvent(opening, proof, note, checkpoint);
            if (path !== `proof/${one.id}.json`) refuse('form');
            events.push(one);
            findings.add('good', path, 'event', { index: one.index, size: checkpoint.size });
        });
    await findings.of('record.json', () => checkRecord(files, events, findings));
    await findings.of('notice/', () => checkNotices(files, events, findings));
    await findings.of('SHA256SUMS', () => checkSums(files, findings));
    events.sort((a, b) => a.on < b.on ? -1 : a.on > b.on ? 1 : a.index < b.index ? -1 : 1);
    return { findings: findings.all, events, checkpoint };
}

/// The files of a ZIP archive whose entries are stored, as licet writes it; null for another.
export function filesOfZip(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) --end;
    if (end < 0) return null;
    const files = new Map();
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; --left) {
        if (view.getUint32(at, true) !== 0x02014b50 || view.getUint16(at + 10, true) !== 0)
            return null;
        const size = view.getUint32(at + 24, true);
        const name = view.getUint16(at + 28, true);
        const local = view.getUint32(at + 42, true);
        const path = textOf(bytes.subarray(at + 46, at + 46 + name));
        const start = local + 30 + view.getUint16(local + 26, true)
            + view.getUint16(local + 28, true);
        files.set(path, bytes.subarray(start, start + size));
        at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return files;
}
