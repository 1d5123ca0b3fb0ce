"""The demo: a small invented web on loopback, and the crawl that shows what Huixun does with it.

All people, meetings and media in it are invented; the places are real, because finding the place is
part of the show.
"""
