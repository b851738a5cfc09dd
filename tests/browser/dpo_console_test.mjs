// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a DPO can do their work in the console: a first finding within minutes, the whole
// questionnaire by keyboard and without a mouse, score, plan, registers, requests and label.
// Method: Chromium uses the console that a server gives (console_server.mjs), from an empty
// workspace to a plan. The questionnaire is answered with keys alone: the test's page has no mouse,
// a pointer event anywhere fails it. Each screen is looked at in French and English, light and
// dark, wide and narrow (axe-core, WCAG 2.2 AA). Screenshots go to the folder LICET_SCREENSHOTS.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';

import { locales, lookAt, openScreen, settled, sizes } from './console_pages.mjs';
import { startServer } from './console_server.mjs';
import { launch, openPage, program } from './support.mjs';

let server;
let browser;

before(async () => {
    server = await startServer();
    browser = await launch();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

const openAt = (path, how) => openScreen(browser, server, path, how);
const look = (page, name) => lookAt(page, `dpo-${name}`);

const idOf = (page) => page.locator('main form .mono').first().textContent();

/** Answers the card in sight with keys alone: what a company would say that does everything. */
async function answer(page) {
    const card = await page.evaluate(() => {
        const form = document.querySelector('main form');
        const inputs = [...form.querySelectorAll('fieldset input')];
        return {
            id: form.querySelector('.mono').textContent,
            kinds: inputs.map((one) => one.type),
            labels: inputs.map((one) => one.closest('label')?.textContent ?? ''),
            focused: inputs.includes(document.activeElement),
        };
    });
    assert.ok(card.focused, `${card.id}: the answer has the focus when a card appears`);
    const choices = card.kinds.filter((kind) => kind !== 'text').length;
    if (card.kinds[0] === 'text') {
        const typed = { 'PRO-07': 'www.verveine.example' }[card.id] ?? '3';
        await page.keyboard.type(typed);
        if (/SST|DPA/.test(card.id) && typed === '3') await page.keyboard.type('/5');
    } else if (card.kinds[0] === 'checkbox') {
        const most = card.labels.length - (/PRO/.test(card.id) ? 1 : 3);
        for (let place = 1; place <= Math.min(9, Math.max(1, most)); place += 1)
            await page.keyboard.press(String(place));
    } else {
        assert.ok(choices >= 2);
        await page.keyboard.press('1');
    }
    await page.keyboard.press('Enter');
    return card.id;
}

const byKeyboard = new Set();

describe('the first run', () => {
    test('gives a first finding within three minutes, by keyboard', async () => {
        const began = Date.now();
        const { context, page } = await openAt('/audit');
        const begin = page.getByRole('button', { name: 'Begin with objections' });
        await begin.focus();
        await page.keyboard.press('Enter');
        await page.waitForSelector('main form legend');
        let keys = 1;
        const finding = page.locator('.finding');
        for (let count = 0; count < 8 && (await finding.count()) === 0; count += 1) {
            const id = await idOf(page);
            const isThree = (await page.locator('main fieldset input[type=radio]').count()) >= 4;
            await page.keyboard.press(isThree ? '3' : '2');
            await page.keyboard.press('Enter');
            byKeyboard.add(id);
            keys += 2;
            await page.waitForFunction(
                (before) =>
                    document.querySelector('main form .mono')?.textContent !== before ||
                    document.querySelector('.finding'),
                id,
            );
            await page.waitForTimeout(200);
        }
        await finding.waitFor();
        assert.match(await finding.textContent(), /Blocking finding/);
        const seconds = (Date.now() - began) / 1000;
        console.log(`first finding: ${keys} keys, ${seconds.toFixed(1)} s`);
        assert.ok(seconds < 180);
        await context.close();
    });
});

describe('the questionnaire', () => {
    test('is answered as a whole by keyboard, and ends at score and plan', async () => {
        const { context, page, said } = await openAt('/audit');
        await page.evaluate(() => {
            globalThis.pointed = 0;
            for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
                addEventListener(kind, () => (globalThis.pointed += 1), true);
        });
        const began = Date.now();
        // To skip a question leaves it for later; to go back shows it again.
        const first = await idOf(page);
        await page.keyboard.press('s');
        await page.waitForFunction(
            (id) => document.querySelector('main form .mono').textContent !== id, first);
        await page.keyboard.press('b');
        await page.waitForFunction(
            (id) => document.querySelector('main form .mono').textContent === id, first);
        while ((await page.locator('main form legend').count()) > 0) {
            await page.waitForFunction(() =>
                document.activeElement?.matches('main fieldset input'));
            const id = await answer(page);
            byKeyboard.add(id);
            assert.ok(byKeyboard.size < 120);
            await page.waitForFunction(
                (before) => document.querySelector('main form .mono')?.textContent !== before ||
                    document.querySelector('main form [role=alert]'),
                id,
            );
            const wrong = page.locator('main form [role=alert]');
            assert.equal(await wrong.count(), 0, `${id}: ${await wrong.allTextContents()}`);
        }
        const seconds = (Date.now() - began) / 1000;
        const all = await page.evaluate(async () =>
            (await (await fetch('/api/v1/audits/current/questions')).json()).questions);
        // What licet measured is not asked; the first run was by keyboard too.
        const score = await page.evaluate(async () =>
            (await fetch('/api/v1/audits/current/score')).json());
        const proofs = new Map(score.questions.map((one) => [one.id, one.proof]));
        console.log(`${byKeyboard.size} of ${all.length} questions by keyboard, the rest measured;`,
            `this part took ${seconds.toFixed(0)} s`);
        assert.equal(all.length, 87);
        for (const { id, answered } of all) {
            assert.ok(answered, id);
            assert.ok(byKeyboard.has(id) || proofs.get(id) === 'measured', id);
        }
        assert.equal(await page.evaluate(() => globalThis.pointed), 0);
        await page.getByRole('button', { name: 'See the score' }).focus();
        await page.keyboard.press('Enter');
        await page.waitForSelector('svg[aria-label^="Score:"]');
        await settled(page);
        assert.match(await page.locator('main').textContent(), /Assurance/);
        assert.equal(await page.locator('figure table tbody tr').count(), 16);
        await page.keyboard.press('g');
        await page.keyboard.press('n');
        await page.waitForSelector('main table');
        await settled(page);
        assert.match(await page.locator('main h1').textContent(), /Action plan/);
        assert.ok((await page.locator('main table tbody tr').count()) > 0);
        assert.deepEqual(said, []);
        await context.close();
    });

    test('the plan says who does what until when, in a picture and a table', async () => {
        const { context, page } = await openAt('/plan');
        const open = await page.locator('main table').first().locator('tbody tr').count();
        const bars = page.locator('figure svg rect');
        assert.equal(await bars.count(), open);
        await page.locator('figure summary').first().press('Enter');
        assert.equal(await page.locator('figure table').first().locator('tbody tr').count(), open);
        await context.close();
    });

    test('another day of the law is compared with today, theme by theme', async () => {
        const { context, page } = await openAt('/score');
        assert.equal(await page.locator('figure .other').count(), 0);
        await page.getByLabel('Day of the law').fill('2024-01-15');
        await page.getByText('Hollow ring').waitFor();
        await settled(page);
        assert.equal(await page.locator('figure thead th').count(), 4);
        assert.ok((await page.locator('figure .other').count()) > 10);
        await look(page, 'score-compared');
        await context.close();
    });

    test('two people who answer at once are told, and nothing is lost', async () => {
        const one = await openAt('/audit?question=PRO-04');
        const two = await openAt('/audit?question=PRO-04');
        for (const [page, key] of [[one.page, '2'], [two.page, '3']]) {
            await page.waitForFunction(() =>
                document.activeElement?.matches('main fieldset input'));
            await page.keyboard.press(key);
        }
        await one.page.keyboard.press('Enter');
        await one.page.waitForFunction(() =>
            document.querySelector('main form .mono')?.textContent !== 'PRO-04');
        await two.page.keyboard.press('Enter');
        const note = two.page.locator('[role=alert]');
        await note.waitFor();
        assert.match(await note.textContent(), /meanwhile/);
        await two.page.getByRole('button', { name: 'Try again' }).click();
        await two.page.waitForFunction(() =>
            document.querySelectorAll('main fieldset input')[1]?.checked);
        await one.context.close();
        await two.context.close();
    });

    test('a question is handed over by a link, and answered without login or script', async () => {
        const { context, page } = await openAt('/audit?question=PRO-02');
        await page.getByRole('button', { name: 'Hand it to somebody' }).click();
        await page.getByLabel('Who answers').fill('marketing');
        await page.keyboard.press('Enter');
        const made = page.locator('dialog .link');
        await made.waitFor();
        const { pathname } = new URL(await made.textContent());
        await context.close();
        const link = new URL(pathname, server.url).href;
        for (const lang of ['fr', 'en']) {
            for (const size of ['wide', 'small']) {
                const view = { viewport: sizes[size], locale: locales[lang] };
                const looked = await openPage(browser, link, view);
                await look(looked.page, `delegated-${lang}-${size}`);
                await looked.context.close();
            }
        }
        const plain = { viewport: sizes.small, locale: locales.en, javaScriptEnabled: false };
        const asked = await openPage(browser, link, plain);
        await asked.page.keyboard.press('Tab');
        await asked.page.keyboard.press('Space');
        const button = asked.page.getByRole('button');
        await button.focus();
        await asked.page.keyboard.press('Enter');
        await asked.page.getByRole('heading', { name: 'Thank you' }).waitFor();
        assert.deepEqual(await asked.context.cookies(), []);
        await asked.context.close();
    });
});

describe('the overview', () => {
    let own;
    before(async () => {
        own = await startServer((space) => {
            const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
            const lines = [];
            // Prospects of 1, 13 and 40 months; objections of today and of nine days ago.
            for (const [name, ago] of [['ana', 20], ['bea', 390], ['cleo', 1210]])
                lines.push({ kind: 'collected', email: `${name}@courrier-xylo.example`,
                    on: day(ago), surface: 'form', attributes: { origin: 'person_other' } });
            lines.push({ kind: 'collected', email: 'dora@courrier-xylo.example', on: day(30),
                surface: 'list', attributes: { origin: 'partner' } });
            for (const [name, ago] of [['ana', 0], ['bea', 9]])
                lines.push({ kind: 'objection', email: `${name}@courrier-xylo.example`,
                    on: day(ago), surface: 'phone' });
            const input = lines.map((one) => `${JSON.stringify(one)}\n`).join('');
            execFileSync(program, ['-w', space, 'record', '--jsonl', '-'], { input });
            for (const name of ['ana', 'bea', 'cleo', 'dora'])
                for (const channel of ['email', 'sms'])
                    spawnSync(program, ['-w', space, 'check', '-f', 'purpose=commercial',
                        '-f', `channel=${channel}`, '--email', `${name}@courrier-xylo.example`]);
        });
    });
    after(() => own?.stop());

    for (const [lang, size, dark] of [['fr', 'wide', false], ['en', 'small', true]])
        test(`shows how the company works, in pictures and tables: ${lang}`, async () => {
            const how = { lang, size, dark, forAxe: true };
            const { context, page, said } = await openScreen(browser, own, '/overview', how);
            await page.locator('figure').nth(2).waitFor();
            await settled(page);
            for (const table of await page.locator('figure summary').all())
                await table.press('Enter');
            const [latency, ages, flow] = await page.locator('figure table tbody').allInnerTexts();
            const rows = (text) => text.trim().split('\n').map((row) => row.split('\t'));
            assert.deepEqual(rows(latency).map(([days, count]) => [days, count]),
                [['0', '1'], ['9', '1']]);
            // Camille is there too; the one of 1,210 days is beyond the line.
            assert.deepEqual(rows(ages).map(([, count]) => count), ['3', '1', '1']);
            assert.equal(rows(flow).reduce((sum, row) => sum + Number(row.at(-1)), 0), 8);
            const pictures = await page.locator('figure svg').evaluateAll((all) =>
                all.map((one) => one.getAttribute('aria-label')));
            assert.match(pictures[0], /50/);
            assert.match(pictures[1], /1 prospect/);
            if (size === 'wide') assert.match(pictures[2], /^8 /);
            await look(page, `overview-practice-${lang}-${size}`);
            assert.deepEqual(said, []);
            await context.close();
        });
});

describe('registers, requests and label', () => {
    test('a processor, a breach, a complaint and a request are written and shown', async () => {
        const { context, page } = await openAt('/processors');
        await page.getByRole('button', { name: 'Add a processor' }).click();
        await page.getByLabel('Short name').fill('crisp');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('rowheader', { name: /crisp/ }).waitFor();
        await page.evaluate(() => { location.hash = '#/incidents'; });
        for (const [deed, id] of [['Record a breach', 'leak-1'], ['Record a complaint', 'c-1']]) {
            await page.getByRole('button', { name: deed }).click();
            await page.getByLabel('Short name').fill(id);
            await page.getByRole('button', { name: 'Save' }).click();
            await page.getByRole('rowheader', { name: id }).waitFor();
        }
        await page.evaluate(() => { location.hash = '#/requests'; });
        await page.getByRole('button', { name: 'Open a request' }).click();
        await page.getByLabel('Address of the person').fill('camille@example.com');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('heading', { name: 'Letter to send' }).waitFor();
        assert.match(await page.locator('main table').textContent(), /days left/);
        assert.ok(!page.url().includes('camille'));
        await context.close();
    });

    test('the label says what it is not, and how far the audit is from one', async () => {
        const { context, page } = await openAt('/label');
        const text = await page.locator('main').textContent();
        assert.match(text, /self-assessment/);
        assert.match(text, /neither a certification/);
        assert.match(text, /For the next level/);
        await context.close();
    });
});

const screens = ['/overview', '/audit', '/score', '/plan', '/processors', '/requests',
    '/incidents', '/label'];

describe('every screen of the DPO', () => {
    for (const [lang, size, dark] of [
        ['fr', 'wide', false],
        ['fr', 'small', true],
        ['en', 'wide', true],
        ['en', 'small', false],
    ]) {
        const light = dark ? 'dark' : 'light';
        test(`bars nobody, fits its window: ${lang}, ${size}, ${light}`, async () => {
            const wish = { lang, size, dark, forAxe: true };
            const { context, page, said } = await openAt('/help', wish);
            for (const path of [...screens, '/audit?question=OPP-02']) {
                await page.evaluate((there) => {
                    location.hash = there;
                }, `#${path}`);
                await settled(page);
                const name = path.slice(1).replace(/\W+/g, '-');
                await look(page, `${name}-${lang}-${size}-${light}`);
            }
            assert.deepEqual(said, []);
            await context.close();
        });
    }

    test('of an empty organisation leads to a first finding, and bars nobody', async () => {
        const empty = await startServer();
        const kept = server;
        server = empty;
        try {
            for (const [lang, size] of [['fr', 'wide'], ['en', 'small']]) {
                const { context, page } = await openAt('/audit', { lang, size, forAxe: true });
                for (const path of screens) {
                    await page.evaluate((there) => {
                        location.hash = there;
                    }, `#${path}`);
                    await settled(page);
                    await look(page, `empty-${path.slice(1)}-${lang}-${size}`);
                }
                await context.close();
            }
        } finally {
            server = kept;
            await empty.stop();
        }
    });
});
