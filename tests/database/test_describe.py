"""The schema in words is the schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.database import describe
from crawler.database.queries import named_queries
from crawler.database.tables import Base
from migrations.views import latest, views

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schema.md"


def test_the_file_is_up_to_date() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == describe.describe(), "python -m crawler.database.describe"


def test_everything_is_in_it() -> None:
    words = describe.describe()
    names = [*Base.metadata.tables, *(view.name for view in latest())]
    assert [name for name in names if f"### {name}\n" not in words] == []
    assert [name for name in named_queries() if f"`{name}`" not in words] == []
    assert "page ||--o{ version : page_id" in words
    assert "fetch ||--o| rejection : fetch_id" in words


def test_main_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["describe", str(tmp_path / "schema.md")])
    describe.main()
    assert (tmp_path / "schema.md").read_text(encoding="utf-8") == describe.describe()


def test_nine_views() -> None:
    assert {view.name for view in latest()} >= {
        "v_reports",
        "v_attendance",
        "v_statements",
        "v_reprints",
        "v_rejections",
        "v_failed_pages",
        "v_runs",
        "v_site_health",
        "v_meetings_by_region_month",
    }
    assert views("0005")
