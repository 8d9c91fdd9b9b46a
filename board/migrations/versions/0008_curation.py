"""Curation: how answers stand, verifications, evidence, problems, what tags ask for.

Columns are added to `post` as they are; rebuilding the table would cost a large board minutes.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def partial(condition: str) -> dict[str, object]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def refers(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}")


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def number(name: str, *, optional: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=optional)


def yes_or_no(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def moment(name: str, *, optional: bool = False) -> sa.Column:
    return sa.Column(name, MOMENT, nullable=optional)


def key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def upgrade() -> None:
    _posts()
    _verifications()
    _answers()
    _reports()
    _recalls()
    _guidelines()
    op.execute("UPDATE site_fact SET value = '0008' WHERE name = 'compatible_from'")


def _posts() -> None:
    for name, default in (
        ("standing", "posted"),
        ("standing_why", ""),
        ("verified_by", ""),
        ("applies_to", ""),
    ):
        op.add_column(
            "post",
            sa.Column(name, sa.String(), nullable=False, server_default=sa.text(f"'{default}'")),
        )
    op.add_column("post", sa.Column("verified_at", MOMENT))
    op.add_column("post", sa.Column("review_by", sa.Date()))
    op.add_column(
        "post", sa.Column("used_count", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    # Alembic would add the reference apart, which SQLite cannot.
    for name, table in (("owner_id", "person"), ("replaced_by_id", "post")):
        op.execute(
            f"ALTER TABLE post ADD COLUMN {name} INTEGER "
            f"CONSTRAINT fk_post_{name} REFERENCES {table} (id)"
        )
    for name in ("review_by", "owner_id"):
        op.create_index(f"ix_post_{name}", "post", [name], **partial(f"{name} IS NOT NULL"))


def _verifications() -> None:
    op.create_table(
        "verification",
        number("id"),
        number("answer_id"),
        number("verified_by_id"),
        number("revision"),
        moment("verified_at"),
        sa.Column("review_by", sa.Date(), nullable=False),
        yes_or_no("as_moderator"),
        number("tag_id", optional=True),
        words("shown_as"),
        yes_or_no("is_pharmacist"),
        words("note"),
        moment("ended_at", optional=True),
        number("ended_by_id", optional=True),
        words("why_ended"),
        words("reason"),
        refers("verification", "answer_id", "post"),
        refers("verification", "verified_by_id", "person"),
        refers("verification", "tag_id", "tag"),
        refers("verification", "ended_by_id", "person"),
        key("verification", "id"),
    )
    op.create_index(
        "uq_verification_standing",
        "verification",
        ["answer_id", "verified_by_id"],
        unique=True,
        **partial("ended_at IS NULL"),
    )
    op.create_index(
        "ix_verification_verified_by_id_ended_at", "verification", ["verified_by_id", "ended_at"]
    )
    op.create_table(
        "tag_care",
        number("tag_id"),
        number("risk"),
        words("field"),
        yes_or_no("is_dosing"),
        refers("tag_care", "tag_id", "tag"),
        key("tag_care", "tag_id"),
    )
    op.create_table(
        "review_task",
        number("answer_id"),
        sa.Column("review_by", sa.Date(), nullable=False),
        moment("told_at"),
        refers("review_task", "answer_id", "post"),
        key("review_task", "answer_id", "review_by"),
    )


def _answers() -> None:
    op.create_table(
        "evidence",
        number("answer_id"),
        *map(words, ("applies_to", "setting", "site")),
        number("department_id", optional=True),
        *map(words, ("source_kind", "source", "doi", "pmid", "grade")),
        refers("evidence", "answer_id", "post"),
        refers("evidence", "department_id", "department"),
        key("evidence", "answer_id"),
    )
    op.create_table(
        "removal",
        number("id"),
        number("answer_id"),
        number("replaced_by_id", optional=True),
        number("removed_by_id"),
        moment("removed_at"),
        words("reason"),
        moment("ended_at", optional=True),
        number("ended_by_id", optional=True),
        refers("removal", "answer_id", "post"),
        refers("removal", "replaced_by_id", "post"),
        refers("removal", "removed_by_id", "person"),
        refers("removal", "ended_by_id", "person"),
        key("removal", "id"),
    )
    op.create_index(
        "uq_removal_standing", "removal", ["answer_id"], unique=True, **partial("ended_at IS NULL")
    )


def _reports() -> None:
    op.create_table(
        "answer_use",
        number("answer_id"),
        number("person_id"),
        moment("used_at"),
        refers("answer_use", "answer_id", "post"),
        refers("answer_use", "person_id", "person"),
        key("answer_use", "answer_id", "person_id"),
    )
    op.create_index("ix_answer_use_person_id", "answer_use", ["person_id"])
    op.create_table(
        "problem_report",
        number("id"),
        number("answer_id"),
        number("person_id"),
        words("kind"),
        words("words"),
        moment("reported_at"),
        moment("settled_at", optional=True),
        number("settled_by_id", optional=True),
        refers("problem_report", "answer_id", "post"),
        refers("problem_report", "person_id", "person"),
        refers("problem_report", "settled_by_id", "person"),
        key("problem_report", "id"),
    )
    op.create_index("ix_problem_report_answer_id", "problem_report", ["answer_id"])
    op.create_index("ix_problem_report_kind_settled_at", "problem_report", ["kind", "settled_at"])
    op.create_index(
        "uq_problem_report_open",
        "problem_report",
        ["answer_id", "person_id", "kind"],
        unique=True,
        **partial("settled_at IS NULL"),
    )


def _recalls() -> None:
    op.create_table(
        "view_record",
        number("person_id"),
        number("question_id"),
        moment("first_seen"),
        moment("last_seen"),
        refers("view_record", "person_id", "person"),
        refers("view_record", "question_id", "post"),
        key("view_record", "person_id", "question_id"),
    )
    op.create_index(
        "ix_view_record_question_id_last_seen", "view_record", ["question_id", "last_seen"]
    )
    op.create_index("ix_view_record_last_seen", "view_record", ["last_seen"])
    op.create_table(
        "recall",
        number("id"),
        number("answer_id"),
        number("activity_id"),
        number("begun_by_id", optional=True),
        moment("begun_at"),
        words("why"),
        number("told_to"),
        moment("finished_at", optional=True),
        moment("ended_at", optional=True),
        refers("recall", "answer_id", "post"),
        refers("recall", "activity_id", "activity"),
        refers("recall", "begun_by_id", "person"),
        key("recall", "id"),
    )
    op.create_index("ix_recall_answer_id", "recall", ["answer_id"])
    op.create_index("ix_recall_unfinished", "recall", ["id"], **partial("finished_at IS NULL"))
    op.create_table(
        "recall_notice",
        number("recall_id"),
        number("person_id"),
        moment("told_at"),
        moment("acknowledged_at", optional=True),
        refers("recall_notice", "recall_id", "recall"),
        refers("recall_notice", "person_id", "person"),
        key("recall_notice", "recall_id", "person_id"),
    )
    op.create_index(
        "ix_recall_notice_person_id_acknowledged_at",
        "recall_notice",
        ["person_id", "acknowledged_at"],
    )


def _guidelines() -> None:
    op.create_table(
        "guideline",
        number("id"),
        words("title"),
        words("owner"),
        words("version"),
        sa.Column("effective_from", sa.Date()),
        sa.Column("review_by", sa.Date()),
        words("address"),
        number("supersedes_id", optional=True),
        moment("superseded_at", optional=True),
        number("added_by_id"),
        moment("added_at"),
        refers("guideline", "supersedes_id", "guideline"),
        refers("guideline", "added_by_id", "person"),
        key("guideline", "id"),
        sa.UniqueConstraint("supersedes_id", name="uq_guideline_supersedes_id"),
    )
    op.create_index("ix_guideline_title", "guideline", ["title"])
    op.create_table(
        "citation",
        number("answer_id"),
        number("guideline_id"),
        refers("citation", "answer_id", "post"),
        refers("citation", "guideline_id", "guideline"),
        key("citation", "answer_id", "guideline_id"),
    )
    op.create_index("ix_citation_guideline_id", "citation", ["guideline_id"])
