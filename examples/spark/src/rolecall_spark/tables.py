"""Documents and sentences → the tables of ``rolecall analyze``, counted in Spark."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product
from math import sqrt

from pyspark.sql import Column, DataFrame, Row
from pyspark.sql import functions as f

ROLES = ("product", "project", "program")
DECLARED = (*ROLES, "mixed", "other", None)
CONTENT = (*ROLES, "mixed", "none")
MIN_RATE = 0.05
"""Documents of a role that must show a responsibility for it to be in the role's set, as a share."""

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def confusion(documents: DataFrame) -> list[Row]:
    """Documents by declared and content role, with 95 % Wilson intervals: the rows of
    ``confusion.csv``, empty cells included.
    """
    found = documents.groupBy("declared_role", "content_role").count().collect()
    counts = {(row["declared_role"], row["content_role"]): row["count"] for row in found}
    rows = []
    for declared, content in product(DECLARED, CONTENT):
        count = counts.get((declared, content), 0)
        total = sum(counts.get((declared, other), 0) for other in CONTENT)
        low, high = wilson(count, total)
        rows.append(
            Row(
                declared_role=declared,
                content_role=content,
                documents=count,
                row_total=total,
                share=_share(count, total),
                ci_low=low,
                ci_high=high,
            )
        )
    return rows


def overlap(documents: DataFrame, sentences: DataFrame) -> list[Row]:
    """What each pair of roles has in common, by sentence, document and responsibility: the set
    measures of ``overlap.csv`` with the counts behind them.
    """
    in_sentences = _pair_counts(sentences, lambda role: f.array_contains("counted", role))
    in_documents = _pair_counts(documents, _holds_a_fifth)
    rates = _rates(documents)
    rows = []
    for pair in combinations(ROLES, 2):
        a, b = pair
        rows += _measures(pair, "sentence", *in_sentences[pair])
        rows += _measures(pair, "document", *in_documents[pair])
        sets = [{entry for entry, rate in rates.items() if rate[role] >= MIN_RATE} for role in pair]
        both = len(sets[0] & sets[1])
        rows += _measures(pair, "responsibility", len(sets[0]), len(sets[1]), both)
        shared = [(rate[a], rate[b]) for rate in rates.values()]
        most = sum(max(pair_of_rates) for pair_of_rates in shared)
        least = sum(min(pair_of_rates) for pair_of_rates in shared)
        ruzicka = least / most if most > 0 else None
        rows.append(_row(pair, "responsibility", "ruzicka", ruzicka, (None, None, None)))
    return rows


def wilson(count: int, total: int) -> tuple[float | None, float | None]:
    """The 95 % Wilson interval of ``count`` of ``total``, without continuity correction."""
    if total == 0:
        return None, None
    share, square = count / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total))
    half /= 1 + square / total
    return max(0.0, middle - half), min(1.0, middle + half)


def _holds_a_fifth(role: str) -> Column:
    labelled = f.col("counted_role_labelled")
    return (labelled > 0) & (f.col(f"counted_{role}") * 5 >= labelled)


def _pair_counts(rows: DataFrame, holds) -> dict[tuple[str, str], tuple[int, int, int]]:
    """For each pair of roles, the rows that hold the first, the second, and both."""
    count = lambda test: f.count(f.when(test, True))  # noqa: E731
    columns = [count(holds(role)).alias(role) for role in ROLES]
    for a, b in combinations(ROLES, 2):
        columns.append(count(holds(a) & holds(b)).alias(f"{a}_{b}"))
    found = rows.agg(*columns).first()
    return {(a, b): (found[a], found[b], found[f"{a}_{b}"]) for a, b in combinations(ROLES, 2)}


def _rates(documents: DataFrame) -> dict[str, dict[str, float]]:
    """Responsibility → declared role → share of that role's documents that show it."""
    declared = documents.where(f.col("declared_role").isin(*ROLES))
    totals = {row["declared_role"]: row["count"] for row in declared.groupBy("declared_role").count().collect()}
    entries = declared.select("declared_role", f.explode("responsibilities").alias("entry"))
    rates: dict[str, dict[str, float]] = {}
    for row in entries.groupBy("entry", "declared_role").count().orderBy("entry").collect():
        of_roles = rates.setdefault(row["entry"], dict.fromkeys(ROLES, 0.0))
        of_roles[row["declared_role"]] = row["count"] / totals[row["declared_role"]]
    return rates


def _measures(pair: tuple[str, str], level: str, a: int, b: int, both: int) -> Iterable[Row]:
    counts = (a, b, both)
    yield _row(pair, level, "jaccard", _share(both, a + b - both), counts)
    yield _row(pair, level, "overlap_coefficient", _share(both, min(a, b)), counts)


def _row(
    pair: tuple[str, str],
    level: str,
    measure: str,
    value: float | None,
    counts: tuple[int | None, int | None, int | None],
) -> Row:
    return Row(
        role_a=pair[0],
        role_b=pair[1],
        level=level,
        measure=measure,
        value=value,
        count_a=counts[0],
        count_b=counts[1],
        both=counts[2],
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None
