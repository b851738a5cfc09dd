// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the report of a screening is a page that everybody can read, and that asks
// nothing of anybody.
// Method: the program that LICET names screens an example list in French and in English; Chromium
// opens the report from the disk. axe-core looks for what bars people (WCAG 2.2 AA) in light and
// dark, wide and narrow; the rest is asked of the page itself. Screenshots go to the folder
// LICET_SCREENSHOTS, or to a temporary one.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program, views as common, widthsOf } from './support.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const examples = join(root, 'examples');
const views = {
    ...common,
    // A window of 1280 pixels at 200 % has room for half as many.
    zoomed: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    phone: { viewport: { width: 390, height: 844 } },
    forced: { viewport: { width: 1280, height: 900 }, forcedColors: 'active' },
};

let folder;
let pictures;
let browser;
const reports = {};

function licet(lang, ...rest) {
    try {
        execFileSync(program, ['--workspace', join(folder, 'space'), '--lang', lang, ...rest],
            { stdio: 'pipe', cwd: folder });
    } catch (failure) {
        // 10: done, but some rows cannot be read. The example has such rows on purpose.
        if (failure.status !== 10) throw new Error(`${rest}: ${failure.status} ${failure.stderr}`);
    }
}

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'licet-browser-'));
    pictures = process.env.LICET_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'licet-screenshots-'));
    mkdirSync(pictures, { recursive: true });
    licet('en', 'init', join(folder, 'space'));
    licet('en', 'record', '--jsonl', join(examples, 'evenements.jsonl'));
    for (const lang of ['fr', 'en']) {
        licet(lang, 'screen', join(examples, 'hubspot-webinaire.csv'),
            '--campaign', join(examples, 'email-b2b.toml'), '--out', join(folder, lang));
        reports[lang] = join(folder, lang, 'report.html');
        // The same list by post: what is gained and lost.
        licet(lang, 'screen', join(examples, 'hubspot-webinaire.csv'), '--vs', 'channel=post',
            '--campaign', join(examples, 'email-b2b.toml'), '--out', join(folder, `${lang}-vs`));
        reports[`${lang}-vs`] = join(folder, `${lang}-vs`, 'report.html');
    }
    browser = await launch();
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
    console.log(`screenshots: ${pictures}`);
});

function open(lang, view) {
    return openPage(browser, pathToFileURL(reports[lang]).href, views[view]);
}

for (const lang of ['fr', 'en', 'fr-vs', 'en-vs']) {
    describe(`the report in ${lang}`, () => {
        for (const view of Object.keys(views)) {
            test(`bars nobody, ${view}`, async () => {
                const { context, page } = await open(lang, view);
                const picture = join(pictures, `${lang}-${view}.png`);
                await page.screenshot({ path: picture, fullPage: true });
                const { told, passed } = await barriersOf(page);
                assert.deepEqual(told, []);
                assert.ok(passed > 10);
                await context.close();
            });

            // The table of rows to correct needs 360 pixels.
            const todo = view === 'narrow';
            test(`fits its window, ${view}`, { todo }, async () => {
                const { context, page } = await open(lang, view);
                const { needed, given } = await widthsOf(page);
                assert.ok(needed <= given, `${needed} pixels needed, ${given} given`);
                await context.close();
            });
        }

        test('asks nothing of anybody and runs nothing', async () => {
            const { context, page, asked, said } = await open(lang, 'wide');
            assert.deepEqual(asked, [pathToFileURL(reports[lang]).href]);
            assert.deepEqual(said, []);
            const found = await page.evaluate(() => ({
                scripts: document.scripts.length,
                outside: [...document.querySelectorAll('[src], link[href], iframe, object, embed')]
                    .map((one) => one.outerHTML),
                handlers: [...document.querySelectorAll('*')].flatMap((one) =>
                    one.getAttributeNames().filter((name) => name.startsWith('on'))),
                cookies: document.cookie,
            }));
            assert.deepEqual(found, { scripts: 0, outside: [], handlers: [], cookies: '' });
            await context.close();
        });

        test('says its language, its name and its parts', async () => {
            const { context, page } = await open(lang, 'wide');
            const found = await page.evaluate(() => ({
                lang: document.documentElement.lang,
                title: document.title,
                ones: document.querySelectorAll('h1').length,
                levels: [...document.querySelectorAll('h1, h2, h3, h4')].map(
                    (one) => Number(one.tagName[1])),
                charset: document.characterSet,
            }));
            assert.equal(found.lang, lang.slice(0, 2));
            assert.notEqual(found.title, '');
            assert.equal(found.ones, 1);
            assert.equal(found.charset, 'UTF-8');
            found.levels.reduce((above, level) => {
                assert.ok(level <= above + 1, `a heading ${level} follows a heading ${above}`);
                return level;
            }, 0);
            await context.close();
        });

        test('gives the same numbers in words, pictures and tables', async () => {
            const { context, page } = await open(lang, 'wide');
            const text = await page.evaluate(() => document.body.innerText);
            assert.ok(text.includes('450'), 'the number of rows');
            assert.ok(await page.evaluate(() => document.querySelectorAll('svg').length) >= 2);
            assert.ok(await page.evaluate(() => document.querySelectorAll('table').length) >= 4);
            await context.close();
        });

        test('can be printed', async () => {
            const { context, page } = await open(lang, 'wide');
            await page.emulateMedia({ media: 'print' });
            const pdf = await page.pdf({ format: 'A4' });
            assert.ok(pdf.length > 10_000);
            await context.close();
        });
    });
}
