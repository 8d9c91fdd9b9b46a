"""The first schema: people, posts, tags, search.

Revision ID: 0001
Revises: -
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

VISIBLE = {
    "sqlite_where": sa.text("hidden_at IS NULL"),
    "postgresql_where": sa.text("hidden_at IS NULL"),
}
STANDING = {
    "sqlite_where": sa.text("ended_at IS NULL"),
    "postgresql_where": sa.text("ended_at IS NULL"),
}

# FTS5 keeps only its index; the words stay in search_document, and triggers keep the two alike.
# Whoever rebuilds that table creates them again.
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title, body, answers, tags,
        content='search_document', content_rowid='question_id',
        tokenize='porter unicode61 remove_diacritics 2')
    """,
    """
    CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index (rowid, title, body, answers, tags)
        VALUES (new.question_id, new.title, new.body, new.answers, new.tags);
    END
    """,
    """
    CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, title, body, answers, tags)
        VALUES ('delete', old.question_id, old.title, old.body, old.answers, old.tags);
    END
    """,
    """
    CREATE TRIGGER search_document_updated AFTER UPDATE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, title, body, answers, tags)
        VALUES ('delete', old.question_id, old.title, old.body, old.answers, old.tags);
        INSERT INTO search_index (rowid, title, body, answers, tags)
        VALUES (new.question_id, new.title, new.body, new.answers, new.tags);
    END
    """,
)
POSTGRES_SEARCH = (
    """
    ALTER TABLE search_document ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') ||
        setweight(to_tsvector('simple', tags), 'B') ||
        setweight(to_tsvector('english', body), 'C') ||
        setweight(to_tsvector('english', answers), 'D')) STORED
    """,
    "CREATE INDEX ix_search_document_words ON search_document USING gin (words)",
)


def upgrade() -> None:
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("name", name="uq_department_name"),
        sa.UniqueConstraint("slug", name="uq_department_slug"),
    )
    op.create_table(
        "rate_count",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_rate_count"),
    )
    op.create_table(
        "site_fact",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_site_fact"),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer()),
        sa.ForeignKeyConstraint(["merged_into_id"], ["tag.id"], name="fk_tag_merged_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("name", name="uq_tag_name"),
    )
    op.create_index("ix_tag_merged_into_id", "tag", ["merged_into_id"])
    op.create_index("ix_tag_question_count_name", "tag", ["question_count", "name"])

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer()),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("shows_helped", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_person_department_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("handle", name="uq_person_handle"),
    )
    op.create_index("ix_person_department_id", "person", ["department_id"])

    op.create_table(
        "tag_synonym",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_tag_synonym_tag_id"),
        sa.PrimaryKeyConstraint("name", name="pk_tag_synonym"),
    )
    op.create_index("ix_tag_synonym_tag_id", "tag_synonym", ["tag_id"])

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name="fk_activity_actor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
    )
    op.create_index("ix_activity_actor_id", "activity", ["actor_id"])
    op.create_index("ix_activity_at", "activity", ["at"])
    op.create_index(
        "ix_activity_subject_kind_subject_id", "activity", ["subject_kind", "subject_id"]
    )

    op.create_table(
        "password",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_password_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_password"),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer()),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("author_id", sa.Integer()),
        sa.Column("department_id", sa.Integer()),
        sa.Column("title", sa.String()),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("imported_score", sa.Integer(), nullable=False),
        sa.Column("answer_count", sa.Integer(), nullable=False),
        sa.Column("accepted_id", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True)),
        sa.Column("hidden_at", sa.DateTime(timezone=True)),
        sa.Column("external_id", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("synonyms", sa.JSON(none_as_null=True)),
        sa.Column("excerpt", sa.String(), nullable=False),
        sa.Column("body_md", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["accepted_id"], ["post.id"], name="fk_post_accepted_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_post_author_id"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_post_department_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["post.id"], name="fk_post_parent_id"),
        sa.ForeignKeyConstraint(["question_id"], ["post.id"], name="fk_post_question_id"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("external_id", name="uq_post_external_id"),
    )
    op.create_index("ix_post_active", "post", ["kind", "active_at", "id"], **VISIBLE)
    op.create_index(
        "ix_post_author_id_kind_created_at", "post", ["author_id", "kind", "created_at"]
    )
    op.create_index(
        "ix_post_department_active", "post", ["kind", "department_id", "active_at", "id"], **VISIBLE
    )
    op.create_index(
        "ix_post_department_newest",
        "post",
        ["kind", "department_id", "created_at", "id"],
        **VISIBLE,
    )
    op.create_index(
        "ix_post_department_unanswered",
        "post",
        ["kind", "department_id", "answer_count", "created_at", "id"],
        **VISIBLE,
    )
    op.create_index(
        "ix_post_department_votes", "post", ["kind", "department_id", "score", "id"], **VISIBLE
    )
    op.create_index("ix_post_newest", "post", ["kind", "created_at", "id"], **VISIBLE)
    op.create_index("ix_post_parent_id", "post", ["parent_id"])
    op.create_index("ix_post_question_id_kind", "post", ["question_id", "kind"])
    op.create_index(
        "ix_post_unanswered", "post", ["kind", "answer_count", "created_at", "id"], **VISIBLE
    )
    op.create_index("ix_post_votes", "post", ["kind", "score", "id"], **VISIBLE)

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_active", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])

    op.create_table(
        "submission",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.String()),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_submission_person_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_submission"),
    )
    op.create_index("ix_submission_made_at", "submission", ["made_at"])

    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("accepted_by_id", sa.Integer()),
        sa.Column("by_moderator", sa.Boolean(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.Integer()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name="fk_acceptance_accepted_by_id"
        ),
        sa.ForeignKeyConstraint(["answer_id"], ["post.id"], name="fk_acceptance_answer_id"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name="fk_acceptance_ended_by_id"),
        sa.ForeignKeyConstraint(["question_id"], ["post.id"], name="fk_acceptance_question_id"),
        sa.PrimaryKeyConstraint("id", name="pk_acceptance"),
    )
    op.create_index("ix_acceptance_answer_id", "acceptance", ["answer_id"])
    op.create_index(
        "ix_acceptance_question_id_accepted_at", "acceptance", ["question_id", "accepted_at"]
    )
    op.create_index(
        "uq_acceptance_standing", "acceptance", ["question_id"], unique=True, **STANDING
    )

    op.create_table(
        "bookmark",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_bookmark_person_id"),
        sa.ForeignKeyConstraint(["question_id"], ["post.id"], name="fk_bookmark_question_id"),
        sa.PrimaryKeyConstraint("person_id", "question_id", name="pk_bookmark"),
    )
    op.create_index(
        "ix_bookmark_person_id_saved_at_question_id",
        "bookmark",
        ["person_id", "saved_at", "question_id"],
    )

    op.create_table(
        "draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer()),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("base_revision", sa.Integer()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id"),
        sa.ForeignKeyConstraint(["question_id"], ["post.id"], name="fk_draft_question_id"),
        sa.PrimaryKeyConstraint("person_id", "target", name="pk_draft"),
    )
    op.create_index("ix_draft_person_id_question_id", "draft", ["person_id", "question_id"])
    op.create_index("ix_draft_saved_at", "draft", ["saved_at"])

    op.create_table(
        "hiding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("hidden_by_id", sa.Integer(), nullable=False),
        sa.Column("by_moderator", sa.Boolean(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name="fk_hiding_ended_by_id"),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["person.id"], name="fk_hiding_hidden_by_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_hiding_post_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hiding"),
    )
    op.create_index("ix_hiding_post_id", "hiding", ["post_id"])

    op.create_table(
        "post_tag",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer()),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("answer_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_post_tag_post_id"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_post_tag_tag_id"),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name="pk_post_tag"),
    )
    op.create_index(
        "ix_post_tag_active",
        "post_tag",
        ["tag_id", "active_at", "post_id", "department_id"],
        **VISIBLE,
    )
    op.create_index(
        "ix_post_tag_newest",
        "post_tag",
        ["tag_id", "created_at", "post_id", "department_id"],
        **VISIBLE,
    )
    op.create_index(
        "ix_post_tag_unanswered",
        "post_tag",
        ["tag_id", "answer_count", "created_at", "post_id", "department_id"],
        **VISIBLE,
    )
    op.create_index(
        "ix_post_tag_votes", "post_tag", ["tag_id", "score", "post_id", "department_id"], **VISIBLE
    )

    op.create_table(
        "revision",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Integer()),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("title", sa.String()),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("body_md", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["person.id"], name="fk_revision_editor_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_revision_post_id"),
        sa.PrimaryKeyConstraint("post_id", "number", name="pk_revision"),
    )
    op.create_index("ix_revision_editor_id", "revision", ["editor_id"])

    op.create_table(
        "search_document",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["post.id"], name="fk_search_document_question_id"
        ),
        sa.PrimaryKeyConstraint("question_id", name="pk_search_document"),
    )
    op.create_table(
        "vote",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_vote_person_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_vote_post_id"),
        sa.PrimaryKeyConstraint("post_id", "person_id", name="pk_vote"),
    )
    op.create_index("ix_vote_person_id", "vote", ["person_id"])

    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if on_sqlite else POSTGRES_SEARCH:
        op.execute(statement)
    op.execute("INSERT INTO site_fact (name, value) VALUES ('compatible_from', '0001')")
