"""What an answer rests on and where it applies: optional to post, required to verify."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Invalid
from board.core.text import one_line
from board.curation import deciding
from board.curation.models import Citation, Evidence, Guideline
from board.people.models import Department, Person
from board.posts import drafting, writing
from board.posts.models import Answer

APPLIES_TO = {
    "all": "everybody",
    "adult": "adults",
    "child": "children",
    "neonate": "newborn babies",
    "pregnancy": "pregnancy",
    "renal": "kidney impairment",
}
SETTINGS = {
    "anywhere": "anywhere",
    "ward": "wards",
    "critical_care": "critical care",
    "emergency": "emergency department",
    "theatre": "theatres",
    "clinic": "clinics",
    "community": "community",
}
SOURCES = {
    "local_guideline": "local guideline or policy",
    "national_guideline": "national guideline",
    "product": "product information or formulary (SmPC, label, BNF)",
    "study": "review or trial",
    "opinion": "expert opinion",
    "experience": "experience, no source",
}
GRADES = {"high": "high", "moderate": "moderate", "low": "low", "very_low": "very low"}
NEEDS_NO_SOURCE = ("opinion", "experience")
SITE_LENGTH, SOURCE_LENGTH = 60, 300

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")
_PMID = re.compile(r"\d{1,8}")


@dataclass(frozen=True)
class Described:
    """What was chosen and typed into the fields."""

    applies_to: tuple[str, ...] = ()
    setting: str = ""
    site: str = ""
    department: str = ""
    source_kind: str = ""
    source: str = ""
    doi: str = ""
    pmid: str = ""
    grade: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return self == Described()


def in_draft(kept: str) -> Described:
    """What somebody had chosen and typed before they went on later."""
    said = drafting.evidence_of(kept)
    applies_to = tuple(filter(None, said.pop("applies_to", "").split(",")))
    return Described(applies_to=applies_to, **said)


def checked(described: Described) -> Described:
    """The fields as they are kept. Raises `Invalid` with a message for each that cannot be."""
    clean = Described(
        applies_to=tuple(each for each in APPLIES_TO if each in described.applies_to),
        setting=described.setting,
        site=one_line(described.site),
        department=one_line(described.department),
        source_kind=described.source_kind,
        source=one_line(described.source),
        doi=_without("doi:", "https://doi.org/", described.doi),
        pmid=_without("pmid:", "pmid", described.pmid),
        grade=described.grade,
    )
    if wrong := {name: message for name, message in _problems(clean).items() if message}:
        raise Invalid(wrong)
    return clean


def describe(person: Person, answer: Answer, described: Described) -> bool:
    """Say what it rests on; returns whether that changes anything. Raises `Invalid`, `Refused`."""
    deciding.check_open(person, answer)
    clean = checked(described)
    row = db.session.get(Evidence, answer.id)
    if row is None and clean.is_empty:
        return False
    if row is None:
        row = Evidence(answer_id=answer.id)
        db.session.add(row)
    new = _columns(clean)
    if all(getattr(row, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(row, name, value)
    answer.applies_to = row.applies_to
    assert answer.question_id is not None
    writing.raise_version(answer.question_id)
    record(person, Verb.EVIDENCE_CHANGED, answer)
    return True


def described(answer_id: int) -> Described:
    """What was said of this answer so far."""
    row = db.session.get(Evidence, answer_id)
    if row is None:
        return Described()
    department = db.session.get(Department, row.department_id) if row.department_id else None
    return Described(
        applies_to=tuple(filter(None, row.applies_to.split(","))),
        setting=row.setting,
        site=row.site,
        department=department.name if department else "",
        source_kind=row.source_kind,
        source=row.source,
        doi=row.doi,
        pmid=row.pmid,
        grade=row.grade,
    )


def require_evidence(answer: Answer) -> None:
    """Raise `Invalid`, naming every field that is missing, unless it can be verified."""
    said = described(answer.id)
    missing = {
        "applies_to": "" if said.applies_to else "Say whom it applies to.",
        "setting": "" if said.setting else "Say where it applies.",
        "source_kind": "" if said.source_kind else "Say what it rests on, or “experience”.",
    }
    if said.source_kind and not said.source and said.source_kind not in NEEDS_NO_SOURCE:
        missing["source"] = "Name the source, so that the next reader can check it."
    if outdated := _outdated(answer.id):
        missing["guideline"] = f"There is a newer version of {outdated}: cite that, or remove it."
    if any(missing.values()):
        raise Invalid({name: message for name, message in missing.items() if message})


def _outdated(answer_id: int) -> str:
    """The titles of what it cites in a version that is not the newest."""
    titles = (
        select(Guideline.title)
        .join(Citation, Citation.guideline_id == Guideline.id)
        .where(Citation.answer_id == answer_id, Guideline.superseded_at.is_not(None))
    )
    return ", ".join(db.session.scalars(titles.order_by(Guideline.title)))


def _problems(said: Described) -> Mapping[str, str]:
    return {
        "setting": _unless_one_of(said.setting, SETTINGS),
        "source_kind": _unless_one_of(said.source_kind, SOURCES),
        "grade": _unless_one_of(said.grade, GRADES),
        "department": "" if _is_department(said.department) else "There is no such department.",
        "site": "" if len(said.site) <= SITE_LENGTH else f"At most {SITE_LENGTH} characters.",
        "source": ""
        if len(said.source) <= SOURCE_LENGTH
        else f"At most {SOURCE_LENGTH} characters.",
        "doi": ""
        if not said.doi or _DOI.fullmatch(said.doi)
        else "A DOI looks like 10.1136/bmj.n71.",
        "pmid": ""
        if not said.pmid or _PMID.fullmatch(said.pmid)
        else "A PubMed number has up to eight digits.",
    }


def _unless_one_of(value: str, choices: Collection[str]) -> str:
    return "" if not value or value in choices else "Choose one of the list."


def _is_department(name: str) -> bool:
    return not name or _department_id(name) is not None


def _department_id(name: str) -> int | None:
    return db.session.scalar(select(Department.id).filter_by(name=name)) if name else None


def _without(*prefixes_and_text: str) -> str:
    *prefixes, text = prefixes_and_text
    text = one_line(text)
    for prefix in prefixes:
        if text.lower().startswith(prefix):
            text = text[len(prefix) :].strip()
    return text


def _columns(clean: Described) -> dict[str, str | int | None]:
    return {
        "applies_to": ",".join(clean.applies_to),
        "setting": clean.setting,
        "site": clean.site,
        "department_id": _department_id(clean.department),
        "source_kind": clean.source_kind,
        "source": clean.source,
        "doi": clean.doi,
        "pmid": clean.pmid,
        "grade": clean.grade,
    }
