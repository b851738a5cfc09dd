// SPDX-License-Identifier: Apache-2.0
//
// Writes src/ledger/phone_plan.inc (numbering plans) and src/ledger/testdata/phones.csv (numbers
// and what the oracle says of them) from the metadata of the npm package libphonenumber-js.
//
//     npm install libphonenumber-js            (in a folder of its own)
//     node tools/phone_plan.mjs <that folder>/node_modules/libphonenumber-js
//
// The plan is part of the frozen normaliser phone/e164/1: calling codes and trunk prefixes decide
// the bytes of tokens. A newer package may add countries and lengths; if it changes a code or a
// trunk prefix of a line that stands, that is a new normaliser, not a new file.
// Nothing here is left to chance: the same package gives the same bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const home = resolve(process.argv[2] ?? "node_modules/libphonenumber-js");
const { Metadata, parsePhoneNumberFromString } = await import(join(home, "max/index.js"));
const metadata = JSON.parse(readFileSync(join(home, "metadata.max.json"), "utf8"));
const version = JSON.parse(readFileSync(join(home, "package.json"), "utf8")).version;
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const plan_of = (iso) => {
    const reader = new Metadata(metadata);
    reader.selectNumberingPlan(iso);
    return reader.numberingPlan;
};
const matches = (pattern, digits) => new RegExp(`^(?:${pattern})$`).test(digits);

// A linear congruential generator (Numerical Recipes), so that samples are the same everywhere.
let state = 2026;
const below = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
};
const digits = (n) => Array.from({ length: n }, () => below(10)).join("");

// Countries whose fixed and mobile lines are told apart: the EEA, Switzerland, the United Kingdom.
// France and its overseas have their own rules in phone.cpp.
const kWithLines = (
    "AT BE BG CH CY CZ DE DK EE ES FI GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
).split(" ");

/// One letter for each pair of first digits: m mobile, f fixed, o other or mixed.
function lines_of(iso) {
    const plan = plan_of(iso);
    const mobile = plan.type("MOBILE")?.pattern();
    const fixed = plan.type("FIXED_LINE")?.pattern();
    let letters = "";
    for (let pair = 0; pair < 100; ++pair) {
        const first = String(pair).padStart(2, "0");
        const seen = new Set();
        for (const length of plan.possibleLengths()) {
            for (let i = 0; i < 400; ++i) {
                const number = first + digits(length - 2);
                const is_mobile = mobile && matches(mobile, number);
                const is_fixed = fixed && matches(fixed, number);
                if (is_mobile) seen.add("m");
                if (is_fixed) seen.add("f");
            }
        }
        letters += seen.size === 1 ? [...seen][0] : "o";
    }
    return letters;
}

/// Leading digits that tell the smaller countries of a shared calling code.
function shared_prefixes() {
    const rows = [];
    for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
        if (countries.length < 2 || ["590", "262"].includes(code)) continue;
        for (const iso of countries.slice(1)) {
            const leading = plan_of(iso).leadingDigits();
            if (!leading) continue;
            for (const first of prefixes_of(leading)) rows.push([code, first, iso.toLowerCase()]);
        }
    }
    // Canada has no leading digits of its own: its area codes are those of its valid numbers.
    const canada = plan_of("CA").type("FIXED_LINE").pattern();
    for (let area = 200; area < 1000; ++area) {
        const hits = Array.from({ length: 60 }, () => area + String(2 + below(8)) + digits(6));
        if (hits.some((n) => matches(canada, n))) rows.push(["1", String(area), "ca"]);
    }
    return rows.sort((a, b) => (a[0] + " " + a[1] < b[0] + " " + b[1] ? -1 : 1));
}

/// Shortest digit strings (at most five) all of whose continuations begin with `pattern`.
function prefixes_of(pattern) {
    const begins = new RegExp(`^(?:${pattern})`);
    const found = [];
    for (let length = 1; length <= 5; ++length) {
        for (let n = 0; n < 10 ** length; ++n) {
            const text = String(n).padStart(length, "0");
            if (begins.test(text) && !found.some((p) => text.startsWith(p))) found.push(text);
        }
    }
    return found;
}

function write_plan() {
    const out = [
        "// SPDX-License-Identifier: Apache-2.0",
        "//",
        `// Made by tools/phone_plan.mjs from the npm package libphonenumber-js ${version}`,
        "// (metadata: Apache-2.0).",
        "// Part of the frozen normaliser phone/e164/1: see the tool for what may change.",
        "",
        "// calling code, country (the first of those that share it), trunk prefix, possible",
        "// lengths of the national number as bits (bit n = n digits)",
        "constexpr PlanRow kPlan[] = {",
    ];
    const main_of = metadata.country_calling_codes;
    const lengths_of = (iso) => plan_of(iso).possibleLengths().filter((n) => n <= 15);
    const mask = (list) => "0x" + list.reduce((bits, n) => bits | (1 << n), 0).toString(16);
    for (const code of Object.keys(main_of).sort()) {
        const iso = main_of[code][0];
        // Not Canada's seven digits: they would read every local number of the Americas as whole.
        const members = code === "1" ? [iso] : main_of[code];
        const lengths = [...new Set(members.flatMap(lengths_of))];
        const name = /^\d/.test(iso) ? "" : iso.toLowerCase();
        const trunk = plan_of(iso).nationalPrefix() || "";
        out.push(`    {"${code}", "${name}", "${trunk}", ${mask(lengths)}},`);
    }
    // Numbers that belong to no country (satellite, freephone).
    for (const [code, plan] of Object.entries(metadata.nonGeographic ?? {}).sort()) {
        const lengths = plan[3].filter((n) => n <= 15);
        if (!main_of[code]) out.push(`    {"${code}", "", "", ${mask(lengths)}},`);
    }
    out.push("};", "", "// country -> its calling code, where another country comes first for it");
    out.push("constexpr CodeRow kOtherCountries[] = {");
    for (const [code, list] of Object.entries(main_of).sort())
        for (const iso of list.slice(1)) out.push(`    {"${iso.toLowerCase()}", "${code}"},`);
    out.push("};", "", "// calling code, first digits, country: the smaller ones of a shared code");
    out.push("constexpr SharedRow kShared[] = {");
    for (const row of shared_prefixes()) out.push(`    {"${row.join('", "')}"},`);
    const about = "// country, a letter for each first two digits: mobile, fixed, other or mixed";
    out.push("};", "", about);
    out.push("constexpr LineRow kLines[] = {");
    for (const iso of kWithLines) {
        const text = lines_of(iso);
        const halves = [text.slice(0, 50), text.slice(50)];
        out.push(`    {"${iso.toLowerCase()}", {"${halves[0]}",`, `            "${halves[1]}"}},`);
    }
    out.push("};", "");
    writeFileSync(join(root, "src/ledger/phone_plan.inc"), out.join("\n"));
}

// --- numbers for the test, with the oracle's reading

const kFrench = [
    "0199001234", "0261910123", "0353010123", "0465710123", "0536490123", "0639980123",
    "0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "+33 (0)6 12 34 56 78",
    "+33612345678", "0033612345678", "612345678", "tel:+33-6-12-34-56-78", "33612345678",
    "01 23 45 67 89", "09 72 12 34 56", "0801234567", "+33 06 12 34 56 78", "0756123456",
];

function write_numbers() {
    const rows = [];
    const add = (text, country) => {
        const parsed = parsePhoneNumberFromString(text, country.toUpperCase() || undefined);
        if (parsed) rows.push(`${text};${country};${parsed.number}`);
    };
    for (const text of kFrench) add(text, "fr");
    for (const first of ["1", "2", "3", "4", "5", "6", "7", "9"])
        for (let i = 0; i < 5; ++i) {
            let rest = digits(8);
            // Overseas numbers are read otherwise than by the oracle, on purpose: phone_test.cpp.
            while (/^(26[239]|59[0468]|69|639|70|939|947|976)/.test(first + rest)) rest = digits(8);
            add("0" + first + rest, "fr");
        }
    const overseas = [
        ["590", "0690", "gp"], ["594", "0694", "gf"], ["596", "0696", "mq"], ["262", "0692", "re"],
    ];
    for (const [code, first, iso] of overseas)
        for (let i = 0; i < 4; ++i) {
            const rest = digits(6);
            add(`+${code}${first.slice(1)}${rest}`, "");
            add(first + rest, iso);
        }
    const more = "US CA MA DZ TN SN CI JP AU RU IN CN TR IL ZA".split(" ");
    const abroad = [...kWithLines, ...more];
    for (const iso of abroad) {
        const plan = plan_of(iso);
        for (const kind of ["MOBILE", "FIXED_LINE", "MOBILE", "FIXED_LINE"]) {
            const pattern = plan.type(kind)?.pattern();
            const lengths = plan.possibleLengths();
            for (let i = 0; pattern && i < 20000; ++i) {
                const number = digits(lengths[below(lengths.length)]);
                if (!matches(pattern, number)) continue;
                add(`+${plan.callingCode()} ${number.slice(0, 3)} ${number.slice(3)}`, "");
                add((plan.nationalPrefix() || "") + number, iso.toLowerCase());
                break;
            }
        }
    }
    const head = [
        "# number;country;E.164 as an independent program reads it",
        `# Made by tools/phone_plan.mjs with the npm package libphonenumber-js ${version}.`,
    ];
    const text = [...head, ...new Set(rows), ""].join("\n");
    writeFileSync(join(root, "src/ledger/testdata/phones.csv"), text);
}

write_plan();
write_numbers();
