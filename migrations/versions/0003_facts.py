"""Reports with their copies, and the facts of versions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), comment="number of the report"),
        sa.Column(
            "version_id",
            sa.Integer(),
            nullable=False,
            comment="its best version: whole, sound, near the source",
        ),
        sa.Column(
            "first_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when its first copy was stored (UTC)",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_report_version_id"),
        sa.UniqueConstraint("version_id", name="uq_report_version_id"),
        comment="One text in the world; its copies stand in copy",
    )


def _copy() -> None:
    op.create_table(
        "copy",
        sa.Column("id", sa.Integer(), comment="number of the copy"),
        sa.Column("report_id", sa.Integer(), nullable=False, comment="report that it prints"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version that prints it"),
        sa.Column("relation", sa.Text(), nullable=False, comment="original, reprint, excerpt or mirror"),
        sa.Column(
            "similarity", sa.Double(), nullable=False, comment="0–1: likeness to the report's original"
        ),
        sa.Column("exact", sa.Text(), nullable=False, comment="SHA-256 of the folded text"),
        sa.Column("length", sa.Integer(), nullable=False, comment="characters of the folded text"),
        sa.PrimaryKeyConstraint("id", name="pk_copy"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_copy_report_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_copy_version_id"),
        sa.UniqueConstraint("version_id", name="uq_copy_version_id"),
        comment="A version that prints a report",
    )
    op.create_index("ix_copy_exact", "copy", ["exact"])
    op.create_index("ix_copy_report_id", "copy", ["report_id"])


def _copy_key() -> None:
    op.create_table(
        "copy_key",
        sa.Column("copy_id", sa.Integer(), comment="copy that has the key"),
        sa.Column("key", sa.BigInteger(), autoincrement=False, comment="hash of a band or a paragraph"),
        sa.PrimaryKeyConstraint("copy_id", "key", name="pk_copy_key"),
        sa.ForeignKeyConstraint(["copy_id"], ["copy.id"], name="fk_copy_key_copy_id"),
        comment="Keys of likeness: copies that share one are compared",
    )
    op.create_index("ix_copy_key_key", "copy_key", ["key"])


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), comment="number of the meeting"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version that reports it"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="1 for the first meeting of the text, then 2, 3 …"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="name as written"),
        sa.Column("ordinal", sa.Integer(), comment="N of 第N次会议"),
        sa.Column("kind", sa.Text(), comment="kind, e.g. 常务会议"),
        sa.Column("date", sa.Date(), comment="day of the meeting; NULL rather than a guess"),
        sa.Column("date_rule", sa.Text(), comment="what told the day"),
        sa.Column(
            "level", sa.Text(), comment="central, province, prefecture, county, township or organization"
        ),
        sa.Column("region", sa.Text(), comment="region, e.g. 湖南省/邵阳市/洞口县"),
        sa.Column("region_code", sa.Text(), comment="its official code (GB/T 2260)"),
        sa.Column(
            "format", sa.Text(), nullable=False, comment="in_person, video, teleconference, mixed or unknown"
        ),
        sa.Column("venue", sa.Text(), comment="place as written"),
        sa.Column("organiser", sa.Text(), comment="body that held it"),
        sa.Column("follows", sa.Integer(), comment="number of the upper meeting that it follows up"),
        sa.Column("start", sa.Integer(), comment="first character in the body"),
        sa.Column("end", sa.Integer(), comment="character after the last in the body"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_meeting_version_id"),
        comment="A meeting that a version reports",
    )
    op.create_index("ix_meeting_date", "meeting", ["date"])
    op.create_index("ix_meeting_region", "meeting", ["region"])
    op.create_index("ix_meeting_region_code", "meeting", ["region_code"])
    op.create_index("ix_meeting_version_id", "meeting", ["version_id"])


def _person_role() -> None:
    op.create_table(
        "person_role",
        sa.Column("id", sa.Integer(), comment="number of the row"),
        sa.Column("meeting_id", sa.Integer(), nullable=False, comment="meeting"),
        sa.Column("role", sa.Text(), nullable=False, comment="host, speaker, attendee or absent"),
        sa.Column("name", sa.Text(), nullable=False, comment="name"),
        sa.Column("title", sa.Text(), comment="post as written"),
        sa.Column("start", sa.Integer(), nullable=False, comment="first character of the name in the body"),
        sa.Column("end", sa.Integer(), nullable=False, comment="character after the name in the body"),
        sa.Column("rule", sa.Text(), nullable=False, comment="name of the rule that found it"),
        sa.PrimaryKeyConstraint("id", name="pk_person_role"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_person_role_meeting_id"),
        comment="A person in a role at a meeting",
    )
    op.create_index("ix_person_role_meeting_id", "person_role", ["meeting_id"])
    op.create_index("ix_person_role_name", "person_role", ["name"])


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), comment="number of the statement"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version that reports it"),
        sa.Column("meeting_id", sa.Integer(), comment="meeting"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="1 for the first statement of the text, then 2, 3 …",
        ),
        sa.Column("speaker", sa.Text(), nullable=False, comment="name, or 会议"),
        sa.Column("verb", sa.Text(), nullable=False, comment="verb as written: 强调, 指出, 要求 …"),
        sa.Column("text", sa.Text(), nullable=False, comment="what was said"),
        sa.Column("start", sa.Integer(), nullable=False, comment="first character in the body"),
        sa.Column("end", sa.Integer(), nullable=False, comment="character after the last in the body"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_statement_meeting_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_statement_version_id"),
        comment="What was said at a meeting, and by whom",
    )
    op.create_index("ix_statement_meeting_id", "statement", ["meeting_id"])
    op.create_index("ix_statement_speaker", "statement", ["speaker"])
    op.create_index("ix_statement_version_id", "statement", ["version_id"])


def _point() -> None:
    op.create_table(
        "point",
        sa.Column("id", sa.Integer(), comment="number of the row"),
        sa.Column("statement_id", sa.Integer(), nullable=False, comment="statement"),
        sa.Column("number", sa.Integer(), nullable=False, comment="number as written, from 1"),
        sa.Column("text", sa.Text(), nullable=False, comment="text of the point"),
        sa.Column("start", sa.Integer(), nullable=False, comment="first character in the body"),
        sa.Column("end", sa.Integer(), nullable=False, comment="character after the last in the body"),
        sa.PrimaryKeyConstraint("id", name="pk_point"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_point_statement_id"),
        comment="A numbered point of a statement (一要…, 二要…)",
    )
    op.create_index("ix_point_statement_id", "point", ["statement_id"])


def _document_ref() -> None:
    op.create_table(
        "document_ref",
        sa.Column("id", sa.Integer(), comment="number of the row"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version that names it"),
        sa.Column("name", sa.Text(), nullable=False, comment="title or number as written"),
        sa.PrimaryKeyConstraint("id", name="pk_document_ref"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_document_ref_version_id"),
        comment="A document that a version names: 《…》 or a document number",
    )
    op.create_index("ix_document_ref_name", "document_ref", ["name"])
    op.create_index("ix_document_ref_version_id", "document_ref", ["version_id"])


def _term() -> None:
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), comment="number of the row"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version that uses it"),
        sa.Column("name", sa.Text(), nullable=False, comment="the phrase"),
        sa.PrimaryKeyConstraint("id", name="pk_term"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_term_version_id"),
        comment="A set phrase that a version uses",
    )
    op.create_index("ix_term_name", "term", ["name"])
    op.create_index("ix_term_version_id", "term", ["version_id"])


def upgrade() -> None:
    _report()
    _copy()
    _copy_key()
    _meeting()
    _person_role()
    _statement()
    _point()
    _document_ref()
    _term()


def downgrade() -> None:
    for table in (
        "term",
        "document_ref",
        "point",
        "statement",
        "person_role",
        "meeting",
        "copy_key",
        "copy",
        "report",
    ):
        op.drop_table(table)
