// SPDX-License-Identifier: Apache-2.0
//
// Keys of the console: `g` and a letter goes to a screen, `?` lists them, `/` goes to the search
// of a screen. They are silent while somebody types, and can be switched off (WCAG 2.1.4).
import { keep, kept } from './kept';
import { go } from './router.svelte';
import type { Screen } from './screens';

const state = $state({ isOn: kept('shortcuts') !== 'off' });
let goesAt = -Infinity;

export function areShortcutsOn(): boolean {
    return state.isOn;
}

export function setShortcuts(isOn: boolean): void {
    state.isOn = isOn;
    keep('shortcuts', isOn ? 'on' : 'off');
}

function isTyping(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement &&
        (target.matches('input, select, textarea') || target.isContentEditable)
    );
}

/** Does what a key says; `screens` are those that may be gone to. */
export function onKey(event: KeyboardEvent, screens: Screen[]): void {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!state.isOn || !isPlain || isTyping(event.target) || document.querySelector('dialog[open]'))
        return;
    const isSecond = event.timeStamp - goesAt < 1500;
    goesAt = event.key === 'g' && !isSecond ? event.timeStamp : -Infinity;
    if (isSecond) {
        const screen = screens.find(({ key }) => key === event.key);
        if (screen) go(screen.path);
    } else if (event.key === '?') {
        go('/help');
    } else if (event.key === '/') {
        const search = document.querySelector<HTMLElement>('main input[type="search"]');
        if (!search) return;
        event.preventDefault();
        search.focus();
    }
}
