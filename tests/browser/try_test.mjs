// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that anybody can try a situation in the exported law and gets the program's answer.
// Method: Chromium opens the page from the disk, under the page's own policy, and fills the form
// by keyboard; the answers are those of `licet check`. axe-core looks for what bars people, before
// and after an answer. Without JavaScript the page says so.
//
// A program that carries no engine for browsers writes no such page; then, and without the npm
// packages or Chromium, the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program, views, widthsOf } from './support.mjs';

const DAY = '2026-11-26';
const ORDINARY = ['first_call', 'ordinary_offer', 'clean', 'collected_by_us', 'conformant_message',
    'conformant_script'];
const folder = mkdtempSync(join(tmpdir(), 'licet-try-'));
execFileSync(program, ['law', 'export', 'html', '--at', DAY, '--out', folder], { stdio: 'pipe' });
if (!existsSync(join(folder, 'try.js'))) {
    rmSync(folder, { recursive: true });
    console.log('skipped: this program carries no engine for browsers (LICET_WASM)');
    process.exit(77);
}
const address = (lang) => pathToFileURL(join(folder, lang, 'try.html')).href;
let browser;

before(async () => {
    browser = await launch();
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
});

/** Opens the page under its own policy, which support.mjs sets aside for axe-core. */
function open(lang, options = {}) {
    return openPage(browser, address(lang), { ...views.wide, bypassCSP: false, ...options });
}

/** Fills fields by name and asks; gives the text of the answer. */
async function answerTo(page, facts) {
    await page.waitForSelector('#situation:not([hidden])');
    for (const [name, value] of Object.entries(facts)) {
        const field = page.locator(`[name="${name}"]`);
        const kind = await field.evaluate((one) => one.tagName);
        if (kind === 'SELECT') await field.selectOption(value);
        else await field.fill(value);
    }
    await page.locator('#situation button').press('Enter');
    await page.waitForSelector('#verdict .outcome, #verdict .big + p');
    return page.locator('#verdict').innerText();
}

function verdictOf(facts, lang) {
    const line = JSON.stringify({ facts: { background: ORDINARY, ...facts } });
    const done = spawnSync(program, ['--lang', lang, 'check', '--facts-jsonl', '-', '--json'],
        { input: line + '\n' });
    return JSON.parse(done.stdout);
}

const first = { country: 'fr', channel: 'email', audience: 'consumer', purpose: 'commercial',
    at: DAY };

describe('the form', () => {
    for (const lang of ['fr', 'en']) {
        test(`answers as the program does, ${lang}`, async () => {
            const { context, page, asked, said } = await open(lang);
            const met = new Set();
            for (const change of [{}, { audience: 'organisation' }, { channel: 'post' },
                { channel: 'live_call' }, { country: 'de', channel: 'email' },
                { audience: 'professional', country: 'it' }]) {
                const facts = { ...first, ...change };
                const wanted = verdictOf(facts, lang);
                // A page of its own each time: a field that was added stays.
                await page.goto(address(lang));
                const text = await answerTo(page, facts);
                const shown = wanted.verdict === 'undetermined' ? wanted.missing_tell.slice(0, 8)
                    : [...wanted.reasons, ...wanted.duties].map(({ tell }) => tell);
                for (const one of [...shown, wanted.pack])
                    assert.ok(text.includes(one), `${one}\n${text}`);
                met.add(wanted.verdict);
            }
            assert.ok(met.size >= 2, [...met].join());
            assert.deepEqual(said, []);
            assert.deepEqual([...new Set(asked)].sort(),
                [address(lang), pathToFileURL(join(folder, 'try.js')).href].sort());
            await context.close();
        });
    }

    test('asks for the fact that is missing, until there is an answer', async () => {
        const { context, page } = await open('en');
        await page.waitForSelector('#situation:not([hidden])');
        await page.locator('#ordinary').uncheck();
        const before = await page.locator('.field').count();
        await answerTo(page, first);
        assert.equal(await page.locator('.field').count(), before + 1);
        const field = await page.evaluate(() => document.activeElement.name);
        assert.ok(verdictOf({ ...first, background: [] }, 'en').missing.includes(field), field);
        // Whoever does not know is asked for another one.
        await page.locator('#situation button').press('Enter');
        await page.waitForFunction((count) => document.querySelectorAll('.field').length > count,
            before + 1);
        await context.close();
    });

    test('a value that is none is told, and answers nothing', async () => {
        const { context, page } = await open('en');
        const text = await answerTo(page, { ...first, at: 'tomorrow' });
        assert.match(text, /^No answer: do not contact/);
        assert.equal(await page.locator('#verdict .sign').count(), 0);
        await context.close();
    });

    test('can be used by keyboard alone', async () => {
        const { context, page } = await open('fr');
        await page.waitForSelector('#situation:not([hidden])');
        const reached = [];
        for (let i = 0; i < 20 && reached.at(-1) !== 'BUTTON'; i++) {
            await page.keyboard.press('Tab');
            reached.push(await page.evaluate(() => document.activeElement.name
                || document.activeElement.tagName));
        }
        assert.deepEqual(reached.slice(-7), ['ordinary', 'country', 'channel', 'audience',
            'purpose', 'at', 'BUTTON']);
        await page.keyboard.press('Enter');
        await page.waitForSelector('#verdict .outcome');
        await context.close();
    });

    test('says so without JavaScript', async () => {
        const { context, page } = await open('fr', { javaScriptEnabled: false });
        assert.match(await page.locator('noscript').innerText(), /JavaScript/);
        assert.equal(await page.locator('#situation').isVisible(), false);
        await context.close();
    });
});

describe('the page', () => {
    for (const view of Object.keys(views)) {
        test(`bars nobody and fits its window, ${view}`, async () => {
            const { context, page } = await openPage(browser, address('fr'), views[view]);
            await page.waitForSelector('#situation:not([hidden])');
            assert.deepEqual((await barriersOf(page)).told, []);
            await answerTo(page, { ...first, audience: 'organisation' });
            assert.deepEqual((await barriersOf(page)).told, []);
            const { needed, given } = await widthsOf(page);
            assert.ok(needed <= given, `${needed} pixels needed, ${given} given`);
            if (process.env.LICET_SCREENSHOTS) {
                mkdirSync(process.env.LICET_SCREENSHOTS, { recursive: true });
                await page.screenshot({ fullPage: true,
                    path: join(process.env.LICET_SCREENSHOTS, `fr-try-${view}.png`) });
            }
            await context.close();
        });
    }

    test('has one script beside it, of a few megabytes', () => {
        const size = statSync(join(folder, 'try.js')).size;
        console.log(`try.js: ${size} bytes`);
        assert.ok(size < 4e6);
    });
});
