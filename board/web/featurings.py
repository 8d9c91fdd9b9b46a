"""Featuring a question on top of the list, and taking it away."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.clock import now
from board.core.errors import require
from board.posts import featuring, states
from board.posts.queries import question_with_id
from board.posts.states import Action
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import is_local, me, reader

pages = Pages("featurings")


@pages.shown("/questions/<id:id>/featuring")
def new(id: int) -> str:
    """Asks until when; or says until when it is featured, with the way back."""
    question = question_with_id(id, reader())
    require(reader().is_moderator, "Only a moderator can do that.")
    standing = featuring.standing_featuring(id)
    return page(
        "featurings/new.html",
        question=question,
        standing=standing if standing is not None and standing.until > now() else None,
        may_feature=states.allows(reader(), Action.FEATURE, question),
        others=featuring.featured(),
        most=featuring.MOST,
    )


@pages.post("/questions/<id:id>/featuring", again="featurings.new", texts=("note",))
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    featuring.feature(me(), question, typed("until"), typed("note"))
    return moved(url_for("questions.index"), "Featured. It stands on top of the list until then.")


@pages.post("/questions/<id:id>/featuring/end")
def delete(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    featuring.end(me(), question)
    back = request.form.get("next", "")
    to = back if is_local(back) else question_url(question.id, question.title)
    return moved(to, "It is not featured any more.")
