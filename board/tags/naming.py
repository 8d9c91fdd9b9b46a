"""Tag names: finding them, making them, changing them."""

import re
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db, upsert
from board.core.errors import Conflict, Invalid, Missing, require
from board.core.text import one_line
from board.people.models import Member
from board.tags.models import Tag, TagSynonym
from board.tags.rules import may_manage_tags

NAME_LENGTH = 35
MOST = 5
DESCRIPTION_LENGTH = 300

_SPACES = re.compile(r"[\s_]+")
_NAME = re.compile(r"[^\W_]+(?:[-+#.&][^\W_]*)*")

REFUSAL = "Only a moderator may change tags."


def split(typed: str) -> list[str]:
    """The names in a comma separated list, as we write them: lower case, dashes for spaces.

    Raises `Invalid` for a name that cannot be one, or for too many.
    """
    names = list(dict.fromkeys(filter(None, map(normal, typed.split(",")))))
    if len(names) > MOST:
        raise Invalid({"tags": f"At most {MOST} tags, please."})
    for name in names:
        check(name, "tags")
    return names


def normal(name: str) -> str:
    """A name as it is stored: `NG tube` becomes `ng-tube`."""
    return _SPACES.sub("-", one_line(name).lower()).strip("-,")


def check(name: str, field: str) -> None:
    """Raise `Invalid` for this form field if no tag can have this name."""
    if not (_NAME.fullmatch(name) and len(name) <= NAME_LENGTH):
        message = (
            f"A tag has up to {NAME_LENGTH} letters, digits and dashes; “{name[:40]}” has not."
        )
        raise Invalid({field: message})


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, main tags for synonyms, new ones made; in order of the names."""
    tags = _by_name(list(names))
    return list(dict.fromkeys(tags.values()))


def ids_of(names: Iterable[str]) -> dict[str, int]:
    """For each of these names the id of its tag; new tags are made."""
    return {name: tag.id for name, tag in _by_name(list(names)).items()}


def _by_name(names: list[str]) -> dict[str, Tag]:
    found = {tag.name: tag for tag in db.session.scalars(select(Tag).where(Tag.name.in_(names)))}
    synonyms = {
        synonym.name: synonym.tag
        for synonym in db.session.scalars(select(TagSynonym).where(TagSynonym.name.in_(names)))
    }
    found |= _made([name for name in names if name not in found and name not in synonyms])
    return {name: synonyms.get(name) or found[name] for name in names}


def tag_called(name: str) -> Tag:
    """The tag with this name or synonym, and its synonyms, in one statement; raises `Missing`."""
    name = normal(name)
    of_synonym = select(TagSynonym.tag_id).where(TagSynonym.name == name).scalar_subquery()
    found = db.session.scalars(
        select(Tag)
        .outerjoin(Tag.synonyms)
        .options(contains_eager(Tag.synonyms))
        .where(or_(Tag.name == name, Tag.id == of_synonym))
        .order_by(TagSynonym.name)
        .execution_options(populate_existing=True)
    )
    tag = found.unique().first()
    if tag is None:
        raise Missing(f"There is no tag called {name}.")
    return tag


def describe(moderator: Member, tag: Tag, description: str) -> None:
    """Say what belongs in this tag. Raises `Refused` or `Invalid`."""
    require(may_manage_tags(moderator), REFUSAL)
    description = one_line(description)
    if len(description) > DESCRIPTION_LENGTH:
        raise Invalid({"description": f"At most {DESCRIPTION_LENGTH} characters, please."})
    tag.description = description
    record(moderator, Verb.TAG_CHANGED, tag, what="description")


def rename(moderator: Member, tag: Tag, name: str) -> None:
    """Give the tag another name; the old one becomes a synonym, so old addresses still work."""
    require(may_manage_tags(moderator), REFUSAL)
    name, before = normal(name), tag.name
    check(name, "name")
    if name == before:
        return
    synonym = db.session.get(TagSynonym, name)
    if synonym is not None and synonym.tag is tag:
        tag.synonyms.remove(synonym)
        db.session.flush()
    else:
        _require_free(name)
    tag.name = name
    db.session.flush()
    tag.synonyms.append(TagSynonym(name=before))
    record(moderator, Verb.TAG_CHANGED, tag, what="name")


def set_synonyms(moderator: Member, tag: Tag, names: list[str]) -> None:
    """Make exactly these the tag's synonyms. Raises `Refused`, `Conflict` or `Invalid`."""
    require(may_manage_tags(moderator), REFUSAL)
    present = {synonym.name: synonym for synonym in tag.synonyms}
    for name in set(present) - set(names):
        tag.synonyms.remove(present[name])
    db.session.flush()
    for name in names:
        check(name, "synonyms")
        if name not in present:
            _require_free(name)
            tag.synonyms.append(TagSynonym(name=name))
    record(moderator, Verb.TAG_CHANGED, tag, what="synonyms")


def _made(names: list[str]) -> dict[str, Tag]:
    """New tags, or those that somebody else made at the same moment; made in order of name, so
    that two who make the same ones wait for each other instead of for ever.
    """
    if not names:
        return {}
    rows = [{"name": name, "description": "", "question_count": 0} for name in sorted(names)]
    db.session.execute(upsert(Tag).values(rows).on_conflict_do_nothing())
    made = db.session.scalars(select(Tag).where(Tag.name.in_(names)))
    return {tag.name: tag for tag in made}


def _require_free(name: str) -> None:
    if db.session.scalar(select(Tag.id).filter_by(name=name)):
        raise Conflict(f"There is a tag called {name} already. Merge the two instead.")
    synonym = db.session.get(TagSynonym, name)
    if synonym is not None:
        raise Conflict(f"{name} is already a synonym of {synonym.tag.name}.")
