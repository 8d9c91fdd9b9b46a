"""With which rules a text is looked through, in a word: it changes whenever they do.

Made of the detector's own files and word lists, what is done about a finding, and the settings.
Passages that administrators allow stand beside it: one more of them finds nothing new.
"""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.resources import files

from board.config import Settings, settings
from board.core.signing import keyed_fingerprint
from board.privacy import allowing

PACKAGE = "board.privacy"
BEGINNINGS = ("detecting", "seams", "rules")
WORDS = "words"
# These say what is asked of people, not what is found.
ASIDE = frozenset({"privacy_check", "privacy_sample_percent"})


@dataclass(frozen=True)
class Pack:
    """The rules of this moment. `allowed`: a fingerprint of each allowed passage."""

    rules: str
    allowed: frozenset[str]

    def finds_no_more_than(self, rules: str, allowed: list[str]) -> bool:
        """Whether what was looked through with those need not be looked through with these."""
        return self.rules == rules and self.allowed >= set(allowed)


def present() -> Pack:
    """What this process looks with."""
    allowed = (keyed_fingerprint(f"allowed {each}")[:32] for each in allowing.passages())
    return Pack(_rules(settings()), frozenset(allowed))


@lru_cache(maxsize=8)
def _rules(site: Settings) -> str:
    chosen = {
        name: value
        for name, value in asdict(site).items()
        if name.startswith("privacy_") and name not in ASIDE
    }
    return hashlib.sha256(f"{_files()} {sorted(chosen.items())}".encode()).hexdigest()[:32]


@cache
def _files() -> str:
    """Read once a process: a running board keeps the rules that it started with."""
    digest = hashlib.sha256()
    for name in sorted(detector()):
        digest.update((files(PACKAGE) / f"{name}.py").read_bytes())
    lists = (files(PACKAGE) / WORDS).iterdir()
    for each in sorted(lists, key=lambda each: each.name):
        if each.name.endswith(".txt"):
            digest.update(each.name.encode() + each.read_bytes())
    return digest.hexdigest()


def detector() -> set[str]:
    """The modules of this package that have a part in what is found, and what it does."""
    found, waiting = set[str](), list(BEGINNINGS)
    while waiting:
        name = waiting.pop()
        if name not in found and (files(PACKAGE) / f"{name}.py").is_file():
            found.add(name)
            waiting += _imported(name)
    return found


def _imported(name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((files(PACKAGE) / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}."):
            yield (node.module or "").removeprefix(f"{PACKAGE}.")
