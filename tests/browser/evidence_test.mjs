// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the page verify.html checks an archive offline, for everybody, and says so when
// something was changed.
// Method: the program that LICET names makes an archive; Chromium, without a network, opens its
// pages from the disk in French and in English. The carried archive, a dropped one, an unpacked one
// and changed ones are checked; a browser without Ed25519 is played by taking it away. axe-core
// looks for what bars people (WCAG 2.2 AA); all is done once with the keyboard alone. Screenshots
// go to the folder LICET_SCREENSHOTS, or to a temporary one.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program, views, widthsOf } from './support.mjs';

const person = 'camille@example.com';
const words = {
    fr: { locale: 'fr-FR', good: 'Tout concorde', bad: "n'est pas ce qui a été signé",
        unchecked: "la signature n'a pas été vérifiée", receipt: 'Accord donné' },
    en: { locale: 'en-GB', good: 'All fits', bad: 'is not what was signed',
        unchecked: 'the signature was not checked', receipt: 'Consent given' },
};

let folder;
let pictures;
let browser;

function licet(...rest) {
    return execFileSync(program, ['--workspace', join(folder, 'space'), '--lang', 'en', ...rest],
        { stdio: 'pipe', cwd: folder }).toString().trim();
}

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'licet-browser-'));
    pictures = process.env.LICET_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'licet-screenshots-'));
    mkdirSync(pictures, { recursive: true });
    licet('init', join(folder, 'space'));
    writeFileSync(join(folder, 'space/config.toml'),
        `${readFileSync(join(folder, 'space/config.toml'))}controller = "Maison Exemple SARL"\n`
        + 'controller_contact = "stop@maison.example"\n');
    writeFileSync(join(folder, 'form.html'), "<!doctype html><p>J'accepte la lettre.</p>");
    const notice = licet('notice', 'add', 'form.html', '--since', '2026-01-01');
    const about = ['--purpose', 'commercial', '--notice', notice, '--surface', 'form'];
    const valid = ['act=clear', 'informed=yes', 'granular=yes', 'proof=individual',
        'covers_sender=yes', 'sender_named=this_sender', 'covers_purpose=yes'].flatMap(
        (one) => ['-a', `consent.${one}`]);
    licet('consent', 'give', person, '--channel', 'email', ...about, ...valid, '--at',
        '2026-10-01T10:00:05Z');
    licet('consent', 'refuse', person, '--channel', 'sms', ...about, '--at',
        '2026-10-01T10:00:05Z');
    licet('consent', 'request', person, '--channel', 'post', ...about, '--at',
        '2026-10-03T10:00:05Z');
    licet('evidence', 'person', person, '--reason', 'access request', '--out', 'a.zip');
    execFileSync('unzip', ['-q', 'a.zip', '-d', 'open'], { cwd: folder });
    browser = await launch();
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
    console.log(`screenshots: ${pictures}`);
});

async function open(lang, name = 'verify.html', view = {}) {
    const url = pathToFileURL(join(folder, 'open', name)).href;
    const opened = await openPage(browser, url,
        { ...views.wide, locale: words[lang].locale, offline: true, ...view });
    if (name === 'verify.html') await settled(opened.page);
    return opened;
}

const settled = (page) => page.waitForSelector('#result[aria-busy=false]');
const verdictOf = (page) => page.locator('#verdict').innerText();
const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`),
    fullPage: true });

/// Gives the archive to the page, changed by `change` (path, bytes) => bytes.
async function drop(page, change = (path, bytes) => bytes) {
    const paths = execFileSync('unzip', ['-Z1', 'a.zip'], { cwd: folder }).toString().trim();
    const copy = mkdtempSync(join(folder, 'copy-'));
    for (const path of paths.split('\n')) {
        mkdirSync(join(copy, path, '..'), { recursive: true });
        writeFileSync(join(copy, path), change(path, readFileSync(join(folder, 'open', path))));
    }
    execFileSync('python3', ['-c', 'import os, sys, zipfile\n'
        + 'with zipfile.ZipFile(sys.argv[1], "w") as out:\n'
        + '    for name in sys.argv[2:]: out.write(name)', 'copy.zip', ...paths.split('\n')],
        { cwd: copy });
    await page.setInputFiles('#file', join(copy, 'copy.zip'));
    await page.waitForSelector('#source[data-say=source_dropped]');
    await settled(page);
}

for (const lang of ['fr', 'en']) {
    describe(`verify.html in ${lang}`, () => {
        test('checks what it carries, and asks nobody', async () => {
            const { context, page, asked, said } = await open(lang, 'verify.html',
                { bypassCSP: false });
            assert.ok((await verdictOf(page)).includes(words[lang].good), await verdictOf(page));
            assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
            assert.deepEqual(asked, [pathToFileURL(join(folder, 'open/verify.html')).href]);
            assert.deepEqual(said, []);
            const found = await page.evaluate(() => ({
                outside: document.querySelectorAll('[src], link[href], iframe, object').length,
                handlers: [...document.querySelectorAll('*')].flatMap((one) =>
                    one.getAttributeNames().filter((name) => name.startsWith('on'))),
                cookies: document.cookie,
            }));
            assert.deepEqual(found, { outside: 0, handlers: [], cookies: '' });
            await picture(page, `verify-${lang}-good`);
            await context.close();
        });

        for (const view of Object.keys(views)) {
            test(`bars nobody, ${view}`, async () => {
                const { context, page } = await open(lang, 'verify.html', views[view]);
                await picture(page, `verify-${lang}-${view}`);
                const { told, passed } = await barriersOf(page);
                assert.deepEqual(told, []);
                assert.ok(passed > 10);
                const { needed, given } = await widthsOf(page);
                assert.ok(needed <= given, `${needed} pixels needed, ${given} given`);
                await context.close();
            });
        }

        test('accepts the archive that is given to it', async () => {
            const { context, page } = await open(lang, 'verify.html', { bypassCSP: false });
            await drop(page);
            assert.ok((await verdictOf(page)).includes(words[lang].good), await verdictOf(page));
            await context.close();
        });

        test('shows in red what was changed', async () => {
            const { context, page } = await open(lang);
            await drop(page, (path, bytes) => path.startsWith('notice/')
                ? Buffer.from('<p>Other words</p>') : bytes);
            assert.ok((await verdictOf(page)).includes(words[lang].bad), await verdictOf(page));
            const colours = await page.evaluate(() => ({
                shown: getComputedStyle(document.getElementById('verdict')).color,
                red: getComputedStyle(document.documentElement).getPropertyValue('--forbidden'),
            }));
            assert.equal(colours.red.trim(), '#b23f2e');
            assert.equal(colours.shown, 'rgb(178, 63, 46)');
            assert.ok((await page.locator('tbody tr').first().innerText()).includes('notice/'));
            assert.deepEqual((await barriersOf(page)).told, []);
            await picture(page, `verify-${lang}-bad`);
            await context.close();
        });

        test('says so where the browser has no Ed25519', async () => {
            const context = await browser.newContext(
                { ...views.wide, locale: words[lang].locale, offline: true });
            await context.addInitScript(() => {
                const old = crypto.subtle.importKey.bind(crypto.subtle);
                crypto.subtle.importKey = (form, bytes, kind, ...rest) => kind.name === 'Ed25519'
                    ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
                    : old(form, bytes, kind, ...rest);
            });
            const page = await context.newPage();
            await page.goto(pathToFileURL(join(folder, 'open/verify.html')).href);
            await settled(page);
            assert.ok((await verdictOf(page)).includes(words[lang].unchecked),
                await verdictOf(page));
            assert.ok((await page.locator('tbody tr').first().innerText()).includes('Ed25519'));
            await context.close();
        });

        test('the receipt can be read by everybody and runs nothing', async () => {
            for (const view of Object.keys(views)) {
                const { context, page, asked } = await open(lang, `receipt.${lang}.html`,
                    views[view]);
                assert.deepEqual((await barriersOf(page)).told, []);
                const { needed, given } = await widthsOf(page);
                assert.ok(needed <= given, `${view}: ${needed} pixels needed, ${given} given`);
                assert.equal(asked.length, 1);
                assert.equal(await page.evaluate(() => document.scripts.length), 0);
                assert.ok((await page.innerText('main')).includes(words[lang].receipt));
                await picture(page, `receipt-${lang}-${view}`);
                await context.close();
            }
        });
    });
}

test('all can be done with the keyboard', async () => {
    const { context, page } = await open('en');
    const reached = [];
    for (let i = 0; i < 12; ++i) {
        await page.keyboard.press('Tab');
        reached.push(await page.evaluate(() => document.activeElement.dataset.language
            ?? document.activeElement.id ?? ''));
    }
    for (const name of ['fr', 'en', 'file', 'folder']) assert.ok(reached.includes(name), name);
    const outline = await page.evaluate(() => {
        document.querySelector('[data-language=fr]').focus({ focusVisible: true });
        return getComputedStyle(document.activeElement).outlineStyle;
    });
    assert.equal(outline, 'solid');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.lang === 'fr');
    assert.ok((await verdictOf(page)).includes(words.fr.good));
    assert.equal(await page.getAttribute('[data-language=fr]', 'aria-pressed'), 'true');
    await context.close();
});

test('files of an unpacked archive are taken too, and one that is missing is missed', async () => {
    const { context, page } = await open('en');
    await page.setInputFiles('#folder', join(folder, 'open'));
    await page.waitForSelector('#source[data-say=source_dropped]');
    await settled(page);
    assert.ok((await verdictOf(page)).includes(words.en.good), await verdictOf(page));
    await page.setInputFiles('#file', [join(folder, 'open/record.json')]);
    await page.waitForFunction(
        (text) => document.getElementById('verdict').innerText.includes(text), words.en.bad);
    await context.close();
});

test('without script the page says what to do', async () => {
    const { context, page } = await openPage(browser,
        pathToFileURL(join(folder, 'open/verify.html')).href, { javaScriptEnabled: false });
    assert.ok((await page.innerText('noscript')).includes('README'));
    await context.close();
});
