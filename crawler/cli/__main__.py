"""``python -m crawler.cli``: the same as ``huixun``."""

from crawler.cli import main

main()
