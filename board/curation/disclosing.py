"""What curation keeps about somebody: what they opened, used, verified and reported."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.curation.models import ProblemReport, RecallNotice, Use, Verification, ViewRecord


def viewed(person_id: int) -> Record:
    """Which questions they opened while signed in."""
    query = select(ViewRecord.question_id, ViewRecord.first_seen, ViewRecord.last_seen)
    about = (
        "So that you can be told when an answer turns out to be wrong. Kept for as many months as "
        "your hospital says. Privacy reviewers see it when a text had to be removed, moderators "
        "when an answer was withdrawn or changed; each time they look is on record."
    )
    mine = query.filter_by(person_id=person_id).order_by(ViewRecord.last_seen.desc())
    return Record("views", "Which questions you opened", about, rows(mine))


def vouched(person_id: int) -> Record:
    """What they verified."""
    query = select(Verification.answer_id, Verification.verified_at, Verification.ended_at)
    mine = query.filter_by(verified_by_id=person_id)
    return Record("verified", "What you verified", "Everybody sees it.", rows(mine))


def used(person_id: int) -> Record:
    """Which answers they used."""
    mine = select(Use.answer_id, Use.used_at).filter_by(person_id=person_id)
    return Record("used", "Which answers you used", "Others see only how many did.", rows(mine))


def reported(person_id: int) -> Record:
    """What they said is wrong with answers."""
    query = select(ProblemReport.answer_id, ProblemReport.kind, ProblemReport.words)
    mine = query.add_columns(ProblemReport.reported_at).filter_by(person_id=person_id)
    about = "Whoever looks after the answer, and moderators, see it."
    return Record("problems", "Problems you reported", about, rows(mine))


def recalled(person_id: int) -> Record:
    """Which withdrawn answers they were told of, and when they acknowledged that."""
    query = select(RecallNotice.recall_id, RecallNotice.told_at, RecallNotice.acknowledged_at)
    about = "Moderators see who has acknowledged."
    mine = rows(query.filter_by(person_id=person_id))
    return Record("recalls", "Answers you were told not to follow", about, mine)
