"""The words of `parse_amount`: scales, hedges and what may stand around an amount, in both languages.

A new hedge is a new entry here; the currencies are in currencies.py. Latin words are found whole and in either case; a
space in them may be a hyphen in the text. Chinese ones are written in simplified characters: a text is brought to these
first. Of several words that begin at one place the longest counts.
"""

from __future__ import annotations

from itertools import product


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


# Powers of ten.
ENGLISH_SCALES = {
    **dict.fromkeys(_words("thousand k"), 3),
    **dict.fromkeys(_words("million millions mn mln m mio"), 6),
    **dict.fromkeys(_words("billion billions bn bln bil b milliard milliards mrd"), 9),
    **dict.fromkeys(_words("trillion trillions tn trn trln t"), 12),
}
# Numbers and scales that are known, and not read: they have two meanings, or are a part of a number.
NOT_READ = (
    *_words(
        """
        hundred hundreds thousands dozen dozens lakh lakhs crore crores cr mm mil mill mills bio mld md mds mlrd
        quadrillion quadrillions quintillion zillion zillions gazillion gazillions bilion milion billon tril trl
        two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy
        eighty ninety several many multiple numerous various few both twin couple pair half quarter quarters
        third thirds x times fold twice double triple multi 若干 若干个 多个 数个 几个 多家 数家 几家 一批
        一系列 系列 众多 许多 诸多 不少 很多 大批 一半 两倍 成百 成千 成千上万 上百上
        """
    ),
    *_phrases("a few, a couple, a couple of, a pair of, a handful of, tens of, scores of"),
)
CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
# What may stand behind digits: 千 only before 万 and 亿, never behind them (1.5亿千瓦).
SCALE_WORDS = frozenset(
    small + large for small, large in product(("", "百", "千"), ("万", "亿", "万亿", "兆"))
) | {"百", "千"}
CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# Numerals as cheques have them: 伍佰万元.
CHEQUE_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
# Characters as Hong Kong and Taiwan write them.
TRADITIONAL = str.maketrans(
    "億萬圓圜兩餘過約級別幣韓歐達個國產產業業規資總額應預計實現與間爲為無難從將於遠離數幾來開關內鎊盧銖臺陸貳點"
    "沒獎勵補貼給項長場營銷財園區戶張顆輛噸畝網體參構併層動務條雙點閱讀僅夠滿較進還準許標圍萬單位類專門據製造",
    "亿万圆圜两余过约级别币韩欧达个国产产业业规资总额应预计实现与间为为无难从将于远离数几来开关内镑卢铢台陆贰点"
    "没奖励补贴给项长场营销财园区户张颗辆吨亩网体参构并层动务条双点阅读仅够满较进还准许标围万单位类专门据制造",
)

# Hedges before the amount.
_OVER = _words("超过 超出 超越 突破 冲破 逾 大于 多于 高于 迈过 跨过 越过 超 破")
_UNDER = _words("低于 少于 小于 下于 亚于 逊于 弱于")
_REACH = _words("达到 达 到 足 满 够 能达到 能达")
_NOT = _words(
    """
    不 未 没 没有 未能 未曾 不能 不会 不得 不可 不可以 不应 不应当 不该 不宜 不准 不许 不允许 不再 不曾 难 难以
    很难 无法 尚未 从未 并未 并不 均不 均未 仍未 还未 还没 还不 尚不 仍不 切勿 勿 禁止 严禁 不要 预计不 将不
    也不
    """
)
BEFORE = {
    "over": (
        *_OVER,
        *_words(
            """
            过 远超 远超过 已超 将超 预超 大幅超过 不止 不只 远高于 远大于 远不止 翻过 超了 破了 > >> over
            exceed exceeds exceeding exceeded above beyond past surpass surpasses surpassing surpassed top tops
            topped topping passes passed passing crosses crossed crossing 跨越 翻越 站上 breach breaches breached
            breaching broke breaking outstrip outstrips outstripped outstripping eclipse eclipses
            eclipsed eclipsing overtake overtakes overtook overtaking
            """
        ),
        *_phrases(
            """
            more than, north of, in excess of, greater than, upwards of, upward of, higher than, larger than,
            bigger than, well over, well above, just over, a little over, slightly over, slightly more than,
            a little more than, well in excess of, break through, breaks through, broke through, breaking through,
            smash through, smashes through, smashed through, smashing through, far above, somewhat over,
            significantly over, considerably more than, no longer below
            """
        ),
    ),
    "at_least": (
        *(no + under for no in _NOT for under in _UNDER),
        *_words(
            """
            至少 最低 最少 起码 不下 最小 下限 下限为 保底 至低 大于等于 大于或等于 大于或者等于 >= ≥ ≧ ⩾ =>
            minimum min. min
            """
        ),
        *_phrases(
            """
            at least, no less than, not less than, no fewer than, not below, minimum of, a minimum of,
            not fewer than, no lower than, not lower than, greater than or equal to, more than or equal to,
            at or above, equal to or more than, at a minimum, a floor of,
            floor of, as low as, as little as, as few as, starting at, starts at, start at, lower limit, lower limit of,
            lower bound, lower bound of, at the very least, at the least, nothing under
            """
        ),
    ),
    "up_to": (
        *_UNDER,
        *(no + over for no in _NOT for over in _OVER),
        *(no + reach for no in _NOT for reach in _REACH if no + reach != "难满"),
        *_words(
            """
            不及 未及 没及 远低于 远不及 远不足 远未达到 未过 没过 没有过 难过 不能过 超不过 超不出 过不了
            到不了 达不到 够不上 最高 最多 至多 最大 上限 上限为 顶格 封顶 限额 限额为 跌破 跌穿 小于等于
            小于或等于 小于或者等于 < << <= ≤ ≦ ⩽ =< maximum max. max under below beneath within sub cap ceiling
            limit sub-
            """
        ),
        *_phrases(
            """
            up to, at most, no more than, not more than, not over, not above, no higher than, not exceed,
            not exceeding, not exceeded, not to exceed, not surpass, not top, not pass, never exceed,
            never exceeded, never exceeds, without exceeding, cannot exceed, not higher than, not reach,
            not reached, never reached, cannot surpass, not surpassed, never surpassed, maximum of,
            a maximum of, as much as, as high as, as many as, less than, fewer than, lower than, smaller than,
            capped at, limited to, just under, just below, well under, well below, slightly less than,
            a little less than, short of, shy of, just short of, just shy of, falls short of, fell short of,
            south of, a cap of, cap of, a ceiling of, ceiling of, less than or equal to, at or below,
            up to a maximum of, equal to or less than, no greater than, not greater than, no larger than,
            upper limit, upper limit of, upper bound, upper bound of, at the most, at the very most, no bigger than
            """
        ),
    ),
    "about": (
        *_words(
            """
            约 大约 约合 约为 约在 约计 约略 大体 大致在 趋近 靠近 贴近 濒临 直追 预估 粗估
            折合约 约莫 大概 大致 近 接近 将近 临近 逼近 直逼 几近 近乎 几乎 差不多 估计 估算
            ≈ ≒ ∼ about around approximately approx. approx nearly almost roughly some near circa ca. ca c.
            estimated est. est approaching approaches nearing nears neared towards toward pushing nudging touching
            ballpark
            """
        ),
        *_phrases(
            """
            close to, an estimated, in the region of, on the order of, in the order of, of the order of,
            in the neighborhood of, in the neighbourhood of, in the vicinity of, somewhere around, just about,
            nigh on, or about, closer to, more or less, give or take, something like, a ballpark of, in the ballpark of,
            order of magnitude of, somewhere near, somewhere in the region of, bordering on, verging on, around about,
            edging towards, edging toward
            """
        ),
    ),
}
# Prepositions, and words with other meanings: hedges right before a number, and of no account elsewhere.
ONLY_BEFORE_A_NUMBER = frozenset(
    _words(
        """
        超 破 逾 近 约 过 难过 大概 大致 几乎 估计 估算 over above beyond past top tops topped topping passes
        passed passing crosses crossed crossing under below beneath within about around some near sub almost
        nearly roughly approximately estimated approaching approaches ca ca. c. est. est approx. max. max min. min
        > < breach breaches breached breaching broke breaking outstrip outstrips outstripped outstripping eclipse
        eclipses eclipsed eclipsing overtake overtakes overtook overtaking nearing nears neared towards toward
        pushing nudging touching ballpark
        """
    )
)
# Of these, those that are parts of so many words that one which belongs to no number forbids to read on.
ONE_CHARACTER = frozenset("超破逾近约过")
# Hedges after it.
AFTER = {
    "over": (
        *_words("有余 出头 开外 不止 挂零 冒头 还多"),
        *_phrases("and counting, and rising, and growing, and climbing"),
    ),
    "at_least": (
        *_words("以上 及以上 或以上 含以上 之上 往上 朝上 起 起步 打底 保底 minimum min upwards"),
        *_phrases(
            """
            or more, or above, and above, and more, and up, and upwards, or higher, or greater, at least,
            at a minimum, at the least, at the very least, or larger, or bigger, and over, or over, and higher,
            and beyond, or upwards, if not more, if not higher
            """
        ),
    ),
    "up_to": (
        *_words(
            """
            以内 之内 内 以里 以下 及以下 或以下 之下 封顶 顶天 打住 上限 为上限 为限 不到 不足 未满 不满
            maximum max tops cap ceiling limit
            """
        ),
        *_phrases(
            """
            or less, or below, or under, or fewer, or lower, or smaller, and below, and under, at most, at the most,
            at the very most, if not less
            """
        ),
    ),
    "about": (
        *_words(
            "左右 上下 前后 光景 附近 估算 估计 -ish approximately roughly estimated estimate est odd range"
        ),
        *_phrases("or so, or thereabouts, give or take, more or less, or near it"),
    ),
}
# Inside it, between number and scale: 3000余亿 is over, 20来亿 about, 100+ billion at least.
ODD = {"over": _words("余 多"), "about": ("来",), "at_least": ("+", "-plus", "plus")}
# A class, such as 千亿级: about its number.
CLASS = ("级别", "级", "量级", "等级", "level", "class", "scale")
# 上千亿 is over 千亿, but 上 before a number in digits is part of another word.
OVER_A_CLASS = ("上", "过")
# Where one of these stands before an amount in its sentence, or right behind it, and belongs to no hedge above,
# nobody knows what is said.
DOUBTS = (
    *_words(
        """
        不 未 没 无 非 否 勿 莫 毋 难 不过 最近 不仅 不仅仅 加上 中超 英超 意超 德超 高超 入超 出超 不一定 未必
        并非 而非 不是 不够 缺乏 介于 跌 倍于 少于或 高于或 not no never none nothing neither nor without hardly
        barely scarcely cannot unlikely fail fails failed failing nowhere miss misses missed than lack lacks
        between from except minus negative
        """
    ),
    *_phrases("far from, rather than, other than, some of, half of, third of, quarter of"),
)
# Single characters that turn or blur the number behind them, where they are no part of a known word.
DOUBTFUL = frozenset("低少小高下上几数半余多倍第负差缺逊弱成双")
DOUBTFUL_BEHIND = frozenset("强弱许止破")
# Words right before an amount behind which it is another one's, or may be one of several things.
BLURS = frozenset(
    _words(
        """
        trail trails trailed trailing lag lags lagged lagging behind undershoot undershot overshoot overshot outpace
        outpaces outpaced outpacing clear clears cleared clearing closer c off short odd
        """
    )
)
# 过300亿元 is over it, but 投过300亿元 isn't, nor is 签约300亿元 about it: short hedges count behind these characters,
# behind known words, and where nothing stands before them.
SHORT_HEDGES = frozenset(_words("过 约 近 破 不到 不及 不足 不满 不够 不下 不止 不破 不达 没到 未到 未满"))
BEFORE_SHORT_HEDGES = frozenset("模值收额均将已入总资量润售利年计也可就会早并产仍还尚都金但则又亦")
# 500亿元起 is at least it, but 500亿元起诉 isn't: hedges behind which nothing unknown may stand.
ONLY_AT_THE_END = frozenset(
    _words(
        """
        起 不足 不满 未满 不到 上下 前后 出头 开外 不止 有余 封顶 上限 多 余 内 往上 朝上 挂零 冒头 还多 光景 附近 估算
        估计 打住 顶天
        """
    )
)
# Words that have one of these, or of the hedges, in them and are harmless.
HARMLESS = _words(
    """
    超额 超常 超算 超临界 超越式 超声 超大型 超薄 赶超者 近代 近海 近郊 近距离 近平 亲近 过程 过去 过渡 过年
    过剩 过度 过硬 不过是 经过了 通过了 破坏 破冰 破壁 破土 破格 约定 约束 制约 纽约 北约 靠近 就近 临近海 打破
    攻破 过半 不断 不同 不锈钢 不但 未来 无锡 无人机 无人驾驶 无线 无形 无界 无限 非遗 非凡 非常 非洲 非公 难点
    难题 难关 否则 莫过于 没收 北非 南非 超级 超高清 超高 超大规模 超大 超市 超前 超导 通过 经过 透过 度过 路过
    附近 近年 近年来 近期 近日 近几年 近三年 近五年 节约 集约 公约 契约 条约 预约 违约 合约 破解 破除 破局
    突破口 突破性 破产 突破点 关键技术突破 技术突破 总数 指数 参数 函数 多数 多元 多元化 多层次 多维 多样 多点
    多彩 多媒体 更多 几何 半导体 半年 上半年 下半年 上海 上市 上升 上游 下游 上线 线上 线下 基础上 向上 上年
    达州 达标 到期 到位 数字 数据 数智 数实 及其 以及 及时 普及 足球 满足 满意 升级 国家级 省级 市级 区级 县级
    高级 年级 世界级 上级 高水平 高质量 高新 高端 高速 低碳 低空 最低生活保障 少年 少数 小镇 小微 中小 下一代
    下属 旗下 拿下 投下 天下 下达 下一步 余杭 余姚 其余 剩余 来自 将来 本来 带来 从来 以来 近来 原来 起来 下来
    后来 回来 看来 上来 出来 实际上 事实上 差异 差距 缺口 最高人民法院 最大化 最大限度 第一 第二 第三 成都 成立
    完成 成功 成本 成为 成果
    """
)
# Words that have a numeral in them and are no number.
NO_NUMBERS = _words(
    """
    单位 千瓦时 千瓦 千米 千克 千卡 千伏 千兆 千方百计 千家万户 千行百业 百度 百姓 百货 百强 百余家 万达 万科
    万户 万物 万里 万众 万维网 一次性 一体化 一体 一带一路 一流 一期 二期 三期 一直 一致 一定 一线 一步 一站式
    统一 唯一 单一 进一步 逐一 之一 同一 三星 三维 三农 两岸 两化 两会 十强 百万富翁 双十一 十四五 十三五 十五五
    四川 九江 六安 三亚 八达岭 五粮液 兆瓦时 兆瓦 兆字节 兆赫 兆帕 重点 特点 亮点 热点 试点 节点 景点 地点 站点
    网点 观点 焦点 起点 终点 点亮 点击 零售
    """
)
# What may stand between a hedge and its amount: 最高给予500万元.
BETWEEN = (
    *_words(
        """
        了 为 达 达成 可达 可达到 将达 将达到 已达 已达到 高达 多达 可 可获 给予 给 一次性 奖励 奖补 补助 补贴
        资助 整 扶持 支持 再 共 共计 合计 总计 累计 每年 每家 每个 每项 单个 单个项目 单项 增至 增加到 增长到
        提高到 提升到 扩大到 做到 实现 形成 力争 争取 预计 预期 有望 将 已 就 能 可以 打造 建设 培育 建成 发展
        推动 壮大 迈向 迈上 跃上 冲刺 冲击 瞄准 剑指 目标 目标为 设立 投入 安排 仅 只 仅为 整体 全年 年均 有 的
        金额 额度 全市 全省 全区 全国 价值 设 拟 拟设立 出资 一个 含 不等 a an the total of worth reach reaches
        reaching reached hit hits reportedly possibly finally currently annually yearly monthly daily officially
        recently jointly eventually previously originally initially directly publicly july family apply supply
        early is was are were be been at only just in by for
        """
    ),
    *_phrases("a total of, market cap, market capitalisation, market capitalization"),
)
# Nouns of money: an amount in 亿 right behind them is in yuan.
MONEY = _words(
    """
    产值 总产值 年产值 工业产值 产出 总产出 营收 年营收 营业收入 收入 总收入 业务收入 销售收入 主营业务收入
    销售额 交易额 成交额 出口额 投资 总投资 投资额 投资总额 年度投资 固定资产投资 资金 资金总额 融资 市值 总市值
    估值 利润 利税 税收 生产总值 增加值 基金 基金规模 贷款 授信 预算 产业规模 相关产业规模 核心产业规模
    产业总规模 市场规模 经济规模 营收规模 产值规模 行业规模 资产规模 投资规模 元宇宙规模 经济总量 gdp gmv
    产业总产值 相关产业 元宇宙产业 核心产业 产业 财政 专项资金 消费 市场 总资产 资产 资产总额 总额
    """
)
# Other words beside which an amount in 亿 is yuan, where the text holds nothing but what is known.
SUBJECTS = _words(
    """
    规模 总规模 整体规模 体量 元宇宙 虚拟现实 数字经济 产业链 产业集群 集群 园区 企业 龙头企业 项目 赛道 大关
    关口 新赛道 新兴产业 未来产业 支柱产业 主导产业 装备制造 城市 县 大单 蓝海 门槛 之间 台阶 板块 工程 相关
    核心 带动 人工智能 软件 文旅 新材料 其中
    """
)
# What is counted, and not money: 3个百亿级, 1.2亿亩.
COUNTED = _words(
    """
    个 家 支 只 座 条 笔 期 种 类 份 项 批 户 人 名 位 人次 次 台 套 件 辆 吨 部 股 头 颗 枚 片 粒 亩 公顷 桶 斤
    公斤 克 米 公里 里 剂 张 册 度 把 根 块 栋 间 所 台套 用户 网民 人口 流量 下载 播放 播放量 点击量 访问量
    积分 像素 芯片 平方米 平方公里 立方米 平米 平方 大 层 立方 升 瓦 千瓦 千瓦时 度电 字节 比特 词元 代币 倍 成
    折 分之 % 强
    """
)
# Without a scale an amount behind a sign is read only before these: "$5 Milliarden" isn't five dollars.
AFTER_A_SIGN = frozenset(
    _words(
        "per each every as that which will would prize prizes grant grants fund funds subsidy subsidies fee fees award "
        "awards investment bonus ticket tickets project budget deal loan loans fine price plan target market industry "
        "apiece until since during after before on with"
    )
)
