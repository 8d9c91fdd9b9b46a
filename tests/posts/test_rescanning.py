"""After the rules changed: what would be held today goes before the reviewers, by itself."""

import re

import pytest
import settled
from sqlalchemy import func, select

from board.audit.models import AuditRecord
from board.core import working
from board.core.database import db, writing
from board.posts import answering, editing, hiding, purging, reporting, rescanning
from board.posts.models import Answer
from board.privacy import allowing, rule_pack
from board.privacy.models import AllowedPassage, Concern, KnownPassage, Look

STRONG = "Patient with NHS number 999 012 3454 has a pump."
OTHER = "Patient with NHS number 999 048 2179 has a pump."
WEAK = "She is a 94 year old lady."


@pytest.fixture
def stricter(world, configure):
    """The site has turned something up: everything is looked through again."""
    return lambda *policy: configure(privacy_policy=policy or ("age_over_89=hold",))


def work():
    """What the worker does until nothing is due; returns how often it had something to do."""
    with writing():
        return sum(1 for _ in iter(rescanning.look_again, 0))


def rescan():
    look = rescanning.rescan(lambda _done: None)
    return look.looked, look.found


def post(world, text, **others):
    made = answering.answer(world.jonas, world.pump, text, **others)
    db.session.commit()
    return made


def concerns():
    return db.session.scalars(select(Concern).order_by(Concern.id)).all()


def latest():
    return db.session.scalar(select(Look).order_by(Look.id.desc()))


def clear_all(world):
    for concern in concerns():
        if concern.decided_at is None:
            reporting.clear(world.priya, concern, "Nobody's.")
    db.session.commit()


def test_what_would_be_held_waits_for_a_reviewer_and_stays_visible(world):
    answer = post(world, STRONG)
    post(world, WEAK)
    assert rescan() == (8, 1)
    (concern,) = concerns()
    assert (concern.post_id, concern.source, concern.kinds) == (answer.id, "rescan", ["nhs_number"])
    assert answer.is_visible


def test_looking_again_changes_nothing(world):
    post(world, STRONG)
    rescan()
    assert rescan() == (7, 0)


def test_what_nobody_reads_is_left_alone(world):
    answer = post(world, STRONG)
    hiding.hide(world.jonas, answer)
    db.session.commit()
    assert rescan() == (6, 0)


def test_what_comes_back_is_looked_through(world):
    answer = post(world, STRONG)
    hiding.hide(world.jonas, answer)
    db.session.commit()
    rescan()
    hiding.restore(world.jonas, answer)
    db.session.commit()
    assert [each.post_id for each in concerns()] == [answer.id]
    assert answer.is_visible


# By itself


def test_a_new_board_does_not_begin_by_looking(world):
    post(world, STRONG)
    assert latest().finished_at is not None
    assert work() == 0
    assert concerns() == []


def test_a_changed_policy_is_reason_enough(world, stricter):
    answer = post(world, WEAK)
    stricter()
    assert work() == 2, "it begins, and one batch is enough for so few"
    assert [each.post_id for each in concerns()] == [answer.id]
    assert answer.is_visible
    assert (latest().looked, latest().total, latest().found) == (7, 7, 1)
    assert work() == 0, "with the same rules not again"


def test_changed_rules_are_reason_enough(world, monkeypatch):
    post(world, STRONG)
    monkeypatch.setattr(rule_pack, "_files", lambda: "an update")
    rule_pack._rules.cache_clear()
    work()
    rule_pack._rules.cache_clear()
    assert len(concerns()) == 1


def test_other_settings_are_none(world, configure):
    configure(site_name="Another", privacy_sample_percent=3, idle_minutes=5)
    assert work() == 0


def test_every_part_of_the_detector_counts():
    parts = rule_pack.detector()
    assert {"detecting", "names", "vocabulary", "numbers", "seams", "rules"} <= parts
    assert "purging" not in parts


def test_it_goes_on_where_it_was_stopped(world, stricter, monkeypatch):
    id = post(world, WEAK).id
    monkeypatch.setattr(rescanning, "BATCH", 3)
    stricter()
    with writing():
        rescanning.look_again()
        rescanning.look_again()
    db.session.remove()
    assert (latest().looked, latest().finished_at) == (3, None)
    assert work() == 2
    assert latest().looked == 7
    assert [each.post_id for each in concerns()] == [id]


def test_another_worker_meanwhile_does_nothing_twice(world, stricter, monkeypatch):
    post(world, WEAK)
    stricter()
    with writing():
        rescanning.look_again()
        look = rescanning._read_one(rescanning.queries.last_look())
        assert rescanning._go_on(look) == 7
        assert rescanning._go_on(look) == 0
    assert (latest().looked, len(concerns())) == (7, 1)


def test_rules_that_change_meanwhile_begin_anew(world, stricter, monkeypatch):
    post(world, WEAK)
    monkeypatch.setattr(rescanning, "BATCH", 3)
    stricter()
    with writing():
        rescanning.look_again()
        rescanning.look_again()
    stricter("age_over_89=warn")
    work()
    assert (latest().looked, latest().found, concerns()) == (7, 0, [])


def test_without_the_check_nothing_is_looked_through_until_it_is_back(world, configure):
    configure(privacy_check=False)
    assert work() == 1
    post(world, STRONG)
    assert work() == 0
    configure(privacy_check=True)
    work()
    assert len(concerns()) == 1


def test_a_passage_that_is_allowed_no_more_is_looked_for(world):
    allowing.allow(world.tomasz, "999 012 3454")
    db.session.commit()
    assert work() == 1, "one more allowed passage is noted: it finds nothing new"
    assert work() == 0
    post(world, STRONG)
    allowing.disallow(world.tomasz, db.session.scalar(select(AllowedPassage.id)))
    db.session.commit()
    work()
    assert len(concerns()) == 1


def test_it_is_on_record_how_much_was_looked_at(world, stricter):
    post(world, WEAK)
    stricter()
    work()
    record = db.session.scalar(select(AuditRecord).order_by(AuditRecord.seq.desc()))
    assert (record.action, record.actor) == ("privacy_looked_again", "server")
    assert record.detail == {"looked": 7, "found": 1}


def test_the_worker_does_it(world, stricter):
    post(world, WEAK)
    stricter()
    working.work(working.new_holder())
    assert len(concerns()) == 1


# Each hit once


@pytest.fixture
def reviewed(world):
    settled.let_review(world.priya)


def test_what_a_reviewer_cleared_stays_quiet(world, stricter, reviewed):
    post(world, WEAK)
    stricter()
    work()
    clear_all(world)
    stricter("age_over_89=hold", "date=hold")
    work()
    assert len(concerns()) == 1


def test_what_was_found_stays_quiet_after_an_edit_elsewhere(world, stricter, reviewed):
    answer = post(world, WEAK)
    stricter()
    work()
    clear_all(world)
    editing.edit(world.jonas, answer, 1, body=f"{WEAK} More.")
    stricter("age_over_89=hold", "date=hold")
    db.session.commit()
    work()
    assert len(concerns()) == 1


def test_something_else_in_the_same_post_is_told(world, reviewed):
    answer = post(world, STRONG)
    rescan()
    clear_all(world)
    editing.edit(world.jonas, answer, 1, body=f"{STRONG} {OTHER}")
    db.session.commit()
    assert rescan() == (7, 1)


def test_what_a_reviewer_read_and_let_stand_is_quiet_whatever_is_found_now(world, reviewed):
    answer = post(world, STRONG)
    reporting.report(world.amina, answer)
    clear_all(world)
    assert rescan() == (7, 0)


def test_where_something_waits_already_the_reviewer_sees_the_rest(world, reviewed):
    answer = post(world, STRONG)
    reporting.raise_concern(answer, "override", kinds=["date"])
    db.session.commit()
    assert rescan() == (7, 0)
    (concern,) = concerns()
    assert concern.kinds == ["date", "nhs_number"]


def test_what_its_writer_said_is_no_patient_stays_quiet(world, signed_in, stricter, configure):
    configure(privacy_sample_percent=0)
    amina = signed_in("amina")
    page = amina.send("/questions/4/answers", body=WEAK)
    ticks = re.findall(r'name="not_patient" value="(\w+)"', page.text)
    assert amina.send("/questions/4/answers", body=WEAK, not_patient=ticks).status_code == 303
    made = db.session.scalar(select(Answer).order_by(Answer.id.desc()))
    stricter()
    work()
    assert concerns() == []
    editing.edit(world.amina, made, 1, body=f"{WEAK} He is a 97 year old man.")
    db.session.commit()
    assert rescan() == (7, 1), "but not what somebody adds"


def test_a_purge_forgets_what_was_known(world, reviewed):
    answer = post(world, STRONG)
    rescan()
    count = select(func.count()).select_from(KnownPassage)
    assert db.session.scalar(count) == 1
    purging.purge(world.priya, concerns()[0])
    db.session.commit()
    assert answer.purge_number is not None
    assert db.session.scalar(count) == 0


def test_a_console_with_other_rules_gives_way(world, stricter, monkeypatch):
    """The board that runs has begun with its own rules: two do not begin anew in turns."""
    post(world, WEAK)
    begun = rescanning._begin

    def overtaken(pack):
        first = begun(pack)
        begun(rule_pack.Pack("others", frozenset()))
        return first

    monkeypatch.setattr(rescanning, "_begin", overtaken)
    assert rescanning.rescan(lambda _done: None) is None
