"""What restore says of a page beside its text: script, evidence, rejection, certainty."""

from __future__ import annotations

import pytest

from pipelines.restore import restore

REPORT = "11月3日，青石县召开专题会议。县委书记闻人柏主持会议并讲话，会议强调要压实责任。"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("会议强调，要压实责任。", "simplified"),
        ("縣委書記主持會議，會後於縣裡召開幹部會議。", "traditional"),
        ("縣(xiàn)委書(shū)記主持會(huì)議", "mirror"),
        ("縣委書記主持會議，會后于縣里召開干部會議。", "mirror"),
        ("他们的?;?、关心", "mirror"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert restore(text).script == script


def test_a_page_of_lost_characters_is_refused() -> None:
    found = restore("\ufffd" * 200 + "会议")
    assert found.rejection is not None
    assert found.rejection.reason == "undecodable"


def test_a_few_lost_characters_are_no_reason() -> None:
    assert restore(REPORT * 20 + "\ufffd").rejection is None


def test_brands_in_the_place_of_names_are_refused() -> None:
    text = REPORT + "皇冠体育组织收看会议，bet365党委书记出席，尊龙凯时融媒体中心报道。"
    found = restore(text)
    assert found.rejection is not None
    assert found.rejection.reason == "replaced_names"
    assert "皇冠体育" in found.rejection.detail


def test_a_place_that_shares_a_brands_name_once_is_kept() -> None:
    assert restore(REPORT + "代表团参观了澳门威尼斯人会展中心，听取介绍。").rejection is None


def test_swapped_words_are_told() -> None:
    text = "全县疫情防控事情会议召开。集会强调，要推动高质量成长，事情职员要压实职责。"
    evidence = {entry.subject: entry for entry in restore(text).evidence}
    assert "spun" in evidence
    assert restore(text).text == text


def test_spam_line_is_a_repair_with_its_rule() -> None:
    line = "一区二区三区久久久无码视频在线观看"
    found = restore(f"<p>{REPORT}</p><p>{line}</p>")
    assert found.text == f"<p>{REPORT}</p><p></p>"
    assert [(repair.rule, repair.before) for repair in found.repairs] == [("spam_line", line)]


def test_rules_carry_their_names() -> None:
    rules = {repair.rule for repair in restore("縣(xiàn)委有序?qū)嵤┬滦凸跔畈《靖腥?/p>").repairs}
    assert {"pinyin", "script", "shifted_by_pinyin"} <= rules


def test_a_doubtful_guess_is_kept_and_marked() -> None:
    found = restore("县委书记要求，加强对他们的?;?、关心，研判會(huì)??h委")
    doubtful = [entry for entry in found.evidence if entry.subject == "doubtful"]
    assert doubtful
    assert all(entry.score is not None and entry.score < 0.9 for entry in doubtful)


def test_a_mirrors_own_commas_go_the_authors_stay() -> None:
    text = "县委书记出席,。会议强调,,要抓落实,。会后,开展检查,。各乡镇,、各部门参加,。"
    assert restore(text).text == "县委书记出席。会议强调,要抓落实。会后,开展检查。各乡镇、各部门参加。"
