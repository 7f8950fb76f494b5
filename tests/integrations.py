"""Runs the Python snippets of docs/integrations.md on the fixtures: `python tests/integrations.py BINARY`.

Needs pyarrow, pandas, polars and duckdb; the binary must be built with --features arrow.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]


def snippets() -> dict[str, str]:
    """Heading → Python of the document; what stands before the first heading is under ""."""
    found: dict[str, str] = {}
    for section in re.split(r"^## ", (ROOT / "docs/integrations.md").read_text(), flags=re.M):
        heading = section.split("\n", 1)[0] if found else ""
        code = re.findall(r"^```python\n(.*?)^```", section, flags=re.M | re.S)
        if code:
            found[heading] = "\n".join(code)
    return found


def main() -> None:
    binary = Path(sys.argv[1]).resolve()
    os.environ["PATH"] = f"{binary.parent}{os.pathsep}{os.environ['PATH']}"
    # The fixture has a broken row on purpose, which only rolecall's own reader of CSV passes over.
    lines = (ROOT / "fixtures/postings.jsonl").read_text().splitlines()
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        postings = pd.DataFrame([json.loads(line) for line in lines])
        postings.rename(columns={"text": "description"}).to_csv("postings.csv", index=False)
        code = snippets()
        common = code.pop("")
        assert set(code) == {"pandas", "polars", "DuckDB"}, code.keys()
        for name, snippet in code.items():
            scope: dict[str, object] = {}
            exec(common + snippet, scope)
            result = scope.get("documents", scope.get("sentences"))
            assert len(result) >= len(lines), f"{name}: {len(result)} rows for {len(lines)} postings"
        os.chdir(ROOT)
    print(f"{len(code)} passed, 0 failed")


if __name__ == "__main__":
    main()
