// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that the console says the same in both languages, says nothing that has no text, and
// has no text that it does not say.
// Method: the catalogues and the sources are read as text. An id made at run time (`role.${role}`)
// uses all ids that begin so; it is the reader's task to keep these families small.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ui = fileURLToPath(new URL('..', import.meta.url));
const fr = JSON.parse(readFileSync(join(ui, 'texts/fr.json'), 'utf8'));
const en = JSON.parse(readFileSync(join(ui, 'texts/en.json'), 'utf8'));
const sources = readdirSync(join(ui, 'src'), { recursive: true })
    .filter((name) => /\.(svelte|ts)$/.test(name))
    .map((name) => [
        name,
        readFileSync(join(ui, 'src', name), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
    ]);

const literal = /(?<![\w.$])(tn?)\(\s*'([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)'/g;
const title = /\btitle: '([a-z0-9_.]+)'/g;
const otherwise = /\btOr\(\s*'([a-z0-9_.]+)'/g;
const made = /\b(?:t|tn|tOr)\(\s*`([a-z][a-z0-9_.]*\.)\$\{/g;

const said = new Map();
const families = new Set();
for (const [name, text] of sources) {
    for (const [, call, id] of text.matchAll(literal))
        for (const one of call === 'tn' ? [`${id}.one`, `${id}.other`] : [id]) said.set(one, name);
    for (const pattern of [title, otherwise])
        for (const [, id] of text.matchAll(pattern)) said.set(id, name);
    for (const [, family] of text.matchAll(made)) families.add(family);
}

function argumentsOf(text) {
    return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
}

describe('the catalogues', () => {
    test('are read at all', () => {
        assert.ok(said.size > 250, `${said.size} ids found in the sources`);
        assert.ok(families.size > 5);
    });

    test('have the same ids, in order', () => {
        assert.deepEqual(Object.keys(fr), Object.keys(en));
        assert.deepEqual(Object.keys(fr), Object.keys(fr).toSorted());
    });

    test('want the same arguments in both languages', () => {
        for (const id of Object.keys(fr))
            assert.deepEqual(argumentsOf(fr[id]), argumentsOf(en[id]), id);
    });

    test('have no empty text', () => {
        for (const id of Object.keys(fr)) assert.ok(fr[id].trim() && en[id].trim(), id);
    });

    test('have each id that is said', () => {
        assert.deepEqual(
            [...said].filter(([id]) => !(id in fr)),
            [],
        );
    });

    test('have no id that is said nowhere', () => {
        const isUsed = (id) =>
            said.has(id) || [...families].some((family) => id.startsWith(family));
        assert.deepEqual(
            Object.keys(fr).filter((id) => !isUsed(id)),
            [],
        );
    });

    test('are said with all their arguments', () => {
        for (const [name, text] of sources) {
            for (const [, id, rest] of text.matchAll(
                /(?<![\w.$])t\('([a-z0-9_.]+)'([^;]{0,400})/g,
            )) {
                for (const argument of argumentsOf(fr[id] ?? ''))
                    assert.match(
                        rest,
                        new RegExp(`\\b${argument}\\b|, told`),
                        `${name}: ${id} wants {${argument}}`,
                    );
            }
        }
    });

    test('keep French typography', () => {
        const wrong = /(?<![\u00a0\u202f])[;!?](?= |$)| [:;!?»]|« |[^\u00a0]»|«[^\u00a0]/;
        assert.deepEqual(
            Object.entries(fr).filter(([, text]) => wrong.test(text)),
            [],
        );
    });
});

describe('the components', () => {
    test('hold no words of their own', () => {
        const bare = [];
        for (const [name, text] of sources.filter(([one]) => one.endsWith('.svelte'))) {
            const page = text
                .replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '')
                .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '')
                .replace(/<[^>]*>/g, '\n');
            for (const line of page.split('\n'))
                if (/\p{L}{2,}/u.test(line) && !/^\s*(licet|\})/.test(line))
                    bare.push(`${name}: ${line.trim()}`);
        }
        assert.deepEqual(bare, []);
    });

    test('are each used by some other', () => {
        const all = sources.map(([, text]) => text).join('\n');
        const unused = sources
            .map(([name]) => name)
            .filter((name) => name.endsWith('.svelte') && !all.includes(`/${basename(name)}'`));
        assert.deepEqual(unused, []);
    });

    test('have no style attribute, which the policy of the page would not allow', () => {
        assert.deepEqual(
            sources.filter(([, text]) => /\sstyle=/.test(text)).map(([name]) => name),
            [],
        );
    });
});
