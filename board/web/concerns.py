"""Contains patient information: saying so, and what a privacy reviewer decides."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.database import apart, db
from board.core.limits import Limit
from board.people.models import Person
from board.posts import purging, reporting
from board.posts.models import Post, Question
from board.posts.queries import reportable_post
from board.posts.rules import writer_id
from board.privacy import guarding as privacy
from board.privacy import noting, queries
from board.privacy.marking import marked
from board.privacy.rules import may_decide
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

REPORTS = Limit("privacy-report", 10, 3600)

pages = Pages("concerns")


@pages.shown("/posts/<id:id>/patient-information")
def new(id: int) -> str:
    """The second of two presses."""
    post = reportable_post(id, reader())
    return page("concerns/new.html", post=post, back=_back(post))


@pages.post(
    "/posts/<id:id>/patient-information", again="concerns.new", limit=REPORTS, while_suspended=True
)
def create(id: int) -> ResponseReturnValue:
    post = reportable_post(id, reader())
    reporting.report(me(), post)
    said = "Hidden. A privacy reviewer will look at it, and you will be told."
    return moved(_back(post), said)


@pages.shown("/privacy/concerns/<id:id>")
def show(id: int) -> str:
    concern = reporting.concern_with_id(id, reader())
    post = db.session.get_one(Post, concern.post_id)
    texts = {"title": post.title or "", "body": post.body_md}
    spotted = privacy.look(texts, privacy.policy(), (), reader())
    places = [
        {"field": e.field, "kind": e.kind.value, "start": e.finding.start, "end": e.finding.end}
        for e in spotted
    ]
    with apart() as session:
        noting.viewed(session, signed_in(), "privacy_concern", id)
    reporter = db.session.get(Person, concern.reporter_id) if concern.reporter_id else None
    past = queries.reports_of(reporter.id if reporter else 0)
    return page(
        "concerns/show.html",
        concern=concern,
        post=post,
        question=_question(post),
        texts=marked(texts, places),
        passages=list(dict.fromkeys(e.passage for e in spotted if e.is_strong)),
        reporter=reporter,
        past={row.outcome: row.times for row in db.session.execute(past)},
        may_decide=may_decide(reader(), writer_id(post)),
    )


@pages.post("/privacy/concerns/<id:id>/clearance", again="concerns.show", texts=("message",))
def clear(id: int) -> ResponseReturnValue:
    reporting.clear(me(), reporting.concern_with_id(id, reader()), typed("message"))
    return moved(url_for("quarantine.index"), "It is back where it was.")


@pages.post("/privacy/concerns/<id:id>/purge", again="concerns.show")
def purge(id: int) -> ResponseReturnValue:
    """`passages` are what to look for everywhere else; they are never looked through or logged."""
    concern = reporting.concern_with_id(id, reader())
    made = purging.purge(me(), concern, request.form.get("passages", ""))
    said = f"The text is gone, ref {made.reference}. The rest is being cleaned."
    return moved(url_for("purges.show", id=made.id), said)


def _question(post: Post) -> Question:
    return db.session.get_one(Question, post.question_id)


def _back(post: Post) -> str:
    """The page on which it was read. Its own words are not said in the address."""
    if post.merged_into_id is not None:
        return question_url(post.merged_into_id, "")
    is_question = post.id == post.question_id
    title = "" if is_question else _question(post).title
    return question_url(post.question_id or 0, title, None if is_question else post.id)
