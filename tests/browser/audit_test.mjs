// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the report of an audit and the page of a label are pages that everybody can read,
// and that ask nothing of anybody.
// Method: the program that LICET names makes an audit with findings and one that gets a label, in
// French and in English; Chromium opens the pages from the disk. axe-core looks for what bars
// people (WCAG 2.2 AA) in light and dark, wide and narrow. Screenshots go to the folder that
// LICET_SCREENSHOTS names.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program, views as common, widthsOf } from './support.mjs';

const views = {
    ...common,
    phone: { viewport: { width: 390, height: 844 } },
    phoneDark: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
};
const pages = {};
let folder;
let pictures;
let browser;

const licet = (lang, ...rest) => execFileSync(program,
    ['--workspace', join(folder, 'space'), '--lang', lang, ...rest],
    { stdio: 'pipe', cwd: folder });
const say = (question, answer, ...more) =>
    licet('en', 'audit', 'answer', '-q', question, '-a', answer, ...more);

function findings() {
    const profile = ['1,2', '1,3', 'FR', '2', '1,2,4', 'no', 'www.company.example', 'aucun'];
    profile.forEach((value, i) => say(`PRO-0${i + 1}`, value));
    say('INF-01', 'yes', '--evidence', 'proof.txt');
    say('OPP-01', 'no');
    say('OPP-02', '0');
    say('COO-01', 'na', '--reason', 'no_tracker');
    say('COO-02', 'na', '--reason', 'Nous n\'avons pas de bandeau, faute de traceur.');
    say('SRC-01', 'partly');
    writeFileSync(join(folder, 'events.jsonl'), `${JSON.stringify(
        { kind: 'objection', email: 'camille@example.com', on: '2026-10-01' })}\n`);
    licet('en', 'record', '--jsonl', 'events.jsonl');
    licet('en', 'processor', 'add', 'crisp', '--contract', 'yes');
}

function best() {
    const shown = JSON.parse(licet('en', 'audit', 'show', '--json')).questions;
    const types = Object.fromEntries(shown.map((one) => [one.id, one.type]));
    const special = { 'COO-07': '1', 'B2B-05': '1', 'INF-02': '1,2,3,4,5,6,7,8,9,10,11,12,13,14',
        'SEC-04': '1,2,4', 'B2C-03': '1,2,3,4,5,6', 'TEL-02': '1,2,3,4,5,6,7,8,9' };
    const usual = { yn: 'yes', ynp: 'yes', num: '0', table: '1/1' };
    const all = JSON.parse(licet('en', 'audit', 'score', '--json')).questions
        .filter((one) => one.id !== 'PRO-01' && !one.id.startsWith('PRO'));
    const lines = all.flatMap((one) => [special[one.id] ?? usual[types[one.id]], 'proof.txt']);
    execFileSync(program, ['--workspace', join(folder, 'space'), 'audit', 'answer', '--all'],
        { input: `${['-', '-', '-', '-', '-', '-', '-', '-', ...lines].join('\n')}\n`, cwd: folder,
            stdio: ['pipe', 'pipe', 'pipe'] });
}

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'licet-audit-'));
    pictures = process.env.LICET_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'licet-screenshots-'));
    mkdirSync(pictures, { recursive: true });
    licet('en', 'init', join(folder, 'space'));
    appendFileSync(join(folder, 'space/config.toml'),
        'controller = "Exemple SAS"\ncontroller_contact = "dpo@company.example"\n'
        + 'turnover = 3000000\n');
    writeFileSync(join(folder, 'proof.txt'), 'a document');
    licet('en', 'audit', 'start');
    findings();
    for (const lang of ['fr', 'en']) {
        licet(lang, 'audit', 'report', '--out', `${lang}.html`);
        pages[`report-${lang}`] = join(folder, `${lang}.html`);
    }
    licet('en', 'audit', 'start', '--audit', 'second');
    ['1', '1', 'FR', '2', '1', 'no', 'www.company.example', 'aucun'].forEach(
        (value, i) => say(`PRO-0${i + 1}`, value));
    best();
    for (const lang of ['fr', 'en']) {
        licet(lang, 'label', 'issue', '--level', 'N1', '--domain', 'company.example', '--out',
            `label-${lang}`);
        pages[`label-${lang}`] = join(folder, `label-${lang}/index.html`);
    }
    browser = await launch();
});
after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
});

describe('the report and the label', () => {
    for (const name of ['report-fr', 'report-en', 'label-fr', 'label-en'])
        for (const [view, settings] of Object.entries(views))
            test(`${name} bars nobody: ${view}`, async () => {
                const { context, page, asked, said } =
                    await openPage(browser, pathToFileURL(pages[name]).href, settings);
                await page.evaluate(() => document.querySelectorAll('details').forEach(
                    (one) => { one.open = true; }));
                const { told, passed } = await barriersOf(page);
                assert.deepEqual(told, []);
                assert.ok(passed > 15);
                const widths = await widthsOf(page);
                assert.ok(widths.needed <= widths.given, JSON.stringify(widths));
                assert.equal(asked.length, 1, `it asked ${asked}`);
                assert.deepEqual(said, []);
                const path = join(pictures, `${name}-${view}.png`);
                await page.screenshot({ path, fullPage: true });
                await context.close();
            });

    test('what a picture shows stands in a table too', async () => {
        const { context, page } = await openPage(browser, pathToFileURL(pages['report-en']).href,
            views.wide);
        const drawn = await page.locator('.dots .dot-name').allTextContents();
        const table = page.locator('section[aria-labelledby=themes] tbody th');
        const told = await table.allTextContents();
        assert.deepEqual(drawn, told);
        await context.close();
    });

    test('the label sets no cookie and runs nothing', async () => {
        const { context, page } = await openPage(browser, pathToFileURL(pages['label-fr']).href,
            { ...views.wide, bypassCSP: false });
        assert.equal(await page.evaluate(() => document.scripts.length), 0);
        assert.deepEqual(await context.cookies(), []);
        await context.close();
    });
});
