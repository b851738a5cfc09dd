// SPDX-License-Identifier: Apache-2.0
//
// The page verify.html: shows what verify.mjs finds in the archive that the page carries, or in one
// that the reader drops on it. No network, no storage; French or English as the reader wants.
import { checkArchive, filesOfZip } from './verify.mjs';

const archive = JSON.parse(document.getElementById('archive').textContent);
const decoded = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const carried = new Map(
    Object.entries(archive.files).map(([path, base64]) => [path, decoded(base64)]));
const signs = { good: '\u2713', bad: '\u2717', unchecked: '?' };
const classes = { good: 'allowed', bad: 'forbidden', unchecked: 'undetermined' };
let language = (navigator.language ?? '').startsWith('fr') ? 'fr' : 'en';
let files = carried;

const say = (id, values = {}) => (archive.texts[language][id] ?? id).replace(
    /\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
const element = (name, text = '', className = '') => {
    const one = document.createElement(name);
    one.textContent = text;
    if (className) one.className = className;
    return one;
};

function row(cells, head = false) {
    const line = document.createElement('tr');
    for (const cell of cells) {
        const one = element(head ? 'th' : 'td', '', cell.longer ? 'details' : '');
        if (head) one.scope = 'col';
        one.append(cell.longer ?? cell);
        line.append(one);
    }
    return line;
}

function table(headings, lines) {
    const all = element('table');
    const head = element('thead');
    head.append(row(headings.map((id) => say(id)), true));
    const body = element('tbody');
    body.append(...lines);
    all.append(head, body);
    const around = element('div', '', 'scroll');
    around.tabIndex = 0;
    around.setAttribute('role', 'region');
    around.setAttribute('aria-label', say(headings[0]));
    around.append(all);
    return around;
}

function stated({ state, about, what, values }) {
    const sign = element('span', `${signs[state]} ${say(`state_${state}`)}`,
        `state ${classes[state]}`);
    return row([sign, element('code', about), say(`found_${what}`, values)]);
}

function eventRow(one) {
    const details = Object.entries(one.attributes).map(([name, value]) => `${name} = ${value}`);
    return row([one.on, archive.words[language][one.kind] ?? one.kind, one.channel, one.purpose,
        { longer: details.join(', ') }, element('code', one.id)]);
}

async function show() {
    const result = document.getElementById('result');
    result.setAttribute('aria-busy', 'true');
    await fill(result);
    result.setAttribute('aria-busy', 'false');
}

async function fill(result) {
    document.documentElement.lang = language;
    document.title = say('title');
    for (const one of document.querySelectorAll('[data-say]'))
        one.textContent = say(one.dataset.say);
    for (const one of document.querySelectorAll('[data-language]'))
        one.setAttribute('aria-pressed', String(one.dataset.language === language));
    if (!globalThis.crypto?.subtle) {
        result.replaceChildren(element('p', say('no_crypto'), 'state undetermined'));
        return;
    }
    const { findings, events, checkpoint } = await checkArchive(files);
    const has = (state) => findings.some((one) => one.state === state);
    const state = has('bad') ? 'bad' : has('unchecked') ? 'unchecked' : 'good';
    const verdict = element('p', `${signs[state]} ${say(`all_${state}`)}`,
        `lead state ${classes[state]}`);
    verdict.id = 'verdict';
    const order = { bad: 0, unchecked: 1, good: 2 };
    const sorted = [...findings].sort((a, b) => order[a.state] - order[b.state]);
    const parts = [verdict];
    if (checkpoint) {
        const time = checkpoint.time === null ? '?'
            : `${new Date(checkpoint.time * 1000).toLocaleString(language, { timeZone: 'UTC',
                dateStyle: 'long', timeStyle: 'medium' })} UTC`;
        parts.push(element('p', say('log', { origin: checkpoint.origin, size: checkpoint.size,
            time, id: checkpoint.id })));
    }
    parts.push(element('h2', say('checks')),
        table(['column_state', 'column_what', 'column_found'], sorted.map(stated)),
        element('h2', say('events')),
        table(['column_day', 'column_kind', 'column_channel', 'column_purpose', 'column_details',
            'column_id'], events.map(eventRow)));
    result.replaceChildren(...parts);
}

async function take(list) {
    const given = new Map();
    for (const file of list) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const inside = file.name.endsWith('.zip') ? filesOfZip(bytes) : null;
        if (inside) for (const [path, content] of inside) given.set(path, content);
        // Files of an unpacked folder come with their way in it; the folder's own name goes.
        else given.set((file.webkitRelativePath || file.name).split('/').slice(
            file.webkitRelativePath ? 1 : 0).join('/'), bytes);
    }
    if (given.size === 0) return;
    files = given;
    document.getElementById('source').dataset.say = 'source_dropped';
    await show();
}

for (const one of document.querySelectorAll('[data-language]'))
    one.addEventListener('click', () => { language = one.dataset.language; show(); });
for (const name of ['file', 'folder'])
    document.getElementById(name).addEventListener('change', (event) => take(event.target.files));
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
});
show();
