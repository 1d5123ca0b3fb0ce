"""Alembic's entry: runs inside the caller's transaction, so that a failed step leaves nothing behind."""

from alembic import context

from crawler.database.tables import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
