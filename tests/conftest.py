"""Databases for tests: each test gets its own, on SQLite and on PostgreSQL, built by the migrations."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import postgres_server
import pytest
from sqlalchemy import URL, Engine

from crawler.database import connect, upgrade

ENGINES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """One PostgreSQL server for the session."""
    with postgres_server.server() as base:
        yield base


@pytest.fixture(scope="session")
def migrated_database(postgres: URL) -> Iterator[str]:
    """One PostgreSQL database built by the migrations, emptied after each test."""
    with postgres_server.database(postgres, f"huixun_test_{os.getpid()}") as url:
        upgrade(url)
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SQLite file built by the migrations, to copy."""
    path = tmp_path_factory.mktemp("template") / "huixun.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database with the newest schema, which the test leaves alone; once per engine."""
    if request.param == "sqlite":
        path = tmp_path / "huixun.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    url = request.getfixturevalue("migrated_database")
    yield url
    postgres_server.empty(url)


@pytest.fixture(params=ENGINES)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without any table; the test runs once per engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    base = request.getfixturevalue("postgres")
    with postgres_server.database(base, f"huixun_bare_{os.getpid()}_{next(_numbers)}") as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on ``database_url``, closed at the end."""
    engine = connect(database_url)
    yield engine
    engine.dispose()
