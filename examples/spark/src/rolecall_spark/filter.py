"""DataFrames of postings → DataFrames of sentences and of documents, by the binary on the executors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.types import (
    ArrayType,
    DataType,
    DoubleType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

from rolecall_spark.process import stream_through


def _fields(names: Iterable[str], data_type: DataType) -> list[StructField]:
    return [StructField(name, data_type) for name in names]


_STRINGS = ArrayType(StringType())

_MATCH = StructType(
    _fields(["responsibility", "role", "category", "pattern"], StringType())
    + _fields(["start", "end"], IntegerType())
    + _fields(["matched_text"], StringType())
)

SENTENCES = StructType(
    _fields(["document_id"], StringType())
    + _fields(["sentence"], IntegerType())
    + _fields(["kind", "heading", "zone"], StringType())
    + _fields(["start", "end", "page"], IntegerType())
    + _fields(
        ["tags", "counted", "responsibilities", "attributed_to", "basis"],
        _STRINGS,
    )
    + _fields(["repeat_of"], IntegerType())
    + _fields(["rule", "text"], StringType())
    + _fields(["matches"], ArrayType(_MATCH))
)
"""Columns of :func:`sentences`: those of ``sentences.csv``, lists as arrays, and the matches."""

DOCUMENTS = StructType(
    _fields(
        ["document_id", "title", "language", "declared_role", "content_role"],
        StringType(),
    )
    + _fields(
        [
            "share_product",
            "share_project",
            "share_program",
            "share_shared",
            "margin",
            "mixing",
            "off_role_share",
        ],
        DoubleType(),
    )
    + _fields(
        [
            "units",
            "tagged",
            "counted_product",
            "counted_project",
            "counted_program",
            "counted_shared",
            "counted_role_labelled",
            "counted_labelled",
            "counted_off_role",
            "countable",
            "counted_responsibilities",
        ],
        IntegerType(),
    )
    + _fields(["responsibilities"], _STRINGS)
)
"""Columns of :func:`documents`: those of ``documents.csv``, and the responsibilities counted. A document that
was not analysed because of its language has no content role."""


def sentences(
    postings: DataFrame,
    *,
    id: str = "id",
    title: str = "title",
    text: str = "description",
    binary: str = "rolecall",
    options: Sequence[str] = (),
) -> DataFrame:
    """Tags every sentence of ``postings``: one row per sentence, with the columns of :data:`SENTENCES`.

    ``id``, ``title`` and ``text`` name columns; ids must be unique over the whole DataFrame.
    ``binary`` is a path on every executor or a file shipped with ``SparkContext.addFile``; it must be
    built with the feature ``arrow``. ``options`` are passed on, such as ``["--lexicon", "dir"]``.
    """
    return _filter("tag", SENTENCES, postings, [id, title, text], [], binary, options)


def documents(
    postings: DataFrame,
    *,
    id: str = "id",
    title: str = "title",
    text: str = "description",
    keep: Sequence[str] = (),
    binary: str = "rolecall",
    options: Sequence[str] = (),
) -> DataFrame:
    """Measures every document of ``postings``: one row per document, with the columns of
    :data:`DOCUMENTS` and those of ``keep``, as strings. The other parameters are those of
    :func:`sentences`.
    """
    schema = StructType(DOCUMENTS.fields + _fields(keep, StringType()))
    return _filter("documents", schema, postings, [id, title, text], keep, binary, options)


def _filter(
    command: str,
    schema: StructType,
    postings: DataFrame,
    columns: Sequence[str],
    keep: Sequence[str],
    binary: str,
    options: Sequence[str],
) -> DataFrame:
    names = ["id", "title", "text"]
    wanted = [f.col(column).cast("string").alias(name) for column, name in zip(columns, names)]
    # The binary would name it by its place, which on a cluster is not the same from run to run.
    no_id = f.raise_error(f.lit(f"rolecall: a posting has no {columns[0]}"))
    wanted[0] = f.coalesce(wanted[0], no_id).alias("id")
    wanted += [f.col(column).cast("string").alias(column) for column in keep]
    arguments = [command, "--format", "arrow", "--threads", "1"]
    for name in names:
        arguments += [f"--{name}", name]
    for column in keep:
        arguments += ["--keep", column]
    run: Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]] = partial(
        stream_through, binary, [*arguments, *options]
    )
    return postings.select(*wanted).mapInArrow(run, schema)
