// SPDX-License-Identifier: Apache-2.0
//
// Goal: tell one story as a whole, in the console: a new client, from the first run to the label
// and the file for the authority.
// Method: a workspace in which nobody was asked anything, and the client's own site on this
// machine, which tracks before any choice until it is mended. Chromium uses the console in French
// by keyboard; the program's dialogue answers what the first cards do not. The archive is
// downloaded as a person would, unpacked, and checked by the commands that the page shows. Looked
// at with axe-core (WCAG 2.2 AA); screenshots go to the folder LICET_SCREENSHOTS.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { answerBest } from './best_audit.mjs';
import { lookAt, openScreen, settled } from './console_pages.mjs';
import { startServer } from './console_server.mjs';
import { launch, program } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'licet-story-'));
const reason = 'contrôle 2026-114';
let isMended = false;
let site;
let space;
let server;
let browser;

const sitePage = () => `<!doctype html><html lang="fr"><meta charset="utf-8">
    <title>Maison Verveine</title><h1>Maison Verveine</h1>
    ${isMended ? '' : `<script>document.cookie = '_ga=GA1.1.1; max-age=31536000'</script>`}
    <p><a href="/vie-privee">Politique de confidentialité</a>
    <a href="/ml">Mentions légales</a> <button>Gérer mes cookies</button></p></html>`;
const licet = (words, input) =>
    execFileSync(program, ['-w', space, '--lang', 'fr', ...words], { input, stdio: 'pipe' });
const openAt = (path, how) => openScreen(browser, server, path, { lang: 'fr', ...how });

before(async () => {
    site = createServer((_, answer) => {
        answer.writeHead(200, { 'Content-Type': 'text/html' });
        answer.end(sitePage());
    });
    await new Promise((ready) => site.listen(0, ready));
    server = await startServer((workspace) => {
        space = workspace;
    }, ['--private-sites']);
    browser = await launch();
});

after(async () => {
    await browser?.close();
    await server?.stop();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
});

/** Has the site in the field looked at, and gives what is told of it. */
async function visit(page) {
    const field = page.getByLabel('Adresse de votre site');
    await field.fill(`http://127.0.0.1:${site.address().port}/`);
    await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'POST' && one.ok()),
        field.press('Enter'),
    ]);
    await page.locator('main img').first().waitFor();
    await settled(page);
    return page.locator('main').textContent();
}

const scored = () => JSON.parse(licet(['audit', 'score', '--json']));

describe('a new client', () => {
    test('finds out within minutes that its site tracks people', async () => {
        const { context, page } = await openAt('/audit');
        const told = await visit(page);
        assert.match(told, /Avant tout choix, des traceurs/);
        assert.match(told, /Google Analytics/);
        await context.close();
    });

    test('begins the audit, and joins a document to an answer by keyboard', async () => {
        const { context, page } = await openAt('/audit');
        await page.getByRole('button', { name: 'Commencer par les oppositions' }).press('Enter');
        await page.waitForFunction(() => document.activeElement?.matches('main fieldset input'));
        const id = await page.locator('main form .mono').first().textContent();
        await page.keyboard.press('1');
        await page.getByText('Joindre un document').press('Enter');
        const document_ = join(folder, 'procédure.txt');
        writeFileSync(document_, 'procedure of objections, third version');
        await page.locator('main input[type=file]').setInputFiles(document_);
        await page.getByText(/procédure\.txt/).waitFor();
        await page.getByRole('button', { name: 'Continuer' }).press('Enter');
        await page.waitForFunction(
            (was) => document.querySelector('main form .mono')?.textContent !== was, id);
        await context.close();
        const digest = createHash('sha256').update(readFileSync(document_)).digest('hex');
        assert.ok(readdirSync(join(space, 'evidence')).includes(digest));
        assert.equal(scored().questions.find((one) => one.id === id).proof, 'document');
    });

    test('answers the rest, and what is measured wins over what it says', () => {
        answerBest(licet, folder, true);
        licet(['audit', 'answer', '-q', 'COO-01', '-a', 'yes', '--evidence',
            join(folder, 'proof.txt')]);
        const { blocking, questions, level } = scored();
        assert.ok(blocking.includes('COO-01'));
        assert.equal(questions.find((one) => one.id === 'COO-01').contradicted, true);
        assert.equal(level, 'N0');
    });

    test('mends its site; the action closes itself and the level is there', async () => {
        const open = () => JSON.parse(licet(['audit', 'plan', '--json'])).filter(
            (one) => one.open && one.questions.includes('COO-01'));
        assert.equal(open().length, 1);
        isMended = true;
        const { context, page } = await openAt('/sites');
        await visit(page);
        await page.evaluate(() => {
            location.hash = '#/plan';
        });
        await settled(page);
        await context.close();
        assert.deepEqual(open(), []);
        assert.equal(scored().level, 'N2');
    });

    test('is given the label', async () => {
        const { context, page } = await openAt('/label');
        await page.getByRole('button', { name: 'Émettre le label' }).press('Enter');
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Domaine du site').fill('verveine.example');
        await dialog.getByRole('button', { name: 'Émettre le label' }).press('Enter');
        await page.getByText('Label émis.').waitFor();
        await context.close();
    });

    test('hands the authority a file that the commands on the page verify', async () => {
        const { context, page } = await openAt('/authority', { forAxe: true });
        await lookAt(page, 'authority-empty');
        await page.getByLabel('Pourquoi il est demandé').fill(reason);
        await page.keyboard.press('Enter');
        const download = page.getByRole('button', { name: /Télécharger l'archive/ });
        await download.waitFor();
        await page.getByText(/Ce qui n'y est pas/).press('Enter');
        await page.getByText('Comment le vérifier').press('Enter');
        await settled(page);
        await lookAt(page, 'authority-built');
        const [archive] = await Promise.all([
            page.waitForEvent('download'),
            download.press('Enter'),
        ]);
        const path = join(folder, archive.suggestedFilename());
        await archive.saveAs(path);
        const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
        assert.ok((await page.locator('main').textContent()).includes(digest));
        const commands = (await page.locator('main pre').textContent()).trim().split('\n');
        await context.close();
        assert.ok(commands.length >= 3);
        execFileSync('tar', ['-xf', path, '-C', folder]);
        const unpacked = join(folder, 'evidence');
        for (const command of commands) {
            const done = spawnSync('sh', ['-c', command], { cwd: unpacked, encoding: 'utf8' });
            assert.equal(done.status, 0, `${command}\n${done.stdout}${done.stderr}`);
        }
        assert.ok(readFileSync(join(unpacked, 'README.fr.txt'), 'utf8').includes(reason));
        const [label] = JSON.parse(readFileSync(join(unpacked, 'labels.json'), 'utf8'));
        assert.equal(label.standing, 'valid');
        assert.match(readFileSync(join(unpacked, 'index.fr.html'), 'utf8'), /labels\.json/);
        const registers = readdirSync(join(unpacked, 'registers'))
            .filter((name) => name.endsWith('.jsonl'))
            .map((name) => readFileSync(join(unpacked, 'registers', name), 'utf8'))
            .join('');
        for (const kind of ['label', 'site_visit', 'audit_answered'])
            assert.ok(registers.includes(`"kind":"${kind}"`), kind);
    });

    for (const [lang, size, dark] of [['fr', 'small', true], ['en', 'wide', true],
        ['en', 'small', false]])
        test(`sees the same on each window: ${lang}, ${size}`, async () => {
            const { context, page, said } = await openAt('/authority', {
                ...{ lang, size, dark, forAxe: true },
            });
            await lookAt(page, `authority-${lang}-${size}`);
            assert.deepEqual(said, []);
            await context.close();
        });

    test('is told what a file cannot be made of, and loses nothing', async () => {
        const { context, page } = await openAt('/authority', { lang: 'en' });
        await page.getByLabel('Why it is asked for').fill('of julie@example.com');
        await page.keyboard.press('Enter');
        await page.locator('main [role=alert]').waitFor();
        assert.equal(
            await page.getByLabel('Why it is asked for').inputValue(), 'of julie@example.com');
        await page.getByLabel('Why it is asked for').fill('complaint 7');
        await page.getByLabel('Persons').fill('nobody@nowhere.example');
        await page.getByRole('button', { name: 'Build the file' }).press('Enter');
        await page.getByText(/no event of this campaign or these persons/).waitFor();
        assert.ok(!page.url().includes('nobody'));
        const removal = page.getByRole('button', { name: 'Remove this file' }).first();
        await removal.press('Enter');
        await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter');
        await page.getByText('File removed.').waitFor();
        await settled(page);
        assert.equal(await page.getByRole('button', { name: /Download the archive/ }).count(), 1);
        await context.close();
    });
});
