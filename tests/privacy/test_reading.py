"""A text is read once for all rules."""

import re

import pytest

from board.privacy import births, colleagues, contacts, dates, nhs_numbers, numbers, places
from board.privacy.alone import _HE_OR_SHE, _PRONOUN
from board.privacy.reading import OFTEN, Reading
from board.privacy.vocabulary import mention_of, trace_of

LOOKED_FOR = [
    (contacts._PERSON, contacts._SOMEBODY),
    (places._OPEN_TO_ALL, places._PUBLIC),
    (dates._SOMEBODY, dates._ONE),
    (dates._LIMITED, dates._LIMIT),
    (births._BORN, births._BIRTH),
    (colleagues._FAMOUS, colleagues._FAMOUS_BEFORE),
    (colleagues._STAFF, colleagues._STAFF_BEFORE),
    (colleagues._STAFF, colleagues._STAFF_AFTER),
    (colleagues._CITED, colleagues._LITERATURE),
    (nhs_numbers._CALLED, nhs_numbers._NHS_CUE),
    (nhs_numbers._CALLED, nhs_numbers._NHS_SAID),
    (nhs_numbers._DIALLED, nhs_numbers._PHONE_CUE),
    (numbers._WORN, numbers._HERS),
    (dates._TELLING, dates._ONE),
    (dates._TELLING, mention_of("events")),
    (_HE_OR_SHE, _PRONOUN),
    (trace_of("documents", "occasions"), mention_of("documents", "occasions")),
    (trace_of("events"), mention_of("events")),
    (trace_of("offices"), mention_of("offices")),
    (trace_of("work"), mention_of("work")),
]
TEXT = (
    "His wife lives at the clinic office; she was born on the review due by b. d o b of 4/5, Dr "
    "Sister Staff nurse on call: dear lady, the pharmacist says hi. Admitted after the rota was "
    "published, date of birth home tel; theatre list for Royal surgery, patient. Birthday is "
    "ring her mobile. N.H.S number is, et al and colleagues 2014; pacemaker on the ward rota & CHI "
)


@pytest.mark.parametrize(("words", "rule"), LOOKED_FOR)
def test_words_that_may_be_there_are_never_overlooked(words, rule):
    """Whatever part of a text a rule looks at: where it finds something, it was told to look."""
    reading = Reading(TEXT)
    found = 0
    for width in (8, 25, 45, 160):
        for start in range(len(TEXT)):
            part = reading.lower[start : start + width]
            if rule.search(part):
                found += 1
                assert reading.may_mention(words, start, start + width), part
    assert found


def test_a_word_that_is_asked_for_often_is_looked_for_once():
    reading, words = Reading("a nurse " * 50), re.compile("surgeon")
    answers = [reading.may_mention(words, start, start + 40) for start in range(OFTEN + 5)]
    assert answers == [True] * (OFTEN - 1) + [False] * 6
