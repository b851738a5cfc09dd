// SPDX-License-Identifier: Apache-2.0
//
// The law's own words (facts, answers, countries), as the server worded them in its vocabulary.
import type { Fact, Labelled } from './api';
import { who } from './session.svelte';
import { language, t, tOr } from './texts.svelte';

export function capital(text: string): string {
    return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

export function factOf(name: string): Fact | undefined {
    return who.vocabulary?.facts.find((one) => one.name === name);
}

/** Names a fact: in one word where a form asks for it at once, else as the vocabulary does. */
export function factLabel(name: string): string {
    return tOr(`fact_name.${name}`, capital(factOf(name)?.label ?? name));
}

export function valueLabel(name: string, value: string): string {
    const fact = factOf(name);
    if (fact?.type === 'country') return countryLabel(value);
    const word = fact?.words.find(({ id }) => id === value)?.label;
    if (word) return word;
    return tOr(`value.${value}`, value);
}

export function questions(): Labelled[] {
    return who.vocabulary?.questions ?? [];
}

export function answerLabel(question: string, answer: string): string {
    const own = who.vocabulary?.questions
        .find(({ id }) => id === question)
        ?.answers.find(({ id }) => id === answer)?.label;
    return own ?? tOr(`answer.${answer}`, answer);
}

export function dutyLabel(duty: string): string {
    return who.vocabulary?.duties.find(({ id }) => id === duty)?.label ?? duty;
}

export function countryLabel(code: string): string {
    if (code === 'eu') return t('country.eu');
    try {
        return new Intl.DisplayNames(language(), { type: 'region' }).of(code.toUpperCase()) ?? code;
    } catch {
        return code;
    }
}

/** Those that may be chosen for a fact of type country: the fact's own words, or the world's. */
export function countryChoices(words: Labelled[]): Labelled[] {
    const codes = words.length > 0 ? words.map(({ id }) => id) : worldCodes;
    return codes
        .map((id) => ({ id, label: countryLabel(id) }))
        .sort((one, other) => one.label.localeCompare(other.label, language()));
}

const worldCodes = (
    'at be bg ca ch cy cz de dk ee es eu fi fr gb gr hr hu ie is it li lt lu lv mt ' +
    'nl no pl pt ro se si sk us'
).split(' ');

export function backgrounds(): Labelled[] {
    return (who.vocabulary?.backgrounds ?? []).map((one) =>
        typeof one === 'string'
            ? { id: one, label: tOr(`background.${one}`, one) }
            : { id: one.id, label: tOr(`background.${one.id}`, one.label || one.id) },
    );
}
