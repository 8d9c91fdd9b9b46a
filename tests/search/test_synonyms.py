"""Words that mean the same."""

from importlib.resources import files

import pytest
from sqlalchemy import text

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, Refused
from board.people.models import CONSOLE
from board.search import synonyms
from board.search.models import Synonym, SynonymGroup

STARTER = (files("board.search") / "language" / "synonyms.txt").read_text(encoding="utf-8")


def terms(group):
    return [synonym.term for synonym in group.terms]


def group_with(term):
    """The terms of the group that has this one."""
    db.session.flush()
    db.session.expire_all()
    return terms(db.session.query(Synonym).filter_by(term=term).one().group)


def everything():
    db.session.flush()
    rows = db.session.execute(text("SELECT id, group_id, term, stems FROM synonym ORDER BY id"))
    return [tuple(row) for row in rows]


def test_a_moderator_adds_a_group(world):
    group = synonyms.add(world.ruth, "zinc oxide, ZnO ,  zinc\twhite ,")
    assert terms(group) == ["zinc oxide", "ZnO", "zinc white"]
    assert [synonym.stems for synonym in group.terms] == ["zinc oxid", "zno", "zinc white"]
    assert group.name == "zinc oxide"
    activity = db.session.query(Activity).filter_by(verb=Verb.SYNONYMS_CHANGED).all()[-1]
    assert (activity.actor_id, activity.subject_id) == (world.ruth.id, group.id)


def test_an_administrator_may_too(world):
    assert terms(synonyms.add(world.tomasz, "zinc oxide, ZnO")) == ["zinc oxide", "ZnO"]


def test_of_terms_with_the_same_stems_one_is_kept(world):
    assert terms(synonyms.add(world.ruth, "Zincs, zinc, ZnO, zno")) == ["Zincs", "ZnO"]


def test_a_group_is_changed(world):
    group = synonyms.add(world.ruth, "zinc oxide, ZnO")
    synonyms.change(world.ruth, group, "ZnO, zinc white")
    db.session.commit()
    assert terms(synonyms.group_of(group.id)) == ["ZnO", "zinc white"]
    assert db.session.query(Synonym).filter_by(term="zinc oxide").all() == []


def test_a_group_is_removed(world):
    group = synonyms.add(world.ruth, "zinc oxide, ZnO")
    id = group.id
    synonyms.remove(world.ruth, group)
    db.session.commit()
    assert db.session.query(Synonym).filter_by(group_id=id).all() == []
    with pytest.raises(Missing):
        synonyms.group_of(id)
    activity = db.session.query(Activity).filter_by(verb=Verb.SYNONYMS_REMOVED).one()
    assert activity.detail == {"terms": 2}


def test_members_change_no_synonyms(world):
    group = synonyms.add(world.ruth, "zinc oxide, ZnO")
    for deed in (
        lambda: synonyms.add(world.amina, "copper, Cu"),
        lambda: synonyms.change(world.amina, group, "copper, Cu"),
        lambda: synonyms.remove(world.amina, group),
    ):
        with pytest.raises(Refused, match="moderator"):
            deed()
    assert terms(group) == ["zinc oxide", "ZnO"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Two terms"),
        ("zinc", "Two terms"),
        ("zinc, zincs, ZINC", "Two terms"),
        ("zinc, ?!", "?!"),
        ("zinc, one two three four five six", "5 words"),
        ("zinc, " + "x" * 61, "xxx"),
        (", ".join(f"zinc{number}" for number in range(25)), "24"),
    ],
)
def test_what_cannot_be_a_group_is_told(world, typed, message):
    group = synonyms.add(world.ruth, "copper sulphate, CuSO4")
    db.session.commit()
    for deed in (
        lambda: synonyms.add(world.ruth, typed),
        lambda: synonyms.change(world.ruth, group, typed),
    ):
        with pytest.raises(Invalid) as error:
            deed()
        assert message in error.value.fields["terms"]
        db.session.rollback()
    assert terms(group) == ["copper sulphate", "CuSO4"]


def test_a_term_means_one_thing(world):
    synonyms.add(world.ruth, "zinc oxide, ZnO")
    other = synonyms.add(world.ruth, "copper sulphate, CuSO4")
    db.session.commit()
    with pytest.raises(Conflict, match="“ZNO” stands beside “zinc oxide” already"):
        synonyms.add(world.ruth, "ZNO, calamine")
    db.session.rollback()
    with pytest.raises(Conflict, match="zinc oxide"):
        synonyms.change(world.ruth, other, "copper sulphates, Zinc oxides")
    db.session.rollback()
    assert terms(other) == ["copper sulphate", "CuSO4"]


def test_a_group_keeps_its_own_terms_without_conflict(world):
    group = synonyms.add(world.ruth, "zinc oxide, ZnO")
    synonyms.change(world.ruth, group, "ZnO, zinc oxide")
    assert terms(group) == ["ZnO", "zinc oxide"]


def test_lines_are_brought_in(empty):
    before = len(everything())
    lines = ["# of metals", "", "  ", "zinc oxide, ZnO", "copper sulphate, CuSO4\n", " # end"]
    assert synonyms.bring_in(CONSOLE, lines) == (2, 0)
    assert len(everything()) == before + 4
    assert group_with("ZnO") == ["zinc oxide", "ZnO"]


def test_bringing_in_twice_changes_nothing(empty):
    lines = ["zinc oxide, ZnO", "copper sulphate, CuSO4"]
    synonyms.bring_in(CONSOLE, lines)
    before, activities = everything(), db.session.query(Activity).count()
    assert synonyms.bring_in(CONSOLE, lines) == (0, 0)
    assert everything() == before
    assert db.session.query(Activity).count() == activities


def test_a_line_that_shares_a_term_joins_the_group(world):
    synonyms.add(world.ruth, "zinc oxide, ZnO")
    assert synonyms.bring_in(CONSOLE, ["zinc white, ZNO", "calamine base, zinc oxides"]) == (0, 1)
    assert group_with("ZnO") == ["zinc oxide", "ZnO", "zinc white", "calamine base"]


def test_two_lines_of_one_file_join_each_other(empty):
    assert synonyms.bring_in(CONSOLE, ["zinc oxide, ZnO", "ZnO, zinc white"]) == (1, 1)
    assert group_with("zinc white") == ["zinc oxide", "ZnO", "zinc white"]


def test_a_line_across_two_groups_takes_no_term_from_either(world):
    synonyms.add(world.ruth, "zinc oxide, ZnO")
    synonyms.add(world.ruth, "calamine base, lotio")
    synonyms.bring_in(CONSOLE, ["ZnO, lotio, zinc white"])
    assert group_with("ZnO") == ["zinc oxide", "ZnO", "zinc white"]
    assert group_with("lotio") == ["calamine base", "lotio"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("zinc", "Line 2 has a single term"),
        ("zinc, ?!", "Line 2"),
        ("zinc, one two three four five six", "Line 2"),
        (", ".join(f"zinc{number}" for number in range(25)), "Line 2"),
    ],
)
def test_a_bad_line_is_told_by_its_number(empty, line, message):
    with pytest.raises(Refused, match=message):
        synonyms.bring_in(CONSOLE, ["copper sulphate, CuSO4", line])


def test_a_line_of_one_word_spelled_twice_is_no_group(empty):
    before = everything()
    assert synonyms.bring_in(CONSOLE, ["zinc, zincs"]) == (0, 0)
    assert everything() == before


def test_what_means_the_same(world):
    synonyms.add(world.ruth, "zinc oxide, ZnO, zinc white")
    found = synonyms.meaning_the_same(["zinc oxid", "unknown"])
    assert [tuple(row) for row in found] == [("zinc oxid", "zno"), ("zinc oxid", "zinc white")]


def test_groups_are_listed_by_their_first_term(empty):
    db.session.query(Synonym).delete()
    db.session.query(SynonymGroup).delete()
    synonyms.bring_in(CONSOLE, ["zinc oxide, ZnO", "Alum, potash", "milk, Zebra milk"])
    assert [group.name for group in synonyms.groups()] == ["Alum", "milk", "zinc oxide"]
    assert [group.name for group in synonyms.groups("z")] == ["milk", "zinc oxide"]
    assert [group.name for group in synonyms.groups("ZNO")] == ["zinc oxide"]
    assert [group.name for group in synonyms.groups(after="alum")] == ["milk", "zinc oxide"]
    assert synonyms.groups("%") == []
    assert synonyms.groups("_") == []


def test_groups_come_one_more_than_a_page(empty):
    assert len(synonyms.groups()) == synonyms.PAGE_SIZE + 1
    assert len(synonyms.groups(after=synonyms.groups()[synonyms.PAGE_SIZE - 1].name)) > 1


def test_a_new_board_has_the_starter_synonyms(empty):
    assert {"paracetamol", "acetaminophen"} <= set(group_with("paracetamol"))
    assert db.session.query(SynonymGroup).count() >= 300


def starter_lines():
    lines = STARTER.splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_the_starter_file_has_hundreds_of_groups(empty):
    db.session.query(Synonym).delete()
    db.session.query(SynonymGroup).delete()
    new, _ = synonyms.bring_in(CONSOLE, STARTER.splitlines())
    assert new >= 300
    assert synonyms.bring_in(CONSOLE, STARTER.splitlines()) == (0, 0)


def test_no_line_of_the_starter_file_has_one_term():
    assert len(starter_lines()) >= 300
    assert [line for line in starter_lines() if len(list(filter(None, line.split(",")))) < 2] == []


def test_no_group_of_a_new_board_is_larger_than_a_moderator_may_save(empty):
    groups = db.session.query(SynonymGroup).all()
    assert [group.name for group in groups if len(group.terms) > synonyms.MOST_TERMS] == []
    assert [group.name for group in groups if len(group.terms) < 2] == []


def test_no_term_of_a_new_board_stands_in_two_groups(empty):
    stems = [row[3] for row in everything()]
    assert sorted(each for each in set(stems) if stems.count(each) > 1) == []
