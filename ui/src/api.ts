// SPDX-License-Identifier: Apache-2.0
//
// All that the console asks of the server, in one place: one function per request, with the type of
// what it takes and gives (docs/http-api.md). An address of a person goes in a body, never in a
// URL. An answer that is none comes as a `Problem` (RFC 9457), which components/ProblemNote words.

const base = '/api/v1';

/** What each request carries; the session and the frame set it. */
export const sending = { csrf: '', tenant: '', language: 'fr' };

export type Language = 'fr' | 'en';
export type Role = 'dpo_lead' | 'dpo' | 'referent' | 'reader' | 'sender';
/** What a role or the scope of a token opens (src/web/access.h). */
export const permissions = [
    'law',
    'check',
    'record',
    'persons',
    'erase',
    'lists',
    'papers',
    'publish',
    'tokens',
    'admin',
] as const;
export type Permission = (typeof permissions)[number];

export interface Tenant {
    id: string;
    name: string;
    country?: string;
    example?: boolean; // it is made up
}
export interface Session {
    csrf: string;
    user: { name: string; display: string; role: Role; language?: Language };
    tenants: Tenant[];
    may: Permission[];
    version?: string;
}

export interface Labelled {
    id: string;
    label: string;
}
export type FactType = 'word' | 'yes_no' | 'number' | 'date' | 'moment' | 'time' | 'country';
export interface Fact {
    name: string;
    label: string;
    type: FactType;
    words: Labelled[];
}
export interface Vocabulary {
    questions: { id: string; label?: string; answers: Labelled[] }[];
    facts: Fact[];
    countries: string[];
    duties?: Labelled[];
}

export interface Situation {
    question: string;
    facts: Record<string, string>;
    background: string[];
    email?: string;
    phone?: string;
    company?: string;
    job_title?: string;
    record?: boolean;
}
export interface Reason {
    rule: string;
    cites: string[];
    tell: string;
}
export interface Remedy {
    change: Record<string, string>;
    by: 'us' | 'person' | 'time';
    tell: string;
}
export interface Verdict {
    verdict: string;
    question: string;
    at: string;
    reasons: Reason[];
    duties: { id: string; tell: string }[];
    missing: string[];
    missing_tell: string[];
    remedies: Remedy[];
    certainty: 'settled' | 'debatable';
    holds_until: string | null;
    note: string | null;
    pack: string;
    facts: Record<string, { value: string; from: string }>;
    sufficient?: string[];
    next?: string | null;
}

export interface Pack {
    id: string;
    version: string;
    title: string;
    identity: string;
    rules: number;
    status: string;
}
/** Where a rule comes from: how well it was read (P the text, S a dated secondary source, M from
 *  memory), and when. */
export interface Source {
    title: string;
    sentence: string;
    read_on: string;
    grade: string;
}
export interface Rule {
    rule: string;
    question: string;
    answer: string;
    tell: string;
    cites: string[];
    sources: string[];
    from: string | null;
    until: string | null;
    when: string[];
}
/** A page of rules; `next` is what to ask the following one with. */
export interface Rules {
    rules: Rule[];
    count: number;
    sources: Record<string, Source>;
    next?: string;
}
/** A day on which the law of a place changes: rules that begin on it, and those that end. */
export interface LawDay {
    day: string;
    begins: string[];
    ends: string[];
}
export interface Change {
    answer_before: string;
    answer_after: string;
    rule_before: string;
    rule_after: string;
    share: number;
    example: string;
}
export interface Diff {
    gone: string[];
    new: string[];
    answers: Change[];
    reasons: Change[];
    duties: { duty: string; change: 'new' | 'gone'; share: number; example: string }[];
}

export interface Term {
    answer: string;
    rule: string;
    until: string | null;
}
export interface TimelineEvent {
    id?: string;
    on: string;
    kind: string;
    channel: string;
    purpose: string;
    surface?: string;
    brand?: string;
    since?: string;
    reason?: string;
    until?: string | null;
    attributes?: Record<string, string>;
    validity?: Term;
    retention?: Term;
}

export interface ListState {
    id: string;
    name: string;
    state: 'queued' | 'running' | 'done' | 'failed';
    at: string;
    rows: number;
    bytes: number;
    total_bytes: number;
    campaign?: string;
    summary?: Summary;
    files?: { name: string; size: number }[];
    problem?: { detail?: string; where?: string };
}
export interface Counts {
    allowed: number;
    forbidden: number;
    undetermined: number;
    unreadable: number;
    out_of_scope: number;
}
export interface Summary extends Counts {
    rows: number;
    reasons: { rule: string; tell?: string; count: number }[];
}
export interface Progress {
    rows: number;
    bytes: number;
    total_bytes: number;
}

export interface Campaign {
    name: string;
}
export interface User {
    name: string;
    display: string;
    role: Role;
    tenants: string[];
}
export interface Token {
    id: string;
    name: string;
    scopes: string[];
    expires: string;
    created_by?: string;
}

/** One of several things that are wrong with a text, and where. */
export interface Fault {
    where: string;
    detail: string;
}

/** Why there is no answer. `status` is 0 when the server could not be reached. */
export class Problem extends Error {
    constructor(
        readonly status: number,
        readonly code: string,
        readonly detail: string,
        readonly title = '',
        readonly retryAfter = 0,
        readonly faults: Fault[] = [],
    ) {
        super(detail || title || code || String(status));
    }
}

export type Query = Record<string, string | undefined>;
interface Options {
    query?: Query;
    body?: unknown;
    raw?: { type: string; content: BodyInit };
    headers?: Record<string, string>;
    accept?: string;
    signal?: AbortSignal;
}

let whenSignedOut: () => void = () => undefined;

/** Says whom to tell when the server no longer knows the session. */
export function onSignedOut(told: () => void): void {
    whenSignedOut = told;
}

function addressOf(path: string, query: Query = {}): string {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
    const text = asked.toString();
    return base + path + (text ? `?${text}` : '');
}

async function problemOf(response: Response): Promise<Problem> {
    const told = response.headers.get('Content-Type')?.includes('json')
        ? await response.json().catch(() => ({}))
        : {};
    return new Problem(
        response.status,
        String(told.code ?? ''),
        String(told.detail ?? ''),
        String(told.title ?? ''),
        Number(response.headers.get('Retry-After') ?? 0),
        Array.isArray(told.problems) ? told.problems : [],
    );
}

export async function ask(method: string, path: string, options: Options = {}): Promise<Response> {
    const headers: Record<string, string> = {
        Accept: options.accept ?? 'application/json',
        'Accept-Language': sending.language,
        ...options.headers,
    };
    if (sending.tenant) headers['Licet-Tenant'] ??= sending.tenant;
    if (method !== 'GET' && sending.csrf) headers['X-CSRF-Token'] = sending.csrf;
    let body: BodyInit | undefined;
    if (options.raw) {
        headers['Content-Type'] = options.raw.type;
        body = options.raw.content;
    } else if (options.body !== undefined) {
        headers['Content-Type'] = 'application/json';
        body = JSON.stringify(options.body);
    }
    let response: Response;
    try {
        response = await fetch(addressOf(path, options.query), {
            method,
            headers,
            body,
            signal: options.signal,
            credentials: 'same-origin',
            cache: 'no-store',
        });
    } catch (cause) {
        if (options.signal?.aborted) throw cause;
        throw new Problem(0, 'unreachable', '');
    }
    if (response.ok) return response;
    if (response.status === 401 && path !== '/session') whenSignedOut();
    throw await problemOf(response);
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return (await ask('GET', path, { query, signal })).json();
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return (await ask('POST', path, { body, signal })).json();
}

async function change(method: string, path: string, body?: unknown): Promise<void> {
    await ask(method, path, { body });
}

export const part = encodeURIComponent;

// ---- session and words --------------------------------------------------------------------------
export const session = {
    begin: (name: string, password: string) => post<Session>('/session', { name, password }),
    current: () => get<Session>('/session'),
    end: () => change('DELETE', '/session'),
};

export const vocabulary = () => get<Vocabulary>('/vocabulary');

// ---- the law ------------------------------------------------------------------------------------
export const law = {
    explain: (situation: Situation, signal?: AbortSignal) =>
        post<Verdict>('/explain', situation, signal),
    packs: () => get<{ packs: Pack[] }>('/packs'),
    rules: (query: Query, signal?: AbortSignal) => get<Rules>('/packs/rules', query, signal),
    /** Gives what a rule says; nothing if there is none of that name. */
    tell: async (rule: string): Promise<string> => {
        const { rules } = await get<Rules>('/packs/rules', { q: rule });
        return rules.find((one) => one.rule === rule)?.tell ?? '';
    },
    diff: (query: Query, signal?: AbortSignal) => get<Diff>('/packs/diff', query, signal),
    days: async (country: string): Promise<LawDay[]> =>
        (await get<{ days: LawDay[] }>('/packs/days', { country })).days,
};

// ---- persons ------------------------------------------------------------------------------------
export interface Objection {
    address: string;
    channel?: string;
    purpose?: string;
    brand?: string;
}

export const persons = {
    timeline: async (address: string, reason: string): Promise<TimelineEvent[]> =>
        (await post<{ events: TimelineEvent[] }>('/persons/timeline', { address, reason })).events,
    export: async (address: string, reason: string): Promise<Blob> =>
        (await ask('POST', '/persons/export', { body: { address, reason }, accept: '*/*' })).blob(),
    erase: (address: string, reason: string) =>
        change('POST', '/persons/erase', { address, reason, confirm: true }),
    object: (objection: Objection) => change('POST', '/objections', objection),
};

// ---- campaigns and lists ------------------------------------------------------------------------
export const campaigns = {
    all: async (): Promise<Campaign[]> => {
        return (await get<{ campaigns: Campaign[] }>('/campaigns')).campaigns;
    },
    text: async (name: string): Promise<string> =>
        (await ask('GET', `/campaigns/${part(name)}`, { accept: 'application/toml' })).text(),
    write: async (name: string, toml: string): Promise<void> => {
        await ask('PUT', `/campaigns/${part(name)}`, {
            raw: { type: 'application/toml', content: toml },
        });
    },
    remove: (name: string) => change('DELETE', `/campaigns/${part(name)}`),
};

/** What is the same of all long work of a server, whatever it makes: files, removal, and how far
 *  it is (`told` gets each step until it is done). */
export function jobsAt<T>(address: string) {
    return {
        file: async (id: string, name: string): Promise<Blob> =>
            (
                await ask('GET', `${address}/${part(id)}/files/${part(name)}`, { accept: '*/*' })
            ).blob(),
        remove: (id: string) => change('DELETE', `${address}/${part(id)}`),
        // An EventSource sends no headers, so the stream is read here.
        follow: async (id: string, told: (one: T) => void, signal: AbortSignal): Promise<void> => {
            const response = await ask('GET', `${address}/${part(id)}/progress`, {
                accept: 'text/event-stream',
                signal,
            });
            for await (const { name, content } of eventsOf(response)) {
                if (name === 'progress') told(JSON.parse(content));
                if (name === 'done' || name === 'failed') return;
            }
        },
    };
}

const listJobs = jobsAt<Progress>('/lists');

export const lists = {
    all: async (): Promise<ListState[]> => (await get<{ lists: ListState[] }>('/lists')).lists,
    one: (id: string) => get<ListState>(`/lists/${part(id)}`),
    send: async (file: File, campaign: string, signal?: AbortSignal): Promise<{ id: string }> =>
        (
            await ask('POST', '/lists', {
                query: { name: file.name, campaign },
                signal,
                raw: { type: file.type || 'application/octet-stream', content: file },
            })
        ).json(),
    file: listJobs.file,
    remove: listJobs.remove,
    follow: async (id: string, told: (one: Progress) => void, signal: AbortSignal) => {
        await listJobs.follow(id, told, signal);
        return lists.one(id);
    },
};

async function* eventsOf(response: Response): AsyncGenerator<{ name: string; content: string }> {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    try {
        for (;;) {
            const { done, value } = await reader.read();
            if (done) return;
            const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
            rest = blocks.pop() ?? '';
            for (const block of blocks) yield eventOf(block);
        }
    } finally {
        await reader.cancel().catch(() => undefined);
    }
}

function eventOf(block: string): { name: string; content: string } {
    let name = 'message';
    const content: string[] = [];
    for (const line of block.split('\n')) {
        if (line.startsWith('event:')) name = line.slice(6).trim();
        if (line.startsWith('data:')) content.push(line.slice(5).replace(/^ /, ''));
    }
    return { name, content: content.join('\n') };
}

// ---- settings -----------------------------------------------------------------------------------
export const users = {
    all: async (): Promise<User[]> => (await get<{ users: User[] }>('/users')).users,
    add: (user: User & { password: string }) => change('POST', '/users', user),
    alter: (name: string, user: Partial<User> & { password?: string }) =>
        change('PATCH', `/users/${part(name)}`, user),
    remove: (name: string) => change('DELETE', `/users/${part(name)}`),
};

export const tokens = {
    all: async (): Promise<Token[]> => (await get<{ tokens: Token[] }>('/tokens')).tokens,
    /** Gives the secret, which the server shows only this once. */
    add: (token: { name: string; scopes: string[]; expires: string }) =>
        post<{ id: string; token: string }>('/tokens', token),
    remove: (id: string) => change('DELETE', `/tokens/${part(id)}`),
};

export interface KeyFile {
    file: string;
    for: string;
    there: boolean;
    changed_on?: string;
}
/** Which keys the organisation has, and the public halves of the one that signs. */
export const keys = () => get<{ keys: KeyFile[]; checkpoints: string; labels?: string }>('/keys');

export const tenants = {
    all: async (): Promise<Tenant[]> => (await get<{ tenants: Tenant[] }>('/tenants')).tenants,
    add: (tenant: { id: string; name: string; country: string }) =>
        change('POST', '/tenants', tenant),
    /** Adds one that is made up. */
    addExample: () => post<Tenant>('/tenants/example', {}),
    removeExample: (id: string) => change('DELETE', `/tenants/${part(id)}`),
};
