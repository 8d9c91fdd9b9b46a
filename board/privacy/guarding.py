"""What happens to a text in which something was found: it passes, it is mended, it is held.

`check` raises `Identifying` unless every finding was overridden. A form says which were by their
fingerprints, never by their text; a passage that changed has another one and is looked at again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from board.config import Settings, settings
from board.core.errors import Invalid
from board.core.signing import keyed_fingerprint
from board.people.models import Member
from board.privacy import allowing, staffing
from board.privacy.detecting import Finding, Kind, Policy, find
from board.privacy.rules import Treatment, is_strong, may_override, treatment
from board.privacy.seams import across

ALL = "all"

# What a finding looks like, in words: "This looks like …".
NAMES: Mapping[Kind, str] = {
    Kind.PATIENT_URL: "a link to a patient's record",
    Kind.EMAIL: "an e-mail address",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.SSN: "a social security number",
    Kind.HEALTH_PLAN: "a health insurance number",
    Kind.MRN: "a hospital number",
    Kind.ACCOUNT: "an account number",
    Kind.DEVICE_SERIAL: "the serial number of somebody's device",
    Kind.PHONE: "a telephone number",
    Kind.DOB: "a date of birth",
    Kind.DATE: "the date of something that happened to a patient",
    Kind.AGE_OVER_89: "an age over 89",
    Kind.ADDRESS: "somebody's address",
    Kind.POSTCODE: "a postcode",
    Kind.BED: "a bed or a room",
    Kind.NAME: "a patient's name",
}


# Why something is not about a patient, for whoever wants to say it.
BECAUSE: Mapping[str, str] = {
    "staff": "a member of staff",
    "equipment": "an equipment or order number",
    "public": "a public number or address",
    "made_up": "a made-up example",
    "other": "something else",
}


@dataclass(frozen=True)
class Spotted:
    """A finding in a field, with the passage itself: for whoever wrote it, and nobody else."""

    field: str
    finding: Finding
    passage: str
    is_overridden: bool
    may_be_overridden: bool
    is_strong: bool

    @property
    def kind(self) -> Kind:
        return self.finding.kind

    @property
    def looks_like(self) -> str:
        """`an NHS number`."""
        return NAMES[self.kind]

    @property
    def stands_in_the_way(self) -> bool:
        return not (self.is_overridden and self.may_be_overridden)

    @cached_property
    def fingerprint(self) -> str:
        """What a form says instead of the passage."""
        return _fingerprint(self.kind, self.passage)

    def __repr__(self) -> str:
        """A passage never reaches a log, whoever prints this."""
        return f"<{self.kind} in {self.field}>"


class Identifying(Invalid):
    """Something in these texts may identify a patient, or was just replaced and wants reading.

    The messages name what was found by kind only; the passages are in `spotted`.
    """

    def __init__(self, spotted: Sequence[Spotted], replaced: Sequence[Spotted] = ()) -> None:
        self.spotted = list(spotted)
        self.replaced = list(replaced)
        fields = dict.fromkeys(each.field for each in spotted if each.stands_in_the_way)
        super().__init__({field: _message(self.in_the_way(field)) for field in fields})

    def in_the_way(self, field: str) -> list[Spotted]:
        """What keeps this field's text from being posted."""
        return [each for each in self.spotted if each.field == field and each.stands_in_the_way]


def check(
    texts: Mapping[str, str],
    policy: Policy,
    overridden: Collection[str],
    by: Member,
    tags: Set[str] = frozenset(),
) -> list[Spotted]:
    """What was found and overridden. Raises `Identifying` if anything was not, or may not be."""
    spotted = look(texts, policy, overridden, by, tags)
    if any(each.stands_in_the_way for each in spotted):
        raise Identifying(spotted)
    return spotted


def look(
    texts: Mapping[str, str],
    policy: Policy,
    overridden: Collection[str],
    by: Member,
    tags: Set[str] = frozenset(),
) -> list[Spotted]:
    """Everything in these texts that is more than a faint suspicion, field by field, in order.

    `tags`: of the question they belong to, for what the site says of some.
    """
    return [
        Spotted(
            field,
            finding,
            passage := text[finding.start : finding.end],
            is_overridden=_fingerprint(finding.kind, passage) in overridden,
            may_be_overridden=may_override(by, finding, tags),
            is_strong=is_strong(finding, tags),
        )
        for field, text, finding in _found(texts, policy)
        if treatment(finding, tags) is not Treatment.OFF and not _is_link_to_write(text, finding)
    ]


def _found(texts: Mapping[str, str], policy: Policy) -> Iterator[tuple[str, str, Finding]]:
    """What is in each field, and what only a title and the text below it say together."""
    together = list(across(texts.get("title", ""), texts.get("body", ""), policy))
    for field, text in texts.items():
        found = find(text, policy)
        taken = {place for each in found for place in range(each.start, each.end)}
        found += [
            each
            for name, each in together
            if name == field and taken.isdisjoint(range(each.start, each.end))
        ]
        for finding in sorted(found, key=lambda each: each.start):
            yield field, text, finding


def replace(texts: Mapping[str, str], spotted: Sequence[Spotted]) -> dict[str, str]:
    """The texts with these passages replaced."""
    mended = dict(texts)
    for each in _backwards(spotted):
        text, finding = mended[each.field], each.finding
        mended[each.field] = text[: finding.start] + finding.replacement + text[finding.end :]
    return mended


def replaceable(spotted: Sequence[Spotted], chosen: str) -> list[Spotted]:
    """Which of them `chosen` means: one by its fingerprint, or all that stand in the way."""
    if chosen == ALL:
        return [each for each in spotted if each.stands_in_the_way]
    return [each for each in spotted if each.fingerprint == chosen]


def kinds_in(text: str, site: Policy | None = None) -> set[Kind]:
    """What kinds are in this text, beyond a faint suspicion. `site`: for many texts in a row."""
    found = find(text, site or policy())
    return {each.kind for each in found if treatment(each) is not Treatment.OFF}


def policy() -> Policy:
    """This site's, of its settings, of what administrators allowed, of who works here."""
    return _policy_of(settings(), allowing.passages(), staffing.whole_names())


@lru_cache(maxsize=8)
def _policy_of(site: Settings, allowed: tuple[str, ...], directory: frozenset[str]) -> Policy:
    return Policy(
        locales=frozenset(site.privacy_locales),
        mrn_shapes=site.privacy_mrn_shapes,
        helplines=site.privacy_helplines,
        mail_domains=site.privacy_mail_domains,
        ehr_hosts=site.privacy_ehr_hosts,
        wards=site.privacy_wards,
        allowed=allowed,
        directory=directory,
        extension_length=site.privacy_extension_length,
    )


def _is_link_to_write(text: str, finding: Finding) -> bool:
    """`[Pharmacy](mailto:…)`: an office's or a supplier's; nobody links to a patient."""
    return finding.kind == Kind.EMAIL and text[: finding.start].endswith("mailto:")


def _backwards(spotted: Sequence[Spotted]) -> Iterator[Spotted]:
    """From the end of a text, so that the places before stay where they are."""
    yield from sorted(spotted, key=lambda each: each.finding.start, reverse=True)


def _fingerprint(kind: Kind, passage: str) -> str:
    return keyed_fingerprint(f"privacy {kind} {passage}")[:32]


def _message(found: Sequence[Spotted]) -> str:
    names = list(dict.fromkeys(each.looks_like for each in found))
    words = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    them = "it" if len(names) == 1 else "them"
    if all(each.may_be_overridden for each in found):
        return f"This looks like {words}. Replace {them}, or say that it is not about a patient."
    return f"This looks like {words}. Replace or remove {them} before it is posted."
