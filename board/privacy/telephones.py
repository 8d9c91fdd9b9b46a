"""Whether a number exists and could be a person's: what `phonenumbers` says, said quickly.

The library takes a dozen steps for each number, which adds up on a page full of them. How numbers
are written at home is read here; anything else (a foreign code, an extension) is left to it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType

_NOBODYS = (
    PhoneNumberType.PREMIUM_RATE, PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST,
    PhoneNumberType.VOIP, PhoneNumberType.UAN, PhoneNumberType.UNKNOWN,
)  # fmt: skip
_CODES = {"GB": 44, "US": 1, "CA": 1, "AU": 61, "IE": 353}
# What may be dialled before a number from abroad, from another area, or by another company.
_DIALLED_FIRST = {44: ("44", "00"), 1: ("1", "011"), 61: ("61", "0", "1"), 353: ("353", "00")}
_TRUNK_ZERO = (44, 353)  # a nought stands before the area's number
_AT_HOME = re.compile("[0-9 ().-]{1,40}")
_NEVER = "(?!)"


def is_personal(shown: str, locale: str) -> bool:
    """Whether the number exists in this country and is not a service's."""
    national = _national(shown, locale)
    if national is None:
        return _is_looked_up(shown, locale)
    return _personal(_CODES[locale]).fullmatch(national) is not None


def _national(shown: str, locale: str) -> str | None:
    """Its digits without what is dialled before them; None where that takes more to tell."""
    if not _AT_HOME.fullmatch(shown):
        return None
    digits, code = re.sub("[^0-9]", "", shown), _CODES[locale]
    if digits.startswith(_DIALLED_FIRST[code]):
        return None
    return digits.removeprefix("0") if code in _TRUNK_ZERO else digits


def _is_looked_up(shown: str, locale: str) -> bool:
    try:
        number = phonenumbers.parse(shown, locale)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(number) not in _NOBODYS


@cache
def _personal(code: int) -> re.Pattern[str]:
    """Any person's number in the countries that share this code.

    The first country whose number it is decides, as in the library.
    """
    pattern = _NEVER
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
    for country in filter(None, map(PhoneMetadata.metadata_for_region, reversed(regions))):
        decides = country.leading_digits or _one_of(_valid(country))
        pattern = f"(?:{_theirs(country)}|(?!{decides}){pattern})"
    return re.compile(pattern)


def _theirs(country: PhoneMetadata) -> str:
    """A pattern for what is some person's number there; which kind comes first counts."""
    services = _one_of(
        _shape(each)
        for each in (country.premium_rate, country.toll_free, country.shared_cost, country.voip)
    )
    people = _one_of(_shape(each) for each in (country.personal_number, country.pager))
    company = _one_of([_shape(country.uan)])
    rest = _one_of(_shape(each) for each in (country.voicemail, country.fixed_line, country.mobile))
    general = f"(?={_shape(country.general_desc)})"
    chosen = f"(?={people}|(?!{company}){rest})"
    return f"{general}(?!{services}){chosen}[0-9]+"


def _valid(country: PhoneMetadata) -> Iterator[str]:
    general = _shape(country.general_desc)
    for kind in (
        country.premium_rate, country.toll_free, country.shared_cost, country.voip,
        country.personal_number, country.pager, country.uan, country.voicemail,
        country.fixed_line, country.mobile,
    ):  # fmt: skip
        yield f"(?={general}){_shape(kind)}"


def _shape(kind: phonenumbers.PhoneNumberDesc | None) -> str:
    """A whole number of this kind, by its length and its digits."""
    if kind is None or kind.national_number_pattern is None:
        return _NEVER
    lengths = _one_of(f"[0-9]{{{length}}}" for length in kind.possible_length if length > 0)
    of_right_length = f"(?={lengths}$)" if kind.possible_length else ""
    return f"{of_right_length}(?:{kind.national_number_pattern})$"


def _one_of(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(patterns)) or _NEVER})"
