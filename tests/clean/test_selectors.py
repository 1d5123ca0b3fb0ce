"""Do a site file's selectors find the elements that CSS would find?"""

import pytest

from pipelines.clean.blocks import parse
from pipelines.clean.selectors import SelectorSyntaxError, compile_selector

PAGE = """<div id="Main" class="wrap wide"><div class="box"><p class="t">一</p><p>二</p><p>三</p></div>
<div class="box last" data-role="text-body"><span><p class="t">四</p></span></div></div><p class=t>五</p>"""


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("p", ["一", "二", "三", "四", "五"]),
        (".t", ["一", "四", "五"]),
        ("#main .t", ["一", "四"]),
        ("#Main > .t", []),
        (".box > .t", ["一"]),
        ("div.box.last p", ["四"]),
        ("div.wrap div.last > span > p.t", ["四"]),
        ("p:nth-of-type(2)", ["二"]),
        ("div p:first-of-type", ["一", "四"]),
        ("[data-role]", ["四"]),
        ("[data-role=text-body] p", ["四"]),
        ("[data-role^='text'] p", ["四"]),
        ('[data-role$="body"] p', ["四"]),
        ("[data-role*=xt-b] p", ["四"]),
        ("[class~=last] p", ["四"]),
        (".none, .last p , #none", ["四"]),
        ("*.last *.t", ["四"]),
    ],
)
def test_matches(selector, texts):
    page = parse(PAGE, is_html=True, selectors=[selector])
    found = [page.elements[n] for n in page.matches[selector]]
    assert ["".join(b.text for b in page.blocks[e.start : e.stop]) for e in found] == texts


@pytest.mark.parametrize(
    "selector", ["", ">p", "p >", "a,,b", "p:has(a)", "p + p", "p ~ p", "[a", "p{", ".", "p:not(.x)"]
)
def test_what_is_not_read_is_refused(selector):
    with pytest.raises(SelectorSyntaxError, match=r"selector"):
        compile_selector(selector)
