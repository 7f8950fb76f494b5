#!/usr/bin/env python3
"""Runs the Python blocks of docs/analysis.md: analysis.py FOLDER, the one that holds `report`.

needs: pip install pandas polars
"""
import os, pathlib, re, sys

page = pathlib.Path(__file__).parent.parent / "docs/analysis.md"
blocks = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.S | re.M)
assert len(blocks) == 2, f"{len(blocks)} blocks of Python in {page}"
os.chdir(sys.argv[1])
for number, block in enumerate(blocks, 1):
    exec(compile(block, f"{page}, block {number}", "exec"), {})
    print(f"block {number} of docs/analysis.md ran")
