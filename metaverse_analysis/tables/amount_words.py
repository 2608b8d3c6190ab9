"""The words of `parse_amount`: currencies, scales and hedges in Chinese and English.

A new currency or hedge is a new entry here. Latin words are found whole and in either case; a space in them may be a
hyphen in the text.
"""

# Currencies written before or after the number.
SIGNS = {
    "USD": ("$", "US$", "USD"),
    "CNY": ("RMB", "CNY", "CNH", "¥", "CN¥", "人民币"),
    "JPY": ("JPY", "JP¥"),
    "HKD": ("HK$", "HKD"),
    "EUR": ("€", "EUR"),
    "GBP": ("£", "GBP"),
    "KRW": ("₩", "KRW"),
    "TWD": ("NT$", "TWD"),
    "SGD": ("S$", "SGD"),
    "AUD": ("A$", "AU$", "AUD"),
    "CAD": ("C$", "CA$", "CAD"),
    "MOP": ("MOP$", "MOP"),
    "AED": ("AED", "Dh", "Dhs"),
    "SAR": ("SAR",),
    "INR": ("₹", "INR"),
    "RUB": ("RUB",),
    "CHF": ("CHF",),
}
# Currencies written only after it.
NAMES = {
    "CNY": ("元", "元人民币", "yuan", "Chinese yuan", "renminbi"),
    "USD": ("美元", "美金", "dollar", "dollars", "US dollars", "U.S. dollars"),
    "HKD": ("港元", "港币", "Hong Kong dollars"),
    "JPY": ("日元", "円", "yen", "Japanese yen"),
    "KRW": ("韩元", "韩币", "won", "Korean won", "South Korean won"),
    "EUR": ("欧元", "euro", "euros"),
    "GBP": ("英镑", "pounds", "British pounds"),
    "TWD": ("新台币", "台币", "New Taiwan dollars"),
    "SGD": ("新加坡元", "新元", "Singapore dollars"),
    "AUD": ("澳元", "Australian dollars"),
    "CAD": ("加元", "Canadian dollars"),
    "MOP": ("澳门元", "澳门币", "patacas"),
    "AED": ("迪拉姆", "dirhams"),
    "SAR": ("riyals",),
    "INR": ("卢比", "rupees"),
    "RUB": ("卢布", "roubles", "rubles"),
    "CHF": ("瑞士法郎", "Swiss francs"),
}
# Powers of ten.
ENGLISH_SCALES = {
    **{"thousand": 3, "k": 3},
    **{"million": 6, "mn": 6, "mln": 6, "m": 6},
    **{"billion": 9, "bn": 9, "bln": 9, "b": 9},
    **{"trillion": 12, "tn": 12, "trn": 12, "t": 12},
}
CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# Characters as Hong Kong and Taiwan write them.
TRADITIONAL = str.maketrans("億萬圓兩餘過約級別幣韓歐達", "亿万元两余过约级别币韩欧达")

# Hedges before the amount.
BEFORE = {
    "over": (
        *("超过", "超", "超出", "突破", "破", "逾", "大于", "多于", "高于"),
        *("over", "more than", "exceed", "exceeds", "exceeding", "exceeded", "above", "beyond", ">"),
        *("surpass", "surpasses", "surpassing", "surpassed", "in excess of", "greater than", "upwards of"),
    ),
    "at_least": (
        *("不低于", "不少于", "不小于", "不下于", "至少", "最低", "最少"),
        *("at least", "no less than", "not less than", "no fewer than", "not below", "minimum of", "minimum"),
        *(">=", "≥"),
    ),
    "up_to": (
        *(
            "不超过",
            "未超过",
            "没有超过",
            "未突破",
            "不超出",
            "不高于",
            "不多于",
            "不大于",
            "最高",
            "最多",
            "至多",
        ),
        *("低于", "少于", "小于", "不到", "不足", "上限"),
        *("up to", "at most", "no more than", "not more than", "not over", "not above", "no higher than"),
        *("not exceed", "not exceeding", "maximum of", "maximum", "as much as", "less than", "fewer than"),
        *("under", "below", "capped at", "within", "<", "<=", "≤"),
    ),
    "about": (
        *("约", "大约", "约合", "大概", "近", "接近", "将近"),
        *("about", "around", "approximately", "approx.", "approx", "nearly", "almost", "roughly", "some"),
        *("close to", "circa", "ca.", "an estimated", "estimated", "~", "≈"),
    ),
}
# Words that may stand between a hedge and its amount: 最高给予500万元.
BETWEEN = (
    *(
        "了",
        "为",
        "达",
        "达到",
        "可达",
        "可获",
        "给予",
        "一次性",
        "奖励",
        "补助",
        "补贴",
        "资助",
        "扶持",
        "支持",
    ),
    *("a", "the", "a total of"),
)
# Hedges after it.
AFTER = {
    "at_least": ("以上", "及以上", "或以上", "or more", "or above", "and above", "and more", "-plus", "+"),
    "up_to": ("以内", "之内", "以下", "及以下", "or less", "or below", "封顶"),
    "about": ("左右", "上下", "or so", "or thereabouts"),
}
# A class, such as 千亿级: about its number.
CLASS = ("级别", "级", "level", "class", "scale")
# 上千亿 is over 千亿, but 上 before a number in digits is part of another word.
OVER_A_CLASS = ("上", "过", "破")
