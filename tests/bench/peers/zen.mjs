// SPDX-License-Identifier: Apache-2.0
// Zen: one decision table, first hit, a column a fact; created once.
import { ZenEngine } from "@gorules/zen-engine";
import { conditions } from "./policy.mjs";

export const package_name = "@gorules/zen-engine";
export const name = "zen-engine";
export const gives = "rule";

const cell = ({ is, among, least, most }) => {
  if (is !== undefined) return `"${is}"`;
  if (among) return among.map((word) => `"${word}"`).join(", ");
  if (least !== undefined && most !== undefined) return `[${least}..${most}]`;
  return least === undefined ? `<= ${most}` : `>= ${least}`;
};

export const open = (policy) => {
  const used = new Set(policy.rules.flatMap((rule) => Object.keys(rule.when)));
  const columns = policy.facts.map((fact) => fact.name).filter((fact) => used.has(fact));
  const content = {
    hitPolicy: "first",
    inputs: columns.map((fact) => ({ id: fact, name: fact, field: fact })),
    outputs: [{ id: "rule", name: "rule", field: "rule" }],
    rules: policy.rules.map((rule) => ({
      _id: rule.id,
      ...Object.fromEntries(columns.map((fact) => [fact, ""])),
      ...Object.fromEntries(conditions(rule).map(([fact, wanted]) => [fact, cell(wanted)])),
      rule: `"${rule.id}"`,
    })),
  };
  const nodes = [
    { id: "in", type: "inputNode", name: "in", position: { x: 0, y: 0 } },
    { id: "table", type: "decisionTableNode", name: "table", position: { x: 1, y: 0 }, content },
    { id: "out", type: "outputNode", name: "out", position: { x: 2, y: 0 } },
  ];
  const edges = [
    { id: "1", type: "edge", sourceId: "in", targetId: "table" },
    { id: "2", type: "edge", sourceId: "table", targetId: "out" },
  ];
  const decision = new ZenEngine().createDecision({ nodes, edges });
  return {
    decide: async (facts) => (await decision.evaluate(facts)).result.rule,
    prepare: (facts) => facts,
  };
};
