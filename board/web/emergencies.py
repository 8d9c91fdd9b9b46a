"""Before anything else is looked at: does this sound as if somebody were in danger now?"""

from flask import g, render_template, request

from board.activity.models import Activity
from board.activity.recording import Subject, record
from board.activity.verbs import Verb
from board.core.database import AnySession
from board.posts import drafting, emergencies
from board.posts.emergencies import Emergency, Returned
from board.web.visiting import me, reader

ANYWAY, BACK = "anyway", "back"
NOT_CARRIED = ("csrf_token", "submission_key", "emergency")


def look() -> None:
    """Raises `Emergency`, unless its warning has been read and passed; works without JavaScript."""
    chosen = request.form.get("emergency", "")
    if chosen == BACK:
        raise Returned
    words = _heard()
    if words and chosen != ANYWAY:
        raise Emergency(words)


def note(session: AnySession, problem: Emergency) -> None:
    """Put the warning on record, by the site's own words; the text waits as its writer's draft."""
    writer = reader().id
    if writer is not None:
        about = {"subject_kind": "person", "subject_id": writer}
        detail = {"words": problem.words}
        session.add(Activity(actor_id=writer, verb=Verb.EMERGENCY_WARNED, detail=detail, **about))
        drafting.keep(writer, drafting.ASKING, request.form, session)


def note_passed(sent: Subject) -> None:
    """Put on record that it was sent all the same: posted, or put aside for somebody to look at."""
    if words := _heard():
        record(me(), Verb.EMERGENCY_PASSED, sent, words=words)


def warning(problem: Emergency) -> str:
    """The page between pressing and posting. It carries everything that was typed."""
    g.problem = None  # the page itself says it
    carried = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_CARRIED]
    return render_template("emergencies/show.html", problem=problem, carried=carried)


def _heard() -> list[str]:
    return emergencies.heard_in(request.form.get("title", ""), request.form.get("body", ""))
