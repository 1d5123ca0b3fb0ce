"""Which place a meeting belongs to: the gazetteer of GB/T 2260 codes, and the choice among its names."""

from pipelines.extract.regions.resolve import Region, home_of, kind_of, resolve_region

__all__ = ["Region", "home_of", "kind_of", "resolve_region"]
