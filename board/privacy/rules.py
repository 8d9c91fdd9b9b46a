"""Who may post what was found, and how sure the detector has to be. The page an auditor reads."""

from board.people.models import Member
from board.privacy.findings import Finding, Kind

WARNED = 0.4
STRONG = 0.85

# These are strong however sure the detector is: one such number is one patient.
HELD = frozenset({Kind.NHS_NUMBER, Kind.SSN, Kind.MRN, Kind.HEALTH_PLAN, Kind.PATIENT_URL})

# These are weak however sure the detector is: mostly it is a supplier's or an office's.
OFTEN_OF_OTHERS = frozenset({Kind.EMAIL})


def is_strong(finding: Finding) -> bool:
    is_sure = finding.confidence >= STRONG and finding.kind not in OFTEN_OF_OTHERS
    return finding.kind in HELD or is_sure


def may_override(person: Member, finding: Finding) -> bool:
    """Anybody says of a weak finding that it is no patient; a moderator of any, on record."""
    return person.is_moderator or not is_strong(finding)


def may_see_counts(person: Member) -> bool:
    """How often each rule spoke, and what became of it."""
    return person.is_moderator
