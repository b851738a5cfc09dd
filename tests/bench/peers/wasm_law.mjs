// SPDX-License-Identifier: Apache-2.0
// The packs of a policy in licet's own WebAssembly, for the two rows that ask it. LICET_WASM names
// licet.wasm; without it the rows say "not built".
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { load } from "../../../wasm/licet.mjs";

export const isBuilt = Boolean(process.env.LICET_WASM);

const filesIn = (folder) =>
  Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()
    .map((path) => [relative(folder, path), readFileSync(path, "utf8")]));

export const readLaw = async (packs) =>
  (await load(readFileSync(process.env.LICET_WASM))).read(filesIn(packs));

/** What every request is about besides the facts of the policy. */
export const common = (policy) => {
  const of = (name) => policy.facts.some((fact) => fact.name === name);
  return {
    ...(of("country") ? {} : { country: "aa" }),
    ...(of("at") ? {} : { at: "2026-11-26" }),
  };
};

/** Facts as licet writes them: days as days. */
export const words = (policy, facts) => {
  const days = policy.facts.filter((fact) => fact.from !== undefined).map((fact) => fact.name);
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name,
    days.includes(name) ? new Date(value * 86400000).toISOString().slice(0, 10) : String(value)]));
};
