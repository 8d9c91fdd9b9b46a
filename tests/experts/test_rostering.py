"""The on-call rota: entries, files, and clocks that go forward and back."""

from datetime import UTC, datetime

import pytest

from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.experts import grouping, on_call, rostering, rota_files
from board.experts.models import Duty
from board.people.models import CONSOLE
from board.tags.naming import tag_called

MORNING = datetime(2026, 6, 5, 9, tzinfo=UTC)  # 10:00 in London


def entry(**fields):
    told = {
        "topic": "pumps",
        "who": "",
        "role": "Clinical engineer",
        "phone": "4567",
        "starts": "2026-06-05 09:00",
        "ends": "2026-06-05 17:00",
    }
    return rostering.Typed(**told | fields)


def file(*lines):
    return "\n".join(("topic,who,role,phone,from,to", *lines)).encode()


@pytest.fixture
def team(world):
    group = grouping.make(CONSOLE, "team", name="Team", line="", description="", tags="pumps")
    grouping.invite(world.ruth, group, world.amina)
    grouping.join(world.amina, group)
    db.session.flush()
    return group


def test_times_are_typed_on_the_sites_clock(world):
    duty = rostering.add(world.ruth, entry())
    assert duty.starts_at == datetime(2026, 6, 5, 8, tzinfo=UTC)
    assert duty.ends_at == datetime(2026, 6, 5, 16, tzinfo=UTC)


def test_an_hour_that_spring_leaves_out_is_refused(world):
    with pytest.raises(Invalid) as problem:
        rostering.add(world.ruth, entry(starts="2026-03-29 01:30", ends="2026-03-29 09:00"))
    assert "does not exist" in problem.value.fields["starts"]


def test_an_hour_that_autumn_has_twice_overlaps_and_leaves_no_hole(world):
    early = rostering.add(world.ruth, entry(starts="2026-10-24 20:00", ends="2026-10-25 01:30"))
    late = rostering.add(world.ruth, entry(starts="2026-10-25 01:30", ends="2026-10-25 08:00"))
    assert early.ends_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert late.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_night_over_the_change_is_as_long_as_it_is(world):
    spring = rostering.add(world.ruth, entry(starts="2026-03-28 20:00", ends="2026-03-29 08:00"))
    autumn = rostering.add(world.ruth, entry(starts="2026-10-24 20:00", ends="2026-10-25 08:00"))
    assert (spring.ends_at - spring.starts_at).total_seconds() == 11 * 3600
    assert (autumn.ends_at - autumn.starts_at).total_seconds() == 13 * 3600


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "nothing-such"}, "topic"),
        ({"topic": "@nobody"}, "topic"),
        ({"role": ""}, "who"),
        ({"who": "nobody"}, "who"),
        ({"who": "lena"}, "who"),
        ({"phone": ""}, "phone"),
        ({"phone": "<b>4567</b>"}, "phone"),
        ({"phone": "ask me"}, "phone"),
        ({"starts": "tomorrow"}, "starts"),
        ({"starts": "2026-06-05T09:00+02:00"}, "starts"),
        ({"ends": "2026-06-05 09:00"}, "ends"),
        ({"ends": "2027-06-05 09:00"}, "ends"),
    ],
)
def test_what_cannot_be_is_said_by_field(world, fields, wrong):
    with pytest.raises(Invalid) as problem:
        rostering.add(world.ruth, entry(**fields))
    assert wrong in problem.value.fields
    assert db.session.query(Duty).count() == 0


def test_who_keeps_it(world, seat_for, team):
    for name in ("amina", "jonas"):
        with pytest.raises(Refused):
            rostering.add(getattr(world, name), entry())
    seat_for(world.jonas, "pumps")
    seat_for(world.priya, "pumps")
    rostering.add(world.jonas, entry())
    with pytest.raises(Refused):
        rostering.add(world.priya, entry())
    duty = rostering.add(world.amina, entry(topic="@team"))
    with pytest.raises(Refused):
        rostering.remove(world.jonas, duty)
    rostering.remove(world.amina, duty)
    assert db.session.query(Duty).count() == 1


def test_now_and_next(world, team):
    rostering.add(CONSOLE, entry(who="@jonas", role=""))
    rostering.add(CONSOLE, entry(topic="team", starts="2026-06-05 17:00", ends="2026-06-06 09:00"))
    pumps = tag_called("pumps").id
    with held_at(MORNING):
        found = on_call.for_tags([pumps])[pumps]
        assert [row.name for row in found.now] == [world.jonas.name]
        assert found.next.group_handle == "team"
        assert on_call.people_on_duty([pumps]) == {world.jonas.id}
    with held_at(datetime(2026, 6, 5, 16, tzinfo=UTC)):
        assert [row.role for row in on_call.for_tags([pumps])[pumps].now] == ["Clinical engineer"]
        assert on_call.for_groups([team.id])[team.id].next is None


def test_it_is_ended_before_its_time(world):
    duty = rostering.add(CONSOLE, entry())
    with held_at(MORNING):
        rostering.end(world.ruth, duty)
        assert on_call.by_day() == []
    assert duty.ends_at == MORNING


def test_by_day_on_the_sites_clock(world):
    rostering.add(CONSOLE, entry(starts="2026-06-04 20:00", ends="2026-06-05 20:00"))
    rostering.add(CONSOLE, entry(starts="2026-06-06 00:30", ends="2026-06-06 08:00"))
    rostering.add(CONSOLE, entry(starts="2026-06-14 09:00", ends="2026-06-14 17:00"))
    with held_at(MORNING):
        assert [(day.isoformat(), len(rows)) for day, rows in on_call.by_day()] == [
            ("2026-06-05", 1),
            ("2026-06-06", 1),
        ]
        assert on_call.by_day("gloves") == []
        assert len(on_call.by_day("Pumps")) == 2


def test_a_file_is_brought_in_once(world):
    rota = file(
        "pumps,,Engineer,4567,2026-06-05 09:00,2026-06-05 17:00",
        "pumps,@jonas,,bleep 22,2026-06-05T17:00,2026-06-06T09:00",
        "",
    )
    report = rota_files.bring_in(world.ruth, rota)
    assert (report.added, report.known, report.bad) == (2, 0, [])
    report = rota_files.bring_in(CONSOLE, rota)
    assert (report.added, report.known, report.bad) == (0, 2, [])
    assert db.session.query(Duty).count() == 2


def test_bad_lines_are_told_by_number_and_the_rest_goes_in(world):
    rota = file(
        "nothing-such,,Engineer,4567,2026-06-05 09:00,2026-06-05 17:00",
        "pumps,,Engineer,4567,2026-06-05 09:00,2026-06-05 17:00",
        "pumps,,Engineer,4567,2026-03-29 01:30,2026-03-29 17:00",
        "pumps,,Mrs Okonkwo NHS number 999 012 3454,4567,2026-06-05 09:00,2026-06-05 17:00",
        "pumps",
    )
    report = rota_files.bring_in(world.ruth, rota)
    assert report.added == 1
    assert [number for number, _ in report.bad] == [2, 4, 5, 6]
    assert "does not exist" in report.bad[1][1]


def test_semicolons_and_the_mark_of_a_spreadsheet_are_understood(world):
    rota = "Topic;Who;Role;Phone;From;To\npumps;;Engineer;4567;2026-06-05 09:00;2026-06-05 17:00"
    assert rota_files.bring_in(world.ruth, b"\xef\xbb\xbf" + rota.encode()).added == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2", b"x" * 200_000])
def test_a_file_that_is_none_is_refused(world, content):
    with pytest.raises(Refused):
        rota_files.bring_in(world.ruth, content)


def test_only_moderators_bring_files_in(world):
    with pytest.raises(Refused):
        rota_files.bring_in(world.jonas, file())
