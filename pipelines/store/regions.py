"""The official list of regions as rows, for questions that join by code."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.database.tables import Region
from crawler.database.upsert import insert_unseen
from pipelines.extract.regions.gazetteer import FOREVER, Place, gazetteer, parent_of


def load_regions(session: Session) -> int:
    """Fill the table ``region`` from the gazetteer (provinces, prefectures, counties); gives the new rows.

    A table that holds all of it already is only looked at.
    """
    places = [place for names in gazetteer().by_code.values() for place in names]
    known = {(code, name) for code, name in session.execute(select(Region.adcode, Region.name))}
    rows = [_row(place) for place in places if (place.code, place.name) not in known]
    return insert_unseen(session, Region, rows, ("adcode", "name"))


def _row(place: Place) -> dict[str, object]:
    parent = parent_of(place)
    return {
        "adcode": place.code,
        "name": place.name,
        "level": place.level,
        "parent": parent.code if parent else None,
        "valid_from": date(place.since, 1, 1) if place.since else None,
        "valid_to": date(place.until, 12, 31) if place.until != FOREVER else None,
    }
