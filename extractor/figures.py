"""Every number in a text, typed: amounts, rates, points, counts, and what only looks like a figure.

The text is normalised already (``extractor.text``): half-width digits and brackets, no spaces but between ASCII signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from extractor.model.figure import Figure, Kind

YEAR = r"(?:19|20)\d\d"
DASH = r"[-~—–至到]{1,2}"
DAY = r"\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"

MONEY = r"(?:十亿|亿|千万|百万|十万|万|千|百)?(?:美元|欧元|港元|元)(?:/(?:人|亩|户|月|天|年|次|平方米|立方米|公里|吨|套|平米|册|本|份|件|个|台|处|头|只|株|张|斤|公斤|[·*])+)*"
RATE = r"%+|‰|个?百分点|个?千分点|百分比"
POINTS = r"分(?![析别管类工布配之解支担享局内钟期红摊成层包批级散列段开发离子制歧秒公])(?:/[项次个分]+)?"
COUNTED = (
    "平方公里|平方千米|平方米|立方米|公里/小时|公里|千米|公顷|公斤|千克|千瓦时|千瓦|兆瓦|毫克|毫米|厘米|分钟|小时|个工作日|工作日|"
    "个月|个小时|人次|人天|家次|户次|户籍|台套|台次|车次|班次|场次|架次|批次|课时|学时|学分|床位|件次|处次|册次|"
    "mg/L|kg/人|km2|km²|km|kg|hm2|hm²|hm|mm|cm|m2|m²|m3|m³|㎡|㎞|㎏|GB|TB|MW|kW|"
    "个|人|名|位|户|家|项|套|间|处|座|台|架|盏|辆|艘|次|场|期|批|轮|回|届|册|份|篇|条|宗|例|所|亩|吨|升|斤|克|粒|株|棵|头|只|羽|尾|匹|"
    "公尺|米|里|天|日|周|年|岁|件|起|部|片|块|幅|面|根|支|枚|口|眼|孔|栋|幢|层|类|种|样|款|张|幕|首|门|节|班|队|组|村|镇|乡|县|市|区|街|"
    "对|双|车|人/天|人/日|人/次|副|盒|瓶|箱|包|袋|筐|桶|本|卷|页|字|词|倍|度|段|道|级|扇|樘|具|顶|颗|立方|方|亿度|万度|kwh|t|m"
)
UNIT = re.compile(
    rf"""
    \s?(?:
      (?P<money> {MONEY} )
    | (?P<rate> {RATE} )
    | (?P<points> {POINTS} )
    | (?P<counted> (?:亿|千万|百万|十万|万|千(?!米|克|瓦)|百)?(?:{COUNTED}) (?:/(?:人|亩|户|月|天|年|次|万人|10万公顷|10万|[·*])+)* )
    | (?P<bare> 亿|万 )(?!一)
    )
    """,
    re.VERBOSE,
)

NUMBER = r"\d+(?:,\d+)*(?:\.\d+)?"
SLOPPY = r"\d+(?:,\d+|\.{1,2}[ ]?\d+|。\d+(?=\s?(?:万|亿|元|%))|[OIlo]+(?=[\d.])\d*|[ ]\d+)*"
"""A number as hands and scanners spoil it: stray spaces, doubled points, letters for noughts."""

SCAN = re.compile(
    rf"""
    (?=[-−\d〔【\[﹝(①-⑳一二两三四五六七八九十百xX×*PpMmNnA-ZΦФφ第年])
    (?:
      (?P<document_number>
          [〔【\[﹝(]\s?{YEAR}\s?[〕】\]﹞)]?\s?(?:第\s?)?\d+\s?号
        | (?<=[财预建农发办函字教行社资综库绩监税])(?:19|20)\d{{2}}\d{{2,6}}(?!\d)(?=号|》|文|[,，。、)]|$)\s?号?
        | \d+(?:、\d+)*\s?号(?=凭证|文|令|公告|通知|函|会议|[)》])
        | 第\s?\d+\s?号
      )
    | (?P<date>
          {YEAR}\s?年\s?(?:{DAY}|\d{{1,2}}\s?{DASH}\s?\d{{1,2}}\s?月)(?:\s?{DASH}\s?(?:(?:{YEAR}\s?年)?\s?{DAY}|\d{{1,2}}\s?[日号]))?
        | {YEAR}([-./]|\s?年\s?)\d{{1,2}}(?:[-./])\d{{1,2}}(?![\d%])
        | (?<![\d.]){YEAR}\.\d{{1,2}}\s?(?=[-—~至]\s?{YEAR}\.)
        | \d{{1,2}}\s?{DASH}\s?\d{{1,2}}\s?月(?:份)?
        | (?<!\d){DAY}(?:\s?{DASH}\s?(?:{DAY}|\d{{1,2}}\s?[日号]))?
        | (?<!\d)\d{{1,2}}\s?日(?!均)
        | (?<!\d)\d{{1,2}}:\d\d(?::\d\d)?(?!\d)
      )
    | (?P<year>
          (?<!\d)(?:{YEAR}|20\s\d\d|2\s?0\s?\d\s?\d)\s?(?:年(?:度)?)?\s?{DASH}\s?(?:{YEAR})\s?(?:年度?|学年|财年)
        | (?<!\d)(?:{YEAR}|20\s\d\d|2\s0\s\d\s\d)\s?(?:年度|年|学年|财年)
      )
    | (?P<masked>
          (?:19|20)[xX×*]{{1,2}}\s?年?度?
        | (?<![A-Za-z\d])[xX×*]+(?:\.[xX×*]+)?\s?(?:%|‰|(?:万|亿)?元|人次?|个|家|户|分|年|月|日|项)
        | (?<![A-Za-z])[Xx×]{{2,}}(?:\.[Xx×]+)?
      )
    | (?P<code>
          (?<!\d)1[3-9]\d{{9}}(?!\d)
        | (?<!\d)0\d{{2,3}}\s?-\s?\d{{7,8}}(?!\d)
        | (?<!\d)400-?\d{{3}}-?\d{{4}}(?!\d)
        | \d{{6,}}[A-Za-z_]+[\dA-Za-z_/-]*\d*
        | (?<![A-Za-z])[A-Za-z]{{1,4}}\d[\dA-Za-z_-]*(?:\.\d+)?线?
        | \d{{12,}}(?![.\d])
        | \d{{3,6}}-\d{{6,}}
      )
    | (?P<size>
          \d+(?:\.\d+)?\s?(?:m|米|cm|mm)?(?:\s?[×*xX]\s?\d+(?:\.\d+)?\s?(?:m|米|cm|mm)?){{1,2}}(?![\d元人%])(?!\s?[=万亿个元人户亩套])
        | [ΦФφ]\s?\d+
        | \d+年一遇
        | (?<![\d.%元])\d{{1,2}}(?:\+(?:\d{{1,2}}|[NnXx]))+(?![\d.=%万元分]|\+)
      )
    | (?P<ordinal>
          [①-⑳]
        | (?:(?<=\n)|\A)\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}[.、)](?!\d)
        | (?:(?<=\n)|\A|(?<=[。；]))\d{{1,2}}[.、](?={YEAR}\s?年)
        | (?:(?<=\n)|\A|(?<=[。；:]))\(\d{{1,2}}\)
        | 第\s?\d+\s?(?:页|条|章|节|季度|届|款|项|部分|名|位|次|期|批|版|类)?
        | (?<=[。；:：\n])\d{{1,2}}[.、)](?![\d])
      )
    | (?P<word> 百分之[零〇一二两三四五六七八九十百点]+ )
    | (?P<chinese>
          (?<![第一二两三四五六七八九十百千万余多每某这那几任哪同])
          (?P<hanzi> [二两三四五六七八九十百][一二三四五六七八九十百零〇]* | 一百[一二三四五六七八九十零〇]* | 一(?=座|所|栋|辆|台|家|名|户|个(?:直属|下属|所属|预算|内设|事业|二级|项目|科室|处室)) )
          (?P<classifier> 个 | 家 | 户 | 座 | 所 | 名 | 台 | 辆 | 栋 | 起 | 项(?!规定|制度|纪律|措施并举) | 处 | 次 | 场 | 批 | 条 | 人(?![大民口]) | 宗 | 条 | 类 | 方面 | 件 )
          (?!意识|自信|全面|服从|合格|维护|确立|代表|必须|重大|一|务必|革命|先锋|加强|带头|规定|层面)
      )
    | (?P<number> [-−]?{SLOPPY} )
    )
    """,
    re.VERBOSE,
)

BEFORE = re.compile(
    r"(?P<cmp>[≥≤><=]{1,2}|大于或?等于|不少于|不低于|不小于|不得低于|不得少于|至少|不超过|不高于|不大于|不多于|不得超过|不得高于|"
    r"小于或?等于|控制在|大于|超过|高于|小于|低于|少于|等于)[\s:]?\Z"
)
COMPARATORS = {
    **dict.fromkeys(("大于等于", "大于或等于", "不少于", "不低于", "不小于", "不得低于", "不得少于", "至少", "≥", ">=", "=>", "≥≥"), "≥"),
    **dict.fromkeys(
        ("小于等于", "小于或等于", "不超过", "不高于", "不大于", "不多于", "不得超过", "不得高于", "≤", "<=", "=<", "≤≤"), "≤"
    ),
    **dict.fromkeys(("大于", "超过", "高于", ">"), ">"),
    **dict.fromkeys(("小于", "低于", "少于", "<"), "<"),
    **dict.fromkeys(("等于", "=", "=="), "="),
}
AFTER = re.compile(r"\s?(?:\(含\))?(?P<cmp>及以上|以上|之内|以内|及以下|以下)")
HEDGE_BEFORE = re.compile(r"(?:大约|将近|接近|约为|约有|约计|约|近|逾|超(?!过)|上)\s?\Z")
NOT_NEAR = re.compile(r"(?:附近|最近|就近|靠近|以上|上)\Z")
HEDGE_INSIDE = re.compile(r"[余多来](?=[万亿千百]?\S)")
HEDGE_AFTER = re.compile(r"[余多]|左右|上下")
RANGE = re.compile(rf"\s?(?:\(含\)|\(不含\))?\s?[-~—–至到]{{1,2}}\s?(?P<high>{NUMBER})")

RATE_WORD = re.compile(r"(?:率|比例|占比|比重|程度|进度|系数)(?:\(%\))?(?:仅?为|达到?|是|:|完成)?\Z")
POINTS_WORD = re.compile(r"(?:得分|分值|权重|总分|评分|满分|扣分|自评得|共得|得)(?:\(分\))?(?:合计|共计)?(?:仅?为|达|是|:)?\Z")
PHONE_WORD = re.compile(r"(?:电话|手机|传真|邮编|邮政编码|QQ|编码|代码|编号|索引号|证号|账号|浏览量|访问次数)[^\d,，。;；\n]{0,6}\Z")
LABEL_WORD = re.compile(r"(?:指标|目标|附件|附表|公开|栏次|行次|序号|(?<![代发报填])表|图)\s?\Z")
RATIO_OF_COUNT = re.compile(r"/(?:10万|100)")
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NO_CLAIM: dict[str, tuple[Kind, str]] = {
    "document_number": ("document_number", "文号或凭证号"),
    "date": ("date", "日期"),
    "year": ("year", "年度"),
    "masked": ("other", "隐去的数字"),
    "code": ("other", "编码、电话或名称中的数字"),
    "size": ("other", "规格、型号或名称中的数字"),
    "ordinal": ("ordinal", "序号"),
}


def chinese_number(words: str) -> Decimal | None:
    """The value of a Chinese numeral below ten thousand.

    >>> chinese_number("二十一"), chinese_number("九十五点五")
    (Decimal('21'), Decimal('95.5'))
    """
    whole, _, part = words.partition("点")
    total = digit = 0
    for sign in whole:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            return None
    if part and any(sign not in DIGITS for sign in part):
        return None
    tail = "." + "".join(str(DIGITS[sign]) for sign in part) if part else ""
    return Decimal(f"{total + digit}{tail}")


def read_number(printed: str) -> tuple[Decimal | None, int, str | None]:
    """The number, its printed decimals, and a doubt where the print is spoilt.

    >>> read_number("1,234.50"), read_number("97..90")
    ((Decimal('1234.50'), 2, None), (None, 0, 'malformed'))
    """
    doubt = None
    plain = printed.replace("−", "-")
    if "。" in plain:
        plain, doubt = plain.replace("。", "."), "malformed"
    if re.search(r"[OIlo]", plain):
        plain, doubt = plain.translate(str.maketrans("OoIl", "0011")), "letters"
    if re.search(r"\s", plain):
        plain, doubt = re.sub(r"\s", "", plain), "spaces"
    if "," in plain:
        if not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
            doubt = "grouping"
        plain = plain.replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None, 0, "malformed"
    return number, max(0, -int(number.as_tuple().exponent)), doubt


def figures(text: str) -> list[Figure]:
    """Every number of ``text`` in order, each with unit, precision, comparator, hedge and kind."""
    found: list[Figure] = []
    at = 0
    while match := SCAN.search(text, at):
        figure = _figure(text, match, f"f{len(found) + 1}")
        if figure is not None:
            found.append(figure)
        at = max(figure.end if figure else 0, match.start() + 1 if figure is None else 0)
        if figure is None:
            at = match.end()
    return found


def _figure(text: str, match: re.Match[str], key: str) -> Figure | None:
    """The figure at one hit of the scan; ``None`` where the hit is only a word."""
    sort = match.lastgroup if match.lastgroup not in ("hanzi", "classifier") else "chinese"
    if sort in NO_CLAIM:
        return _no_claim(text, match, str(sort), key)
    if sort == "word":
        number = chinese_number(match["word"][3:])
        places = len(match["word"].partition("点")[2])
        comparator, hedge = _bounds(text, match.start(), match.end())
        return Figure(key, match["word"], number, "%", places, "rate", match.start(), match.end(), comparator, hedge)
    if sort == "chinese":
        number = chinese_number(match["hanzi"])
        return Figure(key, match[0], number, match["classifier"], 0, "count", match.start(), match.end())
    return _number(text, match, key)


def _no_claim(text: str, match: re.Match[str], sort: str, key: str) -> Figure:
    kind, why = NO_CLAIM[sort]
    number, high = None, None
    printed = match[0].rstrip()
    unit = ""
    if sort == "year":
        years = re.findall(r"(?:19|20)\d\d", re.sub(r"\s", "", printed))
        number, unit = Decimal(years[0]), "年"
        high = Decimal(years[1]) if len(years) > 1 else None
    return Figure(
        key, printed, number, unit, 0, kind, match.start(), match.start() + len(printed), high=high, why=why
    )


def _bounds(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Comparator and hedge from the words on either side."""
    left = text[max(0, start - 6) : start]
    comparator = hedge = None
    if (found := BEFORE.search(left)) and not (
        found["cmp"] == "=" and re.search(r"[\d%元分人)]\s?\Z", left[: found.start()])
    ):
        comparator = COMPARATORS.get(found["cmp"], "≤" if found["cmp"] == "控制在" else None)
    if found := HEDGE_BEFORE.search(left):
        word = found[0].strip()
        if not NOT_NEAR.search(left) and not (word == "近" and re.match(r"\d*[几]?年|月", text[start:end])):
            hedge = word
    if found := AFTER.match(text, end):
        comparator = comparator or ("≥" if "上" in found["cmp"] else "≤")
    elif (found := HEDGE_AFTER.match(text, end)) and found[0] in ("左右", "上下"):
        hedge = found[0]
    return comparator, hedge


def _well_spaced(printed: str, rest: str) -> str:
    """The part of a spaced run that is one number: all of it only where a unit follows and the pieces fit together."""
    if not re.search(r"\s", printed):
        return printed
    unit = UNIT.match(rest)
    whole = re.sub(r"\s", "", printed)
    fits = unit and re.fullmatch(r"-?\d+(?:,\d{3})*(?:\.\d+)?", whole)
    return printed if fits else re.split(r"\s", printed)[0].rstrip(".,")


def _number(text: str, match: re.Match[str], key: str) -> Figure | None:
    start = match.start()
    printed = match["number"]
    if printed[0] in "-−" and start and re.match(r"[0-9A-Za-z%)元人个年月]", text[start - 1]):
        printed, start = printed[1:], start + 1  # a dash between two things, not a sign
    printed = _well_spaced(printed, text[match.end() :][:12]).rstrip(".")
    end = start + len(printed)
    number, decimals, doubt = read_number(printed)
    hedge_inside = HEDGE_INSIDE.match(text, end)
    if hedge_inside and UNIT.match(text, hedge_inside.end()):
        end = hedge_inside.end()
    else:
        hedge_inside = None
    unit_at = UNIT.match(text, end)
    first_unit_end = unit_at.end() if unit_at else end
    high, range_end = _range(text, first_unit_end, start)
    if high is not None:
        end = range_end
        unit_at = UNIT.match(text, end) or unit_at
        if unit_at and unit_at.end() > end:
            end = unit_at.end()
    elif unit_at:
        end = unit_at.end()
    kind, unit, why = _kind(text, start, unit_at)
    if (unit_at and unit_at["rate"] and unit_at["rate"].count("%") > 1) or text[start - 1 : start] == ".":
        doubt = "malformed"  # 97.90%%, or a number that lost its first digits (.32)
    comparator, hedge = _bounds(text, start, end)
    if unit_at and unit_at["bare"] and (more := re.match(rf"[余多](?P<counted>{COUNTED})", text[end : end + 8])):
        end += more.end()  # 2万余人
        kind, unit, hedge_inside = "count", unit_at["bare"] + more["counted"], more
    if hedge_inside:
        hedge = hedge_inside[0][0]
    elif (after := HEDGE_AFTER.match(text, end)) and after[0] in "余多" and unit_at:
        hedge = after[0]
    if why is not None:
        comparator = hedge = None
    return Figure(
        key, text[start:end].strip(), number, unit, decimals, kind, start, end, comparator, hedge, high, doubt, why
    )  # fmt: skip


def _range(text: str, at: int, start: int) -> tuple[Decimal | None, int]:
    """The upper end of a range that begins at ``start``, unless the dash is a minus of a printed sum."""
    found = RANGE.match(text, at)
    if not found:
        return None, at
    rest = text[found.end() : found.end() + 8]
    if re.match(rf"\s?(?:{MONEY}|{RATE}|分|人|个)?\s?[=+×÷*/]", rest) or re.search(r"[=+×÷(/]\s?\Z", text[max(0, start - 2) : start]):
        return None, at
    if text[at : found.start("high")].strip() in ("至", "到") and not UNIT.match(text, found.end()):
        return None, at
    low, upper = read_number(text[start:at].rstrip("%元万人个分"))[0], read_number(found["high"])[0]
    if upper is None or (low is not None and upper <= low and "%" not in rest[:2]):
        return None, at
    return upper, found.end()


def _kind(text: str, start: int, unit_at: re.Match[str] | None) -> tuple[Kind, str, str | None]:
    """What the number counts, its unit in canonical spelling, and why it is no claim (if it is none)."""
    left = text[max(0, start - 14) : start]
    if unit_at is None:
        if LABEL_WORD.search(left):
            return "ordinal", "", "序号"
        if PHONE_WORD.search(left):
            return "other", "", "编码、电话或名称中的数字"
        if RATE_WORD.search(left):
            return "rate", "", None
        if POINTS_WORD.search(left):
            return "points", "", None
        return "count", "", None
    if unit_at["money"]:
        return "amount", unit_at["money"], None
    if unit_at["rate"]:
        word = unit_at["rate"].lstrip("个")
        return "rate", "%" if word.startswith("%") or word == "百分比" else word, None
    if unit_at["points"]:
        return "points", unit_at["points"], None
    if unit_at["bare"]:
        return "amount", unit_at["bare"] + "元", None
    if PHONE_WORD.search(left):
        return "other", unit_at["counted"], "编码、电话或名称中的数字"
    return "count", unit_at["counted"], None


def digits_outside(text: str, found: list[Figure]) -> Iterator[int]:
    """Offsets of digits that stand in no figure: names, which the ledger need not carry."""
    ends = [(figure.start, figure.end) for figure in found]
    at = 0
    for start, end in [*ends, (len(text), len(text))]:
        yield from (i for i in range(at, start) if text[i].isdigit())
        at = max(at, end)
