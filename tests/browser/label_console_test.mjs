// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a label is issued and withdrawn in the console, that anybody can see and verify
// it meanwhile and after, and that the file for an authority holds it.
// Method: a workspace whose audit has the best answers, each with a document; Chromium uses the
// console by keyboard, and a browser without JavaScript reads the public page; the program's own
// verifier judges what was fetched over HTTP.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { answerBest } from './best_audit.mjs';
import { openScreen, photograph, settled } from './console_pages.mjs';
import { startServer } from './console_server.mjs';
import { barriersOf, launch, openPage, program } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'licet-label-'));
let space;
let server;
let browser;

const licet = (words, input) =>
    execFileSync(program, ['-w', space, '--lang', 'en', ...words], { input, stdio: 'pipe' });

before(async () => {
    server = await startServer((workspace) => {
        space = workspace;
        answerBest((words, input) => licet(words, input), folder);
    });
    browser = await launch();
});

after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

const openConsole = () => openScreen(browser, server, '/label', { lang: 'fr', forAxe: true });

/** Opens the public page as a stranger does who runs no script. */
async function publicPage() {
    return openPage(browser, new URL('/label/', server.url).href, {
        javaScriptEnabled: false,
        locale: 'fr-FR',
    });
}

/** What the verifier says of the files that the server gives to everybody. */
async function verdictOf() {
    for (const name of ['label.json', 'status-revocation.json', 'status-suspension.json']) {
        const got = await fetch(new URL(`/label/${name}`, server.url));
        assert.equal(got.status, 200, name);
        writeFileSync(join(folder, name), await got.text());
    }
    const done = spawnSync(program, [
        ...['label', 'verify', join(folder, 'label.json'), '--json'],
        ...['--status', join(folder, 'status-revocation.json')],
    ]);
    return JSON.parse(done.stdout);
}

describe('a label', () => {
    test('is issued in the console, by keyboard', async () => {
        const { page, context } = await openConsole();
        await page.getByRole('button', { name: 'Émettre le label' }).press('Enter');
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Domaine du site').fill('verveine.example');
        const told = (await barriersOf(page)).told;
        assert.deepEqual(told, []);
        await dialog.getByRole('button', { name: 'Émettre le label' }).press('Enter');
        await page.getByText('Label émis.').waitFor();
        await settled(page);
        assert.equal(await page.locator('main tbody tr').count(), 1);
        assert.match(await page.locator('main tbody').textContent(), /N2/);
        await photograph(page, 'label-issued');
        // The key that the settings tell is the one that the label names.
        const keys = await page.evaluate(async () => (await fetch('/api/v1/keys')).json());
        const label = await (await fetch(new URL('/label/label.json', server.url))).json();
        const issuer = typeof label.issuer === 'string' ? label.issuer : label.issuer.id;
        assert.equal(keys.labels, issuer);
        await context.close();
    });

    test('is seen and verified by anybody, without a login or a script', async () => {
        const { page, context } = await publicPage();
        const text = await page.locator('body').textContent();
        assert.match(text, /Maison Verveine SARL/);
        assert.match(text, /auto-évaluation/);
        assert.deepEqual(await context.cookies(), []);
        await photograph(page, 'label-public');
        await context.close();
        const verdict = await verdictOf();
        assert.equal(verdict.standing, 'valid');
        assert.equal(verdict.controller, 'Maison Verveine SARL');
    });

    test('stands in the file for an authority, which verifies', () => {
        const out = join(folder, 'file.tar');
        licet(['ledger', 'checkpoint']);
        licet(['evidence', 'build', '--out', out]);
        execFileSync('tar', ['-xf', out, '-C', folder]);
        const archive = join(folder, 'evidence');
        const events = readdirSync(join(archive, 'registers'))
            .filter((name) => name.endsWith('.jsonl'))
            .flatMap((name) => {
                const text = readFileSync(join(archive, 'registers', name), 'utf8');
                return text.trim().split('\n').map((line) => JSON.parse(line));
            });
        assert.ok(
            events.some(
                ({ event }) => event.kind === 'label' && event.attributes.step === 'issued',
            ),
        );
        // The commands that its own page prints, in its folder, with public tools.
        const readme = readFileSync(join(archive, 'README.en.txt'), 'utf8');
        const commands = [...readme.matchAll(/^ {2}(\S.*)$/gm)].map(([, command]) => command);
        assert.ok(commands.length >= 3, readme);
        for (const command of commands) {
            const done = spawnSync('sh', ['-c', command], { cwd: archive, encoding: 'utf8' });
            assert.equal(done.status, 0, `${command}\n${done.stdout}${done.stderr}`);
        }
    });

    test('is withdrawn in the console, and everybody can tell', async () => {
        const { page, context } = await openConsole();
        await page.locator('main tbody').getByRole('button', { name: 'Retirer' }).press('Enter');
        await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).press('Enter');
        await page.getByText('Label retiré.').waitFor();
        await settled(page);
        await context.close();
        assert.equal((await verdictOf()).standing, 'revoked');
        const stranger = await publicPage();
        assert.match(await stranger.page.locator('body').textContent(), /retiré|révoqué/i);
        await stranger.context.close();
    });
});
