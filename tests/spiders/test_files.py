"""Which links of a report are files: the site's file says so."""

from __future__ import annotations

import pytest
from crawl_run import a_site
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Page
from spiders.files import MAX_FILES, files_of

URL = "http://example.com/xw/202303/t20230306_4109.html"


def found(html: str, files: str = r"\.(pdf|docx)$", url: str = URL) -> list[str]:
    site = a_site("example.com", files=files)
    return [link.url for link in files_of(Page(url, html.encode(), "text/html; charset=utf-8", site=site))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="./P020230306.pdf">附件</a>', ["/xw/202303/P020230306.pdf"]),
        ('<a href="/att/会议.docx">附件</a>', ["/att/%E4%BC%9A%E8%AE%AE.docx"]),
        ('<a href="P1.pdf">1</a><a href="P1.pdf#page=2">1</a>', ["/xw/202303/P1.pdf"]),
        ('<iframe src="/web/viewer.html?file=%2Fatt%2F1.pdf"></iframe>', ["/att/1.pdf"]),
        ('<embed src="1.pdf"><object data="2.pdf"></object>', ["/xw/202303/1.pdf", "/xw/202303/2.pdf"]),
        # must not change
        ('<a href="/down.jsp?id=7&amp;name=1.pdf">x</a>', ["/down.jsp?id=7&name=1.pdf"]),
        ('<a href="http://elsewhere.example/1.pdf">x</a>', []),
        ('<a href="1.zip">x</a><a href="pdf.html">x</a>', []),
        ("<a href=\"javascript:open('1.pdf')\">x</a>", []),
        ('<a href="http://[1.pdf">x</a>', []),
    ],
)
def test_files_of_a_report(html, expected):
    assert found(html) == [f"http://example.com{path}" for path in expected]


def test_the_day_in_the_address_goes_along():
    site = a_site("example.com", files="pdf$")
    (link,) = files_of(Page(URL, b'<a href="/2023/03/06/1.pdf">x</a>', "text/html", site=site))
    assert str(link.published) == "2023-03-06"


def test_a_page_has_so_many_files_at_most():
    assert len(found("".join(f'<a href="{n}.pdf">x</a>' for n in range(999)))) == MAX_FILES


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_the_bytes(body):
    files_of(Page(URL, b'<a href="' + body, "text/html", site=a_site("example.com", files="pdf")))
