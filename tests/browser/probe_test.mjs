// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that `licet site visit` sees what a visitor's browser would store before a choice and
// after a refusal, and what a page offers; and that a new organisation gets its first finding of
// its own site within three minutes, by keyboard.
// Method: invented shops on this machine, of which some ask first and one does not. The program
// looks at them with Chromium; then the console does, in the first run of an organisation that has
// nothing yet. Screens are looked at in French and English, light and dark, wide and narrow
// (axe-core, WCAG 2.2 AA). Screenshots go to the folder LICET_SCREENSHOTS.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { lookAt, openScreen, settled } from './console_pages.mjs';
import { startServer } from './console_server.mjs';
import { launch, program } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'licet-probe-'));
const space = join(folder, 'space');
const year = 31_536_000;
let shops;
let address;
let asked = 0;

const page = (body) => `<!doctype html><html lang="fr"><meta charset="utf-8">
    <title>Maison Verveine</title><h1>Maison Verveine</h1>${body}</html>`;
const links = `<a href="/vie-privee">Politique de confidentialité</a>
    <a href="/ml">Mentions légales</a>`;
// Somebody else's part of a page: the same machine by its other name.
const foreign = () => `<img src="http://localhost:${shops.address().port}/pixel.png" alt="">`;
const careless = () => page(`
    <script>document.cookie = '_ga=GA1.1.1; max-age=${year}'; document.cookie = 'sid=1';
        localStorage.setItem('_hjSessionUser_1', 'x');</script>
    ${foreign()}
    <form method="get" action="/send"><label>Courriel <input type="email" name="email"></label>
        <label><input type="checkbox" name="news" checked> Lettre</label></form>
    <div><button onclick="this.parentNode.remove()">Tout accepter</button></div>`);
// Asks first; what it stores when somebody refuses is told by the address.
const careful = (afterRefusal) => page(`
    <script>if (document.cookie.includes('choice=no')) { ${afterRefusal} }</script>
    <form method="post" action="/send"><label>Courriel <input type="email" name="email"></label>
        <label><input type="checkbox" name="news"> Lettre</label>${links}</form>
    <div id="banner"><button>Tout accepter</button>
        <button onclick="document.cookie = 'choice=no; max-age=${year}'; banner.remove()">Tout
            refuser</button></div>
    <button>Gérer mes cookies</button>`);
// Names that hide the browser's own, words that only look like a choice, marks for a terminal.
const oddGoal = ['https:', '', '['].join('/');
const odd = () => page(`
    <form name="title" action="${oddGoal}" onsubmit="return false">
        <input type="email" name="elements"><input name="action"><button>Refuser</button></form>
    <a href="/accord">User agreement</a> <a href="/refus">Refuser la proposition</a>
    <img name="forms" alt=""><script>localStorage.setItem('_ga_\\x1b[2J\\ud83d', '1');</script>`);
const pages = {
    '/odd?who=julie@example.com': odd,
    '/careless': careless,
    '/careful': () => careful(''),
    '/liar': () => careful(`document.cookie = '_fbp=1; max-age=${year}';`),
};

const licet = (...words) =>
    execFileSync(program, ['-w', space, '--lang', 'en', '--json', ...words], { encoding: 'utf8' });
const sights = (seen) => Object.fromEntries(seen.checks.map((one) => [one.check, one.sight]));

before(async () => {
    shops = createServer((request, answer) => {
        asked += 1;
        const made = pages[request.url];
        const isPixel = request.url === '/pixel.png';
        answer.writeHead(made || isPixel ? 200 : 404, {
            'Content-Type': isPixel ? 'image/png' : 'text/html',
        });
        answer.end(made?.() ?? (isPixel ? '' : 'not here'));
    });
    await new Promise((ready) => shops.listen(0, ready));
    address = `http://127.0.0.1:${shops.address().port}`;
    execFileSync(program, ['init', space], { stdio: 'pipe' });
});

after(() => {
    shops.close();
    rmSync(folder, { recursive: true, force: true });
});

// The program is another process, and the shop is in this one: it must not be waited for.
async function visited(path, ...words) {
    const { execFile } = await import('node:child_process');
    return new Promise((found, failed) => {
        execFile(
            program,
            ['-w', space, '--lang', 'en', '--json', 'site', 'visit', address + path, ...words],
            { encoding: 'utf8', maxBuffer: 1 << 26 },
            (fault, out, err) => (fault ? failed(new Error(err)) : found(JSON.parse(out))),
        );
    });
}

describe('a visit', () => {
    test('tells what is stored before anybody chose, and what the page lacks', async () => {
        const picture = join(folder, 'careless.png');
        const seen = await visited('/careless', '--picture', picture);
        assert.deepEqual(sights(seen), {
            before_choice: 'fault',
            banner_balance: 'fault',
            after_refusal: 'unseen',
            withdraw_link: 'unclear',
            policy_link: 'fault',
            legal_notice: 'fault',
            form_notice: 'fault',
            preticked: 'unclear',
            form_target: 'fault',
        });
        const trackers = seen.checks.find((one) => one.check === 'before_choice').seen;
        assert.deepEqual(trackers, ['Google Analytics (_ga)', 'Hotjar (_hjSessionUser_1)']);
        assert.deepEqual(seen.third_parties, ['localhost']);
        assert.deepEqual(seen.unknown, ['sid (127.0.0.1)']);
        assert.deepEqual(seen.tools, ['google-analytics']);
        const ga = seen.cookies.find((one) => one.name === '_ga');
        assert.deepEqual([ga.tracker, ga.kind, ga.before, ga.after],
            ['Google Analytics', 'asked', true, false]);
        assert.ok(ga.days > 360);
        assert.deepEqual(seen.forms.map((one) => [one.method, one.policy, one.ticked]),
            [['get', false, 1]]);
        const [accept] = seen.buttons;
        assert.equal(accept.button, 'accept');
        assert.ok(accept.width > 20 && accept.x + accept.width <= 1280 && accept.y < 900);
        assert.equal(readFileSync(picture).subarray(1, 4).toString(), 'PNG');
        assert.equal(statSync(picture).mode & 0o777, 0o600);
    });

    test('refuses where a button lets it, and finds nothing where nothing is', async () => {
        const seen = await visited('/careful');
        const told = sights(seen);
        // A shop on this machine has no certificate.
        assert.equal(told.form_target, 'fault');
        delete told.form_target;
        for (const [check, sight] of Object.entries(told))
            if (check !== 'before_choice') assert.equal(sight, 'well', check);
        assert.equal(told.before_choice, 'well');
    });

    test('finds out whoever tracks all the same', async () => {
        const seen = await visited('/liar');
        assert.equal(sights(seen).before_choice, 'well');
        assert.equal(sights(seen).after_refusal, 'fault');
        assert.deepEqual(
            seen.checks.find((one) => one.check === 'after_refusal').seen,
            ['Meta Pixel (_fbp)'],
        );
    });

    test('is not led astray by a page that is odd', async () => {
        const seen = await visited('/odd?who=julie@example.com');
        assert.equal(seen.url, `${address}/odd`);
        assert.equal(seen.title, 'Maison Verveine');
        const told = sights(seen);
        assert.equal(told.banner_balance, 'unseen');
        assert.equal(told.after_refusal, 'unseen');
        assert.equal(told.form_target, 'unclear');
        const [tracker] = seen.checks.find((one) => one.check === 'before_choice').seen;
        assert.match(tracker, /^Google Analytics \(_ga_\?\[2J/);
        const log = JSON.parse(licet('site', 'list'))[0].evidence;
        assert.ok(!readFileSync(join(space, 'evidence', log), 'utf8').includes('julie'));
    });

    test('is recorded, kept as evidence, and measured by audits', async () => {
        await visited('/careless');
        const [site] = JSON.parse(licet('site', 'list'));
        assert.equal(site.id, '127.0.0.1');
        assert.equal(site.before_choice, 'fault');
        const log = readFileSync(join(space, 'evidence', site.evidence), 'utf8').trim().split('\n');
        const lines = log.map((line) => JSON.parse(line));
        assert.ok(lines.some((one) => one.cookie === '_ga' && one.days > 360));
        assert.ok(!log.join('').includes('GA1'), 'no value of a cookie');
        licet('audit', 'start');
        for (const [question, answer] of Object.entries({ 'PRO-01': 'consommateurs',
            'PRO-02': 'email', 'PRO-03': 'FR', 'PRO-05': 'formulaires', 'COO-01': 'yes' }))
            licet('audit', 'answer', '-q', question, '-a', answer);
        const score = JSON.parse(licet('audit', 'score'));
        const judged = score.questions.find((one) => one.id === 'COO-01');
        assert.equal(judged.contradicted, true);
        assert.match(judged.measured.why, /trackers before any choice on 1 of 1/);
        assert.ok(score.blocking.includes('COO-01'));
    });

    test('of a site that is none of ours is taken out', async () => {
        await visited('/careless');
        licet('site', 'remove', '127.0.0.1');
        assert.deepEqual(JSON.parse(licet('site', 'list')), []);
        assert.throws(() => licet('site', 'remove', '127.0.0.1'));
    });

    test('leaves nothing where nothing shall be kept', async () => {
        const before = licet('site', 'list');
        await visited('/careful', '--no-record');
        assert.equal(licet('site', 'list'), before);
    });

    test('that cannot be made says why', async () => {
        const said = (url) => {
            const done = spawnSync(program, ['-w', space, '--lang', 'en', 'site', 'visit', url], {
                encoding: 'utf8',
            });
            return [done.status !== 0, done.stderr];
        };
        for (const url of ['ftp://a.example', 'a b.example', 'u:p@a.example', 'a.example:x'])
            assert.match(said(url)[1], /an address is like/, url);
        await assert.rejects(visited('/nothing'), /HTTP 404/);
        const [failed, why] = said('http://127.0.0.1:9/');
        assert.ok(failed);
        assert.match(why, /the page could not be loaded/);
        const words = ['-w', space, '--lang', 'en', 'site', 'visit', address];
        const without = spawnSync(program, words, {
            encoding: 'utf8',
            env: { ...process.env, CHROMIUM: '/nowhere/chromium' },
        });
        assert.notEqual(without.status, 0);
        assert.match(without.stderr, /Chromium/);
    });
});

describe('the first minutes of an organisation', () => {
    let browser;
    let server;
    before(async () => {
        server = await startServer(() => {}, ['--private-sites']);
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await server?.stop();
    });

    test('give a finding of its own site, by keyboard', async () => {
        const begin = Date.now();
        const opened = await openScreen(browser, server, '/audit', { lang: 'fr' });
        const field = opened.page.getByLabel('Adresse de votre site');
        await field.focus();
        await opened.page.keyboard.type(`${address}/careless`);
        await opened.page.keyboard.press('Enter');
        const told = opened.page.getByText(
            'Avant tout choix, des traceurs qui demandent un consentement sont déjà là.',
        );
        await told.waitFor();
        assert.ok(Date.now() - begin < 180_000);
        await opened.page.getByText('Google Analytics (_ga) · Hotjar').waitFor();
        await opened.page.locator('main img').waitFor();
        for (const hasText of [/cookies? déposés?/, /formulaire qui demande/])
            await opened.page.locator('summary', { hasText }).press('Enter');
        await settled(opened.page);
        assert.equal(await opened.page.locator('main svg rect.accept').count(), 1);
        const cookies = opened.page.locator('main table', { hasText: '_ga' });
        assert.match(await cookies.textContent(), /demande un consentement/);
        await lookAt(opened.page, 'first-run-site');
        await opened.context.close();
    });

    for (const [lang, size, dark] of [
        ['fr', 'wide', false],
        ['en', 'small', true],
    ])
        test(`leave it in the list of sites (${lang}, ${size})`, async () => {
            const opened = await openScreen(browser, server, '/sites', {
                ...{ lang, size, dark, forAxe: true },
            });
            await opened.page.getByRole('row', { name: /127\.0\.0\.1/ }).waitFor();
            await opened.page.getByRole('button', { name: '127.0.0.1' }).press('Enter');
            await opened.page.locator('main table img').waitFor();
            assert.equal(await opened.page.locator('main table li').count(), 9);
            await lookAt(opened.page, `sites-${lang}-${size}`);
            await opened.context.close();
        });

    test('lead the tools that were seen into the register of processors', async () => {
        const opened = await openScreen(browser, server, '/processors', {
            lang: 'en',
            forAxe: true,
        });
        const { page } = opened;
        await page.getByRole('heading', { name: 'Seen on your sites' }).waitFor();
        await lookAt(page, 'processors-unlisted');
        await page.getByRole('button', { name: 'Enter google-analytics' }).press('Enter');
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: 'Save' }).press('Enter');
        await page.getByRole('rowheader', { name: /google-analytics/ }).waitFor();
        await settled(page);
        assert.equal(await page.getByRole('heading', { name: 'Seen on your sites' }).count(), 0);
        await opened.context.close();
    });

    test('do not let a server into its own network', async () => {
        const closed = await startServer();
        const opened = await openScreen(browser, closed, '/sites', { lang: 'en' });
        await opened.page.getByLabel('Address of your site').fill(`${address}/careless`);
        const before_ = asked;
        await opened.page.getByRole('button', { name: 'Visit' }).click();
        await opened.page.getByText(/the server does not go there/).waitFor();
        assert.equal(asked, before_);
        await opened.context.close();
        await closed.stop();
    });
});
