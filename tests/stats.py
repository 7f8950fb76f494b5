#!/usr/bin/env python3
"""Compares the tool's statistics with scipy, statsmodels, scikit-learn and krippendorff on random tables.

    cargo build --example statistics && python3 tests/stats.py target/debug/examples/statistics

needs: pip install numpy scipy statsmodels scikit-learn krippendorff
"""
import math, random, subprocess, sys

import krippendorff
import numpy as np
from scipy.stats import beta, chi2_contingency
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

draw = random.Random(20260101)
requests, expected = [], []


def ask(request, *values):
    requests.append(request)
    expected.append(values)


for _ in range(500):
    n = draw.randint(1, 3000)
    x = draw.choice([0, n, draw.randint(0, n)])
    ask(f"wilson {x} {n}", *proportion_confint(x, n, 0.05, "wilson"))

for _ in range(500):
    n1, n2, tests = draw.randint(20, 5000), draw.randint(20, 5000), draw.choice([1, 50, 900])
    a, b = draw.randint(0, n1 // draw.randint(1, 20)), draw.randint(0, n2 // draw.randint(1, 20))
    if a + b in (0, n1 + n2):
        continue
    table = [[a, b], [n1 - a, n2 - b]]
    g2, p, *_ = chi2_contingency(table, correction=False, lambda_="log-likelihood")
    ratio = math.log2(((a or 0.5) / n1) / ((b or 0.5) / n2))
    tail = 0.05 / tests / 2
    if a / n1 > b / n2:
        low = beta.ppf(tail, a, b + 1)
        lrc = max(0.0, math.log2(n2 / n1 * low / (1 - low)))
    else:
        high = beta.ppf(1 - tail, a + 1, b) if b else 1.0
        lrc = min(0.0, math.log2(n2 / n1 * high / (1 - high))) if high < 1 else 0.0
    ask(f"keyness {a} {b} {n1} {n2} {tests}", g2, p, ratio, lrc)

for _ in range(300):
    cells = [draw.randint(0, draw.choice([3, 40, 800])) for _ in range(4)]
    one = np.repeat([1, 1, 0, 0], cells)
    two = np.repeat([1, 0, 1, 0], cells)
    if len(set(one)) < 2 or len(set(two)) < 2:
        continue
    alpha = krippendorff.alpha(reliability_data=[one, two], level_of_measurement="nominal")
    ask("agreement " + " ".join(map(str, cells)), cohen_kappa_score(one, two), alpha, f1_score(one, two))

for _ in range(200):
    units, coders, values = draw.randint(5, 60), draw.randint(2, 6), draw.randint(2, 6)
    data = [[draw.choice([None, *range(values)]) for _ in range(units)] for _ in range(coders)]
    matrix = np.array([[np.nan if v is None else v for v in row] for row in data], dtype=float)
    pairable = [[row[u] for row in data if row[u] is not None] for u in range(units)]
    if len({v for unit in pairable if len(unit) > 1 for v in unit}) < 2:
        continue
    alpha = krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
    ask("alpha " + ";".join(" ".join(map(str, unit)) for unit in pairable), alpha)

for _ in range(100):
    p = [draw.random() ** draw.choice([1, 6]) for _ in range(draw.randint(1, 200))]
    ask("bh " + " ".join(map(repr, p)), *multipletests(p, method="fdr_bh")[1])

run = subprocess.run([sys.argv[1]], input="\n".join(requests) + "\n", capture_output=True, text=True, check=True)
answers = run.stdout.splitlines()
assert len(answers) == len(requests), (len(answers), len(requests))
wrong = 0
for request, answer, values in zip(requests, answers, expected):
    got = [float(value) for value in answer.split()]
    if len(got) != len(values) or not all(math.isclose(g, v, rel_tol=1e-7, abs_tol=1e-9) for g, v in zip(got, values)):
        wrong += 1
        print(f"{request}: got {got}, expected {[float(v) for v in values]}")
print(f"{len(requests)} requests, {wrong} differ")
sys.exit(wrong > 0)
