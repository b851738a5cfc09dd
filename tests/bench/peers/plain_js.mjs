// SPDX-License-Identifier: Apache-2.0
// What a programmer would write by hand: the floor of what any engine on Node can reach.
import { conditions } from "./policy.mjs";

export const name = "hand-written JavaScript";
export const gives = "rule";
export const version = process.version.slice(1);

const test = ([fact, { is, among, least, most }]) => {
  if (is !== undefined) return `f.${fact} === "${is}"`;
  if (among) return `(${among.map((word) => `f.${fact} === "${word}"`).join(" || ")})`;
  return [least === undefined ? [] : `f.${fact} >= ${least}`,
          most === undefined ? [] : `f.${fact} <= ${most}`].flat().join(" && ");
};

export const open = (policy) => {
  const lines = policy.rules.map((rule) =>
    `if (${conditions(rule).map(test).join(" && ") || "true"}) return "${rule.id}";`);
  return { decide: new Function("f", lines.join("\n")), prepare: (facts) => facts };
};
