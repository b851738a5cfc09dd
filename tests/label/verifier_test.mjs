// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a label of licet is a credential that others verify without licet, and that they
// refuse what was changed.
// Method: the program that LICET names audits an invented company and issues a label; a verifier
// that is not ours (npm: @digitalbazaar/vc, eddsa-jcs-2022-cryptosuite) reads the file. What has
// an address is answered from here: no test asks the network. The same signature is checked once
// more with node:crypto alone, after the text of the recommendation.
//
// Without the npm packages the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

const program = process.env.LICET ?? '';
function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(77);
}
if (!program) skip('LICET does not name the program');
let tools;
try {
    const [vc, integrity, suite, multikey] = await Promise.all([
        import('@digitalbazaar/vc'), import('@digitalbazaar/data-integrity'),
        import('@digitalbazaar/eddsa-jcs-2022-cryptosuite'),
        import('@digitalbazaar/ed25519-multikey')]);
    tools = { vc, integrity, suite, multikey };
} catch {
    skip('the npm packages are not installed');
}

let folder;
let label;
let list;

const licet = (...rest) => execFileSync(program,
    ['--workspace', join(folder, 'space'), '--lang', 'en', ...rest],
    { stdio: 'pipe', cwd: folder });

// The best answer to all that is asked, each with a document.
function answers() {
    const shown = JSON.parse(licet('audit', 'show', '--json')).questions;
    const types = Object.fromEntries(shown.map((one) => [one.id, one.type]));
    const special = { 'COO-07': '1', 'B2B-05': '1', 'SEC-04': '1,2,4',
        'INF-02': [...Array(14).keys()].map((i) => i + 1) };
    const best = { yn: 'yes', ynp: 'yes', num: '0', table: '1/1' };
    const open = JSON.parse(licet('audit', 'score', '--json')).questions.filter((q) => !q.answered);
    return open.flatMap((q) => [`${special[q.id] ?? best[types[q.id]]}`, 'proof.txt']).join('\n');
}

before(() => {
    folder = mkdtempSync(join(tmpdir(), 'licet-label-'));
    licet('init', join(folder, 'space'));
    appendFileSync(join(folder, 'space/config.toml'), 'controller = "Exemple SAS"\n');
    writeFileSync(join(folder, 'proof.txt'), 'a document');
    licet('audit', 'start');
    const profile = ['professionnels', 'email', 'FR', '1', 'formulaires', 'no',
        'www.company.example', 'aucun'];
    profile.forEach((value, i) => licet('audit', 'answer', '-q', `PRO-0${i + 1}`, '-a', value));
    execFileSync(program, ['--workspace', join(folder, 'space'), 'audit', 'answer'],
        { input: `${answers()}\n`, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    licet('label', 'issue', '--domain', 'company.example', '--out', join(folder, 'label'));
    label = JSON.parse(readFileSync(join(folder, 'label/label.json'), 'utf8'));
    list = JSON.parse(readFileSync(join(folder, 'label/status-revocation.json'), 'utf8'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

// Keys are in their own names; contexts are only named, for eddsa-jcs-2022 signs the JSON.
async function documentLoader(url) {
    const named = url.startsWith('did:key:') ? url.split('#')[0].slice('did:key:'.length) : null;
    if (!named) {
        const known = await tools.vc.defaultDocumentLoader(url).catch(() => null);
        return known ?? { documentUrl: url, document: { '@context': {} }, contextUrl: null };
    }
    const id = `did:key:${named}#${named}`;
    const key = { '@context': 'https:' + '//w3id.org/security/multikey/v1', id, type: 'Multikey',
        controller: `did:key:${named}`, publicKeyMultibase: named };
    const document = url.includes('#') ? key
        : { '@context': 'https://www.w3.org/ns/did/v1', id: `did:key:${named}`,
            verificationMethod: [key], assertionMethod: [key] };
    return { documentUrl: url, document, contextUrl: null };
}

async function verified(credential, now = new Date()) {
    const suite = new tools.integrity.DataIntegrityProof(
        { cryptosuite: tools.suite.createVerifyCryptosuite
            ? tools.suite.createVerifyCryptosuite() : tools.suite.cryptosuite });
    return tools.vc.verifyCredential({ credential, suite, documentLoader, now,
        checkStatus: async () => ({ verified: true }) });
}

// RFC 8785 for what stands in a label: texts, whole numbers, true and false.
function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((name) =>
        `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function bytesOfBase58(text) {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    let number = 0n;
    for (const sign of text) number = number * 58n + BigInt(alphabet.indexOf(sign));
    const hex = number.toString(16);
    const zeros = text.match(/^1*/)[0].length;
    const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
    return Buffer.concat([Buffer.alloc(zeros), bytes]);
}

function isSigned({ proof, ...document }) {
    const { proofValue, ...options } = proof;
    const digest = (one) => createHash('sha256').update(canonical(one)).digest();
    const raw = bytesOfBase58(proof.verificationMethod.split('#')[1].slice(1)).subarray(2);
    const key = createPublicKey({ format: 'jwk',
        key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') } });
    return verify(null, Buffer.concat([digest(options), digest(document)]), key,
        bytesOfBase58(proofValue.slice(1)));
}

test('an independent verifier accepts the label', async () => {
    const result = await verified(label);
    assert.equal(result.verified, true, JSON.stringify(result.error, null, 1));
});

test('it refuses a label of which one thing was changed', async () => {
    const changes = [
        (one) => { one.credentialSubject.name = 'Autre SAS'; },
        (one) => { one.credentialSubject.assessment.score = 99; },
        (one) => { one.validUntil = '2099-01-01T00:00:00Z'; },
        (one) => { one.proof.created = '2020-01-01T00:00:00Z'; },
    ];
    for (const change of changes) {
        const copy = structuredClone(label);
        change(copy);
        assert.equal((await verified(copy)).verified, false);
        assert.equal(isSigned(copy), false);
    }
});

test('it refuses a label after its end', async () => {
    assert.equal((await verified(label, new Date('2040-01-01T00:00:00Z'))).verified, false);
});

test('the signature is that of the recommendation, made with node:crypto alone', () => {
    assert.equal(isSigned(label), true);
    assert.equal(isSigned(list), true);
});

test('the status list is a gzip of 16 KiB, as the recommendation wants it', () => {
    const encoded = list.credentialSubject.encodedList;
    assert.equal(encoded[0], 'u');
    const bits = gunzipSync(Buffer.from(encoded.slice(1), 'base64url'));
    assert.equal(bits.length, 16384);
    assert.ok(bits.every((byte) => byte === 0));
});

test('a revoked label has its bit, and no other', () => {
    const { id } = JSON.parse(licet('label', 'list', '--json'))[0];
    licet('label', 'revoke', id, '--out', join(folder, 'label'));
    const after = JSON.parse(readFileSync(join(folder, 'label/status-revocation.json'), 'utf8'));
    const bits = gunzipSync(Buffer.from(after.credentialSubject.encodedList.slice(1), 'base64url'));
    const index = Number(label.credentialStatus[0].statusListIndex);
    assert.equal((bits[index >> 3] >> (7 - (index % 8))) & 1, 1);
    assert.equal(bits.reduce((sum, byte) => sum + (byte ? 1 : 0), 0), 1);
    assert.equal(isSigned(after), true);
});
