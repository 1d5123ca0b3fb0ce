"""An article over several pages: in order, once, whole, and nothing of another article."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.records import Cleaned, Cut, Evidence, Part, Repair
from pipelines.clean import clean, join_pages

LONG = "会议强调，各乡镇各部门要把隐患排查整治抓在手上，逐条登记、逐条销号，"


def page(*paragraphs: str, title: str = "县里开会", shown: str = "", editors=(), **fields) -> Cleaned:
    candidates = (Evidence("clean", "title", shown, "h1"),) if shown else ()
    return Cleaned(None, title, None, None, None, (), editors, paragraphs, evidence=candidates, **fields)


def joined(first: Cleaned, *others: Cleaned | None, rule: str = "part_missing") -> Cleaned:
    parts = [Part(n, f"http://example.com/1_{n}.html", b"", rule) for n in range(2, len(others) + 2)]
    return join_pages(first, list(zip(parts, others, strict=True)))


def told(cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(e.rule, e.place) for e in cleaned.evidence if e.subject == "parts"]


def test_pages_are_joined_in_order():
    first = page("一，开会。", rewrites=(Repair("mark", 1, ",", "，"),), truncated=True)
    second = page("一，开会。", "二，散会。", rewrites=(Repair("mark", 7, ",", "，"),), editors=("乐知",))
    whole = joined(first, second)
    assert whole.paragraphs == ("一，开会。", "二，散会。")
    assert [(r.start, whole.body[r.start : r.end]) for r in whole.rewrites] == [(1, "，"), (7, "，")]
    assert (whole.editors, whole.truncated) == (("乐知",), False)
    assert whole.cuts == (Cut("page_repeats", "一，开会。", "page 2"),)
    assert told(whole) == [("joined", "page 2")]


def test_one_page_joined_is_itself():
    assert joined(page("一。")) == page("一。")


def test_a_missing_page_is_told_and_the_article_truncated():
    whole = joined(page("一。"), None, page("三。"))
    assert whole.paragraphs == ("一。", "三。")
    assert whole.truncated
    assert told(whole) == [("part_missing", "page 2"), ("joined", "page 3")]


def test_the_limit_is_told():
    whole = joined(page("一。"), None, rule="part_limit")
    assert (whole.truncated, told(whole)) == (True, [("part_limit", "page 2")])


def test_a_page_that_holds_no_text_is_missing():
    whole = joined(page("一。"), page())
    assert (whole.truncated, told(whole)) == (True, [("part_without_text", "page 2")])


def test_a_page_of_another_article_is_not_joined():
    """A site may answer a page that is gone with its front page, or with the next article."""
    first = page("一。", title="青溪县召开防汛工作会议")
    whole = joined(
        first,
        page("柏远走访慰问。", shown="柏远走访慰问困难群众"),
        page("三。", shown="青溪县召开防汛工作会议(3)"),
    )
    assert whole.paragraphs == ("一。", "三。")
    assert whole.truncated
    assert told(whole) == [("part_of_another", "page 2"), ("joined", "page 3")]


def test_the_first_line_of_a_page_is_no_title():
    second = clean("<p>三、强化责任落实</p><p>会议强调，要压实责任，逐条销号，确保安全度汛。</p>")
    assert joined(page("一。", title="青溪县召开防汛工作会议"), second).paragraphs[1:] == second.paragraphs


def test_a_page_that_says_the_same_again_adds_nothing():
    whole = joined(page("一。", "二。"), page("一。", "二。"), page("三。"))
    assert whole.paragraphs == ("一。", "二。", "三。")
    assert [cut.text for cut in whole.cuts] == ["一。", "二。"]
    assert (whole.truncated, told(whole)) == (False, [("page_repeats", "page 2"), ("joined", "page 3")])


def test_head_and_foot_of_a_page_are_repeated_a_refrain_is_not():
    whole = joined(
        page("题记。", "一。", "（鼓掌）", "完。"), page("题记。", "二。", "（鼓掌）", "三。", "完。")
    )
    assert whole.paragraphs == ("题记。", "一。", "（鼓掌）", "完。", "二。", "（鼓掌）", "三。")


def test_a_paragraph_broken_off_by_the_page_is_made_whole():
    second = page("确保安全，万无一失。", rewrites=(Repair("mark", 4, ",", "，"),))
    whole = joined(page("一。", LONG), second)
    assert whole.paragraphs == ("一。", f"{LONG}确保安全，万无一失。")
    assert [whole.body[r.start : r.end] for r in whole.rewrites] == ["，"]
    assert ("paragraph_goes_on", "page 2") in told(whole)


def test_a_paragraph_is_not_made_whole_over_a_missing_page():
    assert joined(page(LONG), None, page("确保安全。")).paragraphs == (LONG, "确保安全。")


def test_a_heading_at_the_end_of_a_page_stays_a_heading():
    assert joined(page("一。", "二、压实责任"), page("会议强调。")).paragraphs == (
        "一。",
        "二、压实责任",
        "会议强调。",
    )


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["一，。", "二，。", "三，", LONG]), max_size=4), min_size=1, max_size=4
    )
)
def test_positions_stay_true(pages):
    """Each full-width comma is a change; it must be found where the joined body has one."""
    made = []
    for paragraphs in pages:
        body = "\n".join(paragraphs)
        marks = tuple(Repair("mark", at, ",", "，") for at, char in enumerate(body) if char == "，")
        made.append(replace(page(*paragraphs), rewrites=marks))
    whole = joined(*made)
    assert [r.start for r in whole.rewrites] == [at for at, char in enumerate(whole.body) if char == "，"]
