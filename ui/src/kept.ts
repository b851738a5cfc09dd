// SPDX-License-Identifier: Apache-2.0
//
// What this browser remembers: how the reader wants the console (language, theme, tenant,
// shortcuts), on which day it last showed an organisation, and nothing about anybody. A browser
// that keeps nothing is a browser all the same.

export type Kept = 'language' | 'theme' | 'tenant' | 'shortcuts';

export function kept(name: Kept): string | undefined {
    try {
        return localStorage.getItem(`licet.${name}`) ?? undefined;
    } catch {
        return undefined;
    }
}

export function keep(name: Kept, value: string): void {
    try {
        localStorage.setItem(`licet.${name}`, value);
    } catch {
        // It counts until the page is left.
    }
}

/**
 * The day before today on which this browser last showed that organisation; undefined if there is
 * none. Today counts as a visit from now on.
 */
export function lastVisit(tenant: string, today: string): string | undefined {
    const name = `licet.visit.${tenant}`;
    try {
        const [last = '', before = ''] = (localStorage.getItem(name) ?? '').split(' ');
        const earlier = last < today ? last : before;
        localStorage.setItem(name, earlier ? `${today} ${earlier}` : today);
        return earlier || undefined;
    } catch {
        return undefined;
    }
}
