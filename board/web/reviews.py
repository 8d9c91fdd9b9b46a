"""My answers to review, several at once; and handing somebody's reviews to somebody else."""

from collections.abc import Iterator

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import Invalid, require
from board.curation import handing_over, queries, registering, verifying
from board.curation.deciding import Seen
from board.curation.rules import may_hand_over
from board.experts.queries import seats_of
from board.experts.reaching import today
from board.people.queries import person_called
from board.posts.models import Answer
from board.posts.queries import answer_with_id
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

MOST = 50

pages = Pages("reviews")


@pages.shown("/reviews")
def index() -> str:
    person = signed_in()
    rows = queries.to_review(person.id, with_ownerless=person.is_moderator)
    guidelines = registering.to_review(person)
    return page("reviews/index.html", answers=rows, guidelines=guidelines, today=today())


@pages.post("/reviews", again="reviews.index", texts=("note",))
def create() -> ResponseReturnValue:
    """Every one of them is verified again, or none: one that changed meanwhile stops them all."""
    note, answers = typed("note"), list(_ticked())
    if not answers:
        raise Invalid({"answer": "Tick the answers that you have read and that are still right."})
    for answer, seen in answers:
        verifying.verify(me(), answer, seen, note)
    many = "1 answer" if len(answers) == 1 else f"{len(answers)} answers"
    return moved(url_for("reviews.index"), f"Verified again: {many}.")


@pages.shown("/people/<handle>/handover")
def hand_over_form(handle: str) -> str:
    require(may_hand_over(reader()), "Only a moderator hands over somebody's tags and reviews.")
    person = person_called(handle)
    return page(
        "reviews/handover.html",
        person=person,
        seats=seats_of(person.id),
        answers=handing_over.how_many(person.id),
    )


@pages.post("/people/<handle>/handover", again="reviews.hand_over_form")
def hand_over(handle: str) -> ResponseReturnValue:
    person, successor = person_called(handle), person_called(typed("handle").lstrip("@"))
    tags, answers = handing_over.hand_over(me(), person, successor)
    said = f"{successor.name} has {tags} tags and {answers} answers of {person.name} now."
    return moved(url_for("people.show", handle=successor.handle), said)


def _ticked() -> Iterator[tuple[Answer, Seen]]:
    """`12-3-verified`: answer 12 as it was shown, its third revision, verified."""
    ticked = request.form.getlist("answer")
    if len(ticked) > MOST:
        raise Invalid({"answer": f"At most {MOST} at a time: untick some, and send them after."})
    for each in ticked:
        id, _, shown = each.partition("-")
        revision, _, standing = shown.partition("-")
        if not all(part.isdecimal() and len(part) < 10 for part in (id, revision)):
            raise Invalid({"answer": "Open the page again: the form was damaged on the way."})
        yield answer_with_id(int(id), reader()), Seen(int(revision), standing)
