// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that a DPO with fifty clients sees at once who needs them, and on the day the law
// changes whom it breaks, and goes from there to that client.
// Method: Chromium on the console of a server with fifty clients, some with an audit, one with a
// campaign of calls, all by keyboard. Each part is looked at in French and English, light and dark,
// wide and narrow (axe-core, WCAG 2.2 AA). Screenshots go to the folder LICET_SCREENSHOTS.
//
// Without the npm packages, Chromium, the program or the console, it is skipped: exit status 77.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { lookAt, openScreen, settled } from './console_pages.mjs';
import { profile, startServer } from './console_server.mjs';
import { launch, program } from './support.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const count = 50;
let server;
let browser;

function addClients(space) {
    mkdirSync(join(space, 'tenants'));
    for (let i = 1; i <= count; ++i) {
        const folder = join(space, 'tenants', `client-${String(i).padStart(2, '0')}`);
        const licet = (...words) =>
            execFileSync(program, ['-w', folder, '--lang', 'fr', ...words], { stdio: 'pipe' });
        execFileSync(program, ['init', folder], { stdio: 'pipe' });
        appendFileSync(join(folder, 'config.toml'), `controller = "Maison ${i} SARL"\n`);
        if (i > 3) continue;
        licet('audit', 'start');
        const answers = { ...profile, 'OPP-01': i === 2 ? 'no' : 'yes', 'GOV-03': 'yes' };
        for (const [question, answer] of Object.entries(answers))
            licet('audit', 'answer', '-q', question, '-a', answer);
        licet('processor', 'add', 'crisp', '--country', 'us');
    }
    const calls = join(space, 'tenants', 'client-01', 'campaigns');
    mkdirSync(calls);
    // To consumers who never gave a consent: what was to be checked against a register is forbidden
    // from the day on which the law wants consent.
    const campaign = readFileSync(join(root, 'examples/appels-avant.toml'), 'utf8');
    writeFileSync(join(calls, 'appels.toml'),
        campaign.replace('[list]', '[list]\naudience = "consumer"\nrelation = "none"'));
    execFileSync(
        program,
        ['-w', join(space, 'tenants', 'client-03'), 'request', 'open', 'lou@example.com', 'access',
            '--on', '2026-01-05'],
        { stdio: 'pipe' },
    );
}

before(async () => {
    server = await startServer(addClients);
    browser = await launch();
});

after(async () => {
    await browser?.close();
    await server?.stop();
});

const openAt = (path, how) => openScreen(browser, server, path, { lang: 'fr', ...how });
const look = (page, name) => lookAt(page, `portfolio-${name}`);

describe('a DPO with fifty clients', () => {
    test('sees them all, those who wait for an answer first', async () => {
        const { page, context } = await openAt('/portfolio');
        const rows = page.locator('main tbody tr');
        assert.equal(await rows.count(), count + 1);
        assert.match(await rows.nth(0).textContent(), /Maison 3 SARL.*1 demande en retard/s);
        assert.match(await rows.nth(1).textContent(), /Maison 2 SARL.*!/s);
        assert.match(await rows.nth(1).textContent(), /audit du \d/);
        // Of a day of the law that is near, one press leads to whom it touches.
        const whom = page.getByRole('button', { name: 'Qui est concerné' });
        if (await whom.count()) {
            await whom.press('Enter');
            await settled(page);
            assert.match(await page.locator('main').textContent(), /règles? n/);
        }
        await context.close();
    });

    test('opens a client by keyboard, and works for that one from then on', async () => {
        const { page, context } = await openAt('/portfolio');
        await page.getByRole('button', { name: 'Maison 2 SARL' }).focus();
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => location.hash.startsWith('#/score'));
        await settled(page);
        assert.equal(await page.locator('select').first().inputValue(), 'client-02');
        await context.close();
    });

    test('learns on the day the law changes whom it breaks', async () => {
        const { page, context } = await openAt('/portfolio');
        await page.getByRole('tab', { name: 'Clients et thèmes' }).focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        await settled(page);
        await page.getByLabel('Le nouveau droit vaut').fill('2026-08-11');
        await page.getByRole('button', { name: 'Comparer' }).press('Enter');
        await settled(page);
        const first = page.locator('main li').filter({ hasText: 'Maison' }).first();
        await first.getByText('Campagne').waitFor();
        const text = await first.textContent();
        assert.match(text, /Maison 1 SARL/);
        assert.match(text, /appels/);
        assert.match(text, /interdit/i);
        const main = await page.locator('main').textContent();
        assert.match(main, /1 client n’est plus en règle/);
        assert.match(await page.locator('main').textContent(), /règles? ne sont en vigueur/);
        await context.close();
    });

    test('takes the days that must not be missed along', async () => {
        const { page, context } = await openAt('/portfolio?tab=days');
        await page.locator('main').getByText('Maison 3 SARL').first().waitFor();
        const [file] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name: 'Télécharger l’agenda' }).press('Enter'),
        ]);
        assert.equal(file.suggestedFilename(), 'licet.ics');
        await context.close();
    });

    test('sees a vendor of three clients once', async () => {
        const { page, context } = await openAt('/portfolio?tab=vendors');
        const rows = page.locator('main tbody tr');
        assert.equal(await rows.count(), 1);
        assert.match(await rows.first().textContent(), /Maison 1 SARL.*Maison 3 SARL/s);
        await context.close();
    });

    test('takes a vendor over for a fourth client, by keyboard', async () => {
        const { page, context } = await openAt('/portfolio?tab=vendors');
        await page.getByRole('button', { name: /Reprendre pour un client/ }).press('Enter');
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Pour quel client').selectOption({ label: 'Maison 4 SARL' });
        await dialog.getByRole('button', { name: 'Reprendre', exact: true }).press('Enter');
        await page.getByText(/est inscrit chez ce client/).waitFor();
        await page.locator('main tbody tr', { hasText: 'Maison 4 SARL' }).waitFor();
        await look(page, 'adopted');
        await context.close();
    });

    for (const [name, how] of [
        ['fr-wide', {}],
        ['en-wide-dark', { lang: 'en', dark: true }],
        ['fr-small', { size: 'small' }],
    ])
        for (const tab of ['clients', 'days', 'law', 'vendors'])
            test(`reads ${tab}, ${name}`, async () => {
                const path =
                    tab === 'law' ? '/portfolio?tab=law&date=2026-08-11' : `/portfolio?tab=${tab}`;
                const { page, context } = await openAt(path, { ...how, forAxe: true });
                await look(page, `${tab}-${name}`);
                await context.close();
            });
});
