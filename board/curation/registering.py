"""The registry of guidelines: what answers cite, in which version.

A new version flags every answer that cites the old one, and its verifiers are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import db, upsert
from board.core.errors import Conflict, Invalid, Missing, require
from board.core.text import one_line
from board.curation import deciding, reporting
from board.curation.models import Citation, Guideline
from board.curation.rules import may_register
from board.experts.models import Seat, Status
from board.experts.reaching import today
from board.people.models import Member, Person
from board.posts import writing
from board.posts.models import Answer

REFUSAL = "Experts and moderators keep the registry of guidelines."
ANOTHER_VERSION = (
    "Another version is another text. Press “Enter a new version”: whoever relies on the old one "
    "is told."
)
TITLE_LENGTH, LINE_LENGTH, ADDRESS_LENGTH = 200, 80, 300


@dataclass(frozen=True)
class Particulars:
    """What was typed of a guideline."""

    title: str
    version: str
    owner: str = ""
    effective_from: str = ""
    review_by: str = ""
    address: str = ""


def may_keep(person: Member) -> bool:
    """Whether they keep the registry: a moderator, or an expert for anything."""
    seat = select(Seat.id).filter_by(person_id=person.id, status=Status.CONFIRMED).limit(1)
    return may_register(person, is_expert=db.session.scalar(seat) is not None)


def add(person: Person, typed: Particulars) -> Guideline:
    """Enter a guideline. Raises `Refused` or `Invalid`."""
    require(may_keep(person), REFUSAL)
    made = Guideline(added_by_id=person.id, **_columns(typed))
    db.session.add(made)
    record(person, Verb.GUIDELINE_ADDED, made)
    return made


def change(person: Person, guideline: Guideline, typed: Particulars) -> None:
    """Correct an entry; the text it stands for is the same, so its version is too.

    Raises `Refused` or `Invalid`.
    """
    require(may_keep(person), REFUSAL)
    columns = _columns(typed)
    if columns["version"] != guideline.version:
        raise Invalid({"version": ANOTHER_VERSION})
    changed = [name for name, value in columns.items() if getattr(guideline, name) != value]
    for name in changed:
        setattr(guideline, name, columns[name])
    if changed:
        record(person, Verb.GUIDELINE_CHANGED, guideline, changed=changed)


def supersede(person: Person, guideline: Guideline, typed: Particulars) -> Guideline:
    """Enter its new version: answers that cite the old one have to be reviewed now.

    Raises `Refused`, `Invalid`, or `Conflict` where it has a newer version already.
    """
    require(may_keep(person), REFUSAL)
    db.session.refresh(guideline, with_for_update=True)
    if guideline.superseded_at is not None:
        raise Conflict("Somebody has entered a newer version already. Look at that one.")
    if one_line(typed.version) == guideline.version:
        raise Invalid({"version": "A new version has another number or date."})
    guideline.superseded_at = now()
    made = Guideline(added_by_id=person.id, supersedes_id=guideline.id, **_columns(typed))
    db.session.add(made)
    record(person, Verb.GUIDELINE_REPLACED, made)
    for answer in citing(guideline.id):
        reporting.call_for_review(answer, "guideline")
    return made


def cite(person: Person, answer: Answer, guideline: Guideline) -> None:
    """The answer rests on this version; a newer one takes the older one's place.

    What it rests on is part of what was verified, as the text is. Citing twice changes nothing.
    """
    deciding.check_open(person, answer)
    if guideline.superseded_at is not None:
        raise Invalid({"guideline": "There is a newer version of it: cite that one."})
    row = upsert(Citation).values(answer_id=answer.id, guideline_id=guideline.id)
    if db.session.execute(row.on_conflict_do_nothing().returning(Citation.answer_id)).first():
        _drop(answer, guideline.supersedes_id or 0)
        _changed(person, answer)


def uncite(person: Person, answer: Answer, guideline: Guideline) -> None:
    """The answer does not rest on it; without a citation nothing changes."""
    deciding.check_open(person, answer)
    if _drop(answer, guideline.id):
        _changed(person, answer)


def citing(guideline_id: int) -> list[Answer]:
    """The answers that cite this version."""
    cited = select(Citation.answer_id).where(Citation.guideline_id == guideline_id)
    return list(db.session.scalars(select(Answer).where(Answer.id.in_(cited)).order_by(Answer.id)))


def guideline_with_id(id: int) -> Guideline:
    """The guideline; raises `Missing`."""
    found = db.session.get(Guideline, id)
    if found is None:
        raise Missing("There is no such guideline.")
    return found


def guidelines(words: str = "") -> list[Guideline]:
    """The present versions, in order of title; only those with all of these words."""
    found = select(Guideline).where(Guideline.superseded_at.is_(None))
    for word in words.split()[:5]:
        title = func.lower(Guideline.title)
        found = found.where(title.contains(word.lower(), autoescape=True))
    return list(db.session.scalars(found.order_by(Guideline.title, Guideline.id).limit(300)))


def to_review(person: Member) -> list[Guideline]:
    """The present versions whose own review comes up or is over, longest first: those this person
    entered; of a moderator, everybody's.
    """
    soon = today() + timedelta(days=settings().review_notice_days)
    found = select(Guideline).where(Guideline.superseded_at.is_(None), Guideline.review_by <= soon)
    if not person.is_moderator:
        found = found.where(Guideline.added_by_id == person.id)
    return list(db.session.scalars(found.order_by(Guideline.review_by, Guideline.id).limit(50)))


def cited_by(answer_id: int) -> list[Guideline]:
    """What this answer cites, in order of title."""
    cited = select(Citation.guideline_id).where(Citation.answer_id == answer_id)
    return list(
        db.session.scalars(
            select(Guideline).where(Guideline.id.in_(cited)).order_by(Guideline.title)
        )
    )


def _drop(answer: Answer, guideline_id: int) -> bool:
    row = delete(Citation).where(
        Citation.answer_id == answer.id, Citation.guideline_id == guideline_id
    )
    return db.session.execute(row.returning(Citation.answer_id)).first() is not None


def _changed(person: Person, answer: Answer) -> None:
    assert answer.question_id is not None
    writing.raise_version(answer.question_id)
    record(person, Verb.EVIDENCE_CHANGED, answer)


def _columns(typed: Particulars) -> Mapping[str, str | date | None]:
    wrong: dict[str, str] = {}
    columns = {
        "title": _line(typed.title, "title", TITLE_LENGTH, wrong, needed=True),
        "version": _line(typed.version, "version", LINE_LENGTH, wrong, needed=True),
        "owner": _line(typed.owner, "owner", LINE_LENGTH, wrong),
        "address": _line(typed.address, "address", ADDRESS_LENGTH, wrong),
        "effective_from": _day(typed.effective_from, "effective_from", wrong),
        "review_by": _day(typed.review_by, "review_by", wrong),
    }
    if wrong:
        raise Invalid(wrong)
    return columns


def _line(
    typed: str, name: str, longest: int, wrong: dict[str, str], *, needed: bool = False
) -> str:
    line = one_line(typed)
    if needed and not line:
        wrong[name] = "This is needed, so that people find the right paper."
    elif len(line) > longest:
        wrong[name] = f"At most {longest} characters, please."
    return line


def _day(typed: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        wrong[name] = "Write the date as 2026-06-05, or choose it."
        return None
