"""Finding pages: what a list page holds, how it goes on, and one spider for each kind of site."""
