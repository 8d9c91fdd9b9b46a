"""How to reach somebody: telephone, e-mail, and addresses of pages about one patient."""

import re
from collections.abc import Iterator
from functools import lru_cache

from board.privacy.findings import Finding, Kind
from board.privacy.numbers import is_something_else
from board.privacy.policy import Policy
from board.privacy.reading import SENTENCE, Reading
from board.privacy.telephones import is_personal
from board.privacy.vocabulary import any_of, is_everyday, mention_of, trace_of

_EXT = r"(?:\s?(?:x|ext\.?)\s?[0-9]{1,6})?(?![\w-]|\.[0-9])"
_START = r"(?<![\w/.,+-])(?<!\w[(])"
_SHAPES = {
    "GB": r"(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-9](?:[ ().-]{0,2}[0-9]){8,9}",
    "US": r"(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-]?)[2-9][0-9]{2}[ .-]?[0-9]{4}",
    "AU": r"(?:\+61[ -]?|\(?0)[23478](?:[ ().-]{0,2}[0-9]){8}",
    "IE": r"(?:\+353[ -]?(?:\(0\)[ -]?)?|\(?0)[1-9](?:[ ().-]{0,2}[0-9]){7,9}",
}
_SHAPES["CA"] = _SHAPES["US"]
_ABROAD = r"\+[1-9](?:[ ().-]{0,2}[0-9]){7,14}"
# Numbers kept free for films, which the library rightly calls unassigned.
_FICTION = re.compile(
    r"(?:0|44)7700900[0-9]{3}$|(?:0|44)1632960[0-9]{3}$|55501[0-9]{2}$|(?:0|61)491570[0-9]{3}$"
)
_PERSON = re.compile(
    rf"his|her|their|{any_of('kin')}|family|relative|patient|pt|mobile|mr|mrs|him|them|lives|"
    "home (?:tel|phone|number)"
)
_SOMEBODY = re.compile(rf"\b(?:{_PERSON.pattern})\b")
_MOBILE = re.compile(r"(?:\+44 ?|0)7[0-9]")  # what stands after it is seldom its owner
_HOSPITAL_NUMBER = re.compile(r"\bhospital (?:no|num|number|id)\b")
_FICTION_BLOCKS = ("7700900", "1632960", "55501", "491570")
_EMAIL = re.compile(
    r"(?<![\w.+%-])[a-z0-9][\w.+%'-]{0,63}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})(?![\w@-])"
)
_SPELT_EMAIL = re.compile(
    r"(?<![\w.@])([a-z0-9][\w.-]{2,40}) (?:at|@) [a-z0-9-]{2,30} (?:dot|\.) "
    r"(?:com|org|net|co|ie|uk|au|ca|edu|example)(?: (?:dot|\.) (?:uk|au|nz|za))?(?!\w)"
)
_MAILBOX = re.compile(
    r"(?:[a-z]{0,12}info|information|help|helpdesk|support|contact|enquir\w{1,4}|inquir\w{1,4}|admin|office|"
    r"webmaster|mail|email|feedback|press|media|orders?|sales|service|services|customer\w{0,9}|"
    r"pharmacy|training|library|niams\w{0,4}|n[a-z]{2,6}info|noreply|no-reply)(?:[._-].{0,40})?@"
)
_ADDRESS_OF_PAGE = re.compile(
    r"(?<![\w.@/-])(?:https?://)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})"
    r"(?::[0-9]{2,5})?(/[^\s<>\"']{0,400})"
)
_ABOUT_ONE = re.compile(
    r"[?&;#/](?:patient|pt|pat|person|mrn|nhs|nhsno|nhsnumber|pid|hosp|hospno|chi|encounter|"
    r"episode|visit|csn|subject|case)(?:_?(?:id|no|num|number|key|ref))?=[a-z]{0,5}[0-9-]{3,20}|"
    r"/(?:patients?|pts?|persons?|people|charts?|mrn|encounters?|episodes?|records?)/"
    r"(?:[a-z]{0,5}-?[0-9]{4,20}|(?=[a-f]{0,8}[0-9][0-9a-f]{0,8}[0-9])[0-9a-f]{6,32}(?![\w]))"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Telephone numbers, e-mail addresses and pages about one patient."""
    if "/" in reading.lower:
        yield from _pages(reading, policy)
    if "@" in reading.lower:
        yield from _emails(reading, policy)
    if " dot " in reading.lower:
        yield from _spelt_emails(reading)
    if reading.has_digits:
        yield from _phones(reading, policy)


def _pages(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for match in _ADDRESS_OF_PAGE.finditer(reading.lower):
        about_one = _ABOUT_ONE.search(match[2])
        own = match[1] in policy.ehr_hosts and re.search(r"=[a-z]{0,5}[0-9]{4}|/[0-9]{4}", match[2])
        if about_one or own:
            end = match.start() + len(match[0].rstrip(".,;:!?)]"))
            why = "a link to one patient's page"
            yield Finding(Kind.PATIENT_URL, match.start(), end, 0.95, why, "[link removed]")


def _emails(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for match in _EMAIL.finditer(reading.lower):
        domain = match[1]
        own = any(
            domain == d or domain.endswith(f".{d}") for d in map(str.lower, policy.mail_domains)
        )
        if not (own or _MAILBOX.match(match[0]) or _is_an_offices(reading, match)):
            why = "a private e-mail address"
            yield Finding(Kind.EMAIL, *match.span(), 0.85, why, "[e-mail address]")


def _spelt_emails(reading: Reading) -> Iterator[Finding]:
    """bigfish at example dot com."""
    for match in _SPELT_EMAIL.finditer(reading.lower):
        if is_everyday(match[1]):  # look at example dot com
            continue
        why = "an e-mail address in words"
        yield Finding(Kind.EMAIL, *match.span(), 0.6, why, "[e-mail address]")


def _phones(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for match in _phone_shapes(policy.locales).finditer(reading.lower):
        if _is_number(match[0], policy) and not _is_nobodys(reading, match):
            confidence = 0.85 if _is_somebodys(reading, *match.span()) else 0.6
            why = "a telephone number"
            yield Finding(Kind.PHONE, *match.span(), confidence, why, "[telephone number]")


@lru_cache(maxsize=32)
def _phone_shapes(locales: frozenset[str]) -> re.Pattern[str]:
    shapes = dict.fromkeys(_SHAPES[locale] for locale in sorted(locales))
    return re.compile(f"{_START}(?:{'|'.join([*shapes, _ABROAD])}){_EXT}")


def _is_somebodys(reading: Reading, start: int, end: int) -> bool:
    near = reading.may_mention(_PERSON, start - SENTENCE, end + SENTENCE)
    return near and bool(_SOMEBODY.search(reading.sentence(start, end)))


def _is_nobodys(reading: Reading, match: re.Match[str]) -> bool:
    """Whether it is an office's number, or no telephone number at all."""
    if is_something_else(reading, match.start()):
        return True
    return _is_an_offices(reading, match)


def _is_an_offices(reading: Reading, match: re.Match[str]) -> bool:
    if not reading.may_mention(trace_of("offices"), match.start() - 80, match.end() + 30):
        return False
    before = reading.sentence_before(match.start())
    after = "" if _MOBILE.match(match[0]) else reading.after(match.end(), 30)
    around = _HOSPITAL_NUMBER.sub(" ", before[-80:]) + after
    return bool(mention_of("offices").search(around)) and not _SOMEBODY.search(before[-60:])


def _is_number(shown: str, policy: Policy) -> bool:
    digits = re.sub(r"[^0-9]", "", re.split(r"x|ext", shown)[0])
    if any(block in digits for block in _FICTION_BLOCKS) and _FICTION.search(digits):
        return True
    return any(is_personal(shown, locale) for locale in sorted(policy.locales))
