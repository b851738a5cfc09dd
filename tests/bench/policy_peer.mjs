// SPDX-License-Identifier: Apache-2.0
// json-rules-engine on the same ten rules and the same requests: answers first, then time.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { Engine } from "json-rules-engine";

const policy = JSON.parse(readFileSync(process.argv[2], "utf8"));
const [timing, ...answers] = readFileSync(process.argv[3], "utf8").trim().split("\n");

let seed = 12345;
const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8;
const requests = Array.from({ length: 10000 }, () =>
  Object.fromEntries(policy.facts.map(([name, values]) => [name, values[next() % values.length]])));

// First rule that holds decides: the higher priority runs first and stops the engine.
const engine = new Engine();
policy.rules.forEach(([id, answer, when], index) => {
  const all = Object.entries(when).map(([fact, value]) => ({ fact, operator: "equal", value }));
  engine.addRule({
    conditions: { all: all.length ? all : [{ fact: "channel", operator: "notEqual", value: "" }] },
    event: { type: id, params: { answer } },
    priority: policy.rules.length - index,
    onSuccess: () => engine.stop(),
  });
});
const decide = async (facts) => (await engine.run(facts)).events[0].type;

for (let i = 0; i < requests.length; i++) {
  const found = await decide(requests[i]);
  if (found !== answers[i])
    throw new Error(`request ${i}: licet says ${answers[i]}, the peer ${found}`);
}
const rounds = [];
for (let round = 0; round < 5; round++) {
  const start = performance.now();
  for (const request of requests) await decide(request);
  rounds.push(((performance.now() - start) * 1e6) / requests.length);
}
rounds.sort((a, b) => a - b);
const ours = Number(timing);
console.log(`licet, dense table    ${ours.toFixed(1).padStart(10)} ns a decision`);
const theirs = rounds[2].toFixed(0).padStart(10);
const ratio = Math.round(rounds[2] / ours);
console.log(`json-rules-engine     ${theirs} ns a decision  (ratio ${ratio})`);
