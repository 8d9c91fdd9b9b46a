"""Mail: once, to who may read it, with nothing in it that anybody wrote; whatever happens."""

import sqlite3
from datetime import timedelta

import pytest
from flask import current_app
from relays import YES
from sqlalchemy import delete, select, text

from board.core import working
from board.core.clock import held_at, now
from board.core.database import db
from board.delivery import collecting, mailing, overseeing, queries, relaying, trying
from board.delivery.models import MailChoice, Message, MessageNews
from board.inbox import reading, watching
from board.inbox.models import Level, Watched
from board.people import leaving
from board.people.models import CONSOLE
from board.posts import answering, asking, commenting, hiding

PLANTED = "Zanthorrhoea"


@pytest.fixture
def amina(world, wants):
    """Amina, who wants mail at once."""
    wants(world.amina)
    return world.amina


@pytest.fixture
def answered(world, amina):
    """There is an answer to her question."""
    return answering.answer(world.priya, world.insulin, f"It says so: {PLANTED}.")


def bodies(mail):
    return [part.get_content() for part in mail.iter_parts()]


# What arrives


def test_an_answer_is_mailed_once(relay, answered, work):
    work()
    work()
    [mail] = relay.mails
    assert mail["To"] == "amina@hospital.example"
    assert mail["Subject"] == "Wardboard: 1 answer to your question"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@board.hospital.example>")
    plain, html = bodies(mail)
    assert f"https://board.hospital.example/posts/{answered.id}" in plain
    assert f'href="https://board.hospital.example/posts/{answered.id}"' in html


def test_the_link_to_leave_stands_in_one_line_as_it_is(world, relay, answered, work, configure):
    configure(site_name="Tafel für Pflege", warning_text="Keine Patientendaten: höchstens Fragen.")
    work()
    [line] = [each for each in relay.seen[0].splitlines() if each.startswith(b"List-Unsubscribe:")]
    assert line.startswith(b"List-Unsubscribe: <https://board.hospital.example/mail/unsubscribe/")
    assert line.endswith(b">")
    assert relay.seen[0].isascii()
    assert relay.mails[0]["Subject"].startswith("Tafel für Pflege: ")
    assert "höchstens" in bodies(relay.mails[0])[0]


def test_several_come_together(world, relay, answered, work):
    answering.answer(world.jonas, world.insulin, "In the fridge door.")
    commenting.comment(world.priya, world.insulin, "Which pen?")
    work()
    [mail] = relay.mails
    assert mail["Subject"] == "Wardboard: 3 pieces of news"
    assert "2 answers to your questions, 1 comment on what you wrote" in bodies(mail)[0]


def test_watchers_are_mailed_too(world, relay, wants, work):
    wants(world.ruth)
    watching.watch(world.ruth.id, Watched.PERSON, world.priya.id, Level.ALL)
    asking.ask(world.priya, "Where are the spare pumps kept?")
    work()
    assert relay.mails[0]["Subject"] == "Wardboard: 1 question in what you watch"


def test_nothing_that_people_wrote_is_in_it(world, relay, wants, work):
    for person in (world.amina, world.ruth):
        wants(person)
    watching.watch(world.ruth.id, Watched.PERSON, world.amina.id, Level.ALL)
    asked = asking.ask(world.amina, f"{PLANTED} pumps?", PLANTED, PLANTED.lower())
    answer = answering.answer(world.ruth, asked, PLANTED)
    commenting.comment(world.priya, answer, PLANTED)
    commenting.comment(world.priya, asked, PLANTED)
    work()
    assert set(relay.recipients) == {"amina@hospital.example", "ruth@hospital.example"}
    said = relay.text()
    assert PLANTED.lower() not in said.lower()
    assert world.priya.name not in said


def test_titles_only_where_the_site_says_so(relay, answered, configure, work):
    configure(mail_titles=True)
    work()
    assert "How long does a started insulin pen keep?" in bodies(relay.mails[0])[0]
    assert PLANTED not in relay.text()


def test_without_a_relay_nothing_is_written(amina, answered, configure, work):
    configure(mail_host="")
    work()
    assert db.session.scalars(select(Message)).all() == []


# Only what is still news


def test_what_was_read_meanwhile_is_not_sent_and_says_so(amina, relay, answered, work, message):
    collecting.collect_at_once()
    id = amina.id
    db.session.commit()
    reading.see(id, 1)
    work()
    assert relay.seen == []
    assert (message().dropped_at is not None, message().last_error) == (True, mailing.READ)


def test_what_is_done_is_left_out_of_the_rest(world, amina, relay, answered, work):
    answering.answer(world.jonas, asking.ask(world.amina, "Which pen?"), "The blue one.")
    collecting.collect_at_once()
    reading.set_aside(amina.id, "question", 1, "done")
    work()
    assert relay.mails[0]["Subject"] == "Wardboard: 1 answer to your question"
    assert f"/posts/{answered.id}" not in relay.text()


def test_what_was_removed_is_nobodys_news(world, relay, answered, work):
    collecting.collect_at_once()
    hiding.hide(world.priya, answered)
    work()
    assert relay.seen == []


def test_what_is_out_of_sight_is_not_mailed_even_where_the_news_is_left(
    world, relay, answered, work
):
    collecting.collect_at_once()
    db.session.execute(text("UPDATE post SET hidden_at = created_at WHERE id = 1"))
    work()
    assert relay.seen == []


def test_who_has_left_is_mailed_nothing(world, amina, relay, answered, work):
    collecting.collect_at_once()
    leaving.deactivate(CONSOLE, amina)
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    work()
    assert relay.seen == []


def test_who_does_not_want_mail_any_more_is_sent_none(world, amina, relay, answered, work, message):
    collecting.collect_at_once()
    db.session.get(MailChoice, amina.id).frequency = "nothing"
    work()
    assert (relay.seen, message().last_error) == ([], mailing.UNWANTED)


def test_what_sleeps_is_mailed_when_it_comes_back(world, amina, relay, answered, work):
    reading.set_aside(amina.id, "question", 1, "later")
    work()
    assert relay.seen == []
    work(now() + timedelta(hours=11))
    assert len(relay.seen) == 1


def test_news_that_was_late_is_found_by_looking_further(world, relay, wants, work, answered):
    db.session.commit()
    beginning = now()
    collecting.collect_at_once()  # and has looked further just now
    with held_at(beginning):
        late = answering.answer(world.jonas, world.insulin, "Four weeks.")
    db.session.commit()
    relay.seen.clear()
    later = beginning + collecting.JUST_NOW + timedelta(minutes=1)
    current_app.extensions[collecting.LOOKED] = later
    work(later)
    assert f"/posts/{late.id}" not in relay.text()
    work(later + collecting.NOW_AND_THEN)
    assert f"/posts/{late.id}" in relay.text()


def test_news_from_before_is_not_mailed(world, relay, wants, work):
    answering.answer(world.priya, world.insulin, "Yes.")
    db.session.commit()
    with held_at(now() + timedelta(seconds=5)):
        wants(world.amina)
        work()
    assert relay.seen == []


# A relay that is away, or does not want it


def test_a_relay_that_is_down_delays(relay, answered, work, message):
    relay.stop()
    work()
    assert queries.counts().waiting == 1
    assert "ConnectionRefusedError" in mailing.relay_row().last_error
    assert any("mail relay: 1." in each for each in queries.problems())
    relay.start()
    work()
    assert relay.seen == [], "it is left in peace for a minute"
    work(now() + timedelta(minutes=2))
    assert len(relay.seen) == 1
    assert mailing.relay_row().failing_since is None
    assert list(queries.problems()) == []


def test_a_relay_that_is_down_for_weeks_loses_nothing(relay, answered, work, message):
    relay.stop()
    for day in range(20):
        work(now() + timedelta(days=day))
    assert message().tries == 0
    relay.start()
    work(now() + timedelta(days=21))
    assert relay.ids == [message().message_id]


def test_not_now_is_tried_again_under_the_same_id(relay, answered, work, message):
    replies = iter(["451 Try later", YES])
    relay.answer = lambda: next(replies)
    work()
    assert message().last_error == "The relay said: not now (451)."
    work(now() + timedelta(seconds=50))
    assert len(relay.seen) == 1
    work(now() + timedelta(seconds=70))
    assert relay.ids == [message().message_id] * 2
    assert message().sent_at is not None


def test_after_three_days_of_not_now_it_is_given_up(relay, answered, work, message):
    relay.answer = lambda: "451 Try later"
    moment = now()
    while message_is_waiting() or not relay.seen:
        work(moment)
        moment += timedelta(minutes=30)
    assert message().failed_at - message().created_at > timedelta(days=3)
    assert 10 < len(relay.seen) < 40
    assert set(relay.ids) == {message().message_id}


def message_is_waiting():
    return queries.counts().waiting > 0


def test_an_address_that_is_refused_is_not_tried_again(
    world, amina, relay, answered, work, message
):
    relay.to = lambda address: f"550 5.1.1 <{address}> unknown"
    work()
    assert message().failed_at is not None
    assert message().last_error == "The relay refuses the address (550)."
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    work(now() + timedelta(days=1))
    assert len(db.session.scalars(select(Message)).all()) == 1
    assert db.session.get(MailChoice, amina.id).refused_at is not None


def test_a_mail_that_is_refused_is_nobodys_address(amina, relay, answered, work, message):
    relay.answer = lambda: "554 No"
    work()
    assert message().failed_at is not None
    assert db.session.get(MailChoice, amina.id, populate_existing=True).refused_at is None


def test_one_refused_address_stops_nobody_else(world, amina, relay, answered, wants, work):
    wants(world.jonas)
    answering.answer(world.priya, world.gloves, "Nitrile.")
    answering.answer(world.priya, world.insulin, "Cold.")
    relay.to = lambda address: "550 No" if address.startswith("amina") else YES
    work()
    assert set(relay.recipients) == {"jonas@hospital.example"}


def test_what_failed_is_sent_again_by_a_press(world, relay, answered, work, message):
    relay.answer = lambda: "554 No"
    work()
    relay.answer = lambda: YES
    assert overseeing.retry_all(world.tomasz) == 1
    work()
    assert relay.ids == [message().message_id] * 2
    assert (message().sent_at is not None, message().failed_at) == (True, None)


def test_mail_that_is_held_waits(world, relay, answered, work):
    overseeing.pause(world.tomasz)
    work()
    assert relay.seen == []
    overseeing.resume(world.tomasz)
    work()
    assert len(relay.seen) == 1


# Stopped anywhere


def stop(*_arguments, **_options):
    raise SystemExit("the power went")


STEPS = [
    (mailing, "_letter"),
    (relaying, "post"),
    (trying, "mark_sent"),
    (mailing, "_note_well"),
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=lambda value: str(value)[:40])
def test_stopped_at_any_step_nothing_is_lost(
    relay, answered, work, message, monkeypatch, module, name
):
    with monkeypatch.context() as patch:
        patch.setattr(module, name, stop)
        with pytest.raises(SystemExit):
            work()
    db.session.remove()
    work(now() + 2 * trying.CLAIM)
    assert 1 <= len(relay.seen) <= 2
    assert set(relay.ids) == {message().message_id}
    assert message().sent_at is not None
    work(now() + timedelta(days=2))
    assert len(relay.seen) <= 2


def test_a_commit_that_fails_after_the_relays_yes_repeats_the_same_mail(
    relay, answered, work, message, monkeypatch
):
    collecting.collect_at_once()
    commit = db.session.commit

    def fail_once_it_is_there():
        if relay.seen:
            raise RuntimeError("the disk is full")
        commit()

    with monkeypatch.context() as patch:
        patch.setattr(db.session, "commit", fail_once_it_is_there)
        with pytest.raises(RuntimeError):
            mailing.send_mail()
    db.session.remove()
    work(now() + 2 * trying.CLAIM)
    assert relay.ids == [message().message_id] * 2


def test_collecting_that_is_stopped_writes_nothing_twice(relay, answered, work, monkeypatch):
    db.session.commit()
    with monkeypatch.context() as patch:
        patch.setattr(collecting.db.session, "commit", stop)
        with pytest.raises(SystemExit):
            collecting.collect_at_once()
    db.session.remove()
    work()
    assert len(relay.seen) == 1
    assert len(db.session.scalars(select(MessageNews)).all()) == 1


def test_what_somebody_else_has_claimed_is_left_to_them(relay, answered):
    collecting.collect_at_once()
    [id] = mailing._due()
    assert trying.claim(Message, id)
    assert not trying.claim(Message, id)
    assert mailing.send_mail() == 0
    assert relay.seen == []


def test_while_the_relay_is_slow_everybody_else_writes(world, relay, answered, work, database, app):
    """Whoever writes at that moment, from another connection, waits for nobody."""
    written = []

    def write_meanwhile():
        if database == "sqlite":
            with sqlite3.connect(db_file, timeout=0.05) as other:
                other.execute("UPDATE person SET profession = 'Nurse' WHERE handle = 'jonas'")
                written.append("yes")
        return YES

    db_file = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    relay.answer = write_meanwhile
    work()
    if database == "sqlite":
        assert written == ["yes"]


def test_a_step_is_bounded(world, relay, amina, monkeypatch):
    monkeypatch.setattr(mailing, "BATCH", 2)
    for number in range(5):
        answering.answer(world.priya, asking.ask(world.amina, f"Pump {number}?"), "Yes.")
        db.session.commit()
        collecting.collect_at_once()
    assert mailing.send_mail() == 2
    assert len(relay.seen) == 2


def test_nothing_is_open_when_the_worker_is_done(world, relay, answered, work):
    work()
    assert not db.session().in_transaction()


def test_the_lease_is_not_needed_for_once(world, relay, answered):
    """Two workers who both believe that it is theirs."""
    collecting.collect_at_once()
    db.session.execute(delete(working.Lease))
    db.session.commit()
    ids = mailing._due()
    with relaying.connected() as first, relaying.connected() as second:
        assert mailing._send(first, ids) == 1
        assert mailing._send(second, ids) == 0
    assert len(relay.seen) == 1
