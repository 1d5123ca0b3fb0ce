"""The database: engine and transactions, tables, migrations, views."""

from crawler.database.engine import connect, reading, writing
from crawler.database.schema import check, downgrade, upgrade

__all__ = ["check", "connect", "downgrade", "reading", "upgrade", "writing"]
