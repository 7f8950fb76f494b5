#!/usr/bin/env bash
# Time per byte and peak memory of `rolecall analyze` as the corpus grows: benches/linearity.sh CORPUS.csv [MB ...]
#
# CORPUS.csv has the id in its first column, such as ../shared/tools/peers/make_corpus.py writes. For each size (10 100 500
# 2000) its records are repeated under fresh ids and piped in, so that nothing of that size is stored but the report, in a
# folder under TMPDIR that is removed. BINARY (default: target/release/rolecall) is run with the options in OPTIONS. Needs GNU time.
set -euo pipefail
if [ $# -lt 1 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
corpus=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
binary=${BINARY:-$here/../target/release/rolecall}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grow='
import csv, sys
megabytes, path = float(sys.argv[1]), sys.argv[2]
csv.field_size_limit(10**9)
class Out:
    count = 0
    def write(self, text):
        data = text.encode()
        Out.count += len(data)
        sys.stdout.buffer.write(data)
rows = list(csv.reader(open(path, newline="", encoding="utf-8", errors="replace")))
writer, number = csv.writer(Out(), lineterminator="\n"), 0
writer.writerow(rows[0])
while Out.count < megabytes * 1e6:
    for row in rows[1:]:
        number += 1
        writer.writerow([f"r{number}", *row[1:]])
        if Out.count >= megabytes * 1e6:
            break
'
printf '%8s %8s %10s %12s %10s\n' MB 'CPU s' 'ns/byte' 'MB/CPU s' 'peak MB'
for megabytes in "${@:-10 100 500 2000}"; do
  for size in $megabytes; do
    # shellcheck disable=SC2086
    python3 -c "$grow" "$size" "$corpus" |
      command time -o "$work/time" -f '%U %S %M' "$binary" analyze - --input-format csv --out "$work/report" --quiet ${OPTIONS:-}
    awk -v mb="$size" '{ cpu = $1 + $2; printf "%8d %8.2f %10.1f %12.1f %10.0f\n", mb, cpu, cpu * 1e3 / mb, mb / cpu, $3 / 1024 }' "$work/time"
    rm -rf "$work/report"
  done
done
