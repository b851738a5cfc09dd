// SPDX-License-Identifier: Apache-2.0
// licet's own WebAssembly, asked from the same Node as its peers. LICET_WASM names a module that
// exports `open(files)`: of packs as [{path, text}] it makes an object whose `decide(question,
// facts)`, facts by name as words and numbers, gives {verdict}. Without it the row says so.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const name = "licet, WebAssembly in Node";
export const gives = "answer";
export const isBuilt = Boolean(process.env.LICET_WASM);
export const version = "own";

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, "utf8") }));

export const open = async (policy, packs) => {
  const module = await import(pathToFileURL(resolve(process.env.LICET_WASM)));
  const law = await module.open(filesIn(packs));
  const days = policy.facts.filter((fact) => fact.from !== undefined).map((fact) => fact.name);
  const common = { country: "aa", at: "2026-11-26" };
  return {
    decide: (facts) => law.decide("contact", facts).verdict,
    prepare: (facts) => {
      const typed = { ...common, ...facts };
      for (const day of days)
        if (day in typed) typed[day] = new Date(typed[day] * 86400000).toISOString().slice(0, 10);
      return typed;
    },
  };
};
