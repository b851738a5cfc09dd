// SPDX-License-Identifier: Apache-2.0
//
// What the console says: ids in the code, words in texts/fr.json and texts/en.json, one line a
// text, `{argument}` inside. A component says its words anew when the language changes.
//
//     t('law.at')   t('help.version', { version })   tn('law.found', 12): law.found.one or .other
import { sending, type Language } from './api';
import en from '../texts/en.json';
import fr from '../texts/fr.json';
import { kept, keep } from './kept';

export type TextId = keyof typeof fr;
type Arguments = Record<string, string | number>;

const catalogues: Record<Language, Record<string, string>> = { fr, en };

function wished(): Language {
    const chosen = kept('language') ?? navigator.language.slice(0, 2);
    return chosen === 'fr' ? 'fr' : 'en';
}

const spoken = $state<{ language: Language }>({ language: wished() });
sending.language = spoken.language;
document.documentElement.lang = spoken.language;

export function language(): Language {
    return spoken.language;
}

export function setLanguage(chosen: Language): void {
    keep('language', chosen);
    sending.language = chosen;
    document.documentElement.lang = chosen;
    spoken.language = chosen;
}

/** True once the reader has chosen; until then the browser's wish counts. */
export function isLanguageChosen(): boolean {
    return kept('language') !== undefined;
}

function filled(text: string, given: Arguments): string {
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
}

export function t(id: TextId, given: Arguments = {}): string {
    return filled(catalogues[spoken.language][id] ?? id, given);
}

/** Gives the text of an id made at run time, such as that of a role, or `otherwise`. */
export function tOr(id: string, otherwise: string): string {
    return catalogues[spoken.language][id] ?? otherwise;
}

/** Says how many: `id.one` or `id.other`, with {count}. */
export function tn(id: string, count: number, given: Arguments = {}): string {
    const form = new Intl.PluralRules(spoken.language).select(count) === 'one' ? 'one' : 'other';
    const text = catalogues[spoken.language][`${id}.${form}`] ?? id;
    return filled(text, { count: number(count), ...given });
}

// ---- numbers and days as the reader writes them -------------------------------------------------
const region = { fr: 'fr-FR', en: 'en-GB' };

export function number(value: number): string {
    return new Intl.NumberFormat(region[spoken.language]).format(value);
}

/** Words an amount of whole euros. */
export function euros(value: number): string {
    return new Intl.NumberFormat(region[spoken.language], {
        style: 'currency',
        currency: 'EUR',
        maximumFractionDigits: 0,
    }).format(value);
}

export function percent(part: number, whole: number): string {
    const share = whole > 0 ? part / whole : 0;
    const few = share > 0 && share < 0.1 ? 1 : 0;
    if (share > 0 && share < 0.001) return `< ${percent(1, 1000)}`;
    return new Intl.NumberFormat(region[spoken.language], {
        style: 'percent',
        maximumFractionDigits: few,
    }).format(share);
}

/** Words a day (`2026-11-23`) or the day of a moment; other texts stay as they are. */
export function day(text: string | null | undefined): string {
    const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? '');
    if (!match) return text ?? '';
    const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
    return new Intl.DateTimeFormat(region[spoken.language], {
        dateStyle: 'long',
        timeZone: 'UTC',
    }).format(date);
}

export function moment(text: string): string {
    const date = new Date(text);
    if (!/T/.test(text) || Number.isNaN(date.getTime())) return day(text);
    return new Intl.DateTimeFormat(region[spoken.language], {
        dateStyle: 'medium',
        timeStyle: 'short',
    }).format(date);
}

export function bytes(count: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
    const step = Math.min(3, Math.floor(Math.log10(Math.max(1, count)) / 3));
    return new Intl.NumberFormat(region[spoken.language], {
        style: 'unit',
        unit: units[step],
        unitDisplay: 'short',
        maximumFractionDigits: step > 1 ? 1 : 0,
    }).format(count / 1000 ** step);
}

export function today(): string {
    const now = new Date();
    const two = (value: number) => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
