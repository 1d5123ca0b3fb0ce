"""``huixun demo``: the main job on sample sites that this machine serves to itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from crawler.cli import output
from crawler.cli.crawl import run_and_show
from crawler.cli.sql import expand, print_answer
from crawler.config import Settings
from crawler.crawling import RunResult
from crawler.database import connect
from crawler.database.readonly import ask
from crawler.demo.web import SITES_FOLDER, demo_sites, serve
from crawler.outcomes import Outcome

_QUESTIONS = {
    "Which reports came in last?": "latest-reports",
    "Who chaired the most meetings, and where?": "hosts-by-region",
    "Which pages were turned away, and why?": "rejections",
}


def demo(
    data: Annotated[Path, typer.Option(help="Folder of the demo's database and archive.")] = Path("demo-data"),
) -> None:
    """Serve sample sites on loopback, crawl them, show what was stored and how to ask for it."""
    console = output.out()
    settings = Settings(data=data, database_url=f"sqlite:///{data / 'huixun.db'}", sites=SITES_FOLDER, contact="demo")
    with serve() as bases:
        console.print(Text(f"{len(bases)} sample sites on loopback: {', '.join(bases.values())}"))
        result = run_and_show(settings, list(demo_sites().values()))
    _summarise(settings, result)
    if not result.ok:
        output.complain(result.reason)
        raise typer.Exit(1)


def _summarise(settings: Settings, result: RunResult) -> None:
    """What the run stored, what it turned away, three questions, and what to type next."""
    console = output.out()
    engine = connect(settings)
    console.print(Text("\nThis run, site by site", style="bold"))
    print_answer(ask(engine, _BY_SITE.format(run=int(result.run_id))))
    if not result.counts.get(Outcome.NEW):
        console.print(Text("Nothing new: every report that the sites hold is stored already."))
    for question, query in _QUESTIONS.items():
        console.print(Text(f"\n{question}   huixun sql {query}", style="bold"))
        print_answer(ask(engine, f"SELECT * FROM ({expand(query).rstrip().rstrip(';')}) AS q LIMIT 6"))
    console.print(Text("\nNext", style="bold"))
    for line in (
        f"export HUIXUN_DATA={settings.data}",
        "huixun sql                                  # ask the database yourself",
        "huixun scrape --why some-page.html          # one page, with every choice explained",
        "huixun sites list                           # then put a site of your own into spiders/sites/",
    ):
        console.print(Text(f"  {line}"))


_BY_SITE = """
SELECT s.key AS site, s.type, COUNT(*) AS due,
       SUM(CASE WHEN f.outcome = 'new' THEN 1 ELSE 0 END) AS new,
       SUM(CASE WHEN f.outcome = 'changed' THEN 1 ELSE 0 END) AS changed,
       SUM(CASE WHEN f.outcome = 'unchanged' THEN 1 ELSE 0 END) AS unchanged,
       SUM(CASE WHEN f.outcome = 'rejected' THEN 1 ELSE 0 END) AS rejected,
       SUM(CASE WHEN f.outcome = 'failed' THEN 1 ELSE 0 END) AS failed
FROM fetch f JOIN page p ON p.id = f.page_id JOIN site s ON s.id = p.site_id
WHERE f.run_id = {run}
GROUP BY s.key, s.type ORDER BY s.key
"""
