"""The facts of a version: meetings, who took part, who said what, which documents were named."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from crawler.database.columns import Base, Label


class Meeting(Base):
    """One meeting that a version reports."""

    __tablename__ = "meeting"
    __table_args__ = ({"comment": "A meeting that a version reports"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the meeting")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), index=True, comment="version that reports it"
    )
    number: Mapped[int] = mapped_column(comment="1 for the first meeting of the text, then 2, 3 …")
    name: Mapped[str] = mapped_column(comment="name as written")
    normalised: Mapped[str] = mapped_column(
        server_default="", comment="name for searches and joins: simplified, without blanks or a verb inside"
    )
    ordinal: Mapped[int | None] = mapped_column(comment="N of 第N次会议")
    kind: Mapped[str | None] = mapped_column(comment="kind, e.g. 常务会议")
    date: Mapped[date | None] = mapped_column(
        index=True, comment="day of the meeting; NULL rather than a guess"
    )
    date_rule: Mapped[str | None] = mapped_column(comment="what told the day")
    level: Mapped[str | None] = mapped_column(
        comment="central, province, prefecture, county, township or organization"
    )
    region: Mapped[str | None] = mapped_column(Label, index=True, comment="region, e.g. 湖南省/邵阳市/洞口县")
    region_code: Mapped[str | None] = mapped_column(
        Label, index=True, comment="its official code (GB/T 2260)"
    )
    format: Mapped[str] = mapped_column(comment="in_person, video, teleconference, mixed or unknown")
    venue: Mapped[str | None] = mapped_column(comment="place as written")
    organiser: Mapped[str | None] = mapped_column(comment="body that held it")
    organiser_normalised: Mapped[str | None] = mapped_column(
        comment="body that held it, simplified, without blanks"
    )
    follows: Mapped[int | None] = mapped_column(comment="number of the upper meeting that it follows up")
    start: Mapped[int | None] = mapped_column(comment="first character in the body")
    end: Mapped[int | None] = mapped_column(comment="character after the last in the body")


class PersonRole(Base):
    """One person in one role at a meeting."""

    __tablename__ = "person_role"
    __table_args__ = ({"comment": "A person in a role at a meeting"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the row")
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True, comment="meeting")
    role: Mapped[str] = mapped_column(Label, comment="host, speaker, attendee or absent")
    name: Mapped[str] = mapped_column(Label, index=True, comment="name")
    normalised: Mapped[str] = mapped_column(
        Label,
        index=True,
        server_default="",
        comment="name for searches and joins: simplified, without blanks",
    )
    title: Mapped[str | None] = mapped_column(comment="post as written")
    title_normalised: Mapped[str | None] = mapped_column(comment="post, simplified, without blanks")
    start: Mapped[int | None] = mapped_column(
        comment="first character of the name in the body, none when the headline alone has it"
    )
    end: Mapped[int | None] = mapped_column(comment="character after the name in the body")
    rule: Mapped[str] = mapped_column(comment="name of the rule that found it")


class Statement(Base):
    """What someone, or the meeting, said."""

    __tablename__ = "statement"
    __table_args__ = ({"comment": "What was said at a meeting, and by whom"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the statement")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), index=True, comment="version that reports it"
    )
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True, comment="meeting")
    number: Mapped[int] = mapped_column(comment="1 for the first statement of the text, then 2, 3 …")
    speaker: Mapped[str] = mapped_column(Label, index=True, comment="name, or 会议")
    speaker_normalised: Mapped[str] = mapped_column(
        Label, index=True, server_default="", comment="speaker for searches and joins, as in person_role"
    )
    verb: Mapped[str] = mapped_column(comment="verb as written: 强调, 指出, 要求 …")
    text: Mapped[str] = mapped_column(comment="what was said")
    start: Mapped[int] = mapped_column(comment="first character in the body")
    end: Mapped[int] = mapped_column(comment="character after the last in the body")


class Point(Base):
    """One numbered point of a statement."""

    __tablename__ = "point"
    __table_args__ = ({"comment": "A numbered point of a statement (一要…, 二要…)"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the row")
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True, comment="statement")
    number: Mapped[int] = mapped_column(comment="number as written, from 1")
    text: Mapped[str] = mapped_column(comment="text of the point")
    start: Mapped[int] = mapped_column(comment="first character in the body")
    end: Mapped[int] = mapped_column(comment="character after the last in the body")


class DocumentRef(Base):
    """A document that the text names."""

    __tablename__ = "document_ref"
    __table_args__ = ({"comment": "A document that a version names: 《…》 or a document number"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the row")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), index=True, comment="version that names it"
    )
    name: Mapped[str] = mapped_column(Label, index=True, comment="title or number as written")


class Term(Base):
    """A set phrase of official language that the text uses."""

    __tablename__ = "term"
    __table_args__ = ({"comment": "A set phrase that a version uses"},)

    id: Mapped[int] = mapped_column(primary_key=True, comment="number of the row")
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id"), index=True, comment="version that uses it"
    )
    name: Mapped[str] = mapped_column(Label, index=True, comment="the phrase")
