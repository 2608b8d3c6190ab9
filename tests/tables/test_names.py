"""Places, bodies, organisations and documents by any of their names; a wrong guess is worse than none."""

import pandas as pd
import pytest
from tiny import CHINA, CITY, DOCUMENT, PROVINCE, load_rows

import metaverse_analysis as ma
from metaverse_analysis.tables.names import find, plain

PLACES = [
    CHINA,
    PROVINCE | {"aliases": "Old Aland;A-land", "name_zh": "甲甲省"},
    CITY | {"name_en": "Btown (city)", "name_zh": "乙乙市"},
    CITY | {"place_id": "CN-AA-c", "name_en": "Aland", "name_zh": "甲市"},
    CITY | {"place_id": "CN-AA-d", "name_en": "Twin", "name_zh": "丁丁市"},
    CITY | {"place_id": "CN-AA-e", "name_en": "Twin", "name_zh": "戊戊市"},
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return load_rows(tmp_path_factory.mktemp("places") / "tables", {"places": PLACES})


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("CN-AA-b", "CN-AA-b"),
        ("cn-aa-B ", "CN-AA-b"),
        ("Btown", "CN-AA-b"),
        ("btown (city)", "CN-AA-b"),
        ("乙乙市", "CN-AA-b"),
        ("乙乙", "CN-AA-b"),
        ("甲市", "CN-AA-c"),
        ("old aland", "CN-AA"),
        ("A-LAND", "CN-AA"),
        ("Aland", "CN-AA"),
        ("Aland City", "CN-AA-c"),
        ("Aland, China", "CN-AA"),
    ],
)
def test_a_place_is_found_by_its_id_its_names_and_aliases(made, name, place_id):
    assert ma.find_place(made, name) == place_id


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Twin", "'Twin' may be CN-AA-d, CN-AA-e: give the id"),
        ("Alnd", r"no place is called 'Alnd'. Did you mean Aland \(CN-AA\) or Aland \(CN-AA-c\)"),
        ("Twn", r"Did you mean Twin \(CN-AA-d\) or Twin \(CN-AA-e\)"),
        ("Qqqqqqq", "no place is called 'Qqqqqqq'. ds.places lists them all.$"),
        ("甲", "no place is called '甲'"),
        ("", "a place is named by its id or name"),
        (" ", "a place is named by its id or name"),
        (7, "not 7"),
    ],
)
def test_no_place_and_several_places_are_errors_that_help(made, name, words):
    with pytest.raises(ValueError, match=words):
        ma.find_place(made, name)


def test_where_no_level_is_known_two_places_are_two(made):
    places = made.places.assign(level=pd.Categorical([None] * len(PLACES), made.places.level.cat.categories))
    with pytest.raises(ValueError, match="'Aland' may be CN-AA, CN-AA-c"):
        ma.find_place(made.with_tables(places=places), "Aland")


@pytest.mark.parametrize(
    ("place_id", "names"),
    [
        ("CN", ["China", "中国", "中國", "PRC", "People's Republic of China", "Mainland China", "Chinese mainland",
                "中国大陆", "中华人民共和国", "中華人民共和國"]),
        ("CN-SC", ["Sichuan", "SICHUAN", "Sìchuān", " 四川 ", "四川省", "Sichuan Province", "CN-SC", "SC", "51",
                   "510000", "CN-51", "Szechuan", "Sichuan, China", "Sichuan (四川)"]),
        ("CN-XJ", ["Xinjiang", "Xinjiang Uygur Autonomous Region", "Xinjiang Uyghur Autonomous Region",
                   "新疆维吾尔自治区", "新疆", "新疆維吾爾自治區"]),
        ("CN-XZ", ["Tibet Autonomous Region", "西藏", "Xizang"]),
        ("CN-NM", ["Inner Mongolia Autonomous Region", "內蒙古", "内蒙古自治区"]),
        ("CN-SH", ["Shanghai Municipality", "Shanghai City", "上海", "上海市", "310000"]),
        ("CN-TW", ["Taiwan", "臺灣", "台湾", "台灣省", "Taiwan, China", "Taiwan Province"]),
        ("CN-CQ", ["重慶", "重庆市", "Chongqing Municipality"]),
        ("CN-GD", ["廣東", "廣東省", "Guangdong Province"]),
        ("CN-HK", ["Hong Kong SAR", "Hongkong", "Hong Kong Special Administrative Region", "香港"]),
        ("CN-SC-chengdu", ["Chengdu", "Chengdu City", "city of Chengdu", "成都", "四川省成都市", "510100", "5101"]),
        ("CN-BJ-chaoyang", ["Chaoyang District", "朝陽區", "Chaoyang, Beijing", "北京市朝阳区"]),
        ("CN-HI-lingshui", ["陵水", "陵水黎族自治县", "Lingshui County", "Lingshui Li Autonomous County"]),
        ("CN-SH-huangpu", ["Huangpu (Shanghai)", "上海市黄浦区"]),
        ("CN-GD-guangzhou-huangpu", ["Huangpu (Guangzhou)", "Huangpu, Guangzhou", "黄埔区"]),
        ("KR", ["South Korea", "Republic of Korea", "韩国", "韓國"]),
    ],
)  # fmt: skip
def test_official_and_other_forms(ds, place_id, names):
    assert {name: ma.find_place(ds, name) for name in names} == dict.fromkeys(names, place_id)


@pytest.mark.parametrize(
    "name",
    ["Republic of China", "North Korea", "DPRK", "Jilin City", "吉林市", "Sichuan City", "Shanghai Province", "陵水县",
     "Huangpu, Beijing", "Chaoyang, Shanghai", "UK", "US", "sc", "99", "990000", "CN-99", "KR-51", "四川市"],
)  # fmt: skip
def test_nothing_is_guessed(ds, name):
    with pytest.raises(ValueError, match="no place is called"):
        ma.find_place(ds, name)


def test_a_code_that_is_not_known_has_no_near_names(made):
    with pytest.raises(ValueError, match=r"'PRC'\. ds\.places lists them all\.$"):
        ma.find_place(made, "PRC")


@pytest.mark.parametrize(
    ("name", "near"),
    [("Sichaun", r"Sichuan \(CN-SC\)"), ("四川盆地", r"Sichuan \(CN-SC\)"), ("Korea", r"South Korea \(KR\)"),
     ("East Lake", r"East Lake High-tech Zone \(CN-HB-wuhan-east-lake\)")],
)  # fmt: skip
def test_an_unknown_place_gets_the_nearest_names(ds, name, near):
    with pytest.raises(ValueError, match=f"Did you mean {near}"):
        ma.find_place(ds, name)


@pytest.mark.parametrize(
    "name", ["Republic of China", "North Korea", "Democratic People's Republic of Korea"]
)
def test_no_country_is_taken_for_another(ds, name):
    with pytest.raises(ValueError, match=r"ds\.places lists them all\.$"):
        ma.find_place(ds, name)


NEW_AREA = CITY | {"place_id": "CN-AA-p", "name_en": "Pudong", "name_zh": "浦东新区", "level": "district"}


@pytest.mark.parametrize(
    ("name", "found"),
    [("浦东", True), ("浦东新区", True), ("浦東新區", True), ("浦东新", False), ("浦东区", False)],
)
def test_the_longest_ending_is_the_ending(tmp_path, name, found):
    few = load_rows(tmp_path / "a", {"places": [CHINA, PROVINCE, CITY, NEW_AREA]})
    if found:
        assert ma.find_place(few, name) == "CN-AA-p"
    else:
        with pytest.raises(ValueError, match=r"Did you mean Pudong \(CN-AA-p\)"):
            ma.find_place(few, name)


@pytest.mark.parametrize(
    ("table", "name", "id"),
    [
        ("bodies", "MIIT working group", "miit-metaverse-standardisation-working-group"),
        ("participants", "华为", "huawei"),
        ("participants", "華為", "huawei"),
        ("participants", "Huawei Technologies Co., Ltd.", "huawei"),
        ("participants", "Tencent", "tencent"),
        (
            "policy_documents",
            "关于加快推动区块链技术应用和产业发展的指导意见",
            "cn-2021-blockchain-guiding-opinions",
        ),
    ],
)
def test_bodies_organisations_and_documents(ds, table, name, id):
    assert find(ds, table, name) == id == find(ds, table, id) == find(ds, table, id.upper())


def test_documents_of_one_title_are_told_by_their_ids(tmp_path):
    twins = [DOCUMENT, DOCUMENT | {"document_id": "d2", "family_id": "d2"}]
    few = load_rows(tmp_path / "a", {"policy_documents": twins})
    with pytest.raises(ValueError, match="'a plan' may be d1, d2: give the id"):
        find(few, "policy_documents", "a plan")
    with pytest.raises(ValueError, match=r"no document is called 'a plann'. Did you mean A plan \(d1\)"):
        find(few, "policy_documents", "a plann")


def test_names_that_are_missing_lead_nowhere(tmp_path):
    few = load_rows(tmp_path / "a", {"participants": []})
    with pytest.raises(ValueError, match=r"no organisation is called 'x'. ds.participants lists them all"):
        find(few, "participants", "x")


def test_plain_forms():
    assert plain("The  Ürümqi–Area") == "urumqi area"
    assert plain("Ｘｉ’ａｎ") == "xian" and plain("內蒙古自治區") == "内蒙古自治区"
