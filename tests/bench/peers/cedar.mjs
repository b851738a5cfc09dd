// SPDX-License-Identifier: Apache-2.0
// Cedar: policies parsed once. Where any `forbid` holds, the answer is no; without a `permit` as
// well. So a rule that allows is a permit, and one that forbids is a forbid unless a permit that
// comes before it holds. Country and channel, if there, are resource and action; the rest, context.
import { createRequire } from "node:module";
import { conditions } from "./policy.mjs";

export const package_name = "@cedar-policy/cedar-wasm";
export const name = "cedar-wasm";
export const gives = "answer";

const { preparsePolicySet, statefulIsAuthorized } =
  createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");

const test = ([fact, { is, among, least, most }]) => {
  if (is !== undefined) return `context.${fact} == "${is}"`;
  if (among) return `[${among.map((word) => `"${word}"`).join(", ")}].contains(context.${fact})`;
  return [least === undefined ? [] : `context.${fact} >= ${least}`,
          most === undefined ? [] : `context.${fact} <= ${most}`].flat().join(" && ");
};

const actions = (rule) => [rule.when.channel ?? []].flat();
const meet = (a, b) =>
  a.when.country === b.when.country &&
  (!a.when.channel || !b.when.channel || actions(a).some((one) => actions(b).includes(one)));
const body = (rule) => conditions(rule)
  .filter(([fact]) => fact !== "country" && fact !== "channel").map(test).join(" && ") || "true";

const scope = (rule) => {
  const action = actions(rule).map((one) => `Action::"${one}"`);
  const country = rule.when.country ? `resource == Country::"${rule.when.country}"` : "resource";
  if (!action.length) return `(principal, action, ${country})`;
  if (action.length === 1) return `(principal, action == ${action[0]}, ${country})`;
  return `(principal, action in [${action.join(", ")}], ${country})`;
};

// A permit that comes before a forbid, as the forbid must see it: with its channel.
const exception = (permit, forbid) => {
  const own = actions(forbid);
  const isNarrower = permit.when.channel &&
    !(own.length && own.every((one) => actions(permit).includes(one)));
  const words = actions(permit).map((one) => `Action::"${one}"`).join(", ");
  return `(${isNarrower ? `action in [${words}] && ` : ""}${body(permit)})`;
};

const isDefault = (rule) => conditions(rule).every(([fact]) => fact === "country");

export const open = (policy) => {
  const staticPolicies = {};
  policy.rules.forEach((rule, place) => {
    if (isDefault(rule) && rule.answer === "forbidden") return;  // what nothing permits is denied
    const effect = rule.answer === "allowed" ? "permit" : "forbid";
    const before = effect === "permit" ? [] : policy.rules.slice(0, place).filter((other) =>
      other.answer === "allowed" && meet(other, rule));
    const unless = before.map((other) => exception(other, rule)).join(" || ");
    staticPolicies[rule.id] = `${effect} ${scope(rule)} when { ${body(rule)} }` +
      (unless ? ` unless { ${unless} };` : ";");
  });
  const parsed = preparsePolicySet(policy.rules[0].id, { staticPolicies });
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
  const words = { allow: "allowed", deny: "forbidden" };
  return {
    decide: (call) => {
      const answer = statefulIsAuthorized(call);
      if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
      return words[answer.response.decision];
    },
    prepare: ({ country, channel, ...context }) => ({
      principal: { type: "Sender", id: "us" },
      action: { type: "Action", id: channel },
      resource: { type: "Country", id: country ?? "aa" },
      context,
      entities: [],
      preparsedPolicySetId: policy.rules[0].id,
    }),
  };
};
