// SPDX-License-Identifier: Apache-2.0
//
// What somebody would write who needs the same answer without licet: an HTTP server that looks an
// address up in a Map and answers as JSON. Usage: node serve_peer.mjs PORT PEOPLE
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const objections = new Map();
for (let i = 0; i < Number(process.argv[3]); ++i)
    objections.set(createHash('sha256').update(`p${i}@example.com`).digest('hex'), true);

createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
        const asked = JSON.parse(Buffer.concat(pieces).toString('utf8'));
        const email = asked.email.trim().toLowerCase();
        const token = createHash('sha256').update(email).digest('hex');
        const verdict = objections.has(token) ? 'forbidden' : asked.facts.consent === 'given'
            ? 'allowed' : 'forbidden';
        const body = JSON.stringify({ verdict, question: 'contact', facts: asked.facts });
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(body);
    });
}).listen(Number(process.argv[2]), '127.0.0.1');
