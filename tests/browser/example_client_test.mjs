// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that who looks around sees all with an organisation that is made up: its overview with
// pictures that say what the ledger says, its plan on a board, its keys, its year and the archive
// with which it leaves; and that it is gone when it is removed.
// Method: a real server, Chromium, by keyboard. What pictures say in their tables is compared with
// the API. Looked at with axe-core; screenshots go to the folder LICET_SCREENSHOTS.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { lookAt, openScreen, settled } from './console_pages.mjs';
import { profile, startServer } from './console_server.mjs';
import { launch, program } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'licet-example-'));
let server;
let browser;
let opened; // one window, as somebody has it

const page = () => opened.page;
const goTo = async (path) => {
    await page().evaluate((hash) => {
        location.hash = hash;
    }, `#${path}`);
    await settled(page());
};
const ask = (path) =>
    page().evaluate(async (at) => {
        const headers = { 'Licet-Tenant': localStorage.getItem('licet.tenant') };
        return (await fetch(`/api/v1${at}`, { headers })).json();
    }, path);
const press = (name, within = page()) => within.getByRole('button', { name }).press('Enter');
const numbers = (cells) => cells.map((text) => Number(text.replace(/[^\d]/g, '')));

/** The numbers of a column of the table that a picture has; the table is opened first. */
async function columnOf(title, column) {
    const card = page().locator('main section, main article, main div').filter({
        has: page().getByRole('heading', { name: title, exact: true }),
    }).last();
    await card.getByText('The same figures as a table').press('Enter');
    return numbers(
        await card.locator(`table tbody tr > :nth-child(${column})`).allTextContents());
}

async function saved(button) {
    const [download] = await Promise.all([
        page().waitForEvent('download'),
        page().getByRole('button', { name: button }).press('Enter'),
    ]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
}

before(async () => {
    server = await startServer();
    browser = await launch();
    opened = await openScreen(browser, server, '/audit', { forAxe: true });
});

after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe('an example client', () => {
    test('is loaded from the first run, by keyboard, and shown', async () => {
        await press('Load the example');
        await page().getByText('Atelier Exemple is loaded.').waitFor();
        await settled(page());
        assert.match(page().url(), /#\/overview$/);
        const score = await ask('/audits/current/score');
        const main = await page().locator('main').textContent();
        assert.ok(main.includes(`${score.score}`));
        assert.match(main, /In the last 30 days/);
        assert.match(main, /Complaints recorded:/);
        await lookAt(page(), 'example-overview');
    });

    test('has pictures whose tables say what the ledger says', async () => {
        const told = await ask('/practice');
        const counts = await columnOf('How soon objections are recorded', 2);
        assert.deepEqual(
            counts, told.objections.days_until_recorded.map(({ count }) => count));
        const ages = await columnOf('Age of prospects', 2);
        assert.equal(
            ages.reduce((sum, one) => sum + one, 0),
            told.prospects.months.reduce((sum, { count }) => sum + count, 0));
        await goTo('/processors');
        const { processors } = await ask('/processors');
        const shown = await page().locator('main table').first().locator('tbody tr').count();
        assert.equal(shown, processors.length);
    });

    test('has a plan whose actions go over a board, and cost money', async () => {
        await goTo('/plan');
        await page().getByRole('tab', { name: 'Table' }).focus();
        await page().keyboard.press('ArrowRight');
        const columns = page().locator('main .board section');
        const before_ = await columns.locator('li').count();
        const [todo, begun] = [columns.nth(0), columns.nth(1)];
        assert.equal(await begun.locator('li').count(), 0);
        const action = await todo.locator('li p').first().textContent();
        await todo.locator('li button').first().press('Enter');
        const dialog = page().getByRole('dialog');
        await dialog.getByLabel('Estimated cost').fill('1 200');
        await dialog.getByLabel('The action is under way').press('Space');
        await press('Save', dialog);
        await page().getByText('Plan updated.').waitFor();
        await settled(page());
        assert.equal(await begun.locator('li').count(), 1);
        assert.equal(await begun.locator('li p').first().textContent(), action);
        assert.match(await begun.textContent(), /€1,200/);
        assert.equal(await columns.locator('li').count(), before_);
        assert.match(await page().locator('main').textContent(), /Estimated cost: €1,200, for 1 /);
        const moved = (await ask('/audits/current/plan')).plan.filter((one) => one.begun);
        assert.deepEqual(moved.map((one) => one.cost), [1200]);
        await lookAt(page(), 'plan-board');
        await begun.locator('li button').first().press('Enter');
        await dialog.getByLabel('Estimated cost').fill('a lot');
        await press('Save', dialog);
        await dialog.getByRole('alert').waitFor();
        assert.equal(await dialog.getByLabel('Estimated cost').inputValue(), 'a lot');
        await page().keyboard.press('Escape');
    });

    test('has keys that are told without a secret', async () => {
        await goTo('/settings/keys');
        const { checkpoints } = await ask('/keys');
        const main = await page().locator('main').textContent();
        assert.ok(main.includes(checkpoints));
        assert.match(main, /tenant\.key/);
        await lookAt(page(), 'keys');
    });

    test('has a year as a page, and leaves as one archive', async () => {
        await goTo('/overview');
        const year = readFileSync(await saved('Report of the year'), 'utf8');
        assert.match(year, /Atelier Exemple/);
        await press('Make the archive');
        const archive = await saved(/Download the archive/);
        const listed = spawnSync('tar', ['-tf', archive], { encoding: 'utf8' });
        assert.equal(listed.status, 0, listed.stderr);
        for (const name of ['organisation.toml', 'SHA256SUMS'])
            assert.ok(listed.stdout.includes(name), listed.stdout);
        assert.ok(!/tenant\.key|persons\.keys|signing\.key$/m.test(listed.stdout));
        await press(/Remove the archive of/);
        await press('Remove', page().getByRole('dialog'));
        await page().getByRole('dialog').waitFor({ state: 'detached' });
        assert.equal(await page().getByRole('button', { name: /Download the archive/ }).count(), 0);
    });

    test('tells since when one was not here', async () => {
        await page().evaluate(() => {
            localStorage.setItem(
                `licet.visit.${localStorage.getItem('licet.tenant')}`, '2026-01-05');
        });
        await goTo('/help');
        await goTo('/overview');
        assert.match(await page().locator('main').textContent(), /Since your visit of 5 Jan/);
    });

    for (const [lang, size, dark] of [['fr', 'wide', true], ['fr', 'small', false]])
        test(`is as good on each window: ${lang}, ${size}`, async () => {
            const tenant = await page().evaluate(() => localStorage.getItem('licet.tenant'));
            const other = await openScreen(browser, server, '/help', {
                ...{ lang, size, dark, forAxe: true },
            });
            await other.page.evaluate((id) => localStorage.setItem('licet.tenant', id), tenant);
            await other.page.reload();
            await settled(other.page);
            await other.page.evaluate(() => {
                location.hash = '#/plan';
            });
            await settled(other.page);
            await other.page.getByRole('tab', { name: 'Par avancement' }).click();
            await lookAt(other.page, `plan-board-${lang}-${size}`);
            for (const path of ['/settings/keys', '/settings/tenants', '/overview']) {
                await other.page.evaluate((hash) => {
                    location.hash = hash;
                }, `#${path}`);
                await settled(other.page);
                await lookAt(other.page, `${path.split('/').at(-1)}-${lang}-${size}`);
            }
            assert.deepEqual(other.said, []);
            await other.context.close();
        });

    test('is removed, and who looked at it is at home again', async () => {
        await goTo('/settings/tenants');
        await press('Remove the example');
        await press('Remove the example', page().getByRole('dialog'));
        await page().getByText('Atelier Exemple is removed.').waitFor();
        await settled(page());
        const left = await page().locator('main table').textContent();
        assert.ok(!left.includes('exemple-'), left);
        assert.equal(await page().evaluate(() => localStorage.getItem('licet.tenant')), 'default');
        // That there is no audit yet, and that a cost was no number.
        assert.deepEqual(opened.said.filter((one) => !/status of 40[04]/.test(one)), []);
    });
});

/** Runs the program with a clock that is so many days behind; who hangs is ended, and its child. */
const at = (days, ...words) =>
    spawnSync('timeout', ['-k', '1', '8', 'faketime', '-f', `${days}d`, program, ...words]);

/** True if a played clock goes together with this program: with a sanitizer in it, it hangs. */
function canPlayClock() {
    const space = join(folder, 'clock');
    spawnSync(program, ['init', space]);
    return at(-1, '-w', space, 'audit', 'start').status === 0;
}

describe('a plan of some weeks', () => {
    test('shows what is left, day by day, in a picture and a table', async (t) => {
        if (!canPlayClock()) return t.skip('no clock can be played');
        const answers = [[-21, 'OPP-01', 'no'], [-14, 'OPP-01', 'yes'], [-7, 'OPP-03', 'yes']];
        const other = await startServer((space) => {
            const done = [at(-21, '-w', space, 'audit', 'start')];
            for (const [days, question, answer] of [
                ...Object.entries(profile).map((one) => [-21, ...one]),
                ...answers,
            ])
                done.push(at(days, '-w', space, 'audit', 'answer', '-q', question, '-a', answer));
            for (const one of done) assert.equal(one.status, 0, String(one.stderr));
        });
        const plan = await openScreen(browser, other, '/plan', { forAxe: true });
        const told = await plan.page.evaluate(async () =>
            (await (await fetch('/api/v1/audits/current/plan')).json()).history);
        assert.ok(told.length >= 3, JSON.stringify(told));
        const card = plan.page.locator('main').filter({ has: plan.page.locator('path.sign') });
        assert.equal(await card.locator('path.sign').count(), told.length);
        const rows = plan.page.locator('main table').last().locator('tbody tr');
        assert.equal(await rows.count(), told.length);
        const open = await rows.locator('td:nth-child(2)').allTextContents();
        assert.deepEqual(numbers(open), told.map((one) => one.open));
        assert.ok(told.at(-1).open < told[0].open);
        await lookAt(plan.page, 'plan-burn-down');
        await plan.context.close();
        await other.stop();
    });
});
