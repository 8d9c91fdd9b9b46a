"""A day as people write it: 12/05/2024, 3 June, the 5th of May 1944."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9:])"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
DATE = re.compile(
    r"(?:(?<![\w/.-])|(?<=\bdob))(?<![0-9]:)(?:"
    r"(?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9]|"
    r"[0-3]?[0-9] ?([/.-]) ?[0-3]?[0-9] ?\1 ?'?(?:(?:19|20)[0-9]{2}|[0-9]{2})|"
    rf"{DAY}(?: of)?[ /-]?(?:the )?{MONTH}(?:[ ,/-]{{0,3}}{_YEAR})?|"
    rf"{MONTH} {DAY}(?:,? {_YEAR})?"
    r")(?![\w/]|[.-][0-9]|-[a-z])"
)
_CENTURY = 31  # 30 may be ahead of us; 31 is when somebody was born


def read(shown: str) -> date | None:
    """The date, day first where it is all digits; None where a part of it is missing."""
    words = re.findall("[0-9]+|[a-z]+", shown)
    if len(words) < 3:
        return None
    numbers = [int(word) for word in words if word.isdigit()]
    month = next((_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS), 0)
    if month:
        numbers.insert(1, month)
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        numbers.reverse()
    return _date(*numbers) or _date(numbers[1], numbers[0], numbers[2])


def _date(day: int, month: int, year: int) -> date | None:
    if year < 100:
        year += 2000 if year < _CENTURY else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None
