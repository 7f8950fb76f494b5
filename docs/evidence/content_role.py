#!/usr/bin/env python3
"""Cross-validates the thresholds of the content role: content_role.py [BINARY]. Standard library only.

Analyses the coded postings of ../shared as its score.py does (no title, names of roles masked), reads the counts from
documents.csv and applies the rule of docs/design.md. Prints the figures of the defaults, of the rule without its
parts, and of thresholds chosen on four fifths of the documents and scored on the fifth, over ten random splits.
"""
import csv, itertools, os, random, re, subprocess, sys, tempfile

csv.field_size_limit(10**9)
here = os.path.dirname(os.path.abspath(__file__))
shared = os.path.join(here, "..", "..", "..", "shared")
binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/rolecall"
ROLES = ("product", "project", "program")
MASK = re.compile(r"\b(product|project|program(me)?|technical program)s?[\s-]+(manager|management|mgr|owner|coordinator|lead|director)s?\b", re.I)
DEFAULTS = dict(units=3, responsibilities=6, variety=0.3, density=0.12, share=0.4, margin=0.1, tie=True)
MANY = 10
GRID = [dict(zip(DEFAULTS, values)) for values in itertools.product(
    (3, 4), (4, 6, 8), (0, 0.2, 0.3), (0, 0.08, 0.12, 0.15), (0.34, 0.4, 0.45), (0.05, 0.1, 0.15), (False, True))]


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts(gold):
    postings = [r for name in ("other_postings", "pm_postings") for r in rows(f"{shared}/corpora/{name}.csv") if r["id"] in gold]
    with tempfile.TemporaryDirectory() as place:
        with open(f"{place}/masked.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("id", "title", "description"), *((r["id"], "", MASK.sub(" ", r["description"])) for r in postings)])
        subprocess.run([binary, "analyze", f"{place}/masked.csv", "--out", f"{place}/out", "--quiet"], check=True)
        return {r["document_id"]: r for r in rows(f"{place}/out/documents.csv")}


def role(row, t):
    labelled, shown, countable = (int(row[name]) for name in ("counted_role_labelled", "counted_responsibilities", "countable"))
    needed = max(t["responsibilities"], min(MANY, t["variety"] * countable))
    if labelled < t["units"] or shown < needed or labelled < t["density"] * countable:
        return "none"
    share = {r: int(row[f"counted_{r}"]) / labelled for r in ROLES}
    if t["tie"] and share["program"] == max(share.values()) and share["program"] >= t["share"]:
        return "program"
    first, second = sorted(ROLES, key=lambda r: -share[r])[:2]
    return first if share[first] >= t["share"] and share[first] - share[second] >= t["margin"] - 1e-9 else "mixed"


def figures(pairs):
    f1 = [2 * sum(a == r == b for a, b in pairs) / max(1, sum(a == r for a, _ in pairs) + sum(b == r for _, b in pairs)) for r in ROLES]
    return sum(a == b for a, b in pairs) / len(pairs), sum(f1) / 3


gold = {r["id"]: r["content_role"] for r in rows(f"{shared}/gold/documents_dev.csv")}
got = counts(gold)
ids = sorted(gold)
for name, change in (("defaults", {}), ("program needs the lead, too", dict(tie=False)), ("a share of one half, too", dict(tie=False, share=0.5)),
                     ("as many responsibilities in long texts as in short ones", dict(variety=0)),
                     ("no least density, no least responsibilities", dict(density=0, responsibilities=0, variety=0))):
    print("{}: exact {:.3f}, macro-F1 {:.3f}".format(name, *figures([(gold[i], role(got[i], DEFAULTS | change)) for i in ids])))
said = [{i: role(got[i], t) for i in ids} for t in GRID]
scores = []
for seed in range(10):
    order = ids[:]
    random.Random(seed).shuffle(order)
    pairs = []
    for fold in range(5):
        held, train = order[fold::5], [i for at, i in enumerate(order) if at % 5 != fold]
        best = max(range(len(GRID)), key=lambda g: sum(figures([(gold[i], said[g][i]) for i in train])))
        pairs += [(gold[i], said[best][i]) for i in held]
    scores.append(figures(pairs))
print("thresholds chosen by cross-validation: exact {:.3f}, macro-F1 {:.3f}".format(*(sum(s) / len(s) for s in zip(*scores))))
