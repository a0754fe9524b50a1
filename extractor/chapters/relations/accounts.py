"""Accounts: what there was, what was used of it, the rate of it, and what is left. Three that agree prove the fourth."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractor.chapters.relations.changes import BARE_REMAINDER, OLD, REMAINDER
from extractor.chapters.relations.common import AT_HAND, PREVIOUS, QUALIFIED, alike, core, direction, is_change, is_set, relation
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Relation, Tie

LEFT = re.compile(rf"{REMAINDER.pattern}|节约|节省|节支|[,，]余(?:额|下)?\Z")
SAVED = re.compile(r"[较比][^,，;；年期月]{1,8}节[约省支](?:了|资金|经费|投资)*\Z")
"""较概算节约: less than what was at hand, not than another year's."""
OF_THE_YEARS = re.compile(r"年末|年底|期末|结转|累计")
"""年末结转结余 may hold what earlier years left."""
OF_OTHER_YEARS = re.compile(r"(?:上年|去年|以前年度|历年|年初)[^,，;；]{0,6}(?:结余|结转|结存|剩余)")
RATE_OF_USE = re.compile(r"(?P<name>[^,，;；。]*?)(?:预算)?(?:执行|支出|支付|使用|拨付|列支|完成|兑付|发放|报账|到位)(?:率|进度|比例)(?:仅|约|均|也|已)?(?:为|达到?|是|:)?\Z|占[^,，;；。]{0,14}的?\Z")
SHARE_OF = re.compile(r"占(?P<name>[^,，;；。]{2,14}?)的?\Z")
WHOLE = re.compile(rf"{AT_HAND.pattern}|概算|估算|控制价|限价")
RATE_OF_REST = re.compile(rf"(?:{REMAINDER.pattern}|节约|节支|节省|下浮)(?:率|比例|幅度)?(?:为|达到?|约|了)?\Z")
ITS_OWN = re.compile(r"预算|资金|经费|项目|总体|整体|全年|年度|实际|累计|总|的|[^\u4e00-\u9fff]")
OTHER = re.compile(r"上年|去年|同期|上一年|[比较](?!例|重)")
"""上年执行率, 比限价下浮: a rate of another year or against another figure."""
SEMICOLON = re.compile(r"[;；]")
FEWEST_DIGITS = 3
"""A rate of fewer digits agrees by chance, and so does what is left, with a whole that stands further off."""
MOST_USED = 3


@dataclass(frozen=True, slots=True)
class _Account:
    """What was used and what is left, with the rates that speak of them."""

    used: Mention
    rest: Mention
    rate: Mention | None
    share: Mention | None

    def proofs(self, whole: Mention) -> tuple[bool, bool, bool]:
        """Whether this whole is proven by both amounts, by what was used, by what is left."""
        a, b, r = whole.figure.value, self.used.figure.value, self.rest.figure.value
        steps = max(figure.step for figure in (whole.figure, self.used.figure, self.rest.figure))
        here = whole.sentence is self.rest.sentence
        both = abs(a - b - r) * 2 < steps and self.rest.figure.digits > FEWEST_DIGITS - here
        by_used = _prints(self.rate, b / a) or _prints(self.share, 1 - b / a)
        by_rest = _prints(self.rate, 1 - r / a) or _prints(self.share, r / a)
        return both, by_used, by_rest


def accounts(sentence: Sentence, earlier: Sequence[Mention], listed: Collection[Figure] = ()) -> Iterator[Relation]:
    """支出b,支出率p,结存r: whatever a is called and wherever it stands, b÷a = p, a−b = r or r÷a = q that holds tells which it is.

    ``listed`` are parts of lists, of which neither rate nor remainder speaks.
    """
    if "%" not in sentence.text:
        return
    for rest in filter(_is_rest, sentence.mentions):
        tried = [_Account(used, rest, _rate_of(used, listed), _share_of(rest)) for used in _used(rest, listed)]
        proven = [found for account in tried if account.rate or account.share for found in _wholes(account, earlier)]
        proven = proven or [found for whole in _used(rest, listed) for found in _uses(whole, rest, listed, earlier)]
        if proven:
            yield from _told(*max(proven, key=lambda found: sum(found[1].proofs(found[0]))))
        else:
            yield from (found for account in tried for found in _misprinted(account, earlier))


def _is_rest(mention: Mention) -> bool:
    figure = mention.figure
    if figure.kind not in ("amount", "count") or not figure.number or figure.hedge or not LEFT.search(mention.tail) or OF_OTHER_YEARS.search(mention.tail):
        return False
    if REMAINDER.search(mention.tail) and not BARE_REMAINDER.fullmatch(mention.tail) and not SAVED.search(mention.tail):
        return False  # 结余资金中20万元, 可用空编3名: a part of what is left
    return (SAVED.search(mention.tail) or not PREVIOUS.search(mention.tail)) and not OLD.search(mention.label + mention.after[:12]) and not QUALIFIED.search(mention.label)


def _used(rest: Mention, listed: Collection[Figure]) -> list[Mention]:
    """The figures before what is left that may be what was used, the nearest first."""
    before = [m for m in reversed(rest.sentence.mentions[: rest.index]) if alike(m.figure, rest.figure) and m.figure not in listed]
    return [m for m in before if m.figure.number and not m.figure.hedge and not is_change(m) and m.depth <= rest.depth][:MOST_USED]


def _rate_of(used: Mention, listed: Collection[Figure]) -> Mention | None:
    """The rate that follows what was used before any other amount, under words that name nothing else."""
    for mention in used.sentence.mentions[used.index + 1 :]:
        if mention.depth > used.depth or mention.figure in listed:
            continue
        if SEMICOLON.search(mention.label) or mention.figure.kind != "rate":
            return None
        cue = RATE_OF_USE.search(mention.tail)
        if cue is None or not _is_rate(mention) or direction(mention):
            return None
        name = ITS_OWN.sub("", cue["name"] or "")
        return mention if not name or name in used.clause else None
    return None


def _share_of(rest: Mention) -> Mention | None:
    """结存率, 节约率 right after what is left."""
    after = rest.sentence.mentions[rest.index + 1 : rest.index + 2]
    return after[0] if after and _is_rate(after[0]) and RATE_OF_REST.search(after[0].tail) else None


def _is_rate(mention: Mention) -> bool:
    figure = mention.figure
    return figure.unit == "%" and bool(figure.number) and not OTHER.search(mention.label) and not figure.comparator and not figure.hedge and not is_set(mention) and not QUALIFIED.search(mention.label.replace("占", ""))


def _prints(stated: Mention | None, value: Fraction) -> bool:
    """Whether a rate is printed so, rounded or cut."""
    if stated is None or stated.figure.digits < FEWEST_DIGITS:
        return False
    off, step = value - stated.figure.value, stated.figure.step
    return -step / 2 < off < step


def _wholes(account: _Account, earlier: Sequence[Mention]) -> Iterator[tuple[Mention, _Account, list[Mention]]]:
    """Every figure before that a relation of the account proves to be its whole, the nearest first."""
    used = account.used
    pool = [m for m in (*earlier, *used.sentence.mentions[: used.index]) if alike(m.figure, used.figure) and m.figure.number and not is_change(m)]
    yield from ((whole, account, pool) for whole in reversed(pool) if any(account.proofs(whole)))


def _uses(whole: Mention, rest: Mention, listed: Collection[Figure], earlier: Sequence[Mention]) -> Iterator[tuple[Mention, _Account, list[Mention]]]:
    """年度预算a,执行率p,剩余r: what was used of the budget stands further up."""
    rate = _rate_of(whole, listed)
    if rate is None or not AT_HAND.search(whole.clause):
        return
    for used in reversed(earlier):
        account = _Account(used, rest, rate, _share_of(rest))
        if alike(used.figure, whole.figure) and not is_change(used) and any(account.proofs(whole)[:2]):
            yield whole, account, [whole]


def _misprinted(account: _Account, earlier: Sequence[Mention]) -> Iterator[Relation]:
    """概算a,决算b,节约r,节约率q: b and r give the rate, so that a is wrong; it stands right before b, or under the name that the rate gives it."""
    used, rest = account.used, account.rest
    made = used.figure.value + rest.figure.value
    if not (_prints(account.rate, used.figure.value / made) or _prints(account.share, rest.figure.value / made)):
        return
    pool = [m for m in (*earlier, *used.sentence.mentions[: used.index]) if alike(m.figure, used.figure) and m.figure.number and not is_change(m)]
    name = core(named["name"]) if account.rate and (named := SHARE_OF.search(account.rate.tail)) else ""
    wholes = [m for m in pool if len(name) > 1 and name in m.clause]
    if not name and pool and pool[-1].index == used.index - 1 and pool[-1].sentence is used.sentence and not SEMICOLON.search(used.label) and WHOLE.search(pool[-1].clause):
        wholes = pool[-1:]
    if len({m.figure.value for m in wholes}) == 1 and all(m.figure.value != made for m in pool):
        tie: Tie = "stated" if name else "likely"  # 设备预算a,培训支出b,较预算节约r: of a budget that is not told
        yield relation("difference", rest, (wholes[-1].figure, used.figure), tie=tie)
        if account.rate:
            yield relation("share", account.rate, (used.figure, wholes[-1].figure), tie=tie)


def _told(whole: Mention, account: _Account, pool: Sequence[Mention]) -> Iterator[Relation]:
    """All relations of the account with the whole that one of them proves."""
    used, rest = account.used, account.rest
    both, by_used, by_rest = account.proofs(whole)
    if both or by_rest or not _parted(account, whole):
        tie: Tie = "stated" if both or by_rest or not OF_THE_YEARS.search(rest.tail) else "likely"
        yield relation("difference", rest, (whole.figure, used.figure), tie=tie)
    if account.rate and (by_used or not any(_prints(account.rate, used.figure.value / m.figure.value) for m in pool)):
        yield relation("share", account.rate, (used.figure, whole.figure), tie="stated")
    if account.share:
        yield relation("share", account.share, (rest.figure, whole.figure), tie="stated")


def _parted(account: _Account, whole: Mention) -> bool:
    """Whether what is left is only a part of it: some other figure of the sentence and this one make it up."""
    gap = whole.figure.value - account.used.figure.value - account.rest.figure.value
    near = [m.figure.value for m in account.rest.sentence.mentions if m not in (account.used, account.rest) and alike(m.figure, account.rest.figure)]
    return any(sum(some) == gap for size in (1, 2) for some in combinations(near, size))
