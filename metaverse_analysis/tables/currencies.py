"""Currencies: their codes, and the signs and names by which texts call them, in Chinese and English.

A new one is a new entry here; `parse_amount`, the check of units and the hints for rates read the same lists. A space
in a name may be a hyphen in a text.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# The codes of ISO 4217: today's, and those of currencies that were replaced since 1999.
ISO_CODES = frozenset(
    _words(
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD "
        "HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD "
        "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
        "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
        "TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
    )
    + _words(
        "ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK ANG CUC MRO ROL SLL STD "
        "TRL VEF ZMK ZWL"
    )
)
# Currencies by symbols and codes, which stand on either side of a number.
SIGNS = {
    "USD": _words("$ US$ $US USD"),
    "CNY": _words("¥ CN¥ RMB CNY CNH"),
    "JPY": _words("JP¥ JPY"),
    "HKD": _words("HK$ $HK HKD"),
    "EUR": _words("€ EUR"),
    "GBP": _words("£ GBP"),
    "KRW": _words("₩ KRW"),
    "TWD": _words("NT$ TWD NTD"),
    "SGD": _words("S$ SG$ SGD"),
    "AUD": _words("A$ AU$ $A AUD"),
    "CAD": _words("C$ CA$ CAD"),
    "NZD": _words("NZ$ $NZ NZD"),
    "MOP": _words("MOP$ MOP"),
    "BRL": _words("R$ BRL"),
    "MXN": _words("MX$ Mex$ MXN"),
    "AED": _words("AED Dh Dhs"),
    "MYR": _words("RM MYR"),
    "THB": _words("฿ THB"),
    "VND": _words("₫ VND"),
    "PHP": _words("₱ PHP"),
    "RUB": _words("₽ RUB"),
    "TRY": ("₺",),  # the code is a word of English
    "ILS": _words("₪ ILS"),
    "INR": _words("₹ INR"),
    **{
        code: (code,)
        for code in _words("SAR QAR KWD CHF SEK NOK DKK PLN CZK HUF ZAR EGP NGN KZT PKR IDR ARS CLP")
    },
}
# Currencies by name. Chinese ones stand on either side, English ones too ("yuan 100 billion").
NAMES = {
    "CNY": ("人民币", "元人民币", "yuan", "Chinese yuan", "yuan renminbi", "renminbi"),
    "USD": ("美元", "美圆", "美金", "dollar", "dollars", "US dollar", "US dollars", "American dollars"),
    "HKD": ("港元", "港圆", "港币", "港纸", "Hong Kong dollar", "Hong Kong dollars", "HK dollars"),
    "JPY": ("日元", "日圆", "日币", "円", "yen", "Japanese yen"),
    "KRW": ("韩元", "韩圆", "韩币", "韩圜", "won", "Korean won", "South Korean won"),
    "EUR": ("欧元", "欧圆", "euro", "euros"),
    "GBP": ("英镑", "pounds", "pounds sterling", "British pounds", "sterling"),
    "TWD": (
        "新台币",
        "台币",
        "新台元",
        "New Taiwan dollars",
        "NT dollars",
        "Taiwan dollars",
        "Taiwanese dollars",
    ),
    "SGD": ("新加坡元", "新加坡币", "新元", "坡币", "Singapore dollars", "Singaporean dollars"),
    "AUD": ("澳元", "澳币", "澳大利亚元", "Australian dollars"),
    "CAD": ("加元", "加币", "加拿大元", "Canadian dollars"),
    "NZD": ("纽元", "纽币", "新西兰元", "New Zealand dollars"),
    "MOP": ("澳门元", "澳门币", "葡币", "patacas", "Macau patacas", "Macanese patacas"),
    "AED": ("迪拉姆", "阿联酋迪拉姆", "dirhams", "UAE dirhams", "Emirati dirhams"),
    "SAR": ("沙特里亚尔", "riyals", "Saudi riyals"),
    "QAR": ("卡塔尔里亚尔", "Qatari riyals"),
    "KWD": ("科威特第纳尔", "Kuwaiti dinars"),
    "INR": ("卢比", "印度卢比", "rupees", "Indian rupees"),
    "PKR": ("巴基斯坦卢比", "Pakistani rupees"),
    "IDR": ("印尼盾", "印度尼西亚盾", "印尼卢比", "rupiah", "Indonesian rupiah"),
    "RUB": ("卢布", "俄罗斯卢布", "roubles", "rubles", "Russian roubles", "Russian rubles"),
    "CHF": ("瑞士法郎", "瑞郎", "Swiss francs"),
    "THB": ("泰铢", "baht", "Thai baht"),
    "VND": ("越南盾", "越盾", "dong", "Vietnamese dong"),
    "MYR": ("林吉特", "马来西亚林吉特", "令吉", "马币", "ringgit", "Malaysian ringgit"),
    "PHP": ("菲律宾比索", "Philippine pesos"),
    "MXN": ("墨西哥比索", "Mexican pesos"),
    "ARS": ("阿根廷比索", "Argentine pesos"),
    "CLP": ("智利比索", "Chilean pesos"),
    "BRL": ("雷亚尔", "巴西雷亚尔", "reais", "Brazilian reais"),
    "ZAR": ("兰特", "南非兰特", "South African rand"),
    "TRY": ("土耳其里拉", "Turkish lira"),
    "SEK": ("瑞典克朗", "Swedish kronor", "Swedish krona"),
    "NOK": ("挪威克朗", "Norwegian kroner", "Norwegian krone"),
    "DKK": ("丹麦克朗", "Danish kroner", "Danish krone"),
    "PLN": ("兹罗提", "波兰兹罗提", "zloty", "Polish zloty"),
    "CZK": ("捷克克朗", "Czech koruna"),
    "HUF": ("福林", "匈牙利福林", "forints"),
    "ILS": ("谢克尔", "以色列谢克尔", "新谢克尔", "shekels"),
    "KZT": ("坚戈", "哈萨克斯坦坚戈", "tenge"),
    "EGP": ("埃及镑", "Egyptian pounds"),
    "NGN": ("奈拉", "尼日利亚奈拉", "naira"),
}
# Ordinary words, too: a currency only right behind a number.
ONLY_BEHIND = frozenset(
    _words("won pounds sterling dong dollar euro reais naira 兰特 福林 令吉 坚戈 新元 加元 纽元 坡币 马币")
)
# What these say of the currency gives way to a more exact word beside the amount: "5亿元港币", "$5bn CAD".
DOLLARS = frozenset(_words("USD HKD TWD SGD AUD CAD NZD MXN"))
FAMILIES = {
    "$": DOLLARS,
    "dollar": DOLLARS,
    "dollars": DOLLARS,
    "¥": frozenset(("CNY", "JPY")),
    "£": frozenset(("GBP", "EGP")),
    "pounds": frozenset(("GBP", "EGP")),
    "元": frozenset(_words("CNY USD HKD TWD SGD AUD CAD NZD MOP JPY KRW EUR")),
}
# Those that are called 元 at home.
CALLED_YUAN = frozenset(_words("HKD TWD SGD MOP"))
# Countries whose name beside an amount says whose dollars, yuan or pounds these are.
NATIONS = {
    "CNY": ("Chinese", "mainland", "中国", "内地", "大陆"),
    "USD": ("US", "USA", "American", "美国"),
    "HKD": ("HK", "Hong Kong", "香港"),
    "TWD": ("NT", "Taiwan", "Taiwanese", "台湾"),
    "SGD": ("Singapore", "Singaporean", "新加坡"),
    "MOP": ("Macau", "Macao", "澳门"),
    "CAD": ("Canadian", "Canada", "加拿大"),
    "AUD": ("Australian", "Australia", "Aussie", "澳大利亚", "澳洲"),
    "NZD": ("NZ", "New Zealand", "Kiwi", "新西兰"),
    "JPY": ("Japan", "Japanese", "日本"),
    "KRW": ("Korea", "Korean", "韩国"),
    "GBP": ("UK", "British"),
    "MXN": ("Mexico", "Mexican", "墨西哥"),
    "INR": ("India", "Indian", "印度"),
    "another country's": (
        *_words(
            "Egyptian Egypt Lebanese Syrian Sudanese Irish Cypriot Maltese Pakistani Pakistan Nepalese Nepali"
        ),
        *_words(
            "Sri_Lankan Mauritian Indonesian Qatari Omani Yemeni Iranian Moroccan Jamaican Bahamian Belize"
        ),
        *_words(
            "Bermudian Fijian Liberian Namibian Brunei Guyanese Surinamese Zimbabwe Zimbabwean Barbadian"
        ),
        *_words(
            "Trinidad Cayman Bruneian Chilean Argentine Colombian Cuban 越南 泰国 马来西亚 印尼 菲律宾 文莱"
        ),
        *_words(
            "巴西 阿根廷 智利 埃及 巴基斯坦 尼泊尔 津巴布韦 牙买加 斐济 利比里亚 纳米比亚 伊朗 卡塔尔 阿曼"
        ),
    ),
}


_ALSO = {
    "元": "CNY",
    "pound": "GBP",
    "franc": "CHF",
    "rupee": "INR",
}  # in texts these need a number before them


def code_of(word: str) -> str | None:
    """The code that a sign, a name or a common other code stands for; None where none is known.

    Examples
    --------
    >>> code_of("RMB"), code_of("日元"), code_of("XYZ")
    ('CNY', 'JPY', None)
    """
    wanted = word.strip().lower()
    if wanted in _ALSO:
        return _ALSO[wanted]
    known = (
        (name.lower(), code) for table in (SIGNS, NAMES) for code, names in table.items() for name in names
    )
    return next((code for name, code in known if name == wanted), None)
