"""The frontier and the ledger: sites, regions, runs, pages, fetches, rejections."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _site() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), comment="number of the site"),
        sa.Column("key", sa.Text(), nullable=False, comment="name of the site file without .toml"),
        sa.Column("name", sa.Text(), nullable=False, comment="the site's own name"),
        sa.Column(
            "type",
            sa.Text(),
            nullable=False,
            comment="portal, docshare, aggregator, or scrape for single pages",
        ),
        sa.Column("region", sa.Text(), comment="region of the site's own reports, e.g. 省/市/县"),
        sa.Column("hosts", sa.JSON(), nullable=False, comment="hosts that belong to the site"),
        sa.Column(
            "first_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the site was first known (UTC)",
        ),
        sa.Column(
            "quiet_until", sa.Date(), comment="no alarm about silence before this day; set by a person"
        ),
        sa.Column("quiet_reason", sa.Text(), comment="why a person expects silence"),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint("key", name="uq_site_key"),
        comment="A site that pages come from",
    )


def _region() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), comment="number of the row"),
        sa.Column("adcode", sa.Text(), nullable=False, comment="official code, e.g. 430525"),
        sa.Column("name", sa.Text(), nullable=False, comment="name, e.g. 洞口县"),
        sa.Column("level", sa.Text(), nullable=False, comment="province, prefecture, county or township"),
        sa.Column("parent", sa.Text(), comment="code of the region above"),
        sa.Column("valid_from", sa.Date(), comment="first day under this name and code, if known"),
        sa.Column("valid_to", sa.Date(), comment="last day under this name and code; NULL: still"),
        sa.PrimaryKeyConstraint("id", name="pk_region"),
        sa.UniqueConstraint("adcode", "name", name="uq_region_adcode_name"),
        comment="Names of regions by their official code (GB/T 2260)",
    )
    op.create_index("ix_region_name", "region", ["name"])


def _crawl_run() -> None:
    op.create_table(
        "crawl_run",
        sa.Column("id", sa.Integer(), comment="number of the run"),
        sa.Column("command", sa.Text(), nullable=False, comment="what was called, e.g. crawl"),
        sa.Column("sites", sa.JSON(), nullable=False, comment="keys of the sites that the run visits"),
        sa.Column("host", sa.Text(), nullable=False, comment="name of the machine that runs it"),
        sa.Column("pid", sa.Integer(), nullable=False, comment="process number on that machine"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="start (UTC)"),
        sa.Column(
            "heartbeat_at", sa.DateTime(timezone=True), nullable=False, comment="last sign of life (UTC)"
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), comment="end (UTC); NULL: still running"),
        sa.Column("exit_reason", sa.Text(), comment="finished, interrupted, crashed, or what went wrong"),
        sa.Column("due", sa.Integer(), comment="report and file pages that the run took"),
        sa.Column("new", sa.Integer(), comment="pages stored for the first time"),
        sa.Column("changed", sa.Integer(), comment="pages whose text differs from the version before"),
        sa.Column("unchanged", sa.Integer(), comment="pages that are as they were"),
        sa.Column("rejected", sa.Integer(), comment="pages refused, each with a reason"),
        sa.Column("failed", sa.Integer(), comment="pages that could not be had or judged"),
        sa.Column("lists_due", sa.Integer(), comment="list pages that the run took"),
        sa.Column("lists_failed", sa.Integer(), comment="list pages that could not be read"),
        sa.Column("links_found", sa.Integer(), comment="addresses seen for the first time in this run"),
        sa.PrimaryKeyConstraint("id", name="pk_crawl_run"),
        comment="A run of a command that takes pages",
    )
    op.create_index("ix_crawl_run_started_at", "crawl_run", ["started_at"])


def _page() -> None:
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), comment="number of the page"),
        sa.Column("site_id", sa.Integer(), nullable=False, comment="site of the page"),
        sa.Column("url", sa.Text(), nullable=False, comment="canonical address"),
        sa.Column("url_key", sa.Text(), nullable=False, comment="SHA-256 of the address, in hexadecimal"),
        sa.Column("kind", sa.Text(), nullable=False, comment="list, report or file"),
        sa.Column("depth", sa.Integer(), nullable=False, comment="links followed from a first list page"),
        sa.Column("first_seen_on", sa.Integer(), comment="page that linked here first"),
        sa.Column(
            "first_seen_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the address was first seen (UTC)",
        ),
        sa.Column("published", sa.Date(), comment="day of publication that the list or address tells"),
        sa.Column("priority", sa.Integer(), nullable=False, comment="higher is taken first"),
        sa.Column(
            "position",
            sa.Integer(),
            nullable=False,
            comment="place among the links of the page that showed it first",
        ),
        sa.Column(
            "next_due", sa.DateTime(timezone=True), comment="to be taken from then on (UTC); NULL: when asked"
        ),
        sa.Column("revisit_days", sa.Integer(), comment="days until the next visit; grows while unchanged"),
        sa.Column("lease_run_id", sa.Integer(), comment="run that has the page now"),
        sa.Column("lease_until", sa.DateTime(timezone=True), comment="end of the lease unless renewed (UTC)"),
        sa.Column("etag", sa.Text(), comment="ETag of the last answer that was used"),
        sa.Column("last_modified", sa.Text(), comment="Last-Modified of the last answer that was used"),
        sa.Column("content_sha256", sa.Text(), comment="SHA-256 of the last body that was used"),
        sa.Column("failures", sa.Integer(), nullable=False, comment="failures in a row"),
        sa.Column("gone_at", sa.DateTime(timezone=True), comment="when the site first said 404 or 410 (UTC)"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.ForeignKeyConstraint(["first_seen_on"], ["page.id"], name="fk_page_first_seen_on"),
        sa.ForeignKeyConstraint(["lease_run_id"], ["crawl_run.id"], name="fk_page_lease_run_id"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_page_site_id"),
        sa.UniqueConstraint("site_id", "url_key", name="uq_page_site_id_url_key"),
        comment="An address of a site: known, due now and then, leased by one run at a time",
    )
    op.create_index("ix_page_due", "page", ["site_id", "next_due"])
    op.create_index("ix_page_first_seen_on", "page", ["first_seen_on"])
    op.create_index("ix_page_lease_run_id", "page", ["lease_run_id"])


def _fetch() -> None:
    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), comment="number of the fetch"),
        sa.Column("run_id", sa.Integer(), nullable=False, comment="run that took the page"),
        sa.Column("page_id", sa.Integer(), nullable=False, comment="page that was taken"),
        sa.Column(
            "leased_at", sa.DateTime(timezone=True), nullable=False, comment="when the run took it (UTC)"
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="requests made, retries included"),
        sa.Column("fetched_at", sa.DateTime(timezone=True), comment="when the answer was complete (UTC)"),
        sa.Column("status", sa.Integer(), comment="HTTP status of the last answer"),
        sa.Column("etag", sa.Text(), comment="ETag of this answer"),
        sa.Column("last_modified", sa.Text(), comment="Last-Modified of this answer"),
        sa.Column("sha256", sa.Text(), comment="SHA-256 of the body"),
        sa.Column("bytes", sa.BigInteger(), comment="length of the body in bytes"),
        sa.Column("warc_file", sa.Text(), comment="archive file that holds the answer"),
        sa.Column("warc_offset", sa.BigInteger(), comment="its place in that file, in bytes"),
        sa.Column(
            "outcome", sa.Text(), comment="new, changed, unchanged, rejected or failed; NULL: not done yet"
        ),
        sa.Column("error", sa.Text(), comment="what went wrong, when the outcome is failed"),
        sa.Column("links_found", sa.Integer(), comment="new addresses found on it (list pages)"),
        sa.Column("ended_at", sa.DateTime(timezone=True), comment="when the outcome was known (UTC)"),
        sa.PrimaryKeyConstraint("id", name="pk_fetch"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_fetch_page_id"),
        sa.ForeignKeyConstraint(["run_id"], ["crawl_run.id"], name="fk_fetch_run_id"),
        sa.UniqueConstraint("run_id", "page_id", name="uq_fetch_run_id_page_id"),
        comment="A page taken by a run; exactly one row for both, closed with exactly one outcome",
    )
    op.create_index("ix_fetch_page_id", "fetch", ["page_id"])
    op.create_index("ix_fetch_sha256", "fetch", ["sha256"])


def _fetch_part() -> None:
    op.create_table(
        "fetch_part",
        sa.Column("fetch_id", sa.Integer(), comment="fetch of the article's first page"),
        sa.Column("number", sa.Integer(), autoincrement=False, comment="2 for the second page …"),
        sa.Column("url", sa.Text(), nullable=False, comment="its address"),
        sa.Column("status", sa.Integer(), nullable=False, comment="HTTP status of the answer"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of the body"),
        sa.Column("warc_file", sa.Text(), nullable=False, comment="archive file that holds the answer"),
        sa.Column("warc_offset", sa.BigInteger(), nullable=False, comment="its place in that file, in bytes"),
        sa.PrimaryKeyConstraint("fetch_id", "number", name="pk_fetch_part"),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name="fk_fetch_part_fetch_id"),
        comment="Pages 2…n of an article that its site splits over several addresses",
    )


def _rejection() -> None:
    op.create_table(
        "rejection",
        sa.Column("id", sa.Integer(), comment="number of the rejection"),
        sa.Column("fetch_id", sa.Integer(), nullable=False, comment="fetch that was refused"),
        sa.Column("reason", sa.Text(), nullable=False, comment="name of the rule"),
        sa.Column("detail", sa.Text(), nullable=False, comment="figures or words that led to it"),
        sa.PrimaryKeyConstraint("id", name="pk_rejection"),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name="fk_rejection_fetch_id"),
        sa.UniqueConstraint("fetch_id", name="uq_rejection_fetch_id"),
        comment="A page that was refused, with the rule and what a person can act on",
    )
    op.create_index("ix_rejection_reason", "rejection", ["reason"])


def upgrade() -> None:
    _site()
    _region()
    _crawl_run()
    _page()
    _fetch()
    _fetch_part()
    _rejection()


def downgrade() -> None:
    for table in ("rejection", "fetch_part", "fetch", "page", "crawl_run", "region", "site"):
        op.drop_table(table)
