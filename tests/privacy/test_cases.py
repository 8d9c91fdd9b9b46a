"""What the detector finds in sentences as wards write them."""

import pytest
from labelled import cases, found_in, score, sentences


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:40])
def test_each_case_comes_out_exactly(case):
    assert found_in(case.text) == case.kinds


def test_there_are_sentences_enough_of_both_halves_and_no_doubles():
    labelled = sentences("held-out") + sentences("tuned")
    assert len(sentences("held-out")) >= 150
    assert len(sentences("tuned")) >= 150
    assert len({sentence.text for sentence in labelled}) == len(labelled)


def test_every_kind_is_in_the_half_that_nobody_tuned_on():
    kinds = {kind for sentence in sentences("held-out") for kind in sentence.kinds}
    assert kinds == {kind for case in cases() for kind in case.kinds}


@pytest.mark.parametrize("half", ["held-out", "tuned"])
def test_most_is_found_and_little_for_nothing(half):
    result = score(sentences(half))
    assert result.recall() >= 0.90
    assert result.precision() >= 0.97


@pytest.mark.parametrize("kind", ["name", "age_over_89", "nhs_number", "mrn", "dob"])
def test_names_and_ages_are_found_as_well_as_numbers(kind):
    assert score(sentences("held-out")).recall(kind) >= 0.90
