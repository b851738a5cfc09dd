// SPDX-License-Identifier: Apache-2.0
//
// The page "try a situation" of the exported law: a form of facts, and the engine's answer to them.
// It asks for a few facts first, then for the one that decides most, until there is an answer.
//
// licet puts this file, licet.mjs and the constants SITE and ENGINE (src/law/try_script.h) into one
// script without `import` and `export`, because pages opened from a disk may load nothing else.
import { load } from './licet.mjs';

const FIRST = ['country', 'channel', 'audience', 'purpose', 'at'];
const lang = document.documentElement.lang;
const form = document.getElementById('situation');
const verdictBox = document.getElementById('verdict');
const words = JSON.parse(form.dataset.words);
let law;

// ---- the form ----------------------------------------------------------------------------------
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function choicesOf(name, fact) {
  if (name === 'country')
    return Object.entries(SITE.countries).map(([id, tell]) => [id, tell[lang]]);
  if (fact.type === 'bool') return [['yes', words.yes], ['no', words.no]];
  if (fact.type !== 'enum') return null;
  return fact.values.map((id) => [id, fact.values_tell[id]?.[lang] ?? id]);
}

function fieldOf(name) {
  const fact = SITE.facts[name];
  const id = `fact-${name}`;
  const choices = choicesOf(name, fact);
  const label = element('label', { htmlFor: id }, fact.tell[lang]);
  if (choices) {
    const options = [['', words.unknown], ...choices].map(([value, tell]) =>
      element('option', { value }, tell));
    return element('p', { className: 'field' }, label,
      element('select', { id, name }, ...options));
  }
  const hint = element('span', { id: `${id}-hint`, className: 'small' }, words[fact.type]);
  return element('p', { className: 'field' }, label, element('input', {
    id, name, type: 'text', autocomplete: 'off', 'aria-describedby': hint.id,
    value: name === 'at' ? form.dataset.day : '' }), hint);
}

function addField(name) {
  const field = fieldOf(name);
  document.getElementById('fields').append(field);
  return field.querySelector('select, input');
}

function isAsked(name) {
  return form.elements.namedItem(name) !== null;
}

/** What was chosen and typed; an empty field is an unknown fact. */
function factsOfForm() {
  const facts = form.elements.namedItem('ordinary').checked ? { background: SITE.ordinary } : {};
  for (const { name, value } of form.elements) {
    const typed = value.trim();
    if (!(name in SITE.facts) || typed === '' || typed === '?') continue;
    facts[name] = typed.toLowerCase() === 'jamais' ? 'never' : typed;
  }
  return facts;
}

// ---- the answer --------------------------------------------------------------------------------
function list(title, items) {
  if (items.length === 0) return [];
  return [element('h2', {}, title), element('ul', {}, ...items.map((one) =>
    element('li', {}, ...[one].flat())))];
}

function ruleItem({ rule, tell, cites }) {
  const pack = SITE.rules[rule];
  const link = pack ? element('a', { href: `pack-${pack}.html#${rule}` }, tell) : tell;
  return [link, element('span', { className: 'sources' }, cites.join('; '))];
}

function show(verdict) {
  const sign = { allowed: '✓', forbidden: '✕', undetermined: '?' }[verdict.verdict] ?? '–';
  const answer = SITE.answers[verdict.verdict]?.[lang] ?? verdict.verdict;
  const isOpen = verdict.verdict === 'undetermined';
  verdictBox.replaceChildren(
    element('p', { className: 'outcome big' },
      element('span', { className: `sign ${verdict.verdict}`, 'aria-hidden': 'true' }, sign),
      element('span', {}, answer)),
    ...(verdict.certainty === 'debatable'
      ? [element('p', {}, element('span', { className: 'tag debatable' }, words.debatable))] : []),
    ...list(words.reasons, isOpen ? [] : verdict.reasons.map(ruleItem)),
    ...list(words.duties, verdict.duties.map(({ tell }) => tell)),
    ...list(words.missing, verdict.missing_tell.slice(0, 8)),
    ...list(words.remedies, verdict.remedies.map(({ tell }) => tell)),
    ...(verdict.holds_until
      ? [element('p', {}, words.changes_on.replace('{day}', verdict.holds_until))] : []),
    element('p', { className: 'small mono' }, verdict.pack));
}

/** Asks for one fact more: the most telling one, or the first that was not asked yet. */
function askNext({ next, missing }) {
  const name = [next, ...missing].find((one) => one && !isAsked(one));
  if (!name) return;
  addField(name).focus();
}

function answer() {
  try {
    law ??= engine.read(ENGINE.packs, { language: lang, reading: SITE.reading });
    const verdict = law.explain({ facts: factsOfForm() }, lang);
    show(verdict);
    if (verdict.verdict === 'undetermined') askNext(verdict);
  } catch (problem) {
    // No answer is not a yes.
    verdictBox.replaceChildren(element('p', { className: 'big' }, words.failed),
      element('p', {}, problem.message));
  }
}

let engine;
load(Uint8Array.from(atob(ENGINE.wasm), (one) => one.charCodeAt(0))).then((started) => {
  engine = started;
  FIRST.filter((name) => name in SITE.facts).forEach(addField);
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    verdictBox.replaceChildren(element('p', {}, words.reading));
    // The law is read at the first question; the page says so before it is busy.
    setTimeout(answer, 20);
  });
}, (problem) => {
  verdictBox.replaceChildren(element('p', { className: 'big' }, words.failed),
    element('p', {}, problem.message));
});
