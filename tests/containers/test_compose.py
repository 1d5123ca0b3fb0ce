"""The container files say what the README says: services, pinned images, health checks, volumes, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PINNED = re.compile(r"^[\w./-]+:\d+\.\d+[\w.-]*$")


def test_services():
    assert set(COMPOSE["services"]) == {"database", "migrate", "scheduler", "huixun"}


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_image_is_pinned(name):
    assert PINNED.match(COMPOSE["services"][name]["image"])


def test_the_base_image_is_pinned():
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    assert bases
    assert all(PINNED.match(base) for base in bases)


@pytest.mark.parametrize("name", ["database", "scheduler"])
def test_long_running_services_are_watched_and_restarted(name):
    service = COMPOSE["services"][name]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["restart"] == "unless-stopped"


def test_nothing_starts_before_the_schema_is_up_to_date():
    for name in ("scheduler", "huixun"):
        assert (
            COMPOSE["services"][name]["depends_on"]["migrate"]["condition"]
            == "service_completed_successfully"
        )
    assert COMPOSE["services"]["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"


def test_data_outlives_the_containers():
    used = {
        v.split(":")[0]
        for s in COMPOSE["services"].values()
        for v in s.get("volumes", [])
        if not v.startswith(".")
    }
    assert used == set(COMPOSE["volumes"])


def test_no_password_is_written_down():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"PASSWORD: (.*)", text) == ["${HUIXUN_DB_PASSWORD:?set HUIXUN_DB_PASSWORD in .env}"]


@pytest.mark.parametrize("command", [["db", "upgrade"], ["schedule", "run"]])
def test_the_commands_are_those_of_the_readme(command):
    assert command in [s.get("command") for s in COMPOSE["services"].values()]
    assert f"huixun {' '.join(command)}" in README


def test_the_image_installs_the_locked_versions_and_is_not_root():
    assert "pip install --no-cache-dir -r requirements.lock" in DOCKERFILE
    assert re.search(r"^USER (?!root)", DOCKERFILE, re.M)


def test_the_lock_names_versions_and_nothing_else():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[\w.+!-]+", line) for line in lines)
