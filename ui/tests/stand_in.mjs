// SPDX-License-Identifier: Apache-2.0
//
// A server that stands in for `licet serve` while the console is written: the API's contract with
// invented people, answers of the real program (LICET) where there is one, and the policy that the
// real server sends. It keeps all in memory and forgets it.
//
// usage: node stand_in.mjs [PORT]      prints its address
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = process.env.LICET_UI ?? join(root, 'ui/dist');
const program = process.env.LICET ?? '';
const types = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
};
const policy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
    "object-src 'none'";

// ---- words: read from the packs -----------------------------------------------------------------
function rowsOf(text) {
    return text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map((line) =>
            line
                .split('|')
                .slice(1, -1)
                .map((cell) => cell.trim().replaceAll('`', '')),
        );
}

const typesOfFacts = {
    enum: 'word',
    bool: 'yes_no',
    count: 'number',
    date: 'date',
    moment: 'moment',
    time: 'time',
    key: 'word',
    register: 'word',
};

function vocabularyIn(lang) {
    const column = lang === 'fr' ? -2 : -1;
    const rows = rowsOf(readFileSync(join(root, 'packs/facts.md'), 'utf8'));
    const words = {};
    const facts = [];
    for (const row of rows) {
        if (row.length === 4 && row[0] !== 'fact')
            (words[row[0]] ??= []).push({ id: row[1], label: row.at(column) });
        if (row.length === 8 && typesOfFacts[row[1]])
            facts.push({
                name: row[0],
                type: typesOfFacts[row[1]],
                who: row[3],
                label: row.at(column),
                values: row[2].split(' ').filter(Boolean),
            });
    }
    for (const fact of facts) {
        if (/country$/.test(fact.name)) fact.type = 'country';
        fact.words = words[fact.name] ?? fact.values.map((id) => ({ id, label: id }));
        delete fact.values;
    }
    const asked = rowsOf(readFileSync(join(root, 'packs/questions.md'), 'utf8'));
    const answers = Object.fromEntries(
        asked.filter((row) => row.length === 3).map((row) => [row[0], row.at(column)]),
    );
    const questions = asked
        .filter((row) => row.length === 5 && row[0] !== 'question' && !row[0].startsWith('-'))
        .map((row) => ({
            id: row[0],
            label: row[lang === 'fr' ? 1 : 2],
            answers: row[3].split(' ').map((id) => ({ id, label: answers[id] ?? id })),
        }));
    const duties = rowsOf(readFileSync(join(root, 'packs/duties.md'), 'utf8'))
        .filter((row) => row.length === 4)
        .map((row) => ({ id: row[0], label: row.at(column) }));
    return {
        questions,
        facts,
        duties,
        backgrounds: [
            'conformant_message',
            'conformant_script',
            'clean',
            'ordinary_offer',
            'first_call',
            'collected_by_us',
            'own_customer',
            'valid_consent',
        ],
    };
}

// ---- the law: asked of the program --------------------------------------------------------------
function asked(lang, ...words) {
    const done = spawnSync(program, ['--lang', lang, ...words], { encoding: 'utf8' });
    try {
        return JSON.parse(done.stdout);
    } catch {
        throw problem(422, 'facts', done.stderr.trim() || 'no answer');
    }
}

function explained(lang, { question, facts, background }) {
    return asked(
        lang,
        'explain',
        '--json',
        '-Q',
        question,
        ...background.flatMap((name) => ['-b', name]),
        ...Object.entries(facts).flatMap(([name, value]) => ['-f', `${name}=${value}`]),
    );
}

function problem(status, code, detail) {
    return Object.assign(new Error(detail), { status, code });
}

// ---- what it remembers --------------------------------------------------------------------------
const state = {
    sessions: new Set(),
    users: [
        {
            name: 'claire',
            display: 'Claire Fontaine',
            role: 'dpo_lead',
            tenants: ['verveine', 'ponant'],
        },
        { name: 'marc', display: 'Marc Dubreuil', role: 'reader', tenants: ['verveine'] },
    ],
    tokens: [{ id: 't1', name: 'boutique', scopes: ['check', 'record'], expires: '2027-03-31' }],
    tenants: [
        { id: 'verveine', name: 'Maison Verveine', country: 'fr', role: 'dpo_lead' },
        { id: 'ponant', name: 'Piscines du Ponant', country: 'fr', role: 'dpo_lead' },
    ],
    campaigns: { 'salon-2026': 'name = "Salon"\nchannel = "email"\npurpose = "commercial"\n' },
    lists: [],
    events: [
        {
            id: '3/1',
            on: '2026-03-02',
            kind: 'collected',
            channel: '',
            purpose: '',
            surface: 'formulaire',
            attributes: {},
        },
        {
            id: '3/2',
            on: '2026-03-02',
            kind: 'consent_given',
            channel: 'email',
            purpose: 'commercial',
            surface: 'formulaire',
            attributes: { text: 'newsletter' },
            validity: { answer: 'valid', rule: 'fr.consent', until: '2029-03-02' },
            retention: { answer: 'keep', rule: 'fr.keep', until: null },
        },
    ],
};
const summary = {
    allowed: 812,
    forbidden: 264,
    undetermined: 151,
    out_of_scope: 4,
    unreadable: 9,
    reasons: [
        {
            rule: 'fr.email.consumer',
            tell: 'Un particulier doit avoir donné son accord.',
            count: 201,
        },
        { rule: 'fr.objection', tell: "La personne s'est opposée.", count: 63 },
    ],
};

const routes = {
    'GET /session': ({ own }) => session(own),
    'POST /session': ({ body }) => {
        if (body.name !== 'claire' || body.password !== 'une phrase de passe')
            throw problem(401, 'credentials', '');
        const own = String(Math.random());
        state.sessions.add(own);
        return { ...session(own), setCookie: own };
    },
    'DELETE /session': ({ own }) => {
        state.sessions.delete(own);
    },
    'GET /vocabulary': ({ lang }) => vocabularyIn(lang),
    'POST /explain': ({ lang, body }) => explained(lang, body),
    'GET /packs': ({ lang }) => ({
        packs: asked(lang, 'law', 'list', '--json').map((one) => ({
            ...one,
            jurisdiction: one.id,
            languages: ['fr', 'en'],
            digest: one.identity.split(':')[1],
        })),
    }),
    'GET /packs/rules': ({ query }) => ({ rules: rulesOf(query) }),
    'GET /packs/diff': ({ lang, query }) =>
        asked(
            lang,
            'law',
            'diff',
            '--json',
            '--question',
            query.question,
            query.before,
            query.after,
        ),
    'POST /persons/timeline': ({ body }) => (body.address.includes('@') ? state.events : []),
    'POST /persons/export': () => ({ events: state.events }),
    'POST /persons/erase': () => {
        state.events = [];
    },
    'POST /objections': ({ body }) => {
        state.events.push({
            id: '3/9',
            on: '2026-11-26',
            kind: 'objection',
            channel: body.channel ?? '',
            purpose: body.purpose ?? '',
            attributes: {},
        });
    },
    'GET /campaigns': () => ({ campaigns: Object.keys(state.campaigns).map((name) => ({ name })) }),
    'GET /campaigns/*': ({ part }) => state.campaigns[part],
    'PUT /campaigns/*': ({ part, body }) => {
        state.campaigns[part] = body;
    },
    'DELETE /campaigns/*': ({ part }) => {
        delete state.campaigns[part];
    },
    'GET /lists': () => ({ lists: state.lists }),
    'POST /lists': ({ query }) => {
        const id = `l${state.lists.length + 1}`;
        state.lists.unshift({
            id,
            name: query.name,
            state: 'running',
            at: new Date().toISOString(),
            rows: 0,
            bytes: 0,
            total_bytes: 64_000,
            files: [],
        });
        return { id };
    },
    'GET /lists/*': ({ part }) => list(part),
    'DELETE /lists/*': ({ part }) => {
        state.lists = state.lists.filter(({ id }) => id !== part);
    },
    'GET /users': () => ({ users: state.users }),
    'POST /users': ({ body }) => {
        state.users.push(body);
    },
    'PATCH /users/*': ({ part, body }) => {
        Object.assign(
            state.users.find(({ name }) => name === part),
            body,
        );
    },
    'DELETE /users/*': ({ part }) => {
        state.users = state.users.filter(({ name }) => name !== part);
    },
    'GET /tokens': () => ({ tokens: state.tokens }),
    'POST /tokens': ({ body }) => {
        state.tokens.push({ id: `t${state.tokens.length + 1}`, ...body });
        return { id: 't', secret: 'lct_invented_0123456789' };
    },
    'DELETE /tokens/*': ({ part }) => {
        state.tokens = state.tokens.filter(({ id }) => id !== part);
    },
    'GET /tenants': () => ({ tenants: state.tenants }),
    'POST /tenants': ({ body }) => {
        state.tenants.push({ ...body, role: 'dpo_lead' });
    },
};

function session(own) {
    if (!state.sessions.has(own)) throw problem(401, 'session', '');
    return {
        csrf: 'c',
        version: '0.1.0',
        tenants: state.tenants,
        user: { name: 'claire', display: 'Claire Fontaine', role: 'dpo_lead' },
    };
}

function list(id) {
    const one = state.lists.find((other) => other.id === id);
    if (!one) throw problem(404, 'list', '');
    return one;
}

function rulesOf({ country, q = '' }) {
    return (
        asked('fr', 'law', 'show', '--json', country ?? 'fr').filter?.((one) =>
            one.tell.includes(q),
        ) ?? []
    );
}

async function progress(part, response) {
    const one = list(part);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (let step = 1; step <= 5 && one.state === 'running'; step++) {
        Object.assign(one, { rows: step * 248, bytes: step * 12_800 });
        response.write(`event: progress\ndata: ${JSON.stringify(one)}\n\n`);
        await new Promise((done) => setTimeout(done, 250));
    }
    Object.assign(one, {
        state: 'done',
        rows: 1240,
        counts: summary,
        summary,
        files: [
            { name: 'allowed.csv', size: 41_200 },
            { name: 'blocked.csv', size: 15_100 },
            { name: 'review.csv', size: 9_000 },
            { name: 'report.html', size: 70_312 },
        ],
    });
    response.end(`event: done\ndata: ${JSON.stringify(one)}\n\n`);
}

function still(request, response, path) {
    const name = path === '/console/' ? 'index.html' : path.replace('/console/', '');
    const file = join(dist, name);
    if (name.includes('..') || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
        'Content-Type': types[extname(file)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy,
        'X-Content-Type-Options': 'nosniff',
    });
    return response.end(readFileSync(file));
}

async function bodyOf(request) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    return request.headers['content-type'] === 'application/json' ? JSON.parse(text) : text;
}

async function answer(request, response) {
    const url = new URL(request.url, 'http://localhost');
    if (!url.pathname.startsWith('/api/v1')) return still(request, response, url.pathname);
    const path = url.pathname.slice('/api/v1'.length);
    const stream = /^\/lists\/([^/]+)\/progress$/.exec(path);
    if (stream) return progress(stream[1], response);
    if (/^\/lists\/[^/]+\/files\//.test(path)) return response.writeHead(200).end('email\n');
    const [, first, part] = path.split('/');
    const route = routes[`${request.method} ${path}`] ?? routes[`${request.method} /${first}/*`];
    try {
        if (!route) throw problem(404, 'route', '');
        const body = await bodyOf(request);
        const own = /licet=([\d.]+)/.exec(request.headers.cookie ?? '')?.[1];
        if (path !== '/session') session(own);
        const lang = request.headers['accept-language'] === 'fr' ? 'fr' : 'en';
        const told = route({
            own,
            lang,
            body,
            part: decodeURIComponent(part ?? ''),
            query: Object.fromEntries(url.searchParams),
        });
        if (told === undefined) return response.writeHead(204).end();
        if (told.setCookie)
            response.setHeader(
                'Set-Cookie',
                `licet=${told.setCookie}; HttpOnly; SameSite=Strict; Path=/`,
            );
        if (typeof told === 'string')
            return response.writeHead(200, { 'Content-Type': 'text/toml' }).end(told);
        return response
            .writeHead(200, { 'Content-Type': 'application/json' })
            .end(JSON.stringify(told));
    } catch (fault) {
        const { status = 500, code = '', message } = fault;
        return response
            .writeHead(status, { 'Content-Type': 'application/problem+json' })
            .end(JSON.stringify({ type: 'about:blank', title: '', status, code, detail: message }));
    }
}

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${server.address().port}/console/`);
});
