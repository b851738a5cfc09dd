// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a DPO can keep the register, see which documents are out of date and why, publish
// them, see the banner as visitors do and copy what goes elsewhere, all of it in the console.
// Method: Chromium uses the console of a real server whose organisation is the example's. Each
// screen is looked at in French and English, light and dark, wide and narrow; axe-core looks for
// what bars people (WCAG 2.2 AA). Screenshots go to the folder LICET_SCREENSHOTS, if it is given.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';

import { lookAt, openScreen, photograph, settled } from './console_pages.mjs';
import { startServer } from './console_server.mjs';
import { launch } from './support.mjs';

const example = readFileSync(new URL('../../examples/organisation.toml', import.meta.url), 'utf8');
const screens = ['/organisation', '/documents', '/documents/legal_notice', '/banner', '/snippets'];
let server;
let browser;
let session;

before(async () => {
    server = await startServer();
    browser = await launch();
    const answer = await fetch(new URL('/api/v1/session', server.url), { headers: cookie() });
    session = await answer.json();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

beforeEach(async () => {
    assert.ok((await put(example)).ok);
});

function cookie() {
    return { Cookie: `${server.cookie.name}=${server.cookie.value}` };
}

/** Writes the register as somebody else would, at the same server. */
function put(text) {
    return fetch(new URL('/api/v1/organisation', server.url), {
        method: 'PUT',
        headers: {
            ...cookie(),
            'X-CSRF-Token': session.csrf,
            'Content-Type': 'application/toml',
        },
        body: text,
    });
}

const openAt = (path, how) => openScreen(browser, server, path, how);
const look = (page, name) => lookAt(page, `papers-${name}`);

describe('every screen of papers', () => {
    for (const [lang, size, dark] of [
        ['fr', 'wide', false],
        ['fr', 'small', true],
        ['en', 'wide', true],
        ['en', 'small', false],
    ]) {
        const light = dark ? 'dark' : 'light';
        test(`bars nobody, fits its window: ${lang}, ${size}, ${light}`, async () => {
            const { context, page, said } = await openAt(screens[0], {
                lang,
                size,
                dark,
                forAxe: true,
            });
            for (const path of screens) {
                await page.evaluate((there) => {
                    location.hash = there;
                }, `#${path}`);
                await settled(page);
                assert.equal(await page.locator('main [role="alert"]').count(), 0, path);
                await look(page, `${path.slice(1).replace('/', '-')}-${lang}-${size}-${light}`);
            }
            assert.deepEqual(said, []);
            await context.close();
        });
    }

    test('keeps to its own server under its own policy, with targets of 24 pixels', async () => {
        const { context, page, asked, said } = await openAt(screens[0], { size: 'small' });
        for (const path of screens) {
            await page.evaluate((there) => {
                location.hash = there;
            }, `#${path}`);
            await settled(page);
            const small = await page.evaluate(() =>
                [...document.querySelectorAll('button, select, summary, input:not(.hidden)')]
                    .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
                    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
                    .map(([text]) => text),
            );
            assert.deepEqual(small, [], path);
        }
        const origin = new URL(server.url).origin;
        assert.deepEqual(
            asked.filter((url) => !url.startsWith(`${origin}/`)),
            [],
        );
        assert.deepEqual(said, []);
        assert.equal(await page.evaluate(() => document.cookie), '');
        await context.close();
    });
});

describe('the organisation', () => {
    test('says which documents a fact is in, and leads to its line', async () => {
        const { context, page } = await openAt('/organisation');
        await page.getByLabel('Find a fact').fill('dominique');
        await page.getByRole('button', { name: 'dpo.name' }).waitFor();
        await page.getByText(/^in \d+ documents$/).first().click();
        assert.ok(await page.getByRole('link', { name: 'privacy_prospects' }).isVisible());
        await page.getByRole('button', { name: 'dpo.name' }).click();
        await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
        const chosen = await page.evaluate(() => {
            const field = document.activeElement;
            return field.value.slice(field.selectionStart, field.selectionEnd);
        });
        assert.equal(chosen, 'name = "Dominique Modèle"');
        await context.close();
    });

    test('shows a fault beside its line, keeps what was typed, saves what is well', async () => {
        const { context, page } = await openAt('/organisation');
        await page.getByRole('tab', { name: 'File' }).click();
        const field = page.getByLabel('The register as TOML');
        const wrong = example.replace('country = "fr"', 'cuontry = "fr"');
        await field.fill(wrong);
        await page.getByRole('button', { name: 'Save' }).click();
        const line = wrong.split('\n').findIndex((one) => one.startsWith('cuontry')) + 1;
        await page.getByRole('button', { name: `Line ${line}`, exact: true }).first().click();
        assert.equal(await field.inputValue(), wrong);
        await field.fill(example.replace('"Atelier Exemple"', '"Atelier Neuf"'));
        await page.getByRole('button', { name: 'Check without saving' }).click();
        const well = page.getByText('Nothing is missing and nothing contradicts.').waitFor();
        // Once, on a busy machine, it did not come: what stood there instead is told.
        await well.catch(async (fault) => {
            throw new Error(`${fault.message}\n${await page.locator('main').innerText()}`);
        });
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Register saved.').waitFor();
        await context.close();
    });

    test('does not undo what somebody else did meanwhile', async () => {
        const { context, page } = await openAt('/organisation');
        await page.getByRole('tab', { name: 'File' }).click();
        await put(`${example}\n# theirs\n`);
        await page.getByLabel('The register as TOML').fill(`${example}\n# mine\n`);
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('alert').waitFor();
        assert.match(await page.getByRole('alert').innerText(), /meanwhile/);
        await context.close();
    });
});

describe('a document', () => {
    test('is published, falls behind, says why, shows the difference', async () => {
        const { context, page } = await openAt('/documents/legal_notice');
        await page.getByRole('button', { name: 'Publish' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
        await page.getByText('Document published.').waitFor();
        await put(example.replace('director = "Camille Exemple"', 'director = "Alix Neuf"'));
        await page.evaluate(() => {
            location.hash = '#/documents';
        });
        await settled(page);
        const row = page.getByRole('row', { name: /Legal notice/ });
        assert.match(await row.innerText(), /Out of date[\s\S]*version 1/);
        assert.match(await row.innerText(), /Alix Neuf/);
        await row.getByRole('link').click();
        await settled(page);
        await page.getByRole('tab', { name: /Differences/ }).click();
        assert.match(await page.locator('del').first().innerText(), /Camille Exemple/);
        assert.match(await page.locator('ins').first().innerText(), /Alix Neuf/);
        await photograph(page, 'papers-diff');
        await context.close();
    });

    test('shows where each passage comes from, and is loaded as a file', async () => {
        const { context, page } = await openAt('/documents/privacy_prospects');
        await page.getByLabel('Show the facts and articles of each passage').check();
        await page.getByText(/organisation\.name/).first().waitFor();
        const loading = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Page (HTML)' }).click();
        assert.match(readFileSync(await (await loading).path(), 'utf8'), /Atelier Exemple/);
        await context.close();
    });
});

describe('what is shown elsewhere', () => {
    test('the banner is there as visitors see it, and sends nothing', async () => {
        const { context, page, asked } = await openAt('/banner');
        const frame = page.frameLocator('iframe');
        const buttons = frame.getByRole('button');
        await buttons.first().waitFor();
        assert.ok((await buttons.count()) >= 2);
        const posts = asked.filter((url) => url.includes('/public/'));
        assert.deepEqual(posts, []);
        assert.match(await page.locator('main').innerText(), /Consent/);
        const loading = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Download all (ZIP)' }).click();
        assert.equal(readFileSync(await (await loading).path()).subarray(0, 2).toString(), 'PK');
        await context.close();
    });

    test('a notice of a form is copied with the version that it sends', async () => {
        const { context, page } = await openAt('/snippets');
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
        await page.getByText('newsletter', { exact: true }).click();
        await page.getByRole('button', { name: 'Copy the HTML' }).click();
        await page.getByText('Copied.').waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(copied, /name="licet_notice" value="[0-9a-f]{64}"/);
        assert.doesNotMatch(copied, /checked/);
        await page.getByRole('button', { name: 'Publish this notice' }).click();
        await page.getByText('Notice of the form newsletter published.').waitFor();
        await context.close();
    });
});
