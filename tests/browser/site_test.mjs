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
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program, views, widthsOf } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'licet-site-'));
// The floor and the first country: the other packs are set in the same frame, and looking at one
// long page for what bars people takes half a minute.
const root = fileURLToPath(new URL('../..', import.meta.url));
const packs = mkdtempSync(join(tmpdir(), 'licet-packs-'));
for (const name of readdirSync(join(root, 'packs')))
    if (name.endsWith('.md') || ['eu', 'fr'].includes(name))
        cpSync(join(root, 'packs', name), join(packs, name), { recursive: true });
execFileSync(program, ['--packs', packs, 'law', 'export', 'html', '--at', '2026-11-26',
    '--out', folder], { stdio: 'pipe' });
const pages = ['index.html', ...['fr', 'en'].flatMap((lang) =>
    readdirSync(join(folder, lang)).map((name) => `${lang}/${name}`))]
    // The page with a form is another matter: try_test.mjs.
    .filter((path) => !path.endsWith('/try.html'));
// What colours and width can change; the rest was looked at in the first view.
const rulesOf = {
    wide: undefined,
    dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    narrow: { type: 'rule', values: ['target-size', 'meta-viewport'] },
};
let browser;

before(async () => {
    browser = await launch();
});

after(async () => {
    await browser?.close();
    for (const made of [folder, packs]) rmSync(made, { recursive: true, force: true });
});

function open(path, view) {
    return openPage(browser, pathToFileURL(join(folder, path)).href, views[view]);
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
                assert.deepEqual((await barriersOf(page, rulesOf[view])).told, []);
                const { needed, given } = await widthsOf(page);
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
