// SPDX-License-Identifier: Apache-2.0
//
// Goal: show that licet.wasm gives the program's answers, byte for byte, and one row what the batch
// says of it.
// Method: Node reads the packs with it; all cases of tests/law_cases and random acts
// (tests/export/support.py makes them) are asked of both. Columns of random codes are held to
// single decisions. Times are printed, never judged.
//
// LICET names the program, LICET_WASM the module. Without a module the test is skipped: exit 77.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { load, UNDETERMINED, UNKNOWN } from '../../wasm/licet.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const packs = process.env.LICET_PACKS || join(root, 'packs');
const program = process.env.LICET;
if (!process.env.LICET_WASM || !existsSync(process.env.LICET_WASM)) {
  console.log('licet.wasm was not built (no em++?): skipped');
  process.exit(77);
}

function filesBelow(folder) {
  const files = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && /\.(md|toml)$/.test(entry.name))
      files[relative(folder, path)] = readFileSync(path, 'utf8');
  }
  return files;
}

const wasm = readFileSync(process.env.LICET_WASM);
const licet = await load(wasm);
const files = filesBelow(packs);
const start = performance.now();
const law = licet.read(files);
const reading = performance.now() - start;

function ask(acts, language) {
  const done = spawnSync(program, ['--packs', packs, '--lang', language, 'check', '--facts-jsonl',
    '-', '--json'], { input: acts.map((act) => JSON.stringify(act) + '\n').join(''),
    maxBuffer: 1 << 30 });
  return done.stdout.toString().trim().split('\n');
}

/** Holds the module to the program on acts whose `at` is given. */
function assertSame(acts, language) {
  const said = ask(acts, language);
  assert.equal(said.length, acts.length);
  let answered = 0;
  acts.forEach((act, i) => {
    if (JSON.parse(said[i]).verdict === 'error') {
      assert.throws(() => law.decide(act, language), { status: 1 });
      return;
    }
    assert.equal(law.decideText(JSON.stringify(act), language), said[i]);
    answered += 1;
  });
  return answered;
}

function randomActs(count, seed, question) {
  const made = execFileSync('python3', ['-B', '-c',
    'import json, random, sys\n' +
    `sys.path.insert(0, ${JSON.stringify(join(root, 'tests', 'export'))})\n` +
    'from support import export, random_acts\n' +
    `for act in random_acts(export("json"), ${count}, random.Random(${seed}), "${question}"):\n` +
    '    print(json.dumps(act))'],
    { env: { ...process.env, LICET_PACKS: packs }, maxBuffer: 1 << 28 });
  return made.toString().trim().split('\n').map((line) => JSON.parse(line));
}

describe('single situations', () => {
  test('packs have the names that the program gives them', () => {
    const [answer] = ask([{ facts: { at: '2026-11-26' } }], 'fr');
    assert.equal(law.identity, JSON.parse(answer).pack);
  });

  test('all cases are answered alike, to the byte', () => {
    const folder = join(root, 'tests', 'law_cases');
    const cases = readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort()
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => line.trim()).map((line) => JSON.parse(line))
      .filter((one) => 'at' in one.facts);
    assert.ok(assertSame(cases, 'fr') > 200);
  });

  for (const question of ['contact', 'keep', 'respond']) {
    test(`random acts are answered alike, to the byte: ${question}`, () => {
      assert.ok(assertSame(randomActs(question === 'contact' ? 800 : 200, 5, question), 'en')
        > 100);
    });
  }

  test('explanations are those of the program', () => {
    const facts = { country: 'fr', channel: 'email', audience: 'consumer', at: '2026-11-26' };
    const given = Object.entries(facts).flatMap(([name, value]) => ['-f', `${name}=${value}`]);
    const done = spawnSync(program, ['--packs', packs, '--lang', 'en', 'explain', '--json',
      ...given]);
    assert.deepEqual(law.explain({ facts }, 'en'), JSON.parse(done.stdout));
  });

  test('faults are told and answer nothing', () => {
    assert.throws(() => law.decide({ facts: { chanel: 'email' } }, 'en'), /channel/);
    assert.throws(() => law.decide({}, 'en'), { status: 1 });
    assert.throws(() => licet.read({ 'fr/pack.toml': 'id = [' }, { language: 'en' }),
      /fr\/pack\.toml:1/);
    assert.throws(() => licet.read({}, { language: 'en' }), { status: 1 });
    assert.throws(() => law.decide({ facts: {} }, 'de'), TypeError);
  });
});

describe('columns', () => {
  const shared = { facts: { background: ['ordinary_offer', 'collected_by_us', 'valid_consent'],
    country: 'fr', at: '2026-11-26', channel: 'email', purpose: 'commercial' } };
  const columns = [
    { fact: 'audience', values: ['consumer', 'professional', 'organisation'] },
    { fact: 'objection', values: ['none', 'this_channel', 'all'] },
    { fact: 'objection.on', values: ['never', '2026-10-01', '2024-01-15'] },
    { fact: 'consent', values: ['none', 'given', 'withdrawn'] },
    { fact: 'consent.on', values: ['never', '2026-11-01', '2025-01-15', '2019-05-05'] },
  ];
  let seed = 1;
  const chance = (most) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % most;
  const codes = columns.map(({ values }) => Uint16Array.from({ length: 2000 }, () => {
    const code = chance(values.length + 1);
    return code === values.length ? UNKNOWN : code;
  }));

  /** The facts of row `r`: a column takes the place of what the backgrounds say. */
  function single(r) {
    const facts = { ...shared.facts };
    const unknown = [];
    columns.forEach(({ fact, values }, c) => {
      if (codes[c][r] === UNKNOWN) unknown.push(fact);
      else facts[fact] = values[codes[c][r]];
    });
    return { facts, unknown };
  }

  test('each row is answered as by itself', () => {
    const batch = law.batch(shared, columns, 'en');
    const { answers, situations } = batch.decide(codes);
    const met = new Set();
    for (let r = 0; r < answers.length; r++) {
      const { facts, unknown } = single(r);
      // A background cannot be taken back one fact at a time in JSON: rows that need it are held
      // to single decisions in C++ (batch_test.cpp).
      if (unknown.some((fact) => fact.startsWith('consent'))) continue;
      const alone = law.decide({ facts }, 'en');
      const said = batch.situation(situations[r]);
      assert.equal(said.verdict, alone.verdict);
      assert.equal(law.answerName('contact', answers[r]), alone.verdict);
      assert.deepEqual(said.reasons.map(({ rule }) => rule), alone.reasons.map(({ rule }) => rule));
      assert.deepEqual(said.duties, alone.duties);
      assert.equal(said.certainty, alone.certainty);
      assert.equal(said.pack, alone.pack);
      met.add(alone.verdict);
    }
    assert.ok(met.has('allowed') && met.has('forbidden'), [...met].join());
    assert.ok(answers.includes(UNDETERMINED));
    assert.ok(batch.situationCount < 100);
    assert.equal(batch.situation(batch.situationCount), undefined);
    batch.free();
  });

  test('a code that is none is told', () => {
    const batch = law.batch(shared, columns);
    assert.throws(() => batch.decide(columns.map(() => [9])), RangeError);
    assert.throws(() => batch.decide([[0]]), TypeError);
    assert.throws(() => law.batch(shared, [{ fact: 'objectoin', values: ['none'] }], 'en'),
      /objection/);
    batch.free();
  });

  test('sizes and times, for the record', () => {
    const batch = law.batch(shared, columns);
    const count = 200_000;
    const rows = batch.rows(count);
    columns.forEach((_, c) => {
      const column = rows.codes(c);
      for (let r = 0; r < count; r++) column[r] = codes[c][r % 2000];
    });
    rows.decide();
    const time = (work) => {
      const from = performance.now();
      work();
      return performance.now() - from;
    };
    const many = time(() => rows.decide()) * 1e6 / count;
    const row = batch.rows(1);
    const cells = columns.map((_, c) => row.codes(c));
    const answer = row.answers();
    let sum = 0;
    const one = time(() => {
      for (let r = 0; r < count; r++) {
        for (let c = 0; c < cells.length; c++) cells[c][0] = codes[c][r % 2000];
        row.decide(1);
        sum += answer[0];
      }
    }) * 1e6 / count;
    assert.ok(sum > 0);
    const act = { facts: single(0).facts };
    const text = time(() => {
      for (let i = 0; i < 200; i++) law.decide(act);
    }) * 1e3 / 200;
    console.log(`licet.wasm ${wasm.length} bytes; packs read in ${reading.toFixed(0)} ms; ` +
      `${many.toFixed(1)} ns a row of ${columns.length} columns, ` +
      `${one.toFixed(1)} ns one by one; ${text.toFixed(0)} us a verdict in JSON`);
    batch.free();
  });
});
