// SPDX-License-Identifier: Apache-2.0
//
// The server that the tests of the console use, with invented people in it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { program } from './support.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ordinary = [
    'first_call',
    'ordinary_offer',
    'clean',
    'collected_by_us',
    'conformant_message',
    'conformant_script',
];

if (!existsSync(join(process.env.LICET_UI ?? join(root, 'ui/dist'), 'console.js'))) {
    console.log('skipped: the console is not built (LICET_UI)');
    process.exit(77);
}

function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Gives what `licet explain` says of the facts, on this day. */
function verdictOf(facts, lang, background = ordinary) {
    const done = spawnSync(program, [
        '--lang',
        lang,
        'explain',
        '--json',
        ...background.flatMap((name) => ['-b', name]),
        ...Object.entries({ at: today(), ...facts }).flatMap(([name, value]) => [
            '-f',
            `${name}=${value}`,
        ]),
    ]);
    return JSON.parse(done.stdout);
}

function diffOf(before, after, lang) {
    return JSON.parse(
        execFileSync(program, ['--lang', lang, 'law', 'diff', '--json', before, after]),
    );
}

/** Starts a server; gives its address, who may sign in, and whom the ledger knows. */
export async function startServer() {
    const running = spawn(process.execPath, [join(root, 'ui/tests/stand_in.mjs')], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await new Promise((found) => {
        running.stdout.once('data', (line) => found(String(line).trim()));
    });
    return {
        url,
        user: 'claire',
        password: 'une phrase de passe',
        person: 'camille@example.com',
        list: join(root, 'examples/odoo-salon.csv'),
        verdictOf,
        diffOf,
        stop: () => running.kill(),
    };
}
