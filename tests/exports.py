#!/usr/bin/env python3
"""Reads exported dictionaries as other tools would: exports.py DIR with x.dic, x.yml and x.jsonl.

LIWC is checked line by line, YAML with PyYAML and the JSON lines with spaCy where these are installed.
"""
import json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
ROLES = ["product", "project", "program", "shared"]


def dic(text):
    head, body = text.split("%\n")[1:3]
    names = dict(line.split("\t") for line in head.splitlines())
    assert [names[str(number)] for number in range(1, 5)] == ROLES, names
    terms = [line.split("\t") for line in body.splitlines()]
    assert len({term[0] for term in terms}) == len(terms), "a term stands twice"
    for term in terms:
        assert len(term) >= 3 and all(number in names for number in term[1:]), term
        assert "*" not in term[0].replace("* ", " ").rstrip("*"), term
    return {term[0] for term in terms}


terms = dic((folder / "x.dic").read_text("utf-8"))
print(f"LIWC: {len(terms)} terms")

try:
    import yaml
except ImportError:
    print("skipped: PyYAML is not installed")
else:
    tree = yaml.load((folder / "x.yml").read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert list(tree) == ROLES, list(tree)
    phrases = [p for role in tree.values() for category in role.values() for entry in (category or {}).values() for p in entry]
    assert all(isinstance(p, str) for p in phrases)
    assert set(phrases) == terms, "quanteda and LIWC hold different phrases"
    print(f"quanteda: {len(phrases)} phrases")

lines = [json.loads(line) for line in (folder / "x.jsonl").read_text("utf-8").splitlines()]
assert {line["label"] for line in lines} == set(ROLES)
try:
    import spacy
except ImportError:
    print(f"spaCy: {len(lines)} patterns; skipped: spaCy is not installed")
else:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "roles", "validate": True})
    ruler.add_patterns(lines)
    work, other = nlp("She owns and maintains our product roadmap."), nlp("The bakery sells bread.")
    found = {span.label_ for span in work.spans["roles"]}
    assert "product" in found, found
    assert len(other.spans["roles"]) == 0, list(other.spans["roles"])
    print(f"spaCy {spacy.__version__}: {len(lines)} patterns")
