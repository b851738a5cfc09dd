// SPDX-License-Identifier: Apache-2.0
//
// Goal: an editor that speaks the language server protocol is served by `licet law lsp`.
// Method: the client that Visual Studio Code is built on (vscode-languageserver-protocol over
// vscode-jsonrpc), real pipes, and a copy of the real packs. One session after the other; the
// shortest of several latencies is held to a second, where the program was not built to be slow.
//
// Without the npm packages the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const program = process.env.LICET ?? '';

function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(77);
}

let protocol;
try {
    protocol = createRequire(import.meta.url)('vscode-languageserver-protocol/node');
} catch {
    skip('the npm packages are not installed');
}
if (!program) skip('LICET does not name the program');

const isSlowBuild = readFileSync(program).includes('__asan_init');
const mail = 'fr/20-electronic-mail.md';
let desk;

class Session {
    async start(options = {}) {
        this.server = spawn(program, ['--lang', 'en', 'law', 'lsp', ...(options.arguments ?? [])],
            { stdio: ['pipe', 'pipe', 'inherit'], cwd: tmpdir() });
        this.ended = new Promise((done) => this.server.on('exit', done));
        this.client = protocol.createProtocolConnection(
            new protocol.StreamMessageReader(this.server.stdout),
            new protocol.StreamMessageWriter(this.server.stdin));
        this.shown = new Map();
        this.waiting = [];
        this.client.onNotification(protocol.PublishDiagnosticsNotification.type, (said) => {
            this.shown.set(said.uri, said.diagnostics);
            this.waiting = this.waiting.filter((one) => !one(said));
        });
        this.client.listen();
        const uri = pathToFileURL(options.folder ?? desk).href;
        this.capabilities = (await this.client.sendRequest(protocol.InitializeRequest.type, {
            processId: process.pid, rootUri: uri, capabilities: {},
            workspaceFolders: [{ uri, name: 'desk' }],
        })).capabilities;
        await this.client.sendNotification(protocol.InitializedNotification.type, {});
        this.version = 0;
    }

    uri(path) { return pathToFileURL(join(desk, 'packs', path)).href; }
    text(path) { return readFileSync(join(desk, 'packs', path), 'utf8'); }

    open(path, text = this.text(path)) {
        return this.client.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
            textDocument: { uri: this.uri(path), languageId: 'markdown', version: 1, text } });
    }
    change(path, text) {
        return this.client.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
            textDocument: { uri: this.uri(path), version: ++this.version + 1 },
            contentChanges: [{ text }] });
    }
    /// Waits until the faults of a file are as many as wanted.
    faults(path, count, patience = 30_000) {
        const uri = this.uri(path);
        return new Promise((done, fail) => {
            const late = setTimeout(() => fail(new Error(`no ${count} faults: ` +
                JSON.stringify(this.shown.get(uri)))), patience);
            this.waiting.push((said) => {
                if (said.uri !== uri || said.diagnostics.length !== count) return false;
                clearTimeout(late);
                done(said.diagnostics);
                return true;
            });
        });
    }
    ask(type, path, position) {
        return this.client.sendRequest(type, { textDocument: { uri: this.uri(path) }, position,
            options: { tabSize: 2, insertSpaces: true } });
    }
    async end() {
        await this.client.sendRequest(protocol.ShutdownRequest.type);
        await this.client.sendNotification(protocol.ExitNotification.type);
        const status = await this.ended;
        this.client.dispose();
        return status;
    }
}

/// The place of the n-th `word` in `text`, `more` characters into it.
function placeOf(text, word, more = 0) {
    const at = text.indexOf(word);
    assert.notEqual(at, -1, word);
    const lines = text.slice(0, at).split('\n');
    return { line: lines.length - 1, character: lines.at(-1).length + more };
}

before(() => {
    desk = mkdtempSync(join(tmpdir(), 'licet-'));
    cpSync(join(root, 'packs'), join(desk, 'packs'), { recursive: true });
});
after(() => rmSync(desk, { recursive: true }));

describe('a session over the real packs', () => {
    let session;
    beforeEach(async () => {
        session = new Session();
        await session.start();
    });
    afterEach(async () => assert.equal(await session.end(), 0));

    test('what is offered is what was asked for', () => {
        assert.equal(session.capabilities.textDocumentSync.change,
            protocol.TextDocumentSyncKind.Full);
        for (const name of ['hoverProvider', 'definitionProvider', 'completionProvider',
            'documentFormattingProvider'])
            assert.ok(session.capabilities[name], name);
    });

    test('a fault is shown where it stands, within a second, and goes when it is mended',
        async () => {
            const good = session.text(mail);
            const bad = good.replace('audience = consumer', 'audiense = consumer');
            await session.open(mail, good);
            const latencies = [];
            for (let i = 0; i < 5; ++i) {
                const started = performance.now();
                const shown = session.faults(mail, 1);
                await session.change(mail, bad);
                const [fault] = await shown;
                latencies.push(performance.now() - started);
                const place = placeOf(bad, 'audiense');
                assert.deepEqual(fault.range, { start: place,
                    end: { ...place, character: place.character + 'audiense'.length } });
                assert.equal(fault.severity, protocol.DiagnosticSeverity.Error);
                assert.match(fault.message, /nearest name: audience/);
                const gone = session.faults(mail, 0);
                await session.change(mail, good);
                await gone;
            }
            console.log(`latencies in ms: ${latencies.map(Math.round).join(' ')}`);
            if (!isSlowBuild) assert.ok(Math.min(...latencies) < 1000, `${latencies}`);
        });

    test('a contradiction, for which the pack must be compiled, is shown within a second too',
        async () => {
            const good = session.text(mail);
            const rule = (name, answer, fact) => `rule fr.test${name}\n` +
                `  answers   contact = ${answer}\n  when      ${fact}\n` +
                '  cites     cpce:L34-5\n  tell      fr "A." en "A."\n';
            const bad = good + '\n```law\n' + rule('', 'forbidden', 'channel = fax') +
                rule('.a', 'allowed', 'minor') + '  except to fr.test\n' +
                rule('.b', 'forbidden', 'mass') + '  except to fr.test\n```\n';
            await session.open(mail, good);
            const latencies = [];
            for (let i = 0; i < 3; ++i) {
                const started = performance.now();
                const shown = session.faults(mail, 1);
                await session.change(mail, bad);
                const [fault] = await shown;
                latencies.push(performance.now() - started);
                assert.match(fault.message, /fr.test.a and fr.test.b contradict each other/);
                const gone = session.faults(mail, 0);
                await session.change(mail, good);
                await gone;
            }
            console.log(`latencies in ms: ${latencies.map(Math.round).join(' ')}`);
            if (!isSlowBuild) assert.ok(Math.min(...latencies) < 1000, `${latencies}`);
        });

    test('a row of a case table that fails is a warning', async () => {
        const good = session.text(mail);
        await session.open(mail, good);
        // All rows of all packs are run for it, which a program with sanitizers does slowly.
        const shown = session.faults(mail, 1, 240_000);
        await session.change(mail, good.replace(/(\| email +\| )forbidden/, '$1allowed'));
        const [fault] = await shown;
        assert.equal(fault.severity, protocol.DiagnosticSeverity.Warning);
        assert.match(fault.message, /allowed was expected, the law answers forbidden/);
    });

    test('a rule that is typed letter by letter is followed, and nothing breaks', async () => {
        const good = session.text(mail);
        const rule =
            '\n```law\nrule fr.test\n  answers   contact = forbidden\n  when      channel ' +
            '= email, audience = consumer\n  cites     cpce:L34-5\n  tell      fr "Non."\n' +
            '            en "No."\n```\n';
        await session.open(mail, good);
        for (let i = 0; i < rule.length; ++i) {
            await session.change(mail, good + rule.slice(0, i));
            if (i % 20 === 0)
                await session.ask(protocol.CompletionRequest.type, mail,
                    placeOf(good + rule.slice(0, i) + '\0', '\0'));
        }
        const last = session.faults(mail, 1);
        await session.change(mail, good + rule.replace('tell ', 'tel  '));
        assert.match((await last)[0].message, /"tel" begins no line here, expected: tell/);
    });

    test('hovering says what a fact, a rule, a duty and a source are', async () => {
        const text = session.text(mail);
        await session.open(mail);
        const hover = async (word, more) => (await session.ask(protocol.HoverRequest.type, mail,
            placeOf(text, word, more))).contents.value;
        assert.match(await hover('audience = consumer', 2), /\*\*audience\*\*.*`professional`/s);
        assert.match(await hover('except to fr.email.consumer', 14),
            /A consumer must have agreed.*CPCE L34-5/s);
        assert.match(await hover('keep_consent_proof', 3), /\*\*keep_consent_proof\*\*/);
        assert.match(await hover('cpce:L34-5 al. 1', 3), /\*\*CPCE L34-5\*\*/);
        assert.equal(await session.ask(protocol.HoverRequest.type, mail,
            { line: 2, character: 3 }), null);
    });

    test('definitions are found in the same file and in others', async () => {
        const text = session.text(mail);
        await session.open(mail);
        const target = async (word, more) => {
            const [found] = await session.ask(protocol.DefinitionRequest.type, mail,
                placeOf(text, word, more));
            const path = fileURLToPath(found.uri);
            const line = readFileSync(path, 'utf8').split('\n')[found.range.start.line];
            return [path.slice(desk.length + 7),
                line.slice(found.range.start.character, found.range.end.character)];
        };
        assert.deepEqual(await target('except to fr.email.consumer', 14),
            [mail, 'fr.email.consumer']);
        assert.deepEqual(await target('audience = consumer', 2), ['facts.md', 'audience']);
        assert.deepEqual(await target('keep_consent_proof', 3),
            ['duties.md', 'keep_consent_proof']);
        assert.deepEqual(await target('cpce:L34-5 al. 1', 3), ['fr/sources.md', 'cpce:L34-5']);
        assert.deepEqual(await target('own_customer_mail\n  when', 3), [mail, 'own_customer_mail']);
    });

    test('what is proposed fits the place and replaces the whole word', async () => {
        const text = session.text(mail) + '\n```law\nrule fr.x\n  when      consent = gi\n' +
            '  except to fr.email.cons\n  duties    st\n  cites     cpce:\n```\n';
        await session.open(mail, text);
        const proposals = async (word) => session.ask(protocol.CompletionRequest.type, mail,
            placeOf(text, word + '\n', word.length));
        const values = await proposals('consent = gi');
        assert.deepEqual(values.map((one) => one.label), ['none', 'given', 'refused', 'withdrawn']);
        const start = placeOf(text, 'consent = gi\n', 10);
        assert.deepEqual(values[0].textEdit.range,
            { start, end: { ...start, character: start.character + 2 } });
        const labels = async (word) => (await proposals(word)).map((one) => one.label);
        assert.ok((await labels('except to fr.email.cons')).includes('fr.email.consumer.consent'));
        assert.ok((await labels('duties    st')).includes('stop_contact'));
        assert.ok((await labels('cites     cpce:')).includes('cpce:L34-5'));
    });

    test('formatting shapes the text, and shapes it once', async () => {
        await session.open(mail, '|a|b|\n|-|-|\n|1|22|\n');
        const edits = await session.ask(protocol.DocumentFormattingRequest.type, mail);
        assert.equal(edits[0].newText, '| a | b  |\n|---|----|\n| 1 | 22 |\n');
        await session.change(mail, edits[0].newText);
        assert.deepEqual(await session.ask(protocol.DocumentFormattingRequest.type, mail), []);
    });

    test('a file that is saved, and one that is closed, is read from the disk again', async () => {
        const path = join(desk, 'packs', 'fr', '97-new.md');
        const shown = session.faults('fr/97-new.md', 1);
        writeFileSync(path, '```law\nrul a\n```\n');
        await session.client.sendNotification(protocol.DidSaveTextDocumentNotification.type,
            { textDocument: { uri: session.uri('fr/97-new.md') } });
        assert.match((await shown)[0].message, /"rul" begins no statement/);
        const gone = session.faults('fr/97-new.md', 0);
        rmSync(path);
        await session.client.sendNotification(protocol.DidCloseTextDocumentNotification.type,
            { textDocument: { uri: session.uri('fr/97-new.md') } });
        await gone;
    });
});

describe('other ways to begin and to end', () => {
    test('the folder of packs itself may be opened, or named on the command line', async () => {
        for (const options of [{ folder: join(desk, 'packs') },
            { folder: tmpdir(), arguments: ['--packs', join(desk, 'packs')] }]) {
            const session = new Session();
            await session.start(options);
            await session.open('facts.md');
            const found = await session.ask(protocol.HoverRequest.type, 'facts.md',
                placeOf(session.text('facts.md'), '`channel`', 2));
            assert.match(found.contents.value, /\*\*channel\*\*/);
            assert.equal(await session.end(), 0);
        }
    });

    test('an end without a shutdown, and bytes that are no message, are a failure', async () => {
        for (const bytes of ['', 'GET / HTTP/1.1\r\n\r\n']) {
            const server = spawn(program, ['--lang', 'en', 'law', 'lsp']);
            const ended = new Promise((done) => server.on('exit', done));
            server.stdin.end(bytes);
            assert.notEqual(await ended, 0);
        }
    });
});
