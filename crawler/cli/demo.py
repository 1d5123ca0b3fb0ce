"""``huixun demo``: the main job on sample sites that this machine serves to itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from crawler.cli import output
from crawler.cli.crawl import run_and_show
from crawler.cli.sql import expand, print_answer
from crawler.config import Settings
from crawler.database import connect
from crawler.database.readonly import ask
from crawler.demo.web import FIRST_PORT, SITES_FOLDER, demo_sites, serve
from crawler.events import RunResult
from crawler.outcomes import Outcome

_ROWS = 6  # of each answer
_QUESTIONS = {
    "Which meetings were reported last, and by how many pages?": (
        "SELECT date, region, meeting, hosts, copies FROM v_reports ORDER BY date DESC"
    ),
    "Who spoke most often?": (
        "SELECT person, title, region, COUNT(*) AS meetings FROM v_attendance WHERE role = 'speaker' "
        "GROUP BY person, title, region ORDER BY meetings DESC"
    ),
    "Which pages were turned away, and why?": (
        "SELECT site_key, reason, COUNT(*) AS pages, MIN(detail) AS example FROM v_rejections "
        "GROUP BY site_key, reason ORDER BY pages DESC"
    ),
}


def demo(
    data: Annotated[Path, typer.Option(help="Folder of its database and archive.")] = Path("demo-data"),
    port: Annotated[int, typer.Option(min=1024, max=65000, help="First of the five ports.")] = FIRST_PORT,
) -> None:
    """Serve sample sites on loopback, crawl them, show what was stored and how to ask for it."""
    console = output.out()
    settings = Settings(
        data=data, database_url=f"sqlite:///{data / 'huixun.db'}", sites=SITES_FOLDER, contact="demo"
    )
    with serve(port) as bases:
        console.print(Text(f"{len(bases)} sample sites on loopback: {', '.join(bases.values())}"))
        result = run_and_show(settings, list(demo_sites(port).values()))
    _summarise(settings, result)
    if not result.ok:
        output.complain(result.reason)
        raise typer.Exit(1)


def _summarise(settings: Settings, result: RunResult) -> None:
    """What the run stored, what it turned away, three questions, and what to type next."""
    console = output.out()
    engine = connect(settings.database_url)
    console.print(Text("(two pages fail on purpose: one is gone, one redirects to itself)"))
    console.print(Text("\nThis run, site by site", style="bold"))
    print_answer(ask(engine, expand("run-by-site")))
    if not result.counts.get(Outcome.NEW):
        console.print(Text("Nothing new: every report that the sites hold is stored already."))
    for question, query in _QUESTIONS.items():
        console.print(Text(f"\n{question}", style="bold"))
        console.print(Text(f'huixun sql "{query}"', style="dim"))
        print_answer(ask(engine, query, limit=_ROWS))
    console.print(Text("\nNext", style="bold"))
    activate = (
        [] if shutil.which("huixun") else [". .venv/bin/activate                  # once in this shell"]
    )
    for line in (
        *activate,
        f"export HUIXUN_DATA={settings.data}",
        "huixun sql                             # ask the database yourself",
        "huixun sql --list                      # ready questions",
        "huixun scrape --why page.html          # one page, every choice explained",
        "huixun sites list                      # add a site of yours: docs/sites.md",
    ):
        console.print(Text(f"  {line}"))
