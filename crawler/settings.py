"""Scrapy's settings, for ``huixun crawl`` and ``scrapy crawl`` alike; a site's own come from its file."""

from __future__ import annotations

from crawler.guard import MAX_BYTES

BOT_NAME = "huixun"
SPIDER_MODULES = ["spiders"]

# What comes next is decided by rows, not by a queue in memory.
SCHEDULER = "crawler.scheduler.FrontierScheduler"
ITEM_PIPELINES = {"pipelines.stages.Judge": 100, "pipelines.stages.Store": 200}
CONCURRENT_ITEMS = 1  # an answer yields one page
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 2 * MAX_BYTES  # bytes that wait to be judged before asking pauses
HTTPERROR_ALLOW_ALL = True  # every status is an outcome

# Polite
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
DOWNLOAD_DELAY_JITTER = 0.0  # a site's delay is a promise
RETRY_TIMES = 2
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# Safe
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = MAX_BYTES
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 8
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False  # the guard must see where a request goes
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = dict.fromkeys(  # not even imported: they cost the start of every crawl a second
    (
        "scrapy.extensions.remote_control.RemoteControl",
        "scrapy.extensions.telnet.TelnetConsole",
        "scrapy.extensions.logstats.LogStats",
        "scrapy.extensions.feedexport.FeedExporter",
    )
)
DOWNLOADER_MIDDLEWARES = {
    "crawler.guard.Guard": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.politeness.Robots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.politeness.Patience": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.guard.CappedDecompression": 590,
}

LOG_LEVEL = "WARNING"
