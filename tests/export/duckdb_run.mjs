// SPDX-License-Identifier: Apache-2.0
//
// Runs scripts and one query in a new DuckDB and writes the query's rows as JSON.
//
//     {"scripts": ["CREATE ...", ...], "query": "SELECT ..."}  ->  [["a", "allowed"], ...]
import { DuckDBInstance } from '@duckdb/node-api';

let text = '';
for await (const part of process.stdin) text += part;
const { scripts, query } = JSON.parse(text);

const connection = await (await DuckDBInstance.create(':memory:')).connect();
for (const script of scripts) await connection.run(script);
const reader = await connection.runAndReadAll(query);
process.stdout.write(JSON.stringify(reader.getRowsJson()));
