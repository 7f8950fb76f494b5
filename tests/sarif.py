"""Validate `rolecall check --format sarif` against the schema of SARIF 2.1.0.

  python tests/sarif.py BINARY SCHEMA

SCHEMA is the official schema as JSON, for example the one that npm's @microsoft/jest-sarif carries. Checked are
the essays of the fixtures, with and without every claim, an essay without a result and one with every kind of it.
Needs jsonschema.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
ESSAY = """# Two roles

Product managers keep the project schedule. The product manager and the project manager are one and the same job.
Project managers plan the sprints. \U0001f680 "Program managers set prices," he said; the roadmap is not theirs.
"""


def sarif(binary, *args):
    """The report of `check`, which ends with 0 whatever it finds."""
    out = subprocess.run([binary, "--no-config", "--quiet", "check", *map(str, args), "--format", "sarif"], stdout=subprocess.PIPE, check=True)
    return json.loads(out.stdout)


def main(binary, schema):
    schema = json.loads(Path(schema).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    with tempfile.TemporaryDirectory() as folder:
        some, none = Path(folder, "some.md"), Path(folder, "none.md")
        some.write_text(ESSAY, encoding="utf-8")
        none.write_text("Nothing is said of anybody here.\n", encoding="utf-8")
        essays = ROOT / "fixtures" / "essays"
        runs = [[essays], [essays, "--all"], [some], [some, "--all"], [none]]
        for args in runs:
            report = sarif(binary, *args)
            faults = [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator.iter_errors(report)]
            assert not faults, (args, faults[:5])
            results = report["runs"][0]["results"]
            rules = {result["ruleId"] for result in results}
            if args == [none]:
                assert not results, results
            elif args[0] == some:
                assert {"mix-up", "equation"} <= rules, rules
            print(f"valid: {len(results)} results of {' '.join(Path(arg).name for arg in args)}")
    # A schema that forbids nothing would pass everything.
    broken = dict(report, version="2.2.0")
    assert list(validator.iter_errors(broken)), "the schema accepts another version"


if __name__ == "__main__":
    main(*sys.argv[1:])
