"""What templates can say: dates on the site's clock, rules, addresses, what was typed."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from flask import Flask, g, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy import ColumnElement, select

from board.config import settings
from board.core import clock, submissions, text
from board.core.database import db
from board.curation import describing
from board.experts import rules as expert_rules
from board.inbox import reading as inbox
from board.moderation import queueing
from board.moderation import rules as moderation_rules
from board.people import rules as people_rules
from board.posts import rules as post_rules
from board.posts import states
from board.privacy import queries as privacy
from board.privacy import rules as privacy_rules
from board.privacy.guarding import BECAUSE, NAMES
from board.signin import locking
from board.signin.rules import may_have_pin
from board.tags import rules as tag_rules
from board.web import guarding
from board.web.assets import asset
from board.web.visiting import reader
from board.web.words import Words

HTMX = json.dumps(
    {
        "allowEval": False,
        "disableInheritance": True,  # an attribute means the element it stands on, nothing inside
        "historyCacheSize": 0,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "timeout": 20_000,  # a connection that hangs is a lost one
        # A refusal is an answer too: it brings the message and where it goes.
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "4..", "swap": True, "error": False},
            {"code": "5..", "swap": False, "error": True},
        ],
    }
)


MOST_REMEMBERED = 20_000

# What an address of ours may carry on; `_external` and its like are url_for's own.
ARGUMENTS = (
    "after",
    "applies",
    "author",
    "department",
    "exactly",
    "period",
    "q",
    "show",
    "since",
    "sort",
    "state",
    "tab",
    "tag",
    "until",
)


def init_app(app: Flask) -> None:
    """Filters and globals; a name that a template misspells is an error, not an empty space."""
    app.context_processor(_everywhere)
    env = app.jinja_env
    env.add_extension(Words)
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(
        when=when,
        date=date,
        clock=time,
        moment=moment,
        rooted=rooted,
        day=clock.as_day,
        counted=counted,
    )
    env.globals.update(
        expert_rules=expert_rules,
        people_rules=people_rules,
        post_rules=post_rules,
        states=states,
        tag_rules=tag_rules,
        moderation_rules=moderation_rules,
        typed=typed,
        typed_list=typed_list,
        evidence_words=describing,
        problem=problem,
        identifying=guarding.identifying,
        overrides=guarding.overrides,
        reasons=guarding.reasons,
        because=BECAUSE,
        where=lambda field: guarding.FIELDS.get(field, ""),
        general_problem=general_problem,
        current_user=current_user,
        icon=icon,
        hidden_tokens=hidden_tokens,
        url_for=link,
        question_url=question_url,
        draft_url=draft_url,
        this_page=this_page,
        without=without,
        printed_now=printed_now,
        unread_count=unread_count,
        may_review=may_review,
        may_have_pin=may_have_pin,
        can_be_held=guarding.can_be_held,
        looks_like=lambda kind: NAMES[kind],
        waiting_count=waiting_count,
        reviews_count=reviews_count,
        new_key=submissions.new_key,
        htmx_config=HTMX,
        idle_seconds=idle_seconds,
    )
    # Imported in each template they would be looked up again for each part of a page.
    ui: Any = env.get_template("macros.html").module
    ui.author, ui.tag = remembered(ui.author), remembered(ui.tag)
    env.globals["ui"] = ui
    env.globals["duty"] = env.get_template("duty.html").module
    env.globals["evidence"] = env.get_template("evidence.html").module
    env.globals["news"] = env.get_template("news.html").module
    env.globals["closed"] = env.get_template("closed.html").module
    env.globals["flagged"] = env.get_template("flagged.html").module
    env.globals["rows"] = env.get_template("rows.html").module
    env.globals["guard"] = env.get_template("guard.html").module
    env.globals["writing"] = env.get_template("editor.html").module


def _everywhere() -> dict[str, Any]:
    """Looked up once a page; behind their proxies each use would cost a little."""
    root = request.script_root
    return {
        "site": settings(),
        "current_user": reader(),
        "root": root,
        "url_for": _links(root),
    }


def link(endpoint: str, **values: Any) -> str:
    """An address, for what is not within a page's own templates."""
    return _links(request.script_root)(endpoint, **values)


@cache
def _links(_root: str) -> Callable[..., str]:
    """Flask's `url_for`, remembering what it built: a page has dozens of addresses."""
    built: dict[tuple[Any, ...], str] = {}

    def build(endpoint: str, **values: Any) -> str:
        key = (endpoint, *values.items())
        address = built.get(key)
        if address is None:
            if len(built) > MOST_REMEMBERED:
                built.clear()
            address = built[key] = url_for(endpoint, **values)
        return address

    return build


def remembered(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro that makes the same of the same words, such as a tag or an author's name."""
    made: dict[tuple[Any, ...], Markup] = {}

    def remembering(*words: Any) -> Markup:
        key = (request.script_root, *words)
        found = made.get(key)
        if found is None:
            if len(made) > MOST_REMEMBERED:
                made.clear()
            found = made[key] = macro(*words)
        return found

    return remembering


def hidden_tokens() -> Markup:
    """What every form that changes something carries; made once a page."""
    field: Markup | None = g.get("csrf_field")
    if field is None:
        hidden = Markup('<input type="hidden" name="csrf_token" value="{}">')
        field = g.csrf_field = hidden.format(generate_csrf())
    return field


def icon(name: str) -> Markup:
    """A picture beside words; who listens hears only the words."""
    return _icon(request.script_root, name)


@lru_cache
def _icon(_root: str, name: str) -> Markup:
    return Markup(
        '<svg class="icon" aria-hidden="true" width="16" height="16"><use href="{}#{}"/></svg>'
    ).format(asset("icons.svg"), name)


def when(moment: datetime) -> Markup:
    """`today 14:02` with the exact moment for machines."""
    words = clock.in_words(moment, settings().time_zone)
    exactly = moment.isoformat(timespec="seconds")
    return Markup(f'<time datetime="{exactly}">{words}</time>')  # noqa: S704 - nobody wrote this


def date(moment: datetime) -> str:
    """`05 Jun 2026`."""
    return clock.as_date(moment, settings().time_zone)


def time(moment: datetime) -> str:
    """`14:02`."""
    return clock.as_time(moment, settings().time_zone)


def moment(moment: datetime) -> str:
    """`14:02`, or `Sat 06 Jun 14:02` on another day."""
    return clock.on_day(moment, settings().time_zone)


def rooted(html: str) -> str:
    """Stored HTML whose links to people work where the board is served below a path."""
    root = request.script_root
    return html.replace('class="mention" href="', f'class="mention" href="{root}') if root else html


def counted(number: int, one: str, many: str) -> str:
    """`1 answer`, `12,000 answers`."""
    return f"{number:,} {one if number == 1 else many}"


def typed(name: str, default: Any = "") -> Any:
    """What was typed into this field before the form had to be shown again."""
    form = g.get("typed")
    return form.get(name, default) if form is not None else default


def typed_list(name: str, default: Iterable[str] = ()) -> list[str]:
    """What was ticked under this name before the form had to be shown again."""
    form = g.get("typed")
    return form.getlist(name) if form is not None else list(default)


def problem(name: str) -> str | None:
    """What is wrong with this field, if the form is shown again because of it."""
    found = g.get("problem")
    fields = getattr(found, "fields", {})
    return fields.get(name)


def question_url(id: int, title: str | None, post_id: int | None = None) -> str:
    """The address of a question, or of one post on its page."""
    words = "" if settings().private_addresses else text.slug(title or "")
    anchor = f"post-{post_id}" if post_id else None
    return link("questions.show", id=id, slug=words or "question", _anchor=anchor)


def general_problem() -> str | None:
    """What is wrong with the form as a whole, not with one of its fields."""
    found = g.get("problem")
    return None if found is None or getattr(found, "fields", None) else found.message


def held_post_url(form: str, target_id: int | None) -> str | None:
    """What a held text belongs to: the question of an answer, the post of a comment or an edit."""
    return link("posts.show", id=target_id) if target_id is not None else None


def draft_url(target: str) -> str:
    """The page of the form that a draft belongs to."""
    form, _, post_id = target.partition("-")
    pages = {"answer": "questions.show", "comment": "comments.new", "edit": "posts.edit"}
    return url_for(pages[form], id=int(post_id)) if form in pages else url_for("questions.new")


def this_page(**changes: Any) -> str:
    """The address of this page with other arguments; None takes one away."""
    asked: dict[str, Any] = {name: request.args[name] for name in ARGUMENTS if name in request.args}
    arguments = {**asked, **(request.view_args or {}), **changes}
    kept = {name: value for name, value in arguments.items() if value is not None}
    return url_for(request.endpoint or "questions.index", **kept)


def without(filter: str) -> str:
    """The address of the list without one of its filters."""
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("tab", "department") if name in request.args
    }
    kept.pop(filter, None)
    if filter == "tag":
        return url_for("questions.index", **kept)
    return this_page(**{filter: None, "after": None})


def unread_count() -> int:
    """What the header says is new for whoever reads, in one statement, if the view did not ask."""
    if "unread" in g:
        return int(g.unread)
    person = reader()
    if person.id is None:
        return 0
    if not (person.is_moderator or person.is_privacy_reviewer):
        return inbox.unread(person.id)
    _count(unread=inbox.unread_of(person.id))
    return int(g.unread)


def waiting_count() -> int:
    """What the header says waits in the queue; a moderator's only."""
    if "waiting" not in g:
        _count()
    return int(g.waiting)


def reviews_count() -> int:
    """What the header says waits for whoever reads as a privacy reviewer."""
    person = reader()
    if "reviews" not in g and (person.is_administrator or person.is_privacy_reviewer):
        _count()
    return int(g.get("reviews", 0))


def _count(**counts: ColumnElement[int]) -> None:
    """Everything the header counts for whoever reads, in one statement."""
    person = reader()
    if person.is_moderator:
        counts["waiting"] = queueing.waiting_for(person)
    if person.is_administrator or person.is_privacy_reviewer:
        counts["reviews"] = privacy.waiting_for(person)
    row = db.session.execute(select(*(each.label(name) for name, each in counts.items()))).one()
    for name, value in row._mapping.items():
        setattr(g, name, value)


def idle_seconds() -> int:
    """How long a page at this computer may rest unused before it is locked."""
    return int(locking.idle_time(request.remote_addr).total_seconds())


def may_review() -> bool:
    """Whether whoever reads looks through what was held; asked once a page."""
    if "may_review" not in g:
        g.may_review = privacy_rules.may_review(reader())
    return bool(g.may_review)


def printed_now() -> str:
    """`05 Jun 2026 14:02`, for a page that may be printed."""
    moment = clock.now()
    return f"{date(moment)} {time(moment)}"
