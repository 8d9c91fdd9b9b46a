"""`@name` and `@group` in what people write: a link, and news for whoever is meant.

In a question it asks them, as the button does; elsewhere it only tells them. Follows from posting
and editing, in the same transaction. What is in code, or no handle of anybody, stays text.
"""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress

from sqlalchemy import func, select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Gone, Refused
from board.experts import requesting, taking_turns
from board.experts.models import ExpertGroup, Mention
from board.people.models import Person
from board.posts.confiding import is_confider
from board.posts.models import Post, Question

MOST = 5

_PIECE = re.compile(r"(<[^>]*>)")
_HANDLE = re.compile(r"(?<![\w@./+-])@([A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?)(?![\w@])")
_OPAQUE = ("a", "code", "pre")


def follow(deed: Deed) -> None:
    """Make links of the handles in a post, and tell those who are meant and were not told."""
    post: Post = deed.subject
    named = handles(post.body_html)
    question = db.session.get(Post, post.question_id)
    if not named or question is None or not (post.is_visible and question.is_visible):
        return
    people = _people(named)
    groups = _groups([each for each in named if each not in people])
    addresses = {handle: f"/people/{handle}" for handle in people}
    addresses |= {handle: f"/experts/groups/{handle}" for handle in groups}
    post.body_html = linked(post.body_html, addresses)
    room = MOST - _told(post.id)
    meant = [people[each] for each in named if each in people]
    for person in [each for each in meant if _is_told_of(post, each, deed)][: max(room, 0)]:
        _tell(deed, post, person)
    if isinstance(post, Question):
        for handle in list(groups)[:MOST]:
            with suppress(Refused, Conflict, Gone):
                taking_turns.ask_group(deed.actor, post, groups[handle])


def handles(html: str) -> list[str]:
    """What stands as a handle in our own HTML, each once, in order."""
    found = [each.lower() for text in _texts(html) for each in _HANDLE.findall(text)]
    return list(dict.fromkeys(found))


def linked(html: str, addresses: dict[str, str]) -> str:
    """The HTML with these handles as links."""

    def link(match: re.Match[str]) -> str:
        address = addresses.get(match[1].lower())
        return f'<a class="mention" href="{address}">{match[0]}</a>' if address else match[0]

    pieces, depth = [], 0
    for piece in _PIECE.split(html):
        depth += _deeper(piece)
        pieces.append(piece if depth or piece.startswith("<") else _HANDLE.sub(link, piece))
    return "".join(pieces)


def _texts(html: str) -> list[str]:
    texts, depth = [], 0
    for piece in _PIECE.split(html):
        depth += _deeper(piece)
        if not depth and not piece.startswith("<"):
            texts.append(piece)
    return texts


def _deeper(piece: str) -> int:
    """Into code or a link, or out of it."""
    name = re.match(r"</?(\w+)", piece)
    if name is None or name[1] not in _OPAQUE:
        return 0
    return -1 if piece.startswith("</") else 1


def _people(named: Collection[str]) -> dict[str, Person]:
    people = select(Person).where(
        Person.handle.in_(named), Person.deactivated_at.is_(None), Person.is_imported.is_(False)
    )
    return {person.handle: person for person in db.session.scalars(people)}


def _groups(named: Sequence[str]) -> dict[str, ExpertGroup]:
    if not named:
        return {}
    groups = db.session.scalars(select(ExpertGroup).where(ExpertGroup.handle.in_(named)))
    found = {group.handle: group for group in groups}
    return {handle: found[handle] for handle in named if handle in found}


def _told(post_id: int) -> int:
    told = select(func.count()).select_from(Mention).where(Mention.post_id == post_id)
    return db.session.scalar(told) or 0


def _is_told_of(post: Post, person: Person, deed: Deed) -> bool:
    """Not whoever wrote it; but a confidential asker like anybody, or the gap would tell."""
    is_known = db.session.get(Mention, (post.id, person.id)) is not None
    is_by_them = person.id == deed.actor.id and not is_confider(person, post)
    return not is_known and not is_by_them and person.id != post.author_id


def _tell(deed: Deed, post: Post, person: Person) -> None:
    """Ask them, if it is a question and they can be asked; else say that they are named."""
    db.session.add(Mention(post_id=post.id, person_id=person.id))
    if isinstance(post, Question):
        with suppress(Refused, Conflict, Gone):
            requesting.ask_expert(deed.actor, post, person)
            return
    record(deed.actor, Verb.MENTIONED, post, tells=person.id)
