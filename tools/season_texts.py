"""Texts of a season's reports for the comparison across reports: forms, own words, and copies whose making is known.

Every unit has one of the season's forms (or, seldom, one that only two to four units have) with its own figures, and own
sentences of its trade. A copy takes a share of another unit's own sentences, changes figures and names, rewords some and
puts them in another order. Nothing here is taken from the code that is measured with it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

FIRST = "云岭青石白沙金沙黑水红柳长河龙泉凤山清溪石桥双江南屏北坝东湖西坪大渡小梁平安永丰新田高坎古城沙湾松林竹溪梅岭桂塘荷塘柳河杏园桃坪枣林槐荫榆树枫桥椿岭桑园麻栗茶店药山盐井铁厂铜钟银坑锡山玉泉珠溪宝塔福田寿安康乐"
TRADES: dict[str, tuple[str, str, str, str]] = {
    "农业农村局": ("水稻病虫害统防统治 高标准农田 蔬菜大棚 茶叶加工 生猪养殖 农机作业 秸秆离田 油菜轮作 柑橘品改 耕地轮休 农田灌渠 粮种繁育 农药包装回收 渔业增殖放流 家庭农场", "示范 推广 改造 验收 培训 补贴 巡查 测土 统收 订单收购", "种植大户 合作社社员 村级农技员 养殖户 返乡青年", "亩均增收 良种覆盖 机收损失下降 用药减量 耕地地力提升"),
    "教育局": ("寄宿制学校食堂 营养午餐 校舍加固 课后服务 控辍保学 乡村教师周转房 实验室器材 校园足球 心理辅导室 学前普惠园 职教实训车间 特殊教育送教 图书角 数字课堂 校车线路", "翻新 督导 招标 配送 评估 轮训 送教 并点 检测 抽考", "寄宿学生 代课教师 家长委员会 特岗教师 残疾儿童", "辍学率下降 视力筛查覆盖 体质合格 升学意愿提高 家校沟通改善"),
    "水务局": ("农村饮水管网 山塘除险 河道清淤 抗旱机井 水文遥测站 灌区渠首 水厂消毒设备 取水计量 堤防加固 水库雨量站 河湖四乱整治 节水器具 污水支管 供水水表 淤地坝", "勘测 施工 更换 调试 封堵 巡护 采样 定损 试压 划界", "用水户 护河员 灌溉户 库区移民 水管员", "水质达标 漏损下降 保灌面积扩大 停水时长缩短 险工消除"),
    "卫生健康局": ("村卫生室药柜 家庭医生签约 慢病随访 妇幼筛查 急救转运车 中医馆 疫苗冷链 远程心电 发热门诊 医共体药品目录 献血点 居民健康档案 职业病体检 精神障碍随访 托育机构", "签约 随访 改建 配送 质控 轮岗 复核 采购 筛查 坐诊", "高血压患者 孕产妇 村医 失能老人 新生儿", "规范管理提升 转诊减少 漏诊下降 接种及时 就医距离缩短"),
    "交通运输局": ("农村公路养护 危桥拆建 客运班线 公交站亭 治超站点 渡口安全 交通标线 路肩硬化 桥梁检测 物流驿站 充电停车区 安防护栏 应急抢险队 隧道照明 便民候车棚", "养护 检测 封闭 抢通 划线 招标 拆除 加密 值守 稽查", "货车司机 沿线村民 渡工 公交乘客 养护工", "通行时间缩短 超限率下降 等车时间减少 路况指数提高 事故减少"),
    "文化和旅游局": ("农家书屋 非遗传习所 文物保护单位安防 乡村戏台 广场舞比赛 旅游厕所 博物馆展陈 红色线路 文化馆夜校 民宿评级 应急广播 古籍修复 送戏下乡 智慧票务 露营地", "修缮 布展 演出 登记 辅导 招募 抽查 巡展 编目 直播", "传承人 票友 讲解员 研学学生 民宿业主", "到馆人次增加 投诉下降 演出质量提高 藏品病害减少 过夜游客增长"),
    "民政局": ("社区食堂 殡葬服务 养老床位 临时救助 婚姻登记大厅 地名标志 未成年人保护站 流浪救助 社会组织年检 慈善超市 适老化改造 孤儿助学 村务公开栏 福利彩票点 残疾人补贴", "核查 改造 寻亲 复核 抽查 登记 慰问 签约 评估 护送", "独居老人 困境儿童 社工 低保家庭 志愿者", "应保尽保 跌倒减少 办理时间缩短 床位使用提高 走失寻回"),
    "司法局": ("人民调解室 法律援助窗口 社区矫正中心 公证上门 行政复议听证 普法宣传车 村居法律顾问 仲裁庭 安置帮教基地 执法监督平台 律师值班室 合法性审查 法治文化公园 证件核发 调解员补贴", "调解 受理 走访 听证 培训 评查 回访 送达 审核 结案", "农民工 矫正对象 人民调解员 当事人 村居干部", "纠纷化解 重新犯罪下降 案件质量提高 立案时间缩短 信访减少"),
}  # fmt: skip
OPENINGS = "今年春季 汛期之前 上半年 秋收之后 按照县政府专题会议要求 结合上年审计意见 针对群众反映较多的问题 在乡镇配合下 入冬以后 经过三轮现场核查 借助对口支援单位的技术力量 因上游供货延迟 由于连续阴雨 从二季度起 县人大代表建议办理期间 依托村级网格".split()
MANNERS = "挨家挨户 分批分片 先易后难 边建边管 错峰安排 夜间加班 打包招标 集中连片 就近就便 试点先行 倒排工期 按月通报 蹲点包干 第三方跟踪 现场比选".split()
RESULTS = "群众当面点头认可 剩余工作转入下年继续 比原定工期提前收尾 个别点位因征地未能开工 合同尾款待审计后支付 已移交村集体管护 资料归档并接受抽查 节约的资金调剂用于同类支出 在全市现场会上作了交流 暴露出基层人手偏紧的问题 设备试运行期间故障较少 尚需补充备品备件 形成了可以照搬的操作口诀 反复整改后才通过复验".split()
THINGS = (
    "门窗 屋面 灯具 管件 阀门 水泵 电表 线缆 护栏 台阶 坡道 车棚 围墙 沟渠 闸口 涵洞 挡墙 路基 标牌 镜头 主机 终端 账册 卡片 台账 票据 凭证 清单 图纸 底稿 样本 试剂 疫苗 药材 床单 餐具 炉灶 冰柜 货架 仓库 "
    "冷库 货车 叉车 农机 水车 船只 渔网 苗木 种子 化肥 农膜 果园 菜地 茶山 竹林 林带 草场 牧道 圈舍 鱼塘 水库 泉眼 机井 水塔 河堤 滩涂 湿地 矿坑 渣场 料场 工棚 厂房 车间 锅炉 烟囱 风机 滤网 仪表 砝码 天平 "
    "展柜 展品 碑刻 族谱 古井 牌坊 祠堂 戏台 舞台 音响 幕布 乐器 服装 道具 书架 图书 报刊 课桌 黑板 操场 跑道 球场 宿舍 食堂 浴室 厕所 走廊 电梯 机房 网络 软件 接口 数据 表格 问卷 信件 电话 热线 短信 地图 影像 "
    "档案 卷宗 印章 证件 合同 标书 保函 押金 尾款 工资 津贴 补助 奖金 学费 药费 电费 水费 油费 租金 利息 股金 分红 保单 赔款 罚款 捐款 物资 帐篷 棉被 口粮 饮水 雨衣 手套 头盔 担架 轮椅 拐杖 助听器 血压计 体温枪 "
    "课程 教材 讲义 试题 考场 学籍 班级 社团 夏令营 运动会 读书会 座谈会 庙会 集市 摊位 店铺 门头 广告 招牌 包装 商标 样品 批文 许可 备案 公告 通报 简报 纪要 方案 预案 规程 手册 指南 名单 榜单 档期 排班 值班 交接"
).split()  # fmt: skip
KINDS = (
    "老旧 新增 闲置 破损 临时 移动 便携 应急 备用 公用 共享 自建 自筹 代管 托管 租用 捐赠 调拨 剩余 在用 待修 待检 过期 进口 国产 定制 散装 大宗 零星 重点 边远 高寒 山区 沿河 沿街 临崖 城郊 库区 矿区 景区 校园 "
    "院内 门诊 病房 社区 小区 楼栋 村组 田间 林下 水上 地下 室外 夜间 冬季 汛期 节前 年中 首批 二期 续建 改建 扩建 配套 附属 专用 智能 数字 电子 纸质 手工 机械 环保 节能 防火 防汛 防冻 防滑 防疫 无障碍 适老 亲子 "
    "留守 困难 低收 失独 大病 伤残 退役 返乡 外来 流动 季节 灵活 青年 妇女 少年 幼儿 高龄 民族 宗教 侨属 个体 小微 龙头 骨干 百年 省级 市级 县级 镇级 示范 样板 薄弱 空心 合并 撤并 新设 挂牌 联办 民办 公办 普惠 特色"
).split()  # fmt: skip
VERBS = (
    "更换 修补 清运 粉刷 加固 焊接 疏通 抽排 回填 平整 移栽 补种 嫁接 采摘 分拣 烘干 称量 封存 转运 配送 发放 回收 登记 建档 扫描 录入 比对 核销 盘点 抽检 送检 复检 标定 校准 调试 试用 轮换 租借 拆分 合并 迁移 "
    "改装 加装 包扎 缝补 消毒 晾晒 投喂 防治 捕捞 放生 巡查 蹲守 劝导 走访 慰问 寄送 签收 公示 张贴 宣讲 授课 演练 比武 考核 评选 表彰 约谈 督办 整改 销号 备案 立案 调解 裁决 执行 赔付 追缴 退还 减免 垫付 结清 "
    "委托 招募 聘请 邀请 借调 返聘 培养 带教 观摩 学习 借鉴 引进 试种 推销 直播 代购 托运 保管 移交 接收 验收 返修 停用 报废 拍卖 处置 核减 追加 置换 补录 订正 翻译 出版 展出 巡演 拍摄 剪辑 播放 点评 归纳 汇编"
).split()  # fmt: skip
MEASURES = "个 处 台 套 件 批 次 场 期 户 人 名 公里 亩 吨 立方米 平方米 米 份 册 卷 张 辆 艘 间 栋 座 眼 口 盏 块 本 箱 袋 车 趟 天 小时 课时 班次".split()
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
FIRMS = "宏远 立信 嘉禾 同创 泰和 新宇 瑞丰 中合 天成 恒通 百川 远航 建安 鼎新 智联 润泽 博雅 众城 康源 启明".split()
LINKS = "随后 同时 为此 其间 另外 相应地 据此 最终 接着 此外".split()
PUBLIC = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻落实党的二十大精神", "严格执行中央八项规定及其实施细则精神，厉行勤俭节约",
    "强化预算约束，坚决落实过紧日子要求", "持续深化放管服改革，不断优化营商环境", "统筹发展和安全，守住不发生区域性风险的底线",
)  # fmt: skip
DUTIES: dict[str, str] = {
    trade: f"贯彻执行国家和省有关{words[0].split()[0]}的方针政策和法律法规，拟订{words[0].split()[1]}规划并组织实施；负责{words[0].split()[2]}、{words[0].split()[3]}监督管理；承担县委、县政府交办的其他任务"
    for trade, words in TRADES.items()
}
ABSTRACT = "预算 绩效 目标 资金 项目 制度 管理 支出 执行 评价 监控 内控 采购 资产 合同 档案 公开 监督 核算 决算".split()
VIRTUES = "科学合理 规范有序 符合要求 较为完善 执行到位 有据可依 总体良好 程序完整 指向明确 细化量化 及时足额 真实完整 衔接紧密 责任清晰 运行平稳".split()
DEEDS = "编制 审核 批复 下达 调整 拨付 使用 分析 整改 应用 跟踪 归档 复核 公示 验收".split()
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
    things, deeds, people, gains = (words.split() for words in TRADES[trade])
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
        lambda: f"{words(TRADES[trade][0].split())}的{thing()}已{words(VERBS)}{amount()}",
        lambda: f"因{thing()}{words(('不足', '缺货', '老化', '涨价', '错位', '损坏', '短少', '超期'))}，{words(LINKS)}改为{words(VERBS)}{words(THINGS)}",
        lambda: f"{words(THINGS)}{words(VERBS)}后{words(('减少', '增加', '多出', '省下', '耗去'))}{amount()}",
    )
    return "，".join(make() for make in chance.sample(clauses, chance.randint(2, 3)))


def season(count: int, seed: int = 5) -> list[Unit]:
    """So many honest reports: six forms of very different spread, and for one unit in twelve a form that two to four have."""
    chance = random.Random(seed)
    common = [a_form(chance, length) for length in (44, 40, 52, 36, 48, 40)]
    weights = (40, 25, 15, 10, 7, 3)
    units: list[Unit] = []
    while len(units) < count:
        rare = chance.random() < 1 / 36
        form, times = (a_form(chance, 42), chance.randint(2, 4)) if rare else (chance.choices(common, weights)[0], 1)
        units += [a_unit(len(units) + one, form, chance) for one in range(times)]
    return units[:count]


def a_unit(order: int, form: Form, chance: random.Random) -> Unit:
    """A unit with 30 to 70 sentences of its own, half as many that its trade writes, and two that everybody writes."""
    trade = chance.choice(list(TRADES))
    place = "".join(chance.sample(FIRST, 2))
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
