"""What a user may set from outside: environment variables ``HUIXUN_…``, read once, never changed."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from crawler.errors import UsageError
from crawler.sites import SITES_FOLDER


def code_version() -> str:
    """Version of the installed package; ``0`` when it runs from a folder that was never installed."""
    try:
        return version("huixun")
    except PackageNotFoundError:
        return "0"


class Settings(BaseSettings):
    """All settings; each is the environment variable of its name after ``HUIXUN_``."""

    model_config = SettingsConfigDict(env_prefix="HUIXUN_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("data"), description="folder of the database file and the archive")
    database_url: str = Field(
        default_factory=lambda known: f"sqlite:///{known.get('data', Path('data')) / 'huixun.db'}",
        description="sqlite:///<file> or postgresql://<user>@<host>/<name>",
    )
    sites: Path = Field(default=SITES_FOLDER, description="folder of the site files")
    lease_seconds: int = Field(
        default=300, ge=10, description="how long a page belongs to a run that gives no sign"
    )
    processes: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="processes that judge pages"
    )
    contact: str = Field(
        default="no contact given", description="address or web page of the operator, told to sites"
    )

    @property
    def archive(self) -> Path:
        """Folder of the WARC files."""
        return self.data / "warc"

    @property
    def user_agent(self) -> str:
        """The name that the crawler gives to sites: what it is, and whom to ask."""
        return f"Huixun/{code_version()} (+{self.contact})"


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises UsageError naming the variable and what is wrong with its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = (f"HUIXUN_{'.'.join(map(str, f['loc'])).upper()}: {f['msg']}" for f in error.errors())
        raise UsageError("; ".join(faults)) from error
