"""Words that mean the same: `paracetamol`, `acetaminophen`, `PCM`. Moderators keep them."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from board.activity.recording import Actor, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import Conflict, Invalid, Missing, Refused, require
from board.core.text import one_line
from board.people.models import Member
from board.search.analysing import stems
from board.search.models import Synonym, SynonymGroup

MOST_TERMS = 24
TERM_LENGTH = 60
MOST_WORDS = 5
PAGE_SIZE = 100

REFUSAL = "Only a moderator may change synonyms."

SYNONYM = Synonym.__table__


def may_manage_synonyms(person: Member) -> bool:
    """Moderators keep the words; everybody may read them."""
    return person.is_moderator


def meaning_the_same(phrases: Collection[str]) -> Iterable[AnyRow]:
    """For those of these stems that are terms: (the term's stems, another term's stems)."""
    other = SYNONYM.alias()
    return db.session.execute(
        select(SYNONYM.c.stems, other.c.stems)
        .join(other, other.c.group_id == SYNONYM.c.group_id)
        .where(SYNONYM.c.stems.in_(phrases), other.c.stems != SYNONYM.c.stems)
        .order_by(other.c.id)
    )


def groups(letters: str = "", after: str = "") -> Sequence[SynonymGroup]:
    """Groups by their first term, those with a term that begins with these letters; one more than
    a page, so that the reader knows whether there is another.
    """
    leading = select(func.min(Synonym.id)).group_by(Synonym.group_id)
    named = select(SynonymGroup).join(SynonymGroup.terms).where(Synonym.id.in_(leading))
    if letters:
        asked = " ".join(stems(letters))
        matching = select(Synonym.group_id).where(
            or_(
                Synonym.stems == asked,
                func.lower(Synonym.term).startswith(letters.lower(), autoescape=True),
            )
        )
        named = named.where(SynonymGroup.id.in_(matching))
    key = func.lower(Synonym.term)
    if after:
        named = named.where(key > func.lower(after))
    return db.session.scalars(
        named.order_by(key, SynonymGroup.id)
        .limit(PAGE_SIZE + 1)
        .options(selectinload(SynonymGroup.terms))
    ).all()


def group_of(id: int) -> SynonymGroup:
    """One group. Raises `Missing`."""
    group = db.session.get(SynonymGroup, id)
    if group is None:
        raise Missing("These synonyms are not there any more.")
    return group


def split(typed: str) -> list[str]:
    """The terms of a comma separated line; of those with the same stems one. Raises `Invalid`."""
    terms: dict[str, str] = {}
    for term in map(one_line, typed.split(",")):
        if term:
            terms.setdefault(_key(term), term)
    if len(terms) > MOST_TERMS:
        raise Invalid({"terms": f"At most {MOST_TERMS} terms in a group, please."})
    return list(terms.values())


def add(moderator: Member, typed: str) -> SynonymGroup:
    """Make a group of a comma separated line. Raises `Refused`, `Invalid` or `Conflict`."""
    require(may_manage_synonyms(moderator), REFUSAL)
    group = SynonymGroup()
    db.session.add(group)
    _set(moderator, group, split(typed))
    return group


def change(moderator: Member, group: SynonymGroup, typed: str) -> None:
    """Make the group these terms. Raises `Refused`, `Invalid` or `Conflict`."""
    require(may_manage_synonyms(moderator), REFUSAL)
    terms = split(typed)
    group.terms.clear()
    db.session.flush()
    _set(moderator, group, terms)


def remove(moderator: Member, group: SynonymGroup) -> None:
    """These terms do not stand for each other any more. Raises `Refused`."""
    require(may_manage_synonyms(moderator), REFUSAL)
    record(moderator, Verb.SYNONYMS_REMOVED, group, terms=len(group.terms))
    db.session.delete(group)


def bring_in(actor: Actor, lines: Iterable[str]) -> tuple[int, int]:
    """Take groups from lines of comma separated terms; `#` begins a comment line.

    A line that shares a term with a group joins that group, so a second time changes nothing.
    Returns how many groups are new and how many were added to. Raises `Invalid` with the number
    of a line that cannot be.
    """
    present = select(Synonym).options(joinedload(Synonym.group))
    group_of_term = {each.stems: each.group for each in db.session.scalars(present)}
    new, added_to = 0, set[SynonymGroup]()
    for number, line in enumerate(lines, start=1):
        terms = _terms_of(number, line)
        missing = {key: term for key, term in terms.items() if key not in group_of_term}
        if not missing:
            continue
        group = next((group_of_term[key] for key in terms if key in group_of_term), None)
        if group is None:
            group, new = SynonymGroup(), new + 1
            db.session.add(group)
        else:
            added_to.add(group)
        group.terms.extend(_synonym(term) for term in missing.values())
        group_of_term |= dict.fromkeys(missing, group)
    db.session.flush()
    if new or added_to:
        some = next(iter(group_of_term.values()))
        record(actor, Verb.SYNONYMS_CHANGED, some, new=new, added_to=len(added_to))
    return new, len(added_to)


def _terms_of(number: int, line: str) -> dict[str, str]:
    if line.lstrip().startswith("#") or not line.strip():
        return {}
    try:
        terms = split(line)
        for term in terms:
            _check(term)
    except Invalid as problem:
        raise Refused(f"Line {number}: {problem.message}") from None
    if "," not in line:
        raise Refused(f"Line {number} has a single term: there is nothing it could stand for.")
    return {_key(term): term for term in terms} if len(terms) > 1 else {}


def _set(moderator: Member, group: SynonymGroup, terms: Sequence[str]) -> None:
    for term in terms:
        _check(term)
    if len(terms) < 2:
        raise Invalid({"terms": "Two terms at least, with a comma between them."})
    for term in terms:
        _require_free(term, group)
    group.terms.extend(_synonym(term) for term in terms)
    group.changed_at = now()
    db.session.flush()
    record(moderator, Verb.SYNONYMS_CHANGED, group, terms=len(terms))


def _check(term: str) -> None:
    length = len(stems(term))
    if not 0 < length <= MOST_WORDS or len(term) > TERM_LENGTH:
        raise Invalid({"terms": f"A term has one to {MOST_WORDS} words; “{term[:40]}” has not."})


def _require_free(term: str, group: SynonymGroup) -> None:
    """A term means one thing; in two groups it would join them in some searches only."""
    other = aliased(Synonym)
    elsewhere = db.session.scalar(
        select(other).where(other.stems == _key(term), other.group_id != group.id).limit(1)
    )
    if elsewhere is not None:
        raise Conflict(
            f"“{term}” stands beside “{elsewhere.group.name}” already. Change that group."
        )


def _synonym(term: str) -> Synonym:
    return Synonym(term=term, stems=_key(term))


def _key(term: str) -> str:
    return " ".join(stems(term))
