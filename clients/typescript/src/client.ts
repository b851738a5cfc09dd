// SPDX-License-Identifier: Apache-2.0
// Made by tools/make_client.py from docs/openapi.json: change those, not this.
import { Transport, type Options } from './transport.js';

export { LicetProblem, type Options, type Settings } from './transport.js';

/** one thing that is wrong with what was written; line and column are 0 where there is none */
export interface Fault {
    where: string;
    line: number;
    column: number;
    detail: string;
    code: string;
}

export interface OrganisationFact {
    name: string;
    /** items of a list are joined */
    value: string;
    /** 0 = not of the file: of the register of processors */
    line: number;
    column: number;
    /** that it answers */
    question: string;
    /** documents that say it */
    used_by: string[];
}

export interface Organisation {
    is_there: boolean;
    /** organisation.toml as it was written */
    text: string;
    facts: OrganisationFact[];
    /** what keeps it from being read; then there are no facts */
    problems: Fault[];
    /** facts that are missing */
    questions: Fault[];
    /** facts that the law does not allow together */
    contradictions: Fault[];
}

export interface OrganisationKept {
    /** false for a try */
    is_kept: boolean;
    sha256: string;
    /** how many */
    facts: number;
    questions: Fault[];
    contradictions: Fault[];
}

/** draft: never published; outdated: what would be made today is another text */
export type PaperState = 'draft' | 'in_force' | 'outdated';

export interface PaperVersion {
    language: string;
    state: PaperState;
    version?: number;
    published_on?: string;
    sha256?: string;
    /** causes, in words */
    why?: string[];
}

export interface Paper {
    document: string;
    kind: string;
    title: string;
    /** facts that a letter needs besides; such a document has no versions */
    input: string;
    is_complete: boolean;
    versions: PaperVersion[];
}

export interface Papers {
    papers: Paper[];
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

export interface PaperTwin {
    format: string;
    document: string;
    kind: string;
    language: string;
    title: string;
    /** 0 = a draft */
    version: number;
    day: string;
    hash: string;
    template: string;
    law: string;
    reading_ease: number;
    facts: Record<string, string>;
    articles: Record<string, string>;
    lines: string[];
    blocks: PaperBlock[];
}

export interface PaperDiff {
    document: string;
    language: string;
    state: PaperState;
    /** that is in force */
    version?: number;
    hunks:
        | {
        before_line: number;
        after_line: number;
        rows:
            | {
            is_kept: boolean;
            before: string | null;
            after: string | null;
        }[];
    }[];
}

export interface PublishRequest {
    /** ids or kinds; none = all */
    documents?: string[];
    in?: 'fr' | 'en' | 'all';
}

export interface PublishedPapers {
    published:
        | {
        document: string;
        language: string;
        state: 'published' | 'unchanged';
        version: number;
        sha256: string;
    }[];
}

/** by language */
export type ShownVersions =
    | Record<string, {
        /** that proofs name */
        sha256: string;
        /** the ledger has it */
        is_published: boolean;
        /** of a banner: and a picture of it */
        is_pictured?: boolean;
    }>;

export interface PublishedShown {
    published:
        | {
        language: string;
        sha256: string;
        published_on: string;
    }[];
    /**
     * languages of a banner of which no picture could be taken: there is no Chromium where licet
     * runs, or it may not start
     */
    without_picture?: string[];
}

export interface Adoption {
    /** its id */
    processor: string;
}

export interface Tracker {
    id: string;
    name: string;
    issuer: string;
    country: string;
    kind: string;
    title: string;
    /** 0 = the session */
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
    /** false where no tracker leaves a choice */
    has_banner: boolean;
    versions: ShownVersions;
    trackers: Tracker[];
    files: {
        name: string;
        size: number;
    }[];
}

export interface FormNotice {
    form: string;
    case: string;
    channel: string;
    box: 'none' | 'consent' | 'refusal';
    cites: string[];
    versions: ShownVersions;
    problems: Fault[];
}

export interface Forms {
    forms: FormNotice[];
}

export interface FormSent {
    /** of the form, by name; licet_notice and licet_box come from the snippet */
    fields: Record<string, string>;
    /** that has the address; otherwise email */
    field?: string;
    purpose?: string;
    key?: string;
    /** descriptors of notices that the register has no more (form-NAME-LANGUAGE.json) */
    notices?: Record<string, unknown>[];
}

export interface FormBound {
    kind: 'informed' | 'consent_given' | 'objection';
    notice: string;
    form: string;
    /** false for a repeat */
    recorded: boolean;
}

export interface MessageFinding {
    id: string;
    state: 'kept' | 'broken' | 'for_some' | 'advice';
    fact: string;
    value: string;
    /** read from words, which may mislead */
    by_words: boolean;
    seen: string;
    reasons: {
        rule: string;
        cites: string[];
        tell: string;
    }[];
    depends_on: string[];
    remedy: string;
}

export interface MessageCheck {
    findings: MessageFinding[];
    /** the gravest */
    state: 'kept' | 'broken' | 'for_some';
}

/** A problem (RFC 9457). It never repeats an address or a number. */
export interface Problem {
    /** always about:blank: `code` tells problems apart */
    type: string;
    /** the status in words */
    title: string;
    /** the HTTP status */
    status: number;
    /**
     * what was expected and what to do, in the language of Accept-Language; for people, and free to
     * change
     */
    detail: string;
    /** what is wrong, for programs; it does not change */
    code: string;
    /** the place in what was sent, such as a line of a campaign */
    where?: string;
    /** every fault of what was written, the first of which is that of `detail` */
    problems?:
        | {
        where: string;
        detail: string;
        /** 0 = none */
        line?: number;
        /** 0 = none */
        column?: number;
        code?: string;
    }[];
}

/** what a role or a token may do */
export type Right =
    | 'law'
    | 'check'
    | 'record'
    | 'persons'
    | 'erase'
    | 'lists'
    | 'papers'
    | 'publish'
    | 'tokens'
    | 'admin';

/** what somebody is; it decides the rights */
export type Role = 'dpo_lead' | 'dpo' | 'referent' | 'reader' | 'sender';

/** 2 to 40 of a-z, 0-9, - _ . and no dot first */
export type Name = string;

export type Language = 'fr' | 'en';

/** by which means; GET /api/v1/vocabulary has the words for people */
export type Channel =
    | 'email'
    | 'sms'
    | 'mms'
    | 'rcs'
    | 'push'
    | 'social_message'
    | 'chat_message'
    | 'inbox_ad'
    | 'fax'
    | 'automated_call'
    | 'voicemail_drop'
    | 'live_call'
    | 'post'
    | 'post_unaddressed'
    | 'bluetooth'
    | 'custom_audience';

/** a purpose of the law, or a topic of your own below one, such as commercial.news */
export type Purpose = string;

/** an e-mail address, or a telephone number in international form */
export type Address = string;

export interface Credentials {
    name: Name;
    /** at least 12 characters */
    password: string;
}

/** An organisation with a ledger of its own. */
export interface Tenant {
    id: Name;
    /** of the organisation */
    name: string;
    /** two letters */
    country: string;
    /** true: it is made up */
    example?: boolean;
}

export interface NewTenant {
    id: Name;
    /** of the organisation; its id if it is not given */
    name?: string;
    /** two letters; fr if it is not given */
    country?: string;
}

export interface Keys {
    keys:
        | {
        /** in the folder of the tenant */
        file: string;
        /** what it is for */
        for: string;
        there: boolean;
        changed_on?: string;
    }[];
    /** public key of checkpoints and archives (a vkey of signed-note) */
    checkpoints: string;
    /** public key of labels (did:key), once there is one */
    labels?: string;
}

export interface Tenants {
    tenants: Tenant[];
}

/** Who you are and what you may; `user` is not there for a token. */
export interface Session {
    /**
     * goes into X-CSRF-Token with every request of the session that changes something; empty for a
     * token
     */
    csrf: string;
    /** where you are let in */
    tenants: Tenant[];
    user?:
        | {
        name: string;
        display: string;
        role: Role;
        language: Language;
    };
    may: Right[];
}

export interface User {
    name: Name;
    /** the name as it is shown */
    display: string;
    role: Role;
    /** where they are let in; a dpo_lead is let in everywhere */
    tenants: Name[];
    language: Language;
}

export interface Users {
    users: User[];
}

export interface NewUser {
    name: Name;
    /** the name as it is shown */
    display?: string;
    role: Role;
    /** where they are let in; without one, nowhere */
    tenants?: Name[];
    language?: Language;
    /** at least 12 characters */
    password: string;
}

/** What is not named stays as it is. */
export interface UserChange {
    /** the name as it is shown */
    display?: string;
    role?: Role;
    /** where they are let in; without one, nowhere */
    tenants?: Name[];
    language?: Language;
    /** at least 12 characters */
    password?: string;
}

export interface Token {
    id: string;
    name: string;
    tenant: Name;
    scopes: Right[];
    /** requests a second, and twice as many at once; 0: without limit */
    rate: number;
    /** the last day on which it counts */
    expires: string;
    created_by: string;
}

export interface MadeToken {
    id: string;
    name: string;
    tenant: Name;
    scopes: Right[];
    /** requests a second, and twice as many at once; 0: without limit */
    rate: number;
    /** the last day on which it counts */
    expires: string;
    created_by: string;
    /** the token itself: shown this once, kept by nobody but you */
    token: string;
}

export interface Tokens {
    tokens: Token[];
}

export interface NewToken {
    /** what it is for */
    name: string;
    /** no more than you may yourself */
    scopes: Right[];
    /** today or later, 366 days at most */
    expires: string;
    /** requests a second; 0 or absent: without limit */
    rate?: number;
}

/**
 * What is known, by the names of GET /api/v1/vocabulary. yes_no takes true and false too. What is
 * not said is not assumed: it makes a verdict `undetermined` where it matters.
 */
export type Facts = Record<string, string | boolean | number>;

/** A question to the law: may this contact be made? Whoever is named is looked up in the ledger. */
export interface Question {
    /** `contact` if it is not given; GET /api/v1/vocabulary has them all */
    question?: 'contact' | 'consent' | 'keep' | 'source' | 'transfer' | 'tracker' | 'respond';
    facts?: Facts;
    /** names of what holds for all, such as a policy of the law packs */
    background?: string[];
    /** of whom it is asked: the ledger is looked up */
    email?: string;
    /** of whom it is asked: the ledger is looked up */
    phone?: string;
    /** number of the company, such as a French SIREN */
    company?: string;
    /** tells a director from an employee */
    job_title?: string;
    /** a topic of your own: who objected to it alone is not contacted about it */
    topic?: string;
    /** under which it would be sent */
    brand?: string;
    /** what is offered, to compare with what was bought */
    product_family?: string;
    /**
     * under what the record is found again, such as in the file for an authority; kept in small
     * letters and digits joined by hyphens, 64 at most; it decides nothing
     */
    campaign?: string;
    /** comes back with the answer of POST /api/v1/checks; elsewhere it is ignored */
    id?: string | number;
    /** false: the verdict is not kept as proof; true if it is not given */
    record?: boolean;
}

export interface Reason {
    /** name for GET /api/v1/packs/rules/{rule} */
    rule: string;
    /** the articles */
    cites: string[];
    /** in the language asked for */
    tell: string;
}

/** What the law says. Only `allowed` allows. */
export interface Verdict {
    /**
     * allowed, forbidden, out_of_scope, undetermined; other questions have the answers of GET
     * /api/v1/vocabulary
     */
    verdict: string;
    question: string;
    /** the moment decided for, in the zone of the person */
    at: string;
    /** the rules that decided, or that may decide */
    reasons: Reason[];
    /** what must go with the contact */
    duties: {
        id: string;
        tell: string;
    }[];
    /** facts that are wanted before it can be decided */
    missing: string[];
    /** the same in words, in the same order */
    missing_tell: string[];
    /** what would make it allowed */
    remedies:
        | {
        change: Record<string, string>;
        /** who can do it */
        by: string;
        tell: string;
    }[];
    /** whether authorities and courts agree */
    certainty: 'settled' | 'debatable';
    /** from this day on the answer changes if nothing else does */
    holds_until: string | null;
    /** id of a remark */
    note: string | null;
    /** the law that decided, with its version and digest */
    pack: string;
    /** all facts that were looked at, and whence */
    facts: Record<string, {
            value: string;
            from: string;
        }>;
}

/** A verdict with what it rests on. */
export interface Explained {
    /**
     * allowed, forbidden, out_of_scope, undetermined; other questions have the answers of GET
     * /api/v1/vocabulary
     */
    verdict: string;
    question: string;
    /** the moment decided for, in the zone of the person */
    at: string;
    /** the rules that decided, or that may decide */
    reasons: Reason[];
    /** what must go with the contact */
    duties: {
        id: string;
        tell: string;
    }[];
    /** facts that are wanted before it can be decided */
    missing: string[];
    /** the same in words, in the same order */
    missing_tell: string[];
    /** what would make it allowed */
    remedies:
        | {
        change: Record<string, string>;
        /** who can do it */
        by: string;
        tell: string;
    }[];
    /** whether authorities and courts agree */
    certainty: 'settled' | 'debatable';
    /** from this day on the answer changes if nothing else does */
    holds_until: string | null;
    /** id of a remark */
    note: string | null;
    /** the law that decided, with its version and digest */
    pack: string;
    /** all facts that were looked at, and whence */
    facts: Record<string, {
            value: string;
            from: string;
        }>;
    /** facts that suffice for the answer */
    sufficient: string[];
    /** the fact to ask for next */
    next: string | null;
}

/** The answer to one line. */
export interface NumberedVerdict {
    /** of the question, if it had one */
    id?: string | number;
    /**
     * allowed, forbidden, out_of_scope, undetermined; other questions have the answers of GET
     * /api/v1/vocabulary
     */
    verdict: string;
    question: string;
    /** the moment decided for, in the zone of the person */
    at: string;
    /** the rules that decided, or that may decide */
    reasons: Reason[];
    /** what must go with the contact */
    duties: {
        id: string;
        tell: string;
    }[];
    /** facts that are wanted before it can be decided */
    missing: string[];
    /** the same in words, in the same order */
    missing_tell: string[];
    /** what would make it allowed */
    remedies:
        | {
        change: Record<string, string>;
        /** who can do it */
        by: string;
        tell: string;
    }[];
    /** whether authorities and courts agree */
    certainty: 'settled' | 'debatable';
    /** from this day on the answer changes if nothing else does */
    holds_until: string | null;
    /** id of a remark */
    note: string | null;
    /** the law that decided, with its version and digest */
    pack: string;
    /** all facts that were looked at, and whence */
    facts: Record<string, {
            value: string;
            from: string;
        }>;
}

/** A line that could not be read: nobody may be contacted for it. */
export interface RefusedLine {
    /** counted from 1 */
    line: number;
    verdict: 'error';
    /** what is wrong with the line */
    error: string;
    code: string;
    id?: string | number;
}

export type CheckLine = RefusedLine | NumberedVerdict;

export interface Word {
    id: string;
    label: string;
}

export interface FactWord {
    name: string;
    label: string;
    type: 'yes_no' | 'date' | 'moment' | 'number' | 'time' | 'country' | 'word';
    /** who usually knows it */
    supplier: string;
    /** the values of a word; otherwise empty */
    words: Word[];
}

/** The words of questions and answers, in the language asked for. */
export interface Vocabulary {
    facts: FactWord[];
    questions: {
        id: string;
        label: string;
        answers: Word[];
    }[];
    duties: Word[];
    countries: string[];
}

export interface Pack {
    id: string;
    version: string;
    title: string;
    /** draft, or what a lawyer made of it */
    status: string;
    rules: number;
    /** id, version and digest */
    identity: string;
}

export interface Packs {
    packs: Pack[];
}

export interface Rule {
    rule: string;
    pack: string;
    question: string;
    /** place in the answers of the question; -1: none, another rule is set aside */
    answer: number;
    tell: string;
    cites: string[];
    /** keys of `sources` */
    sources: string[];
    /** first day; empty: of old */
    from: string;
    /** day on which it is no more; empty: open */
    until: string;
    /** conditions */
    when: string[];
    duties: string[];
}

export interface Rules {
    rules: Rule[];
    /** how many there are on all pages */
    count: number;
    sources:
        | Record<string, {
            title: string;
            sentence: string;
            read_on: string;
            /** how good the reading is */
            grade: string;
        }>;
    /** there are more: give it as `after` */
    next?: string;
}

export interface RuleInFull {
    rule: string;
    tell: string;
    cites: string[];
    from: string;
    until: string;
    when: string[];
    /** the conduct that keeps the rule */
    kept_by: string[];
    duties: string[];
    /** of sanctions */
    ceilings:
        | {
        /** the authority */
        body: string;
        company: number | null;
        turnover_percent: number | null;
        person: number | null;
        at_most: number | null;
        grade: string;
    }[];
    decisions:
        | {
        reference: string;
        on: string;
        against: string;
        amount: number | null;
        annulled: string;
        lesson: string;
        grade: string;
    }[];
    /** file, line and column in the packs */
    place: string;
}

export interface LawChange {
    answer_before: string;
    answer_after: string;
    rule_before: string;
    rule_after: string;
    /** of all combinations of facts */
    share: number;
    /** facts for which it changes */
    example: string;
}

export interface LawDiff {
    /** rules */
    gone: string[];
    /** rules */
    new: string[];
    /** cases whose answer changes */
    answers: LawChange[];
    /** cases with the same answer for another reason */
    reasons: LawChange[];
    duties:
        | {
        duty: string;
        change: 'new' | 'gone';
        share: number;
        example: string;
    }[];
}

export interface Register {
    register: string;
    name: string;
    kind: string;
    from: string;
    until: string;
    /** how long a check of it serves */
    serves: string;
    takes_effect: string;
    overridden_by: string;
    channels: string[];
    grade: string;
    rules: string[];
}

export interface Registers {
    registers: Register[];
}

export interface Event {
    kind:
        | 'collected'
        | 'informed'
        | 'consent_given'
        | 'consent_refused'
        | 'consent_withdrawn'
        | 'objection'
        | 'interaction'
        | 'contacted'
        | 'call_attempt'
        | 'callback_requested'
        | 'verdict'
        | 'double_opt_in'
        | 'register_checked'
        | 'paused'
        | 'request'
        | 'processor_acknowledged';
    /** this or `phone` */
    email?: string;
    /** this or `email` */
    phone?: string;
    /** of a number in national form */
    country?: string;
    channel?: Channel;
    purpose?: Purpose;
    /** the day on which it took place; today if it is not given */
    on?: string;
    /** where it took place; `api` if it is not given */
    surface?: string;
    /** like Idempotency-Key, for whoever sets no headers */
    key?: string;
    /** more about it; values are words, never about the person in free text */
    attributes?: Record<string, string>;
}

/** Without a channel and a purpose: to everything. */
export interface Objection {
    address: Address;
    channel?: Channel;
    purpose?: Purpose;
    /** to this brand alone */
    brand?: string;
    /** the day on which it took place; today if it is not given */
    on?: string;
    /** like Idempotency-Key, for whoever sets no headers */
    key?: string;
}

export interface Consent {
    address: Address;
    channels?: Channel[];
    purposes?: Purpose[];
    /** SHA-256 of the text that was shown, once it is published */
    notice?: string;
    /** in which it was shown */
    language?: string;
    /** to whom it was given, if not to the tenant itself */
    controller?: string;
    /** the day on which it took place; today if it is not given */
    on?: string;
    /** the moment, rather than `on` */
    at?: string;
    /** of a double opt-in */
    request?: string;
    /** why a request is in doubt */
    why?: string;
    /** like Idempotency-Key, for whoever sets no headers */
    key?: string;
    /** more about it; values are words, never about the person in free text */
    attributes?: Record<string, string>;
}

export type ConsentAct =
    | 'request'
    | 'mail-accepted'
    | 'page-seen'
    | 'confirm'
    | 'bounced'
    | 'suspect'
    | 'give'
    | 'refuse'
    | 'withdraw';

export interface Recorded {
    /** that the act consists of */
    events: number;
    /** false: a repeat, and nothing was added */
    is_new: boolean;
    already_there: number;
}

export interface ConsentRequest {
    /** its id, for the following steps */
    request: string;
    state: string;
    /** to confirm on */
    last_day: string;
}

export type ConsentAnswer = ConsentRequest | Recorded;

export interface PersonAsked {
    address: Address;
    /** why the file is looked at; it is kept, and holds no personal data */
    reason: string;
}

export interface Erasure {
    address: Address;
    /** `request` if it is not given */
    reason?: 'request' | 'retention' | 'mistake';
    /** it cannot be undone */
    confirm: true;
}

export interface Erased {
    events: number;
    /** built of the ledger, that held these events and were removed */
    archives: number;
    /** objections that stay, as digests */
    suppressions: number;
}

export interface Judged {
    answer: string;
    rule: string;
    until: string | null;
}

export interface PersonEvent {
    /** its place in the ledger */
    id: string;
    on: string;
    kind: string;
    channel: string;
    purpose: string;
    surface: string;
    attributes: Record<string, string>;
    validity?: Judged;
    retention?: Judged;
    by?: string;
}

export interface Timeline {
    /** oldest first; empty if nothing is known */
    events: PersonEvent[];
}

export interface Proof {
    event: string;
    /** name to content in base64: the event, its proof and the checkpoint */
    files: Record<string, string>;
}

export interface CertificateCheck {
    /** whether it still serves */
    state: string;
    is_good: boolean;
    /** what it says */
    certificate: Record<string, unknown> | null;
}

export interface AuditProgress {
    asked: number;
    unanswered: number;
    seconds_left: number;
    score: number;
    assurance: number;
}

export interface Audits {
    audits: {
        audit: string;
    }[];
    version?: string;
    progress?: AuditProgress;
}

export interface NewAudit {
    /** its name; without it, one of today */
    audit?: string;
}

export interface StartedAudit {
    audit: string;
    /** of the questionnaire */
    version: string;
    sha256: string;
}

export interface AskedQuestions {
    audit: string;
    version: string;
    sha256: string;
    progress: AuditProgress;
    questions:
        | {
        id: string;
        theme: string;
        question: string;
        severity: Severity;
        answered: boolean;
        contradicted: boolean;
        blocking: boolean;
    }[];
}

export type Severity = 'bloquant' | 'majeur' | 'mineur' | 'info';

export interface Measured {
    value: string;
    words?: string;
    shows_faults_only: boolean;
    why: string;
}

export interface GivenAnswer {
    value: string;
    words: string;
    proof: 'declared' | 'document' | 'measured';
    on: string;
    /** name it in `over` to answer over it */
    key: string;
    by?: string;
    reason?: string;
    evidence?: string;
    version?: string;
}

export interface Card {
    id: string;
    theme: string;
    theme_words: string;
    question: string;
    type: 'yn' | 'ynp' | 'single' | 'multi' | 'num' | 'table' | 'url';
    severity: Severity;
    severity_words: string;
    unit: string;
    options: {
        id: string;
        label: string;
    }[];
    /** the answers that brought the question here */
    why: {
        question: string;
        said: string[];
    }[];
    law: string[];
    /** of the packs, in force on the day */
    rules: {
        rule: string;
        tell: string;
        cites: string[];
    }[];
    /** what would prove it */
    evidence: string[];
    may_not_apply: boolean;
    scored: boolean;
    seconds: number;
    answered: boolean;
    contradicted: boolean;
    stale: boolean;
    answer?: GivenAnswer;
    measured?: Measured;
}

export interface ShownCard {
    audit: string;
    version: string;
    progress: AuditProgress;
    card: Card | null;
    number?: number;
    /** why a question may not apply */
    reasons?: Record<string, string>;
}

export interface AnsweredCard {
    audit: string;
    version: string;
    progress: AuditProgress;
    card: Card | null;
    number?: number;
    /** why a question may not apply */
    reasons?: Record<string, string>;
    recorded: boolean;
    key?: string;
    contradicted: boolean;
    blocking: boolean;
}

export interface NewAnswer {
    question: string;
    /** yes, partly, no; options divided by commas; a number; 3/5; sites; unknown; na */
    answer: string;
    proof?: 'declared' | 'document';
    /** for na: a word of `reasons`, or words of your own */
    reason?: string;
    /** SHA-256 of a document that was sent */
    evidence?: string;
    /** a role */
    by?: string;
    over?: string;
    version?: string;
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
    severity: Severity;
    open: boolean;
    overdue: boolean;
    closed_by_measurement: boolean;
    begun: boolean;
    generates: string;
    due?: string;
    /** what it is thought to cost, whole euros */
    cost?: number;
}

export interface AuditDay {
    day: string;
    score: number;
    blocking: number;
    open: number;
}

export interface AuditPlan {
    audit: string;
    today: string;
    plan: PlannedAction[];
    history: AuditDay[];
}

export interface Delegation {
    /** one that this audit asks */
    question: string;
    /** the role that answers, never a person's name */
    by: string;
    /** how long the link opens; 14 if it is not given */
    days?: number;
}

export interface DelegatedLink {
    question: string;
    /** last day on which it opens */
    until: string;
    link: string;
}

/** what is not said stays as it was; an empty text takes it back */
export interface Assignment {
    action: string;
    /** a role */
    owner?: string;
    due?: string;
    begun?: '' | 'yes' | 'no';
    /** whole euros */
    cost?: string;
}

export interface Finding {
    id: string;
    theme: string;
    question: string;
    severity: Severity;
    worth: number;
    applies: boolean;
    answered: boolean;
    proof: string;
    contradicted: boolean;
    stale: boolean;
    blocking: boolean;
    answer?: string;
    key?: string;
    measured?: Measured;
}

export interface AuditScore {
    audit: string;
    questionnaire: {
        id: string;
        version: string;
        sha256: string;
    };
    law_day: string;
    today: string;
    packs: string[];
    score: number;
    uncapped: number;
    assurance: number;
    not_applicable_percent: number;
    unanswered: number;
    seconds_left: number;
    level: string;
    level_words: string;
    lacking: string[];
    themes:
        | {
        id: string;
        theme: string;
        weight: number;
        score: number;
    }[];
    blocking: string[];
    plan: PlannedAction[];
    questions: Finding[];
    history: AuditDay[];
    exposure:
        | {
        question: string;
        ceilings: string[];
        decisions: string[];
    }[];
    exposure_caveat: string;
    disclaimer: string;
    conflicts: {
        question: string;
        earlier: string;
        later: string;
    }[];
    refused: {
        question: string;
        version: string;
        why: string;
    }[];
    to_confirm: string[];
}

export interface Evidence {
    /** SHA-256 */
    evidence: string;
}

export interface BookStep {
    step: string;
    on: string;
}

/** What was last said of each attribute, and the days of its steps. */
export interface BookEntry {
    id: string;
    steps: BookStep[];
    /** when the first step was recorded */
    entered_on?: string;
}

export interface Processors {
    processors: Processor[];
}

export interface Processor {
    id: string;
    steps: BookStep[];
    /** the law's answer */
    transfer: string;
    reasons: {
        rule: string;
        tell: string;
    }[];
    missing: string[];
    complete: boolean;
    changes_on?: string;
}

export interface ProcessorStep {
    /** letters, digits, - and _; never somebody's name */
    id: string;
    step?: 'added' | 'changed' | 'reviewed' | 'removed';
    name?: string;
    role?: 'processor' | 'controller';
    kind?: 'business' | 'public_body';
    use?: string;
    country?: string;
    parent?: string;
    contract?: 'yes' | 'no';
    tool?:
        | 'none'
        | 'scc_m1'
        | 'scc_m2'
        | 'scc_m3'
        | 'scc_m4'
        | 'bcr'
        | 'derogation'
        | 'privacy_shield';
    dpf?: 'none' | 'inactive' | 'active' | 'active_hr';
    tia?: 'yes' | 'no';
    under_gdpr?: 'yes' | 'no';
    subprocessors?: 'known' | 'none' | 'unknown';
    /** words, kept out of the ledger */
    note?: string;
    /** the day; without it, today */
    on?: string;
}

export interface BreachStep {
    /** letters, digits, - and _; never somebody's name */
    id: string;
    step?: 'found' | 'assessed' | 'reported' | 'notified' | 'told' | 'closed';
    what?: 'lost' | 'stolen' | 'sent_wrong' | 'published' | 'encrypted' | 'other';
    risk?: 'none' | 'some' | 'high';
    people?: string;
    /** client whose data we process, as the register of facts names it; said at the first step */
    client?: string;
    /** words, kept out of the ledger */
    note?: string;
    /** the day; without it, today */
    on?: string;
}

export interface ComplaintStep {
    /** letters, digits, - and _; never somebody's name */
    id: string;
    step?: 'received' | 'answered' | 'reopened' | 'closed';
    origin?: 'customer' | 'employee' | 'partner' | 'competitor' | 'authority';
    about?:
        | 'objection'
        | 'source'
        | 'frequency'
        | 'content'
        | 'tracker'
        | 'rights'
        | 'security'
        | 'other';
    founded?: 'yes' | 'no';
    /** words, kept out of the ledger */
    note?: string;
    /** the day; without it, today */
    on?: string;
}

export interface Tools {
    tools:
        | {
        id: string;
        name: string;
        vendor: string;
        kind: string;
        hosting: string;
        parent: string;
        dpf: string;
        source: string;
        read_on: string;
        grade: string;
        note: string;
    }[];
}

export interface Breaches {
    breaches: BookEntry[];
}

export interface Complaints {
    complaints: BookEntry[];
}

export interface Sites {
    sites: BookEntry[];
}

export interface SiteAsked {
    /** without a scheme, https */
    url: string;
}

export interface SiteVisit {
    /** its host */
    site: string;
    /** where the browser ended */
    url: string;
    title: string;
    browser: string;
    checks: SiteCheck[];
    /** ids in the table of tools */
    tools: string[];
    /** hosts */
    third_parties: string[];
    /** whether a refusal could be tried */
    refused: boolean;
    /** the same, with when they were asked for something */
    hosts:
        | {
        host: string;
        /** its name; empty: not in the table */
        tracker: string;
        kind: '' | 'asked' | 'audience' | 'consent' | 'contact';
        /** any choice */
        before: boolean;
        /** a refusal */
        after: boolean;
    }[];
    cookies:
        | {
        name: string;
        domain: string;
        /** that it lasts; 0: until the browser is closed */
        days: number;
        tracker: string;
        kind: '' | 'asked' | 'audience' | 'consent' | 'contact';
        before: boolean;
        after: boolean;
    }[];
    /** that ask for an address or a number */
    forms:
        | {
        method: string;
        target: string;
        ticked: number;
        policy: boolean;
        script: boolean;
    }[];
    /** of the banner, in pixels of the picture */
    buttons:
        | {
        button: 'accept' | 'refuse';
        x: number;
        y: number;
        width: number;
        height: number;
    }[];
    /** cookies that no table knows */
    unknown: string[];
}

export interface SiteCheck {
    check:
        | 'before_choice'
        | 'banner_balance'
        | 'after_refusal'
        | 'withdraw_link'
        | 'policy_link'
        | 'legal_notice'
        | 'form_notice'
        | 'preticked'
        | 'form_target';
    sight: 'well' | 'fault' | 'unclear' | 'unseen';
    told: string;
    seen: string[];
}

export interface DataRequests {
    requests: DataRequest[];
}

export interface DataRequest {
    request: string;
    kind: string;
    state: string;
    surface: string;
    steps: Record<string, string>;
    due_on?: string;
    /** without counting on a week-end */
    surely_by?: string;
    days_left?: number;
    cites?: string[];
    letter?: {
        subject: string;
        text: string;
    };
}

export interface RequestStep {
    step: 'open' | 'confirm' | 'extend' | 'answer' | 'refuse' | 'close';
    address: Address;
    kind?:
        | 'access'
        | 'erasure'
        | 'rectification'
        | 'objection'
        | 'source'
        | 'portability'
        | 'consent_proof'
        | 'complaint';
    /** without it, the oldest that waits */
    request?: string;
    reason?: string;
    on?: string;
    language?: Language;
}

export interface Labels {
    level: string | null;
    level_words: string;
    lacking: string[];
    labels:
        | {
        id: string;
        level: string;
        audit: string;
        issued_on: string;
        until: string;
        standing: string;
        steps: {
            step: string;
            on: string;
        }[];
        sha256: string;
        issuer: string;
    }[];
    page: string | null;
    sentence: string;
}

export interface PortfolioClient {
    /** id of the tenant */
    client: string;
    name: string;
    has_audit: boolean;
    /** points of 100 */
    score?: number;
    /** percent */
    assurance?: number;
    level?: string;
    blocking?: number;
    /** actions of the plan */
    overdue?: number;
    unanswered?: number;
    /** requests of persons */
    waiting: number;
    /** of them */
    late: number;
    /** when its audit was last answered; empty: no audit */
    audited_on?: string;
    /** last day of the newest label; empty: none */
    label_until?: string;
    themes:
        | Record<string, {
            /** of 100; absent: does not apply */
            points?: number;
            blocked?: boolean;
            /** 0 (bad) to 4 (good); -1: does not apply */
            heat?: number;
        }>;
}

export interface Portfolio {
    themes: {
        id?: string;
        label?: string;
    }[];
    clients: PortfolioClient[];
    /** clients that cannot be read */
    skipped: string[];
    /** clients whose ledgers are not read yet: ask again */
    reading: string[];
}

export interface PortfolioDays {
    days:
        | {
        client?: string;
        about?: string;
        day?: string;
        category?: string;
        summary?: string;
    }[];
    /** clients that cannot be read */
    skipped: string[];
    /** clients whose ledgers are not read yet: ask again */
    reading: string[];
}

export interface PortfolioImpact {
    before: string;
    after: string;
    /** in force on one of the days alone */
    rules: string[];
    clients:
        | {
        client?: string;
        name?: string;
        broken?: boolean;
        touched?: boolean;
        score_before?: number;
        score_after?: number;
        newly_asked?: string[];
        no_longer_asked?: string[];
        newly_blocking?: string[];
        campaigns?:
            | {
            campaign?: string;
            before?: string;
            after?: string;
            rule_before?: string;
            rule_after?: string;
            asks?: string[];
        }[];
        unread_campaigns?: string[];
    }[];
    /** clients that cannot be read */
    skipped: string[];
    /** clients whose ledgers are not read yet: ask again */
    reading: string[];
}

export interface PortfolioProcessors {
    processors:
        | {
        processor?: string;
        clients?: string[];
        without_contract?: string[];
        facts?: Record<string, string>;
        differ?: string[];
        /** empty: never */
        reviewed_on?: string;
    }[];
    /** clients that cannot be read */
    skipped: string[];
    /** clients whose ledgers are not read yet: ask again */
    reading: string[];
}

export interface LabelStep {
    domain?: string;
    siren?: string;
    url?: string;
    level?: 'N1' | 'N2' | 'N3';
    evaluation?: 'self' | 'dpo' | 'third_party';
    evaluator?: string;
    /** id of a label */
    revoke?: string;
}

export interface LabelClaims {
    id: string;
    issuer: string;
    controller: string;
    domain: string;
    level: string;
    score: number;
    assurance: number;
    evaluation: string;
    valid_from: string;
    valid_until: string;
}

export interface Revoked {
    revoked: string;
}

export interface CampaignName {
    name: Name;
}

export interface Campaigns {
    campaigns: CampaignName[];
}

export interface ListId {
    id: string;
}

export interface ListFile {
    name: string;
    /** bytes */
    size: number;
}

/** What the archive is to be of; without campaign, persons and days, of everything. */
export interface AuthorityFileAsked {
    /** name of a campaign */
    campaign?: string;
    /** addresses or telephone numbers */
    persons?: string[];
    /** first day, or empty */
    from?: string;
    /** last day, or empty */
    to?: string;
    /** why it was asked for; names nobody */
    reason?: string;
    /** ids of screened lists whose certificates go with it */
    lists?: string[];
}

/** An archive that is built, or was. */
export interface AuthorityFile {
    id: string;
    state: 'queued' | 'running' | 'done' | 'failed';
    /** when it was asked for */
    at: string;
    client?: string;
    campaign: string;
    from: string;
    to: string;
    reason: string;
    /** how many were named; who is not kept */
    persons: number;
    lists: string[];
    /** entries of the log so far */
    rows: number;
    /** the same */
    bytes: number;
    /** entries in all */
    total_bytes: number;
    summary?:
        | {
        /** day of the signed checkpoint */
        as_of: string;
        /** of the archive */
        sha256: string;
        files: number;
        /** proved in it */
        events: number;
        bytes: number;
        /** that check it, in its folder */
        commands: string[];
        /** what is not in it, in words */
        left_out: string[];
    };
    problem?: {
        code: string;
        detail: string;
        where?: string;
    };
    /** once it is done */
    files?: ListFile[];
}

export interface AuthorityFiles {
    authority_files: AuthorityFile[];
}

/** One server-sent event, read. */
export interface AuthorityFileEvent {
    event: 'progress' | 'done';
    data: AuthorityFile;
}

export interface Practice {
    /** whether the ledger is being read still */
    reading: boolean;
    as_of?: string;
    /** of objections and verdicts */
    window_months?: number;
    persons?: number;
    suppressions?: number;
    objections?:
        | {
        count: number;
        days_until_recorded: {
            days: number;
            count: number;
        }[];
    };
    prospects?:
        | {
        /** how long after their last act their data may serve */
        most_months: number;
        too_old: number;
        /** since their last act */
        months: {
            months: number;
            count: number;
        }[];
    };
    /** verdicts of the gate */
    flows?:
        | {
        /** of the data; empty: unknown */
        origin: string;
        channel: string;
        verdict: string;
        count: number;
    }[];
}

export interface LawDays {
    days:
        | {
        day: string;
        /** rules whose first day it is */
        begins: string[];
        /** rules whose last day it is */
        ends: string[];
    }[];
}

export interface HandOver {
    id: string;
    state: 'queued' | 'running' | 'done' | 'failed';
    /** when it was asked for */
    at: string;
    rows: number;
    bytes: number;
    total_bytes: number;
    summary?:
        | {
        client: string;
        /** what is not in it */
        stays: string;
    };
    problem?: {
        code: string;
        detail: string;
        where?: string;
    };
    /** once it is done */
    files?: ListFile[];
}

export interface HandOvers {
    hand_overs: HandOver[];
}

/** One server-sent event, read. */
export interface HandOverEvent {
    event: 'progress' | 'done';
    data: HandOver;
}

/** The screening of a list. */
export interface ListJob {
    id: string;
    /** of the file that was sent */
    name: string;
    state: 'queued' | 'running' | 'done' | 'failed';
    campaign: string;
    /** when it was sent */
    at: string;
    /** read so far */
    rows: number;
    /** read so far */
    bytes: number;
    total_bytes: number;
    /** how many rows may be contacted; what else `licet screen --json` says */
    summary?:
        | {
        rows?: number;
        allowed?: number;
        forbidden?: number;
        undetermined?: number;
        out_of_scope?: number;
        unreadable?: number;
        [name: string]: unknown;
    };
    problem?: {
        code: string;
        detail: string;
        where?: string;
    };
    /** once it is done */
    files?: ListFile[];
}

export interface ListJobs {
    /** newest first */
    lists: ListJob[];
}

/** One server-sent event, read. */
export interface ListEvent {
    event: 'progress' | 'done';
    data: ListJob;
}

/** One method for each operation of the API. */
export class LicetClient extends Transport {
    /** Who am I, and what may I? Right: anybody. */
    session(options: Options = {}): Promise<Session> {
        return this.json({ method: 'GET', path: '/api/v1/session' }, options);
    }

    /**
     * Open a session. Sets the cookie licet_session. After ten tries of a name, or thirty from one
     * address, 429. Right: public.
     */
    logIn(body: Credentials, options: Options = {}): Promise<Session> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/session',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** Close the session. Right: anybody. */
    logOut(options: Options = {}): Promise<void> {
        return this.nothing({ method: 'DELETE', path: '/api/v1/session' }, options);
    }

    /** All users. Right: admin. */
    users(options: Options = {}): Promise<Users> {
        return this.json({ method: 'GET', path: '/api/v1/users' }, options);
    }

    /** Add a user. Right: admin. */
    addUser(body: NewUser, options: Options = {}): Promise<User> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/users',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Change a user. Ends their sessions. The last dpo_lead stays one (access.last_lead). Right:
     * admin.
     */
    changeUser(name: Name, body: UserChange, options: Options = {}): Promise<User> {
        return this.json(
            {
                method: 'PATCH',
                path: `/api/v1/users/${encodeURIComponent(name)}`,
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** Remove a user. Right: admin. */
    removeUser(name: Name, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/users/${encodeURIComponent(name)}`,
            },
            options,
        );
    }

    /**
     * The tokens of the tenant. Never the tokens themselves: they are kept as digests. Right:
     * tokens.
     */
    tokens(options: Options = {}): Promise<Tokens> {
        return this.json({ method: 'GET', path: '/api/v1/tokens' }, options);
    }

    /** Make a token. Right: tokens. */
    makeToken(body: NewToken, options: Options = {}): Promise<MadeToken> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/tokens',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** Withdraw a token. Right: tokens. */
    withdrawToken(id: string, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/tokens/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /** All tenants. Right: admin. */
    tenants(options: Options = {}): Promise<Tenants> {
        return this.json({ method: 'GET', path: '/api/v1/tenants' }, options);
    }

    /** Add a tenant. Right: admin. */
    addTenant(body: NewTenant, options: Options = {}): Promise<Tenant> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/tenants',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Add an organisation that is made up. With facts, events, processors and a half-done audit, to
     * look at. Nobody in it exists. Right: admin.
     */
    addExample(options: Options = {}): Promise<Tenant> {
        return this.json({ method: 'POST', path: '/api/v1/tenants/example' }, options);
    }

    /**
     * Remove an organisation that is made up. Others are handed over, and their folder is removed
     * by who runs the server. Right: admin.
     */
    removeExample(id: Name, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/tenants/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /**
     * May I? Whoever is named by `email` or `phone` is looked up in the ledger, and the verdict is
     * kept there as proof before it is answered, unless `record` is false. An objection counts from
     * the very next question on. Anything but `allowed` does not allow; an error neither. Right:
     * check.
     */
    check(body: Question, options: Options = {}): Promise<Verdict> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/check',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Why, and what to ask next? As check, records nothing, and says which facts suffice and which
     * one to ask for next. Right: check.
     */
    explain(body: Question, options: Options = {}): Promise<Explained> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/explain',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * May I, for many? One question a line (NDJSON, up to 64 MiB); one answer a line, in the same
     * order, sent while the rest is still being decided. A line that cannot be read has the verdict
     * `error` in its place. Right: check.
     */
    checkMany(body: Iterable<Question>, options: Options = {}): AsyncGenerator<CheckLine> {
        return this.lines(
            {
                method: 'POST',
                path: '/api/v1/checks',
                body,
                media: 'application/x-ndjson',
            },
            options,
        );
    }

    /** The words to ask with. Right: check. */
    vocabulary(options: Options = {}): Promise<Vocabulary> {
        return this.json({ method: 'GET', path: '/api/v1/vocabulary' }, options);
    }

    /** The law packs. Right: law. */
    packs(options: Options = {}): Promise<Packs> {
        return this.json({ method: 'GET', path: '/api/v1/packs' }, options);
    }

    /** Days on which the law changes. Right: law. */
    lawDays(query: { country?: string } = {}, options: Options = {}): Promise<LawDays> {
        return this.json({ method: 'GET', path: '/api/v1/packs/days', query }, options);
    }

    /** Rules, 200 a page. While there are more, `next` is there; give it as `after`. Right: law. */
    rules(
        query: {
            country?: string;
            question?: string;
            q?: string;
            at?: string;
            after?: string;
        } = {},
        options: Options = {},
    ): Promise<Rules> {
        return this.json({ method: 'GET', path: '/api/v1/packs/rules', query }, options);
    }

    /** One rule in full. Right: law. */
    rule(rule: string, options: Options = {}): Promise<RuleInFull> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/packs/rules/${encodeURIComponent(rule)}`,
            },
            options,
        );
    }

    /**
     * What changes between two days, or two countries. Computed over all cases, not over the text:
     * it says whose answer changes. Right: law.
     */
    diff(
        query: { before: string; after: string; question?: string },
        options: Options = {},
    ): Promise<LawDiff> {
        return this.json({ method: 'GET', path: '/api/v1/packs/diff', query }, options);
    }

    /** Registers of objections that the law knows. Right: law. */
    registers(query: { at?: string } = {}, options: Options = {}): Promise<Registers> {
        return this.json({ method: 'GET', path: '/api/v1/registers', query }, options);
    }

    /** Record what happened. Right: record. */
    recordEvent(body: Event, options: Options = {}): Promise<Recorded> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/events',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Record an objection. Durable before it is answered, and counts from the next question on.
     * Right: record.
     */
    recordObjection(body: Objection, options: Options = {}): Promise<Recorded> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/objections',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Record a step of a consent. `request` begins a double opt-in and answers its id; mail-
     * accepted, page-seen, confirm, bounced and suspect are its steps and take the id as `request`.
     * A confirmation that comes too fast is kept in doubt (state suspect). give, refuse and
     * withdraw are choices made otherwise. Right: record.
     */
    recordConsent(act: ConsentAct, body: Consent, options: Options = {}): Promise<ConsentAnswer> {
        return this.json(
            {
                method: 'POST',
                path: `/api/v1/consents/${encodeURIComponent(act)}`,
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * What is known of somebody. The address is hashed before it is searched. That somebody looked,
     * and why, is kept. Right: persons.
     */
    timeline(body: PersonAsked, options: Options = {}): Promise<Timeline> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/persons/timeline',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * A copy with proofs. A ZIP archive: receipts in plain words, all events, proofs, and a page
     * that verifies them offline. Right: persons.
     */
    exportPerson(body: PersonAsked, options: Options = {}): Promise<Blob> {
        return this.blob(
            {
                method: 'POST',
                path: '/api/v1/persons/export',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Erase somebody. Destroys the key of their data, in every backup too. Objections stay as
     * digests, so that nobody is contacted again. Right: erase.
     */
    erasePerson(body: Erasure, options: Options = {}): Promise<Erased> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/persons/erase',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** The signed state of the ledger. A signed note (C2SP checkpoint). Right: persons. */
    checkpoint(options: Options = {}): Promise<string> {
        return this.text({ method: 'GET', path: '/api/v1/ledger/checkpoint' }, options);
    }

    /** Proof that an event is in the ledger. Right: persons. */
    proof(place: string, options: Options = {}): Promise<Proof> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/ledger/proofs/${encodeURIComponent(place)}`,
            },
            options,
        );
    }

    /**
     * Is this certificate genuine, and does it still serve? The body is certificate.txt of a
     * screened list. Right: lists.
     */
    verifyCertificate(body: string | Blob, options: Options = {}): Promise<CertificateCheck> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/certificates/verify',
                body,
                media: 'text/plain',
            },
            options,
        );
    }

    /** The audits, oldest first. Right: papers. */
    audits(options: Options = {}): Promise<Audits> {
        return this.json({ method: 'GET', path: '/api/v1/audits' }, options);
    }

    /** Begin an audit. Right: papers. */
    startAudit(body: NewAudit, options: Options = {}): Promise<StartedAudit> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/audits',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** All questions that are asked. Right: papers. */
    auditQuestions(audit: string, options: Options = {}): Promise<AskedQuestions> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/questions`,
            },
            options,
        );
    }

    /**
     * One question as a card. What is asked and why, by which rules, what may be answered, what was
     * answered and measured, and how many minutes are left. Right: papers.
     */
    auditQuestion(
        audit: string,
        question: string,
        query: { after?: string } = {},
        options: Options = {},
    ): Promise<ShownCard> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/questions` +
                    `/${encodeURIComponent(question)}`,
                query,
            },
            options,
        );
    }

    /**
     * Answer a question. `over` is the key of the answer that was read with the card, none if there
     * was none. If somebody answered meanwhile, nothing is recorded (409,
     * audit.answered_meanwhile), unless both say the same. `version` is the version that the card
     * showed; another one now is 409 (audit.other_version). Right: papers.
     */
    answerQuestion(audit: string, body: NewAnswer, options: Options = {}): Promise<AnsweredCard> {
        return this.json(
            {
                method: 'POST',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/answers`,
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** The score, and what stands behind it. Right: papers. */
    auditScore(
        audit: string,
        query: { at?: string } = {},
        options: Options = {},
    ): Promise<AuditScore> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/score`,
                query,
            },
            options,
        );
    }

    /** What to do, in the order of what it brings. Right: papers. */
    auditPlan(audit: string, options: Options = {}): Promise<AuditPlan> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/plan`,
            },
            options,
        );
    }

    /**
     * Say who does an action, and by when. An action closes itself when its answer or measurement
     * turns good; nobody can close it by saying so. Right: papers.
     */
    assignAction(audit: string, body: Assignment, options: Options = {}): Promise<AuditPlan> {
        return this.json(
            {
                method: 'POST',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/plan`,
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Hand one question to somebody, by a link that ends. Whoever has the link answers that
     * question, as that role, and sees nothing of the rest. Send it like a password. Nothing is
     * recorded until it is answered. Right: papers.
     */
    delegateQuestion(
        audit: string,
        body: Delegation,
        options: Options = {},
    ): Promise<DelegatedLink> {
        return this.json(
            {
                method: 'POST',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/delegations`,
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** The report as one page. Right: papers. */
    auditReport(
        audit: string,
        query: { at?: string; as?: string } = {},
        options: Options = {},
    ): Promise<string> {
        return this.text(
            {
                method: 'GET',
                path: `/api/v1/audits/${encodeURIComponent(audit)}/report`,
                query,
            },
            options,
        );
    }

    /**
     * Keep a document that proves an answer. It stays a file of the workspace; an answer names it
     * by its SHA-256. Right: papers.
     */
    addEvidence(body: string | Blob, options: Options = {}): Promise<Evidence> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/evidence',
                body,
                media: 'application/octet-stream',
            },
            options,
        );
    }

    /** A document that was kept. Right: papers. */
    evidence(sha256: string, options: Options = {}): Promise<Blob> {
        return this.blob(
            {
                method: 'GET',
                path: `/api/v1/evidence/${encodeURIComponent(sha256)}`,
            },
            options,
        );
    }

    /** The processors, judged by the law. Right: papers. */
    processors(query: { at?: string } = {}, options: Options = {}): Promise<Processors> {
        return this.json({ method: 'GET', path: '/api/v1/processors', query }, options);
    }

    /**
     * Say something of a processor. `added` opens an entry; a tool that the table knows brings its
     * facts, with their day. Right: record.
     */
    processorStep(body: ProcessorStep, options: Options = {}): Promise<BookEntry> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/processors',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** Tools that are met in prospecting, with their facts and sources. Right: papers. */
    tools(query: { q?: string } = {}, options: Options = {}): Promise<Tools> {
        return this.json({ method: 'GET', path: '/api/v1/processors/tools', query }, options);
    }

    /** The register of breaches. Right: papers. */
    breaches(options: Options = {}): Promise<Breaches> {
        return this.json({ method: 'GET', path: '/api/v1/breaches' }, options);
    }

    /** A step of a breach. Right: record. */
    breachStep(body: BreachStep, options: Options = {}): Promise<BookEntry> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/breaches',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** The register of complaints. Right: papers. */
    complaints(options: Options = {}): Promise<Complaints> {
        return this.json({ method: 'GET', path: '/api/v1/complaints' }, options);
    }

    /** A step of a complaint. Right: record. */
    complaintStep(body: ComplaintStep, options: Options = {}): Promise<BookEntry> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/complaints',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Sites that a browser visited. For each site what the last visit saw: `well`, `fault`,
     * `unclear` or `unseen` by check. Right: papers.
     */
    sites(options: Options = {}): Promise<Sites> {
        return this.json({ method: 'GET', path: '/api/v1/sites' }, options);
    }

    /**
     * Visit a site. A new browser loads the page, looks at it before any choice, takes a picture,
     * refuses trackers where a button lets it, and loads the page again. It takes ten seconds or
     * so. A server goes to no address of its own machine or of a private network, unless it was
     * started with --private-sites. Right: record.
     */
    visitSite(body: SiteAsked, options: Options = {}): Promise<SiteVisit> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/sites',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** A page before any choice, as the last visit saw it. Right: papers. */
    sitePicture(id: string, options: Options = {}): Promise<Blob> {
        return this.blob(
            {
                method: 'GET',
                path: `/api/v1/sites/${encodeURIComponent(id)}/picture`,
            },
            options,
        );
    }

    /** What persons ask about their data, with the days that are left. Right: persons. */
    requests(query: { all?: string } = {}, options: Options = {}): Promise<DataRequests> {
        return this.json({ method: 'GET', path: '/api/v1/requests', query }, options);
    }

    /**
     * Open a request, or take it a step further. The address finds the person and is kept nowhere.
     * Right: persons.
     */
    requestStep(body: RequestStep, options: Options = {}): Promise<DataRequest> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/requests',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** The labels, and how far the audit is from one. Right: papers. */
    labels(options: Options = {}): Promise<Labels> {
        return this.json({ method: 'GET', path: '/api/v1/labels' }, options);
    }

    /**
     * Issue a label, or withdraw one. Wants the right `papers` besides. With `revoke`, the label of
     * that id is withdrawn. The files for everybody are served under /label/ and /t/TENANT/label/.
     * Right: record.
     */
    labelStep(body: LabelStep, options: Options = {}): Promise<LabelClaims> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/labels',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * How each client stands, theme by theme. The tenants that the caller may see, and no others. A
     * client that cannot be read is named in `skipped`. Right: papers.
     */
    portfolio(options: Options = {}): Promise<Portfolio> {
        return this.json({ method: 'GET', path: '/api/v1/portfolio' }, options);
    }

    /**
     * The days of all clients that must not be missed. Requests, reviews of processors, ends of
     * labels, actions, audits. Right: papers.
     */
    portfolioDays(query: { client?: string } = {}, options: Options = {}): Promise<PortfolioDays> {
        return this.json({ method: 'GET', path: '/api/v1/portfolio/days', query }, options);
    }

    /** The same, for a calendar. iCalendar (RFC 5545), one event a day. Right: papers. */
    portfolioCalendar(options: Options = {}): Promise<string> {
        return this.text({ method: 'GET', path: '/api/v1/portfolio/calendar.ics' }, options);
    }

    /**
     * Which clients a change of law touches. By their audits and by the campaigns that are kept.
     * Give `date`, or `from` and `to`. Those that break come first. Right: papers.
     */
    portfolioImpact(
        query: { date?: string; from?: string; to?: string } = {},
        options: Options = {},
    ): Promise<PortfolioImpact> {
        return this.json({ method: 'GET', path: '/api/v1/portfolio/impact', query }, options);
    }

    /**
     * The processors of all clients, each once. What most clients say of a vendor, and the names of
     * facts on which they differ. Right: papers.
     */
    portfolioProcessors(options: Options = {}): Promise<PortfolioProcessors> {
        return this.json({ method: 'GET', path: '/api/v1/portfolio/processors' }, options);
    }

    /**
     * Take a processor of the shared library. The tenant of the request gets a vendor that another
     * tenant of the caller has, with what they all say of the vendor itself: name, kind, country,
     * parent, framework. What they say differently is left open, as are contract, mechanism and
     * review. 503 while a ledger is being read. Right: record.
     */
    adoptProcessor(body: Adoption, options: Options = {}): Promise<BookEntry> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/portfolio/processors',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** The campaigns. Right: lists. */
    campaigns(options: Options = {}): Promise<Campaigns> {
        return this.json({ method: 'GET', path: '/api/v1/campaigns' }, options);
    }

    /** One campaign. Right: lists. */
    campaign(name: Name, options: Options = {}): Promise<string> {
        return this.text(
            {
                method: 'GET',
                path: `/api/v1/campaigns/${encodeURIComponent(name)}`,
            },
            options,
        );
    }

    /**
     * Write a campaign. Every fault is told in `problems`, and nothing is written then.
     * docs/campaign.md describes the format. Right: lists.
     */
    putCampaign(name: Name, body: string | Blob, options: Options = {}): Promise<CampaignName> {
        return this.json(
            {
                method: 'PUT',
                path: `/api/v1/campaigns/${encodeURIComponent(name)}`,
                body,
                media: 'application/toml',
            },
            options,
        );
    }

    /** Remove a campaign. Right: lists. */
    removeCampaign(name: Name, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/campaigns/${encodeURIComponent(name)}`,
            },
            options,
        );
    }

    /** All files for the authority. Right: persons. */
    authorityFiles(options: Options = {}): Promise<AuthorityFiles> {
        return this.json({ method: 'GET', path: '/api/v1/authority-files' }, options);
    }

    /**
     * Build the file for the authority. One signed archive of the whole ledger, or of a campaign,
     * of persons or of days (`licet evidence build`). It waits its turn; GET the Location for how
     * far it is. Right: persons.
     */
    buildAuthorityFile(body: AuthorityFileAsked, options: Options = {}): Promise<ListId> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/authority-files',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** One file for the authority. Right: persons. */
    authorityFile(id: string, options: Options = {}): Promise<AuthorityFile> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/authority-files/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /** Remove the archive. 503 while it is being built. Right: persons. */
    removeAuthorityFile(id: string, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/authority-files/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /**
     * How far it is, as it goes. Server-sent events: `progress` at each change, `done` at the end,
     * then the stream ends. Right: persons.
     */
    authorityFileProgress(id: string, options: Options = {}): AsyncGenerator<AuthorityFileEvent> {
        return this.events(
            {
                method: 'GET',
                path: `/api/v1/authority-files/${encodeURIComponent(id)}/progress`,
            },
            options,
        );
    }

    /** The archive itself. Right: persons. */
    authorityFileArchive(id: string, file: string, options: Options = {}): Promise<Blob> {
        return this.blob(
            {
                method: 'GET',
                path: `/api/v1/authority-files/${encodeURIComponent(id)}/files` +
                    `/${encodeURIComponent(file)}`,
            },
            options,
        );
    }

    /** Which keys a tenant has. Names, days and public halves; never a secret. Right: papers. */
    keys(options: Options = {}): Promise<Keys> {
        return this.json({ method: 'GET', path: '/api/v1/keys' }, options);
    }

    /**
     * What the ledger tells of a practice, as numbers. How soon objections are recorded, how old
     * prospects are, where those came from about whom the gate was asked. Names nobody. Right:
     * papers.
     */
    practice(options: Options = {}): Promise<Practice> {
        return this.json({ method: 'GET', path: '/api/v1/practice' }, options);
    }

    /** What the year of a tenant was, as a page. Right: papers. */
    yearReport(query: { year?: string } = {}, options: Options = {}): Promise<string> {
        return this.text({ method: 'GET', path: '/api/v1/portfolio/report', query }, options);
    }

    /** All such archives. Right: admin. */
    handOvers(options: Options = {}): Promise<HandOvers> {
        return this.json({ method: 'GET', path: '/api/v1/hand-overs' }, options);
    }

    /**
     * Make the archive with which a tenant leaves. Ledger, facts, papers, evidence and audit,
     * signed; without its keys and without lists (`licet portfolio hand-over`). It waits its turn;
     * GET the Location for how far it is. Right: admin.
     */
    handOver(options: Options = {}): Promise<ListId> {
        return this.json({ method: 'POST', path: '/api/v1/hand-overs' }, options);
    }

    /** One such archive. Right: admin. */
    handOverState(id: string, options: Options = {}): Promise<HandOver> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/hand-overs/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /** Remove the archive. 503 while it is being made. Right: admin. */
    removeHandOver(id: string, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/hand-overs/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /** How far it is, as it goes. Right: admin. */
    handOverProgress(id: string, options: Options = {}): AsyncGenerator<HandOverEvent> {
        return this.events(
            {
                method: 'GET',
                path: `/api/v1/hand-overs/${encodeURIComponent(id)}/progress`,
            },
            options,
        );
    }

    /** The archive itself. Right: admin. */
    handOverArchive(id: string, file: string, options: Options = {}): Promise<Blob> {
        return this.blob(
            {
                method: 'GET',
                path: `/api/v1/hand-overs/${encodeURIComponent(id)}/files` +
                    `/${encodeURIComponent(file)}`,
            },
            options,
        );
    }

    /** All lists. Right: lists. */
    lists(options: Options = {}): Promise<ListJobs> {
        return this.json({ method: 'GET', path: '/api/v1/lists' }, options);
    }

    /**
     * Send a list to be screened. CSV or a workbook, of any size. It waits its turn; GET the
     * Location for how far it is. Right: lists.
     */
    addList(
        body: string | Blob,
        query: { name?: string; campaign?: string } = {},
        options: Options = {},
    ): Promise<ListId> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/lists',
                query,
                body,
                media: 'text/csv',
            },
            options,
        );
    }

    /** One list. Right: lists. */
    list(id: string, options: Options = {}): Promise<ListJob> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/lists/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /** Remove a list and its files. 503 while it is being screened. Right: lists. */
    removeList(id: string, options: Options = {}): Promise<void> {
        return this.nothing(
            {
                method: 'DELETE',
                path: `/api/v1/lists/${encodeURIComponent(id)}`,
            },
            options,
        );
    }

    /**
     * How far it is, as it goes. Server-sent events: `progress` at each change, `done` at the end,
     * then the stream ends. Right: lists.
     */
    listProgress(id: string, options: Options = {}): AsyncGenerator<ListEvent> {
        return this.events(
            {
                method: 'GET',
                path: `/api/v1/lists/${encodeURIComponent(id)}/progress`,
            },
            options,
        );
    }

    /** One file of the outcome. Right: lists. */
    listFile(id: string, file: string, options: Options = {}): Promise<Blob> {
        return this.blob(
            {
                method: 'GET',
                path: `/api/v1/lists/${encodeURIComponent(id)}/files/${encodeURIComponent(file)}`,
            },
            options,
        );
    }

    /**
     * The register of facts. organisation.toml of the tenant's folder (docs/papers.md). ETag is of
     * the text too: send it as If-Match to change what you have read. Right: papers.
     */
    organisation(options: Options = {}): Promise<Organisation> {
        return this.json({ method: 'GET', path: '/api/v1/organisation' }, options);
    }

    /**
     * Write the register of facts. A text that cannot be read is not kept, and every fault is told
     * in `problems`. One with open questions is kept: documents that need the answers are not made.
     * Right: publish.
     */
    putOrganisation(
        body: string | Blob,
        query: { dry_run?: string } = {},
        options: Options = {},
    ): Promise<OrganisationKept> {
        return this.json(
            {
                method: 'PUT',
                path: '/api/v1/organisation',
                query,
                body,
                media: 'application/toml',
            },
            options,
        );
    }

    /** All documents, and which are in force. Right: papers. */
    papers(options: Options = {}): Promise<Papers> {
        return this.json({ method: 'GET', path: '/api/v1/papers' }, options);
    }

    /**
     * Publish what has changed. The ledger records hash, version and day; the text is kept. Nothing
     * is published if something is open or contradicts the law: `problems` has all of it. Right:
     * publish.
     */
    publishPapers(body: PublishRequest, options: Options = {}): Promise<PublishedPapers> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/papers/publish',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /** One document. Right: papers. */
    paper(
        document: string,
        query: { in?: string; as?: string; of?: string } = {},
        options: Options = {},
    ): Promise<PaperTwin> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/papers/${encodeURIComponent(document)}`,
                query,
            },
            options,
        );
    }

    /** What is in force beside what would be published. Right: papers. */
    paperDiff(
        document: string,
        query: { in?: string } = {},
        options: Options = {},
    ): Promise<PaperDiff> {
        return this.json(
            {
                method: 'GET',
                path: `/api/v1/papers/${encodeURIComponent(document)}/diff`,
                query,
            },
            options,
        );
    }

    /**
     * The banner of a site. docs/banner.md says what the files are. Choices of visitors come to
     * POST /public/banner, which is no part of this API. Right: papers.
     */
    banner(query: { site?: string } = {}, options: Options = {}): Promise<Banner> {
        return this.json({ method: 'GET', path: '/api/v1/banner', query }, options);
    }

    /** All files of the banner. Right: papers. */
    bannerArchive(query: { site?: string } = {}, options: Options = {}): Promise<Blob> {
        return this.blob({ method: 'GET', path: '/api/v1/banner/archive', query }, options);
    }

    /** One file of the banner. Right: papers. */
    bannerFile(
        file: string,
        query: { site?: string } = {},
        options: Options = {},
    ): Promise<string> {
        return this.text(
            {
                method: 'GET',
                path: `/api/v1/banner/files/${encodeURIComponent(file)}`,
                query,
            },
            options,
        );
    }

    /**
     * A page that shows the banner. For a frame, which sends no header: `?tenant=` names the
     * organisation, as for all that is read. It loads no tracker and sends no choice. Right:
     * papers.
     */
    bannerPreview(
        file: string,
        query: { site?: string } = {},
        options: Options = {},
    ): Promise<string> {
        return this.text(
            {
                method: 'GET',
                path: `/api/v1/banner/preview/${encodeURIComponent(file)}`,
                query,
            },
            options,
        );
    }

    /**
     * Publish this version of the banner. In both languages, each with its picture if Chromium is
     * there; a version that is there is not recorded twice. A site or tracker that contradicts the
     * law or the register is told in `problems`, and nothing is published. Right: publish.
     */
    publishBanner(query: { site?: string } = {}, options: Options = {}): Promise<PublishedShown> {
        return this.json({ method: 'POST', path: '/api/v1/banner/publish', query }, options);
    }

    /** The forms, and the boxes that the law wants. Right: papers. */
    forms(options: Options = {}): Promise<Forms> {
        return this.json({ method: 'GET', path: '/api/v1/forms' }, options);
    }

    /** What a form says, to copy. Right: papers. */
    formSnippet(
        form: string,
        query: { in?: string; as?: string } = {},
        options: Options = {},
    ): Promise<string> {
        return this.text(
            {
                method: 'GET',
                path: `/api/v1/forms/${encodeURIComponent(form)}`,
                query,
            },
            options,
        );
    }

    /** Publish the notice of a form. Right: publish. */
    publishForm(form: string, options: Options = {}): Promise<PublishedShown> {
        return this.json(
            {
                method: 'POST',
                path: `/api/v1/forms/${encodeURIComponent(form)}/publish`,
            },
            options,
        );
    }

    /**
     * Bind a form that was sent to its notice. For the server of a site. The notice must be
     * published; a box that was not ticked is never a yes. Right: record.
     */
    bindForm(body: FormSent, options: Options = {}): Promise<FormBound> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/forms/bind',
                body,
                media: 'application/json',
            },
            options,
        );
    }

    /**
     * Does a message do what its sender owes? A whole message (message/rfc822), or its HTML or text
     * alone. Nothing of it is kept. One that is signed or encrypted is refused. Right: check.
     */
    checkMessage(
        body: string | Blob,
        query: { campaign?: string; at?: string } = {},
        options: Options = {},
    ): Promise<MessageCheck> {
        return this.json(
            {
                method: 'POST',
                path: '/api/v1/messages/check',
                query,
                body,
                media: 'message/rfc822',
            },
            options,
        );
    }

    /** This document. Right: public. */
    openapi(options: Options = {}): Promise<Record<string, unknown>> {
        return this.json({ method: 'GET', path: '/api/v1/openapi.json' }, options);
    }

    /** Is the process alive? Right: public. */
    healthz(options: Options = {}): Promise<string> {
        return this.text({ method: 'GET', path: '/healthz' }, options);
    }

    /** Can it decide? 503 while the law or a ledger is not usable. Right: public. */
    readyz(options: Options = {}): Promise<string> {
        return this.text({ method: 'GET', path: '/readyz' }, options);
    }

    /**
     * Numbers for Prometheus. Open to the machine itself; from elsewhere with a token that has the
     * right `tokens`. Right: public.
     */
    metrics(options: Options = {}): Promise<string> {
        return this.text({ method: 'GET', path: '/metrics' }, options);
    }
}
