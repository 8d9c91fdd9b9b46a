"""How much care answers need: set for a tag by moderators, and what follows for a question."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.config import settings
from board.core.database import AnyRow, db
from board.core.errors import Invalid, require
from board.curation.doses import has_dose
from board.curation.models import Field, Risk, TagCare
from board.curation.rules import may_set_care, verifiers_needed
from board.people.models import Person
from board.posts.models import Answer, Post, PostTag
from board.tags.models import Tag

UNSET = TagCare(risk=Risk.STANDARD, field=Field.CLINICAL, is_dosing=False)


@dataclass(frozen=True)
class Care:
    """What the answers of a question need: how many verify them, who, and how often."""

    is_high_risk: bool
    is_dosing: bool
    months: int

    @property
    def verifiers(self) -> int:
        """How many different people have to verify."""
        return verifiers_needed(is_high_risk=self.is_high_risk)

    def is_met_by(self, pharmacists: Sequence[bool]) -> bool:
        """Whether this many are enough; for each of them, whether they are a pharmacist."""
        return len(pharmacists) >= self.verifiers and (not self.is_dosing or any(pharmacists))

    def review_by(self, day: date) -> date:
        """When what is verified on this day is looked at again."""
        return months_after(day, self.months)


def of_tag(tag_id: int) -> TagCare:
    """What is set for this tag, or what holds until something is."""
    return db.session.get(TagCare, tag_id) or UNSET


def of_answer(answer: Answer) -> Care:
    """What this answer needs, by the tags of its question and what it says."""
    title = db.session.scalar(select(Post.title).where(Post.id == answer.question_id))
    return _care(_tags_of(answer.question_id or 0), f"{title} {answer.body_md}")


def missing(care: Care, verifications: int) -> str:
    """What is still missing where so many are not enough, for readers: a pharmacist or a second."""
    return "pharmacist" if verifications >= care.verifiers else "second"


def set_care(moderator: Person, tag: Tag, *, risk: str, field: str, is_dosing: bool) -> None:
    """Say how much care this tag's answers need. Raises `Refused` or `Invalid`."""
    require(may_set_care(moderator), "Only a moderator says how much care a tag needs.")
    names = {str(level.value): level for level in Risk}
    if risk not in names:
        raise Invalid({"risk": "Choose low, standard or high."})
    if field not in set(Field):
        raise Invalid({"field": "Choose clinical, equipment or administration."})
    row = db.session.get(TagCare, tag.id)
    if row is None:
        row = TagCare(tag_id=tag.id)
        db.session.add(row)
    row.risk, row.field, row.is_dosing = names[risk], field, is_dosing
    record(moderator, Verb.TAG_CARE_SET, tag, risk=int(row.risk), field=field)


def follow_merge(deed: Deed) -> None:
    """A tag became another: whichever of the two asks for more care holds."""
    into: Tag = deed.subject
    merged = db.session.get(TagCare, deed.activity.detail["merged"])
    if merged is None:
        return
    present = db.session.get(TagCare, into.id)
    if present is None:
        db.session.add(
            TagCare(
                tag_id=into.id,
                risk=max(merged.risk, UNSET.risk),
                field=merged.field,
                is_dosing=merged.is_dosing,
            )
        )
    else:
        present.risk = max(present.risk, merged.risk)
        present.is_dosing = present.is_dosing or merged.is_dosing


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one that month has."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _care(tags: Sequence[AnyRow], text: str) -> Care:
    is_high_risk = any(tag.risk == Risk.HIGH for tag in tags)
    is_dosing = any(tag.is_dosing for tag in tags) or (is_high_risk and has_dose(text))
    return Care(is_high_risk, is_dosing, min(_months(tags)))


def _months(tags: Sequence[AnyRow]) -> Iterator[int]:
    """What each tag asks for; a question without tags is clinical."""
    site = settings()
    by_field = {
        Field.CLINICAL: site.review_months_clinical,
        Field.EQUIPMENT: site.review_months_equipment,
        Field.ADMINISTRATION: site.review_months_administration,
    }
    for tag in tags:
        yield site.review_months_high if tag.risk == Risk.HIGH else by_field[tag.field]
    if not tags:
        yield site.review_months_clinical


def _tags_of(question_id: int) -> Sequence[AnyRow]:
    return db.session.execute(
        select(
            PostTag.tag_id,
            func.coalesce(TagCare.risk, Risk.STANDARD.value).label("risk"),
            func.coalesce(TagCare.field, Field.CLINICAL.value).label("field"),
            func.coalesce(TagCare.is_dosing, False).label("is_dosing"),
        )
        .outerjoin(TagCare, TagCare.tag_id == PostTag.tag_id)
        .where(PostTag.post_id == question_id)
    ).all()
