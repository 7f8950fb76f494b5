"""Runs the example on postings in Parquet and compares every figure with one run of `rolecall analyze`.

    python compare.py --binary ../../target/release/rolecall --postings 20000

Spark runs as `local-cluster[2,1,1024]`: two executors in processes of their own, one of which is killed
during the run. Where that cannot start, `--master local[2]` runs the same without the kill.
Ends with code 1 and the first differences where a figure differs.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pyspark
from pyspark.sql import DataFrame, SparkSession

from rolecall_spark import confusion, documents, overlap, sentences

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "postings.csv"
FILES = 8


def main() -> None:
    arguments = parse()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_postings(arguments.csv or [FIXTURE], arguments.postings, place)
        binary = str(Path(arguments.binary).resolve())
        command = [binary, "analyze", place / "postings.csv", "--out", place / "report", "--quiet"]
        subprocess.run(command, check=True)
        spark = start(arguments.master)
        killed = analyse(spark, binary, place, kill="cluster" in arguments.master)
        differences = compare(spark, place)
        spark.stop()
    if "cluster" in arguments.master and not killed:
        differences.append("no executor could be killed: the run was too short")
    for difference in differences[:20]:
        print(difference)
    said = "an executor killed on the way" if killed else "no executor killed"
    print(f"{arguments.postings} postings, {said}: {len(differences)} differences")
    sys.exit(1 if differences else 0)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, help="rolecall, built with --features arrow")
    parser.add_argument("--postings", type=int, default=20_000)
    parser.add_argument("--csv", nargs="*", help="CSV files with title and description to draw from")
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    return parser.parse_args()


def make_postings(sources: list[str | Path], count: int, place: Path) -> None:
    """Postings of the sources with their paragraphs shuffled, as Parquet files and as one CSV."""
    pool: list[tuple[str, str]] = []
    for source in sources:
        with open(source, encoding="utf-8", errors="replace", newline="") as file:
            rows = csv.DictReader(file)
            pool += [(row["title"] or "", row["description"] or "") for row in rows]
    paragraphs = [part for _, text in pool for part in text.splitlines() if part.strip()]
    draw = random.Random(1)
    table: dict[str, list[str]] = {"id": [], "title": [], "description": [], "country": []}
    for at in range(count):
        table["id"].append(f"posting-{at}")
        table["title"].append(draw.choice(pool)[0])
        table["description"].append("\n".join(draw.choices(paragraphs, k=draw.randint(5, 30))))
        table["country"].append(draw.choice(["Kenya", "Norway", "Peru"]))
    (place / "postings").mkdir()
    per_file = -(-count // FILES)
    whole = pa.table(table)
    for at in range(FILES):
        part = whole.slice(at * per_file, per_file)
        pyarrow.parquet.write_table(part, place / "postings" / f"{at}.parquet")
    with open(place / "postings.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(zip(*table.values()))


def start(master: str) -> SparkSession:
    # A pip-installed Spark starts executors of its own only where it is told its home.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("SPARK_SCALA_VERSION", "2.13")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    source = str(Path(__file__).resolve().parent / "src")
    builder = SparkSession.builder.master(master).appName("rolecall")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.executorEnv.PYTHONPATH": source,
        # The executor that is killed on purpose must not end the job.
        "spark.task.maxFailures": "8",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def analyse(spark: SparkSession, binary: str, place: Path, kill: bool) -> bool:
    """Writes documents and sentences as Parquet; whether an executor was killed meanwhile."""
    postings = spark.read.parquet(str(place / "postings")).repartition(16)
    found: list[int] = []
    killer = threading.Thread(target=kill_executor, args=(found,), daemon=True)
    if kill:
        killer.start()
    documents(postings, keep=["country"], binary=binary).write.parquet(str(place / "documents"))
    sentences(postings, binary=binary).write.parquet(str(place / "sentences"))
    killer.join(timeout=0) if kill else None
    return bool(found)


def kill_executor(found: list[int], patience: float = 120) -> None:
    """Kills the executor of this session whose child is running rolecall, as soon as there is one."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        for process in Path("/proc").glob("[0-9]*"):
            if is_working_executor(process):
                os.kill(int(process.name), signal.SIGKILL)
                found.append(int(process.name))
                return
        time.sleep(0.02)


def is_working_executor(process: Path) -> bool:
    """True for an executor of this process's session while a process below it runs rolecall."""
    try:
        line = (process / "cmdline").read_bytes()
        if b"CoarseGrainedExecutorBackend" not in line:
            return False
        below = descendants(int(process.name))
        return any(b"--format\0arrow" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in below)
    except OSError:
        return False  # It ended while it was looked at.


def descendants(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            children = [int(child) for child in task.read_text().split()]
            found += children
            waiting += children
    return found


def compare(spark: SparkSession, place: Path) -> list[str]:
    in_spark = spark.read.parquet(str(place / "documents"))
    units = spark.read.parquet(str(place / "sentences"))
    report = place / "report"
    differences = rows_differ("documents.csv", report, in_spark, ["document_id"])
    differences += rows_differ("sentences.csv", report, units, ["document_id", "sentence"])
    key = ["declared_role", "content_role"]
    differences += tables_differ("confusion.csv", report, key, confusion(in_spark))
    key = ["role_a", "role_b", "level", "measure"]
    differences += tables_differ("overlap.csv", report, key, overlap(in_spark, units))
    return differences


def rows_differ(name: str, report: Path, frame: DataFrame, key: list[str]) -> list[str]:
    """Differences between a table of the report and a DataFrame, over the columns of the report."""
    return tables_differ(name, report, key, frame.toLocalIterator(), strict=True)


def tables_differ(name, report: Path, key, rows, strict: bool = False) -> list[str]:
    expected = read(report / name, key)
    differences, seen = [], 0
    for row in rows:
        seen += 1
        place = tuple(cell(row[column]) for column in key)
        wanted = expected.get(place)
        if wanted is None:
            differences.append(f"{name}: {place} is not in the report")
            continue
        for column in row.asDict():
            if column in wanted and cell(row[column], column) != wanted[column]:
                differences.append(
                    f"{name}: {place} {column}: {cell(row[column], column)!r} in Spark,"
                    f" {wanted[column]!r} in the report"
                )
    if strict and seen != len(expected):
        differences.append(f"{name}: {seen} rows in Spark, {len(expected)} in the report")
    return differences


def read(path: Path, key: list[str]) -> dict[tuple[str, ...], dict[str, str]]:
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8", newline="") as file:
        return {tuple(row[column] for column in key): row for row in csv.DictReader(file)}


def cell(value: object, column: str = "") -> str:
    """A value as the CSV files write it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".replace("-0.000000", "0.000000")
    if isinstance(value, list):
        separator = ";" if column == "responsibilities" else "+"
        return separator.join(item for item in value if item)
    return str(value)


if __name__ == "__main__":
    main()
