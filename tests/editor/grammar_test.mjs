// SPDX-License-Identifier: Apache-2.0
//
// Goal: editors/licet.tmLanguage.json colours packs as the language is.
// Method: the library that editors colour with (vscode-textmate over vscode-oniguruma) takes the
// grammar as an injection into a small grammar of Markdown; samples, then all real packs. Keywords
// are compared with those of the parser.
//
// Without the npm packages the test is skipped: exit status 77.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const require = createRequire(import.meta.url);
let textmate;
let oniguruma;
try {
    textmate = require('vscode-textmate');
    oniguruma = require('vscode-oniguruma');
} catch {
    console.log('skipped: the npm packages are not installed');
    process.exit(77);
}

const source = readFileSync(join(root, 'editors/licet.tmLanguage.json'), 'utf8');
const injection = 'markdown.licet.codeblock';
// As much of Markdown as could come in the way: headings, and fences of other languages.
const markdown = JSON.stringify({
    scopeName: 'text.html.markdown',
    patterns: [
        { name: 'markup.heading.markdown', match: '^#+ .*$' },
        { name: 'markup.fenced_code.block.markdown', begin: '^(`{3,})(.*)$', end: '^\\1' },
        { name: 'markup.bold.markdown', match: '\\*\\*[^*]+\\*\\*' },
    ],
});
let grammar;

before(async () => {
    const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
    await oniguruma.loadWASM(wasm);
    const registry = new textmate.Registry({
        onigLib: Promise.resolve({
            createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
            createOnigString: (text) => new oniguruma.OnigString(text),
        }),
        loadGrammar: async (scope) => textmate.parseRawGrammar(
            scope === injection ? source : markdown, `${scope}.json`),
        getInjections: (scope) => scope === 'text.html.markdown' ? [injection] : undefined,
    });
    grammar = await registry.loadGrammar('text.html.markdown');
});

/// Gives for each line its pieces: [text, innermost scope, all scopes].
function pieces(text) {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
        const done = grammar.tokenizeLine(line, state);
        state = done.ruleStack;
        return done.tokens.map((token) => [line.slice(token.startIndex, token.endIndex),
            token.scopes.at(-1), token.scopes]);
    });
}

/// Gives the scope of the first piece that is `word`.
function scopeOf(text, word) {
    const found = pieces(text).flat().find(([piece]) => piece === word);
    return found?.[1];
}

const rule = [
    '```law',
    '# why',
    'rule fr.email.consumer',
    '  answers   contact = forbidden',
    '  when      channel not in {sms, post}, calls.last_30_days >= 4, local_time < 13:00,',
    '            consent.on within 2 years of at, a.from is never',
    '  except to fr.email',
    '  kept by   message.stop_contact',
    '  in force  from 2016-06-01',
    '  cites     cpce:L34-5 al. 1',
    '  tell      fr "Un texte, avec 2 = 2."',
    '```',
    'after rule when',
].join('\n');

describe('a law block', () => {
    const expected = {
        '# why': 'comment.line.number-sign.licet',
        rule: 'keyword.control.licet',
        'fr.email.consumer': 'entity.name.function.licet',
        answers: 'keyword.other.licet',
        when: 'keyword.other.licet',
        'except to': 'keyword.other.licet',
        'kept by': 'keyword.other.licet',
        'in force': 'keyword.other.licet',
        contact: 'variable.other.licet',
        '=': 'keyword.operator.comparison.licet',
        '>=': 'keyword.operator.comparison.licet',
        not: 'keyword.operator.word.licet',
        'is never': 'keyword.operator.word.licet',
        'calls.last_30_days': 'variable.other.licet',
        4: 'constant.numeric.licet',
        '13:00': 'constant.numeric.time.licet',
        years: 'keyword.other.unit.licet',
        '2016-06-01': 'constant.numeric.date.licet',
        'cpce:L34-5': 'variable.other.licet',
        'a.from': 'variable.other.licet',
        'Un texte, avec 2 = 2.': 'string.quoted.double.licet',
        law: 'fenced_code.block.language.markdown',
    };
    for (const [word, scope] of Object.entries(expected))
        test(`${word} is ${scope}`, () => assert.equal(scopeOf(rule, word), scope));

    test('ends with its fence, and not before', () => {
        const lines = pieces(rule);
        for (const line of lines.slice(1, -2))
            for (const [, , scopes] of line)
                assert.ok(scopes.includes('meta.embedded.block.licet'), JSON.stringify(line));
        assert.deepEqual(lines.at(-1).map((piece) => piece[1]), ['text.html.markdown']);
    });

    test('that is not finished does not colour what comes after it for ever wrong', () => {
        const lines = pieces('```law\nrule a\n  tell      fr "open\n  when      b\n```\nprose');
        assert.equal(lines[3].find(([piece]) => piece === 'when')[1], 'keyword.other.licet');
        assert.equal(lines[5][0][1], 'text.html.markdown');
    });
});

describe('the rest of a pack', () => {
    test('what is given has its colours until the empty line', () => {
        const text = 'given: country = fr, background clean,\n  at = 2026-11-23\n\nprose = prose';
        assert.equal(scopeOf(text, 'given:'), 'keyword.other.given.licet');
        assert.equal(scopeOf(text, 'background'), 'keyword.other.licet');
        assert.equal(scopeOf(text, 'clean'), 'entity.name.tag.licet');
        assert.equal(scopeOf(text, '2026-11-23'), 'constant.numeric.date.licet');
        assert.equal(pieces(text)[3].length, 1);
    });

    test('headings, other fences and prose keep the colours of Markdown', () => {
        const lines = pieces('# Rule\n```toml\nrule a\n```\n**when**\nrule a');
        assert.equal(lines[0][0][1], 'markup.heading.markdown');
        assert.ok(lines[2][0][2].every((scope) => !scope.includes('licet')));
        assert.equal(lines[4][0][1], 'markup.bold.markdown');
        assert.equal(lines[5][0][1], 'text.html.markdown');
    });
});

test('the keywords are those of the parser', () => {
    const parser = readFileSync(join(root, 'src/law/syntax.cpp'), 'utf8');
    const table = parser.slice(parser.indexOf('kKeywords = {'),
        parser.indexOf('static const Keywords kNone'));
    const words = [...table.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
    assert.ok(words.length > 10);
    const { statement, field } = JSON.parse(source).repository;
    for (const word of words)
        assert.ok(`${statement.match}|${field.match}`.split(/[()|]/).includes(word), word);
});

test('in the real packs every statement and every field is known', () => {
    const files = readdirSync(join(root, 'packs'), { recursive: true })
        .filter((path) => path.endsWith('.md'));
    let statements = 0;
    for (const path of files) {
        const text = readFileSync(join(root, 'packs', path), 'utf8');
        const lines = text.split('\n');
        let isLaw = false;
        pieces(text).forEach((line, i) => {
            const where = `${path}:${i + 1}`;
            if (lines[i].startsWith('```')) {
                isLaw = lines[i] === '```law';
            } else if (isLaw && /^[a-z]/.test(lines[i])) {
                assert.equal(line[0][1], 'keyword.control.licet', where);
                ++statements;
            } else if (isLaw && /^ {2}[a-z]/.test(lines[i])) {
                assert.equal(line[1][1], 'keyword.other.licet', where);
            } else if (!isLaw) {
                const isLawless = line.every(([, , scopes]) =>
                    !scopes.includes('meta.embedded.block.licet'));
                assert.ok(isLawless, where);
            }
        });
    }
    assert.ok(statements > 100);
});
