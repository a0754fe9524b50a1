"""Every number in a text, typed: amounts, rates, points, counts, and what only looks like a figure.

The text is normalised already (``extractor.text``): half-width digits and brackets, no spaces but between ASCII signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from extractor.model.figure import Figure, Kind, scale
from extractor.model.table import Table

YEAR = r"(?:19|20)\d\d"
DASH = r"[-~—–至到]{1,2}"
DAY = r"\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"

YUAN = "元(?![旦月宵素件器])"
MONEY = (
    rf"(?:(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)?(?:美元|欧元|港元|日元|英镑|{YUAN})|[万亿]兀|角(?![度落色逐膜形]))"  # 兀: a scanner's 元
    "(?:/(?:人|亩|户|月|天|日(?!均)|年|次|平方米|立方米|公里|公顷|吨|套|平米|册|本|份|件|个|台|处|头|只|株|张|斤|公斤|度|场|期|小时|课时|学时|千瓦时|艘|生|师|村|所|辆|公里|[·*]|、(?=[天日月年]))+)*"
)
TENTHS = "成(?![立员为果效本绩功品交人长就都分型熟套活片])"
RATE = rf"%+|‰|个?百分点|个?千分点|百分比|倍(?![数增])|{TENTHS}"
POINTS = r"分(?![析别管类工布配之解支担享局内钟期红摊成层包批级散列段开发离子制歧秒公贝])(?:/[项次个分]+)?"
COUNTED = (
    "[μµm]g/(?:m³|m3)|人[·*][天日月年次]|剂次|延米|芯公里|周岁|分贝|千伏|℃|°C|"
    "平方公里|平方千米|平方米|立方米|公里/小时|公里|千米|公顷|公斤|千克|千瓦时|千瓦|兆瓦|毫克|毫米|厘米|分钟|小时|个工作日|工作日|"
    "个月|个小时|人次|人天|家次|户次|户籍|台套|台次|车次|班次|场次|架次|批次|课时|学时|学分|床位|件次|处次|册次|"
    "mg/L|kg/人|km2|km²|km|kg|hm2|hm²|hm|mm|cm|m2|m²|m3|m³|㎡|㎞|㎏|GB|TB|MW|kW|[kK]V[Aa]?|"
    "个|人|名|位|户|家|项(?!目(?![标录]))|套|间|处|座|台|架|盏|辆|艘|次|场|期|批|轮|回|届|册|份|篇|条|宗|例|所(?![需有属示])|亩|吨|升|斤|克|粒|株|棵|头|只|羽|尾|匹|"
    "公尺|米|里|天|日|周|年(?!度)|岁|件|起|部|片|块|幅|面|根|支|枚|口|眼|孔|栋|幢|层|类|种|样|款|张|幕|首|门|节|班|队|组|村|镇|乡|县|市|区|街|"
    "对|双|车|人/天|人/日|人/次|副|盒|瓶|箱|包|袋|筐|桶|本|卷|页|字|词|度|段|道|级|扇|樘|具|顶|颗|立方|方|亿度|万度|kwh|t|m"
)
UNIT = re.compile(
    rf"""
    [ ]?(?:                    # a paragraph's end parts a number from the word after it
      (?P<money> {MONEY} )
    | (?P<rate> {RATE} )
    | (?P<points> {POINTS} )
    | (?P<counted> (?:亿|千万|百万|十万|万|千(?![米克瓦伏])|百)?(?:{COUNTED}) (?:/(?:人|亩|户|月|天|日(?!均)|年|次|秒|小时|万人|10万公顷|10万|[·*])+)* )
    | (?P<bare> 万亿|亿|万 )(?!一)
    )
    """,
    re.VERBOSE,
)

SPACED_GROUPS = re.compile(r"(?<![\d.,% ])\d{1,3} \d{3}\.\d\d(?![\d ])")
NUMBER = r"\d+(?:,\d+)*(?:\.\d+)?"
FIRM_UNIT = "[%‰万亿元家个人次户]"
"""What can only stand behind a number: it proves that a letter or a point before it belongs to one."""
GROUPED = re.compile(r"-?[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?|-?\d+(?: ?\. ?\d+)")
TWO_NUMBERS = re.compile(r"-?\d+\.\d+(?=,\d+\.\d)")
"""4125.49,4143.91万元: no thousands follow a decimal point, so that the comma parts two numbers."""
SLOPPY = (
    rf"\d+(?:,\d+|\.{{1,2}}[ ]?\d+|[ ]\.\d+|\.(?=\s?[%‰万亿元])|[。·]\d+(?=\s?[%万亿元])|，\d{{3}}(?=(?:，\d{{3}})*\.\d+\s?[万亿元])"
    rf"|\.[OIlo\d]+(?={FIRM_UNIT})|[OIlo]+(?=[\d.]|{FIRM_UNIT})\d*|[ ]\d+){{0,12}}"  # a row of many cells is not read again from each of them
)
"""A number as hands and scanners spoil it: stray spaces, doubled points, a full-width comma, letters for noughts."""

CAPITALS = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元", strict=True))
DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
ONES = "一二三四五六七八九"
HAN = f"{ONES}零〇两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
"""The signs of Chinese numerals, those of cheques among them."""
CLASSIFIER = (
    f"个?百分点|个月|个(?![人体别性])|家(?![渠庄湾寨坪堡沟村乡镇子口川山])|户次|户(?![地镇村乡口籍])|座(?!谈)|所(?![有在属以示])|名(?![单录称优副义])|台(?![山子县账])|"
    "辆|栋|天(?![然津山气河水台地池府心下安平])|起(?![来点步])|项(?!规定|制度|纪律|措施并举)|处(?![理置级长罚])|场次|场(?![所景地镇馆面])|次(?![性要序数])|批次|批(?![复准评示量])|"
    "条(?![龙例款])|人次|人(?![大民口才员工社身均事防选居生间])|宗|类(?![型别似])|方面|件(?!套)|"
    f"平方公里|平方米|立方米|公里|公顷|亩|吨|[万亿]?(?:美元|{YUAN}|圆)|{TENTHS}"
)
"""What a Chinese numeral counts, without the words that only begin so: 五家渠, 六户地镇, 一般公共 are no counts."""
NOTHING_COUNTED = "意识|自信|全面|服从|合格|维护|确立|代表|必须|重大|一(?:百年|批|工程|行动|[”，。、；]|\\Z)|务必|革命|先锋|加强|带头|规定|层面"
"""四个意识, 两个一百年: set phrases that count nothing."""
HEADWORDS = "项目|个人|节能|家庭|人员|人才|组织|区域|市场|县域|村级"
"""Words of headings that begin as a unit does: 1.1项目背景 is no 1.1 项."""

SCAN = re.compile(
    rf"""
    (?=[-−+\d〔【\[﹝(①-⒛一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾xX×*PpMmNnA-ZΦФφ第年])
    (?:
      (?P<sure> \d++(?:\.\d++)?+(?={FIRM_UNIT}) )   # most figures; nothing below could be meant
    | (?P<document_number>
          [〔【\[﹝(]\s?{YEAR}\s?[〕】\]﹞)]?\s?(?:第\s?)?\d+(?:[-、]\d+)*\s?号
        | (?<=[财预建农发办函字教行社资综库绩监税])(?:19|20)\d{{2}}\d{{2,6}}(?!\d)(?=号|》|文|[,，。、)]|$)\s?号?
        | (?<!\d){YEAR}[〕】\]﹞]\s?(?:第\s?)?\d+\s?号
        | (?<=号、)\d{{1,4}}\s?号 | \d{{1,4}}\s?号(?=、\d{{1,4}}\s?号)
        | \d+(?:、\d+)*\s?号(?=凭证|文|令|公告|通知|函|会议|[)》])
        | 第\s?\d+\s?号
        | (?<=备)\d{{6,}}\s?号
      )
    | (?P<date>
          {YEAR}\s?年\s?(?:{DAY}|\d{{1,2}}\s?{DASH}\s?\d{{1,2}}\s?月)(?:\s?{DASH}\s?(?:(?:{YEAR}\s?年)?\s?{DAY}|\d{{1,2}}\s?[日号]))?
        | {YEAR}(?:[-./]\d{{1,2}}[-./]\d{{1,2}}(?![\d%])|\s?年\s?\d{{1,2}}[-./]\d{{1,2}}(?=[日号至，,。;；)\n]|\Z))
        | (?<![\d.]){YEAR}\.\d{{1,2}}\s?[-—~至]\s?{YEAR}\.\d{{1,2}}(?![\d%])
        | \d{{1,2}}\s?{DASH}\s?\d{{1,2}}\s?月(?:份)?
        | (?<!\d){DAY}(?:\s?{DASH}\s?(?:{DAY}|\d{{1,2}}\s?[日号]))?
        | (?<!\d)\d{{1,2}}\s?日(?!均|内|以内|之内)
        | (?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d.,%‰万亿元家个人次户号])
        | (?:{YEAR}\s?年\s?|(?<![\d第]))[1-4]\s?季度
        | (?<!\d)\d{{1,2}}\s?[时点]\s?\d{{1,2}}\s?分(?!钟) | (?<=[日午晚晨])\d{{1,2}}[时点](?![间长效])
        | (?:一九|二[〇○零0])[{ONES}〇○零0]{{2}}年[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?
        | (?<![\d比为])\d{{1,2}}:\d\d(?::\d\d)?(?![\d.])
      )
    | (?P<year>
          (?<!\d)(?:{YEAR}|20\s\d\d|2\s?0\s?\d\s?\d)\s?(?:年(?:度)?)?\s?{DASH}\s?(?:{YEAR})\s?(?:年度?|学年|财年)
        | (?<!\d)(?:{YEAR}|20\s\d\d|2\s0\s\d\s\d)\s?(?:年度|年|学年|财年)
        | (?:一九|二[〇○零0])[{ONES}〇○零0]{{2}}年度?
      )
    | (?P<masked>
          (?:19|20)[xX×*]{{1,2}}\s?年?度?
        | (?<![A-Za-z\d])[xX×*]+(?:\.[xX×*]+)?\s?(?:%|‰|(?:万|亿)?元|人次?|个|家|户|分|年|月|日|项)
        | (?<![A-Za-z])[Xx×]{{2,}}(?:\.[Xx×]+)?
      )
    | (?P<code>
          (?<!\d)1[3-9]\d(?:\d{{8}}|[ -]\d{{4}}[ -]\d{{4}})(?!\d)
        | (?<!\d)0\d{{2,3}}\s?-\s?\d{{7,8}}(?!\d)
        | \(0\d{{2,3}}\)\s?\d{{7,8}}(?!\d)
        | (?<!\d)400-?\d{{3}}-?\d{{4}}(?!\d)
        | \d{{6,}}[A-Za-z_]+[\dA-Za-z_/-]*\d*
        | (?<![A-Za-z])(?![OIlo]\d[\d.,]*\s?{FIRM_UNIT})[A-Za-z]{{1,4}}\d[\dA-Za-z_-]*(?:\.\d+)?线?
        | (?<![A-Za-z])[A-Z]{{2,8}}(?:-\d{{1,4}})+(?![\d.%‰万亿元])
        | (?<![\d.])(?:[1-5]A{{1,5}}(?=级|景区)|[2-6]G(?![A-Za-z\d])|[2348][DK](?![A-Za-z\d]))
        | (?<![\d.])(?:12\d{{3}}|9[56]\d{{3,4}}|1[12]\d)(?=热线|专线|平台|服务热线|电梯|急救|报警|接处?警|警情)
        | (?:(?<=[门位称\n])|\A)\d{{3,9}}(?=-(?![年月日万亿元至今])[\u4e00-\u9fff])
        | (?<![\d.,])2[0-3]\d(?:\d\d){{0,2}}(?=-(?![至年月])[\u4e00-\u9fff]{{2}})
        | (?<![\d.,])2[0-3]\d(?:\d\d){{1,2}}(?=\s?(?!{MONEY}|{RATE}|{POINTS}|{COUNTED}|[万亿年月日号第余多])[\u4e00-\u9fff]{{2}})
        | (?<=[助出付]\()(?:30\d|31[0-3]|399)(?:\d\d)?(?=\))
        | \d+(?=@) | (?<=》\()(?:19|20)\d\d(?=\))
        | \d{{12,}}(?![.\d])
        | \d{{3,6}}-\d{{6,}}
      )
    | (?P<size>
          \d+(?:\.\d+)?\s?(?:m|米|cm|mm)?(?:\s?[×*xX]\s?\d+(?:\.\d+)?\s?(?:m|米|cm|mm)?){{1,2}}(?![\d.元人%])(?!\s?[=万亿个元人户亩套])
        | (?<![\d.])\d{{1,3}}\s?[-~—至]\s?\d{{1,3}}\s?(?:周?岁|级|月龄)
        | \d+∶\d+(?:\.\d+)? | (?<=[尺例比按为])\d+:\d+(?:\.\d+)?(?!\d) | 1:\d{{3,}}(?=地形|地籍|比例|测图)
        | (?<![\d.])\d{{1,2}}·\d{{1,2}}(?![\d.%万亿元])
        | (?<![A-Za-z\d])[NnXx]\+\d{{1,2}}(?![\d.])
        | [ΦФφ]\s?\d+
        | \d+年一遇
        | (?<![\d.%元])\d{{1,2}}(?:\+(?:\d{{1,2}}|[NnXx]))+(?![\d.=%万元分]|\+)
      )
    | (?P<ordinal>
          [①-⒛]
        | (?<=[决算])0?\d{{1,2}}(?:-\d{{1,2}})?(?=表)
        | (?:(?<=\n)|\A)(?:(?:\d{{1,2}}|[1-3]?\d(?:\.[1-3]?\d){{1,2}})[.、)](?!\d)|\d{{1,2}}、)
        | (?:(?<=\n)|\A)[1-9](?:\.[1-9]){{0,2}}(?=\s?(?:{HEADWORDS}|(?!{MONEY}|{RATE}|{POINTS}|{COUNTED}|[万亿分])[\u4e00-\u9fff]{{2}}))
        | (?:(?<=\n)|\A|(?<=[。；;]))\d{{1,2}}[.、](?={YEAR}\s?年)
        | (?:(?<=\n)|\A|(?<=[。；;:,，、]))\(\d{{1,2}}\)
        | 第\s?\d+\s?(?:页|条|章|节|季度|届|款|项|部分|名|位|次|期|批|版|类)?
        | (?<=[。；;:：)\n])\d{{1,2}}[.、)](?![\d])
        | (?:(?<=[\u4e00-\u9fff)][,，])|(?<=其中))\d{{1,2}}、(?=[\u4e00-\u9fff]{{2}})
      )
    | (?P<word> [百千]分之(?:[{HAN}点]+|{NUMBER}) | (?:[二三四五六七八九十万]+|\d{{1,3}})分之[{ONES}十百\d]+ )
    | (?P<chinese>
          (?<![{HAN}第点余多每某这那几数任哪同])
          (?P<hanzi>
              一(?=[座所栋辆台家名户](?!一)|个(?:直属|下属|所属|预算|内设|事业|二级|项目|科室|处室))
            | (?![百千万亿零〇])[{HAN}][{HAN}]+ (?:点[{ONES}零〇]+[万亿]?)?
            | [两三四五六七八九]点[{ONES}零〇]+[万亿]?
            | 二(?=[个家名户人项座辆台所栋成])     # 二次供水, 二类疫苗: the others are ordinals
            | [两三四五六七八九十]
            | [百千万](?=[余多]) | (?<=[近约逾])[百千]
          )
          (?P<some> [余多] )?
          (?P<classifier> {CLASSIFIER} )
          (?!{NOTHING_COUNTED})
      )
    | (?P<number> (?:[-−]{{1,2}}|\+)? {SLOPPY} )
    )
    """,
    re.VERBOSE,
)

BEFORE = re.compile(
    r"(?:(?P<cmp>[≥≤><=]{1,2}|大于或?等于|不少于|不低于|不小于|不得低于|不得少于|至少|最少|不超过|不高于|不大于|不多于|不得超过|不得高于|"
    r"[未没]有?超过|至多|最多|小于或?等于|控制在|大于|超过|高于|小于|低于|少于|等于|(?<![的在])不足|[不未]到|未达到?)[\s:]?"
    r"|(?P<far>(?:不低于|不得低于|不少于|不得少于|不超过|不得超过|不高于|不得高于)(?=[^\d\s,，、。;；:]{2,10}的\Z)|(?:至少|最少|至多|最多)(?=[\u4e00-\u9fff]{1,4}\Z))"
    r"[^\d\s,，、。;；:]+)\Z"
)
"""The words before a number that bound it; 不得超过资金总规模的5% and 至少开展2场 have words between."""
BEFORE_REACHES = 16
COMPARATORS = {
    **dict.fromkeys(("大于等于", "大于或等于", "不少于", "不低于", "不小于", "不得低于", "不得少于", "至少", "最少", "≥", ">=", "=>", "≥≥"), "≥"),
    **dict.fromkeys(("小于等于", "小于或等于", "不超过", "不高于", "不大于", "不多于", "不得超过", "不得高于", "至多", "最多", "控制在"), "≤"),
    **dict.fromkeys(("未超过", "没超过", "未有超过", "没有超过", "≤", "<=", "=<", "≤≤"), "≤"),
    **dict.fromkeys(("大于", "超过", "高于", ">"), ">"),
    **dict.fromkeys(("小于", "低于", "少于", "不足", "不到", "未到", "未达", "未达到", "<"), "<"),
    **dict.fromkeys(("等于", "=", "=="), "="),
}
BOUND_ENDS = frozenset({word[-1] for word in COMPARATORS} | {"的"})
AFTER = re.compile(
    r"\s?(?:\(含\))?(?:(?P<cmp>及以上|以上|之内|以内|及以下|以下|内(?![容部设控涵外生需蒙]))|(?P<mirror>[≤<]=?)(?=[^\d,，。]{1,8}[≤<]=?\s?\d))"
)
"""The words behind a number that bound it; of 60≤得分<80 the first sign is read from the other side."""
MIRROR = {"≤": "≥", "<=": "≥", "<": ">"}
SUM_GOES_ON = re.compile(r"\s?(?:[/×÷*+]|[-−][\d.,万亿元%]+\s?[=+])")
HEDGE_BEFORE = re.compile(r"(?:大约|将近|接近|约[为有计占需合达]|约|近|逾|超(?!过)|上)\s?\Z")
HEDGE_ENDS = frozenset("约近逾超上为有计占需合达")
NOT_NEAR = re.compile(r"(?:附近|最近|就近|靠近|以上|上|[节签预条公契制集违履解续邀]约)\Z")
HEDGE_INSIDE = re.compile(r"[余多来](?=[万亿千百]?\S)")
HEDGE_AFTER = re.compile(r"余(?!款|额|下|数)|多(?![\d支拆收出付发花投完办])|左右|上下")
RANGE = re.compile(rf"\s?(?:\(含\)|\(不含\))?\s?[-~—–至到]{{1,2}}\s?(?P<high>{NUMBER})")

RATE_WORD = re.compile(r"(?:率|比例|占比|比重|程度|进度|系数)(?:\(%\))?(?:仅?为|达到?|是|:|完成)?\Z")
POINTS_WORD = re.compile(r"(?:得分|分值|权重|总分|评分|满分|扣分|自评得|共得|得)(?:\(分\))?(?:合计|共计)?(?:仅?为|达|是|:)?\Z")
PHONE_WORD = re.compile(r"(?:电话(?!回访|调查|抽查|随访|访问|咨询|热线|抽样)|手机|传真|邮编|邮政编码|QQ|编码|代码|编号|索引号|证号|账号|浏览量|访问次数)[^\d,，。;；\n]{0,6}\Z")
LABEL_WORD = re.compile(r"(?:指标|目标|附件|附表|公开|栏次|行次|序号|问题|步骤|措施|建议|案例|(?<![代发报填])表|图)\s?(?:\d{1,2}[、和-])*\Z")
CROWD_WORD = re.compile(r"(?:群众|人口|用户|粉丝|学生|职工|居民|农户|农民|党员|游客|会员|人数|户数|次数|[击读览播载客访]量)(?:约|近|达到?|为|超|突破|:)?\Z")
"""Before a bare 万 these words say that people or visits are counted, not money."""
UNIT_BEFORE = re.compile(
    r"(?:\((?:单位:)?(?P<inside>万元|亿元|千元|元|%|‰|分|个|人|家|项|次)\):?|(?<![\u4e00-\u9fff\d.)])(?P<plain>万元|亿元|元|%):)[≥≤><=]{0,2}\Z"
)
"""金额(万元):340.57: the unit of the heading is the unit of the number."""
UNIT_BEFORE_ENDS = frozenset("):≥≤><=")
JOINT = re.compile(r"[、,，和及与]")
ROW_BEGINS = re.compile(rf"(?:分别|依次|各自?)(?!占)[\u4e00-\u9fff:]{{0,8}}(?:{NUMBER}[、,，和及与])*\Z")
OF_LAST_YEAR = re.compile(r"[比较](?:上年度?|去年|20\d\d年度?)(?:同期|决算|预算)?数?的?\Z")
"""本年a元,比上年的b增加c元: last year's number between two amounts is one."""
NAMED = re.compile(r"[\u4e00-\u9fff、,，]")
ITEM = re.compile(r"[;；、][\u4e00-\u9fff]{2,20}")
ROW_REACHES = 40
"""A row of numbers with one unit at its end (分别为3、4和5个) begins within so many signs."""
HALF_OF_TENTH = re.compile(rf"[{ONES}半](?=[\s,，。;；、)]|\Z)")
"""三成五, 七成半: the digit behind 成 is a hundredth."""
NOT_A_VALUE = re.compile(r"[.、)]")
SOME_OF_A_MULTIPLE = re.compile(rf"[余多](?P<of>{YUAN}|{COUNTED})")
SIGNS = "-−+"
LETTERS = ("O", "I", "l", "o")
LETTER_FOR_A_DIGIT = re.compile(rf"(?:[^A-Za-z]|\A)[OIlo]\d[\d.,]*\s?{FIRM_UNIT}")
SOUND = re.compile(r"-?\d+(?:\.\d+)?")
RUN_TOGETHER = re.compile(r"(?<=%)\d")
"""合格率20100%100%20: cells of a row without anything between them, so that nobody can tell where a number begins."""
THOUSAND, WHOLE = 1000, 100
LEADING_NOUGHT = re.compile(r"-?0\d")
CURRENCY = ("¥", "￥")
SECOND_UNIT = re.compile(rf"万元|亿元|{YUAN}")
SECOND_PART = re.compile(rf"(?P<more>\d{{1,4}})(?P<multiple>万|千|百)?(?:(?P<money>{YUAN})|(?P<counted>(?<=\d{{3}})[人户亩株吨]))?(?![\d.,])")
PLAIN = str.maketrans(CAPITALS)
POSITIONAL = str.maketrans({sign: str(digit) for sign, digit in DIGITS.items()})
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
    """The value of a Chinese numeral; ``None`` where digits only stand in a row.

    >>> chinese_number("二十一"), chinese_number("九十五点五"), chinese_number("一亿零二千万"), chinese_number("二三")
    (Decimal('21'), Decimal('95.5'), Decimal('120000000'), None)
    """
    whole, _, part = words.partition("点")
    total = section = digit = 0
    for sign in whole:
        if sign in DIGITS:
            if digit:
                return None
            digit = DIGITS[sign]
        elif sign in TENS:
            section, digit = section + (digit or 1) * TENS[sign], 0
        elif sign in MYRIADS:
            below, times = section + digit, MYRIADS[sign]
            total = total + below * times if total >= times else (total + below or 1) * times
            section = digit = 0
        else:
            return None
    if part and any(sign not in DIGITS for sign in part):
        return None
    tail = "." + "".join(str(DIGITS[sign]) for sign in part) if part else ""
    return Decimal(f"{total + section + digit}{tail}")


def _between(hanzi: str) -> tuple[Decimal | None, Decimal | None]:
    """The number, and the upper end where two digits in a row say between: 两三, 五六十.

    >>> _between("五六十")
    (Decimal('50'), Decimal('60'))
    """
    low, high = (DIGITS.get(sign) for sign in (hanzi + "  ")[:2])
    if low and high == low + 1:
        return chinese_number(hanzi[0] + hanzi[2:]), chinese_number(hanzi[1:])
    return chinese_number(hanzi), None


def read_number(printed: str) -> tuple[Decimal | None, int, str | None]:
    """The number, its printed decimals, and a doubt where the print is spoilt.

    >>> read_number("1,234.50"), read_number("97..90")
    ((Decimal('1234.50'), 2, None), (None, 0, 'malformed'))
    """
    if SOUND.fullmatch(printed):
        return Decimal(printed), len(printed.partition(".")[2]), None
    doubt = None
    plain = printed.replace("−", "-")
    if "。" in plain or "·" in plain:
        plain, doubt = plain.replace("。", ".").replace("·", "."), "malformed"
    if plain.startswith("--"):
        plain, doubt = plain[1:], "malformed"
    if re.search(r"[OIlo]", plain):
        plain, doubt = plain.translate(str.maketrans("OoIl", "0011")), "letters"
    if re.search(r"\s", plain):
        plain, doubt = re.sub(r"\s", "", plain), "spaces"
    if "，" in plain:
        plain, doubt = plain.replace("，", ","), "grouping"
    if plain.endswith("."):
        doubt = "malformed"
    if "," in plain:
        if not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
            doubt = "grouping"
        plain = plain.replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None, 0, "malformed"
    return number, max(0, -int(number.as_tuple().exponent)), doubt


def figures(text: str, tables: Sequence[Table] = ()) -> list[Figure]:
    """Every number of ``text`` in order, each with unit, precision, comparator, hedge and kind.

    What stands in a cell of ``tables`` is read by itself: the words of its neighbours say nothing of it.
    """
    found: list[Figure] = []
    known: dict[str, tuple[int, list[Figure]]] = {}
    for start, end in _stretches(text, tables):
        piece = text[start:end] if tables else text
        if piece in known:  # 10, 100%: a form prints the same again and again
            before, same = known[piece]
            found += [figure.copied(f"f{number}", start - before) for number, figure in enumerate(same, len(found) + 1)]
            continue
        known[piece] = start, list(_in_piece(piece, len(found) + 1))
        for figure in known[piece][1]:
            figure.move(start)
        found += known[piece][1]
    _share_units(text, found)
    return found


def _in_piece(text: str, number: int) -> Iterator[Figure]:
    """The figures of a piece of the text that is read by itself; ``number`` is the first one's."""
    at = 0
    while match := SCAN.search(text, at):
        figure = _figure(text, match, f"f{number}")
        at = figure.end if figure else match.end()
        if figure is not None:
            number += 1
            yield figure


def _share_units(text: str, found: list[Figure]) -> None:
    """收、支分别为100.25、200.31万元: a bare number takes the unit of the one that it stands in a row with."""
    for index in range(len(found) - 2, -1, -1):
        bare, after = found[index : index + 2]
        if bare.kind != "count" or bare.unit or bare.number is None or not (after.unit and after.is_claim):
            continue
        if index and bare.decimals and after.kind == "amount" and found[index - 1].unit == after.unit and OF_LAST_YEAR.search(text, max(0, bare.start - 12), bare.start):
            found[index] = replace(bare, kind=after.kind, unit=after.unit)
            continue
        if index and bare.decimals and found[index - 1].unit == after.unit and after.kind == "amount" and _between_items(text, found[index - 1], bare, after):
            found[index] = replace(bare, kind=after.kind, unit=after.unit)
            continue
        joint = text[bare.end : after.start]
        if not JOINT.fullmatch(joint) or (joint in ",，" and not bare.decimals):
            continue
        if ROW_BEGINS.search(text, max(0, bare.start - ROW_REACHES), bare.start) or (
            (bare.decimals or joint in "和及与") and NAMED.match(text, max(0, bare.start - 1))
        ):
            found[index] = replace(bare, kind=after.kind, unit=after.unit)


def _between_items(text: str, before: Figure, bare: Figure, after: Figure) -> bool:
    """执法3.1万元;维权0.17;药品0.18万元: an item of a list whose neighbours have a unit."""
    return bool(ITEM.fullmatch(text, before.end, bare.start) and ITEM.fullmatch(text, bare.end, after.start))


def _stretches(text: str, tables: Sequence[Table]) -> Iterator[tuple[int, int]]:
    """The text between tables, and cell by cell what is in them."""
    at = 0
    for table in tables:
        yield at, table.start
        for cell in table.filled:
            start = cell.start
            while (stop := text.find("\n", start, cell.end)) >= 0:
                yield start, stop
                start = stop + 1
            yield start, cell.end
        at = table.end
    yield at, len(text)


def _figure(text: str, match: re.Match[str], key: str) -> Figure | None:
    """The figure at one hit of the scan; ``None`` where the hit is only a word."""
    if match["chinese"]:
        return _chinese(text, match, key)
    sort = str(match.lastgroup)
    if sort in NO_CLAIM:
        return _no_claim(text, match, sort, key)
    return _in_words(text, match, key) if sort == "word" else _number(text, match, key)


def _in_words(text: str, match: re.Match[str], key: str) -> Figure:
    """百分之九十五, 千分之三; 三分之二 has no decimal and is kept as it stands."""
    start, end, printed = match.start(), match.end(), match["word"]
    unit = {"百分之": "%", "千分之": "‰"}.get(printed[:3])
    if unit is None:
        return Figure(key, printed, None, "", 0, "other", start, end, why="分数")
    value = printed[3:].translate(PLAIN)
    number, places, doubt = read_number(value) if value[0].isdigit() else (chinese_number(value), len(value.partition("点")[2]), None)
    comparator, hedge = _bounds(text, start, end)
    return Figure(key, printed, number, unit, places, "rate", start, end, comparator, hedge, doubt=doubt)


def _chinese(text: str, match: re.Match[str], key: str) -> Figure | None:
    """A count or an amount in Chinese numerals. A 万 or 亿 at the end is the unit's: 一百二十万元 is 120 万元."""
    hanzi, unit = match["hanzi"].translate(PLAIN), match["classifier"].translate(PLAIN)
    if unit == "元" and len(hanzi) == 1 and not match["some"]:
        return None  # 二元结构, 三元区
    value = hanzi.rstrip("万亿")
    unit = hanzi[len(value) :] + unit
    number, high = _between(value if "点" in value else hanzi)
    if number is None:
        return None
    end = match.end()
    if unit == "成" and high is None and (half := HALF_OF_TENTH.match(text, end)):
        number, end = number + Decimal(DIGITS.get(half[0], 5)) / 10, half.end()
    if "点" not in value:
        number, high = (n and n / int(scale(hanzi[len(value) :])) for n in (number, high))
    kind: Kind = "amount" if unit.endswith("元") else "rate" if unit in ("成", "百分点", "个百分点") else "count"
    places = len(value.partition("点")[2]) or (1 if end > match.end() else 0)
    comparator, hedge = _bounds(text, match.start(), end)
    return Figure(
        key, text[match.start() : end], number, unit.removeprefix("个") if kind == "rate" else unit, places, kind, match.start(), end,
        comparator, match["some"] or hedge, high,
    )  # fmt: skip


def _no_claim(text: str, match: re.Match[str], sort: str, key: str) -> Figure:
    kind, why = NO_CLAIM[sort]
    number, high, doubt = None, None, None
    printed = match[0].rstrip()
    unit = ""
    if sort == "year":
        years = re.findall(YEAR, re.sub(r"\s", "", printed.translate(POSITIONAL)))
        number, unit = Decimal(years[0]), "年"
        high = Decimal(years[1]) if len(years) > 1 else None
        doubt = "spaces" if re.search(r"\d\s\d", printed) else None
    return Figure(
        key, printed, number, unit, 0, kind, match.start(), match.start() + len(printed), high=high, doubt=doubt, why=why
    )


def _bounds(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Comparator and hedge from the words on either side."""
    left = text[max(0, start - BEFORE_REACHES) : start]
    last = left.rstrip(" :")[-1:]
    comparator = hedge = None
    if (last in BOUND_ENDS or "少" in left or "多" in left) and (found := BEFORE.search(left)):
        word = found["cmp"] or found["far"]
        printed_sum = word == "=" and (re.search(r"[\d%元分人)]\s?\Z", left[: found.start()]) or SUM_GOES_ON.match(text, end))
        comparator = None if printed_sum else COMPARATORS.get(word)
    if last in HEDGE_ENDS and (found := HEDGE_BEFORE.search(left)):
        word = "约" if found[0].startswith("约") else found[0].strip()
        if not NOT_NEAR.search(left) and not (word == "近" and re.match(r"\d*[几]?年|月", text[start:end])):
            hedge = word
    if found := AFTER.match(text, end):
        comparator = comparator or MIRROR.get(found["mirror"]) or ("≥" if "上" in found["cmp"] else "≤")
    elif (found := HEDGE_AFTER.match(text, end)) and found[0] in ("左右", "上下"):
        hedge = found[0]
    return comparator, hedge


def _well_spaced(printed: str, rest: str) -> str:
    """The part of a spaced run that is one number: all of it only where a unit follows and the pieces fit together."""
    if " " not in printed:
        return printed
    unit = UNIT.match(rest)
    whole = printed.replace(" ", "")
    fits = unit and re.fullmatch(r"-?\d+(?:,\d{3})*(?:\.\d+)?", whole)
    if unit and unit["counted"] and not GROUPED.fullmatch(printed):
        fits = None  # 分值3 3 14种: cells of a row; counts are seldom spaced but for thousands
    two_cells = fits and unit and unit["rate"] and Decimal(whole.replace(",", "")) > WHOLE  # 10 100%
    return printed if fits and not two_cells else printed.split(" ")[0].rstrip(".,")


def _printed(text: str, match: re.Match[str]) -> tuple[str, int, bool]:
    """The number as printed, where it begins, and whether its first digits are lost (.57万元)."""
    printed, start = match[0], match.start()
    if printed[0] in SIGNS and start and re.match(r"[0-9A-Za-z%)元人个年月]", text[start - 1]):
        signs = len(printed) - len(printed.lstrip(SIGNS))
        printed, start = printed[signs:], start + signs  # a dash between two things, not a sign
    if two := TWO_NUMBERS.match(printed):
        printed = two[0]
    printed = _well_spaced(printed, text[match.end() : match.end() + 12])
    before = text[start - 1 : start]
    if before in LETTERS and LETTER_FOR_A_DIGIT.match(text, max(0, start - 2)):
        return before + printed, start - 1, False
    if before == "." and not re.match(r"[A-Za-z\d.]", text[max(0, start - 2) : start - 1]):
        return f".{printed}", start - 1, True
    return printed, start, False


def _number(text: str, match: re.Match[str], key: str) -> Figure | None:
    printed, start, lost = _printed(text, match)
    number, decimals, doubt = read_number(printed)
    some, end = _hedge_inside(text, start + len(printed))
    high, end, unit_at = _upper_end(text, start, end)
    if unit_at is None:
        unit_at, end = _unit_in_brackets(text, start, end)
    kind, unit, why = _kind(text, start, unit_at)
    comparator, hedge = _bounds(text, start, end)
    if unit_at and unit_at["bare"]:
        if more := SOME_OF_A_MULTIPLE.match(text, end):  # 2万余人, 2万余元
            some, end, unit = more[0][0], more.end(), unit_at["bare"] + more["of"]
            kind = "amount" if more["of"] == "元" else "count"
        elif number is not None and not decimals and (more := SECOND_PART.match(text, end)):
            number, unit, kind, end = _with_second_part(number, unit_at["bare"], more, (unit, kind, end))
    if text[start - 1 : start] in CURRENCY and (unit.endswith("元") or not unit_at):
        kind, unit, start = "amount", unit or "元", start - 1
    if unit_at is None and not doubt and any(group.start() <= start and end <= group.end() for group in SPACED_GROUPS.finditer(text, max(0, start - 4), end + 7)):
        doubt = "spaces"  # 1 204.60: a grouped number or two cells
    if lost or _odd_unit(unit_at) or (number is not None and number > THOUSAND and RUN_TOGETHER.match(text, end)) or (kind in ("amount", "rate") and LEADING_NOUGHT.match(printed)):
        doubt = "malformed"
    if unit_at and (unit_at["money"] or unit_at["bare"]) and (second := SECOND_UNIT.match(text, end)):
        end, doubt = second.end(), "malformed"  # 340.57万万元
    if some is None and unit_at and (after := HEDGE_AFTER.match(text, end)) and after[0] in "余多":
        some = after[0]
    if why is not None:
        comparator = hedge = some = None
    return Figure(
        key, text[start:end].strip(), number, unit, decimals, kind, start, end, comparator, some or hedge, high, doubt, why
    )  # fmt: skip


def _hedge_inside(text: str, end: int) -> tuple[str | None, int]:
    """The 余 of 300余万元, where a unit follows it."""
    some = HEDGE_INSIDE.match(text, end)
    return (some[0][0], some.end()) if some and UNIT.match(text, some.end()) else (None, end)


def _upper_end(text: str, start: int, end: int) -> tuple[Decimal | None, int, re.Match[str] | None]:
    """The upper end of a range, where the figure ends with it, and its unit."""
    unit_at = UNIT.match(text, end)
    end = unit_at.end() if unit_at else end
    high, range_end = _range(text, end, start)
    if high is None:
        return None, end, unit_at
    again = UNIT.match(text, range_end)
    return high, again.end() if again else range_end, again or unit_at


def _unit_in_brackets(text: str, start: int, end: int) -> tuple[re.Match[str] | None, int]:
    """The unit of a bare number that stands in brackets behind it, 5(万元), or in the heading before it, 金额(万元):340.57."""
    left = text[max(0, start - 14) : start]
    if text[end : end + 1] == "(" and (unit := UNIT.match(text, end + 1)) and text[unit.end() : unit.end() + 1] == ")":
        return (None, end) if LABEL_WORD.search(left) else (unit, unit.end() + 1)
    if left[-1:] in UNIT_BEFORE_ENDS and (found := UNIT_BEFORE.search(left)):
        at = start - len(left) + max(found.start("inside"), found.start("plain"))
        return (None if NOT_A_VALUE.match(text, end) else UNIT.match(text, at)), end
    return None, end


def _with_second_part(
    number: Decimal, multiple: str, more: re.Match[str], unless: tuple[str, Kind, int]
) -> tuple[Decimal, str, Kind, int]:
    """3亿5000万元 is one amount, told in its smaller unit."""
    unit, kind, end = unless
    smaller = more["multiple"] or ""
    of = more["counted"] or more["money"] or ("元" if smaller else "")
    times = scale(multiple) / scale(smaller)
    if not of or times <= int(more["more"]) or (more["counted"] and smaller):
        return number, unit, kind, end
    return number * int(times) + int(more["more"]), smaller + of, "count" if more["counted"] else "amount", more.end()


def _odd_unit(unit_at: re.Match[str] | None) -> bool:
    """97.90%%, 340.57万兀: the number can be read, but not trusted."""
    return bool(unit_at and ((unit_at["rate"] or "").count("%") > 1 or "兀" in (unit_at["money"] or "")))


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
    if upper is None or (low is not None and upper <= low and ("%" not in rest[:2] or low > WHOLE)):
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
        left = left.rstrip("≥≤><")
        if RATE_WORD.search(left):
            return "rate", "", None
        if POINTS_WORD.search(left):
            return "points", "", None
        return "count", "", None
    if unit_at["money"]:
        return "amount", unit_at["money"].replace("兀", "元"), None
    if unit_at["rate"]:
        word = unit_at["rate"].lstrip("个")
        return "rate", "%" if word.startswith("%") or word == "百分比" else word, None
    if unit_at["points"]:
        return "points", unit_at["points"], None
    if unit_at["bare"]:
        if CROWD_WORD.search(left):
            return "count", unit_at["bare"], None
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
