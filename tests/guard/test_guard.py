"""Where a crawl may go: http(s), the site's hosts, public addresses, no traps, no bombs."""

from __future__ import annotations

import asyncio
import gzip

import pytest
from crawl_run import a_site
from scrapy import Request
from scrapy.http import Response
from scrapy.resolver import dnscache
from scrapy.utils.test import get_crawler

from crawler import guard
from crawler.errors import ForbiddenAddress, Refused
from crawler.guard import CappedDecompression, Guard, forbidden

PUBLIC = a_site("example.com").model_copy(update={"private": False})
PRIVATE = a_site("127.0.0.1:8701")


@pytest.fixture(autouse=True)
def no_names_remembered():
    dnscache.clear()
    yield
    dnscache.clear()


@pytest.fixture
def names(monkeypatch):
    """Names resolve to what the test says, and never over the network."""
    known = {"example.com": ["93.184.215.14"]}

    async def resolve(self, host, *_, **__):
        if host not in known:
            raise OSError("no such host")
        return [(2, 1, 6, "", (address, 0)) for address in known[host]]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", resolve)
    return known


def ask(url, site=PUBLIC):
    asyncio.run(Guard(site).process_request(Request(url)))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert forbidden(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses(address):
    assert not forbidden(address)


def test_a_public_page_of_the_site_passes(names):
    ask("http://example.com/xw/t1.html")
    assert dnscache["example.com"] == "93.184.215.14", (
        "the connection is to use the address that was looked at"
    )


@pytest.mark.parametrize(
    "url", ["ftp://example.com/a", "file:///etc/passwd", "data:text/html,x", "s3://example.com/a"]
)
def test_other_schemes_are_refused(names, url):
    with pytest.raises(ForbiddenAddress, match="only http and https"):
        ask(url)


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.215.14", "10.0.0.8"], ["::1"], ["169.254.169.254"]]
)
def test_a_name_that_leads_inside_is_refused(names, addresses):
    """One private address among several is enough: nobody knows which one a connection takes."""
    names["example.com"] = addresses
    with pytest.raises(ForbiddenAddress, match="not a public address"):
        ask("http://example.com/")


def test_a_name_cannot_change_its_mind_between_check_and_connection(names):
    ask("http://example.com/")
    names["example.com"] = ["127.0.0.1"]
    ask("http://example.com/again")
    assert dnscache["example.com"] == "93.184.215.14"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://192.168.0.1:8080/"]
)
def test_literal_addresses_are_looked_at_too(url, monkeypatch):
    with pytest.raises(ForbiddenAddress):
        ask(url)


def test_numbers_that_hide_an_address():
    """The system's resolver reads them; so must the guard."""
    for host in ("2130706433", "0x7f.1", "127.1"):
        with pytest.raises(ForbiddenAddress):
            ask(f"http://{host}/")


def test_another_host_is_off_the_site(names):
    names["other.example"] = ["93.184.215.14"]
    with pytest.raises(Refused, match=r"offsite: leads to other\.example") as refused:
        ask("http://other.example/")
    assert refused.value.reason == "offsite"


def test_a_host_that_does_not_resolve_is_left_to_the_connection(names):
    site = a_site("missing.example").model_copy(update={"private": False})
    ask("http://missing.example/", site)


def test_a_private_site_may_stand_on_its_own_address_only():
    ask("http://127.0.0.1:8701/", PRIVATE)
    with pytest.raises(ForbiddenAddress):
        ask("http://127.0.0.1:22/", PRIVATE)


def test_traps_are_refused_by_name(names):
    with pytest.raises(Refused) as refused:
        ask("http://example.com/a/a/a/a/1.html")
    assert refused.value.reason == "repeated_path"


def test_without_a_site_any_public_address_may_be_asked(names):
    names["other.example"] = ["93.184.215.14"]
    ask("http://other.example/", None)
    with pytest.raises(ForbiddenAddress):
        ask("http://127.0.0.1/", None)


def decompression():
    return CappedDecompression.from_crawler(get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": guard.MAX_BYTES}))


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_refused_by_name(layers):
    body, encoding = bytes(guard.MAX_BYTES + 1), []
    for _ in range(layers):
        body, encoding = gzip.compress(body), [*encoding, b"gzip"]
    response = Response("http://example.com/", body=body, headers={"Content-Encoding": b", ".join(encoding)})
    with pytest.raises(Refused) as refused:
        decompression().process_response(Request("http://example.com/"), response)
    assert refused.value.reason == "too_large"


def test_a_page_below_the_cap_is_unpacked():
    response = Response(
        "http://example.com/", body=gzip.compress("会议".encode()), headers={"Content-Encoding": b"gzip"}
    )
    answer = decompression().process_response(Request("http://example.com/"), response)
    assert answer.body.decode() == "会议"
