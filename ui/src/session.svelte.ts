// SPDX-License-Identifier: Apache-2.0
//
// Who is at the console, for which tenant, and the words of the law in the reader's language.
import * as api from './api';
import { keep, kept } from './kept';
import { isLanguageChosen, language, setLanguage } from './texts.svelte';

type Phase = 'starting' | 'signed_out' | 'signed_in';

const state = $state<{
    phase: Phase;
    session: api.Session | undefined;
    tenant: string;
    vocabulary: api.Vocabulary | undefined;
    problem: unknown;
    hasEnded: boolean;
}>({
    phase: 'starting',
    session: undefined,
    tenant: '',
    vocabulary: undefined,
    problem: undefined,
    hasEnded: false,
});

export const who = {
    get phase() {
        return state.phase;
    },
    get user() {
        return state.session?.user;
    },
    get role() {
        return state.session?.user.role;
    },
    get tenants() {
        return state.session?.tenants ?? [];
    },
    get tenant() {
        return state.tenant;
    },
    get version() {
        return state.session?.version ?? '';
    },
    get vocabulary() {
        return state.vocabulary;
    },
    /** Why the words of the law could not be read, if so. */
    get problem() {
        return state.problem;
    },
    /** True if the server ended the session while the console was in use. */
    get hasEnded() {
        return state.hasEnded;
    },
};

/** Says whether whoever is signed in may do that; the server decides in any case. */
export function may(permission: api.Permission): boolean {
    return state.session?.may.includes(permission) ?? false;
}

async function readWords(): Promise<void> {
    try {
        state.vocabulary = await api.vocabulary();
        state.problem = undefined;
    } catch (problem) {
        state.problem = problem;
    }
}

function begin(session: api.Session): void {
    state.session = session;
    state.hasEnded = false;
    api.sending.csrf = session.csrf;
    const wanted = session.tenants.find(({ id }) => id === kept('tenant')) ?? session.tenants[0];
    setTenant(wanted?.id ?? '');
    if (session.user.language && !isLanguageChosen()) setLanguage(session.user.language);
    state.phase = 'signed_in';
    void readWords();
}

/** Asks whether there is a session already. */
export async function start(): Promise<void> {
    try {
        begin(await api.session.current());
    } catch {
        state.phase = 'signed_out';
    }
}

/** Errors: Problem, as the server gives it. */
export async function signIn(name: string, password: string): Promise<void> {
    begin(await api.session.begin(name, password));
}

function forget(hasEnded: boolean): void {
    api.sending.csrf = '';
    state.session = undefined;
    state.vocabulary = undefined;
    state.hasEnded = hasEnded;
    state.phase = 'signed_out';
}

export async function signOut(): Promise<void> {
    try {
        await api.session.end();
    } finally {
        forget(false);
    }
}

export function setTenant(id: string): void {
    state.tenant = id;
    api.sending.tenant = id;
    keep('tenant', id);
}

/** Changes the language of the console and of what the server says. */
export async function speak(chosen: api.Language): Promise<void> {
    if (chosen === language()) return;
    setLanguage(chosen);
    if (state.phase === 'signed_in') await readWords();
}

/** Asks again for the words of the law, after a problem. */
export const retryWords = readWords;

export async function refresh(): Promise<void> {
    const session = await api.session.current();
    state.session = session;
    api.sending.csrf = session.csrf;
}

api.onSignedOut(() => {
    if (state.phase === 'signed_in') forget(true);
});
