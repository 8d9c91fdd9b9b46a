"""Lists of questions, the question's own page, and asking."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from htmx_flask import request
from werkzeug.datastructures import MultiDict

from board.config import settings
from board.core.database import AnyRow, db
from board.core.errors import Missing, Problem
from board.curation import queries as curation
from board.curation import viewing
from board.experts import requesting
from board.experts.suggesting import MOST_WHILE_ASKING
from board.inbox import reading as inbox
from board.inbox import watching
from board.inbox.models import Watched
from board.people import queries as people
from board.people.queries import person_called
from board.posts import asking, attesting, confiding, drafting, featuring, lists, threads
from board.posts.emergencies import heard_in
from board.posts.lists import Tab
from board.posts.models import Question, Urgency
from board.posts.queries import standing
from board.routing import queries as routing
from board.search.finding import Result
from board.tags import naming
from board.tags import queries as tags
from board.tags.models import Tag
from board.web import emergencies
from board.web.displaying import question_url
from board.web.experts import fitting
from board.web.forms import body, once, render_body, typed
from board.web.misreading import noted
from board.web.pages import POSTS, Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

RAIL_TAGS = 14

pages = Pages("questions")


@pages.shown("/", readable=True)
@pages.shown("/questions", readable=True)
def index() -> str:
    name = request.args.get("tag")
    return listing(naming.tag_called(name) if name else None)


@pages.shown("/questions/new")
def new(similar: Sequence[Result] = (), *, has_looked: bool = False) -> str:
    draft = drafting.find(signed_in().id, drafting.ASKING)
    form = g.get("typed") or MultiDict[str, str]()
    kept = draft.tags if draft and not draft.is_sent else ""
    return page(
        "questions/new.html",
        draft=draft,
        similar=similar,
        has_looked=has_looked,
        wants_tick=attesting.is_wanted(signed_in().id),
        shown_as=confiding.shown_as(signed_in().profession)
        if settings().confidential_asking
        else None,
        **fitting(form.get("tags", kept), form.getlist("ask")),
    )


@pages.post(
    "/questions",
    again="questions.new",
    draft="question",
    texts=("title", "body", "tags"),
    before=emergencies.look,
    first=render_body,
    limit=POSTS,
)
@once
def create() -> ResponseReturnValue:
    attesting.require_tick(signed_in().id, typed("attested"))
    is_confidential = typed("confidential") == "1"
    ask = asking.ask_confidentially if is_confidential else asking.ask
    question = ask(me(), typed("title"), body(), typed("tags"), _urgency())
    emergencies.note_passed(question)
    posted = noted("Your question was posted.", question)
    said = " ".join([posted, *_ask_chosen(question)])
    return moved(question_url(question.id, question.title), said)


@pages.shown("/questions/<id:id>", readable=True)
@pages.shown("/questions/<id:id>/<slug>", readable=True)
def show(id: int, slug: str | None = None) -> ResponseReturnValue:
    try:
        thread = threads.thread(id, reader())
    except threads.Merged as merged:
        return redirect(url_for("questions.show", id=merged.into_id), 302)
    address = question_url(id, thread.question.title)
    here = request.script_root + request.path
    if here != address.partition("#")[0] and "problem" not in g:
        return redirect(_with_query(address), 302)
    person = reader()
    climb = routing.climb_of(id) if person.id and _waits(thread) else None
    if person.id is None:
        return page("questions/show.html", watch=None, climb=None, **on_page(thread))
    watch = inbox.on_question(person.id, id)
    g.unread = watch.unread
    context = on_page(thread)
    shown = page("questions/show.html", watch=watch, climb=climb, **context)
    if watch.has_news:
        inbox.see(person.id, id)
    viewing.note(person.id, id, watch.seen_at, thread.question.active_at)
    return shown


@pages.shown("/questions/<id:id>/changes", readable=True, quiet=True)
def changes(id: int) -> ResponseReturnValue:
    """What an open page asks now and then: nothing new (204), or a line that says so."""
    now = standing(id)
    if now is None or now.hidden_at is not None:
        raise Missing("There is no such question.")
    if now.version == request.args.get("since", type=int):
        return "", 204
    new = now.answer_count - request.args.get("answers", now.answer_count, type=int)
    return page("questions/_changes.html", id=id, version=now.version, new=max(new, 0), now=now)


def _waits(thread: threads.Thread) -> bool:
    """Nobody has answered, and the question stands: its ladder is shown."""
    return not thread.question.answer_count and thread.question.hidden_at is None


def on_page(thread: threads.Thread) -> dict[str, Any]:
    """What the page of a question shows, or any part of it."""
    return {
        "curation": curation.on_thread(thread.question.id, reader()),
        "thread": thread,
        "question": thread.question,
        "is_urgent": bool(heard_in(thread.question.title)),
        "address": question_url(thread.question.id, thread.question.title),
    }


def listing(tag: Tag | None) -> str:
    """A page of the list the address asks for, in a tag or of the whole board."""
    tab, slug = _tab(), request.args.get("department")
    departments = db.session.execute(people.departments()).all()
    department = people.department_at(slug, departments) if slug else None
    rows = lists.questions(
        tab,
        tag_id=tag.id if tag else None,
        department_id=department.id if department else None,
        after=request.args.get("after"),
    )
    return page(
        "questions/index.html",
        parts=["more"],
        listed=rows,
        featured=featuring.featured() if _is_front(tab, tag, department) else [],
        tab=tab,
        tabs=Tab,
        tag=tag,
        department=department,
        departments=departments,
        level=_level(tag, department),
        top_tags=[] if tag else db.session.execute(tags.tags().limit(RAIL_TAGS)).all(),
    )


def _is_front(tab: Tab, tag: Tag | None, department: AnyRow | None) -> bool:
    """Whether this is the page that the board begins with."""
    return tab is Tab.NEWEST and not (tag or department or "after" in request.args)


def _level(tag: Tag | None, department: AnyRow | None) -> str | None:
    """How much whoever reads hears of this tag, or of this department."""
    person = reader()
    if person.id is None or not (tag or department):
        return None
    kind = Watched.TAG if tag else Watched.DEPARTMENT
    target = tag or department
    return watching.level_of(person.id, kind, target.id)  # type: ignore[union-attr]


def _ask_chosen(question: Question) -> Iterator[str]:
    """Ask the experts that were ticked; what did not work is said, the question stands."""
    for handle in request.form.getlist("ask")[:MOST_WHILE_ASKING]:
        try:
            made = requesting.ask_expert(me(), question, person_called(handle))
            yield f"{made.person.name} was asked."
        except Problem as problem:
            yield problem.message


def _urgency() -> str:
    """What was chosen; a form without the choice, such as a program's, means no hurry."""
    return typed("urgency") if "urgency" in request.form else Urgency.WHEN_YOU_CAN


def _tab() -> Tab:
    try:
        return Tab(request.args.get("tab", Tab.NEWEST))
    except ValueError:
        raise Missing("There is no such list.") from None


def _with_query(address: str) -> str:
    query = request.query_string.decode("ascii", "ignore")
    return f"{address}?{query}" if query else address
