"""Arrow record batches through a child process, both ways as IPC streams."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

import pyarrow as pa
from pyspark import SparkFiles

_TOLD = 4000
"""Characters of what the child said that an error repeats."""


def stream_through(
    binary: str, arguments: Sequence[str], batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Feeds ``batches`` to ``binary`` and yields what it answers, a few batches at a time.

    Raises ``RuntimeError`` where the child ends with any code but 0, with the end of its standard
    error: Spark then tries the task again, and no row is lost silently.
    """
    first = next(batches, None)
    if first is None:
        return
    # A file, since a pipe that nobody reads would fill and stop the child.
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [_path(binary), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        feeder = _Feeder(child.stdin, first.schema, chain([first], batches))
        try:
            feeder.start()
            with pa.ipc.open_stream(child.stdout) as answers:
                yield from answers
        except pa.ArrowInvalid as broken:
            raise RuntimeError(_complaint(child, said)) from broken
        finally:
            # Also where Spark stops early: without its reader the child ends by itself.
            child.stdout.close()
            feeder.join()
            code = child.wait()
        if feeder.error is not None:
            raise feeder.error
        if code != 0:
            raise RuntimeError(_complaint(child, said))


class _Feeder(threading.Thread):
    """Writes the batches to the child while the task reads its answers."""

    def __init__(
        self, pipe: IO[bytes], schema: pa.Schema, batches: Iterator[pa.RecordBatch]
    ) -> None:
        super().__init__(daemon=True)
        self._pipe, self._schema, self._batches = pipe, schema, batches
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with self._pipe, pa.ipc.new_stream(self._pipe, self._schema) as stream:
                for batch in self._batches:
                    stream.write_batch(batch)
        except (BrokenPipeError, ConnectionError):
            pass  # The child ended early; its exit code says why.
        except BaseException as error:
            self.error = error


def _path(binary: str) -> str:
    """``binary`` where it is on the path, else the file of that name that Spark shipped."""
    found = shutil.which(binary)
    return found if found is not None else SparkFiles.get(binary)


def _complaint(child: subprocess.Popen[bytes], said: IO[bytes]) -> str:
    said.seek(0)
    told = said.read().decode("utf-8", "replace").strip()[-_TOLD:]
    return f"rolecall ended with code {child.wait()}: {told or 'it said nothing'}"
