"""Views for people who write SQL."""

from alembic import op

from migrations.views import views

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for view in views(revision):
        for statement in view.statements(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for view in views(revision):
        op.execute(f"DROP VIEW {view.name}")
