// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the pages for persons can be used by everybody: without a script, by keyboard
// alone, on a small or an enlarged screen, by day and by night, in French and in English.
// Method: a small server asks the program that LICET names for each page, as a web server would;
// Chromium opens them all. axe-core looks for what bars people (WCAG 2.2 AA); the journeys are done
// with scripts switched off. Screenshots go to the folder LICET_SCREENSHOTS, or to a temporary one.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { barriersOf, launch, openPage, program, views, widthsOf } from './support.mjs';

const locales = { fr: 'fr-FR', en: 'en-GB' };
const pages = ['', 'choices', 'origin', 'copy', 'receipt', 'erasure', 'correction', 'complaint'];
const settings = `
name = "Maison Exemple SARL"
contact = "stop@maison.example"
postal_address = "1 rue de l'Exemple, 75000 Paris"
channels = ["email", "sms", "post"]
[topics]
"commercial.newsletter" = ["La lettre du mois", "The monthly letter"]
"commercial.offers" = ["Les offres aux clients", "Offers to customers"]
"commercial.events" = ["Les invitations", "Invitations"]
`;

let folder;
let pictures;
let browser;
let server;
let origin;
const posts = [];
const links = new Map();
// Pages that are only looked at, in many windows: asked for once.
let still = null;

function licet(...rest) {
    return execFileSync(program, ['--workspace', join(folder, 'space'), '--lang', 'en', ...rest],
        { stdio: 'pipe', cwd: folder }).toString().trim();
}

function link(person, kind = 'opt_out', ...more) {
    const name = [person, kind, ...more].join(' ');
    if (!links.has(name)) {
        const made = JSON.parse(licet('link', 'make', person, '--kind', kind, '--json', '--purpose',
            'commercial.newsletter', ...more));
        links.set(name, `/l/${made.link.split('/l/')[1]}`);
    }
    return links.get(name);
}

/// Gives the page of the program; what a web server adds are headers.
function answer(request, body) {
    const path = request.url.slice(request.url.indexOf('/l/'));
    const [, , text, page = ''] = path.split('/');
    const lang = (request.headers['accept-language'] ?? '').startsWith('en') ? 'en' : 'fr';
    const common = ['--workspace', join(folder, 'space'), '--lang', lang, 'link'];
    const what = request.method === 'POST'
        ? ['post', text, body, '--page', page, '--type', request.headers['content-type'] ?? '']
        : ['show', text, '--page', page];
    const name = `${lang} ${request.url}`;
    if (still?.has(name)) return still.get(name);
    const asked = new Promise((resolve) => {
        execFile(program, [...common, ...what], { cwd: folder }, (problem, out, said) =>
            resolve({ out, status: problem ? (out ? 404 : 503) : 200, said }));
    });
    still?.set(name, asked);
    return asked;
}

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'licet-browser-'));
    pictures = process.env.LICET_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'licet-screenshots-'));
    mkdirSync(pictures, { recursive: true });
    licet('init', join(folder, 'space'));
    writeFileSync(join(folder, 'space/rights.toml'), settings);
    licet('record', 'collected', '--email', 'camille@example.com', '--on', '2026-01-10', '-a',
        'origin=event');
    licet('record', 'consent_given', '--email', 'camille@example.com', '--channel', 'email',
        '--purpose', 'commercial.newsletter', '--on', '2026-01-10', '-a', 'consent.act=clear');
    licet('suppress', 'camille@example.com', '--channel', 'sms', '--on', '2026-02-10');
    server = createServer((request, response) => {
        const parts = [];
        request.on('data', (part) => parts.push(part));
        request.on('end', async () => {
            if (!request.url.includes('/l/')) return response.writeHead(404).end();
            const body = Buffer.concat(parts).toString();
            if (request.method === 'POST') posts.push(body);
            const { out, status } = await answer(request, body);
            response.writeHead(status, {
                'Content-Type': request.url.endsWith('.json') ? 'application/json'
                    : 'text/html; charset=utf-8',
                'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; "
                    + "form-action 'self'; frame-ancestors 'none'",
            }).end(out);
        });
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    origin = `http://127.0.0.1:${server.address().port}`;
    browser = await launch();
});

after(async () => {
    await browser?.close();
    await new Promise((resolve) => { server.close(resolve); });
    rmSync(folder, { recursive: true, force: true });
    console.log(`screenshots: ${pictures}`);
});

async function sound(opened, name) {
    const { page, context, asked } = opened;
    const { told, passed } = await barriersOf(page);
    assert.deepEqual(told, [], `${name}: ${told.join('\n')}`);
    assert.ok(passed > 4, `${name}: only ${passed} checks`);
    const { needed, given } = await widthsOf(page);
    assert.ok(needed <= given, `${name} needs ${needed} of ${given} pixels`);
    assert.equal(await page.locator('script').count(), 0, name);
    assert.deepEqual(await context.cookies(), [], name);
    assert.deepEqual(asked.filter((url) => !url.startsWith(origin)), [], name);
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/// Each page, and the pages that come after a form.
async function every(lang, view, viewName) {
    const places = pages.map((page) => [page || 'unsubscribe',
        link('camille@example.com') + (page ? `/${page}` : '')]);
    const identity = link('camille@example.com', 'identity', '--request', 'r1');
    places.push(['confirm', link('camille@example.com', 'confirm', '--request', 'r1')]);
    places.push(['identity', identity]);
    places.push(['full-copy', `${identity}/copy`]);
    places.push(['invalid', '/l/AQ']);
    for (const [name, path] of places) {
        const opened = await openPage(browser, origin + path, { ...view, locale: locales[lang] });
        await sound(opened, `${name}-${lang}-${viewName}`);
        await opened.context.close();
    }
}

for (const lang of ['fr', 'en'])
    describe(`pages in ${lang}`, () => {
        before(() => { still = new Map(); });
        after(() => { still = null; });
        test('bar nobody by day', () => every(lang, views.wide, 'wide'));
        test('bar nobody by night', () => every(lang, views.dark, 'dark'));
        test('fit into 320 pixels', () => every(lang, views.narrow, 'narrow'));
        test('can be enlarged to 200 %', () => every(lang,
            { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, 'enlarged'));
        test('speak the language that is wished', async () => {
            const opened = await openPage(browser, origin + link('camille@example.com'),
                { ...views.wide, locale: locales[lang] });
            assert.equal(await opened.page.locator('html').getAttribute('lang'), lang);
            assert.match(await opened.page.locator('h1').innerText(),
                lang === 'fr' ? /Ne plus recevoir/ : /Stop these messages/);
            await opened.context.close();
        });
    });

/// A browser without scripts, as some people have it; the keyboard alone.
async function bare(path, lang = 'en') {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: locales[lang],
        ...views.wide });
    const page = await context.newPage();
    await page.goto(origin + path);
    return { context, page };
}

const focused = (page) => page.locator(':focus');

describe('without a script', () => {
    test('the big button stops, and is the first thing that the keyboard reaches', async () => {
        const { context, page } = await bare(link('noa@example.com'));
        await page.keyboard.press('Tab');
        assert.equal((await focused(page).innerText()).trim(), 'Stop these messages');
        const { width, height } = await focused(page).boundingBox();
        assert.ok(width > 300 && height >= 60, `${width} x ${height}`);
        await page.keyboard.press('Enter');
        await page.waitForSelector('[role=status]');
        assert.match(await page.locator('[role=status]').innerText(), /Done/);
        await context.close();
    });

    test('a topic is left by keyboard, and the page shows it afterwards', async () => {
        const path = link('lou@example.com', 'preferences');
        const { context, page } = await bare(path);
        const before = await page.locator('input:checked').count();
        assert.equal(before, 9);
        let steps = 0;
        do {
            await page.keyboard.press('Tab');
            steps += 1;
        } while (!(await focused(page).getAttribute('type') === 'checkbox') && steps < 20);
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await page.waitForSelector('[role=status]');
        await page.goto(origin + path);
        assert.equal(await page.locator('input:checked').count(), 8);
        assert.match(posts.at(-1), /do=save/);
        await context.close();
    });

    test('a pause is said with its last day', async () => {
        const path = link('sam@example.com', 'preferences');
        const { context, page } = await bare(path, 'fr');
        await page.getByRole('button', { name: '30 jours' }).click();
        await page.waitForSelector('[role=status]');
        assert.match(await page.locator('[role=status]').innerText(), /jusqu'au/);
        await page.screenshot({ path: join(pictures, 'paused-fr.png'), fullPage: true });
        await context.close();
    });

    test('the preference centre is one screen', async () => {
        const { context, page } = await bare(link('ana@example.com', 'preferences'));
        const save = await page.getByRole('button', { name: 'Save my choices' }).boundingBox();
        assert.ok(save.y + save.height <= views.wide.viewport.height,
            `the button ends at ${save.y + save.height}`);
        await context.close();
    });

    test('a note is sent, and a copy is asked for', async () => {
        const path = link('kim@example.com');
        const { context, page } = await bare(`${path}/correction`);
        await page.getByLabel('my name').check();
        await page.getByLabel(/What would be right/).fill('Kim, not Tim');
        await page.getByRole('button', { name: 'Ask for the correction' }).click();
        await page.waitForSelector('[role=status]');
        await page.goto(`${origin + path}/copy`);
        await page.getByLabel(/e-mail address/).fill('kim@example.com');
        await page.getByRole('button', { name: /link to my copy/ }).click();
        assert.match(await page.locator('[role=status]').innerText(), /If this is the address/);
        await context.close();
    });
});

test('ten scanners change nothing', async () => {
    const path = link('eli@example.com');
    const before = licet('person', 'eli@example.com', '--reason', 'test', '--json');
    for (let i = 0; i < 10; ++i)
        for (const method of ['GET', 'HEAD'])
            await fetch(`${origin + path}/${pages[i % pages.length]}`, { method });
    assert.equal(licet('person', 'eli@example.com', '--reason', 'test', '--json'), before);
});
