"""Drafts: what somebody is writing, kept on the server for them alone, on any computer."""

import re
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from board.core.clock import now
from board.core.database import AnySession, apart, db
from board.core.errors import Conflict, Invalid, Missing
from board.core.text import one_line, tidy
from board.posts.models import Draft, Post

KEPT_DAYS = 30
MOST = 50
LONGEST = 1_000_000
BETWEEN = "\n\n---\n\n"
TEXT_FIELDS = ("title", "body", "tags", "summary")
# What the form of an answer says of what it rests on, where it has the field "evidence".
EVIDENCE = (
    "applies_to",
    "setting",
    "site",
    "department",
    "source_kind",
    "source",
    "doi",
    "pmid",
    "grade",
)
EMPTIED = dict.fromkeys((*TEXT_FIELDS, "evidence"), "")

ASKING = "question"
_TARGET = re.compile(r"(?:answer|comment|edit)-([1-9][0-9]{0,8})")


class DraftConflict(Conflict):
    """Another window saved this draft, and this window has not seen it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("You are writing this in another window too.")
        self.draft = draft


def target(form: str, post_id: int | None = None) -> str:
    """The name of the draft of a form: `question`, or `answer-12`, `comment-12`, `edit-12`."""
    return form if post_id is None else f"{form}-{post_id}"


def save(
    person_id: int,
    target: str,
    texts: Mapping[str, str],
    *,
    sequence: int,
    window: str,
    base_revision: int | None = None,
    overwrite: bool = False,
    beside: bool = False,
) -> Draft:
    """Keep these texts; raises `DraftConflict` when this window has not seen the latest ones.

    `beside`: a window that is about to be left adds its text below the other window's.

    The same window may always save again (a reply may have been lost on the way); another window
    only when it shows the latest sequence, or says that it wants to overwrite.
    """
    draft = _locked(db.session, person_id, target)
    evidence = evidence_in(texts)
    if draft is None:
        draft = _begin(db.session, person_id, target)
    elif not overwrite and not _has_seen(draft, sequence, window):
        if not beside:
            raise DraftConflict(draft)
        texts, evidence = _below(draft, texts), draft.evidence or evidence
    _put(draft, texts, _question_of(db.session, target), base_revision, evidence)
    draft.sequence += 1
    draft.window = window
    db.session.flush()
    return draft


def park(person_id: int, target: str, texts: Mapping[str, str]) -> None:
    """Keep what somebody sent after their session had ended: it waits for them, and nobody else."""
    with apart() as session:
        keep(person_id, target, texts, session)


def keep(
    person_id: int,
    target: str,
    texts: Mapping[str, str],
    session: AnySession = db.session,
    *,
    evidence: str = "",
) -> None:
    """Keep what a form held when its person went elsewhere; the latest that was typed counts.

    `evidence`: what an answer rests on, as a draft has it, where the form does not say it.
    """
    draft = _locked(session, person_id, target) or _begin(session, person_id, target)
    base = texts.get("base_revision", "")
    base_revision = int(base) if base.isdecimal() else None
    evidence = evidence or evidence_in(texts)
    _put(draft, texts, _question_of(session, target), base_revision, evidence)
    draft.sequence += 1


def clear(person_id: int, target: str) -> None:
    """The text was sent, or is not wanted: empty the draft, and turn away saves still under way."""
    db.session.execute(
        update(Draft)
        .filter_by(person_id=person_id, target=target)
        .values(
            is_sent=True,
            is_confidential=False,
            sequence=Draft.sequence + 1,
            saved_at=now(),
            **EMPTIED,
        )
        .execution_options(synchronize_session="fetch")
    )


def find(person_id: int, target: str) -> Draft | None:
    """The person's draft for this form, empty ones included (their sequence counts)."""
    return db.session.get(Draft, (person_id, target))


def waiting(person_id: int) -> list[Draft]:
    """A person's unsent drafts, newest first."""
    return list(
        db.session.scalars(
            select(Draft)
            .filter_by(person_id=person_id, is_sent=False)
            .where(or_(Draft.title != "", Draft.body != ""))
            .order_by(Draft.saved_at.desc())
        )
    )


def evidence_in(texts: Mapping[str, str]) -> str:
    """What a form says that an answer rests on, as a draft keeps it; what is ticked, with commas.

    A form has its ticks as several fields of one name, what was put aside has them in one.
    """
    if "evidence" not in texts:
        return ""
    several = getattr(texts, "getlist", lambda name: [texts.get(name, "")])
    said = {name: one_line(",".join(several(name))) for name in EVIDENCE}
    return "\n".join(f"{name}={value}" for name, value in said.items() if value)


def evidence_of(kept: str) -> dict[str, str]:
    """What a draft keeps of it, by the names of the fields."""
    found = dict(line.split("=", 1) for line in kept.splitlines() if "=" in line)
    return {name: found[name] for name in EVIDENCE if name in found}


def _question_of(session: AnySession, target: str) -> int | None:
    """The question whose page the form stands on; raises `Missing` for a form there is not."""
    if target == ASKING:
        return None
    found = _TARGET.fullmatch(target)
    question_id = found and session.scalar(select(Post.question_id).where(Post.id == int(found[1])))
    if not question_id:
        raise Missing("There is no such form to keep a draft for.")
    return question_id


def _locked(session: AnySession, person_id: int, target: str) -> Draft | None:
    return session.get(Draft, (person_id, target), with_for_update=True, populate_existing=True)


def _begin(session: AnySession, person_id: int, target: str) -> Draft:
    _forget_old(session, person_id)
    draft = Draft(person_id=person_id, target=target, sequence=0)
    session.add(draft)
    return draft


def _has_seen(draft: Draft, sequence: int, window: str) -> bool:
    is_same_window = draft.window == window and not draft.is_sent
    return is_same_window or sequence == draft.sequence


def _below(draft: Draft, texts: Mapping[str, str]) -> dict[str, str]:
    """Both texts, the other window's first; of the other fields it keeps what it has."""
    both = {name: getattr(draft, name) or texts.get(name, "") for name in TEXT_FIELDS}
    bodies = [draft.body]
    for name in ("title", "body"):
        text = tidy(texts.get(name, ""))
        if text not in both[name]:
            bodies.append(text)
    both["body"] = BETWEEN.join(filter(None, bodies)) or both["body"]
    is_confidential = draft.is_confidential or texts.get("confidential") == "1"
    return both | {"confidential": "1" if is_confidential else ""}


def _put(
    draft: Draft,
    texts: Mapping[str, str],
    question_id: int | None,
    base_revision: int | None,
    evidence: str,
) -> None:
    for field in TEXT_FIELDS:
        text = tidy(texts.get(field, ""))
        if len(text) > LONGEST:
            raise Invalid({field: "This text is too long to keep as a draft."})
        setattr(draft, field, text)
    if len(evidence) > LONGEST:
        raise Invalid({"source": "This text is too long to keep as a draft."})
    draft.evidence = evidence
    draft.question_id = question_id
    draft.base_revision = base_revision
    draft.is_confidential = texts.get("confidential") == "1"
    draft.is_sent = False
    draft.saved_at = now()


def _forget_old(session: AnySession, person_id: int) -> None:
    """Old drafts go, and all but the newest few, whenever somebody begins another one."""
    mine = Draft.person_id == person_id
    session.execute(delete(Draft).where(mine, Draft.saved_at < now() - timedelta(days=KEPT_DAYS)))
    newest = select(Draft.target).where(mine).order_by(Draft.saved_at.desc()).limit(MOST - 1)
    session.execute(
        delete(Draft)
        .where(mine, Draft.target.not_in(newest.scalar_subquery()))
        .execution_options(synchronize_session=False)
    )
