"""What a site sets: countries, its own numbers, domains, names."""

from dataclasses import replace

import pytest

from board.privacy.detecting import DEFAULT, Policy, find


def kinds(text: str, policy: Policy = DEFAULT) -> set[str]:
    return {str(finding.kind) for finding in find(text, policy)}


def in_country(locale: str) -> Policy:
    return replace(DEFAULT, locales=frozenset({locale}))


@pytest.mark.parametrize(
    ("locale", "text", "kind"),
    [
        ("GB", "999-731-0640 needs transport", "nhs_number"),
        ("GB", "Going home to LS99 4QX with a drain", "postcode"),
        ("GB", "Wife is on 0161 496 0357", "phone"),
        ("GB", "his NI number is AB 12 34 56 C", "ssn"),
        ("US", "412-68-9035 on the face sheet", "ssn"),
        ("US", "Next of kin is (617) 555-0142", "phone"),
        ("US", "her zip code 60614", "postcode"),
        ("AU", "Medicare 2123 45670 1 was refused", "health_plan"),
        ("AU", "his mobile is 0491 570 156", "phone"),
        ("AU", "her postcode 3999", "postcode"),
        ("AU", "tax file number 123 456 782", "ssn"),
        ("CA", "PHN 9698 658 215 not found", "health_plan"),
        ("CA", "SIN 123-456-782 on the form", "ssn"),
        ("CA", "lives at K1A 0B1", "postcode"),
        ("IE", "PPS number 1234567T is wrong", "ssn"),
        ("IE", "going home to D02 X285 on oxygen", "postcode"),
        ("IE", "her mobile is 085 012 3456", "phone"),
    ],
)
def test_a_country_finds_its_own(locale, text, kind):
    assert kind in kinds(text, in_country(locale))


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("US", "999 731 0640 needs transport"),
        ("US", "Going home to LS99 4QX with a drain"),
        ("GB", "412-68-9035 on the face sheet"),
        ("GB", "her zip code 60614"),
        ("GB", "PPS number 1234567T is wrong"),
        ("GB", "going home to D02 X285 on oxygen"),
        ("GB", "lives at K1A 0B1"),
        ("US", "Medicare 2123 45671 1 was refused"),
    ],
)
def test_a_country_that_is_off_finds_nothing(locale, text):
    assert kinds(text, in_country(locale)) <= {"health_plan"}


def test_an_nhs_number_that_is_called_one_is_found_anywhere():
    assert kinds("NHS no 999 048 2179", in_country("US")) == {"nhs_number"}


@pytest.mark.parametrize("text", ["NHS no 123 456 7890", "NHS no 000 000 0000"])
def test_a_number_that_nobody_has_is_silent(text):
    assert kinds(text) == set()


def test_a_mistyped_nhs_number_is_found_with_less_confidence():
    [finding] = find("NHS number 999 012 3455 is refused")
    assert finding.confidence < 0.85


def test_a_medicare_number_has_a_check_digit():
    assert kinds("Medicare 2123 45671 1", in_country("AU")) <= {"health_plan"}
    assert kinds("2123-45671-1 printed twice", in_country("AU")) == set()
    assert kinds("2123-45670-1 printed twice", in_country("AU")) == {"health_plan"}


def test_a_site_has_record_numbers_of_its_own_shape():
    policy = replace(DEFAULT, mrn_shapes=(r"ZQ-?\d{5}", r"ZQ\d{5}"))
    assert kinds("ZQ44102 is on the wrong ward", policy) == {"mrn"}
    assert kinds("ZQ44102 is on the wrong ward") == set()
    assert kinds("RXK1048823 is on the wrong ward", policy) == set()


def test_helplines_are_silent_however_they_are_grouped():
    policy = replace(DEFAULT, helplines=("020 7946 0123",))
    for text in ("his wife rang 02079460123", "his wife rang 020-7946-0123"):
        assert kinds(text) == {"phone"}
        assert kinds(text, policy) == set()


def test_the_hospitals_own_mail_is_silent():
    text = "send her results to anna.k@trust.example"
    assert kinds(text) == {"email"}
    assert kinds(text, replace(DEFAULT, mail_domains=("trust.example",))) == set()
    mail = "send her results to anna.k@mail.trust.example"
    assert kinds(mail, replace(DEFAULT, mail_domains=("TRUST.example",))) == set()
    assert kinds("a.k@nottrust.example", replace(DEFAULT, mail_domains=("trust.example",)))


def test_ward_names_and_staff_are_silent():
    text = "Edith Tranter needs a hoist"
    assert kinds(text) == {"name"}
    assert kinds(text, replace(DEFAULT, wards=("Edith Tranter",))) == set()
    rota = "Ms Okafor is on the rota, is Mrs Okonkwo too?"
    [finding] = find(rota, replace(DEFAULT, staff=("Okafor",)))
    assert rota[finding.start : finding.end] == "Mrs Okonkwo"


def test_allowed_passages_are_silent():
    text = "Mrs Merton's leaflet is out of date"
    assert kinds(text) == {"name"}
    assert kinds(text, replace(DEFAULT, allowed=("mrs merton",))) == set()


def test_an_internal_number_is_no_record_number():
    assert kinds("pt 223104 please") == {"mrn"}
    assert kinds("pt 223104 please", replace(DEFAULT, extension_length=6)) == set()


def test_the_record_system_has_an_address_of_its_own():
    text = "https://chart.trust.example/x?q=884213"
    assert kinds(text) == set()
    assert kinds(text, replace(DEFAULT, ehr_hosts=("chart.trust.example",))) == {"patient_url"}


def test_a_country_without_rules_is_refused():
    with pytest.raises(ValueError, match="no rules for FR"):
        Policy(locales=frozenset({"FR"}))
