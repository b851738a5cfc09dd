// SPDX-License-Identifier: Apache-2.0
// licet's WebAssembly asked by columns, one row a call. A batch decides each situation once and
// knows it again after that, so this is the time of a situation that was met before.
import { common, readLaw, words } from "./wasm_law.mjs";

export const name = "licet, WebAssembly, columns, a row a call";
export const gives = "answer";
export const version = "own";

const kRequests = 10000;  // as many as peer.mjs draws

export const open = async (policy, packs) => {
  const law = await readLaw(packs);
  const met = [...policy.requests(kRequests), policy.withheldRequest]
    .map((facts) => words(policy, facts));
  const columns = policy.facts.map(({ name: fact }) => ({
    fact,
    values: [...new Set(met.map((facts) => facts[fact]).filter((value) => value !== undefined))],
  }));
  const places = columns.map(({ values }) => new Map(values.map((value, i) => [value, i])));
  const batch = law.batch({ question: "contact", facts: common(policy) }, columns);
  const room = batch.rows(1);
  const answers = Array.from({ length: 256 }, (_, code) => law.answerName("contact", code));
  let views = [];
  let answer = room.answers();
  const look = () => {
    views = columns.map((_, c) => room.codes(c));
    answer = room.answers();
  };
  look();
  const unknown = 65535;
  return {
    decide: (codes) => {
      if (answer.length === 0) look();  // the module's memory has grown
      for (let c = 0; c < codes.length; c++) views[c][0] = codes[c];
      room.decide(1);
      if (answer.length === 0) look();
      return answers[answer[0]];
    },
    prepare: (facts) => {
      const given = words(policy, facts);
      return columns.map(({ fact }, c) => places[c].get(given[fact]) ?? unknown);
    },
  };
};
