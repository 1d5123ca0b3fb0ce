"""Match: which texts are the same report, and how each copy relates to the original."""

from pipelines.match.compare import Likeness, compare
from pipelines.match.fingerprint import Fingerprint, fingerprint
from pipelines.match.relate import CopyFacts, Relation, choose_best, relate

__all__ = [
    "CopyFacts",
    "Fingerprint",
    "Likeness",
    "Relation",
    "choose_best",
    "compare",
    "fingerprint",
    "relate",
]
