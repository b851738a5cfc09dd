// SPDX-License-Identifier: Apache-2.0
//
// The server that the tests of the console use: `licet serve` on a workspace of its own, with
// invented people in it, at a port that is free. A program without a server or without a console is
// not tested: exit status 77.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { program } from './support.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ordinary = [
    'ordinary_offer',
    'clean',
    'first_call',
    'collected_by_us',
    'conformant_message',
    'conformant_script',
];
const lead = { name: 'claire', password: 'une phrase de passe', display: 'Claire Fontaine' };
export const person = 'camille@example.com';
/** Answers that say what a company does, without which an audit asks little. */
export const profile = {
    'PRO-01': 'professionnels,consommateurs',
    'PRO-02': 'email,telephone',
    'PRO-03': 'FR',
    'PRO-04': '1',
    'PRO-05': 'formulaires,clients',
    'PRO-06': 'non',
    'PRO-07': 'https://www.company.example/contact',
    'PRO-08': 'aucun',
};

function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(77);
}

if (spawnSync(program, ['serve', '--help']).status !== 0) skip('this program has no server');

/** Today, on this computer's clock. */
export function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Gives what `licet explain` says of facts, on this day. */
export function verdictOf(facts, lang, background = ordinary) {
    const given = Object.entries({ at: today(), ...facts });
    const done = spawnSync(program, [
        ...['--lang', lang, 'explain', '--json'],
        ...background.flatMap((name) => ['-b', name]),
        ...given.flatMap(([name, value]) => ['-f', `${name}=${value}`]),
    ]);
    return JSON.parse(done.stdout);
}

export function diffOf(before, after, lang) {
    const words = ['--lang', lang, 'law', 'diff', '--json', before, after];
    return JSON.parse(execFileSync(program, words));
}

/** Makes a workspace in which one person has agreed to e-mails. */
function makeWorkspace(folder) {
    const space = join(folder, 'space');
    const licet = (words, input) =>
        execFileSync(program, ['--workspace', space, '--lang', 'en', ...words], {
            cwd: folder,
            input,
            stdio: 'pipe',
        });
    licet(['init', space]);
    appendFileSync(
        join(space, 'config.toml'),
        'controller = "Maison Verveine SARL"\ncontroller_contact = "stop@verveine.example"\n',
    );
    writeFileSync(join(folder, 'form.html'), "<!doctype html><p>J'accepte la lettre.</p>");
    const notice = licet(['notice', 'add', 'form.html', '--since', '2026-01-01']).toString().trim();
    licet([
        ...['consent', 'give', person, '--channel', 'email', '--purpose', 'commercial'],
        ...['--notice', notice, '--surface', 'form', '-a', 'consent.act=clear'],
        ...['-a', 'consent.proof=individual', '--at', '2026-10-01T10:00:05Z'],
    ]);
    licet(
        ['user', 'add', lead.name, '--display', lead.display, '--role', 'dpo_lead'],
        `${lead.password}\n`,
    );
    return space;
}

/**
 * Starts a server; gives its address, who may sign in, and a cookie of a session. `prepare` may add
 * to the workspace before; `words` are more options of `licet serve`.
 */
export async function startServer(prepare = () => {}, words = []) {
    const folder = mkdtempSync(join(tmpdir(), 'licet-console-'));
    const space = makeWorkspace(folder);
    prepare(space);
    const running = spawn(
        program,
        [
            ...['--workspace', space, '--json', 'serve', '--listen', '127.0.0.1:0'],
            ...['--log', 'errors', ...words],
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const line = await new Promise((found, failed) => {
        running.stdout.once('data', (text) => found(String(text)));
        running.once('exit', (status) => failed(new Error(`licet serve ended: ${status}`)));
    });
    const origin = new URL(JSON.parse(line).listening).origin;
    const url = `${origin}/console/`;
    const stop = async () => {
        const ended = new Promise((done) => running.once('exit', done));
        running.kill('SIGTERM');
        await ended;
        rmSync(folder, { recursive: true, force: true });
    };
    if ((await fetch(url)).status !== 200) {
        await stop();
        skip('this program has no console (LICET_UI)');
    }
    const session = await fetch(`${origin}/api/v1/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: lead.name, password: lead.password }),
    });
    if (!session.ok) throw new Error(await session.text());
    const [name, value] = session.headers.getSetCookie()[0].split(';')[0].split('=');
    const cookie = { name, value, domain: '127.0.0.1', path: '/', expires: -1 };
    return {
        ...lead,
        url,
        stop,
        cookie: { ...cookie, httpOnly: true, secure: false, sameSite: 'Strict' },
    };
}

/** A list of people, as a vendor exports it. */
export const list = join(root, 'examples/odoo-salon.csv');
