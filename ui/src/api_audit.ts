// SPDX-License-Identifier: Apache-2.0
//
// What the screens of the DPO ask of the server: audit, registers, requests, label. As api.ts, one
// function per request, with the type of what it takes and gives.
import { ask, get, jobsAt, part, post, type Labelled } from './api';

// ---- audit --------------------------------------------------------------------------------------
export interface AuditProgress {
    asked: number;
    unanswered: number;
    seconds_left: number;
    score: number;
    assurance: number;
}
export type AnswerType = 'yn' | 'ynp' | 'single' | 'multi' | 'num' | 'table' | 'url';
export type Proof = 'declared' | 'document' | 'measured';
export interface Measured {
    value: string;
    words: string;
    shows_faults_only: boolean;
    why: string;
}
export interface Card {
    id: string;
    theme: string;
    theme_words: string;
    question: string;
    type: AnswerType;
    severity: string;
    severity_words: string;
    unit: string;
    options: Labelled[];
    why: { question: string; said: string[] }[];
    law: string[];
    rules: { rule: string; tell: string; cites: string[] }[];
    evidence: string[];
    may_not_apply: boolean;
    scored: boolean;
    seconds: number;
    answered: boolean;
    contradicted: boolean;
    stale: boolean;
    answer?: {
        value: string;
        words: string;
        proof: Proof;
        on: string;
        key: string;
        by?: string;
        reason?: string;
        evidence?: string;
    };
    measured?: Measured;
}
export interface Shown {
    audit: string;
    version: string;
    progress: AuditProgress;
    card: Card | null;
    number?: number;
    reasons?: Record<string, string>;
}
export interface Answered extends Shown {
    recorded: boolean;
    key?: string;
    contradicted: boolean;
    blocking: boolean;
}
export interface Given {
    question: string;
    answer: string;
    reason?: string;
    evidence?: string;
    over?: string;
    version: string;
}
export interface Asked {
    id: string;
    theme: string;
    question: string;
    severity: string;
    answered: boolean;
    contradicted: boolean;
    blocking: boolean;
}
export interface PlannedAction {
    id: string;
    action: string;
    questions: string[];
    gain_hundredths: number;
    effort: string;
    owner: string;
    owner_words: string;
    blocking: boolean;
    severity: string;
    open: boolean;
    overdue: boolean;
    closed_by_measurement: boolean;
    generates: string;
    due?: string;
    begun: boolean;
    cost?: number; // whole euros
}
/** What is said of an action: what is not there stays, an empty text takes it back. */
export interface SaidOfAction {
    owner?: string;
    due?: string;
    cost?: string;
    begun?: 'yes' | 'no';
}
export interface AuditDay {
    day: string;
    score: number;
    blocking: number;
    open: number;
}
export interface Plan {
    audit: string;
    today: string;
    plan: PlannedAction[];
    history: AuditDay[];
}
export interface Finding {
    id: string;
    question: string;
    severity: string;
    blocking: boolean;
    contradicted: boolean;
    stale: boolean;
    answer?: string;
    measured?: { value: string; why: string };
}
export interface Score {
    audit: string;
    law_day: string;
    score: number;
    uncapped: number;
    assurance: number;
    not_applicable_percent: number;
    unanswered: number;
    level: string;
    level_words: string;
    lacking: string[];
    themes: { id: string; theme: string; weight: number; score: number }[];
    blocking: string[];
    questions: Finding[];
    exposure: { question: string; ceilings: string[]; decisions: string[] }[];
    exposure_caveat: string;
    disclaimer: string;
    conflicts: { question: string; earlier: string; later: string }[];
    refused: { question: string; version: string; why: string }[];
    to_confirm: string[];
}

/** The link of one question that was handed to somebody. */
export interface DelegatedLink {
    question: string;
    until: string;
    link: string;
}

const current = '/audits/current';

export const audits = {
    all: () => get<{ audits: { audit: string }[]; progress?: AuditProgress }>('/audits'),
    start: () => post<{ audit: string }>('/audits', {}),
    questions: async (): Promise<Asked[]> =>
        (await get<{ questions: Asked[] }>(`${current}/questions`)).questions,
    card: (question: string, after = '') =>
        get<Shown>(`${current}/questions/${part(question)}`, { after }),
    answer: (given: Given) => post<Answered>(`${current}/answers`, given),
    keepEvidence: async (file: File): Promise<string> => {
        const raw = { type: 'application/octet-stream', content: file };
        return (await (await ask('POST', '/evidence', { raw })).json()).evidence;
    },
    score: (at: string) => get<Score>(`${current}/score`, { at }),
    scoreOf: (audit: string) => get<Score>(`/audits/${part(audit)}/score`),
    plan: () => get<Plan>(`${current}/plan`),
    assign: (action: string, said: SaidOfAction) =>
        post<Plan>(`${current}/plan`, { action, ...said }),
    delegate: (question: string, by: string, days: number) =>
        post<DelegatedLink>(`${current}/delegations`, { question, by, days }),
    report: async (): Promise<Blob> =>
        (await ask('GET', `${current}/report`, { accept: 'text/html' })).blob(),
};

// ---- registers ----------------------------------------------------------------------------------
export interface Step {
    step: string;
    on: string;
}
export interface Processor {
    id: string;
    name?: string;
    role?: string;
    country?: string;
    parent?: string;
    contract?: string;
    tool?: string;
    dpf?: string;
    tia?: string;
    under_gdpr?: string;
    subprocessors?: string;
    steps: Step[];
    transfer: string;
    reasons: { rule: string; tell: string }[];
    missing: string[];
    complete: boolean;
    changes_on?: string;
}
export interface Tool {
    id: string;
    name: string;
    vendor: string;
    hosting: string;
    source: string;
    read_on: string;
}
export interface Incident {
    id: string;
    steps: Step[];
    what?: string;
    risk?: string;
    people?: string;
    origin?: string;
    about?: string;
    founded?: string;
    client?: string;
    entered_on?: string;
}
export type Said = Record<string, string>;

export const registers = {
    processors: async (at = ''): Promise<Processor[]> =>
        (await get<{ processors: Processor[] }>('/processors', { at })).processors,
    tools: async (q: string): Promise<Tool[]> =>
        (await get<{ tools: Tool[] }>('/processors/tools', { q })).tools,
    breaches: async (): Promise<Incident[]> =>
        (await get<{ breaches: Incident[] }>('/breaches')).breaches,
    complaints: async (): Promise<Incident[]> =>
        (await get<{ complaints: Incident[] }>('/complaints')).complaints,
    say: (book: 'processors' | 'breaches' | 'complaints', said: Said) =>
        post<unknown>(`/${book}`, said),
};

// ---- sites --------------------------------------------------------------------------------------
export interface SiteCheck {
    check: string;
    sight: 'well' | 'fault' | 'unclear' | 'unseen';
    told: string;
    seen: string[];
}
export interface SiteSeen {
    site: string;
    url: string;
    checks: SiteCheck[];
    tools: string[];
    third_parties: string[];
    refused: boolean;
    hosts: {
        host: string;
        tracker: string;
        kind: '' | 'asked' | 'audience' | 'consent' | 'contact';
        before: boolean; // any choice
        after: boolean; // a refusal
    }[];
    cookies: {
        name: string;
        domain: string;
        days: number; // 0: until the browser is closed
        tracker: string;
        kind: '' | 'asked' | 'audience' | 'consent' | 'contact';
        before: boolean;
        after: boolean;
    }[];
    forms: {
        method: string;
        target: string;
        ticked: number;
        policy: boolean;
        script: boolean;
    }[];
    /** In pixels of the picture, which is 1280 wide and 900 high. */
    buttons: {
        button: 'accept' | 'refuse';
        x: number;
        y: number;
        width: number;
        height: number;
    }[];
    unknown: string[];
}
/** What the last visit saw of each check, by name. */
export interface SiteEntry {
    id: string;
    steps: Step[];
    tools: string[]; // that it works with
    checks: Record<string, string>;
}

const dataUrl = (blob: Blob) =>
    new Promise<string>((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });

export const sites = {
    all: async (): Promise<SiteEntry[]> => {
        const { sites: all } = await get<{
            sites: ({ id: string; steps: Step[] } & Record<string, unknown>)[];
        }>('/sites');
        return all.map(({ id, steps, tools, ...checks }) => ({
            id,
            steps,
            tools: String(tools ?? '')
                .split(',')
                .filter(Boolean),
            checks: checks as Record<string, string>,
        }));
    },
    visit: (url: string) => post<SiteSeen>('/sites', { url }),
    /** The page before any choice, as an address that an image takes. */
    picture: async (site: string): Promise<string> =>
        dataUrl(await (await ask('GET', `/sites/${part(site)}/picture`, {})).blob()),
};

// ---- requests of persons ------------------------------------------------------------------------
export interface DataRequest {
    request: string;
    kind: string;
    state: string;
    surface: string;
    steps: Record<string, string>;
    due_on?: string;
    surely_by?: string;
    days_left?: number;
    cites?: string[];
    letter?: { subject: string; text: string };
}

export const requests = {
    all: async (all: boolean): Promise<DataRequest[]> =>
        (await get<{ requests: DataRequest[] }>('/requests', { all: all ? 'yes' : '' })).requests,
    step: (said: Said) => post<DataRequest>('/requests', said),
};

// ---- portfolio ----------------------------------------------------------------------------------
export interface ThemeOfClient {
    points?: number;
    blocked: boolean;
    heat: number;
}
export interface ClientState {
    client: string;
    name: string;
    has_audit: boolean;
    score: number;
    assurance: number;
    blocking: number;
    overdue: number;
    waiting: number;
    late: number;
    audited_on: string;
    label_until: string;
    themes: Record<string, ThemeOfClient>;
}
export interface Portfolio {
    themes: Labelled[];
    clients: ClientState[];
    skipped: string[];
    reading: string[]; // not read yet: ask again
}
export interface DayOfClient {
    client: string;
    about: string;
    day: string;
    category: string;
    summary: string;
}
export interface CampaignImpact {
    campaign: string;
    before: string;
    after: string;
    rule_after: string;
    asks: string[];
}
export interface ClientImpact {
    client: string;
    name: string;
    broken: boolean;
    touched: boolean;
    score_before?: number;
    score_after?: number;
    newly_asked: string[];
    no_longer_asked: string[];
    newly_blocking: string[];
    campaigns: CampaignImpact[];
    unread_campaigns: string[];
}
export interface Impact {
    before: string;
    after: string;
    rules: string[];
    clients: ClientImpact[];
    skipped: string[];
    reading: string[];
}
export interface SharedProcessor {
    processor: string;
    clients: string[];
    without_contract: string[];
    facts: Record<string, string>;
    differ: string[];
    reviewed_on: string;
}
export const portfolio = {
    all: () => get<Portfolio>('/portfolio'),
    /** Of one client, or of all. */
    days: (client = '') =>
        get<{ days: DayOfClient[]; skipped: string[]; reading: string[] }>('/portfolio/days', {
            client,
        }),
    calendar: async (): Promise<Blob> =>
        (await ask('GET', '/portfolio/calendar.ics', { accept: 'text/calendar' })).blob(),
    report: async (): Promise<Blob> =>
        (await ask('GET', '/portfolio/report', { accept: 'text/html' })).blob(),
    impact: (date: string) => get<Impact>('/portfolio/impact', { date }),
    processors: () =>
        get<{ processors: SharedProcessor[]; skipped: string[]; reading: string[] }>(
            '/portfolio/processors',
        ),
    /** For another client than the one in sight. */
    adopt: (processor: string, client: string) =>
        ask('POST', '/portfolio/processors', {
            body: { processor },
            headers: { 'Licet-Tenant': client },
        }),
};

// ---- label --------------------------------------------------------------------------------------
export interface Label {
    id: string;
    level: string;
    audit: string;
    issued_on: string;
    until: string;
    standing: string;
    issuer: string;
}
export interface Labels {
    labels: Label[];
    level: string | null;
    level_words: string;
    lacking: string[];
    page: string | null;
    sentence: string;
}

export const labels = {
    all: () => get<Labels>('/labels'),
    issue: (said: Said) => post<{ id: string }>('/labels', said),
    revoke: (id: string) => post<unknown>('/labels', { revoke: id }),
};

// ---- the file for the authority -----------------------------------------------------------------
export interface AuthorityAsked {
    client?: string;
    campaign?: string;
    persons?: string[];
    from?: string;
    to?: string;
    reason: string;
    lists?: string[];
}
export interface AuthorityFile {
    id: string;
    state: 'queued' | 'running' | 'done' | 'failed';
    at: string;
    client?: string;
    campaign: string;
    from: string;
    to: string;
    reason: string;
    persons: number;
    rows: number;
    total_bytes: number; // entries of the log
    summary?: {
        as_of: string;
        sha256: string;
        files: number;
        events: number;
        bytes: number;
        commands: string[];
        left_out: string[];
    };
    problem?: { code: string; detail: string };
    files?: { name: string; size: number }[];
}

const authority = '/authority-files';

export const authorityFiles = {
    ...jobsAt<AuthorityFile>(authority),
    all: async (): Promise<AuthorityFile[]> =>
        (await get<{ authority_files: AuthorityFile[] }>(authority)).authority_files,
    build: (asked: AuthorityAsked) => post<{ id: string }>(authority, asked),
};

// ---- practice -----------------------------------------------------------------------------------
/** What the ledger tells of a company's practice; nothing but `reading` while it is being read. */
export interface Practice {
    reading: boolean;
    as_of: string;
    persons: number;
    suppressions: number;
    objections: { count: number; days_until_recorded: { days: number; count: number }[] };
    prospects: {
        most_months: number;
        too_old: number;
        months: { months: number; count: number }[];
    };
    flows: { origin: string; channel: string; verdict: string; count: number }[];
}
export const practice = () => get<Practice>('/practice');

// ---- the end of a mandate -----------------------------------------------------------------------
export interface HandOver {
    id: string;
    state: 'queued' | 'running' | 'done' | 'failed';
    at: string;
    problem?: { code: string; detail: string };
    files?: { name: string; size: number }[];
}

const handed = '/hand-overs';

export const handOvers = {
    ...jobsAt<HandOver>(handed),
    all: async (): Promise<HandOver[]> =>
        (await get<{ hand_overs: HandOver[] }>(handed)).hand_overs,
    make: () => post<{ id: string }>(handed, {}),
};
