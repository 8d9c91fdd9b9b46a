"""What happens to what was found, without HTTP: refused, overridden, replaced, put on record."""

from types import SimpleNamespace

import pytest
import settled
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import apart, db
from board.posts import answering, asking
from board.privacy import guarding, noting
from board.privacy.detecting import DEFAULT
from board.privacy.findings import Finding, Kind
from board.privacy.guarding import ALL, NAMES, Identifying
from board.privacy.rules import HELD, is_strong, may_override

STRONG = "Patient with NHS number 999 012 3454 has a pump."
WEAK = "She is a 94 year old lady with a pump."
CLEAN = "How long does a started insulin pen keep?"


def look(person, overridden=(), **texts):
    return guarding.look(texts, DEFAULT, overridden, person)


def check(person, overridden=(), **texts):
    return guarding.check(texts, DEFAULT, overridden, person)


def fingerprints(spotted):
    return [each.fingerprint for each in spotted]


def rows():
    found = db.session.scalars(select(Activity).where(Activity.verb.in_(noting.COUNTED)))
    return [(row.verb, row.detail, row.subject_kind, row.subject_id) for row in found]


def test_a_clean_text_passes(world):
    assert check(world.amina, title=CLEAN, body="") == []


def test_every_finding_is_told_with_its_field(world):
    with pytest.raises(Identifying) as refused:
        check(world.amina, title=STRONG, body=WEAK)
    told = [(each.field, each.kind, each.passage) for each in refused.value.spotted]
    assert told == [
        ("title", Kind.NHS_NUMBER, "999 012 3454"),
        ("body", Kind.AGE_OVER_89, "94 year old"),
    ]


def test_the_messages_name_kinds_and_never_the_text(world):
    with pytest.raises(Identifying) as refused:
        check(world.amina, title=STRONG, body=WEAK)
    problem = refused.value
    assert problem.fields == {
        "title": "This looks like an NHS number. Replace or remove it before it is posted.",
        "body": "This looks like an age over 89. Replace it, or say that it is not about a "
        "patient.",
    }
    for words in (str(problem), repr(problem), repr(problem.spotted), problem.message):
        assert "012" not in words
        assert "94" not in words


def test_a_weak_finding_is_overridden_by_whoever_wrote_it(world):
    spotted = look(world.amina, body=WEAK)
    assert check(world.amina, fingerprints(spotted), body=WEAK)[0].kind == Kind.AGE_OVER_89


def test_a_strong_finding_is_overridden_by_a_privacy_reviewer_only(world):
    settled.let_review(world.priya)
    overridden = fingerprints(look(world.amina, body=STRONG))
    for person in (world.amina, world.ruth, world.tomasz):
        with pytest.raises(Identifying):
            check(person, overridden, body=STRONG)
    assert check(world.priya, overridden, body=STRONG)[0].is_strong
    with pytest.raises(Identifying):
        check(world.priya, body=STRONG)


def test_an_override_is_of_this_passage_and_no_other(world):
    overridden = fingerprints(look(world.amina, body=WEAK))
    with pytest.raises(Identifying) as refused:
        check(world.amina, overridden, body=WEAK.replace("94", "95"))
    assert refused.value.spotted[0].passage == "95 year old"


def test_one_override_does_not_cover_another_finding(world):
    overridden = fingerprints(look(world.amina, body=WEAK))
    with pytest.raises(Identifying) as refused:
        check(world.amina, overridden, body=f"{WEAK} {STRONG}")
    assert list(refused.value.fields) == ["body"]
    assert "NHS" in refused.value.fields["body"]
    assert "89" not in refused.value.fields["body"]


def test_a_fingerprint_is_keyed_and_says_nothing(app, world):
    (one,) = look(world.amina, body=STRONG)
    assert "9990123454" not in one.fingerprint
    secret, app.secret_key = app.secret_key, "another board"
    try:
        assert fingerprints(look(world.amina, body=STRONG)) != [one.fingerprint]
    finally:
        app.secret_key = secret


@pytest.mark.parametrize(
    ("kind", "confidence", "strong"),
    [
        (Kind.NAME, 0.6, False),
        (Kind.NAME, 0.85, True),
        (Kind.DATE, 0.84, False),
        *[(kind, 0.4, True) for kind in sorted(HELD)],
    ],
)
def test_what_is_strong(world, kind, confidence, strong):
    finding = Finding(kind, 0, 1, confidence, "", "")
    assert is_strong(finding) is strong
    assert may_override(world.amina, finding) is not strong
    assert may_override(world.ruth, finding) is not strong, "a moderator like anybody else"
    settled.let_review(world.priya)
    assert may_override(world.priya, finding)
    assert may_override(world.tomasz, finding) is not strong


def test_a_faint_suspicion_passes(world, monkeypatch):
    faint = Finding(Kind.NHS_NUMBER, 0, 3, 0.39, "", "")
    monkeypatch.setattr(guarding, "find", lambda text, policy: [faint])
    assert look(world.amina, body="abc") == []


def test_replacing_one_and_all(world):
    text = f"{STRONG} {WEAK}"
    spotted = look(world.amina, title=WEAK, body=text)
    (number,) = [each for each in spotted if each.kind == Kind.NHS_NUMBER]
    one = guarding.replaceable(spotted, number.fingerprint)
    mended = guarding.replace({"title": WEAK, "body": text}, one)
    assert mended == {"title": WEAK, "body": text.replace("999 012 3454", "[NHS number]")}
    mended = guarding.replace({"title": WEAK, "body": text}, guarding.replaceable(spotted, ALL))
    assert mended["title"] == "She is a over 89 lady with a pump."
    assert check(world.amina, **mended) == []


def test_all_leaves_what_was_overridden(world):
    overridden = fingerprints(look(world.amina, body=WEAK))
    spotted = look(world.amina, overridden, body=f"{WEAK} {STRONG}")
    kinds = [each.kind for each in guarding.replaceable(spotted, ALL)]
    assert kinds == [Kind.NHS_NUMBER]


def test_every_kind_has_words():
    assert set(NAMES) == set(Kind)


def test_the_policy_is_the_sites(world, configure):
    assert guarding.policy() is guarding.policy()
    text = "Write to jo@ward.example.org or call 0344 892 0999."
    assert Kind.EMAIL in guarding.kinds_in(text)
    assert guarding.policy().locales == {"GB", "US"}
    configure(
        privacy_mail_domains=("ward.example.org",),
        privacy_helplines=("0344 892 0999",),
        privacy_locales=("IE",),
        privacy_wards=("Nightingale",),
        privacy_mrn_shapes=(r"QQ\d{6}",),
        privacy_extension_length=4,
    )
    assert guarding.policy().extension_length == 4
    assert guarding.kinds_in(text) == set()
    assert guarding.policy().locales == {"IE"}
    assert guarding.policy().wards == ("Nightingale",)
    assert guarding.kinds_in("It is in QQ123456 of course.") == {Kind.MRN}


def test_overrides_and_replacements_are_recorded_with_the_post(world):
    spotted = look(world.amina, title=WEAK, body=f"{STRONG} {WEAK}")
    weak = [each for each in spotted if not each.is_strong]
    strong = [each for each in spotted if each.is_strong]
    with noting.pending(weak, strong, {}):
        question = asking.ask(world.amina, "Which pump?")
        answering.answer(world.amina, question, "Another deed.")
    over, replaced = Verb.PRIVACY_OVERRIDDEN, Verb.PRIVACY_REPLACED
    here = ("post", question.id)
    told = [(verb, {**detail, "why": ""}, *rest) for verb, detail, *rest in rows()]
    assert all(detail["why"] for _, detail, *_ in rows())
    assert told == [
        (over, {"kind": "age_over_89", "field": "title", "times": 1, "why": ""}, *here),
        (over, {"kind": "age_over_89", "field": "body", "times": 1, "why": ""}, *here),
        (replaced, {"kind": "nhs_number", "field": "body", "times": 1, "why": ""}, *here),
    ]


def test_a_deed_without_findings_records_none(world):
    asking.ask(world.amina, CLEAN)
    assert rows() == []


def test_refusals_are_counted_by_kind_and_field(world):
    spotted = look(world.amina, body=f"{WEAK} {STRONG} {WEAK}")
    amina = world.amina.id
    db.session.commit()
    with apart() as session:
        reader = SimpleNamespace(id=amina, handle="amina", role="member")
        noting.note(session, reader, Verb.PRIVACY_REFUSED, spotted)
    counted = {(row.kind, row.verb): row.times for row in db.session.execute(noting.counts())}
    assert counted == {
        ("age_over_89", Verb.PRIVACY_REFUSED): 2,
        ("nhs_number", Verb.PRIVACY_REFUSED): 1,
    }
    assert {row[2:] for row in rows()} == {("person", amina)}


def test_an_address_may_be_let_through_by_whoever_wrote_it(world, app):
    [found] = guarding.look({"body": "Ask jo@ward.example.org"}, DEFAULT, (), world.amina)
    assert found.kind is Kind.EMAIL
    assert found.may_be_overridden


def test_a_link_to_write_to_somebody_is_nobodys_patient(world, app):
    text = "[The supplier](mailto:jo@ward.example.org) answers within a day."
    assert guarding.look({"body": text}, DEFAULT, (), world.amina) == []
