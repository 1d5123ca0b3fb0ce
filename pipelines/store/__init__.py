"""Store: one page, one transaction: its version, its facts, its place among the copies, its outcome."""

from pipelines.store.corrections import correct
from pipelines.store.regions import load_regions
from pipelines.store.reread import Archived, Reread, archived, reread
from pipelines.store.save import SINGLE, save
from pipelines.store.store import store

__all__ = ["SINGLE", "Archived", "Reread", "archived", "correct", "load_regions", "reread", "save", "store"]
