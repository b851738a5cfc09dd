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

test('the console is a page, a script, a style sheet and an icon', () => {
    const names = files.map(([name]) => name.replace(/-[\w-]+\./, '.')).sort();
    assert.deepEqual(names, ['assets/console.css', 'assets/console.js', 'icon.svg', 'index.html']);
});

test('the console takes 120 kB at most when it is packed', () => {
    const size = files.reduce((sum, [, bytes]) => sum + gzipSync(bytes, { level: 9 }).length, 0);
    console.log(`console: ${size} bytes packed`);
    assert.ok(size <= 120_000, String(size));
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
