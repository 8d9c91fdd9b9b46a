"""Who is nobody: the shared accounts of a hospital's computers."""

import pytest

from board.core.errors import Invalid
from board.people import joining
from board.people.models import CONSOLE
from board.people.rules import is_shared_account
from board.signin import signing_in


@pytest.mark.parametrize(
    ("username", "is_shared"),
    [
        ("WARD7B", True),
        ("ward7b", True),
        ("HOSPITAL\\WARD7B", True),
        ("ward7b@hospital.example", True),
        ("kiosk-3", True),
        ("ward7b2", False),
        ("amina", False),
        ("", False),
    ],
)
def test_listed_accounts_are_shared_however_they_are_written(world, configure, username, is_shared):
    configure(shared_accounts=("Ward7B", "kiosk*"))
    assert is_shared_account(username) is is_shared


def test_none_is_listed_at_first(world):
    assert not is_shared_account("WARD7B")


def test_nobody_is_called_so(world, configure):
    configure(shared_accounts=("ward*",))
    with pytest.raises(Invalid, match="name of their own"):
        joining.add(CONSOLE, "ward7b")


def test_whoever_was_called_so_before_does_not_get_in_any_more(world, configure):
    configure(shared_accounts=("amina",))
    with pytest.raises(Invalid, match="shared account"):
        signing_in.check("amina", "four words do well", None)
