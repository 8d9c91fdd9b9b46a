"""Looking through what was typed for patients' details, before the writer's lock is taken.

Every route says in `texts` which of its fields others will read; a test walks the routes and asks
those that say nothing why. The form says which findings are no patient's (`not_patient`), and which
to replace (`replace`, one or all), by fingerprint: it works without JavaScript.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any

from flask import current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict

from board.activity.verbs import Verb
from board.config import settings
from board.core.database import AnySession, glance
from board.core.text import one_line, tidy
from board.posts import topics
from board.posts.models import BODY_LENGTH
from board.privacy import guarding, noting
from board.privacy.guarding import ALL, Identifying, Spotted
from board.web.visiting import reader

# Where what is in the field "tags" will be the question's; and addresses of what belongs to one.
WHILE_TYPING = "privacy.check"
TAGGING = ("questions.create", "posts.update", "suggestions.create", WHILE_TYPING)
ABOUT_POSTS = ("/questions/", "/answers/", "/posts/")
BECAUSE = "because"  # a fingerprint, a colon, and one of `guarding.BECAUSE`
MOST_ROUNDS = 3  # what stands beside something replaced may only now look like a patient's
MOST_OVERRIDDEN = 500

# Where something was found, for the summary above the form.
FIELDS = {
    "title": "in the question",
    "body": "in the text",
    "tags": "in the tags",
    "summary": "in what you changed and why",
    "reason": "in the reason",
    "note": "in the note",
    "words": "in the words",
    "name": "in the name",
    "query": "in the words",
    "filters": "in the filters",
    "description": "in the description",
    "synonyms": "in the synonyms",
    "terms": "in the terms",
    "line": "in how to reach it",
    "role": "in the role",
    "source": "in the source",
    "version": "in the version",
    "owner": "in the owner",
    "address": "in where it is",
    "site": "in the site",
}


@contextmanager
def guarded(view: Callable[..., Any]) -> Iterator[list[Spotted]]:
    """Do in here what the view does with its texts, or put them aside where it yields findings.

    Raises `Identifying` before it begins.
    """
    names = getattr(view, "texts", ())
    if not names or not settings().privacy_check:
        yield []
        return
    try:
        overridden, replaced = _looked_through(names)
    except Identifying as problem:
        if not _is_sent_for_review(view, problem):
            raise
        yield problem.spotted
        return
    with noting.pending(overridden, replaced, reasons()):
        yield []


def look(names: Sequence[str]) -> list[Spotted]:
    """What is found in these fields as they were typed."""
    return guarding.look(_texts(names), guarding.policy(), _overridden(), reader(), _tags())


def note(session: AnySession, problem: Identifying) -> None:
    """Put a refusal on record, or what was replaced to be read again."""
    if problem.replaced:
        noting.note(session, reader(), Verb.PRIVACY_REPLACED, problem.replaced)
    else:
        found = [each for each in problem.spotted if each.stands_in_the_way]
        noting.note(session, reader(), Verb.PRIVACY_REFUSED, found)


def identifying() -> Identifying | None:
    """What was found, if the form is shown again because of it."""
    problem = g.get("problem")
    return problem if isinstance(problem, Identifying) else None


def may_hold(view: Any) -> bool:
    """Whether what this form sends can wait for a privacy reviewer: posts can, reasons cannot."""
    return getattr(view, "draft", None) is not None and bool(getattr(view, "texts", ()))


def can_be_held() -> bool:
    """Whether the form that was just refused offers to be sent for review."""
    problem = identifying() or g.get("problem_in_place")
    view = current_app.view_functions.get(request.endpoint or "")
    return isinstance(problem, Identifying) and may_hold(view) and _has_held(problem)


def overrides() -> list[str]:
    """What was ticked, for a form that is shown again for another reason."""
    form = g.get("typed")
    return form.getlist("not_patient")[:MOST_OVERRIDDEN] if form is not None else []


def reasons() -> dict[str, str]:
    """Why what was found is not about a patient, by fingerprint, where somebody chose to say it."""
    said = {}
    for each in request.form.getlist(BECAUSE)[:MOST_OVERRIDDEN]:
        fingerprint, _, because = each.partition(":")
        if because in guarding.BECAUSE:
            said[fingerprint] = because
    return said


def _is_sent_for_review(view: Any, problem: Identifying) -> bool:
    """The button was pressed, and there is something that only a reviewer lets through."""
    return "review" in request.form and may_hold(view) and _has_held(problem)


def _has_held(problem: Identifying) -> bool:
    return any(each.stands_in_the_way and each.is_strong for each in problem.spotted)


def _looked_through(names: Sequence[str]) -> tuple[list[Spotted], list[Spotted]]:
    """What was overridden and what was replaced."""
    chosen = request.form.get("replace", "")
    replaced = _replace(names, chosen) if chosen else []
    if chosen not in ("", ALL):
        raise Identifying(look(names), replaced)  # to be read once more before it is posted
    try:
        spotted = guarding.check(_texts(names), guarding.policy(), _overridden(), reader(), _tags())
        return spotted, replaced
    except Identifying as problem:
        raise Identifying(problem.spotted, replaced) from None


def _replace(names: Sequence[str], chosen: str) -> list[Spotted]:
    """Put the replacements into the form, as if they had been typed."""
    replaced: list[Spotted] = []
    for _ in range(MOST_ROUNDS):
        found = guarding.replaceable(look(names), chosen)
        if not found:
            break
        replaced += found
        mended = guarding.replace(_texts(names), found)
        rest = [pair for pair in request.form.items(multi=True) if pair[0] not in mended]
        request.form = ImmutableMultiDict([*rest, *mended.items()])
    return replaced


def _texts(names: Sequence[str]) -> dict[str, str]:
    """The fields as they would be kept. What is longer than anything we keep is refused anyway."""
    return {name: kept(name, request.form[name]) for name in names if name in request.form}


def kept(name: str, text: str) -> str:
    """A field as it would be kept: what is found has its place in this."""
    return (tidy(text) if name == "body" else one_line(text))[: BODY_LENGTH + 1]


def _tags() -> Set[str]:
    """Of the question that is written, or that something is written below."""
    if not settings().privacy_policy_by_tag:
        return topics.NONE
    typed = request.form.get("tags") if request.endpoint in TAGGING else None
    with glance() as before:
        if (post_id := _post_id()) is not None:
            return topics.of_post(before, post_id, typed)
        return topics.of_typed(before, typed or "")


def _post_id() -> int | None:
    """The post that the address is about; the check while typing is told it (`about`)."""
    rule = request.url_rule.rule if request.url_rule else ""
    if rule.startswith(ABOUT_POSTS):
        return (request.view_args or {}).get("id")
    return request.args.get("about", type=int) if request.endpoint == WHILE_TYPING else None


def _overridden() -> frozenset[str]:
    return frozenset(request.form.getlist("not_patient")[:MOST_OVERRIDDEN])
