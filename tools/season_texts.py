"""Texts of a season's reports for the comparison across reports: forms, own words, and copies whose making is known.

Every unit has one of the season's forms (or, seldom, one that only two to four units have) with its own figures, and own
sentences of its trade. A copy takes a share of another unit's own sentences, changes figures and names, rewords some and
puts them in another order. Nothing here is taken from the code that is measured with it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FIRST = "云岭青石白沙金沙黑水红柳长河龙泉凤山清溪石桥双江南屏北坝东湖西坪大渡小梁平安永丰新田高坎古城沙湾松林竹溪梅岭桂塘荷塘柳河杏园桃坪枣林槐荫榆树枫桥椿岭桑园麻栗茶店药山盐井铁厂铜钟银坑锡山玉泉珠溪宝塔福田寿安康乐"
WORDS = dict(line.split("\t") for line in Path(__file__).with_name("season_words.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


def words_of(name: str) -> list[str]:
    """A row of the word list."""
    return WORDS[name].split()


OPENINGS, MANNERS, RESULTS, LINKS = (words_of(name) for name in ("openings", "manners", "results", "links"))
THINGS, KINDS, VERBS, MEASURES, FIRMS = (words_of(name) for name in ("things", "kinds", "verbs", "measures", "firms"))
ABSTRACT, VIRTUES, DEEDS = (words_of(name) for name in ("abstract", "virtues", "deeds"))
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
TRADES = {name.partition("/")[0]: tuple(words_of(f"{name.partition('/')[0]}/{kind}") for kind in ("things", "deeds", "people", "gains")) for name in WORDS if name.endswith("/things")}
PUBLIC = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻落实党的二十大精神", "严格执行中央八项规定及其实施细则精神，厉行勤俭节约",
    "强化预算约束，坚决落实过紧日子要求", "持续深化放管服改革，不断优化营商环境", "统筹发展和安全，守住不发生区域性风险的底线",
)  # fmt: skip
DUTIES = {
    trade: f"贯彻执行国家和省有关{things[0]}的方针政策和法律法规，拟订{deeds[1]}规划并组织实施；负责{people[2]}、{gains[3]}监督管理；承担县委、县政府交办的其他任务"
    for trade, (things, deeds, people, gains) in TRADES.items()
}
GLUE = ("与{b}的{d}相匹配，{v}", "在{d}过程中{v}，未发现违反规定的情况", "按照规定完成{d}，{b}工作{v}", "能够反映{b}的{d}情况，{v}", "的{d}和{e}均有专人负责，做到{v}", "以{b}为依据开展{d}，结果{v}")
MONEY = (
    "{u}年初预算数为{m}万元，其中：基本支出{m}万元、项目支出{m}万元", "年中追加预算{m}万元，调整后全年预算数{m}万元，预算调整率{p}%", "全年实际支出{m}万元，预算执行率{p}%，年末结转结余{m}万元",
    "“三公”经费预算{m}万元，实际支出{m}万元，控制率{p}%", "政府采购预算{m}万元，实际采购{m}万元，执行率{p}%", "{u}编制{n}人，年末在职{n}人，在职人员控制率{p}%",
)  # fmt: skip
SYNONYMS = (("群众", "百姓"), ("完成", "办结"), ("开展", "进行"), ("同时", "并且"), ("随后", "之后"), ("全年", "一年来"), ("涉及", "覆盖"), ("累计", "共计"), ("提高", "改善"), ("组织", "安排"))


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the season: sentences with places for figures and names."""

    sentences: tuple[str, ...]


@dataclass(slots=True)
class Unit:
    """A unit with its report: own sentences and form sentences, printed by ``text``."""

    key: str
    name: str
    trade: str
    form: Form
    own: list[str] = field(default_factory=list)
    usual: list[str] = field(default_factory=list)
    """What others of the trade write too."""
    order: int = 0

    @property
    def text(self) -> str:
        """The report as it would be read, different figures at every unit."""
        chance = random.Random(self.order)
        given = [filled(sentence, self.name, chance) for sentence in self.form.sentences]
        parts = [f"{self.name}2023年度部门整体支出绩效自评报告", "一、部门概况", f"（一）主要职责。{DUTIES[self.trade]}。"]
        third = max(1, len(given) // 3)
        blocks = [given[:third], given[third : 2 * third], given[2 * third :]]
        free = self.own + self.usual
        chance.shuffle(free)
        step = max(1, len(free) // 3 + 1)
        for at, (title, block) in enumerate(zip(("二、预算执行情况", "三、绩效目标完成情况", "四、存在问题和改进措施"), blocks, strict=True)):
            mine = free[at * step : (at + 1) * step]
            parts += [title, mixed(block, mine)]
        return "\n".join(parts) + "\n"


def mixed(form: list[str], own: list[str]) -> str:
    """Sentences of the form and own ones by turns."""
    out = []
    for at in range(max(len(form), len(own))):
        out += [form[at]] if at < len(form) else []
        out += [own[at]] if at < len(own) else []
    return "。".join(out) + "。"


def filled(sentence: str, name: str, chance: random.Random) -> str:
    """A sentence of a form with figures and the unit's name."""
    out = sentence.replace("{u}", chance.choice((name, "本单位", "我局")))
    for mark, make in (("{m}", lambda: f"{chance.uniform(1, 9000):.2f}"), ("{p}", lambda: f"{chance.uniform(50, 100):.2f}"), ("{n}", lambda: str(chance.randint(5, 300)))):
        while mark in out:
            out = out.replace(mark, make(), 1)
    return out


def a_form(chance: random.Random, length: int) -> Form:
    """A new form of the words that all forms are made of."""
    sentences = list(MONEY)
    while len(sentences) < length:
        words = {"b": chance.choice(ABSTRACT), "d": chance.choice(DEEDS), "e": chance.choice(DEEDS), "v": chance.choice(VIRTUES)}
        sentences.append(chance.choice(("{u}的", "部门", "")) + chance.choice(ABSTRACT) + chance.choice(ABSTRACT) + chance.choice(GLUE).format(**words))
    chance.shuffle(sentences)
    return Form(tuple(sentences))


def trade_sentence(trade: str, places: list[str], chance: random.Random) -> str:
    """One sentence as every unit of the trade may write it."""
    things, deeds, people, gains = TRADES[trade]
    one, two = chance.sample(things, 2)
    place, number = chance.choice(places), chance.randint(2, 900)
    builds = (
        f"{chance.choice(OPENINGS)}，在{place}{chance.choice(deeds)}{one}{number}处，{chance.choice(people)}{chance.choice(MANNERS)}参与，{chance.choice(RESULTS)}",
        f"{one}{chance.choice(MANNERS)}{chance.choice(deeds)}，{chance.choice(LINKS)}把{place}的{two}纳入{chance.choice(deeds)}，{chance.choice(gains)}{number}%",
        f"{place}{chance.choice(people)}{number}人次享受{one}{chance.choice(deeds)}，{chance.choice(RESULTS)}",
    )
    return chance.choice(builds)


def own_sentence(trade: str, places: list[str], chance: random.Random) -> str:
    """One sentence that only this unit can write: its places, firms and people, and what was done there."""
    words = chance.choice

    def thing() -> str:
        return words(KINDS) + words(THINGS)

    def amount() -> str:
        return f"{chance.uniform(1, 900):.{words((0, 0, 1, 2))}f}{words(MEASURES)}"

    clauses = (
        lambda: f"{words(places)}{words(VERBS)}{thing()}{amount()}",
        lambda: f"由{words(FIRMS)}{words(KINDS)}{words(THINGS)}公司{words(VERBS)}",
        lambda: f"{thing()}和{thing()}一并{words(VERBS)}",
        lambda: f"{words(NAMES)}{words('小大玉秀建国明华')}{words('兰英强军林平霞伟')}等{chance.randint(2, 30)}人{words(MANNERS)}{words(VERBS)}{thing()}",
        lambda: f"{words(OPENINGS)}{words(VERBS)}{thing()}",
        lambda: f"{words(TRADES[trade][0])}的{thing()}已{words(VERBS)}{amount()}",
        lambda: f"因{thing()}{words(('不足', '缺货', '老化', '涨价', '错位', '损坏', '短少', '超期'))}，{words(LINKS)}改为{words(VERBS)}{words(THINGS)}",
        lambda: f"{words(THINGS)}{words(VERBS)}后{words(('减少', '增加', '多出', '省下', '耗去'))}{amount()}",
    )
    return "，".join(make() for make in chance.sample(clauses, chance.randint(2, 3)))


def season(count: int, seed: int = 5, forms: int = 6) -> list[Unit]:
    """So many honest reports: up to six forms of very different spread, and for one unit in twelve a form that two to four have."""
    chance = random.Random(seed)
    common = [a_form(chance, length) for length in (44, 40, 52, 36, 48, 40)[:forms]]
    weights = (40, 25, 15, 10, 7, 3)[:forms]
    units: list[Unit] = []
    while len(units) < count:
        rare = chance.random() < 1 / 36
        form, times = (a_form(chance, 42), chance.randint(2, 4)) if rare else (chance.choices(common, weights)[0], 1)
        units += [a_unit(len(units) + one, form, chance) for one in range(times)]
    return units[:count]


def a_unit(order: int, form: Form, chance: random.Random) -> Unit:
    """A unit with 30 to 70 sentences of its own, half as many that its trade writes, and two that everybody writes."""
    trade = chance.choice(list(TRADES))
    place = "".join(chance.sample(FIRST, 3))
    places = ["".join(chance.sample(FIRST, 2)) + chance.choice("镇乡村") for _ in range(6)]
    own = [own_sentence(trade, places, chance) for _ in range(chance.randint(30, 70))]
    usual = [trade_sentence(trade, places, chance) for _ in range(len(own) // 2)] + chance.sample(PUBLIC, 2)
    return Unit(f"{order:05d}.docx", f"{place}县{trade}", trade, form, own, usual, order)


def plant(units: list[Unit], count: int, low: float, high: float, seed: int = 7) -> dict[tuple[str, str], float]:
    """Lets ``count`` units copy from as many others; gives (key, key) → share of the source's own text."""
    chance = random.Random(seed)
    chosen = chance.sample(units, 2 * count)
    made = {}
    for at, (source, target) in enumerate(zip(chosen[:count], chosen[count:], strict=True)):
        share = low + (high - low) * at / max(1, count - 1)
        taken = some_of(source.own, share, chance)
        copied = [reworded(sentence, chance) if chance.random() < 0.3 else sentence for sentence in taken]
        copied = [disguised(sentence, source.name, target.name, chance) for sentence in copied]
        kept = target.own[: max(10, len(target.own) - len(copied))]
        target.own = kept + copied
        first, second = sorted((source.key, target.key))
        made[first, second] = share
    return made


def some_of(own: list[str], share: float, chance: random.Random) -> list[str]:
    """Sentences that make up so much of the own text."""
    whole = sum(map(len, own))
    taken: list[str] = []
    for sentence in chance.sample(own, len(own)):
        if sum(map(len, taken)) >= share * whole:
            break
        taken.append(sentence)
    return taken


def reworded(sentence: str, chance: random.Random) -> str:
    """Clauses in another order, synonyms, or a word put in."""
    clauses = sentence.split("，")
    ways: tuple[Callable[[], str], ...] = (
        lambda: "，".join([*clauses[1:], clauses[0]]),
        lambda: "，".join(clauses[:-1]) or sentence,
        lambda: "，".join([clauses[0] + "等方面", *clauses[1:]]) + "，成效较为明显",
    )
    out = chance.choice(ways)()
    for old, new in SYNONYMS:
        out = out.replace(old, new)
    return out


def disguised(sentence: str, old: str, new: str, chance: random.Random) -> str:
    """Every figure another one, the name of the one unit that of the other."""
    out = sentence.replace(old, new)
    return "".join(chance.choice("123456789") if sign.isdigit() else sign for sign in out)


def texts(units: list[Unit]) -> Iterator[tuple[str, str, str]]:
    """Key, unit and text of every report."""
    return ((unit.key, unit.name, unit.text) for unit in units)
