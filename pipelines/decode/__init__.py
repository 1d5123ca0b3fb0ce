"""Decode: from the bytes of a page to its text, whatever header and page say of their encoding."""

from pipelines.decode.procedure import decode

__all__ = ["decode"]
