"""Bodies put together at random from the words that extraction looks at."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = """
县委书记 县长 副县长 柏远 裘敏宁 林 澈 欧阳佑民 帕丽·吐尔地 扎西平措 主持 召开 会议 全县防汛工作会议 出席 参加 讲话 强调 要求 通报
请假 受 委托 会后 我县 立即 3月6日 第三次 暨 一要 二要 首先 其次 《办法》 “四早” 等县领导 在分会场 收看 由 的 同志 他 会议强调
， 、 。 ； ： （ ） “ ” 《 》 1 · 国发〔2020〕1号 X ， 、 。
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\u3000"])
BODIES = st.lists(PIECES, max_size=60).map("".join)
