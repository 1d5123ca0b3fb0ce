"""Which place a meeting belongs to: the gazetteer of GB/T 2260 codes, and the choice among its names."""

from pipelines.extract.regions.region import Region, as_of
from pipelines.extract.regions.resolve import home_of, kind_of, resolve_region
from pipelines.extract.regions.told import Told

__all__ = ["Region", "Told", "as_of", "home_of", "kind_of", "resolve_region"]
