"""Who asked a confidential question: looked up by a moderator, or shown by the asker after all."""

from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.posts import confiding
from board.posts.queries import question_with_id
from board.posts.rules import may_disclose
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("askers")


@pages.post("/questions/<id:id>/asker")
def look_up(id: int) -> str:
    """Shown at once and kept nowhere: neither in an address nor in a cookie."""
    question = question_with_id(id, reader())
    asker = confiding.look_up(me(), question)
    return page("askers/show.html", parts=["asker"], question=question, asker=asker)


@pages.shown("/questions/<id:id>/name")
def edit(id: int) -> str:
    """Asks whether to show the name: there is no way back."""
    question = question_with_id(id, reader())
    require(may_disclose(reader(), question), confiding.ONLY_THEIRS)
    return page("askers/disclose.html", question=question)


@pages.post("/questions/<id:id>/name", again="askers.edit")
def disclose(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    confiding.disclose(me(), question)
    address = question_url(question.id, question.title)
    return moved(address, "Your name stands under your question now.")
