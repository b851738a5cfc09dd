// SPDX-License-Identifier: Apache-2.0
// The form in which a policy is given to every engine, and requests drawn from it.
//
//   facts     {name, values}             one of some words; `draw`, if there, is drawn from instead
//             {name, least, most}        a whole number
//             {name, from, before}       a day; engines get it as days since 1970
//   rules     {id, answer, when}         the first whose conditions all hold decides; the last has
//                                        none but perhaps the country
//   when      {fact: word}, {fact: [words]}, {fact: {least, most}}, {fact: {from, before}}
//   withheld  {fact, known}              a request in which that fact is not supplied
//
// Who changes it (`by`) only matters to licet.
import { readFileSync } from "node:fs";

export const dayNumber = (day) => Date.parse(`${day}T00:00Z`) / 86400000;

/** Conditions as engines get them: [fact, {is}], [fact, {among}] or [fact, {least, most}]. */
export const conditions = (rule) =>
  Object.entries(rule.when).map(([fact, wanted]) => {
    if (typeof wanted === "string") return [fact, { is: wanted }];
    if (Array.isArray(wanted)) return [fact, { among: wanted }];
    const { least, most, from, before } = wanted;
    return [fact, {
      least: from === undefined ? least : dayNumber(from),
      most: before === undefined ? most : dayNumber(before) - 1,
    }];
  });

const value = (fact, number) => {
  if (fact.values) return (fact.draw ?? fact.values)[number % (fact.draw ?? fact.values).length];
  if (fact.from === undefined) return fact.least + (number % (fact.most - fact.least + 1));
  const [from, before] = [fact.from, fact.before].map(dayNumber);
  return from + (number % (before - from));
};

export class Policy {
  constructor(path) {
    Object.assign(this, JSON.parse(readFileSync(path, "utf8")));
  }

  /** The same requests as policy.cpp and make_packs.py draw. */
  requests(count) {
    let seed = 12345;
    const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8;
    return Array.from({ length: count }, () =>
      Object.fromEntries(this.facts.map((fact) => [fact.name, value(fact, next())])));
  }

  /** Without the fact that is withheld. */
  get withheldRequest() {
    return Object.fromEntries(this.facts.flatMap(({ name, from }) => {
      const known = this.withheld.known[name];
      if (known === undefined) return [];
      return [[name, from === undefined ? known : dayNumber(known)]];
    }));
  }

  isText(name) {
    return this.facts.find((fact) => fact.name === name).values !== undefined;
  }
}
