"""Who may post what was found, how sure the detector has to be, and who looks at what was held.

The page an auditor reads.
"""

from collections.abc import Set
from enum import StrEnum
from functools import lru_cache

from board.config import settings
from board.people.models import Member
from board.privacy import reviewers
from board.privacy.findings import Finding, Kind

# These are held however sure the detector is: one such number is one patient.
HELD = frozenset({Kind.NHS_NUMBER, Kind.SSN, Kind.MRN, Kind.HEALTH_PLAN, Kind.PATIENT_URL})

# These only warn however sure the detector is: mostly it is a supplier's or an office's.
OFTEN_OF_OTHERS = frozenset({Kind.EMAIL})


class Treatment(StrEnum):
    """What a finding does to a text."""

    OFF = "off"
    WARN = "warn"
    HOLD = "hold"


STRICTEST = (Treatment.HOLD, Treatment.WARN, Treatment.OFF)


def treatment(finding: Finding, tags: Set[str] = frozenset()) -> Treatment:
    """What this finding does: by its kind where the site says so, for one of these tags or for the
    whole board, else by how sure it is.
    """
    site = settings()
    if finding.confidence * 100 < site.privacy_warn_percent:
        return Treatment.OFF
    if (under := _under(finding.kind, tags, site.privacy_policy_by_tag)) is not None:
        return under
    chosen = dict(each.split("=") for each in site.privacy_policy).get(finding.kind)
    if chosen is not None:
        return Treatment(chosen)
    is_sure = finding.confidence * 100 >= site.privacy_hold_percent
    if finding.kind in HELD or (is_sure and finding.kind not in OFTEN_OF_OTHERS):
        return Treatment.HOLD
    return Treatment.WARN


def _under(kind: Kind, tags: Set[str], policy: tuple[str, ...]) -> Treatment | None:
    """What the tags say of this kind: where several do, the strictest."""
    said = {_by_tag(policy).get((tag, kind)) for tag in tags} if policy else set()
    return next((each for each in STRICTEST if each in said), None)


@lru_cache(maxsize=8)
def _by_tag(policy: tuple[str, ...]) -> dict[tuple[str, str], Treatment]:
    found = {}
    for each in policy:
        tag, _, rest = each.partition("/")
        kind, _, chosen = rest.partition("=")
        found[tag, kind] = Treatment(chosen)
    return found


def is_strong(finding: Finding, tags: Set[str] = frozenset()) -> bool:
    return treatment(finding, tags) is Treatment.HOLD


def may_override(person: Member, finding: Finding, tags: Set[str] = frozenset()) -> bool:
    """Anybody says of a weak finding that it is no patient; of a strong one a privacy reviewer,
    on record. Without any reviewer that is an administrator, as for everything reviewers decide.
    """
    return not is_strong(finding, tags) or may_review(person)


def may_review(person: Member, author_id: int | None = None) -> bool:
    """Look at what was held or reported, and decide. Where there is no reviewer, or none but its
    author: administrators.
    """
    if person.is_privacy_reviewer:
        return True
    return person.is_administrator and not reviewers.has_any(but=author_id)


def may_decide(person: Member, author_id: int | None) -> bool:
    """Nobody decides about what they wrote themselves."""
    return may_review(person, author_id) and (person.id is None or person.id != author_id)


def may_see_counts(person: Member) -> bool:
    """How often each rule spoke, and what became of it."""
    return person.is_moderator or may_review(person)


def may_allow(person: Member) -> bool:
    """Say which passages are never a patient's here."""
    return person.is_administrator
