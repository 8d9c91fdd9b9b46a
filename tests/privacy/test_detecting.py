"""Findings: where they stand, what replaces them, and that any text can be scanned."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import cases, sentences

from board.privacy.detecting import DEFAULT, Finding, Policy, find

PIECES = [
    "Mr Okafor", "pt jane smith", "999 012 3454", "dob 3/4/51", "bed 4", "94 year old", "İ",
    "07700 900461", "a.b@example.org", "https://ehr.hospital.local/c?patientId=884213",
    "MRN 123456", "é",
    "admitted 12/05/2024", "LS99 4QX", "27 Larkfield Avenue", "\u2019", "\n", "  ", ".", ",", "(",
    "SSN 412-68-9035", "serial PJN641208S", "pacemaker", "his wife", "ninety two", "\u202e", "\x00",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def one(text: str, policy: Policy = DEFAULT) -> Finding:
    [finding] = find(text, policy)
    return finding


def shown(text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in find(text)]


def replaced(text: str) -> str:
    for finding in reversed(find(text)):
        text = text[: finding.start] + finding.replacement + text[finding.end :]
    return text


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Pt NHS 999 012 3454 on rivaroxaban", ["999 012 3454"]),
        ("Mrs Okonkwo's family want to stay", ["Mrs Okonkwo"]),
        ("is mr o'brien's line out?", ["mr o'brien"]),
        ("96 year old with #NOF", ["96 year old"]),
        ("bed 4 mr okafor needs help", ["bed 4", "mr okafor"]),
        ("Pt Smith, Alan DOB 14/03/1952", ["Smith, Alan", "14/03/1952"]),
        ("İİİ Mr Okafor is here", ["Mr Okafor"]),
        ("see https://ehr.hospital.local/c?patientId=884213, please",
         ["https://ehr.hospital.local/c?patientId=884213"]),
        ("his daughter Claire Whitmore on 07700 900461", ["Claire Whitmore", "07700 900461"]),
    ],
)  # fmt: skip
def test_a_finding_is_the_passage_and_nothing_around_it(text, passages):
    assert shown(text) == passages


def test_findings_say_how_sure_they_are_and_why():
    finding = one("MRN 00482917 K+ 6.8 despite insulin")
    assert (finding.kind, finding.start, finding.end) == ("mrn", 4, 12)
    assert finding.confidence >= 0.85
    assert finding.why == "a record number by the word before it"
    assert finding.replacement == "[hospital number]"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Mrs Okonkwo's family want to stay.", "the patient's family want to stay."),
        ("My 103yo lady on digoxin", "My over 89 lady on digoxin"),
        (
            "Pt admitted 12/05/2024 with DKA, op on 14/05/2024",
            "Pt admitted day 0 with DKA, op on day 2",
        ),
        ("He was admitted on 3 June with DKA", "He was admitted on [date] with DKA"),
        ("NHS no 9990482179", "NHS no [NHS number]"),
        (
            "Mr T Hargreaves, 91, NHS 999 256 8038, bed 6",
            "the patient, over 89, NHS [NHS number], [bed]",
        ),
    ],
)
def test_a_replacement_keeps_what_matters(text, after):
    assert replaced(text) == after


def test_a_text_with_every_replacement_has_no_finding():
    for sentence in cases() + sentences("tuned") + sentences("held-out"):
        assert find(replaced(sentence.text)) == [], replaced(sentence.text)


@given(TEXTS)
def test_any_text_can_be_scanned(text):
    findings = find(text)
    assert findings == find(text)
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        assert 0 < finding.confidence <= 1
        assert finding.why
        assert finding.replacement
        end = finding.end


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,:/@#+-()'\n", max_size=200))
def test_any_ascii_text_can_be_scanned_under_every_pack(text):
    find(text, Policy(locales=frozenset({"GB", "US", "AU", "CA", "IE"})))


def test_nothing_is_found_in_nothing():
    assert find("") == find("  \n ") == []
