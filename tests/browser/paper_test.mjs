// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that each document is a page that everybody can read, that asks nothing of anybody,
// and that tells where each paragraph comes from.
// Method: the program that LICET names builds the example organisation's documents in French and in
// English, letters and breach sheet included; Chromium opens each from the disk. axe-core looks for
// what bars people (WCAG 2.2 AA), some also in the dark and narrow. Screenshots go to the folder
// LICET_SCREENSHOTS, or to a temporary one.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program, views, widthsOf } from './support.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const phone = { viewport: { width: 390, height: 844 } };
const looked = ['privacy_prospects.fr', 'cookie_policy.main.en', 'record.fr', 'email_footer.b2b.fr',
    'form_notice.calls.fr', 'agreement_controller.crm.en', 'letter_objection.fr'];
const facts = `
[request]
person = "Lou Fiction"
received_on = "2026-11-20"
data = "le nom, l'adresse"
purposes = ["b2b"]
source = "L'annuaire des artisans boulangers."
erased_on = "2026-11-25"
kept = "Une empreinte."
stopped_on = "2026-11-21"
extension_reason = "La demande est vaste."
extended_to = "2027-02-20"
refusal_reason = "La demande se répète."
signatory = "Camille Exemple"

[breach]
reference = "V-1"
found_on = "2026-11-20"
nature = "Vol d'un poste."
kind = "confidentiality"
who = "clients"
people = 12
records = 12
data = "noms"
consequences = "Démarchage."
measures = "Poste effacé."
risk = "risk"
`;

let folder;
let pictures;
let browser;
let pages;

function licet(...words) {
    execFileSync(program, ['--workspace', folder, ...words], { stdio: 'pipe', cwd: folder });
}

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'licet-papers-'));
    pictures = process.env.LICET_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'licet-screenshots-'));
    mkdirSync(pictures, { recursive: true });
    copyFileSync(join(root, 'examples/organisation.toml'), join(folder, 'organisation.toml'));
    writeFileSync(join(folder, 'case.toml'), facts);
    const common = ['--in', 'all', '--form', 'html', '--input', join(folder, 'case.toml'),
        '--out', join(folder, 'out')];
    licet('paper', 'build', ...common);
    for (const one of ['access', 'erasure', 'objection', 'source', 'extension', 'refusal'])
        licet('paper', 'build', `letter_${one}`, ...common);
    licet('paper', 'build', 'breach_sheet', ...common);
    pages = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.html')).sort();
    browser = await launch();
});

after(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
});

function open(name, view) {
    return openPage(browser, pathToFileURL(join(folder, 'out', name)).href, view);
}

describe('documents', () => {
    test('each page bars nobody and asks nothing of anybody', async () => {
        assert.ok(pages.length >= 70, `${pages.length} pages`);
        for (const name of pages) {
            const { context, page, asked, said } = await open(name, views.wide);
            const { told, passed } = await barriersOf(page);
            assert.deepEqual(told, [], name);
            assert.ok(passed > 5, `${name}: ${passed} checks`);
            assert.equal(asked.length, 1, name);
            assert.deepEqual(said, [], name);
            assert.equal(await page.locator('script').count(), 0, name);
            await context.close();
        }
    });

    test('pages are looked at wide and narrow, in light and dark', async () => {
        for (const stem of looked)
            for (const [view, options] of Object.entries({ ...views, phone })) {
                const { context, page } = await open(`${stem}.html`, options);
                const { told } = await barriersOf(page);
                assert.deepEqual(told, [], `${stem} ${view}`);
                const { needed, given } = await widthsOf(page);
                assert.ok(needed <= given, `${stem} ${view}: ${needed} > ${given}`);
                await page.screenshot({ path: join(pictures, `paper-${stem}-${view}.png`),
                    fullPage: true });
                await context.close();
            }
    });

    test('a paragraph tells its facts and articles, and so does the table at the end', async () => {
        const { context, page } = await open('privacy_prospects.fr.html', views.wide);
        const title = await page.locator('#who p').first().getAttribute('title');
        assert.match(title, /organisation\.name/);
        assert.match(title, /RGPD art\. 14\(1\)\(a\)/);
        await page.locator('summary').click();
        assert.match(await page.locator('details').innerText(), /organisation\.objection_link/);
        await context.close();
    });

    test('the right to object stands in a box of its own, first', async () => {
        const { context, page } = await open('privacy_prospects.fr.html', views.wide);
        assert.equal(await page.locator('main section').first().getAttribute('id'), 'object');
        assert.equal(await page.locator('#object .box').count(), 1);
        await context.close();
    });

    test('the footer to copy is shown as letters, and is a page of its own when it is used',
        async () => {
            const { context, page } = await open('email_footer.b2b.fr.html', views.wide);
            const code = await page.locator('#short .message').nth(1).innerText();
            assert.match(code, /<a href="https:\/\/atelier\.example\/stop">/);
            await page.setContent(code);
            assert.equal(await page.locator('a').count(), 2);
            await context.close();
        });
});
