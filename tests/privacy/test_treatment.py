"""What a finding does: by its kind where the site says so, else by how sure the rule is."""

import pytest

from board.config import PRIVACY_HELD, PRIVACY_KINDS, SettingError, load
from board.privacy.findings import Finding, Kind
from board.privacy.rules import HELD, Treatment, treatment


def finding(kind, confidence):
    return Finding(kind, 0, 4, confidence, "because", "[x]")


def test_the_settings_know_every_kind():
    assert set(PRIVACY_KINDS) == {kind.value for kind in Kind}
    assert set(PRIVACY_HELD) == set(HELD)


@pytest.mark.parametrize(
    ("kind", "confidence", "expected"),
    [
        (Kind.DATE, 0.39, Treatment.OFF),
        (Kind.DATE, 0.4, Treatment.WARN),
        (Kind.NAME, 0.84, Treatment.WARN),
        (Kind.NAME, 0.85, Treatment.HOLD),
        (Kind.EMAIL, 0.95, Treatment.WARN),
        (Kind.MRN, 0.5, Treatment.HOLD),
        (Kind.MRN, 0.3, Treatment.OFF),
    ],
)
def test_by_how_sure_it_is(world, kind, confidence, expected):
    assert treatment(finding(kind, confidence)) is expected


def test_a_site_says_what_a_kind_does(world, configure):
    configure(privacy_policy=("date=off", "phone=hold", "nhs_number=warn"))
    assert treatment(finding(Kind.DATE, 0.9)) is Treatment.OFF
    assert treatment(finding(Kind.PHONE, 0.5)) is Treatment.HOLD
    assert treatment(finding(Kind.NHS_NUMBER, 0.95)) is Treatment.WARN
    assert treatment(finding(Kind.NAME, 0.9)) is Treatment.HOLD


def test_a_site_moves_the_bounds(world, configure):
    configure(privacy_warn_percent=60, privacy_hold_percent=95)
    assert treatment(finding(Kind.NAME, 0.55)) is Treatment.OFF
    assert treatment(finding(Kind.NAME, 0.9)) is Treatment.WARN


def test_what_is_held_by_policy_can_be_sent_for_review(signed_in, configure):
    configure(privacy_policy=("age_over_89=hold",))
    page = signed_in("amina").send("/questions", title="Pump?", body="She is a 94 year old lady.")
    assert "Send for review" in page.text
    assert 'name="not_patient"' not in page.text


@pytest.mark.parametrize("policy", ["names=off", "date=maybe", "date"])
def test_a_mistake_stops_the_start(tmp_path, policy):
    with pytest.raises(SettingError, match="privacy_policy"):
        load(tmp_path, {"BOARD_PRIVACY_POLICY": policy})


# By tag


def test_under_a_tag_it_is_another_way(world, configure):
    configure(
        privacy_policy=("email=hold",),
        privacy_policy_by_tag=("it/email=off", "it/phone=warn", "wards/phone=hold"),
    )
    mail, phone = finding(Kind.EMAIL, 0.9), finding(Kind.PHONE, 0.9)
    assert treatment(mail, {"it"}) is Treatment.OFF
    assert treatment(mail, {"insulin"}) is Treatment.HOLD
    assert treatment(phone, {"it"}) is Treatment.WARN
    assert treatment(phone, {"it", "wards"}) is Treatment.HOLD, "the strictest counts"
    assert treatment(finding(Kind.DATE, 0.9), {"it"}) is Treatment.HOLD
    assert treatment(finding(Kind.PHONE, 0.3), {"wards"}) is Treatment.OFF


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ("it/nhs_number=off", "a tag is something anybody may put on"),
        ("it/mrn=warn", "one such number is one patient"),
        ("it/names=off", "there is no kind 'names'. The kinds: patient_url, email"),
        ("it/date=maybe", "=off, =warn or =hold"),
        ("date=off", "does not begin with a tag"),
        ("IT/date=off", "small letters"),
        ("/date=off", "does not begin with a tag"),
    ],
)
def test_a_mistake_in_it_stops_the_start_and_says_why(tmp_path, policy, why):
    with pytest.raises(SettingError, match="privacy_policy_by_tag") as refused:
        load(tmp_path, {"BOARD_PRIVACY_POLICY_BY_TAG": policy})
    assert why in str(refused.value)


def test_it_is_read_from_the_file(tmp_path):
    (tmp_path / "board.toml").write_text(
        'privacy_policy_by_tag = ["it/email=off", "it/nhs_number=hold", "öl/name=warn"]'
    )
    assert len(load(tmp_path, {}).privacy_policy_by_tag) == 3
