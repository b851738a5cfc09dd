// SPDX-License-Identifier: Apache-2.0
//
// What this browser remembers: how the reader wants the console (language, theme, tenant,
// shortcuts), and nothing about anybody. A browser that keeps nothing is a browser all the same.

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
