"""Guidelines: the registry, one of them, a new version; and which of them an answer cites."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.curation import deciding, registering
from board.curation.registering import Particulars
from board.curation.states import KNOWING
from board.experts.reaching import today
from board.posts.models import Answer
from board.posts.queries import answer_with_id
from board.posts.rules import may_edit
from board.web.forms import number, once, typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

TEXTS = ("title", "version", "owner", "address")
CORRECTED = ("title", "owner", "address")  # the version stays what it is
ONLY_THEIRS = "Its author, an expert for one of its tags or a moderator says what it cites."

pages = Pages("guidelines")


@pages.shown("/guidelines")
def index() -> str:
    words = request.args.get("q", "").strip()
    may_keep = registering.may_keep(reader())
    rows = registering.guidelines(words)
    return page("guidelines/index.html", guidelines=rows, words=words, may_keep=may_keep)


@pages.shown("/guidelines/new")
def new() -> str:
    require(registering.may_keep(reader()), registering.REFUSAL)
    return page("guidelines/edit.html", guideline=None, is_new_version=False)


@pages.post("/guidelines", again="guidelines.new", texts=TEXTS)
@once
def create() -> ResponseReturnValue:
    made = registering.add(me(), _typed())
    return moved(url_for("guidelines.show", id=made.id), "Entered.")


@pages.shown("/guidelines/<id:id>")
def show(id: int) -> str:
    return page(
        "guidelines/show.html",
        guideline=registering.guideline_with_id(id),
        answers=[each for each in registering.citing(id) if each.is_visible],
        may_keep=registering.may_keep(reader()),
        today=today(),
    )


@pages.shown("/guidelines/<id:id>/edit")
def edit(id: int) -> str:
    require(registering.may_keep(reader()), registering.REFUSAL)
    guideline = registering.guideline_with_id(id)
    return page("guidelines/edit.html", guideline=guideline, is_new_version=False)


@pages.post("/guidelines/<id:id>/edit", again="guidelines.edit", texts=CORRECTED)
def update(id: int) -> ResponseReturnValue:
    registering.change(me(), registering.guideline_with_id(id), _typed())
    return moved(url_for("guidelines.show", id=id), "Saved.")


@pages.shown("/guidelines/<id:id>/versions/new")
def new_version(id: int) -> str:
    require(registering.may_keep(reader()), registering.REFUSAL)
    guideline = registering.guideline_with_id(id)
    return page("guidelines/edit.html", guideline=guideline, is_new_version=True)


@pages.post("/guidelines/<id:id>/versions", again="guidelines.new_version", texts=TEXTS)
@once
def supersede(id: int) -> ResponseReturnValue:
    made = registering.supersede(me(), registering.guideline_with_id(id), _typed())
    said = "Entered. Whoever verified an answer that cites the old version is told."
    return moved(url_for("guidelines.show", id=made.id), said)


@pages.post("/answers/<id:id>/citations", again="verifications.show")
def cite(id: int) -> ResponseReturnValue:
    answer = _citable(id)
    registering.cite(me(), answer, registering.guideline_with_id(number("guideline")))
    return moved(url_for("verifications.show", id=id), "Cited.")


@pages.post("/answers/<id:id>/citations/removal", again="verifications.show")
def uncite(id: int) -> ResponseReturnValue:
    answer = _citable(id)
    registering.uncite(me(), answer, registering.guideline_with_id(number("guideline")))
    return moved(url_for("verifications.show", id=id), "No longer cited.")


def _citable(id: int) -> Answer:
    answer = answer_with_id(id, reader())
    knows = deciding.held(reader(), answer).roles & KNOWING
    require(may_edit(reader(), answer) or bool(knows), ONLY_THEIRS)
    return answer


def _typed() -> Particulars:
    names = ("title", "version", "owner", "effective_from", "review_by", "address")
    return Particulars(**{name: typed(name) for name in names})
