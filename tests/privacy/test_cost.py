"""No text makes the detector slow: patterns are bounded, and twice the text is twice the work."""

import ast
import importlib
import pkgutil
import re
import sys
from pathlib import Path
from re import _constants, _parser  # the one way to see what a pattern is made of

import pytest

import board.privacy
from board.privacy.detecting import find
from board.privacy.national import Rule

MODULES = [
    importlib.import_module(f"board.privacy.{module.name}")
    for module in pkgutil.iter_modules(board.privacy.__path__)
]
HOSTILE = [
    "a", "A", "9", "1 ", "a ", "-", "a-", "a'", ".", "a.", "@", "a@", "a@a.", "/", "a/", " ", "\n",
    "(", "+4", "(0", "İ", "٣", "12/", "12/05/2024 ", "dob ", "dob 1/2/33 ", "mr ", "mr okafor ",
    "pt ", "his wife ", "bed 4 ", "999 012 3454 ", "07700 900461 ", "ninety ", "a hundred and ",
    "94 year ", "mrn 12345678 ", "serial number of aa bb ", "member id ", "12 high street ",
    "Smith, John ", "http://a.b/?id=1&", "10.1234/", "isbn 978-", "LS99 4QX ", "d.o.b", "van der ",
    "May 5, ", "123-45-6789 ", "staff nurse ward manager ", "jane smith keeps ", "a, 94, ",
]  # fmt: skip
SIZE = 2_500


def patterns():
    """Every compiled pattern that a module keeps, also within tuples, dictionaries and rules."""
    for module in MODULES:
        for name, value in vars(module).items():
            for pattern in compiled(value):
                yield pytest.param(pattern, id=f"{module.__name__}.{name}")


def compiled(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from compiled(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from compiled(inner)
    elif isinstance(value, Rule):
        yield from (value.shape, value.cue)


def repeats(parsed):
    """The upper bound of every repeat, however deep."""
    for code, argument in parsed:
        if code in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            yield argument[1]
            yield from repeats(argument[2])
        elif code is _constants.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch)
        elif code in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from repeats(argument[1])
        elif code is _constants.SUBPATTERN:
            yield from repeats(argument[3])


@pytest.mark.parametrize("pattern", list(patterns()))
def test_every_repeat_has_an_end(pattern):
    assert all(bound <= 400 for bound in repeats(_parser.parse(pattern.pattern)))


def calls(text):
    """How many functions run, Python's own included, while a text is scanned."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(piece):
    text = piece * (SIZE // len(piece))
    find(text)
    assert calls(text + text) < 2.5 * calls(text) + 500


# What happens to a text in which something was found: that is no longer the detector.
# What stands behind the detector: what happens to a finding, who decides, what is removed.
AFTER_FINDING = (
    "allowing",
    "backups",
    "deciding",
    "disclosing",
    "elsewhere",
    "guarding",
    "holding",
    "knowing",
    "models",
    "noting",
    "staffing",
    "sweeping",
    "purging",
    "queries",
    "reviewers",
    "rewriting",
    "rule_pack",
    "rules",
    "tuning",
)


def test_the_detector_stands_on_its_own():
    """Neither a request nor a database: whatever has a text can ask."""
    for module in MODULES:
        if module.__name__.rpartition(".")[2] in AFTER_FINDING:
            continue
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", [])]
            if isinstance(node, ast.ImportFrom):
                names = [node.module]
            if isinstance(node, ast.Import | ast.ImportFrom):
                for name in names:
                    assert name.partition(".")[0] not in ("flask", "sqlalchemy", "logging")
                    assert not name.startswith("board.") or name.startswith("board.privacy")
