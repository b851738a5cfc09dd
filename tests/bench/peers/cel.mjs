// SPDX-License-Identifier: Apache-2.0
// CEL: one expression, parsed once; rules of one country stand under one test of the country.
import { Environment } from "@marcbachmann/cel-js";
import { conditions } from "./policy.mjs";

export const package_name = "@marcbachmann/cel-js";
export const name = "cel-js (@marcbachmann)";
export const gives = "rule";

const test = ([fact, { is, among, least, most }]) => {
  if (is !== undefined) return `${fact} == "${is}"`;
  if (among) return `${fact} in [${among.map((word) => `"${word}"`).join(", ")}]`;
  return [least === undefined ? [] : `${fact} >= ${least}`,
          most === undefined ? [] : `${fact} <= ${most}`].flat().join(" && ");
};

const chain = (rules) =>
  rules.reduceRight((rest, rule) => {
    const tests = conditions(rule).filter(([fact]) => fact !== "country").map(test);
    return tests.length ? `${tests.join(" && ")} ? "${rule.id}" : (${rest})` : `"${rule.id}"`;
  }, `""`);

export const open = (policy) => {
  const environment = new Environment({ limits: { maxDepth: 1000 } });
  for (const fact of policy.facts)
    environment.registerVariable(fact.name, fact.values ? "string" : "int");
  const countries = [...new Set(policy.rules.map((rule) => rule.when.country))];
  const expression = countries.reduceRight((rest, country) => {
    const own = chain(policy.rules.filter((rule) => rule.when.country === country));
    return country === undefined ? own : `country == "${country}" ? (${own}) : (${rest})`;
  }, `""`);
  const program = environment.parse(expression);
  const numbers = policy.facts.filter((fact) => !fact.values).map((fact) => fact.name);
  return {
    decide: (facts) => program(facts),
    prepare: (facts) => {  // CEL's int is JavaScript's BigInt
      const typed = { ...facts };
      for (const fact of numbers) if (fact in typed) typed[fact] = BigInt(typed[fact]);
      return typed;
    },
  };
};
