"""Search by our own stems, the board's vocabulary, synonyms, missed searches, API tokens.

What is searched is derived from the posts: the old documents go, and `board upgrade` makes the new
ones when the tables stand.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FIELDS = ("title", "names", "tags", "body", "accepted", "answers", "comments")
_FIELDS = ", ".join(FIELDS)
_OLD, _NEW = (", ".join(f"{row}.{field}" for field in FIELDS) for row in ("old", "new"))
_REMOVE = (
    f"INSERT INTO search_index (search_index, rowid, {_FIELDS}) "  # noqa: S608 - constants above
    f"VALUES ('delete', old.question_id, {_OLD});"
)
_ADD = (
    f"INSERT INTO search_index (rowid, {_FIELDS}) "  # noqa: S608 - constants above
    f"VALUES (new.question_id, {_NEW});"
)

SQLITE_SEARCH = (
    f"""
    CREATE VIRTUAL TABLE search_index USING fts5(
        {_FIELDS}, content='search_document', content_rowid='question_id',
        tokenize='unicode61 remove_diacritics 0')
    """,
    f"""
    CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document
    BEGIN {_ADD} END
    """,
    f"""
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document
    BEGIN {_REMOVE} END
    """,
    f"""
    CREATE TRIGGER search_document_updated AFTER UPDATE ON search_document
    BEGIN {_REMOVE} {_ADD} END
    """,
)
# A word between the fields, so that no phrase runs from one into the next.
END = "' fieldend '"
# Stems need no language: "simple" takes them as they are. A small vector for headings, because
# reading the large one costs more than everything else in a search.
POSTGRES_SEARCH = (
    """
    ALTER TABLE search_document ADD COLUMN heading tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', title || ' ' || names || ' ' || tags)) STORED
    """,
    f"""
    ALTER TABLE search_document ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', title || {END} || names || {END} || tags || {END} || body || {END}
            || accepted || {END} || answers || {END} || comments)) STORED
    """,
    "CREATE INDEX ix_search_document_heading ON search_document USING gin (heading)",
    "CREATE INDEX ix_search_document_words ON search_document USING gin (words)",
)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        op.execute("DROP TABLE search_index")
    op.drop_table("search_document")
    _make_search_tables()
    _make_synonym_tables()
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_hash", name="uq_api_token_token_hash"),
    )
    for statement in SQLITE_SEARCH if on_sqlite else POSTGRES_SEARCH:
        op.execute(statement)
    op.execute("UPDATE site_fact SET value = '0002' WHERE name = 'compatible_from'")


def _make_search_tables() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    letters = sa.String(collation=None if on_sqlite else "C")  # words are looked up by beginnings
    op.create_table(
        "search_document",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("types", sa.String(), nullable=False),
        *(sa.Column(field, sa.Text(), nullable=False) for field in FIELDS),
        sa.ForeignKeyConstraint(
            ["question_id"], ["post.id"], name="fk_search_document_question_id"
        ),
        sa.PrimaryKeyConstraint("question_id", name="pk_search_document"),
    )
    op.create_table(
        "search_word",
        sa.Column("stem", letters, nullable=False),
        sa.Column("word", letters, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("tail", letters, nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stem", name="pk_search_word"),
    )
    op.create_index("ix_search_word_word", "search_word", ["word"])
    op.create_index("ix_search_word_length_tail", "search_word", ["length", "tail"])
    op.create_table(
        "missed_search",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("words", "day", name="pk_missed_search"),
    )
    op.create_index("ix_missed_search_day", "missed_search", ["day"])


def _make_synonym_tables() -> None:
    op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_synonym_group"),
    )
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("stems", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["synonym_group.id"], name="fk_synonym_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_synonym"),
    )
    op.create_index("ix_synonym_group_id_stems", "synonym", ["group_id", "stems"], unique=True)
    op.create_index("ix_synonym_stems", "synonym", ["stems"])
