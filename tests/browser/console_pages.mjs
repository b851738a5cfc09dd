// SPDX-License-Identifier: Apache-2.0
//
// What tests of the console do with its pages: open one in the session that the server began with,
// wait until nothing is on its way, and look at it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { barriersOf, idle, openPage, widthsOf } from './support.mjs';

const pictures = process.env.LICET_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });
// A busy machine answers late; that is no fault of a page.
const patience = Number(process.env.LICET_PATIENCE ?? 120_000);
export const sizes = { wide: { width: 1280, height: 900 }, small: { width: 390, height: 844 } };
export const locales = { fr: 'fr-FR', en: 'en-GB' };

/** Opens an address of a server (console_server.mjs) in a window of its own, and waits for nothing.
    With `forAxe` its policy lets axe-core in. */
export async function openWindow(
    browser,
    server,
    path,
    { lang = 'en', size = 'wide', dark = false, forAxe = false, isSignedIn = false } = {},
) {
    const wishes = [{ name: 'licet.language', value: lang }];
    const opened = await openPage(browser, `${server.url}${path}`, {
        viewport: sizes[size],
        locale: locales[lang],
        colorScheme: dark ? 'dark' : 'light',
        bypassCSP: forAxe,
        acceptDownloads: true,
        storageState: {
            cookies: isSignedIn ? [server.cookie] : [],
            origins: [{ origin: new URL(server.url).origin, localStorage: wishes }],
        },
    });
    opened.page.setDefaultTimeout(patience);
    return opened;
}

/** Opens a screen in the session that the server began with, once it stands still. */
export async function openScreen(browser, server, path, how) {
    const opened = await openWindow(browser, server, `#${path}`, { ...how, isSignedIn: true });
    await settled(opened.page);
    return opened;
}

/** Waits until nothing is on its way: no request runs and nothing says that it loads. */
export async function settled(page) {
    await page.waitForSelector('main h1');
    await idle(page, patience);
    await page.waitForFunction(
        () =>
            !document.querySelector('main [aria-busy="true"]') &&
            !/^(Loading|Chargement)/m.test(document.querySelector('main').innerText),
    );
    // After a start the ledgers are read one by one; the screen says how far they are.
    await page.waitForFunction(() => !document.querySelector('main p.reading'));
}

/** Fails if a page bars anybody (axe-core) or is wider than its window; takes its picture. */
export async function lookAt(page, name) {
    const { told } = await barriersOf(page);
    assert.deepEqual(told, [], name);
    const { needed, given } = await widthsOf(page);
    assert.ok(needed <= given, `${name}: ${needed} pixels needed, ${given} given`);
    await photograph(page, name);
}

/** Takes a picture where pictures are wanted. */
export async function photograph(page, name) {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
