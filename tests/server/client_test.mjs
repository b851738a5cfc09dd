// SPDX-License-Identifier: Apache-2.0
// The TypeScript client: it is what the tool makes of the document, it compiles under strict rules,
// it has the version of the project, and it does with a real server what its types say.
//
// run: LICET=path/to/licet node client_test.mjs   (ends with 77 where TypeScript is not installed)
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = join(root, 'clients', 'typescript');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const licet = process.env.LICET ?? 'licet';
const password = 'correct horse battery staple';
const facts = {
    country: 'fr', channel: 'live_call', purpose: 'commercial', audience: 'consumer',
    consent: 'none', contract: 'none', at: '2026-11-26T15:00+01:00',
};
const list = 'email;first name\ncamille@example.com;Camille\nnoe@example.com;Noé\n';

if (!existsSync(compiler)) {
    console.log('client: TypeScript is not in node_modules');
    process.exit(77);
}

const here = mkdtempSync(join(tmpdir(), 'licet-client-'));
const workspace = join(here, 'workspace');
const document = JSON.parse(readFileSync(join(root, 'docs', 'openapi.json'), 'utf8'));
let server, base, module, lead, client;

async function start() {
    execFileSync(licet, ['init', workspace], { stdio: 'ignore' });
    execFileSync(licet, ['user', 'add', 'lead', '--role', 'dpo_lead', '-w', workspace],
        { input: password + '\n', stdio: ['pipe', 'ignore', 'ignore'] });
    server = spawn(licet, ['serve', '--listen', '127.0.0.1:0', '--json', '-w', workspace],
        { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: server.stdout }))
        return JSON.parse(line).listening;
    throw new Error('the server did not start');
}

async function tokenOf(scopes) {
    const expires = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    return lead.makeToken({ name: 'test', scopes, expires });
}

before(async () => {
    execFileSync(process.execPath, [compiler, '-p', folder, '--outDir', here],
        { stdio: 'inherit' });
    writeFileSync(join(here, 'package.json'), '{"type":"module"}');
    const made = await import(pathToFileURL(join(here, 'client.js')).href);
    // A bundler finds ./transport.js; so does Node.js.
    module = made;
    base = await start();
    const told = await fetch(base + 'api/v1/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'lead', password }),
    });
    const cookie = told.headers.get('set-cookie').split(';')[0];
    // What a browser does by itself.
    const withCookie = (address, request) => {
        request.headers.set('Cookie', cookie);
        return fetch(address, request);
    };
    const { csrf } = await told.json();
    lead = new module.LicetClient({ base, csrf, fetch: withCookie, language: 'en' });
    const rights = ['law', 'check', 'record', 'persons', 'erase', 'lists'];
    client = new module.LicetClient({ base, token: (await tokenOf(rights)).token, language: 'en' });
});

after(() => {
    server?.kill('SIGTERM');
    rmSync(here, { recursive: true, force: true });
});

test('the client is what the tool makes of the document', () => {
    execFileSync('python3', ['-B', join(root, 'tools', 'make_client.py'), '--check'],
        { stdio: 'inherit' });
});

test('it has the version of the project', () => {
    const version = /project\(licet VERSION (\S+)/.exec(
        readFileSync(join(root, 'CMakeLists.txt'), 'utf8'))[1];
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    assert.deepEqual([about.name, about.version, about.private], ['@licet/client', version, true]);
    assert.equal(about.dependencies, undefined);
});

test('it has a method for each operation', () => {
    for (const item of Object.values(document.paths))
        for (const operation of Object.values(item))
            assert.equal(typeof client[operation.operationId], 'function', operation.operationId);
});

test('a wrong use does not compile', () => {
    const path = join(here, 'wrong.mts');
    const uses = {
        "await c.check({ fact: {} })": 'fact',
        "await c.recordObjection({ channel: 'email' })": 'address',
        "await c.recordObjection({ address: 'a', channel: 'pigeon' })": 'pigeon',
        "await c.recordConsent('love', { address: 'a' })": 'love',
        "(await c.check({})).verdikt": 'verdikt',
        "await c.diff({ before: 'fr' })": 'after',
    };
    for (const [use, about] of Object.entries(uses)) {
        writeFileSync(path, `import { LicetClient } from './client.js';
const c = new LicetClient({ base: '' });\n${use};\n`);
        const options = ['--noEmit', '--strict', '--target', 'ES2022', '--module', 'NodeNext',
            '--skipLibCheck', path];
        assert.throws(() => execFileSync(process.execPath, [compiler, ...options]),
            (fault) => String(fault.stdout).includes(about), use);
    }
});

test('one question, many questions, and the words to ask with', async () => {
    const one = await client.check({ facts, phone: '+33639980101' });
    assert.equal(one.verdict, 'forbidden');
    assert.ok(one.reasons[0].cites.length > 0);
    const answers = [];
    const many = Array.from({ length: 300 }, (_, id) => ({ facts, id, record: false }));
    for await (const answer of client.checkMany(many)) answers.push(answer.id);
    assert.deepEqual(answers, many.map((each) => each.id));
    const words = await client.vocabulary();
    assert.ok(words.facts.some((fact) => fact.name === 'channel'));
    assert.equal((await client.rule('fr.call.consent')).rule, 'fr.call.consent');
    assert.ok((await client.rules({ country: 'fr' })).count > 10);
});

test('what was recorded is known, copied and erased', async () => {
    const address = 'noe@example.com';
    const first = await client.recordObjection({ address }, { idempotencyKey: 'k-1' });
    const again = await client.recordObjection({ address }, { idempotencyKey: 'k-1' });
    assert.deepEqual([first.is_new, again.is_new], [true, false]);
    const asked = await client.recordConsent('request',
        { address: 'camille@example.com', channels: ['email'], purposes: ['commercial'] });
    assert.equal(asked.state, 'requested');
    const { events } = await client.timeline({ address, reason: 'test' });
    assert.equal(events[0].kind, 'objection');
    assert.match(await client.checkpoint(), /^licet\//);
    assert.ok((await client.proof(events[0].id)).files[`${events[0].id}.tlog-proof`]);
    const copy = await client.exportPerson({ address, reason: 'test' });
    assert.equal((await copy.slice(0, 2).text()), 'PK');
    const gone = await client.erasePerson({ address, reason: 'request', confirm: true });
    assert.ok(gone.events >= 1);
});

test('a list is screened, told of as it goes, and read', async () => {
    const shown = document.paths['/api/v1/campaigns/{name}'].put.requestBody;
    const text = shown.content['application/toml'].examples.winter.value;
    assert.deepEqual(await client.putCampaign('winter', text), { name: 'winter' });
    assert.equal(await client.campaign('winter'), text);
    const { id } = await client.addList(list, { name: 'two.csv', campaign: 'winter' });
    const seen = [];
    for await (const told of client.listProgress(id)) seen.push(told);
    assert.equal(seen.at(-1).event, 'done');
    assert.equal(seen.at(-1).data.summary.rows, 2);
    const file = await client.listFile(id, 'certificate.txt');
    assert.equal((await client.verifyCertificate(await file.text())).is_good, true);
    assert.equal(await client.removeList(id), undefined);
});

test('a refusal is thrown with what programs and people need', async () => {
    const isProblem = (status, code) => (fault) =>
        fault instanceof module.LicetProblem && fault.status === status && fault.code === code;
    await assert.rejects(client.check({ fact: {} }), isProblem(400, 'web.unknown_name'));
    await assert.rejects(client.users(), isProblem(403, 'web.not_allowed'));
    await assert.rejects(client.list('none'), isProblem(404, 'job.unknown'));
    await assert.rejects(client.check({}, { tenant: 'elsewhere' }),
        isProblem(404, 'web.no_tenant'));
    const nobody = new module.LicetClient({ base });
    await assert.rejects(nobody.packs(), isProblem(401, 'web.login_wanted'));
    await assert.rejects(client.putCampaign('bad', 'name = 3\n'),
        (fault) => fault.problems.length > 1 && fault.problems[0].where.startsWith('bad.toml'));
});

test('what may be sent again is, and nothing else', async () => {
    let asked = 0;
    const busy = (status) => async () => {
        ++asked;
        return new Response('{"code":"x.y","detail":"busy"}', {
            status, headers: { 'Retry-After': '0', 'Content-Type': 'application/problem+json' } });
    };
    const tries = async (status, act) => {
        asked = 0;
        const patient = new module.LicetClient({ base, fetch: busy(status), retries: 2 });
        await assert.rejects(act(patient));
        return asked;
    };
    const body = { address: 'noe@example.com' };
    assert.equal(await tries(429, (c) => c.recordObjection(body)), 3);
    assert.equal(await tries(503, (c) => c.packs()), 3);
    assert.equal(await tries(503, (c) => c.recordObjection(body)), 1);
    assert.equal(await tries(503, (c) => c.recordObjection(body, { idempotencyKey: 'k' })), 3);
    assert.equal(await tries(400, (c) => c.packs()), 1);
});
