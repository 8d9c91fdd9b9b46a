"""Webhooks: signed, once, only where they may lead, and with nothing in them that anybody wrote."""

import hashlib
import hmac
import json
import socket
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from board.core import working
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.delivery import addressing, calling, hooking, queries, trying
from board.delivery.models import Webhook, WebhookDelivery
from board.posts import accepting, answering, asking, hiding

PLANTED = "Zanthorrhoea"
ALL = ["asked", "answered", "accepted"]


@pytest.fixture
def webhook(world, receiver):
    added = hooking.add(world.tomasz, receiver.url, ALL, "")
    db.session.commit()
    return added


def deliveries():
    db.session.rollback()
    rows = select(WebhookDelivery).order_by(WebhookDelivery.id)
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def test_what_arrives(world, receiver, webhook, work):
    answer = answering.answer(world.priya, world.insulin, f"It says so: {PLANTED}.")
    work()
    work()
    [received] = receiver.seen
    said = json.loads(received.body)
    assert received.path == "/board"
    assert (said["event"], said["tags"]) == ("answered", ["insulin", "storage"])
    assert said["post"] == {
        "id": answer.id,
        "kind": "answer",
        "link": f"https://board.hospital.example/posts/{answer.id}",
    }
    assert said["delivery"] == received.headers["X-Wardboard-Delivery"]
    assert set(said) == {"event", "delivery", "at", "post", "question", "tags"}
    assert received.headers["Host"] == f"127.0.0.1:{receiver.port}"


def test_the_receiver_can_check_that_it_is_ours(world, receiver, webhook, work):
    hooking.ping(world.tomasz, webhook)
    work()
    [received] = receiver.seen
    signed = received.headers["X-Wardboard-Timestamp"].encode() + b"." + received.body
    expected = hmac.new(hooking.secret_of(webhook).encode(), signed, hashlib.sha256).hexdigest()
    assert received.headers["X-Wardboard-Signature"] == f"sha256={expected}"


def test_a_new_secret_ends_the_old_one(world, webhook):
    before = hooking.secret_of(webhook)
    hooking.change_secret(world.tomasz, webhook)
    assert hooking.secret_of(webhook) != before


def test_nothing_that_people_wrote_is_in_it(world, receiver, webhook, work):
    asked = asking.ask(world.amina, f"{PLANTED} pumps?", PLANTED, "pumps")
    accepting.accept(world.amina, answering.answer(world.ruth, asked, PLANTED))
    work()
    assert [json.loads(each.body)["event"] for each in receiver.seen] == ALL
    for received in receiver.seen:
        assert PLANTED.encode() not in received.body
        assert PLANTED not in str(received.headers)
        assert world.amina.name.encode() not in received.body


def test_titles_only_where_the_site_says_so(world, receiver, webhook, work, configure):
    configure(webhook_titles=True)
    asking.ask(world.amina, "Where are the pumps?", PLANTED)
    work()
    assert json.loads(receiver.seen[0].body)["title"] == "Where are the pumps?"
    assert PLANTED.encode() not in receiver.seen[0].body


def test_only_what_it_wants_to_hear_of(world, receiver, work):
    hooking.add(world.tomasz, receiver.url, ["answered"], "pumps")
    asking.ask(world.amina, "Where are the beds?", tags="pumps")
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    answering.answer(world.jonas, world.pump, "A kink.")
    work()
    [received] = receiver.seen
    assert json.loads(received.body)["tags"] == ["pumps"]


def test_what_was_removed_is_not_told(world, receiver, webhook, work):
    answer = answering.answer(world.priya, world.insulin, "It says so.")
    hiding.hide(world.priya, answer)
    work()
    assert receiver.seen == []
    assert deliveries()[0].last_error == calling.HIDDEN


def test_a_receiver_that_fails_hears_it_again_under_the_same_id(world, receiver, webhook, work):
    statuses = iter([500, 503, 204])
    receiver.status = lambda: next(statuses)
    answering.answer(world.priya, world.insulin, "It says so.")
    db.session.commit()
    moment = now()
    work(moment)
    assert deliveries()[0].last_error == "It answered 500."
    assert any("does not get through" in each for each in queries.problems())
    for minutes in (2, 5, 9, 20):
        work(moment + timedelta(minutes=minutes))
    assert len(receiver.seen) == 3
    assert set(receiver.ids) == {deliveries()[0].uid}
    assert deliveries()[0].sent_at is not None
    assert list(queries.problems()) == []


def test_after_three_days_it_is_given_up_and_a_press_sends_it_again(world, receiver, webhook, work):
    receiver.status = lambda: 500
    answering.answer(world.priya, world.insulin, "It says so.")
    moment = now()
    for hours in range(0, 120, 3):
        work(moment + timedelta(hours=hours))
    assert deliveries()[0].failed_at is not None
    receiver.status = lambda: 200
    hooking.retry(world.tomasz, webhook, deliveries()[0].id)
    work()
    assert deliveries()[0].status == 200
    assert len(set(receiver.ids)) == 1


def test_a_receiver_that_is_away_keeps_nobody_else_waiting(world, receiver, webhook, work):
    """One try, then it is left in peace; what it should hear is not counted against it."""
    other = hooking.add(world.tomasz, "http://127.0.0.1:9/nobody", ALL, "")
    for number in range(3):
        answering.answer(world.priya, world.insulin, f"It says so, {number}.")
    work()
    assert len(receiver.seen) == 3
    assert sorted(each.tries for each in deliveries() if each.webhook_id == other.id) == [0, 0, 1]


def test_a_redirect_is_not_followed(world, receiver, webhook, work):
    receiver.status = lambda: 302
    hooking.ping(world.tomasz, webhook)
    work()
    assert [each.path for each in receiver.seen] == ["/board"]
    assert "is not followed" in deliveries()[0].last_error


def test_a_receiver_that_is_away_is_asked_again(world, webhook, work, receiver):
    webhook.url = "http://127.0.0.1:9/nobody"
    hooking.ping(world.tomasz, webhook)
    work()
    assert "ConnectionRefusedError" in deliveries()[0].last_error


def test_one_that_is_held_waits_and_one_that_has_ended_hears_nothing(
    world, receiver, webhook, work
):
    hooking.pause(world.tomasz, webhook)
    answering.answer(world.priya, world.insulin, "It says so.")
    work()
    assert receiver.seen == []
    hooking.resume(world.tomasz, webhook)
    work()
    assert len(receiver.seen) == 1
    answering.answer(world.priya, world.insulin, "And so.")
    hooking.end(world.tomasz, webhook)
    answering.answer(world.priya, world.insulin, "And so on.")
    work()
    assert len(receiver.seen) == 1
    assert [each.last_error for each in deliveries()] == ["", calling.ENDED]


def stop(*_arguments, **_options):
    raise SystemExit("the power went")


STEPS = [(calling, "_call"), (calling, "post"), (calling, "_mark"), (trying, "mark_sent")]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=lambda value: str(value)[:40])
def test_stopped_at_any_step_nothing_is_lost(
    world, receiver, webhook, work, monkeypatch, module, name
):
    answering.answer(world.priya, world.insulin, "It says so.")
    with monkeypatch.context() as patch:
        patch.setattr(module, name, stop)
        with pytest.raises(SystemExit):
            work()
    db.session.remove()
    work(now() + 2 * trying.CLAIM)
    assert 1 <= len(receiver.seen) <= 2
    assert set(receiver.ids) == {deliveries()[0].uid}
    assert deliveries()[0].sent_at is not None


def test_two_who_both_believe_it_is_theirs_call_once(world, receiver, webhook):
    hooking.ping(world.tomasz, webhook)
    db.session.commit()
    ids = [row.id for row in calling._due()]
    db.session.rollback()
    assert [trying.claim(WebhookDelivery, id) for id in ids * 2] == [True, False]


# Where they may lead


@pytest.fixture
def name_means(monkeypatch):
    """`name_means("10.0.0.1", …)`: what the DNS says, each time it is asked."""

    def say(*answers):
        left = list(answers)

        def look_up(host, port, *_kinds, **_options):
            number = host
            if not host[0].isdigit():
                number = left.pop(0) if len(left) > 1 else left[0]
            family = socket.AF_INET6 if ":" in number else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (number, port))]

        monkeypatch.setattr(addressing.socket, "getaddrinfo", look_up)

    return say


ALLOWED = ("hooks.hospital.example", "10.2.0.0/16")
REFUSED = [
    ("http://10.3.0.1/", "10.3.0.1"),
    ("http://hooks.hospital.example/", "127.0.0.1"),
    ("http://hooks.hospital.example/", "169.254.169.254"),
    ("http://hooks.hospital.example/", "::1"),
    ("http://hooks.hospital.example/", "::ffff:127.0.0.1"),
    ("http://elsewhere.example/", "10.3.0.1"),
    ("ftp://10.2.0.1/", "10.2.0.1"),
    ("file:///etc/passwd", "10.2.0.1"),
    ("http://amina@10.2.0.1/", "10.2.0.1"),
    ("http://10.2.0.1:x/", "10.2.0.1"),
    ("http://10.2.0.1/ x", "10.2.0.1"),
    ("http://10.2.0.1/\r\nHost: x", "10.2.0.1"),
    ("nonsense", "10.2.0.1"),
]


@pytest.mark.parametrize(("url", "number"), REFUSED)
def test_an_address_that_is_not_allowed(world, configure, name_means, url, number):
    configure(webhook_allowed=ALLOWED, board_address="https://board.hospital.example")
    name_means(number)
    with pytest.raises(Invalid):
        hooking.check_address(url)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://hooks.hospital.example/x?y=1", "10.9.9.9"),
        ("http://anything.hospital.example:8080/", "10.2.3.4"),
    ],
)
def test_an_address_that_is_allowed(world, configure, name_means, url, number):
    configure(webhook_allowed=ALLOWED, board_address="https://board.hospital.example")
    name_means(number)
    hooking.check_address(url)
    assert addressing.place(url).number == number


def test_a_name_nobody_knows(world, configure, monkeypatch):
    configure(webhook_allowed=ALLOWED, board_address="https://board.hospital.example")

    def fail(*_arguments, **_options):
        raise socket.gaierror

    monkeypatch.setattr(addressing.socket, "getaddrinfo", fail)
    with pytest.raises(Invalid, match="Nobody here knows"):
        hooking.check_address("http://hooks.hospital.example/")


def test_the_number_that_was_checked_is_the_one_connected_to(
    world, receiver, webhook, work, name_means
):
    """The name means the receiver when it is checked, and something else when asked once more."""
    webhook.url = f"http://rebound.example:{receiver.port}/board"
    hooking.ping(world.tomasz, webhook)
    name_means("127.0.0.1", "10.66.66.66")
    work()
    assert len(receiver.seen) == 1
    assert receiver.seen[0].headers["Host"] == f"rebound.example:{receiver.port}"


def test_a_name_that_moved_where_it_must_not_is_not_called(
    world, receiver, webhook, work, configure
):
    hooking.ping(world.tomasz, webhook)
    configure(webhook_allowed=("10.2.0.0/16",))
    work()
    assert receiver.seen == []
    assert "not allowed" in deliveries()[0].last_error


# Who may, and what it costs


def test_only_administrators(world, receiver, webhook):
    for deed in (hooking.end, hooking.pause, hooking.ping, hooking.change_secret):
        with pytest.raises(Refused):
            deed(world.ruth, webhook)
    with pytest.raises(Refused):
        hooking.add(world.ruth, receiver.url, ALL, "")


@pytest.mark.parametrize(("events", "tag"), [([], ""), (["voted"], ""), (ALL, "no-such-tag")])
def test_what_cannot_be_added(world, receiver, events, tag):
    with pytest.raises(Invalid):
        hooking.add(world.tomasz, receiver.url, events, tag)


def test_without_webhooks_asking_costs_what_it_did(world, statements, configure):
    def cost(title):
        with statements() as seen:
            asking.ask(world.amina, title, tags="pumps")
            db.session.commit()
        return len(seen)

    cost("Where are the first pumps?")
    without = cost("Where are the spare pumps?")
    configure(webhook_allowed=("10.0.0.0/8",), board_address="https://board.hospital.example")
    assert cost("Where are the other pumps?") <= without + 1


def test_the_database_does_not_know_the_secret(world, webhook):
    rows = str(db.session.execute(select(Webhook.__table__)).all())
    assert hooking.secret_of(webhook) not in rows


def test_a_lost_lease_calls_nobody_twice(world, receiver, webhook, work):
    hooking.ping(world.tomasz, webhook)
    db.session.commit()
    working.hold("somebody who died")
    db.session.execute(delete(working.Lease))
    work()
    work()
    assert len(receiver.seen) == 1
