// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the console can be used by everybody for what it is for: signing in, trying a
// contact, reading the law, screening a list, serving a person, giving access; and that it keeps to
// itself what it learns about a person.
// Method: Chromium uses the console that a server gives (console_server.mjs), under the server's
// own policy. Each screen is looked at in French and English, light and dark, wide and narrow;
// axe-core looks for what bars people (WCAG 2.2 AA). Faults of the server are played by answering
// in its place. Screenshots go to the folder LICET_SCREENSHOTS, if it is given.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { openWindow, settled, sizes } from './console_pages.mjs';
import { diffOf, list, person, startServer, today, verdictOf } from './console_server.mjs';
import { barriersOf, launch, widthsOf } from './support.mjs';

const pictures = process.env.LICET_SCREENSHOTS;
let server;
let browser;

before(async () => {
    if (pictures) mkdirSync(pictures, { recursive: true });
    server = await startServer();
    browser = await launch();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

/** Opens the console in a window of its own; its policy holds unless axe-core has to come in. */
const open = ({ at = '', ...how } = {}) => openWindow(browser, server, at, how);

async function signIn(page) {
    await page.getByRole('textbox').first().fill(server.name);
    await page.locator('input[type="password"]').fill(server.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav', { state: 'attached' });
}

/** Opens a screen in the session that the server began with: logging in is slowed down. */
async function openAt(path, options = {}) {
    const opened = await open({ ...options, isSignedIn: true, at: `#${path}` });
    await settled(opened.page);
    return opened;
}

/** What a page said besides that nobody was signed in yet, which a browser always notes. */
function complaints(said) {
    return said.filter((one) => !/status of 401/.test(one));
}

async function lookAt(page, name) {
    // At its end, where the verdict's bar stands in its own place and lies over nothing.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    const { told } = await barriersOf(page);
    assert.deepEqual(told, [], name);
    const { needed, given } = await widthsOf(page);
    assert.ok(needed <= given, `${name}: ${needed} pixels needed, ${given} given`);
    if (pictures)
        await page.screenshot({ path: join(pictures, `console-${name}.png`), fullPage: true });
}

const screens = [
    '/check',
    '/lists',
    '/person',
    '/law',
    '/law/diff',
    '/settings/users',
    '/settings/tokens',
    '/settings/tenants',
    '/help',
];

describe('every screen', () => {
    for (const [lang, size, dark] of [
        ['fr', 'wide', false],
        ['fr', 'small', true],
        ['en', 'wide', true],
        ['en', 'small', false],
    ]) {
        const light = dark ? 'dark' : 'light';
        test(`bars nobody, fits its window: ${lang}, ${size}, ${light}`, async () => {
            const { context, page, said } = await open({ lang, size, dark, forAxe: true });
            const name = (path) =>
                `${path.slice(1).replace('/', '-')}-${lang}-${size}-${dark ? 'dark' : 'light'}`;
            await page.waitForSelector('h1');
            await lookAt(page, name('/login'));
            await signIn(page);
            for (const path of screens) {
                await page.evaluate((there) => {
                    location.hash = there;
                }, `#${path}`);
                await settled(page);
                await lookAt(page, name(path));
            }
            if (size === 'small') {
                await page.getByRole('button', { name: 'Menu' }).click();
                await lookAt(page, name('/menu'));
            }
            assert.deepEqual(complaints(said), []);
            await context.close();
        });
    }

    test('has targets of 24 pixels', async () => {
        const { context, page } = await openAt('/check', { size: 'small' });
        for (const path of screens) {
            await page.evaluate((there) => {
                location.hash = there;
            }, `#${path}`);
            await settled(page);
            const small = await page.evaluate(() =>
                [...document.querySelectorAll('button, select, summary, input:not(.hidden), nav a')]
                    .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
                    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
                    .map(([text]) => text),
            );
            assert.deepEqual(small, [], path);
        }
        await context.close();
    });

    test('asks nobody but its own server, and keeps only wishes in the browser', async () => {
        const { context, page, asked, said } = await openAt('/check');
        for (const path of screens) {
            await page.evaluate((there) => {
                location.hash = there;
            }, `#${path}`);
            await settled(page);
        }
        const origin = new URL(server.url).origin;
        assert.deepEqual(
            asked.filter((url) => !url.startsWith(`${origin}/`)),
            [],
        );
        assert.deepEqual(complaints(said), []);
        const stored = await page.evaluate(() => [
            ...Object.keys(localStorage),
            ...Object.keys(sessionStorage),
        ]);
        assert.deepEqual(
            stored.filter((key) => !/^licet\.(language|theme|tenant|shortcuts)$/.test(key)),
            [],
        );
        assert.equal(await page.evaluate(() => document.cookie), '');
        await context.close();
    });
});

describe('signing in', () => {
    test('refuses a wrong password in words, and does not keep it', async () => {
        const { context, page } = await open();
        await page.getByLabel('User name').fill(server.name);
        await page.getByLabel('Password').fill('wrong');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').waitFor();
        assert.match(await page.getByRole('alert').innerText(), /do not go together/);
        assert.equal(await page.getByLabel('Password').inputValue(), '');
        await context.close();
    });

    test('leads to the screen that was asked for', async () => {
        const { context, page } = await open({ at: '#/law/diff' });
        await signIn(page);
        await settled(page);
        assert.equal(await page.locator('h1').innerText(), 'Compare two laws');
        await context.close();
    });

    test('is asked again when the server has ended the session, and comes back', async () => {
        const { context, page } = await openAt('/settings/users');
        await context.clearCookies();
        await page.evaluate(() => {
            location.hash = '#/settings/tokens';
        });
        await page.getByText('Your session has ended').waitFor();
        await signIn(page);
        await settled(page);
        assert.equal(await page.locator('h1').innerText(), 'Access tokens');
        await context.close();
    });

    test('ends with signing out', async () => {
        const { context, page } = await open();
        await signIn(page);
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByLabel('Password').waitFor();
        await page.reload();
        await page.getByLabel('Password').waitFor();
        await context.close();
    });
});

describe('the frame', () => {
    test('can be used by keyboard alone', async () => {
        const { context, page } = await openAt('/check');
        await page.reload();
        await settled(page);
        await page.keyboard.press('Tab');
        assert.equal(
            await page.evaluate(() => document.activeElement.textContent),
            'Skip to content',
        );
        await page.keyboard.press('Enter');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
        await page.keyboard.press('Tab');
        const inside = await page.evaluate(() => document.activeElement.closest('main') !== null);
        assert.ok(inside, 'the content follows the skip link');
        const outline = await page.evaluate(
            () => getComputedStyle(document.activeElement).outlineStyle,
        );
        assert.equal(outline, 'solid', 'the focus can be seen');
        await context.close();
    });

    test('goes to a screen by its keys, names it and takes the focus there', async () => {
        const { context, page } = await openAt('/check');
        await page.keyboard.press('g');
        await page.keyboard.press('r');
        await page.waitForFunction(() => document.activeElement?.textContent === 'Rules');
        assert.equal(await page.title(), 'Rules · licet');
        await page.keyboard.press('/');
        assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
        // A letter that is typed is a letter.
        await page.keyboard.type('gc');
        assert.equal(await page.locator('h1').innerText(), 'Rules');
        await context.close();
    });

    test('has keys that can be switched off', async () => {
        const { context, page } = await openAt('/help');
        await page.getByLabel('Use single-letter shortcuts').uncheck();
        await page.locator('h1').focus();
        await page.keyboard.press('g');
        await page.keyboard.press('c');
        await page.waitForTimeout(100);
        assert.equal(await page.locator('h1').innerText(), 'Help and shortcuts');
        await context.close();
    });

    test('changes its language and its light, and keeps them', async () => {
        const { context, page } = await openAt('/law');
        await page.getByLabel('Language').selectOption('fr');
        assert.equal(await page.locator('h1').innerText(), 'Règles');
        assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
        await page.getByLabel('Apparence').selectOption('dark');
        const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(await paper(), 'rgb(19, 23, 28)');
        await page.reload();
        await settled(page);
        assert.equal(await page.locator('h1').innerText(), 'Règles');
        assert.equal(await paper(), 'rgb(19, 23, 28)');
        await context.close();
    });

    test('moves nothing for whoever wants no motion', async () => {
        const { context, page } = await open();
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const moving = await page.evaluate(
            () =>
                [...document.querySelectorAll('*')].filter((one) => {
                    const style = getComputedStyle(one);
                    return (
                        style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0
                    );
                }).length,
        );
        assert.equal(moving, 0);
        await context.close();
    });

    for (const [status, headers, words] of [
        [403, {}, /Your role does not allow this[\s\S]*Ask the person who runs the console/],
        [429, { 'Retry-After': '7' }, /Too many requests[\s\S]*in 7 seconds/],
        [503, {}, /not ready[\s\S]*the ledger is being restored[\s\S]*Try again/],
        [500, {}, /could not answer[\s\S]*person who runs the server/],
    ]) {
        test(`tells a problem in words and what to do: ${status}`, async () => {
            const { context, page } = await openAt('/check');
            await page.route('**/api/v1/packs**', (route) =>
                route.fulfill({
                    status,
                    headers,
                    contentType: 'application/problem+json',
                    body: JSON.stringify({
                        title: '',
                        detail: status === 503 ? 'the ledger is being restored' : '',
                        code: '',
                    }),
                }),
            );
            await page.evaluate(() => {
                location.hash = '#/law';
            });
            await page.getByRole('alert').waitFor();
            assert.match(await page.getByRole('alert').innerText(), words);
            await page.unroute('**/api/v1/packs**');
            await page.getByRole('button', { name: 'Try again' }).click();
            await page.locator('article h3').first().waitFor();
            await context.close();
        });
    }

    test('says that the server is gone, and that nobody may be contacted meanwhile', async () => {
        const { context, page } = await openAt('/check');
        await page.locator('article[data-verdict]').waitFor();
        await page.route('**/api/v1/explain', (route) => route.abort());
        await page.locator('[name="channel"]').selectOption('post');
        await page.getByRole('alert').waitFor();
        assert.match(await page.locator('main').innerText(), /Without an answer, contact nobody/);
        assert.equal(await page.locator('article[data-verdict]').count(), 0);
        await context.close();
    });
});

describe('trying a contact', () => {
    const situation = {
        country: 'fr',
        channel: 'email',
        audience: 'consumer',
        purpose: 'commercial',
    };

    async function fill(page, facts) {
        for (const [name, value] of Object.entries(facts))
            await page.locator(`[name="${name}"]`).selectOption(value);
        await settled(page);
        return page.locator('article[data-verdict]');
    }

    test('answers as the program does, as one types', async () => {
        const { context, page } = await openAt('/check', { lang: 'fr' });
        for (const change of [
            {},
            { audience: 'organisation' },
            { channel: 'live_call', audience: 'consumer' },
            { country: 'de', channel: 'email' },
        ]) {
            const answer = await fill(page, { ...situation, ...change });
            const wanted = verdictOf({ ...situation, ...change }, 'fr');
            assert.equal(await answer.getAttribute('data-verdict'), wanted.verdict);
            const text = await answer.innerText();
            const said =
                wanted.verdict === 'undetermined'
                    ? []
                    : [...wanted.reasons, ...wanted.duties].map(({ tell }) => tell);
            for (const one of said) assert.ok(text.includes(one), `${one}\n${text}`);
            for (const { tell } of wanted.remedies)
                assert.ok(text.toLowerCase().includes(tell.toLowerCase()), tell);
            assert.ok(text.includes(wanted.pack));
        }
        await context.close();
    });

    test('asks for the fact that decides most, or for another if nobody knows', async () => {
        const { context, page } = await openAt('/check');
        await fill(page, situation);
        await page.locator('summary', { hasText: 'Starting point' }).click();
        for (const box of await page.locator('details input[type="checkbox"]').all())
            await box.uncheck();
        await settled(page);
        const next = page.locator('.fact.is-next');
        const first = await next.getAttribute('data-fact');
        const wanted = verdictOf(situation, 'en', []);
        assert.equal(first, wanted.next ?? wanted.missing[0]);
        await next.getByRole('button', { name: 'I do not know' }).click();
        await page.waitForFunction(
            (name) => document.querySelector('.fact.is-next')?.dataset.fact !== name,
            first,
        );
        const second = await next.getAttribute('data-fact');
        assert.notEqual(second, null);
        await next.locator('select, input').first().focus();
        await page.keyboard.press('ArrowDown');
        await settled(page);
        // What was answered stays where it was, and keeps the focus.
        assert.equal(
            await page.evaluate(() => document.activeElement.closest('.fact')?.dataset.fact),
            second,
        );
        await context.close();
    });

    test('tries a change that is in our own hands', async () => {
        const { context, page } = await openAt('/check');
        await fill(page, situation);
        const button = page.getByRole('button', { name: /^Try: / }).first();
        await button.click();
        await settled(page);
        assert.notEqual(await page.locator('[name="channel"]').inputValue(), 'email');
        // What the change wants besides, and nobody can set, is asked for.
        const day = page.locator('[data-fact="last_contact_from_person_on"] input');
        await day.fill(today());
        await settled(page);
        assert.equal(
            await page.locator('article[data-verdict]').getAttribute('data-verdict'),
            'allowed',
        );
        await context.close();
    });

    test('never lets an address into a URL, the history or the storage', async () => {
        const { context, page, asked } = await openAt('/check');
        await fill(page, situation);
        await page.getByLabel('E-mail address').fill('camille@example.com');
        await page.getByLabel('Telephone').fill('01 99 00 36 58');
        await settled(page);
        const everything = [
            ...asked,
            page.url(),
            await page.evaluate(() => JSON.stringify(localStorage)),
        ].join('\n');
        assert.doesNotMatch(decodeURIComponent(everything), /camille|99 ?00 ?36|990036/);
        await page.evaluate(() => {
            location.hash = '#/help';
        });
        await settled(page);
        await page.evaluate(() => {
            location.hash = '#/check';
        });
        await settled(page);
        assert.equal(await page.getByLabel('E-mail address').inputValue(), '');
        await context.close();
    });

    test('answers each of the seven questions', async () => {
        const { context, page } = await openAt('/check');
        for (const question of [
            'contact',
            'consent',
            'keep',
            'source',
            'transfer',
            'tracker',
            'respond',
        ]) {
            await page.getByLabel('Question').selectOption(question);
            await settled(page);
            assert.ok(await page.locator('article[data-verdict]').count(), question);
        }
        await context.close();
    });
});

describe('the law', () => {
    test('shows the rules of a country, their texts and dates, and finds by words', async () => {
        const { context, page } = await openAt('/law');
        const all = await page.locator('article h3').count();
        assert.ok(all > 20, String(all));
        await page.getByLabel('Words to look for').fill('fr.email.consumer');
        await page.waitForFunction(
            (before) => document.querySelectorAll('article h3').length < before,
            all,
        );
        const first = page.locator('article').first();
        assert.match(await first.innerText(), /fr\.email\.consumer/);
        assert.match(await first.innerText(), /since|from|until|without limit/);
        assert.match(page.url(), /q=fr\.email\.consumer/);
        await context.close();
    });

    test('says what changed between two dates, with an example', async () => {
        const { context, page } = await openAt('/law/diff');
        await page.getByText('Answers that change').first().waitFor();
        const wanted = diffOf('fr@2026-08-10', 'fr@2026-08-11', 'en');
        assert.ok(wanted.answers.length > 0);
        const text = await page.locator('main').innerText();
        for (const one of wanted.answers.slice(0, 8))
            assert.ok(text.includes(one.example), one.example);
        await page.getByLabel('on the day').first().fill('2026-08-11');
        await page.getByRole('button', { name: 'Compare' }).click();
        await page.getByText('Nothing changes').waitFor();
        await context.close();
    });
});

describe('screening a list', () => {
    test('makes a campaign, screens a file, shows the outcome, hands over the files', async () => {
        const { context, page } = await openAt('/lists', { forAxe: true });
        await page.getByRole('button', { name: 'New campaign' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name of the campaign').fill('fair-2026');
        await dialog.getByLabel('Sender').fill('Maison Verveine SARL');
        await dialog.getByLabel('Where the list comes from').fill('Fair "of the year"');
        await dialog.getByLabel('Origin of the data').selectOption('person_other');
        await lookAt(page, 'campaign');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await dialog.waitFor({ state: 'hidden' });
        await page.locator('input[type="file"]').setInputFiles(list);
        await page.getByRole('button', { name: 'Screen the list' }).click();
        await page.locator('figure table').waitFor();
        const counts = await page.locator('figure tbody td:nth-of-type(1)').allInnerTexts();
        const numbers = counts.map((one) => Number(one.replace(/\D/g, '')));
        assert.equal(
            numbers.at(-1),
            numbers.slice(0, -1).reduce((sum, one) => sum + one, 0),
        );
        assert.ok(numbers.at(-1) > 0);
        assert.match(
            await page.locator('figure svg').getAttribute('aria-label'),
            /What becomes of each row/,
        );
        await settled(page);
        await lookAt(page, 'list-en-wide-light');
        await page.setViewportSize(sizes.small);
        await lookAt(page, 'list-en-small-light');
        await page.setViewportSize(sizes.wide);
        const loading = page.waitForEvent('download');
        await page.getByRole('button', { name: 'allowed.csv' }).click();
        const file = await loading;
        assert.equal(file.suggestedFilename(), 'allowed.csv');
        assert.ok(readFileSync(await file.path()).length > 0);
        await page.getByRole('link', { name: 'All lists' }).click();
        await settled(page);
        await page
            .getByRole('button', { name: /^Remove the list/ })
            .first()
            .click();
        await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
        await page.getByText(/^List .* removed/).waitFor();
        await context.close();
    });

    test('says what is wrong with a campaign, and keeps what was typed', async () => {
        const { context, page } = await openAt('/lists');
        await page.getByRole('button', { name: 'New campaign' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name of the campaign').fill('broken');
        await dialog.getByRole('tab', { name: 'Campaign file' }).click();
        await dialog.getByRole('textbox', { name: 'Campaign file' }).fill('channel = "pigeon"\n');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await dialog.getByRole('alert').waitFor();
        assert.match(await dialog.getByRole('alert').innerText(), /pigeon|channel/);
        assert.equal(
            await dialog.getByRole('textbox', { name: 'Campaign file' }).inputValue(),
            'channel = "pigeon"\n',
        );
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
        const back = await page.evaluate(() => document.activeElement.textContent);
        assert.match(back, /New campaign/, 'the focus goes back');
        await context.close();
    });
});

describe('a person', () => {
    test('is found by the address typed and a reason, and nothing of it stays', async () => {
        const { context, page, asked } = await openAt('/person', { forAxe: true });
        await page.getByRole('button', { name: 'Look up' }).click();
        assert.match(await page.locator('main').innerText(), /Type an address[\s\S]*Say why/);
        await page.getByLabel('E-mail address or telephone').fill(person);
        await page.getByLabel('Reason for looking').fill('request for access');
        await page.keyboard.press('Enter');
        await page.locator('ol li').first().waitFor();
        assert.match(await page.locator('ol').innerText(), /Consent given/);
        await lookAt(page, 'person-found');
        const name = person.split('@')[0];
        assert.ok(!asked.concat(page.url()).some((url) => url.includes(name)));
        await page.evaluate(() => {
            location.hash = '#/help';
        });
        await settled(page);
        await page.goBack();
        await settled(page);
        assert.equal(await page.getByLabel('E-mail address or telephone').inputValue(), '');
        assert.equal(await page.locator('ol li').count(), 0);
        await context.close();
    });

    test('objects, has a copy, is erased; the objection stays', async () => {
        const { context, page } = await openAt('/person');
        await page.getByLabel('E-mail address or telephone').fill(person);
        await page.getByLabel('Reason for looking').fill('asked by telephone');
        await page.keyboard.press('Enter');
        await page.locator('ol li').first().waitFor();
        const loading = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Copy of the data' }).click();
        assert.ok(readFileSync(await (await loading).path()).length > 10);
        await page.getByRole('button', { name: 'Record an objection' }).click();
        await page
            .getByRole('dialog')
            .getByRole('button', { name: 'Record the objection' })
            .click();
        await page.getByText('Objection recorded.').waitFor();
        await page
            .locator('ol')
            .getByText(/bjection/)
            .first()
            .waitFor();
        await page.getByRole('button', { name: 'Erase the data' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Erase for ever' }).click();
        await page.getByText('Data erased. The objection stays.').waitFor();
        await settled(page);
        assert.doesNotMatch(await page.locator('main').innerText(), /Consent given/);
        await context.close();
    });
});

describe('the settings', () => {
    test('add, change and remove an account', async () => {
        const { context, page } = await openAt('/settings/users', { forAxe: true });
        await page.getByRole('button', { name: 'Add an account' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('User name').fill('nadia');
        await dialog.getByLabel('Name shown').fill('Nadia Lefort');
        await dialog.getByLabel('Role').selectOption('reader');
        await dialog.getByLabel('Password').fill('une autre phrase de passe');
        await lookAt(page, 'user');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('rowheader', { name: 'nadia' }).waitFor();
        await page.getByRole('button', { name: 'Change nadia' }).click();
        await dialog.getByLabel('Role').selectOption('referent');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('cell', { name: 'Referent' }).waitFor();
        await page.getByRole('button', { name: 'Remove the account nadia' }).click();
        await dialog.getByRole('button', { name: 'Remove' }).click();
        await page.getByRole('rowheader', { name: 'nadia' }).waitFor({ state: 'detached' });
        await context.close();
    });

    test('show the secret of a token once', async () => {
        const { context, page } = await openAt('/settings/tokens', { forAxe: true });
        await page.getByRole('button', { name: 'Make a token' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name').fill('shop');
        await dialog.getByRole('button', { name: 'Make', exact: true }).click();
        await dialog.getByText('it will not be shown again').waitFor();
        const secret = await dialog.locator('.secret').innerText();
        assert.ok(secret.length > 10);
        await lookAt(page, 'token');
        await dialog.getByRole('button', { name: 'I have kept it' }).click();
        await page.getByRole('rowheader', { name: 'shop' }).waitFor();
        assert.ok(!(await page.content()).includes(secret));
        await page.getByRole('button', { name: 'Revoke the token shop' }).click();
        await dialog.getByRole('button', { name: 'Remove' }).click();
        await page.getByRole('rowheader', { name: 'shop' }).waitFor({ state: 'detached' });
        await context.close();
    });

    test('add an organisation, which can then be worked for', async () => {
        const { context, page } = await openAt('/settings/tenants', { forAxe: true });
        await page.getByRole('button', { name: 'Add an organisation' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name').fill('Atelier du Levant');
        await dialog.getByLabel('Code').fill('levant');
        await lookAt(page, 'tenant');
        await dialog.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('rowheader', { name: 'Atelier du Levant' }).waitFor();
        await page.getByRole('navigation').waitFor();
        await page.getByLabel('Organisation', { exact: true }).selectOption('levant');
        await settled(page);
        await context.close();
    });
});
