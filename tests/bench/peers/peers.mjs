// SPDX-License-Identifier: Apache-2.0
// licet and its peers on the same policies, as one Markdown table:
//     peers.mjs NAME POLICY.json PACKS ANSWERS.json [NAME POLICY.json PACKS ANSWERS.json ...]
// Each engine has a process of its own. A peer that answers otherwise than licet ends the run.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isBuilt } from "./wasm_law.mjs";

const kEngines = ["plain_js", "cel", "casbin", "zen", "json_rules_engine", "cedar"];

const policies = [];
for (let i = 2; i + 3 < process.argv.length; i += 4) {
  const [title, path, packs, answers] = process.argv.slice(i, i + 4);
  policies.push({ title, path, packs, answers, licet: JSON.parse(readFileSync(answers, "utf8")) });
}

const run = (engine, { path, packs, answers }) => {
  const peer = fileURLToPath(new URL("peer.mjs", import.meta.url));
  const done = spawnSync(process.execPath, [peer, engine, path, packs, answers],
                         { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr || `${engine} ended by ${done.signal}`);
  return JSON.parse(done.stdout);
};

const sorted = (ns) => [...ns].sort((a, b) => a - b);
const median = (ns) => sorted(ns)[ns.length >> 1];
const figure = (ns) =>
  ns >= 100 ? Math.round(ns).toLocaleString("en-US") : ns.toFixed(1);
const timed = (ns, ours) => {
  const all = sorted(ns);
  const range = `${figure(all[0])} to ${figure(all.at(-1))}`;
  const ratio = median(ns) / ours;
  const worded = ratio >= 10 ? Math.round(ratio).toLocaleString("en-US") : ratio.toFixed(1);
  return [`${figure(median(ns))} (${range})`, worded];
};
const print = (cells) => console.log(`| ${cells.join(" | ")} |`);

print(["engine", "version", ...policies.flatMap(({ title }) => [`${title}, ns`, "ratio"]),
       "objection unknown"]);
print(["---", "---", ...policies.flatMap(() => ["--:", "--:"]), "---"]);

// Ratios are to licet's fastest way with the whole policy, in process: the dense block if it fits
// into one, else the walk of its diagram.
const ours = policies.map(({ licet: { rows } }) => median(rows["dense block"] ?? rows.walk));
for (const row of ["dense block", "walk", "from words", "in full, from words"]) {
  const cells = policies.flatMap(({ licet }, i) =>
    licet.rows[row] ? timed(licet.rows[row], ours[i]) : ["-", "-"]);
  print([`licet, C++, ${row}`, "own", ...cells, policies[0].licet.withheld]);
}
if (!isBuilt)
  print(["licet, WebAssembly", "-", ...policies.flatMap(() => ["not built", "-"]), "-"]);

for (const engine of [...(isBuilt ? ["licet_wasm", "licet_wasm_words"] : []), ...kEngines]) {
  const found = policies.map((policy) => run(engine, policy));
  const answers = [...new Set(found.map((one) => one.withheld))];
  print([found[0].name, found[0].version,
         ...found.flatMap(({ ns }, i) => timed(ns, ours[i])), answers.join(" / ")]);
}
