"""Versions of pages, with what was cut and repaired."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), comment="number of the version"),
        sa.Column("page_id", sa.Integer(), nullable=False, comment="page that said it"),
        sa.Column("fetch_id", sa.Integer(), nullable=False, comment="fetch that brought it"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="1 for the page's first version, then 2, 3 …"
        ),
        sa.Column(
            "stored_at", sa.DateTime(timezone=True), nullable=False, comment="when it was stored (UTC)"
        ),
        sa.Column(
            "read_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when its facts were last extracted (UTC)",
        ),
        sa.Column("code_version", sa.Text(), nullable=False, comment="version of the code that read it"),
        sa.Column(
            "text_sha256",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of title and body: differs between versions",
        ),
        sa.Column(
            "facts_sha256",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of all that was read: differs between readings",
        ),
        sa.Column("site_type", sa.Text(), comment="portal, docshare or aggregator, as the page looks"),
        sa.Column("title", sa.Text(), comment="headline"),
        sa.Column(
            "body", sa.Text(), nullable=False, comment="paragraphs, one a line; every position counts in it"
        ),
        sa.Column("body_as_found", sa.Text(), nullable=False, comment="the body before repairs"),
        sa.Column("published_at", sa.DateTime(), comment="publication as printed, China time"),
        sa.Column("published_precision", sa.Text(), comment="day, minute or second"),
        sa.Column("source", sa.Text(), comment="source as printed"),
        sa.Column("reporters", sa.Text(), comment="reporters, joined by 、"),
        sa.Column("editors", sa.Text(), comment="editors, joined by 、"),
        sa.Column("encoding", sa.Text(), nullable=False, comment="encoding of the bytes"),
        sa.Column(
            "script",
            sa.Text(),
            nullable=False,
            comment="simplified, traditional, or mirror (damaged by a mirror)",
        ),
        sa.Column("genre", sa.Text(), nullable=False, comment="report, speech, minutes, notice or other"),
        sa.Column("is_meeting_report", sa.Boolean(), nullable=False, comment="whether it reports a meeting"),
        sa.Column("truncated", sa.Boolean(), nullable=False, comment="whether the text ends before its end"),
        sa.Column("quality", sa.Double(), nullable=False, comment="0–1; what lowered it stands in evidence"),
        sa.Column("document_id", sa.Text(), comment="number at the document-sharing site"),
        sa.Column("document_format", sa.Text(), comment="format at the document-sharing site"),
        sa.Column("document_pages", sa.Integer(), comment="pages of the document"),
        sa.Column("document_size", sa.Text(), comment="size as printed"),
        sa.Column("uploader", sa.Text(), comment="who uploaded the document"),
        sa.Column(
            "evidence",
            sa.JSON(),
            nullable=False,
            comment="choices made on the way: step, subject, value, rule, place, score, chosen",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name="fk_version_fetch_id"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_version_page_id"),
        sa.UniqueConstraint("page_id", "number", name="uq_version_page_id_number"),
        comment="One state of a page's article, with how it was read",
    )
    op.create_index("ix_version_fetch_id", "version", ["fetch_id"])
    op.create_index("ix_version_published_at", "version", ["published_at"])


def _cut() -> None:
    op.create_table(
        "cut",
        sa.Column("id", sa.Integer(), comment="number of the cut"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version it was cut from"),
        sa.Column("rule", sa.Text(), nullable=False, comment="name of the rule"),
        sa.Column("text", sa.Text(), nullable=False, comment="text that was taken out"),
        sa.Column("place", sa.Text(), nullable=False, comment="where it stood in the page"),
        sa.PrimaryKeyConstraint("id", name="pk_cut"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_cut_version_id"),
        comment="Text that was taken out, with the rule",
    )
    op.create_index("ix_cut_rule", "cut", ["rule"])
    op.create_index("ix_cut_version_id", "cut", ["version_id"])


def _repair() -> None:
    op.create_table(
        "repair",
        sa.Column("id", sa.Integer(), comment="number of the repair"),
        sa.Column("version_id", sa.Integer(), nullable=False, comment="version it was made in"),
        sa.Column("rule", sa.Text(), nullable=False, comment="name of the rule"),
        sa.Column(
            "start",
            sa.Integer(),
            nullable=False,
            comment="place in the body when located, else in the page's text",
        ),
        sa.Column("before", sa.Text(), nullable=False, comment="text as found"),
        sa.Column("after", sa.Text(), nullable=False, comment="text as repaired"),
        sa.Column("certainty", sa.Double(), nullable=False, comment="0–1: how far ahead of the runner-up"),
        sa.Column("located", sa.Boolean(), nullable=False, comment="whether start counts in the body"),
        sa.PrimaryKeyConstraint("id", name="pk_repair"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_repair_version_id"),
        comment="Text that was changed, with the rule",
    )
    op.create_index("ix_repair_rule", "repair", ["rule"])
    op.create_index("ix_repair_version_id", "repair", ["version_id"])


def upgrade() -> None:
    _version()
    _cut()
    _repair()


def downgrade() -> None:
    for table in ("repair", "cut", "version"):
        op.drop_table(table)
