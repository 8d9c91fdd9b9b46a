"""What waits for a privacy reviewer: putting it aside, the reviewers' pages, the author's page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.database import apart, db, glance
from board.core.errors import require
from board.core.limits import Limit
from board.moderation import screening
from board.people.models import Person
from board.posts import drafting
from board.privacy import deciding, holding, noting, queries
from board.privacy.elsewhere import Writing
from board.privacy.guarding import Spotted
from board.privacy.marking import marked
from board.privacy.models import Held, WaitsFor
from board.privacy.rules import may_decide, may_review
from board.web import emergencies, guarding
from board.web.displaying import held_post_url
from board.web.forms import EVIDENCE, once, settle_key, typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

SHOWN = 200
# What a form says that posting it later needs.
FIELDS = ("title", "body", "tags", "summary", "urgency", "base_revision", "confidential")
# What an answer rests on, and what several of one name can be sent of.
FIELDS_OF_EVIDENCE = ("evidence", *EVIDENCE)
LISTS = ("ask", "applies_to")
SENT = "Sent for review. It is not posted yet; you will be told."
SCREENED = (
    "A moderator looks at your first posts before others see them. It is not posted yet; "
    "you will be told."
)
DECISIONS = Limit("privacy-decision", 60, 60)

pages = Pages("quarantine")


def hold(view: Any, spotted: list[Spotted]) -> ResponseReturnValue:
    """Put aside what this view would have posted; called in its place, within its transaction."""
    return _hold(view=view, said=SENT, put=partial(holding.hold, spotted=spotted))


def is_screened(view: Any) -> bool:
    """Whether what this view posts waits for a moderator, because somebody new wrote it."""
    if not settings().hold_first_posts or getattr(view, "draft", None) not in screening.FORMS:
        return False
    with glance() as before:
        return screening.is_screened(reader(), before)


def screen(view: Any) -> ResponseReturnValue:
    """Put it aside for a moderator; called in the view's place, within its transaction."""
    return _hold(view=view, said=SCREENED, put=screening.hold)


@once
def _hold(view: Any, said: str, put: Callable[..., Held]) -> ResponseReturnValue:
    target_id = (request.view_args or {}).get("id")
    form = request.form
    names = (*FIELDS, *FIELDS_OF_EVIDENCE)
    fields = {name: guarding.kept(name, form[name]) for name in names if name in form}
    fields |= {name: ",".join(form.getlist(name)) for name in LISTS if name in form}
    author = me()
    key = request.form.get("submission_key", "")
    held = put(author, Writing(view.held_as, target_id, fields), key=key)
    if view.draft == drafting.ASKING:
        emergencies.note_passed(held)
    drafting.clear(author.id, drafting.target(view.draft, target_id))
    return moved(url_for("quarantine.mine"), said)


@pages.shown("/privacy/mine")
def mine() -> str:
    """What somebody sent to the reviewers, and what became of it."""
    person = signed_in()
    return page(
        "quarantine/mine.html",
        held=db.session.execute(queries.held_by(person.id).limit(SHOWN)).all(),
        reported=db.session.execute(queries.reported_by(person.id).limit(SHOWN)).all(),
    )


@pages.shown("/privacy/held")
def index() -> str:
    held = db.session.execute(queries.held(reader()).limit(SHOWN)).all()
    concerns = db.session.execute(queries.concerns(reader()).limit(SHOWN)).all()
    require(bool(held or concerns) or may_review(reader()), deciding.REFUSAL)
    look = db.session.execute(queries.last_look()).first()
    return page("quarantine/index.html", held=held, concerns=concerns, look=look)


@pages.shown("/privacy/held/<id:id>")
def show(id: int) -> str:
    """One text with what was found in it marked. That somebody looked is on record."""
    held = deciding.held_with_id(id, reader())
    fields = {} if held.decided_at else holding.writing_of(held).fields
    if may_review(reader(), held.author_id) and held.payload:
        with apart() as session:
            noting.viewed(session, signed_in(), "quarantine", id)
    return page(
        "quarantine/show.html",
        held=held,
        author=db.session.get(Person, held.author_id) if held.author_id else None,
        texts=marked(fields, held.findings),
        may_decide=may_decide(reader(), held.author_id) and held.waits_for == WaitsFor.REVIEWER,
        context=held_post_url(held.form, held.target_id),
    )


@pages.post("/privacy/held/<id:id>/release", again="quarantine.show", limit=DECISIONS)
def release(id: int) -> ResponseReturnValue:
    reviewer, held = me(), _found(id)
    post_id = deciding.release(reviewer, held)
    if held.author_id is not None and held.submission_key:
        settle_key(held.author_id, held.submission_key, url_for("posts.show", id=post_id))
    return moved(url_for("quarantine.index"), "Posted as its author wrote it.")


@pages.post(
    "/privacy/held/<id:id>/return", again="quarantine.show", texts=("message",), limit=DECISIONS
)
def give_back(id: int) -> ResponseReturnValue:
    deciding.give_back(me(), _found(id), typed("message"))
    return moved(url_for("quarantine.index"), "Returned: its author finds it among their drafts.")


@pages.post("/privacy/held/<id:id>/purge", again="quarantine.show", limit=DECISIONS)
def discard(id: int) -> ResponseReturnValue:
    deciding.discard(me(), _found(id))
    return moved(url_for("quarantine.index"), "Purged. Nothing of it was posted.")


@pages.post("/privacy/held/<id:id>/withdrawal")
def withdraw(id: int) -> ResponseReturnValue:
    deciding.take_back(me(), _found(id))
    return moved(url_for("drafts.index"), "It is among your drafts again.")


def _found(id: int) -> Held:
    return deciding.held_with_id(id, reader())
