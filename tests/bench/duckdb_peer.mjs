// SPDX-License-Identifier: Apache-2.0
// The nearest job that DuckDB does: read the list, lower and trim the address, make a pseudonym
// with a key (MD5, the only hash that it shares with nothing stronger), drop what is suppressed,
// write two files. It knows no law; its count of suppressed rows must be licet's count of
// objections.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { DuckDBInstance } from "@duckdb/node-api";

const folder = process.argv[2];
const expected = Number(readFileSync(`${folder}/objections`, "utf8"));
const times = [];
let rows = 0;
for (let run = 0; run < 5; run++) {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const db = await instance.connect();
  const start = performance.now();
  await db.run(`CREATE TABLE s AS SELECT md5('key' || lower(trim(column0))) AS token
                FROM read_csv('${folder}/suppressed.txt', header=false,
                              columns={'column0':'VARCHAR'})`);
  await db.run(`CREATE TABLE l AS
                SELECT *, md5('key' || lower(trim("Email"))) IN (SELECT token FROM s)
                AS stop
                FROM read_csv('${folder}/list.csv', all_varchar=true)`);
  await db.run(`COPY (SELECT * FROM l WHERE NOT stop) TO '${folder}/kept.csv'`);
  await db.run(`COPY (SELECT * FROM l WHERE stop) TO '${folder}/stopped.csv'`);
  times.push((performance.now() - start) / 1000);
  const count = await db.runAndReadAll("SELECT count(*) FILTER (stop), count(*) FROM l");
  const [stopped, all] = count.getRows()[0].map(Number);
  rows = all;
  if (stopped !== expected)
    throw new Error(`answers differ: DuckDB stopped ${stopped}, licet ${expected}`);
}
times.sort((a, b) => a - b);
const rate = String(Math.round(rows / times[2])).padStart(8);
console.log(`DuckDB, suppression   ${rate} rows/s  (keyed MD5, no law)`);
