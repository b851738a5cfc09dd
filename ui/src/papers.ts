// SPDX-License-Identifier: Apache-2.0
//
// What the server says about the organisation, its documents, its banner and its forms, and how it
// is asked for (docs/http-api.md, Papers). Apart from api.ts, which has what all of it rests on.
import { ask, get, part, post, sending, type Fault, type Language } from './api';

/** A fault with the line that it is about; 0 where there is none. */
export interface PlacedFault extends Fault {
    line?: number;
    column?: number;
}
export interface OrganisationFact {
    name: string;
    value: string;
    /** 0 = not of the file: of the register of processors */
    line: number;
    column: number;
    question: string;
    used_by: string[];
}
interface Doubts {
    questions: PlacedFault[];
    contradictions: PlacedFault[];
}
export interface Register extends Doubts {
    is_there: boolean;
    text: string;
    facts: OrganisationFact[];
    problems: PlacedFault[];
}
export interface RegisterKept extends Doubts {
    is_kept: boolean;
    sha256: string;
    facts: number;
}

export type PaperState = 'draft' | 'in_force' | 'outdated';
export interface PaperVersion {
    language: Language;
    state: PaperState;
    version?: number;
    published_on?: string;
    sha256?: string;
    why?: string[];
}
export interface Paper {
    document: string;
    kind: string;
    title: string;
    input: string;
    is_complete: boolean;
    versions: PaperVersion[];
}
export interface PaperBlock {
    kind: 'heading' | 'paragraph' | 'item' | 'step' | 'box' | 'table' | 'message';
    section: string;
    articles: string[];
    facts: string[];
    text?: string;
    label?: string;
    rows?: string[][];
}
export interface PaperText {
    document: string;
    title: string;
    language: Language;
    reading_ease: number;
    articles: Record<string, string>;
    blocks: PaperBlock[];
}
export interface DiffRow {
    is_kept: boolean;
    before: string | null;
    after: string | null;
}
export interface PaperDiff {
    document: string;
    language: Language;
    state: PaperState;
    version?: number;
    hunks: { before_line: number; after_line: number; rows: DiffRow[] }[];
}

export interface ShownVersion {
    sha256: string;
    is_published: boolean;
    is_pictured?: boolean;
}
type Versions = Partial<Record<Language, ShownVersion>>;
export interface Tracker {
    id: string;
    name: string;
    issuer: string;
    country: string;
    kind: string;
    title: string;
    lifetime_months: number;
    cookies: string[];
    script: string;
    need: 'nothing' | 'refusal' | 'consent';
    tell: string;
    cites: string[];
}
export interface Banner {
    sites: string[];
    site: string;
    name: string;
    link: string;
    record_link: string;
    choice_days: number;
    has_banner: boolean;
    versions: Versions;
    trackers: Tracker[];
    files: { name: string; size: number }[];
}
export interface FormNotice {
    form: string;
    case: string;
    channel: string;
    box: 'none' | 'consent' | 'refusal';
    cites: string[];
    versions: Versions;
    problems: PlacedFault[];
}

const paper = (document: string) => `/papers/${part(document)}`;
const textOf = async (path: string, query: Record<string, string>): Promise<string> =>
    (await ask('GET', path, { query, accept: '*/*' })).text();
const blobOf = async (path: string, query: Record<string, string>): Promise<Blob> =>
    (await ask('GET', path, { query, accept: '*/*' })).blob();

export const organisation = {
    /** Gives the register, and the tag of the text that was read. */
    read: async (): Promise<{ register: Register; tag: string }> => {
        const response = await ask('GET', '/organisation');
        return { register: await response.json(), tag: response.headers.get('ETag') ?? '' };
    },
    /** Keeps the text, if nobody else changed it since `tag`; with `isTry` it is only looked at. */
    write: async (toml: string, tag: string, isTry: boolean): Promise<RegisterKept> =>
        (
            await ask('PUT', '/organisation', {
                query: { dry_run: isTry ? 'true' : undefined },
                raw: { type: 'application/toml', content: toml },
                headers: tag && !isTry ? { 'If-Match': tag } : {},
            })
        ).json(),
};

export const papers = {
    all: async (): Promise<Paper[]> => (await get<{ papers: Paper[] }>('/papers')).papers,
    read: (document: string, language: Language) =>
        get<PaperText>(paper(document), { in: language, as: 'json' }),
    diff: (document: string, language: Language) =>
        get<PaperDiff>(`${paper(document)}/diff`, { in: language }),
    file: (document: string, language: Language, as: string) =>
        blobOf(paper(document), { in: language, as }),
    publish: (documents: string[], language: Language | 'all') =>
        post<{ published: { document: string; state: string; version: number }[] }>(
            '/papers/publish',
            { documents, in: language },
        ),
};

export const banner = {
    read: (site: string) => get<Banner>('/banner', { site }),
    file: (site: string, name: string) => blobOf(`/banner/files/${part(name)}`, { site }),
    text: (site: string, name: string) => textOf(`/banner/files/${part(name)}`, { site }),
    archive: (site: string) => blobOf('/banner/archive', { site }),
    publish: (site: string) => post<unknown>(`/banner/publish?site=${part(site)}`, {}),
    /** The address of the page that shows it: a frame sends no headers. */
    preview: (site: string, language: Language): string =>
        `/api/v1/banner/preview/preview-${language}.html?site=${part(site)}` +
        `&tenant=${part(sending.tenant)}`,
};

export const forms = {
    all: async (): Promise<FormNotice[]> => (await get<{ forms: FormNotice[] }>('/forms')).forms,
    snippet: (form: string, language: Language, as: 'html' | 'text' | 'script') =>
        textOf(`/forms/${part(form)}`, { in: language, as }),
    publish: (form: string) => post<unknown>(`/forms/${part(form)}/publish`, {}),
};
