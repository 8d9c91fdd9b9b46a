"""Every template compiles, and says nothing a security policy would forbid."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())

OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.I)
ALLOWED = re.compile(r"https?://(www\.w3\.org/)")


def name(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def environment():
    import databases

    with databases.folder("templates") as place:
        yield databases.make_app(place, "sqlite://").jinja_env


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_compiles(environment, path):
    environment.get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_has_no_inline_script_or_style(path):
    source = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals='?js", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_marks_nothing_safe_but_html_of_our_own_making(path):
    for expression in re.findall(r"{{([^}]*)\|\s*safe", path.read_text()):
        assert expression.strip().endswith((".body_html", "text.html", ".body_html | rooted")), (
            expression
        )


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_changes_something_carries_its_token(path):
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.S):
        assert re.search(r"hidden_tokens\(\)|writing_tokens\(\)|csrf_token\(\)", form), form[:80]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_fits_a_few_screens(path):
    most = 40 if path.name.startswith("_") else 120
    assert len(path.read_text().splitlines()) <= most + 8  # a few lines for comments


@pytest.mark.parametrize("path", [*TEMPLATES, *STATIC], ids=name)
def test_nothing_leads_out_of_the_house(path):
    found = [match for match in OUTSIDE.findall(path.read_text()) if not ALLOWED.match(match)]
    assert not [match for match in found if "w3.org" not in match]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_posts_something_says_whose_name_it_goes_under(path):
    source = path.read_text()
    if path.name != "macros.html":
        assert source.count("ui.writing_tokens()") <= source.count("ui.poster(")


CSS = sorted((ROOT / "static" / "css").glob("*.css"))
TOO_NEW = (":has(", "color-mix(", "subgrid", "field-sizing", "@scope", "light-dark(", "@property")
ASKED_FOR = r"@supports selector\([^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}"


@pytest.mark.parametrize("path", CSS, ids=name)
def test_old_browsers_can_read_the_styles(path):
    """The floor is Chromium 109 and Firefox ESR 115; a rule inside a rule is too new for both. What
    a browser is asked for first (`@supports`) is not missed where it is missing.
    """
    source = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    relied_on = re.sub(ASKED_FOR, "", source)
    assert not [feature for feature in TOO_NEW if feature in relied_on]
    depth, kinds = 0, []
    for selector, brace in re.findall(r"([^{};]*)([{}])", source):
        if brace == "{":
            assert not (kinds and kinds[-1] == "rule"), f"nested rule: {selector.strip()}"
            kinds.append("at" if selector.strip().startswith("@") else "rule")
            depth += 1
        else:
            kinds.pop()
    assert "text-transform" not in source, "tall-man lettering is a safety feature"


SCRIPTS = sorted((ROOT / "static").glob("*.js"))
# Newer than Chromium 109 or Firefox ESR 115, or no part of either.
TOO_NEW_IN_SCRIPTS = {
    "new FormData with its submitter": r"new FormData\([^()]+,",
    "popover": r"(?:show|hide|toggle)Popover",
    "view transitions": r"startViewTransition",
    "Object.groupBy": r"\b(?:Object|Map)\.groupBy",
    "Promise.withResolvers": r"withResolvers",
    "AbortSignal.any": r"AbortSignal\.any\b",
    "array by copy": r"\.(?:toSorted|toReversed|toSpliced|with)\(",
    "Array.fromAsync": r"fromAsync",
    "new methods of sets": r"\.(?:union|intersection|isSubsetOf|symmetricDifference)\(",
    "checkVisibility": r"checkVisibility",
    "URL.parse": r"URL\.(?:parse|canParse)",
    "navigation API": r"\bnavigation\.",
    "modules": r"^\s*(?:import|export)\s",
    "regular expression flag v": r"/[a-z]*v[a-z]*[.,;)]",
    "dialog.requestClose, closedby": r"requestClose|closedBy",
    "an event that no browser of ours has": r"scrollend|beforetoggle",
}
STORES = r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie"


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_old_browsers_can_run_the_scripts(path):
    source = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M)
    found = [what for what, how in TOO_NEW_IN_SCRIPTS.items() if re.search(how, source, re.M)]
    assert found == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_no_script_keeps_anything_in_the_browser(path):
    assert not re.search(STORES, path.read_text())


def test_the_lint_of_scripts_finds_what_is_too_new():
    new = "new FormData(form, button); URL.parse(x); [1].toSorted(); /a/v.test(x)"
    found = {what for what, how in TOO_NEW_IN_SCRIPTS.items() if re.search(how, new, re.M)}
    assert len(found) == 4
    assert re.search(STORES, "window.localStorage.x = 1")


def test_every_style_sheet_is_served():
    from board.web.assets import STYLES

    assert sorted(STYLES) == sorted(path.stem for path in CSS)


def test_a_class_of_its_own_is_defined_in_one_style_sheet():
    """Two pages that name a thing alike would change each other: the sheets are sent as one."""
    homes = {}
    for path in sorted((ROOT / "static/css").glob("*.css")):
        for name in re.findall(r"^  \.([a-z-]+) \{", path.read_text(), re.M):
            homes.setdefault(name, set()).add(path.stem)
    assert {name: where for name, where in homes.items() if len(where - {"print"}) > 1} == {}
