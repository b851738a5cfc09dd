// SPDX-License-Identifier: Apache-2.0
//
// The banner on a site, in a real Chromium: accept, refuse, in part, a change of mind, offline, the
// browser's signal, and what may not happen before a choice. Accept and refuse are measured.
//
// usage: node banner_test.mjs     LICET names the program; BANNER_SHOTS a folder for pictures
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { barriersOf, launch, openPage, program, widthsOf } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'licet-banner-'));
const shots = process.env.BANNER_SHOTS ?? '';
const organisation = `
[organisation]
name = "Maison Verveine SARL"
country = "fr"
cookie_link = "https://www.example.com/traceurs"
[site.shop]
name = "Boutique"
record_link = "/public/banner"
[tracker.session]
name = "Panier"
issuer = "Maison Verveine SARL"
country = "fr"
kind = "strictly_needed"
lifetime = 0
title.fr = "garder votre panier"
title.en = "keep your basket"
[tracker.stats]
name = "Statistiques"
issuer = "Example Stats SAS"
country = "fr"
kind = "audience"
lifetime = 24
data_months = 36
title.fr = "compter les visites"
title.en = "count the visits"
cookies = ["_stats"]
script = "/tracker/stats.js"
consent_mode = ["analytics_storage"]
[tracker.ads]
name = "Régie"
issuer = "Example Ads SA"
country = "fr"
kind = "advertising"
lifetime = 6
title.fr = "montrer des publicités choisies"
title.en = "show chosen advertising"
cookies = ["/^_ads/"]
script = "/tracker/ads.js"
consent_mode = ["ad_storage", "ad_user_data", "ad_personalization"]
`;

function build(text, out) {
    const file = join(folder, 'organisation.toml');
    writeFileSync(file, text);
    execFileSync(program, ['banner', 'build', '--organisation', file, '--out', out]);
}

// ---- the site -----------------------------------------------------------------------------------
const built = join(folder, 'banner');
build(organisation, built);
const manifest = JSON.parse(readFileSync(join(built, 'banner-fr.json'), 'utf8'));
const proofs = [];
let answers = 204;
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
    "connect-src 'self'";

function pageOf(language) {
    const [head, rest] = readFileSync(join(built, `snippet-${language}.html`), 'utf8')
        .split(/(?<=<\/script>)\n\n/);
    return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Boutique</title>${head}</head>
<body><main><h1>Boutique</h1><p>Texte.</p></main>${rest}</body></html>`;
}
const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    const send = (type, body) => response.writeHead(200, {
        'Content-Type': type, 'Content-Security-Policy': policy }).end(body);
    if (request.method === 'POST') {
        let body = '';
        request.on('data', (piece) => { body += piece; });
        request.on('end', () => {
            if (answers < 300) proofs.push(JSON.parse(body));
            response.writeHead(answers).end();
        });
    } else if (path === '/tracker/stats.js' || path === '/tracker/ads.js') {
        const name = path.includes('ads') ? '_ads_1' : '_stats';
        send('text/javascript',
            `document.cookie = '${name}=1;path=/'; new Image().src = '/pixel?${name}';`);
    } else if (path.startsWith('/banner')) {
        send(path.endsWith('.css') ? 'text/css' : 'text/javascript',
            readFileSync(join(built, path)));
    } else if (path === '/fr' || path === '/en') {
        send('text/html', pageOf(path.slice(1)));
    } else {
        response.writeHead(204).end();
    }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const site = `http://127.0.0.1:${server.address().port}`;
const browser = await launch();

async function visit(language = 'fr', view = {}) {
    const opened = await openPage(browser, `${site}/${language}`, { bypassCSP: false, ...view });
    await opened.page.waitForFunction(() => Boolean(window.orejime));
    return opened;
}
const button = (page, name) => page.getByRole('button', { name, exact: true });
async function choose(page, name) {
    await button(page, 'Gérer mes choix sur les traceurs').click();
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
    await button(page, 'Enregistrer mes choix').click();
    await settled(page);
}
const cookiesOf = async (context) => (await context.cookies()).map(({ name }) => name).sort();
const trackersOf = (asked) => asked.filter((one) => /tracker|pixel/.test(one));
async function settled(page) {
    await page.waitForTimeout(400);
    await page.waitForLoadState('load');
    await page.waitForFunction(() => Boolean(window.orejime));
}
async function shot(page, name) {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`) });
}

// ---- what is tested -----------------------------------------------------------------------------
const tests = {
    async 'before a choice nothing is stored and nobody is asked'() {
        const { context, page, asked, said } = await visit();
        await page.mouse.wheel(0, 400);
        await page.waitForTimeout(500);
        assert.deepEqual(await context.cookies(), []);
        assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
        assert.deepEqual(asked.map((one) => new URL(one).pathname).sort(),
            ['/banner-fr.js', '/banner.css', '/fr']);
        assert.deepEqual(said, []);
        assert.equal(proofs.length, 0);
        const first = await page.evaluate(() => Array.from(window.dataLayer[0]));
        assert.deepEqual(first, ['consent', 'default', { analytics_storage: 'denied',
            ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' }]);
        await context.close();
    },

    async 'a yes loads the trackers and is proved'() {
        const { context, page, asked, said } = await visit();
        await button(page, 'Tout accepter').click();
        await settled(page);
        assert.equal(trackersOf(asked).length, 4);
        assert.deepEqual(await cookiesOf(context), ['_ads_1', '_stats', 'licet_choices']);
        const proof = proofs.pop();
        assert.deepEqual(Object.keys(proof).sort(), ['at', 'choices', 'id', 'site', 'version']);
        assert.equal(proof.version, manifest.version);
        assert.equal(proof.site, 'shop');
        assert.deepEqual(proof.choices, { advertising: true, audience: true });
        assert.match(proof.id, /^[0-9a-f]{32}$/);
        const kept = (await context.cookies()).find(({ name }) => name === 'licet_choices');
        const days = (kept.expires - Date.now() / 1000) / 86400;
        assert.ok(Math.abs(days - manifest.choice_days) < 0.1, `${days} days`);
        const last = await page.evaluate(() => Array.from(window.dataLayer.at(-1))[2]);
        assert.ok(Object.values(last).every((one) => one === 'granted'));
        assert.deepEqual(said, []);
        await page.reload();
        await settled(page);
        assert.equal(await button(page, 'Tout accepter').count(), 0);
        assert.equal(proofs.length, 0);
        await context.close();
    },

    async 'a no loads nothing, is proved, and stays'() {
        const { context, page, asked } = await visit();
        await button(page, 'Tout refuser').click();
        await settled(page);
        await page.reload();
        await settled(page);
        assert.deepEqual(trackersOf(asked), []);
        assert.deepEqual(await cookiesOf(context), ['licet_choices']);
        assert.deepEqual(proofs.pop().choices, { advertising: false, audience: false });
        assert.equal(await button(page, 'Tout refuser').count(), 0);
        await context.close();
    },

    async 'a choice in part loads that part'() {
        const { context, page, asked } = await visit();
        await button(page, 'Choisir').click();
        for (const box of await page.getByRole('checkbox').all())
            assert.equal(await box.isChecked(), false);
        await shot(page, 'layer2-1280-fr');
        const dialog = page.getByRole('dialog').last();
        const [yes, no] = await Promise.all(['Tout accepter', 'Tout refuser'].map((name) =>
            dialog.getByRole('button', { name, exact: true }).evaluate((one) => {
                const { width, height } = one.getBoundingClientRect();
                const { color, backgroundColor, borderColor, font } = getComputedStyle(one);
                return { width: Math.round(width), height, color, backgroundColor, borderColor,
                    font };
            })));
        assert.deepEqual(yes, no);
        await page.getByRole('checkbox', { name: "mesure d'audience" }).check();
        await button(page, 'Enregistrer mes choix').click();
        await settled(page);
        assert.deepEqual(trackersOf(asked).map((one) => new URL(one).pathname),
            ['/tracker/stats.js', '/pixel']);
        assert.deepEqual(proofs.pop().choices, { advertising: false, audience: true });
        await context.close();
    },

    async 'a change of mind stops and deletes'() {
        const { context, page, asked } = await visit();
        await button(page, 'Tout accepter').click();
        await settled(page);
        await choose(page, 'Tout refuser');
        const before = asked.length;
        await page.reload();
        await settled(page);
        assert.deepEqual(trackersOf(asked.slice(before)), []);
        assert.deepEqual(await cookiesOf(context), ['licet_choices']);
        assert.deepEqual(proofs.splice(0).map(({ choices }) => choices.advertising), [true, false]);
        await context.close();
    },

    async 'what cannot be sent waits and is sent in order'() {
        const { context, page } = await visit();
        await context.route('**/public/banner', (route) => route.abort());
        await button(page, 'Tout refuser').click();
        await settled(page);
        await choose(page, 'Tout accepter');
        assert.equal(proofs.length, 0);
        await context.unroute('**/public/banner');
        answers = 503;
        await page.reload();
        await settled(page);
        assert.equal(proofs.length, 0);
        answers = 204;
        await page.reload();
        await settled(page);
        assert.deepEqual(proofs.splice(0).map(({ choices }) => choices.audience), [false, true]);
        assert.equal(await page.evaluate(() => localStorage.length), 0);
        await context.close();
    },

    async 'the signal of the browser is a refusal'() {
        const context = await browser.newContext();
        await context.addInitScript(() => Object.defineProperty(Navigator.prototype,
            'globalPrivacyControl', { get: () => true }));
        const page = await context.newPage();
        const asked = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(`${site}/fr`);
        await settled(page);
        assert.equal(await button(page, 'Tout accepter').count(), 0);
        assert.deepEqual(trackersOf(asked), []);
        const proof = proofs.pop();
        assert.match(proof.id, /^gpc-/);
        assert.deepEqual(proof.choices, { advertising: false, audience: false });
        await choose(page, 'Tout accepter');
        await page.reload();
        await settled(page);
        assert.equal(proofs.splice(0).length, 1);
        assert.ok(trackersOf(asked).length > 0, 'a yes said under the signal holds');
        await context.close();
    },

    async 'the signal undoes a yes that was given without it'() {
        const { context, page, asked } = await visit();
        await button(page, 'Tout accepter').click();
        await settled(page);
        proofs.splice(0);
        await context.addInitScript(() => Object.defineProperty(Navigator.prototype,
            'globalPrivacyControl', { get: () => true }));
        const before = asked.length;
        await page.reload();
        await settled(page);
        assert.deepEqual(trackersOf(asked.slice(before)), []);
        await context.close();
    },

    async 'a no is never turned into a yes, whatever the cookie holds'() {
        for (const value of ['', '{', '{"t":1,"c":{"audience":[1,"x"]}}',
            `{"t":${Date.now() - 1000},"c":{"audience":[1,"another"],"advertising":[0,"one"]}}`,
            `{"t":${Date.now() + 9e9},"c":{"audience":[1,"one"]}}`, '[]', 'null', '{"t":"x"}']) {
            const context = await browser.newContext();
            await context.addCookies([{ name: 'licet_choices', value: encodeURIComponent(value),
                url: site }]);
            const page = await context.newPage();
            const asked = [];
            page.on('request', (request) => asked.push(request.url()));
            await page.goto(`${site}/fr`);
            await settled(page);
            assert.deepEqual(trackersOf(asked), [], value);
            await context.close();
        }
        assert.deepEqual(proofs, []);
    },

    async 'accepting and refusing look alike and cost the same'() {
        for (const [width, height, scheme] of [[1280, 900, 'light'], [390, 844, 'light'],
            [320, 640, 'light'], [1280, 900, 'dark']]) {
            const { context, page } = await visit('fr', { viewport: { width, height },
                colorScheme: scheme });
            const look = (name) => button(page, name).evaluate((one) => {
                const { width: w, height: h } = one.getBoundingClientRect();
                const style = getComputedStyle(one);
                return { w: Math.round(w), h: Math.round(h), color: style.color,
                    back: style.backgroundColor, font: style.font, border: style.border,
                    cursor: style.cursor };
            });
            const [yes, no, choose] = await Promise.all(
                ['Tout accepter', 'Tout refuser', 'Choisir'].map(look));
            assert.deepEqual(yes, no);
            assert.deepEqual(yes, choose);
            assert.ok(contrast(yes.color, yes.back) >= 4.5, `${contrast(yes.color, yes.back)}`);
            const order = [];
            for (let i = 0; i < 6; ++i) {
                await page.keyboard.press('Tab');
                order.push(await page.evaluate(() => document.activeElement.textContent.trim()));
            }
            const apart = order.indexOf('Tout refuser') - order.indexOf('Tout accepter');
            assert.equal(apart, 1, order.join(' | '));
            const { needed, given } = await widthsOf(page);
            assert.ok(needed <= given);
            await shot(page, `layer1-${width}-fr-${scheme}`);
            await context.close();
        }
    },

    async 'nothing bars people, on both layers, in both languages'() {
        for (const language of ['fr', 'en']) {
            for (const view of [{ viewport: { width: 1280, height: 900 } },
                { viewport: { width: 390, height: 844 } },
                { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }]) {
                const { context, page } = await visit(language, { ...view, bypassCSP: true });
                assert.deepEqual((await barriersOf(page)).told, []);
                const name = `${view.viewport.width}-${language}-${view.colorScheme ?? 'light'}`;
                await shot(page, `layer1-${name}`);
                await button(page, language === 'fr' ? 'Choisir' : 'Choose').click();
                await page.waitForTimeout(100);
                assert.deepEqual((await barriersOf(page)).told, []);
                await shot(page, `layer2-${name}`);
                await page.keyboard.press('Escape');
                assert.ok(await page.getByRole('dialog').count() < 2);
                await context.close();
            }
        }
    },

    async 'it is small'() {
        for (const language of ['fr', 'en']) {
            const size = [`banner-${language}.js`, 'banner.css'].reduce((sum, name) => sum +
                gzipSync(readFileSync(join(built, name)), { level: 9 }).length, 0);
            console.log(`  ${language}: ${size} bytes`);
            assert.ok(size <= 16_000, `${size} bytes`);
        }
    },

    async 'a site without trackers has nothing to ask'() {
        const out = join(folder, 'none');
        build(organisation.slice(0, organisation.indexOf('[tracker.stats]')), out);
        const text = readFileSync(join(out, 'no-banner-fr.html'), 'utf8');
        assert.match(text, /rien à vous demander/);
        assert.match(text, /Panier/);
    },
};

// The contrast of WCAG 2, of two colours as a browser gives them.
function contrast(one, other) {
    const light = (colour) => {
        const [r, g, b] = colour.match(/\d+/g).map(Number).map((value) => {
            const part = value / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
    if (process.argv[2] && !name.includes(process.argv[2])) continue;
    try {
        await test();
        console.log(`ok: ${name}`);
    } catch (problem) {
        ++failed;
        console.log(`FAILED: ${name}\n${problem.stack}`);
        proofs.splice(0);
        answers = 204;
    }
}
await browser.close();
server.close();
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
