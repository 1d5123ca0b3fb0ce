"""Who gave a speech may be named in its headline alone: then the name has no place in the body."""

import sqlalchemy as sa
from alembic import op

from migrations.views import views

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_PLACES = {
    "start": "first character of the name in the body, none when the headline alone has it",
    "end": "character after the name in the body",
}


def upgrade() -> None:
    _alter(nullable=True, comments=_PLACES)


def downgrade() -> None:
    """The older schema wants a place: an empty one, at the beginning of the body."""
    people = sa.table("person_role", sa.column("start"), sa.column("end"))
    op.execute(sa.update(people).where(people.c.start.is_(None)).values(start=0, end=0))
    _alter(nullable=False, comments=_PLACES | {"start": "first character of the name in the body"})


def _alter(*, nullable: bool, comments: dict[str, str]) -> None:
    """SQLite makes the table anew, which no view may look at meanwhile."""
    standing = views(down_revision)
    for view in standing:
        op.execute(f"DROP VIEW {view.name}")
    with op.batch_alter_table("person_role") as table:
        for column, comment in comments.items():
            table.alter_column(column, existing_type=sa.Integer(), nullable=nullable, comment=comment)
    for view in standing:
        for statement in view.statements(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
