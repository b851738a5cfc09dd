// SPDX-License-Identifier: Apache-2.0
//
// Where one is: what stands after `#`, which a browser never sends to the server.
//
//     #/law?country=fr&at=2026-08-11   ->   path "/law", query {country, at}
//
// What is typed about a person never enters it: history and bookmarks would keep it.

import { untrack } from 'svelte';

export interface Place {
    path: string;
    query: Record<string, string>;
}

function placeOf(hash: string): Place {
    const [path = '', asked = ''] = hash.replace(/^#/, '').split('?');
    return {
        path: path.replace(/\/+$/, '') || '/',
        query: Object.fromEntries(new URLSearchParams(asked)),
    };
}

const here = $state<{ place: Place }>({ place: placeOf(location.hash) });
addEventListener('hashchange', () => {
    here.place = placeOf(location.hash);
});

export function place(): Place {
    return here.place;
}

/** Gives what stands for `:id` at the end of the path; empty if it is no text. */
export function lastPart(): string {
    try {
        return decodeURIComponent(here.place.path.split('/').at(-1) ?? '');
    } catch {
        return '';
    }
}

export function hrefOf(path: string, query: Record<string, string> = {}): string {
    const asked = new URLSearchParams(
        Object.entries(query).filter(([, value]) => value),
    ).toString();
    return `#${path}${asked ? `?${asked}` : ''}`;
}

export function go(path: string, query: Record<string, string> = {}): void {
    location.hash = hrefOf(path, query);
}

/** Notes in the address what is looked at, without a step in the history. */
export function note(query: Record<string, string>): void {
    // Whoever notes where they are does not follow it.
    history.replaceState(
        null,
        '',
        hrefOf(
            untrack(() => here.place.path),
            query,
        ),
    );
}
