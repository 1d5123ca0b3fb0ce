"""Names for searches and joins beside names as written, in the tables of facts and in the views."""

import sqlalchemy as sa
from alembic import op

from migrations.views import View, changed, views
from pipelines.extract.naming import normalise_name
from pipelines.spelling import normalised

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_INDEXED = (("person_role", "normalised"), ("statement", "speaker_normalised"))
_NAMES = (
    ("person_role", "name", "normalised"),
    ("person_role", "title", "title_normalised"),
    ("statement", "speaker", "speaker_normalised"),
    ("meeting", "name", "normalised"),
    ("meeting", "organiser", "organiser_normalised"),
)
_OF_TRADITIONAL = {
    "person_role": "meeting_id IN (SELECT id FROM meeting WHERE version_id IN ({versions}))",
    "statement": "version_id IN ({versions})",
    "meeting": "version_id IN ({versions})",
}


def upgrade() -> None:
    _drop_views()
    _add_columns()
    _fill()
    _make_views(changed(revision))


def downgrade() -> None:
    _drop_views()
    for table, column in _INDEXED:
        op.drop_index(f"ix_{table}_{column}", table)
    for table, _, column in _NAMES:
        op.drop_column(table, column)
    names = {view.name for view in changed(revision)}
    _make_views([view for view in views(down_revision) if view.name in names])


def _add_columns() -> None:
    key = "name for searches and joins: simplified, without blanks"
    op.add_column("person_role", _required("normalised", key))
    op.add_column(
        "person_role", sa.Column("title_normalised", sa.Text(), comment="post, simplified, without blanks")
    )
    op.add_column(
        "statement", _required("speaker_normalised", "speaker for searches and joins, as in person_role")
    )
    op.add_column("meeting", _required("normalised", f"{key} or a verb inside"))
    op.add_column(
        "meeting",
        sa.Column("organiser_normalised", sa.Text(), comment="body that held it, simplified, without blanks"),
    )
    for table, column in _INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _required(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment)


def _fill() -> None:
    """Names that are stored: without blanks; of traditional pages simplified; without the verb inside."""
    connection = op.get_bind()
    for name, written, column in _NAMES:
        rows = sa.table(name, sa.column("id"), sa.column(written), sa.column(column))
        plain = sa.func.replace(sa.func.replace(rows.c[written], " ", ""), "\u3000", "")
        connection.execute(sa.update(rows).values({column: plain}))
        versions = "SELECT id FROM version WHERE script = 'traditional'"
        old = sa.select(rows.c.id, rows.c[written]).where(
            sa.text(_OF_TRADITIONAL[name].format(versions=versions)), rows.c[written].is_not(None)
        )
        for number, word in connection.execute(old).all():
            change = sa.update(rows).where(rows.c.id == number)
            connection.execute(change.values({column: normalised(word)}))
    _take_verbs_out(connection)


def _take_verbs_out(connection: sa.Connection) -> None:
    """A name that its verb splits (县委常委会召开第三次会议), read as ``extract`` does."""
    meeting = sa.table("meeting", *map(sa.column, ("id", "normalised", "organiser_normalised")))
    split = sa.select(meeting).where(meeting.c.normalised.startswith(meeting.c.organiser_normalised))
    for number, name, organiser in connection.execute(split).all():
        change = sa.update(meeting).where(meeting.c.id == number)
        connection.execute(change.values(normalised=normalise_name(name, organiser)))


def _drop_views() -> None:
    for view in changed(revision):
        op.execute(f"DROP VIEW {view.name}")


def _make_views(made: list[View]) -> None:
    for view in made:
        for statement in view.statements(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
