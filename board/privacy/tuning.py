"""Which rules speak too often: for each, how often it fired and what people made of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.privacy import noting
from board.privacy.models import Concern, Held, Outcome, Source

FEWEST = 20  # fires: fewer say nothing about a rule
TOO_MANY = 0.5

Key = tuple[str, str]


@dataclass(frozen=True)
class Tally:
    """A rule's last thirty days. `why` names the rule, as its finding did; `because` counts what
    those who posted it unchanged said, the most frequent first.
    """

    kind: str
    why: str
    refused: int
    replaced: int
    overridden: int
    released: int
    confirmed: int
    because: tuple[tuple[str, int], ...] = ()

    @property
    def fired(self) -> int:
        """A form that came back and was sent once more fired once."""
        decided = self.replaced + self.overridden + self.released + self.confirmed
        return max(self.refused, decided)

    @property
    def is_too_eager(self) -> bool:
        """More than half of what it said was no patient, over twenty times and more."""
        wrong = self.overridden + self.released
        return self.fired >= FEWEST and wrong > TOO_MANY * self.fired


def tallies() -> list[Tally]:
    """Every rule that fired, those that are wrong most often first."""
    verbs: Counter[tuple[Key, str]] = Counter()
    said: dict[Key, Counter[str]] = defaultdict(Counter)
    for row in db.session.execute(noting.counts()):
        key = (row.kind, row.why or "")
        verbs[key, row.verb] += row.times
        if row.because:
            said[key][row.because] += row.times
    released, confirmed = _decided()
    keys = {key for key, _ in verbs} | released.keys() | confirmed.keys()
    rows = [
        Tally(
            *key,
            refused=verbs[key, Verb.PRIVACY_REFUSED],
            replaced=verbs[key, Verb.PRIVACY_REPLACED],
            overridden=verbs[key, Verb.PRIVACY_OVERRIDDEN],
            released=released[key],
            confirmed=confirmed[key],
            because=tuple(said[key].most_common()),
        )
        for key in keys
    ]
    return sorted(rows, key=lambda row: (not row.is_too_eager, -row.fired, row.kind, row.why))


def samples() -> tuple[int, int]:
    """How many samples of what was posted unchanged were looked at, and how many had a patient."""
    outcomes = db.session.scalars(
        select(Concern.outcome).where(
            Concern.source == Source.OVERRIDE,
            Concern.decided_at >= now() - timedelta(days=noting.COUNTED_DAYS),
        )
    ).all()
    return len(outcomes), outcomes.count(Outcome.PURGED)


def _decided() -> tuple[Counter[Key], Counter[Key]]:
    """What reviewers posted as it was, and what they returned or purged, by rule."""
    released: Counter[Key] = Counter()
    confirmed: Counter[Key] = Counter()
    for findings, outcome in _recent():
        keys = {(each["kind"], each.get("why", "")) for each in findings}
        (released if outcome == Outcome.RELEASED else confirmed).update(keys)
    return released, confirmed


def _recent() -> Iterator[tuple[list[dict[str, str]], str]]:
    rows = select(Held.findings, Held.outcome).where(
        Held.decided_at >= now() - timedelta(days=noting.COUNTED_DAYS),
        Held.outcome != Outcome.EXPIRED,
    )
    for row in db.session.execute(rows):
        yield row.findings, row.outcome
