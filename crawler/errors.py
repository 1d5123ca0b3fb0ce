"""The tree of exceptions. Each message names the thing (site, page, file) and says what to do."""


class HuixunError(Exception):
    """Anything that a user can be told in one line; the command line prints it and exits with 1."""


class SiteError(HuixunError):
    """A site file is missing or wrong."""


class DatabaseError(HuixunError):
    """The database cannot be reached, or its schema is not the code's."""


class FetchError(HuixunError):
    """A page could not be fetched."""


class Refused(FetchError):
    """A page that a crawl must not have; ``reason`` is the name of the rule, for its rejection."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ForbiddenAddress(Refused):
    """The address is one that a crawl must never ask (private network, other scheme)."""

    def __init__(self, detail: str) -> None:
        super().__init__("forbidden_address", detail)


class ArchiveError(HuixunError):
    """A WARC file cannot be written or read back."""


class UsageError(HuixunError):
    """The command was called wrongly; the command line exits with 2."""
