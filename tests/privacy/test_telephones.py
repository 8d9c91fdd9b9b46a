"""A person's telephone number or nobody's: what the library says, also where it is not asked."""

import random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberType

from board.privacy import telephones
from board.privacy.detecting import find

SERVICES = {
    PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN, PhoneNumberType.VOIP,
}  # fmt: skip
BEGINNINGS = {
    "GB": ["07", "020", "0", "0800", "0345", "070", "076", "056", "7", "01481", "07624", "0044"],
    "US": ["617", "1617", "800", "1800", "264", "242", "441", "787", "011", "0", "900", "500"],
    "CA": ["416", "604", "1416", "867", "800", "0"],
    "AU": ["04", "02", "4", "1800", "1300", "0", "61", "0011"],
    "IE": ["01", "085", "1", "1800", "0818", "076", "353", "00353", "85"],
}


def as_the_library_says(shown, locale):
    try:
        number = phonenumbers.parse(shown, locale)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) not in SERVICES


def numbers(locale, count):
    chance = random.Random(locale)
    for _ in range(count):
        beginning = chance.choice([*BEGINNINGS[locale], ""])
        length = chance.choice([8, 9, 10, 10, 11, 11, 12])
        digits = (beginning + "".join(chance.choices("0123456789", k=length)))[:length]
        gap = chance.choice(["", " ", "-", "."])
        yield gap.join([digits[:3], digits[3:6], digits[6:]])


@pytest.mark.parametrize("locale", BEGINNINGS)
def test_each_number_is_what_the_library_says(locale):
    found = 0
    for shown in numbers(locale, 1_500):
        expected = as_the_library_says(shown, locale)
        assert telephones.is_personal(shown, locale) == expected, shown
        found += expected
    assert found > 50


@pytest.mark.parametrize("shown", ["+44 7911 123456", "(020) 7946 0123 ext 44", "0044 7911 123456"])
def test_what_is_written_for_abroad_is_asked_of_the_library(shown):
    assert telephones.is_personal(shown, "GB") == as_the_library_says(shown, "GB")


def test_a_page_full_of_numbers_asks_the_library_nothing(monkeypatch):
    asked = []
    monkeypatch.setattr(telephones, "_is_looked_up", lambda *number: asked.append(number))
    text = " ".join(f"020 7946 0{number}" for number in range(100, 999))
    assert len(find(text)) == 899
    assert asked == []
