"""What was removed for good: how far the cleaning is, who may have seen it, what copies hold it."""

import csv
import io
from collections.abc import Iterator

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from board.core.database import AnyRow, db
from board.core.errors import require
from board.posts.models import Question
from board.privacy import backups, purging, queries, rewriting
from board.privacy.deciding import REFUSAL
from board.privacy.models import Purge
from board.privacy.rules import may_review
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

SHOWN = 200
FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would calculate

pages = Pages("purges")


@pages.shown("/privacy/purges")
def index() -> str:
    require(may_review(reader()), REFUSAL)
    rows = db.session.execute(queries.purges().limit(SHOWN)).all()
    return page("purges/index.html", purges=rows)


@pages.shown("/privacy/purges/<id:id>")
def show(id: int) -> str:
    purge = purging.purge_with_id(id, reader())
    question = db.session.get_one(Question, purge.question_id)
    return page(
        "purges/show.html",
        purge=purge,
        address=question_url(question.id, question.title, purge.post_id),
        exposed=db.session.execute(queries.exposed(id)).all(),
        backups=backups.still_holding(purge),
        seconds=round(rewriting.seconds()),
        waits=purge.stage == "rewriting" and not rewriting.is_time(is_urgent=purge.is_urgent),
    )


@pages.shown("/privacy/purges/<id:id>/exposure.csv")
def exposure(id: int) -> ResponseReturnValue:
    """For the breach assessment; opens in a spreadsheet."""
    purge = purging.purge_with_id(id, reader())
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["reference", "name", "profession", "department", "how", "when (UTC)"])
    for row in db.session.execute(queries.exposed(id)):
        writer.writerow([purge.reference, *_cells(row)])
    name = f"{purge.reference}-exposure.csv"
    return Response(
        lines.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@pages.post("/privacy/purges/<id:id>/hurry")
def hurry(id: int) -> ResponseReturnValue:
    purging.hurry(me(), _found(id))
    return moved(url_for("purges.show", id=id), "The file is written anew within a minute.")


def _found(id: int) -> Purge:
    return purging.purge_with_id(id, reader())


def _cells(row: AnyRow) -> Iterator[str]:
    for text in (row.name, row.profession, row.department or "", row.how):
        yield f"'{text}" if text.startswith(FORMULA) else text
    yield row.at.isoformat(timespec="seconds") if row.at else ""
