"""Dates of birth, and the dates of what happened to one patient."""

import re
from collections.abc import Iterator
from datetime import date

from board.privacy.findings import Finding, Kind
from board.privacy import naming
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9:])"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?<![\w/.-])(?<![0-9]:)(?:"
    r"(?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9]|"
    r"[0-3]?[0-9] ?([/.-]) ?[0-3]?[0-9] ?\1 ?(?:(?:19|20)[0-9]{2}|[0-9]{2})|"
    rf"{_DAY}(?: of)?[ -]?(?:the )?{_MONTH}(?:[ ,-]{{1,2}}{_YEAR})?|"
    rf"{_MONTH} {_DAY}(?:,? {_YEAR})?"
    r")(?![\w/]|[.-][0-9]|-[a-z])"
)
_COMPACT = re.compile(
    r"(?<![\w/.-])(?:[0-9]{8}|[0-9]{6}|[0-9]{1,2} [0-9]{1,2} (?:[0-9]{2}){1,2})(?![\w/-])"
)
_SHORT = re.compile(r"(?<![\w/.-])[0-3]?[0-9][/.][01]?[0-9](?![\w/%-]|\.[0-9])")
_BIRTH = re.compile(
    r"(?:\bd ?\.? ?o ?\.? ?b\b\.?|\b(?:date of birth|birth ?date|birthday|b/?day|born|birth)\b)"
    r"(?:[^\w]{1,3}(?:is|was|as|on|the|at|in|of|her|his|given|recorded|reads|says|about|home|"
    r"abroad|here)\b){0,4}[^\w]{0,4}$|"
    r"\b(?:d\.?o\.?b|date of birth)\b[^0-9.;?!\n]{0,25}(?:[0-9][0-9./-]{5,9}[^0-9.;?!\n]{1,20})?$|\bb\.? $|"
    r"\bborn in (?:\w{2,20} ){1,3}(?:on )?(?:the )?$"
)
_BIRTH_AFTER = re.compile(
    r"^[^\w]{1,3}(?:as )?(?:(?:his|her|the) )?(?:\(?d\.?o\.?b\b|date of birth|\(born\))"
)
_ANYBODY = re.compile(
    r"\b(?:people|patients|anyone|anybody|those|everyone|everybody|children|babies|women|men|"
    r"adults|persons|cohort|cohorts|infants|all)\b(?: \w{1,12}){0,2} born\b"
)
_HAPPENED = re.compile(
    r"\b(?:admitted|admission|adm|readmitted|discharged?|d/c|op|ops|operation|operated|surgery|"
    r"procedure|died|dead|death|passed|rip|deceased|seen|attended|attendance|fell|fall|"
    r"transfer(?:red)?|delivered|delivery|lmp|edd|edc|due date|biopsy|scan(?:ned)?|ct|mri|echo|"
    r"x-?ray|transfused|appointment|appt|clinic|stroke|arrest(?:ed)?|dose|inserted|insertion|"
    r"implanted|fitted|placed|cannulated|catheterised|vaccinated|immunised|stent(?:ed)?|tavi|"
    r"pci|cabg|thr|tkr|section|intubated|extubated|ventilated|chemo|cycle|radiotherapy|dialysed|"
    r"mi|stemi|nstemi|tia|dvt|pe|overdose|collapsed|found|presented|diagnosed|arrived|detained|"
    r"sectioned|consent(?:ed)?|swab(?:bed)?|bloods|sample|injection|depot|removed|amputation|"
    r"tracheostomy|graft(?:ed)?|transplant(?:ed)?|burnt?|bitten|injury|injured|accident|rta|"
    r"reviewed|therapy|relapsed?|last (?:seen|period|dose|given|scan|smear)|went in|came out|put in|"
    r"taken out|out on|in on|sited|resited|done on|done|lost|burst|broke|miscarried|stopped on|"
    r"started on|tested positive|booked for|wedding|funeral)\b"
)
_PAPER = re.compile(
    r"\b(?:guidelines?|guidance|policy|policies|review date|review due|revised|updated?|version|v[0-9]|"
    r"rota|recall(?:ed)?|lots?|batch|meeting|minutes|audit|training|study|course|induction|"
    r"go(?:es)? live|go-live|launch\w{0,3}|rollout|effective|published|publication|expiry|exp|"
    r"expires?|expired|valid|deadline|closing|campaign|strike|bank holiday|downtime|upgrade|"
    r"leaflet|formulary|standard|sop|protocol|alert|nice|mhra|circular|memo|newsletter|contract|"
    r"tender|delivery|stock|ordered|invoice|edition|trial|conference|webinar|teaching|exam|"
    r"interview|starters?|vacancy|shifts?|rotation|opens?|opened|closes|closed|closing|moved|"
    r"moves|inspection|visit by|cqc|census|calibrat\w{2,4}|serviced?|pat test|fridge|"
    r"accessed|retrieved|approved|fda|law|act|reviewed|written|issued|dated|from|until|since|"
    r"by|before|session|day|week|vaccine|available|changes?|start(?:s|ing)?|begins?|form)\b"
)
_STRONG_PAPER = re.compile(
    r"\b(?:guidelines?|policy|review date|recall(?:ed)?|lots?|batch|version|rota|published|fda|nice|"
    r"approved|training|study day|minutes|audit|trial|leaflet|induction|expir\w{1,3})\b"
)
_LONG_AGO = 2015  # a date before it next to a name is when somebody was born
_ONE = re.compile(
    r"\b(?:pt|patient|he|she|his|her|him|hers|mr|mrs|miss|lady|gentleman|man|woman|baby|girl|boy|"
    r"mum|dad|wife|husband|post ?op|lmp|edd|yo|y/o|year old|yr old|pod)\b"
)
_MANY = re.compile(r"\b(?:patients|people|women|men|children|adults|participants|volunteers)\b")


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Dates of birth, then the other dates; the first of those is day 0."""
    del policy
    births = {birth.start: birth for birth in _births(reading)}
    yield from births.values()
    first: date | None = None
    for match in _DATE.finditer(reading.lower):
        if match.start() not in births and _is_a_patients(reading, match):
            day = _read(match[0])
            first = first or day
            why = "the day something happened to a patient"
            yield Finding(Kind.DATE, *match.span(), 0.7, why, _relative(day, first))


def _births(reading: Reading) -> Iterator[Finding]:
    for pattern, confidence in ((_DATE, 0.95), (_COMPACT, 0.85)):
        for match in pattern.finditer(reading.lower):
            if _is_birth(reading, match):
                why = "a date of birth"
                yield Finding(Kind.DOB, *match.span(), confidence, why, "[date of birth]")


def _is_birth(reading: Reading, match: re.Match[str]) -> bool:
    before = reading.before(match.start())
    if _BIRTH.search(before):
        return not _ANYBODY.search(before)
    if _BIRTH_AFTER.match(reading.after(match.end(), 20)):
        return True
    return _follows_a_name(reading, match)


def _follows_a_name(reading: Reading, match: re.Match[str]) -> bool:
    """Smith, 14/03/1952: a full date of some years ago, straight after a name."""
    day = _read(match[0])
    name = re.search(
        r"([^\W\d_]{3,20}),? \(?$", reading.text[max(0, match.start() - 25) : match.start()]
    )
    if not (day and name and day.year < _LONG_AGO and match[0][-4:].isdigit()):
        return False
    start = match.start() - (len(name.string) - name.start(1))
    word = Word(name[1], name[1].lower(), start, start + len(name[1]))
    return word.is_capitalised and naming.is_known(word)


def _is_a_patients(reading: Reading, match: re.Match[str]) -> bool:
    """Something happened, to one person, and no document is the nearer thing."""
    before = reading.sentence_before(match.start())
    after = reading.sentence_after(match.end())
    if re.search(r"\b(?:best before|review(?: is| due)? by) $", before):
        return False
    if _STRONG_PAPER.search(before[-60:]) or _STRONG_PAPER.search(after[:25]):
        return False
    happened = _last(_HAPPENED, before[-70:])
    if happened < 0:
        one = bool(_ONE.search(before[-40:])) and not _PAPER.search(before + after)
        return one or _is_bare(reading, match)
    if _MANY.search(before):
        return False
    paper = _last(_PAPER, before[-70:])
    is_one = bool(_ONE.search(before) or re.search(r"\b(?:pt|his|her|he|she|patient)\b", after))
    return happened > paper or is_one


def _is_bare(reading: Reading, match: re.Match[str]) -> bool:
    """A full date in a sentence that speaks of no document, course or thing."""
    full = len(re.findall(r"[0-9]+", match[0])) + bool(re.search("[a-z]{3}", match[0])) >= 3
    return full and not _PAPER.search(reading.sentence(*match.span()))


def _last(pattern: re.Pattern[str], before: str) -> int:
    """Where the last match ends, or -1."""
    return max((match.end() for match in pattern.finditer(before)), default=-1)


def _relative(day: date | None, first: date | None) -> str:
    """A day counted from the first one named: what matters clinically without the calendar."""
    if day is None or first is None:
        return "[date]"
    return f"day {(day - first).days}"


def _read(shown: str) -> date | None:
    """The day, month and year as they are written here, day first; None where one is missing."""
    words = re.findall(r"[0-9]+|[a-z]+", shown)
    month = next((_MONTHS.index(w[:3]) + 1 for w in words if w[:3] in _MONTHS), 0)
    numbers = [int(word) for word in words if word.isdigit()]
    if month:
        numbers.insert(1, month)
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        numbers.reverse()
    return _date(*numbers) or _date(numbers[1], numbers[0], numbers[2])


def _date(day: int, month: int, year: int) -> date | None:
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None
