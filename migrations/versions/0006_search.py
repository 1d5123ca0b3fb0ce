"""The index of character pairs, each database's own kind; what is stored already is indexed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from crawler.database.search import index

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_term USING fts5 (pairs, content='', detail=none, tokenize='ascii')"
        )
    else:
        op.create_table(
            "search_term",
            sa.Column("version_id", sa.Integer(), comment="version"),
            sa.Column("pairs", sa.ARRAY(sa.Text()), nullable=False, comment="its pairs of characters"),
            sa.PrimaryKeyConstraint("version_id", name="pk_search_term"),
            sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_search_term_version_id"),
            comment="Pairs of neighbouring characters of each version: the index of the search",
        )
        op.create_index("ix_search_term_pairs", "search_term", ["pairs"], postgresql_using="gin")
    _index_all(op.get_bind())


def downgrade() -> None:
    op.drop_table("search_term")


def _index_all(connection: sa.Connection) -> None:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        for number, title, body in connection.execute(sa.text("SELECT id, title, body FROM version")).all():
            index(session, number, title, body)
