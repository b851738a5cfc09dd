// SPDX-License-Identifier: Apache-2.0
// json-rules-engine: the first rule that holds stops the engine. Rules of one rank are evaluated
// side by side, so a rank is a place within a country. Of conditions too only those of one priority
// end the test early: the country has its own.
import { Engine } from "json-rules-engine";
import { conditions } from "./policy.mjs";

export const package_name = "json-rules-engine";
export const name = "json-rules-engine";
export const gives = "rule";

const tests = ([fact, { is, among, least, most }]) => {
  if (is !== undefined) return [{ fact, operator: "equal", value: is }];
  if (among) return [{ fact, operator: "in", value: among }];
  return [
    ...(least === undefined ? [] : [{ fact, operator: "greaterThanInclusive", value: least }]),
    ...(most === undefined ? [] : [{ fact, operator: "lessThanInclusive", value: most }]),
  ];
};

const engineOf = (policy, options) => {
  const engine = new Engine([], options);
  const ranks = new Map();
  for (const rule of policy.rules) {
    const rank = ranks.get(rule.when.country) ?? 1000;
    ranks.set(rule.when.country, rank - 1);
    const all = conditions(rule).flatMap(tests);
    for (const test of all) if (test.fact === "country") test.priority = 2;
    if (!all.length) all.push({ fact: "channel", operator: "notEqual", value: "" });
    engine.addRule({
      conditions: { all },
      event: { type: rule.id },
      priority: rank,
      onSuccess: () => engine.stop(),
    });
  }
  return async (facts) => (await engine.run(facts)).events[0].type;
};

export const open = (policy) => ({
  decide: engineOf(policy, {}),
  prepare: (facts) => facts,
  variants: { "allowUndefinedFacts": engineOf(policy, { allowUndefinedFacts: true }) },
});
