#!/usr/bin/env bash
# `rolecall analyze` beside what data people would run instead, in one interleaved run: benches/peers.sh [MB] [RUNS]
#
# Builds the release, makes a corpus of MB megabytes (100) from the shared postings, runs each tool RUNS times (5) in turn on
# all cores and prints medians and ratios. Needs GNU time, ../shared/tools/peers, and in VENV (default: venv) a Python with
# polars and duckdb. PEERS names the tools (polars_inflect duckdb_inflect). Only a quiet machine gives wall times that mean
# something; the last column is the load average when a run began.
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-100} runs=${2:-5}
tools=$PWD/../shared/tools/peers
if [ ! -d "$tools" ]; then
  echo "$tools is missing: it holds the other tools and the postings to make a corpus of" >&2
  exit 2
fi
export VENV=${VENV:-venv}
if [ ! -x "$VENV/bin/python" ]; then
  echo "VENV=$VENV has no bin/python; make it: python3 -m venv $VENV && $VENV/bin/pip install polars duckdb" >&2
  exit 2
fi
cargo build --release --locked
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$tools/make_corpus.py" "$megabytes" "$work/corpus.csv" \
  ../shared/corpora/pm_postings.csv ../shared/corpora/other_postings.csv
export OURS="$PWD/target/release/rolecall analyze {in} --out {out}/report --quiet"
# shellcheck disable=SC2086
"$tools/run.sh" "$work/corpus.csv" "$work/times.tsv" "$runs" ours ${PEERS:-polars_inflect duckdb_inflect}
python3 - "$work/times.tsv" <<'PY'
import collections, statistics, sys
runs, failed = collections.defaultdict(list), {}
for line in open(sys.argv[1]):
    name, megabytes, wall, cpu, memory, _, _, code, load = line.split("\t")
    if code != "0":
        failed[name] = code
        continue
    runs[name].append((float(wall), float(cpu), float(memory), float(megabytes)))
median = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in runs.items()}
print(f"{'tool':16} {'wall s':>8} {'CPU s':>8} {'MB/CPU s':>9} {'MB RSS':>8} {'ours is faster by':>18}")
for name, (wall, cpu, memory, megabytes) in median.items():
    ratio = wall / median["ours"][0]
    print(f"{name:16} {wall:8.2f} {cpu:8.2f} {megabytes / cpu:9.1f} {memory:8.0f} {ratio:18.1f}")
for name, code in failed.items():
    print(f"{name:16} ended with code {code}: left out")
PY
