// SPDX-License-Identifier: Apache-2.0
// Makes a script for browsers smaller: without comments, with short names. The same input and the
// same packages (package-lock.json) give the same bytes.
//
// usage: minify.mjs IN OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

import { minifySync } from 'vite';

const [input, output] = process.argv.slice(2);
if (!output) {
    console.error('usage: minify.mjs IN OUT');
    process.exit(2);
}
const { code, errors } = minifySync(basename(input), readFileSync(input, 'utf8'), {
    compress: { target: 'es2020' },
    mangle: true,
});
if (errors.length) {
    for (const { message } of errors) console.error(`${input}: ${message}`);
    process.exit(1);
}
writeFileSync(output, code);
