"""Feeds of a tag, of a saved search, of what somebody watches; and the token that opens them.

`/feeds/tags/insulin.atom` asks for the token as the password of HTTP's own sign-in, where no log
has it. Readers that cannot do that get it as the last part of the address, and `deploy/nginx.conf`
logs nothing below `/feeds/`. The board's own log has routes only.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin

from flask import make_response, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.clock import now
from board.core.database import AnyRow, apart, db
from board.core.errors import Missing
from board.core.limits import Limit
from board.inbox import feeding, saving
from board.inbox.models import Watched
from board.inbox.watching import watched_by
from board.signin import feed_tokens
from board.tags import naming
from board.upkeep.founding import fact
from board.web import atom
from board.web.displaying import link, question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

FETCHED = Limit("feed", 240, 3600)
ASK_FOR_TOKEN = {
    "WWW-Authenticate": 'Basic realm="Feeds", charset="UTF-8"',
    "Content-Type": "text/plain; charset=utf-8",
}
NOT_VALID = "This feed's address is not valid any more. Make a new one on the board, under Feeds."

pages = Pages("feeds")


@pages.shown("/feeds")
def index() -> str:
    return page("feeds/index.html", token=feed_tokens.token_of(signed_in().id))


@pages.post("/feeds/token")
def create() -> ResponseReturnValue:
    """The addresses are shown once, in the answer itself: nothing keeps them."""
    person = me()
    secret = feed_tokens.renew(person)
    return page("feeds/made.html", secret=secret, feeds=list(_feeds(person.id, secret)))


@pages.post("/feeds/token/end")
def end() -> ResponseReturnValue:
    feed_tokens.end(me())
    return moved(link("feeds.index"), "Your feeds are closed. Their addresses are worthless now.")


@pages.shown("/feeds/tags/<name>.atom", public=True, quiet=True)
@pages.shown("/feeds/tags/<name>/<token>.atom", public=True, quiet=True)
def tag(name: str, token: str | None = None) -> ResponseReturnValue:
    if (person_id := _owner(token)) is None:
        return _asked_for_token()
    _count(person_id)
    found = naming.tag_called(name)
    entries = feeding.of_tag(found.id)
    return _feed(f"tags/{found.id}", found.name, link("tags.show", name=found.name), entries)


@pages.shown("/feeds/searches/<id:id>.atom", public=True, quiet=True)
@pages.shown("/feeds/searches/<id:id>/<token>.atom", public=True, quiet=True)
def search(id: int, token: str | None = None) -> ResponseReturnValue:
    if (person_id := _owner(token)) is None:
        return _asked_for_token()
    _count(person_id)
    found = saving.search_of(person_id, id)
    entries = feeding.of_search(found)
    return _feed(f"searches/{id}", found.name, link("saved_searches.show", id=id), entries)


@pages.shown("/feeds/watched.atom", public=True, quiet=True)
@pages.shown("/feeds/watched/<token>.atom", public=True, quiet=True)
def watched(token: str | None = None) -> ResponseReturnValue:
    if (person_id := _owner(token)) is None:
        return _asked_for_token()
    _count(person_id)
    entries = feeding.of_watched(person_id)
    return _feed(f"watched/{person_id}", "What I watch", link("inbox.watched"), entries)


def _owner(token: str | None) -> int | None:
    """Who fetches: by the address, by HTTP's own sign-in, or signed in on the board."""
    if token is not None:
        person_id = feed_tokens.owner(db.session, token)
        if person_id is None:
            raise Missing(NOT_VALID)
        return person_id
    if request.authorization is not None and request.authorization.password:
        return feed_tokens.owner(db.session, request.authorization.password)
    return reader().id


def _asked_for_token() -> ResponseReturnValue:
    return "The password is your feed token, from the board's page Feeds.", 401, ASK_FOR_TOKEN


def _count(person_id: int) -> None:
    """The reading transaction ends first, so that it does not wait for itself."""
    if settings().ratelimit_enabled:
        db.session.rollback()
        with apart() as session:
            FETCHED.count(session, str(person_id))


def _feed(thing: str, name: str, place: str, rows: Sequence[AnyRow]) -> ResponseReturnValue:
    board, home = fact("board_id") or "", request.host_url
    feed = atom.Feed(
        atom.lasting_id(board, f"feed/{thing}"),
        f"{settings().site_name}: {name}",
        settings().site_name,
        request.base_url,
        urljoin(home, place),
        max((row.active_at for row in rows), default=_beginning()),
        [_entry(board, home, row) for row in rows],
    )
    body = atom.rendered(feed)
    response = make_response(body, 200, {"Content-Type": f"{atom.KIND}; charset=utf-8"})
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.last_modified = feed.updated
    return response.make_conditional(request)


def _entry(board: str, home: str, row: AnyRow) -> atom.Entry:
    title = row.title if settings().feed_titles else f"Question {row.id}"
    named = row.title if settings().feed_titles else None
    return atom.Entry(
        atom.lasting_id(board, f"questions/{row.id}"),
        title,
        urljoin(home, question_url(row.id, named)),
        row.created_at,
        row.active_at,
    )


def _beginning() -> datetime:
    """When an empty feed was changed last: today, so that it stays the same for a day."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0)


def _feeds(person_id: int, secret: str) -> Sequence[tuple[str, str]]:
    """The name and address of each feed this person may want."""
    found = [("What I watch", address_of("feeds.watched", token=secret, _external=True))]
    for each in saving.searches_of(person_id):
        address = address_of("feeds.search", id=each.id, token=secret, _external=True)
        found.append((f"Search: {each.name}", address))
    for row in watched_by(person_id):
        if row.kind == Watched.TAG:
            address = address_of("feeds.tag", name=row.key, token=secret, _external=True)
            found.append((f"Tag: {row.key}", address))
    return found
