// SPDX-License-Identifier: Apache-2.0
// licet's WebAssembly asked for a whole verdict: facts by name as JSON, answer, reasons, duties,
// what is missing and what would help as JSON.
import { common, readLaw, words } from "./wasm_law.mjs";

export const name = "licet, WebAssembly, whole verdict from words";
export const gives = "answer";
export const version = "own";

export const open = async (policy, packs) => {
  const law = await readLaw(packs);
  const always = common(policy);
  return {
    decide: (text) => JSON.parse(law.decideText(text, "en")).verdict,
    prepare: (facts) => JSON.stringify({ facts: { ...always, ...words(policy, facts) } }),
  };
};
