// SPDX-License-Identifier: Apache-2.0
//
// The answers of the form as a campaign file (docs/campaign.md). What was left empty is left out: a
// fact that nobody gave is unknown, and the rows that hang on it are to be checked.

export interface CampaignAnswers {
    name: string;
    channel: string;
    purpose: string;
    sector: string;
    country: string;
    at: string;
    sender: string;
    kind: string;
    source: string;
    origin: string;
    informed: string;
    optout_offered: string;
    same_sender: string;
    balancing_test: string;
    occupations: string;
}

/** A TOML text. JSON's escapes are TOML's, but for U+007F, which TOML wants escaped. */
function quoted(text: string): string {
    return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

function lines(pairs: [string, string | boolean][]): string[] {
    return pairs
        .filter(([, value]) => value !== '')
        .map(
            ([key, value]) =>
                `${key} = ${typeof value === 'string' ? quoted(value.trim()) : value}`,
        );
}

export function tomlOf(form: CampaignAnswers): string {
    const occupations = form.occupations
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean);
    return [
        ...lines([
            ['name', form.name],
            ['channel', form.channel],
            ['purpose', form.purpose],
            ['sector', form.sector],
            ['country', form.country],
            ['at', form.at],
            ['agent', 'human'],
            ['mass', true],
        ]),
        '',
        '[sender]',
        ...lines([
            ['name', form.sender],
            ['kind', form.kind],
        ]),
        ...(occupations.length > 0
            ? ['', '[offer]', `occupations = [${occupations.map(quoted).join(', ')}]`]
            : []),
        '',
        '[list]',
        ...lines([
            ['source', form.source],
            ['origin', form.origin],
            ['informed', form.informed],
            ['optout_offered', form.optout_offered],
            ['same_sender', form.same_sender],
        ]),
        ...(form.balancing_test
            ? ['', '[facts]', ...lines([['balancing_test', form.balancing_test]])]
            : []),
        '',
    ].join('\n');
}
