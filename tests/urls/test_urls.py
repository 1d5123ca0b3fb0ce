"""One form for each address, links as a browser makes them, and the shapes of traps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.urls import absolute, belongs, canonical, host_of, trap

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("canonical.toml").read_text("utf-8"))["case"]
PATH = st.text(alphabet="ab./%;=&?#~会 2F", max_size=40)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_an_address_has_one_form(case):
    assert canonical(case["input"]) == case.get("expected", case["input"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_the_form_is_final(case):
    once = canonical(case["input"])
    assert canonical(once) == once


@pytest.mark.parametrize(
    "url",
    ["", "会议", "ftp://example.com/", "javascript:void(0)", "mailto:a@example.com", "http://", "http:///a",
     "http://example.com:99999/", "http://[::1/", "http://a b/", "file:///etc/passwd", "http://exa\x00mple.com/"],
)  # fmt: skip
def test_what_is_no_page_is_refused(url):
    with pytest.raises(ValueError, match=r".+"):
        canonical(url)


def test_a_site_may_name_keys_to_ignore():
    assert canonical("http://example.com/a?From=wx&id=1", ["from"]) == "http://example.com/a?id=1"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("t1.html", "http://example.com/xw/t1.html"),
        ("../tz/t1.html", "http://example.com/tz/t1.html"),
        ("/t1.html", "http://example.com/t1.html"),
        ("//www.example.org/a", "http://www.example.org/a"),
        ("?page=2", "http://example.com/xw/index.html?page=2"),
        (" t1.html \n", "http://example.com/xw/t1.html"),
        ("t1.html#a?b", "http://example.com/xw/t1.html"),
        ("通知.html?k=会议", "http://example.com/xw/%E9%80%9A%E7%9F%A5.html?k=%BB%E1%D2%E9"),
        ("#top", None),
        ("", None),
        ("javascript:next(2)", None),
        ("mailto:a@example.com", None),
        ("http://[", None),
        ("a" * 5000, None),
    ],
)
def test_a_link_becomes_what_a_browser_would_ask(href, expected):
    assert absolute("http://example.com/xw/index.html", href, "gb18030") == expected


def test_an_encoding_nobody_knows_falls_back_to_utf8():
    assert absolute("http://example.com/", "?k=会", "x-unknown") == "http://example.com/?k=%E4%BC%9A"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.com/xw/202303/t20230306_4101.html", None),
        ("http://example.com/a/a/a/1.html", None),
        ("http://example.com/a/a/a/a/1.html", "repeated_path"),
        ("http://example.com/a/b/a/b/a/b/a/b/", "repeated_path"),
        ("http://example.com/cal?m=1&m=1&m=1&m=1", "repeated_query"),
        ("http://example.com/?" + "&".join(f"k{n}=1" for n in range(13)), "repeated_query"),
        ("http://example.com/list?a=1&a=2&b=3", None),
        ("http://example.com/" + "x" * 1000, "long_address"),
    ],
)
def test_traps_have_names(url, expected):
    assert trap(url) == expected


def test_hosts_with_ports_and_www():
    assert host_of("http://127.0.0.1:8701/a") == "127.0.0.1:8701"
    assert belongs("http://www.example.com/a", ["example.com"])
    assert belongs("http://example.com/a", ["www.Example.com"])
    assert not belongs("http://example.com:8080/a", ["example.com"])
    assert not belongs("http://evil-example.com/a", ["example.com"])
    assert not belongs("http://example.com.evil.org/a", ["example.com"])


@settings(max_examples=150)
@given(PATH)
def test_every_address_comes_to_rest(path):
    url = canonical(f"http://example.com/{path}")
    assert canonical(url) == url
    assert url.isascii()
    assert "#" not in url


@settings(max_examples=150)
@given(st.text(max_size=60), st.sampled_from(["utf-8", "gb18030", "big5hkscs", "nonsense"]))
def test_no_link_breaks_the_reader(href, encoding):
    address = absolute("http://example.com/xw/", href, encoding)
    assert address is None or canonical(address) == address
