// SPDX-License-Identifier: Apache-2.0
// casbin: a column a condition, "*" for any; the first line that matches decides. A rule with a
// list of words is a line a word, because equality is its fastest test.
import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { conditions } from "./policy.mjs";

export const package_name = "casbin";
export const name = "casbin";
export const gives = "answer";

// The cells of one fact: a list of alternatives, each one cell, or two for a number.
const alternatives = ({ values }, { is, among, least = 0, most = 1000000 } = {}) => {
  if (!values) return [[least, most]];
  return (among ?? [is ?? "*"]).map((word) => [word]);
};

const linesOf = (rule, facts) => {
  const wanted = Object.fromEntries(conditions(rule));
  const rows = facts.reduce((lines, fact) =>
    lines.flatMap((line) => alternatives(fact, wanted[fact.name]).map((one) => [...line, ...one])),
    [[]]);
  return rows.map((row) =>
    ["p", ...row, rule.answer === "allowed" ? "allow" : "deny"].join(", "));
};

export const open = async (policy) => {
  const used = new Set(policy.rules.flatMap((rule) => Object.keys(rule.when)));
  const facts = policy.facts.filter((fact) => used.has(fact.name));
  const columns = facts.flatMap((fact) =>
    fact.values ? [fact.name] : [`${fact.name}_least`, `${fact.name}_most`]);
  const matcher = facts.map(({ name: fact, values }) => values
    ? `(p.${fact} == "*" || r.facts.${fact} == p.${fact})`
    : `r.facts.${fact} >= p.${fact}_least && r.facts.${fact} <= p.${fact}_most`).join(" && ");
  const model = newModelFromString(`[request_definition]
r = facts
[policy_definition]
p = ${columns.join(", ")}, eft
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = ${matcher}`);
  const lines = policy.rules.flatMap((rule) => linesOf(rule, facts));
  const enforcer = await newEnforcer(model, new StringAdapter(lines.join("\n")));
  return {
    decide: (request) => (enforcer.enforceSync(request) ? "allowed" : "forbidden"),
    prepare: (request) => request,
  };
};
