"""Extract: the facts of a clean article, each with its place in the body and the rule that found it."""

from pipelines.extract.report import extract
from pipelines.extract.written import as_written

__all__ = ["as_written", "extract"]
