"""What is dressed up is read as it will be shown. All of it is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.privacy.detecting import find
from board.privacy.plain_reading import plain

# fmt: off
DRESSED = [
    "**",
    "*",
    "__",
    "~~",
    "\u200b",
    "\u00ad",
    "&nbsp;",
    "&#50;",
    "\\",
    "`",
    "\uff13",
    "\xa0",
]
WORDS = [
    "Mr",
    "Smith",
    "999",
    "012",
    "3454",
    " ",
    " ",
    "asks",
    "dob",
    "3/4/51",
    "\n",
    "*",
    "_",
    "&",
]


def shown(text):
    return [(finding.kind.value, text[finding.start : finding.end]) for finding in find(text)]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("pt 999 **012** 3454 asks", [("nhs_number", "999 **012** 3454")]),
        ("999\u200b 012 34\u200d54", [("nhs_number", "999\u200b 012 34\u200d54")]),
        ("NHS 999&nbsp;012&nbsp;3454.", [("nhs_number", "999&nbsp;012&nbsp;3454")]),
        ("999\xa0012\u202f3454", [("nhs_number", "999\xa0012\u202f3454")]),
        ("NHS 999\u2011012\u20113454", [("nhs_number", "999\u2011012\u20113454")]),
        ("&#77;r &#x53;mith is here", [("name", "&#77;r &#x53;mith")]),
        ("999&#8203; 012 3454", [("nhs_number", "999&#8203; 012 3454")]),
        ("\uff19\uff19\uff19 012 3454", [("nhs_number", "\uff19\uff19\uff19 012 3454")]),
        ("MRN\\: 00482917", [("mrn", "00482917")]),
        ("`999 012 3454`", [("nhs_number", "999 012 3454")]),
        ("Mr S\u00admith has", [("name", "Mr S\u00admith")]),
        ("~~Mr Smith~~ went", [("name", "Mr Smith")]),
        ("* Mr Okafor\n* Mrs Kaur", [("name", "Mr Okafor"), ("name", "Mrs Kaur")]),
    ],
)
def test_a_disguise_is_seen_through(text, passages):
    assert shown(text) == passages


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("**Mr** Smith is in", "**Mr** Smith"),
        ("Mr **Smith**'s wound", "Mr **Smith**"),
        ("__Mrs Okonkwo__ is in", "Mrs Okonkwo"),
    ],
)
def test_a_passage_has_both_halves_of_a_mark_or_none(text, passage):
    assert shown(text) == [("name", passage)]


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 = 15",
        "a_b@hospital.example",
        "AT&T",
        "- one\n- two",
        "Tom & Jerry; more",
        "a\\b",
        "* a",
    ],
)
def test_what_only_looks_like_a_disguise_stays(text):
    found = plain(text)
    assert found is None or found.text == text


def test_an_address_with_underscores_is_still_an_address():
    text = "see https://ehr.hospital.local/my_page?patient_id=884213"
    assert [kind for kind, _ in shown(text)] == ["patient_url"]


@given(st.lists(st.sampled_from(DRESSED + WORDS), max_size=16).map("".join))
def test_each_character_has_its_place_and_findings_do_not_overlap(text):
    found = plain(text)
    if found is not None:
        assert len(found.text) == len(found.starts) == len(found.ends)
        assert found.starts == sorted(found.starts)
        for start, end in zip(found.starts, found.ends, strict=True):
            assert 0 <= start < end <= len(text)
    end = 0
    for finding in find(text):
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end
