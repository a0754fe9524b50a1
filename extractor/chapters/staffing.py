"""编制, 在职, 离退休, 编外: people of the unit by category."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Fact, Subject

PERSONS = ("人", "名", "个", "")
CATEGORIES = (
    ("administrative", re.compile(r"行政|公务员(?!管理)|政法专项")),
    ("worker", re.compile(r"工勤|机关后勤|后勤服务|工人编")),
    ("institution", re.compile(r"事业|参公|参照公务员|全额|差额")),
)
POSTS = re.compile(r"(?<!预算)(?<!决算)(?<!报表)(?<!规划)(?<!方案)(?<!计划)编制(?!范围|说明|工作|单位)")
"""预算编制范围 is the making of a budget; of posts it is not said."""
NUMBER_OF_POSTS = r"(?:人员)?编制(?:人?数|人员数|名额|总数)?(?:共|为|有|:)*\Z"
STAFF = re.compile(rf"在职|在编|编内|(?:实有|现有)(?!资|{NUMBER_OF_POSTS})|在岗|实际到岗")
HEADCOUNT = re.compile(r"(?:年末)?实有(?:总)?人(?:员|数)|总人数|现有人员总数")
OTHERS = (
    ("contract_staff", re.compile(r"雇员|编外|聘用|临聘|公益性?岗|劳务派遣|临时人员|临时工|合同工|辅警|协管")),
    ("retired_staff", re.compile(r"离退休|离休退休")),
    ("former_cadres", re.compile(r"离休")),
    ("retirees", re.compile(r"退休")),
)
POSTED = r"(?:在职|在编|编内|编制内|在岗)(?:在编|在岗)?"
UNPOSTED = r"(?:劳务)?派遣|聘用|编外|临聘|离?退休|离休|辅警|协管|雇员|临时|合同制?|公益|借调|返聘|遗属"
FORMER = re.compile(r"原有(?:人员)?编制|(?:调整|改革|划转|合并)前[^,，;；]{0,8}(?:编制|在职|人员)")
"""Posts and people of before a reform are no other figure of today's."""
NO_BODY = re.compile(r"核定|批准|总|现有|实有|原有|人员|名额|共计?|[我本全该]|其中|年末|[^\u4e00-\u9fff]")
SEVERAL_KINDS = re.compile(
    rf"{POSTED}(?:人员|干部|职工)*(?:和|及|与|以及|加上?|连同|、)[^,，;；]{{0,8}}(?:{UNPOSTED})|(?:{UNPOSTED})(?:人员|职工)*(?:和|及|与|以及|加上?|连同|、)[^,，;；]{{0,4}}{POSTED}"
)
"""在职和派遣人员68人: people of more than one kind together."""
SEMICOLON = re.compile(r"[^\u4e00-\u9fff]*[;；]")
TOTAL = re.compile(r"(?:合计|共计|总计)\Z")
UNIT_BEFORE = re.compile(r"(?:编制|编内|人员|职工|干部|行政|事业|在职|在编|在岗|公务员|参公|合计|共计|总计|工勤|雇员|退休|离休|实有|人数|聘用|后勤)[^,，;；。]{0,6}\Z")


def facts(found: list[Sentence], fiscal_year: int | None) -> Iterator[Fact]:
    """Every number of posts and people whose words say which."""
    bodies: list[str] = []
    paragraph = -1
    for sentence in found:
        if sentence.paragraph != paragraph:
            bodies, paragraph = [], sentence.paragraph
        if not re.search(r"编制|在职|在编|实有人|退休", sentence.text):
            continue
        category: str | None = None
        kind: str | None = None
        depth = posts_in_a_row = 0
        subject = Subject("staffing", "department", fiscal_year)
        if FORMER.search(sentence.text):
            subject = Subject("staffing", "former", fiscal_year)
        elif re.search(r"下属|所属|二级单位|学生|教师资格", sentence.text[:12]):
            subject = Subject("staffing", sentence.text[:12], fiscal_year)
        for mention in sentence.mentions:
            if mention.figure.kind != "count" or mention.figure.unit not in PERSONS:
                continue
            if mention.depth < depth:
                category = None  # 编制68名(…工勤2名),在职63人: a bracket ends with what it says
            depth = mention.depth
            if posts_in_a_row > 1 and STAFF.search(mention.tail):
                category = None  # 政法编制68名,工勤编制5名,在职71人: those of all posts
            name, category, kind = _role(mention, category, kind)
            posts_in_a_row = posts_in_a_row + (category is not None) if kind == "posts" else 0
            if name is None:
                continue
            of = subject
            if name == "establishment_posts":
                body = _body(mention)
                of = Subject("staffing", body, fiscal_year) if body and bodies and body not in bodies else subject
                bodies.append(body)
            yield Fact(name, mention.figure, of, mention.clause, sentence.section)


def _body(mention: Mention) -> str:
    """编制75人…;生产队编制31人: the body that a second number of posts is of, by the word before 编制."""
    return NO_BODY.sub("", mention.clause.partition("编制")[0])


def _role(mention: Mention, category: str | None, kind: str | None) -> tuple[str | None, str | None, str | None]:
    """The role, and the category and sort (编制 or 在职) that the next figure inherits."""
    label = mention.label
    if not UNIT_BEFORE.search(label):
        return None, category, kind
    if SEVERAL_KINDS.search(re.split(r"[,，;；]", label)[-1]):
        return None, None, kind
    words = re.split(r"[,，;；、]", label)[-1]
    for name, pattern in OTHERS:
        if pattern.search(words):
            return name, None, kind
    own = next((key for key, pattern in CATEGORIES if pattern.search(words)), None)
    if TOTAL.search(words) and kind is not None:
        return ("establishment_posts" if kind == "posts" else "staff_in_post"), None, kind
    if HEADCOUNT.search(words) and not own:
        return "headcount", None, "staff"
    if STAFF.search(words):
        kind = "staff"
        category = None if SEMICOLON.match(label) else category  # 编制79名,其中工勤2名;在职76人
        category = own or (category if "其中" not in label and "共" not in words and "总" not in words else None)
    elif POSTS.search(words) or (own and kind != "staff"):
        kind, category = "posts", own
    elif own:
        category = own
    else:
        return None, category, kind
    if kind == "posts":
        return (f"{category}_posts" if category else "establishment_posts"), category, kind
    return (f"{category}_staff" if category else "staff_in_post"), category, kind
