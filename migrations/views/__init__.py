"""Views as files: one folder a revision, with the views it made or changed, one file a view, its comments as
the file's first lines.

The text is the same for both databases, but for the name of one function.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class View:
    """A view: its comment, the comment of each column in order, its query."""

    name: str
    comment: str
    columns: dict[str, str]
    query: str

    def statements(self, dialect: str) -> list[str]:
        """What makes the view on a database; its comments too, where the database keeps comments."""
        made = f"CREATE VIEW {self.name} AS {self.query}"
        if dialect == "sqlite":
            return [made]
        notes = [f"COMMENT ON VIEW {self.name} IS {_quoted(self.comment)}"]
        notes += [
            f'COMMENT ON COLUMN {self.name}."{column}" IS {_quoted(comment)}'
            for column, comment in self.columns.items()
        ]
        return [made.replace("group_concat(", "string_agg("), *notes]


def views(revision: str) -> list[View]:
    """The views as they were at a revision, by name."""
    paths = {path.name: path for path in sorted(_FOLDER.glob("[0-9]*/*.sql")) if path.parent.name <= revision}
    return [_read(paths[name]) for name in sorted(paths)]


def changed(revision: str) -> list[View]:
    """The views that a revision made or changed, by name."""
    return [_read(path) for path in sorted((_FOLDER / revision).glob("*.sql"))]


def latest() -> list[View]:
    """The views as they are now."""
    return views(max(path.name for path in _FOLDER.iterdir() if path.name.isdigit()))


def _read(path: Path) -> View:
    lines = path.read_text(encoding="utf-8").splitlines()
    remarks = [line[3:] for line in lines if line.startswith("-- ")]
    columns = dict(remark.split(": ", 1) for remark in remarks[1:])
    query = "\n".join(line for line in lines if not line.startswith("-- "))
    return View(path.stem, remarks[0], columns, query)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
