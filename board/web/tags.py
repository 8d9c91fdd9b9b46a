"""Tags: all of them, one of them, suggestions while typing, and what moderators do with them."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import require
from board.curation import caring, doses
from board.posts import retagging
from board.tags import naming, queries
from board.tags.rules import may_manage_tags
from board.web import questions
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

SHOWN = 200
SUGGESTED = 8

pages = Pages("tags")


@pages.shown("/tags", readable=True)
def index() -> str:
    letters = naming.normal(request.args.get("q", ""))
    query = queries.tags_beginning(letters) if letters else queries.tags()
    rows = db.session.execute(query.limit(SHOWN + 1)).all()
    return page(
        "tags/index.html",
        parts=["tags"],
        tags=rows[:SHOWN],
        has_more=len(rows) > SHOWN,
        letters=letters,
    )


@pages.shown("/tags/suggestions", quiet=True)
def suggestions() -> str:
    """Tags that begin with the last word of the comma separated list being typed."""
    letters = naming.normal(request.args.get("tags", "").rpartition(",")[2])
    found = []
    if letters:
        found = list(db.session.execute(queries.tags_beginning(letters).limit(SUGGESTED)))
    return page("tags/_suggestions.html", tags=found)


@pages.shown("/tags/<name>", readable=True)
def show(name: str) -> ResponseReturnValue:
    """A tag's questions; a synonym leads to its tag."""
    tag = naming.tag_called(name)
    if tag.name != name:
        return redirect(url_for("tags.show", name=tag.name), 302)
    return questions.listing(tag)


@pages.shown("/tags/<name>/edit")
def edit(name: str) -> str:
    require(may_manage_tags(reader()), naming.REFUSAL)
    tag = naming.tag_called(name)
    suggested = doses.high_alert_in(f"{tag.name} {tag.description}".replace("-", " "))
    return page("tags/edit.html", tag=tag, care=caring.of_tag(tag.id), suggested=suggested)


@pages.post("/tags/<name>/edit", again="tags.edit", texts=("name", "description", "synonyms"))
def update(name: str) -> ResponseReturnValue:
    tag = naming.tag_called(name)
    naming.describe(me(), tag, typed("description"))
    names = [naming.normal(each) for each in typed("synonyms").split(",")]
    naming.set_synonyms(me(), tag, list(filter(None, names)))
    naming.rename(me(), tag, typed("name"))
    return moved(url_for("tags.show", name=tag.name), "The tag was changed.")


@pages.post("/tags/<name>/care", again="tags.edit")
def care(name: str) -> ResponseReturnValue:
    tag = naming.tag_called(name)
    is_dosing = request.form.get("is_dosing") == "1"
    caring.set_care(me(), tag, risk=typed("risk"), field=typed("field"), is_dosing=is_dosing)
    return moved(url_for("tags.show", name=tag.name), "Saved. It holds for its answers now.")


@pages.post("/tags/<name>/merge", again="tags.edit")
def merge(name: str) -> ResponseReturnValue:
    tag, into = naming.tag_called(name), naming.tag_called(typed("into"))
    merged = tag.name
    retagging.merge(me(), tag, into)
    return moved(url_for("tags.show", name=into.name), f"{merged} is now a synonym of {into.name}.")
