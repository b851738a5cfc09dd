#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures licet and its peers in one run. Answers are compared before anything is timed.
# usage: run.sh BUILD_FOLDER      (ROWS=1000000 SUPPRESSED=1000000 by default)
# ONLY=decisions leaves out the ledger and the screening.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows=${ROWS:-1000000}
suppressed=${SUPPRESSED:-1000000}

# licet's own WebAssembly is among the peers where the build made it.
if [ -f "$build/wasm/licet.wasm" ]; then export LICET_WASM="$build/wasm/licet.wasm"; fi

# The same policies for all: ten rules, and an invented law of 30 countries with 300.
python3 "$here/make_law.py" > "$work/law.json"
python3 "$here/make_packs.py" "$here/policy.json" "$work/policy_packs"
python3 "$here/make_packs.py" "$work/law.json" "$work/law_packs"

echo "# Decisions, from coded facts: the real law, and 30 invented countries"
"$build/decision_bench" "$work/law.json" "$work/law_packs" \
    --benchmark_repetitions=5 --benchmark_report_aggregates_only=true \
    2> /dev/null | grep -E 'median|Benchmark'

echo
echo "# The same rules, 10,000 requests each: licet and its peers, median (range) of a decision"
"$build/policy_bench" "$here/policy.json" "$work/policy_packs" > "$work/policy_answers.json"
"$build/policy_bench" "$work/law.json" "$work/law_packs" > "$work/law_answers.json"
node "$here/peers/peers.mjs" \
    "10 rules" "$here/policy.json" "$work/policy_packs" "$work/policy_answers.json" \
    "300 rules" "$work/law.json" "$work/law_packs" "$work/law_answers.json"
[ "${ONLY:-}" != decisions ] || exit 0

echo
echo "# Durable appends in groups of 1, 100, 1,000: a plain file, SQLite alone, PostgreSQL, licet"
"$build/append_bench" "$work" --benchmark_repetitions=3 --benchmark_report_aggregates_only=true \
    2> /dev/null | grep -E 'median|Benchmark'

echo
echo "# The ledger: seals, tree, verifying, looking up"
"$build/ledger_bench" "$work" --benchmark_repetitions=3 --benchmark_report_aggregates_only=true \
    2> /dev/null | grep -E 'median|Benchmark'

echo
echo "# Standings of 10 M persons with a history and 10 M who said stop, in one mapped file"
"$build/standing_bench" "$work" --benchmark_repetitions=3 --benchmark_report_aggregates_only=true \
    2> /dev/null | grep -E 'median|Benchmark'

echo
echo "# Screening $rows rows against $suppressed suppressions, one core"
python3 "$here/make_list.py" "$work" "$rows" "$suppressed"
"$build/licet" init "$work/space" > /dev/null
"$build/licet" -w "$work/space" suppress --file "$work/suppressed.txt" > /dev/null
cp "$here/campaign.toml" "$work/"
python3 "$here/time_screen.py" "$build/licet" "$work" "$rows"
taskset -c 0 node "$here/duckdb_peer.mjs" "$work"
taskset -c 0 node "$here/node_peer.mjs" "$work"

echo
echo "# The steps of a screening, in memory, one core"
taskset -c 0 "$build/screening_bench" "$work/list.csv" "$work/suppressed.txt" "$here/campaign.toml"
