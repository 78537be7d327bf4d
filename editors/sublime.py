r"""The same grammar as a syntax of Sublime Text, which ``bat`` reads as well.

A syntax has no patterns inside what a match captured: links in the title of a folder stay as they
are. What comes right after a block's mark (``\G``) is left out, too.
"""

from __future__ import annotations

import json
import re
from typing import Any

from .grammar import grammar

__all__ = ["sublime_syntax"]

_HEAD = "%YAML 1.2\n---\n# Generated from the declarations of the markup by `make grammar`.\n"


def sublime_syntax() -> str:
    """The text of the syntax: YAML, which contains JSON."""
    made = grammar()
    contexts = {
        name: [_rule(rule) for rule in part["patterns"]]
        for name, part in made["repository"].items()
        if name != "first"
    }
    contexts["main"] = [{"include": "blocks"}, {"include": "inline"}]
    syntax = {
        "name": made["name"],
        "scope": made["scopeName"],
        "file_extensions": made["fileTypes"],
        "contexts": contexts,
    }
    text = json.dumps(syntax, indent=1, ensure_ascii=False)
    # captures are counted by numbers, which JSON has not for keys
    return _HEAD + re.sub(r'"(\d+)": "', r'\1: "', text) + "\n"


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    if "include" in rule:
        return {"include": rule["include"].removeprefix("#")}
    if "match" in rule:
        made = {"match": rule["match"], "scope": rule.get("name", "")}
        return _with(made, "captures", rule.get("captures", {}))
    end = _with({"match": rule["end"], "pop": True}, "captures", rule.get("endCaptures", {}))
    inside = [_rule(r) for r in rule.get("patterns", ()) if r.get("include") != "#first"]
    pushed = [{"meta_scope": rule.get("name", "")}, end, *inside]
    made = {"match": rule["begin"], "push": pushed}
    return _with(made, "captures", rule.get("beginCaptures", {}))


def _with(made: dict[str, Any], key: str, captures: dict[str, Any]) -> dict[str, Any]:
    """*made* with the names of *captures*; the whole match is its scope."""
    names = {int(number): part["name"] for number, part in captures.items() if "name" in part}
    if 0 in names:
        made["scope"] = names.pop(0)
    return made | {key: names} if names else made
