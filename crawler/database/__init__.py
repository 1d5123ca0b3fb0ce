"""The database: engine and transactions, tables, migrations, views."""

from crawler.database.engine import connect, reading, writing
from crawler.database.schema import check, connect_checked, downgrade, upgrade

__all__ = ["check", "connect", "connect_checked", "downgrade", "reading", "upgrade", "writing"]
