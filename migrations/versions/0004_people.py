"""What people decide: corrections and schedules."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), comment="number of the correction; the latest counts"),
        sa.Column("page_id", sa.Integer(), nullable=False, comment="page"),
        sa.Column(
            "field", sa.Text(), nullable=False, comment="fact, e.g. title, published_at, meeting.1.date"
        ),
        sa.Column("before", sa.Text(), comment="value that was read"),
        sa.Column("after", sa.Text(), comment="value that is right; NULL: there is none"),
        sa.Column("author", sa.Text(), nullable=False, comment="who says so"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why, or where it can be seen"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False, comment="when it was made (UTC)"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_correction_page_id"),
        comment="A person's fix; every later reading of the page obeys it",
    )
    op.create_index("ix_correction_page_id", "correction", ["page_id"])


def _schedule() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), comment="number of the job"),
        sa.Column("name", sa.Text(), nullable=False, comment="name that a person gave it"),
        sa.Column(
            "cron",
            sa.Text(),
            nullable=False,
            comment="five fields: minute hour day month weekday, China time",
        ),
        sa.Column(
            "arguments", sa.JSON(), nullable=False, comment="what follows huixun, e.g. crawl --type portal"
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, comment="when it was added (UTC)"
        ),
        sa.Column("next_run", sa.DateTime(timezone=True), nullable=False, comment="next start (UTC)"),
        sa.Column("last_claimed_at", sa.DateTime(timezone=True), comment="last start (UTC)"),
        sa.Column("last_claimed_by", sa.Text(), comment="machine and process that started it"),
        sa.Column(
            "last_missed", sa.Integer(), nullable=False, comment="earlier starts folded into the last one"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_schedule"),
        sa.UniqueConstraint("name", name="uq_schedule_name"),
        comment="A job that starts by itself",
    )
    op.create_index("ix_schedule_next_run", "schedule", ["next_run"])


def upgrade() -> None:
    _correction()
    _schedule()


def downgrade() -> None:
    for table in ("schedule", "correction"):
        op.drop_table(table)
