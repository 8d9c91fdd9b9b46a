"""Merging a question into another that asks the same, and undoing it."""

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import Invalid
from board.core.markup import plain
from board.posts import merging, states
from board.posts.models import Question
from board.posts.queries import question_with_id
from board.posts.states import Action
from board.search.similar import similar
from board.web.closures import question_named
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("merges")


@pages.shown("/questions/<id:id>/merge")
def new(id: int) -> str:
    question = question_with_id(id, reader())
    states.check(reader(), Action.MERGE, question)
    found = similar(question.title or "", plain(question.body_html), but=id)
    return page("merges/new.html", question=question, similar=found)


@pages.post("/questions/<id:id>/merge", again="merges.new")
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    states.check(reader(), Action.MERGE, question)
    into = question_named(typed("likely") or typed("into"))
    if into is None:
        raise Invalid({"into": "Which question? Paste its address, or its number."})
    merging.merge(me(), question, into)
    return moved(question_url(into.id, into.title), "Merged. It can be undone from this page.")


@pages.post("/questions/<id:id>/merge/end")
def delete(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    merging.unmerge(me(), question)
    restored = db.session.get_one(Question, id)
    return moved(question_url(id, restored.title), "The merge was undone.")
