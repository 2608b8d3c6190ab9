"""Names of places without the words for what kind of place it is: 四川省, Sichuan Province."""

from __future__ import annotations

import re

import pandas as pd

_PEOPLES = (  # the longest first
    "乌孜别克|柯尔克孜|俄罗斯|维吾尔|哈萨克|塔吉克|塔塔尔|达斡尔|鄂伦春|鄂温克|东乡|仡佬|仫佬|"
    "保安|傈僳|土家|布依|布朗|德昂|拉祜|撒拉|景颇|普米|朝鲜|毛南|独龙|珞巴|纳西|蒙古|裕固|"
    "赫哲|锡伯|门巴|阿昌|高山|哈尼|基诺|京|佤|侗|傣|怒|水|满|瑶|畲|白|羌|苗|藏|黎|回|"
    "壮|彝|土|各"
)
_OF_PEOPLES = rf"(?:(?:{_PEOPLES})族?)+"
# The longest first: of 浦东新区 the ending is 新区, and not 区.
_CHINESE_ENDING = re.compile(
    f"(?:{_OF_PEOPLES})?(自治[区州县旗])$"
    "|(特别行政区|(?:高新技术产业|经济技术|新技术|经济)开发区|自由贸易试验区|高新区|开发区|自贸区|示范区|合作区"
    "|新区|林区|矿区|特区|地区|街道|省|市|区|县|州|盟|旗|镇|乡|村)$"
)
# English words, and the Chinese endings that say the same.
_SAME_AS = {
    "province": "省",
    "municipality": "市",
    "city": "市",
    "prefecture-level city": "市",
    "autonomous region": "自治区",
    "special administrative region": "特别行政区",
    "sar": "特别行政区",
    "autonomous prefecture": "自治州",
    "prefecture": "地区 州 盟",
    "autonomous county": "自治县",
    "county": "县 自治县 旗",
    "district": "区 市辖区",
    "new area": "新区",
    "new district": "新区",
    "town": "镇",
}
_KIND = "|".join(sorted(map(re.escape, _SAME_AS), key=len, reverse=True))
_PEOPLE = r"(?:(?:uygh?ur|uighur|zhuang|hui|tibetan|mongol|mongolian|korean|miao|tujia|dong|yi|li|dai|bai)(?: and )? )*"
_ENGLISH = re.compile(rf"(?:(?P<before>{_KIND}) of )?(?P<stem>.+?)(?: {_PEOPLE}(?P<behind>{_KIND}))?")
_COUNTRY = re.compile(
    r"mainland china|china(?:s|ese)? mainland|china \(mainland\)|chinese mainland|people'?s republic of china"
    "|中国(?:大陆|内地)|中华人民共和国"
)
# Where a place has no Chinese name its level says what it is.
_LEVELS = {
    "省": {"province"},
    "自治区": {"province"},
    "特别行政区": {"province"},
    "市": {"city", "municipality"},
    "区": {"district"},
    "县": {"district", "county"},
    "新区": {"district", "zone"},
}


def split(name: str) -> tuple[str, str]:
    """A name in lower case without its administrative words, and these; of two characters nothing is cut off.

    Examples
    --------
    >>> split("浦东新区"), split("内蒙古自治区"), split("陵水黎族自治县"), split("沙市")
    (('浦东', '新区'), ('内蒙古', '自治区'), ('陵水', '自治县'), ('沙市', ''))
    >>> split("xinjiang uygur autonomous region"), split("city of chengdu"), split("chengdu")
    (('xinjiang', 'autonomous region'), ('chengdu', 'city'), ('chengdu', ''))
    """
    if _COUNTRY.fullmatch(name):
        return ("china" if name.isascii() else "中国"), "country"
    found = _CHINESE_ENDING.search(name, 2)
    if found:
        return name[: found.start()], found[1] or found[2]
    english = _ENGLISH.fullmatch(name)
    if english is None:
        return name, ""
    return english["stem"], english["before"] or english["behind"] or ""


def of_that_kind(rows: pd.DataFrame, names: pd.DataFrame, wanted: str) -> pd.Series:
    """The rows with a name like the wanted one but for such words, where these fit: 吉林市 isn't 吉林省."""
    stem, kind = split(wanted)
    parts = pd.DataFrame([split(text) for text in names["plain"]], names.index, ["stem", "kind"])
    same = names["row"][parts["stem"] == stem]
    if not kind:
        return same
    endings: dict[int, set[str]] = {}
    for row, text, ending in zip(names["row"], names["plain"], parts["kind"], strict=True):
        if ending and not text.isascii():
            endings.setdefault(row, set()).add(ending)
    fitting = [row for row in same.unique() if _fits(kind, endings.get(row, set()), rows["level"][row])]
    return same[same.isin(fitting)]


def _fits(kind: str, endings: set[str], level: object) -> bool:
    if kind == "country":
        return level == "country"
    wanted = set(_SAME_AS.get(kind, kind).split())
    if endings:
        return bool(wanted & endings)
    return any(level in _LEVELS.get(word, ()) for word in wanted)


def with_code(rows: pd.DataFrame, code: str) -> pd.Series:
    """The rows with an ISO or administrative code: CN-SC, SC where one country has it, 510000, 51, CN-51."""
    numbers = re.fullmatch(r"(?:([A-Z]{2})-?)?(\d{2}|\d{4}|\d{6})", code)
    if numbers and "gb_code" in rows:
        own = rows["place_id"].str.startswith(f"{numbers[1]}-") if numbers[1] else True
        return rows.index.to_series()[(rows["gb_code"] == numbers[2].ljust(6, "0")) & own]
    if "iso_code" not in rows or not re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", code.upper()):
        return pd.Series(dtype=int)
    found = rows["iso_code"] == code.upper()
    if not found.any() and code.isupper():
        found = rows["iso_code"].str.endswith(f"-{code}", na=False)
    return rows.index.to_series()[found]
