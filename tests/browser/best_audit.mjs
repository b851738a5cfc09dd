// SPDX-License-Identifier: Apache-2.0
//
// An audit answered as a company without fault would, in one dialogue of the command line, each
// answer with a document.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { person, profile } from './console_server.mjs';

const best = {
    'COO-07': 'consentement',
    'B2B-05': 'aucun_suivi',
    'INF-02': '1,2,3,4,5,6,7,8,9,10,11,12,13,14',
    'B2C-03': '1,2,3,4,5,6',
    'TEL-02': '1,2,3,4,5,6,7,8,9',
    'SEC-04': '1,2,4',
};
const bestOf = { yn: 'yes', ynp: 'yes', num: '0', table: '1/1' };

/** Answers what is open. `licet` runs a command, given its words and its input; the document is
    written into `folder`. An audit that has begun already goes on. */
export function answerBest(licet, folder, hasBegun = false) {
    // Where the one person of the ledger comes from is measured too.
    licet(['record', 'collected', '--email', person, '--on', '2026-10-01', '--surface', 'form',
        '-a', 'origin=person_other']);
    if (!hasBegun) licet(['audit', 'start']);
    for (const [question, answer] of Object.entries(profile))
        licet(['audit', 'answer', '-q', question, '-a', answer]);
    const proof = join(folder, 'proof.txt');
    writeFileSync(proof, 'a document that proves it');
    const shown = JSON.parse(licet(['audit', 'show', '--json'])).questions;
    const types = Object.fromEntries(shown.map((one) => [one.id, one.type]));
    const lines = JSON.parse(licet(['audit', 'score', '--json']))
        .questions.filter((one) => !one.answered)
        .flatMap((one) => [best[one.id] ?? bestOf[types[one.id]], proof]);
    licet(['audit', 'answer'], `${lines.join('\n')}\n`);
}
