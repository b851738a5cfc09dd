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

/** Whether a wanted change is a condition on a fact ("within 12 months of at"), not its value. */
export function isCondition(change: string): boolean {
    return change.includes(' ');
}

export function questions(): Labelled[] {
    return (who.vocabulary?.questions ?? []).map(({ id, label }) => ({
        id,
        label: tOr(`question.${id}`, label ?? id),
    }));
}

export function answerLabel(question: string, answer: string): string {
    const own = who.vocabulary?.questions
        .find(({ id }) => id === question)
        ?.answers.find(({ id }) => id === answer)?.label;
    return own ?? tOr(`answer.${answer}`, answer);
}

export function dutyLabel(duty: string): string {
    return who.vocabulary?.duties?.find(({ id }) => id === duty)?.label ?? duty;
}

export function countryLabel(code: string): string {
    if (code === 'eu') return t('country.eu');
    try {
        return new Intl.DisplayNames(language(), { type: 'region' }).of(code.toUpperCase()) ?? code;
    } catch {
        return code;
    }
}

/** The places whose law is known, and any other a fact names, by name. */
export function countryChoices(): Labelled[] {
    return (who.vocabulary?.countries ?? [])
        .map((id) => ({ id, label: countryLabel(id) }))
        .sort((one, other) => one.label.localeCompare(other.label, language()));
}

/** The sets of facts that a trial may start from (packs/facts.md). */
const backgroundIds = [
    'ordinary_offer',
    'clean',
    'first_call',
    'collected_by_us',
    'conformant_message',
    'conformant_script',
    'own_customer',
    'valid_consent',
] as const;

export function backgrounds(): Labelled[] {
    return backgroundIds.map((id) => ({ id, label: t(`background.${id}`) }));
}
