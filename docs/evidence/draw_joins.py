#!/usr/bin/env python3
"""Draw positions where a sentence join may hide, from all of them.

  draw_joins.py SEED COUNT [EXCLUDE.csv ...] < pm_postings.csv > drawn.jsonl

A position is the place before an upper-case letter that follows, without a space, a lower-case
letter or a mark (. ! ? : ; ) ] % + * , quotes and the ellipsis). Output: id, offset in bytes of
the description, and the text around it, for judging by hand; only id, offset and verdict are
kept in the repository.
"""
import csv, json, random, sys

MARKS = set('.!?:;)]%+*,"\'\u2018\u2019\u201c\u201d\u2026')
csv.field_size_limit(10**9)


def positions(text):
    for at in range(1, len(text)):
        if text[at].isupper() and (text[at - 1].islower() or text[at - 1] in MARKS):
            yield at


seed, count = int(sys.argv[1]), int(sys.argv[2])
seen = {(r['id'], int(r['offset'])) for name in sys.argv[3:] for r in csv.DictReader(open(name))}
rows = {r['id']: r['description'] for r in csv.DictReader(sys.stdin)}
pool = [(key, at) for key, text in rows.items() for at in positions(text)]
byte = lambda key, at: len(rows[key][:at].encode())
pool = [(key, at) for key, at in pool if not seen or (key, byte(key, at)) not in seen]
print(len(pool), 'positions in', len(rows), 'documents', file=sys.stderr)
for key, at in sorted(random.Random(seed).sample(pool, count)):
    text = rows[key]
    print(json.dumps({'id': key, 'offset': byte(key, at),
                      'text': text[max(0, at - 60):at] + '\u2016' + text[at:at + 45]}, ensure_ascii=False))
