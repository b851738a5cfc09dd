// SPDX-License-Identifier: Apache-2.0
// One engine on one policy: peer.mjs ENGINE POLICY.json PACKS ANSWERS.json
//
// Asks it all requests and compares each answer with licet's; only then times it, and asks it once
// without the fact that is withheld. Prints one line of JSON. An engine is a file beside this one:
//
//     name, package_name    what the table calls it; where its version stands
//     gives                 "rule" if it names the deciding rule, "answer" if only yes or no
//     open(policy, packs)   -> decide(prepared), may be a promise
//                              prepare(facts)    makes what its interface takes; not timed
//                              variants          other settings, for the withheld fact only
import { readFileSync } from "node:fs";
import { Policy } from "./policy.mjs";

const kRequests = 10000;
const kRepetitions = 5;
const kRepetitionMs = 100;

const [engineFile, policyPath, packs, answersPath] = process.argv.slice(2);
const engine = await import(`./${engineFile}.mjs`);
const policy = new Policy(policyPath);
const licet = JSON.parse(readFileSync(answersPath, "utf8"));
const answerOf = Object.fromEntries(policy.rules.map((rule) => [rule.id, rule.answer]));

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`../../../node_modules/${name}/package.json`, import.meta.url)))
    .version;

const requests = policy.requests(kRequests);
if (licet.answers.length !== kRequests) throw new Error("licet answered other requests");
const undecided = policy.rules.map((rule) => rule.id).filter((id) => !licet.rules.includes(id));
if (undecided.length) throw new Error(`no request is decided by ${undecided[0]}`);

const { decide, prepare, variants = {} } = await engine.open(policy, packs);
const prepared = requests.map(prepare);
const isPromise = decide(prepared[0]) instanceof Promise;

// Processor time of all threads, as policy_bench takes it: the clock on the wall would count the
// neighbours on a shared machine too.
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const begun = cpuMs();
for (let i = 0; i < kRequests; i++) {
  const found = await decide(prepared[i]);
  const [rule, answer] = [licet.rules[i], licet.answers[i]];
  const isSame = engine.gives === "rule" ? found === rule && answerOf[found] === answer
                                         : found === answer;
  if (!isSame)
    throw new Error(`${engine.name}, request ${i}: licet says ${answer} (${rule}), it ${found}`);
}

const comparedMs = cpuMs() - begun;

// A look at the clock costs more than a fast decision: between two of them lie about 5 ms.
const batch = Math.min(kRequests, Math.ceil((5 * kRequests) / comparedMs));
let place = 0;
let kept = 0;  // what is used is not optimised away
const ask = async (count) => {
  for (let i = 0; i < count; i++) {
    const decided = decide(prepared[place++ % kRequests]);
    kept += (isPromise ? await decided : decided).length;
  }
};
const one = async () => {
  const start = cpuMs();
  let done = 0;
  for (; cpuMs() - start < kRepetitionMs; done += batch) await ask(batch);
  return ((cpuMs() - start) * 1e6) / done;
};
const ns = [];
for (let repetition = 0; repetition < kRepetitions; repetition++) ns.push(await one());
if (kept === 0) throw new Error("nothing was decided");

const without = async (decideOther) => {
  try {
    const found = await decideOther(prepare(policy.withheldRequest));
    return answerOf[found] ?? found;
  } catch (error) {
    return `error (${String(error.message ?? error).split("\n")[0].slice(0, 60)})`;
  }
};
const withheld = [await without(decide)];
for (const [setting, other] of Object.entries(variants))
  withheld.push(`${await without(other)} with ${setting}`);

console.log(JSON.stringify({
  name: engine.name,
  version: engine.version ?? versionOf(engine.package_name),
  ns,
  withheld: withheld.join("; "),
  compared: kRequests,
  gives: engine.gives,
}));
process.exit(0);  // an engine may keep threads
