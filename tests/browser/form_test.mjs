// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the notices of forms, pasted into a page, bar nobody, name whom they are about,
// and that a form that is sent says truly whether its notice was the one shown.
// Method: all snippets of the example organisation, built by `licet form build`, each in a form on
// a page of its own with the script that comes along; Chromium serialises what it holds. Then one
// word of the page is changed.
//
// Without the npm packages or Chromium the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
    copyFileSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { barriersOf, launch, openPage, program } from './support.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
let folder;
let out;
let browser;
let snippets;

const licet = (...words) =>
    execFileSync(program, ['--workspace', folder, ...words], { stdio: 'pipe' }).toString();

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'licet-forms-'));
    out = join(folder, 'out');
    licet('init', folder);
    copyFileSync(join(root, 'examples/organisation.toml'), join(folder, 'organisation.toml'));
    licet('form', 'build', '--organisation', join(folder, 'organisation.toml'), '--out', out);
    snippets = readdirSync(out).filter(
        (name) => name.endsWith('.html') && !name.endsWith('.notice.html'),
    );
    browser = await launch();
});

after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
});

/** A page with a form that holds the snippet, as changed by `change`. */
function pageOf(name, change = (text) => text) {
    const script = readFileSync(join(root, 'src/papers/form_shown.mjs'), 'utf8');
    const language = name.includes('-fr.') ? 'fr' : 'en';
    const path = join(folder, `page-${name}`);
    writeFileSync(
        path,
        `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Form</title><main>
<h1>Form</h1><form><p><label for="email">E-mail</label> <input id="email" type="email"></p>
${change(readFileSync(join(out, name), 'utf8'))}<button>OK</button></form></main>
<script>${script}</script></html>`,
    );
    return pathToFileURL(path).href;
}

async function shownBy(page) {
    const field = page.locator('input[name=licet_shown]');
    await field.waitFor({ state: 'attached' });
    return field.getAttribute('value');
}

describe('the notices of forms', () => {
    test('are there for each case in both languages', () => {
        assert.equal(snippets.length, 16);
    });

    test('say truly that they were shown, and bar nobody', async () => {
        for (const name of snippets) {
            const { page, context } = await openPage(browser, pageOf(name), {});
            assert.equal(await shownBy(page), 'yes', name);
            const { told } = await barriersOf(page);
            assert.deepEqual(told, [], name);
            await context.close();
        }
    });

    test('say truly that something else was shown', async () => {
        const change = (text) => text.replace(/(-notice">\s*<p>\S+ )/, '$1never ');
        for (const name of ['form-newsletter-fr.html', 'form-newsletter-en.html']) {
            const { page, context } = await openPage(browser, pageOf(name, change), {});
            assert.equal(await shownBy(page), 'no', name);
            await context.close();
        }
    });

    test('name the partners, as the register does', () => {
        for (const name of ['form-partners-fr.txt', 'form-fair-en.txt'])
            assert.match(readFileSync(join(out, name), 'utf8'), /Moulin Exemple SARL/, name);
    });
});
