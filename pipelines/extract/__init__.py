"""Extract: the facts of a clean article, each with its place in the body and the rule that found it."""

from pipelines.extract.report import extract

__all__ = ["extract"]
