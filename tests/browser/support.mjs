// SPDX-License-Identifier: Apache-2.0
//
// What the browser tests share: a real Chromium, the windows that pages are looked at in, and the
// questions that every page is asked. Without the npm packages, Chromium or the program, the test
// that imports this is skipped: exit status 77.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The one that draws no windows does half the work for the same pages.
const chromiumPath =
    process.env.CHROMIUM ??
    ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path)) ??
    '';
export const program = process.env.LICET ?? '';

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
export const views = {
    wide: { viewport: { width: 1280, height: 900 } },
    dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
    narrow: { viewport: { width: 320, height: 640 } },
};

export function launch() {
    return chromium.launch({
        executablePath: chromiumPath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
}

/// Opens a page in a window of its own; `asked` gets all addresses it asks for, `said` what it
/// prints. Its own policy is set aside for axe-core, unless `view` keeps it (bypassCSP: false).
export async function openPage(browser, url, view) {
    const context = await browser.newContext({ bypassCSP: true, ...view });
    const page = await context.newPage();
    const asked = [];
    const said = [];
    page.on('request', (request) => asked.push(request.url()));
    watch(page);
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (problem) => said.push(String(problem)));
    await page.goto(url, { waitUntil: 'load' });
    return { context, page, asked, said };
}

// The requests of each page that are not answered yet. A frame inside it does not count (the
// preview of a banner): of what a frame asks for that is gone meanwhile, no end is told.
const underWay = new WeakMap();

function watch(page) {
    const requests = new Set();
    underWay.set(page, requests);
    page.on('request', (request) => {
        const isOwn = !request.isNavigationRequest() && request.frame() === page.mainFrame();
        if (isOwn) requests.add(request);
    });
    // Not its end: an answer whose body nobody reads never ends.
    page.on('response', (response) => requests.delete(response.request()));
    page.on('requestfailed', (request) => requests.delete(request));
}

/// Waits until each request of a page that `openPage` opened was answered and `still` milliseconds
/// went by without another; after `patience` milliseconds it fails and says what is not answered.
export async function idle(page, patience, still = 500) {
    const requests = underWay.get(page);
    const end = Date.now() + patience;
    for (let since = Date.now(); Date.now() - since < still;) {
        await page.waitForTimeout(50);
        if (requests.size > 0) since = Date.now();
        if (Date.now() > end) {
            const told = [...requests].map((one) => `${one.method()} ${one.url()}`);
            throw new Error(`not answered: ${told.join(', ')}`);
        }
    }
}

/// Gives what bars people (WCAG 2.2 AA), one text each, and how many checks the page passed.
export async function barriersOf(page, runOnly = { type: 'tag', values: wcag }) {
    await page.evaluate(axe);
    const found = await page.evaluate(
        (only) => globalThis.axe.run(document, { runOnly: only }), runOnly);
    const told = found.violations.map((one) =>
        `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) =>
            `${node.target}: ${node.failureSummary}`).join('\n    ')}`);
    return { told, passed: found.passes.length };
}

/// Gives the width that a page needs and the one it has, in pixels.
export function widthsOf(page) {
    return page.evaluate(() => ({
        needed: document.documentElement.scrollWidth,
        given: document.documentElement.clientWidth,
    }));
}
