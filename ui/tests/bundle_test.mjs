// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the built console is small, whole, and fit for a policy that allows nothing but
// files of the same server.
// Method: the files that CMake carries (the folder LICET_UI, or ui/dist) are read and packed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const folder = process.env.LICET_UI ?? fileURLToPath(new URL('../dist', import.meta.url));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .map((path) => [relative(folder, path), readFileSync(path)]);
const page = readFileSync(join(folder, 'index.html'), 'utf8');

const packed = (chosen) =>
    chosen.reduce((sum, [, bytes]) => sum + gzipSync(bytes, { level: 9 }).length, 0);

/** What a browser fetches before anybody goes anywhere: the page, and what its script imports. */
function firstFiles() {
    const wanted = new Set(['index.html', 'icon.svg']);
    const todo = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name]) => name);
    while (todo.length > 0) {
        const name = todo.pop();
        if (wanted.has(name)) continue;
        wanted.add(name);
        const text = String(files.find(([one]) => one === name)?.[1] ?? '');
        for (const [, other] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
            todo.push(`assets/${other}`);
    }
    return files.filter(([name]) => wanted.has(name));
}

test('the console is a page, scripts, one style sheet and an icon', () => {
    const other = files.map(([name]) => name).filter((name) => !/^assets\/[\w-]+\.js$/.test(name));
    assert.deepEqual(
        other.map((name) => name.replace(/-[\w-]+\./, '.')).sort(),
        ['assets/console.css', 'icon.svg', 'index.html'],
    );
});

test('the first screen takes 120 kB at most when it is packed, and all of them 220 kB', () => {
    const first = packed(firstFiles());
    const all = packed(files);
    console.log(`console: ${first} bytes packed for the first screen, ${all} in all`);
    assert.ok(first <= 120_000, String(first));
    assert.ok(all <= 220_000, String(all));
    assert.ok(firstFiles().length < files.length, 'no screen is fetched on demand');
});

test('its page has no script, style or handler inside', () => {
    assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    assert.match(page, /<noscript>/);
});

test('it names no other server', () => {
    const known = /^https?:\/\/(www\.w3\.org|svelte\.dev|localhost)/;
    for (const [name, bytes] of files) {
        const found = bytes.toString().match(/https?:\/\/[\w.-]+/g) ?? [];
        assert.deepEqual(
            found.filter((one) => !known.test(one)),
            [],
            name,
        );
    }
});

test('its styles load nothing', () => {
    for (const [name, bytes] of files.filter(([one]) => one.endsWith('.css')))
        assert.doesNotMatch(bytes.toString(), /url\(|@import/, name);
});
