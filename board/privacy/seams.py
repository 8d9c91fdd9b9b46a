"""Where a title ends and the text below it begins: a number that only the two together give away.

"Wrong MRN" above "00482917 on the wristband", or a number of which half stands in the title. Only
numbers: a title and a text that happen to follow each other would make too many names.
"""

from collections.abc import Iterator
from dataclasses import replace

from board.privacy.detecting import Finding, Kind, Policy, find
from board.privacy.reading import SENTENCE

NUMBERS = frozenset(
    {
        Kind.NHS_NUMBER, Kind.SSN, Kind.HEALTH_PLAN, Kind.MRN, Kind.ACCOUNT, Kind.DEVICE_SERIAL,
        Kind.PHONE, Kind.DOB,
    }
)  # fmt: skip


def across(title: str, body: str, policy: Policy) -> Iterator[tuple[str, Finding]]:
    """Numbers near the seam, each with the field it stands in; one across it is one in each."""
    above, below = title.rstrip(), body.lstrip()
    if not above or not below:
        return
    top, left_out = above[-SENTENCE:], max(0, len(above) - SENTENCE)
    both = f"{top} {below[:SENTENCE]}"
    below_from = len(top) + 1
    for finding in find(both, policy):
        is_cut = finding.end == len(both) and len(below) > SENTENCE
        if finding.kind not in NUMBERS or is_cut:
            continue
        if finding.start < len(top):
            end = min(finding.end, len(top))
            yield "title", _moved(finding, finding.start, end, left_out)
        if finding.end > below_from:
            start = max(finding.start, below_from)
            yield "body", _moved(finding, start, finding.end, len(body) - len(below) - below_from)


def _moved(finding: Finding, start: int, end: int, by: int) -> Finding:
    return replace(finding, start=start + by, end=end + by)
