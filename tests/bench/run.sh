#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures licet and its peers in one run. Answers are compared before anything is timed.
# usage: run.sh BUILD_FOLDER      (ROWS=1000000 SUPPRESSED=1000000 by default)
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows=${ROWS:-1000000}
suppressed=${SUPPRESSED:-1000000}

echo "# Decisions, from coded facts (real law)"
"$build/decision_bench" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true \
    2> /dev/null | grep -E 'median|Benchmark'

echo
echo "# The same policy of ten rules, 10,000 requests: licet and json-rules-engine"
"$build/policy_bench" "$here/policy.json" > "$work/licet.answers"
node "$here/policy_peer.mjs" "$here/policy.json" "$work/licet.answers"

echo
echo "# Screening $rows rows against $suppressed suppressions, one core"
python3 "$here/make_list.py" "$work" "$rows" "$suppressed"
"$build/licet" init "$work/space" > /dev/null
"$build/licet" -w "$work/space" suppress --file "$work/suppressed.txt" > /dev/null
cp "$here/campaign.toml" "$work/"
python3 "$here/time_screen.py" "$build/licet" "$work" "$rows"
node "$here/duckdb_peer.mjs" "$work"
