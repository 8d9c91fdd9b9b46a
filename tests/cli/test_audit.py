"""`board audit prune`, as somebody at the server's console meets it."""

import io
import sys
from datetime import UTC, datetime

import pytest
from databases import folder as temporary_folder

from board import cli
from board.core.clock import held_at


@pytest.fixture
def run(monkeypatch, capfd):
    """`run("audit", "verify")`: the exit status, and what was said on stdout and stderr."""
    with temporary_folder("cli") as place:
        monkeypatch.setenv("BOARD_INSTANCE", str(place))
        monkeypatch.delenv("BOARD_DATABASE_URL", raising=False)

        def do(*words, stdin=""):
            monkeypatch.setattr(sys, "argv", ["board", *map(str, words)])
            monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
            status = 0
            try:
                cli.main()
            except SystemExit as end:
                status = end.code
            said = capfd.readouterr()
            return status or 0, said.out, said.err

        assert do("init")[0] == 0
        amina = "user", "add", "amina", "--role", "member", "--password-stdin"
        assert do(*amina, stdin="four words do well\n")[0] == 0
        yield do


def test_a_young_trail_is_left_alone(run, tmp_path):
    status, said, _ = run("audit", "prune", tmp_path / "old.jsonl")
    assert (status, said) == (0, "Nothing is older than what is kept.\n")
    assert not (tmp_path / "old.jsonl").exists()


def test_an_old_one_goes_into_the_file_and_verifies_afterwards(run, tmp_path):
    with held_at(datetime(2050, 3, 2, tzinfo=UTC)):
        status, said, _ = run("audit", "prune", tmp_path / "old.jsonl")
        assert status == 0
        assert "went. Keep" in said
        assert (tmp_path / "old.jsonl").read_text().count('"seq"') > 0
        assert run("audit", "verify")[0] == 0


def test_nothing_is_written_over(run, tmp_path):
    (tmp_path / "old.jsonl").write_text("precious")
    with held_at(datetime(2050, 3, 2, tzinfo=UTC)):
        status, _, wrong = run("audit", "prune", tmp_path / "old.jsonl")
    assert status == 1
    assert "cannot be written" in wrong
    assert (tmp_path / "old.jsonl").read_text() == "precious"
