// SPDX-License-Identifier: Apache-2.0
//
// Light, dark, or as the system has it. tokens.css reads the attribute; without one it asks the
// system.
import { keep, kept } from './kept';

export type Theme = 'system' | 'light' | 'dark';

const chosen = $state<{ theme: Theme }>({ theme: 'system' });

export function theme(): Theme {
    return chosen.theme;
}

export function setTheme(wanted: string): void {
    chosen.theme = wanted === 'light' || wanted === 'dark' ? wanted : 'system';
    keep('theme', chosen.theme);
    if (chosen.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen.theme;
}

setTheme(kept('theme') ?? 'system');
