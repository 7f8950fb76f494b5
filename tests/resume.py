"""Kills `rolecall analyze` at random moments, resumes it, and compares the report with that of an unbroken run.

    python tests/resume.py BINARY [--kills 20] [--megabytes 60]

Ends with code 1 where a resumed report differs in a byte, or where no run could be killed behind its first checkpoint.
"""

import argparse
import filecmp
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "postings.jsonl"


def make_corpus(path: Path, megabytes: int) -> None:
    """The fixture's postings over and over, with ids of their own."""
    import json

    postings = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]
    with open(path, "w", encoding="utf-8") as file:
        at = 0
        while file.tell() < megabytes * 1_000_000:
            posting = postings[at % len(postings)] | {"id": f"p{at}"}
            file.write(json.dumps(posting) + "\n")
            at += 1


def command(binary: str, corpus: Path, out: Path, *more: str) -> list[str]:
    return [binary, "analyze", str(corpus), "--out", str(out), "--quiet", *more]


def killed_after(seconds: float, arguments: list[str]) -> bool:
    """Starts the command and kills it; false where it had ended by then."""
    process = subprocess.Popen(arguments)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=60)
    arguments = parser.parse_args()
    draw, resumed, failed = random.Random(7), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        corpus, whole = place / "corpus.jsonl", place / "whole"
        make_corpus(corpus, arguments.megabytes)
        begun = time.monotonic()
        subprocess.run(command(arguments.binary, corpus, whole), check=True)
        length = time.monotonic() - begun
        for kill in range(arguments.kills):
            out = place / f"out{kill}"
            killed = killed_after(draw.uniform(0.02, 0.98) * length, command(arguments.binary, corpus, out))
            resumed += killed and (place / f"out{kill}.partial" / "checkpoint.json").exists()
            if killed:
                subprocess.run(command(arguments.binary, corpus, out, "--resume"), check=True)
            names = sorted(path.name for path in whole.iterdir())
            same, *others = filecmp.cmpfiles(whole, out, names, shallow=False)
            failed += len(same) != len(names) or len(list(out.iterdir())) != len(names)
            leftover = place / f"out{kill}.partial"
            failed += leftover.exists()
            subprocess.run(["rm", "-rf", str(out)], check=True)
    print(f"{arguments.kills} runs of {length:.1f} s, {resumed} continued from a checkpoint")
    print(f"{arguments.kills - failed} passed, {failed} failed")
    sys.exit(1 if failed or not resumed else 0)


if __name__ == "__main__":
    main()
