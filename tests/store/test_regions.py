"""The official regions as rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from crawler.database import writing
from crawler.database.readonly import ask
from pipelines.extract.regions.gazetteer import gazetteer
from pipelines.store import load_regions


def load(engine: Engine) -> int:
    with writing(engine) as session:
        return load_regions(session)


def test_filled_once(engine: Engine) -> None:
    names = {(place.code, place.name) for places in gazetteer().by_code.values() for place in places}
    assert load(engine) == len(names)
    assert load(engine) == 0


def test_levels_and_parents(engine: Engine) -> None:
    load(engine)
    query = """SELECT c.name, c.level, p.name, g.name FROM region c
        JOIN region p ON p.adcode = c.parent AND p.valid_to IS NULL
        JOIN region g ON g.adcode = p.parent AND g.valid_to IS NULL
        WHERE c.name = '洞口县' AND c.valid_to IS NULL"""
    assert ask(engine, query).rows == (("洞口县", "county", "邵阳市", "湖南省"),)
    assert (
        ask(engine, "SELECT count(*) FROM region WHERE level = 'province' AND parent IS NULL").rows[0][0]
        >= 31
    )


def test_names_of_older_years(engine: Engine) -> None:
    load(engine)
    (row,) = ask(engine, "SELECT valid_to FROM region WHERE name = '襄樊市'").rows
    assert str(row[0]) < str(date(2012, 1, 1))
