"""``huixun sites``: which sites are known, and whether their files are right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.cli import output
from crawler.config import load_settings
from crawler.errors import SiteError
from crawler.sites import Site, load_site, load_sites

app = typer.Typer(help="The sites that can be crawled.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """List the sites: key, type, name, region, hosts."""
    settings = load_settings()
    sites = load_sites(settings.sites).values()
    if not sites:
        output.note(f"no site file in {settings.sites}")
    rows = [(site.key, site.type, site.name, site.region, site.hosts) for site in sites]
    output.out().print(output.table(("key", "type", "name", "region", "hosts"), rows))


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Site files; all of the folder when absent.")
    ] = None,
) -> None:
    """Check site files and name each mistake with its line."""
    settings = load_settings()
    paths = files or sorted(settings.sites.glob("*.toml"))
    if not paths:
        raise SiteError(f"no site file in {settings.sites}: add one (docs/sites.md), or set HUIXUN_SITES")
    faults = 0
    for path in paths:
        try:
            site = load_site(path)
            _check_layouts(path, site)
        except SiteError as error:
            faults += 1
            output.complain(str(error))
        else:
            typer.echo(f"{path}: {site.name}: right")
    if faults:
        raise SiteError(f"{faults} of {len(paths)} site files are wrong")


def _check_layouts(path: Path, site: Site) -> None:
    """Raises SiteError for a selector that the reading of pages does not know: it would find nothing."""
    from pipelines.clean.selectors import SelectorSyntaxError, compile_selector

    for layout in site.layouts:
        for selector in filter(None, (layout.body, layout.title, layout.byline, *layout.remove)):
            try:
                compile_selector(selector)
            except SelectorSyntaxError as error:
                raise SiteError(f"{path}: layouts: {error}") from error
