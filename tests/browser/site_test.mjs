// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that everybody can read the law that `licet law export html` writes, and that its
// pages ask nothing of anybody.
// Method: Chromium opens all pages from the disk; axe-core looks for what bars people (WCAG 2.2
// AA), in light and dark, wide and narrow. Screenshots go to the folder LICET_SCREENSHOTS, if set.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const program = process.env.LICET ?? '';

function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(77);
}

const require = createRequire(import.meta.url);
let axe = '';
let chromium;
try {
    axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    ({ chromium } = require('playwright-core'));
} catch {
    skip('the npm packages are not installed');
}
if (!existsSync(chromiumPath)) skip('Chromium is not installed');
if (!program) skip('LICET does not name the program');

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const views = {
    wide: { viewport: { width: 1280, height: 900 } },
    dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
    narrow: { viewport: { width: 320, height: 640 } },
};

const folder = mkdtempSync(join(tmpdir(), 'licet-site-'));
execFileSync(program, ['law', 'export', 'html', '--at', '2026-11-26', '--out', folder],
    { stdio: 'pipe' });
const pages = ['index.html', ...['fr', 'en'].flatMap((lang) =>
    readdirSync(join(folder, lang)).map((name) => `${lang}/${name}`))]
    // All packs have the same frame: the floor and the largest stand for them.
    .filter((path) => !/\/pack-/.test(path) || /pack-(eu|fr)\.html$/.test(path));
let browser;

before(async () => {
    browser = await chromium.launch({
        executablePath: chromiumPath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
});

async function open(path, view) {
    const context = await browser.newContext({ ...views[view], bypassCSP: true });
    const page = await context.newPage();
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(folder, path)).href, { waitUntil: 'load' });
    return { context, page, asked };
}

for (const path of pages) {
    describe(path, () => {
        // Both languages and all packs have the same frame; one page of each kind is looked at in
        // all ways.
        const isAnotherPack = /\/pack-/.test(path) && !path.endsWith('/pack-eu.html');
        const ways = path.startsWith('en/') || isAnotherPack ? ['wide'] : views;
        for (const view of Array.isArray(ways) ? ways : Object.keys(ways)) {
            test(`bars nobody and fits its window, ${view}`, async () => {
                const { context, page } = await open(path, view);
                if (process.env.LICET_SCREENSHOTS) {
                    mkdirSync(process.env.LICET_SCREENSHOTS, { recursive: true });
                    await page.screenshot({ path: join(process.env.LICET_SCREENSHOTS,
                        `${path.replace(/\W/g, '-')}-${view}.png`) });
                }
                await page.evaluate(axe);
                const found = await page.evaluate(
                    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }),
                    wcag);
                assert.deepEqual(found.violations.map((one) =>
                    `${one.id}: ${one.help} ${one.nodes[0].target} ${one.nodes[0].html}`), []);
                const { needed, given } = await page.evaluate(() => ({
                    needed: document.documentElement.scrollWidth,
                    given: document.documentElement.clientWidth,
                }));
                assert.ok(needed <= given, `${needed} pixels needed, ${given} given`);
                await context.close();
            });
        }

        test('asks nothing, runs nothing, and its headings are in order', async () => {
            const { context, page, asked } = await open(path, 'wide');
            assert.deepEqual(asked, [pathToFileURL(join(folder, path)).href]);
            const found = await page.evaluate(() => ({
                lang: document.documentElement.lang,
                ones: document.querySelectorAll('h1').length,
                levels: [...document.querySelectorAll('h1, h2, h3, h4')].map(
                    (one) => Number(one.tagName[1])),
                scripts: document.scripts.length,
                outside: document.querySelectorAll('[src], link[href], iframe, object').length,
                handlers: [...document.querySelectorAll('*')].filter((one) =>
                    one.getAttributeNames().some((name) => name.startsWith('on'))).length,
            }));
            assert.equal(found.lang, path.startsWith('en/') ? 'en' : 'fr');
            assert.equal(found.ones, 1);
            assert.deepEqual([found.scripts, found.outside, found.handlers], [0, 0, 0]);
            found.levels.reduce((above, level) => {
                assert.ok(level <= above + 1, `a heading ${level} follows a heading ${above}`);
                return level;
            }, 0);
            await context.close();
        });

        test('can be printed', async () => {
            const { context, page } = await open(path, 'wide');
            await page.emulateMedia({ media: 'print' });
            assert.ok((await page.pdf({ format: 'A4' })).length > 3000);
            await context.close();
        });
    });
}
