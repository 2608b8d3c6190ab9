"""Text that only looks alike, numbers that would become others, keys that are one: each told once, with its line."""

import json
import unicodedata

import pytest
from tiny import CHINA, CITY, PROVINCE, SOURCE, TARGET, write_few, write_folder

import metaverse_analysis as ma


def told(folder):
    return [(p.table, p.line, p.column, p.rule, p.hint) for p in ma.validate(folder)]


def sources(*changes: dict) -> dict[str, list]:
    first = [SOURCE | {"source_id": f"s{n}", "url": f"https://example.org/{n}"} for n in (1, 2, 3)]
    rest = [
        SOURCE | {"source_id": f"x{n}", "url": f"https://x.org/{n}"} | each for n, each in enumerate(changes)
    ]
    return {"sources": first + rest}


PLAIN = "text has characters that can be seen, and one plain blank between words"
ONE_WAY = "one name is written in one way"


@pytest.mark.parametrize(
    ("publisher", "hint"),
    [
        ("A paper ", "It ends with a blank (U+0020 SPACE). Remove it."),
        (" A paper", "It begins with a blank (U+0020 SPACE). Remove it."),
        ("A  paper", "It has two blanks together, at character 2 (U+0020 SPACE). Write one."),
        ("A\u00a0paper", "Character 2 is U+00A0 NO-BREAK SPACE. Write a plain blank, or nothing."),
        ("A\u3000paper", "Character 2 is U+3000 IDEOGRAPHIC SPACE. Write a plain blank, or nothing."),
        ("A\u2009paper", "Character 2 is U+2009 THIN SPACE. Write a plain blank, or nothing."),
        ("A\tpaper", "Character 2 is U+0009 CONTROL CHARACTER. Write a plain blank, or nothing."),
        ("A\npaper", "Character 2 is U+000A CONTROL CHARACTER. Write a plain blank, or nothing."),
        ("A paper\u200b", "Character 8 is U+200B ZERO WIDTH SPACE. Remove it: nobody can see it."),
        ("\ufeffA paper", "Character 1 is U+FEFF ZERO WIDTH NO-BREAK SPACE. Remove it: nobody can see it."),
        ("A pa\u00adper", "Character 5 is U+00AD SOFT HYPHEN. Remove it: nobody can see it."),
        ("A\u200d paper", "Character 2 is U+200D ZERO WIDTH JOINER. Remove it: nobody can see it."),
        ("A paper\u202e", "Character 8 is U+202E RIGHT-TO-LEFT OVERRIDE. Remove it: nobody can see it."),
        ("A\x07 paper", "Character 2 is U+0007 CONTROL CHARACTER. Remove it: nobody can see it."),
        ("A\x85paper", "Character 2 is U+0085 CONTROL CHARACTER. Remove it: nobody can see it."),
        ("A\u2800paper", "Character 2 is U+2800 BRAILLE PATTERN BLANK. Remove it: nobody can see it."),
        ("A paper\U000e0041", "Character 8 is U+E0041 TAG LATIN CAPITAL LETTER A. Remove it: nobody can see it."),
        ("A p\ufffdper", "Character 4 is U+FFFD REPLACEMENT CHARACTER. It stands for a character that was lost: "
                         "look it up in the source."),
    ],
)  # fmt: skip
def test_blanks_and_characters_that_nobody_sees(tmp_path, publisher, hint):
    folder = write_folder(tmp_path / "a", sources({"publisher": publisher}))
    assert told(folder) == [("sources", 5, "publisher", PLAIN, hint)]
    with pytest.raises(ma.DataError, match=r"sources.csv:5 publisher"):
        ma.load(folder)


@pytest.mark.parametrize("form", ["A PAPER", "a paper", "A Paper", "Ａ paper", "ᴬ paper"])
def test_outlets_that_differ_by_case_or_form_alone(tmp_path, form):
    folder = write_folder(tmp_path / "a", sources({"publisher": form}))
    ((table, line, column, rule, hint),) = told(folder)
    assert (table, line, column, rule) == ("sources", 5, "publisher", ONE_WAY)
    assert hint.startswith("'A paper' stands on line 2: character ")
    at = next(at for at, pair in enumerate(zip(form, "A paper", strict=True)) if pair[0] != pair[1])
    assert f"is U+{ord(form[at]):04X} {unicodedata.name(form[at])} here, U+" in hint


def test_the_commonest_way_of_writing_is_the_right_one(tmp_path):
    rows = sources({"publisher": "Café"}, {"publisher": "Cafe\u0301"}, {"publisher": "Cafe\u0301"})
    ((_, line, _, _, hint),) = told(write_folder(tmp_path / "a", rows))
    assert (
        line == 5 and "stands on line 6: character 4 is U+00E9 LATIN SMALL LETTER E WITH ACUTE here" in hint
    )


def test_outlets_are_compared_across_tables(tmp_path):
    figure = {
        "press_figure_id": "f1", "target_id": "t1", "outlet": "a Paper", "original_billion": "250",
        "original_currency": "CNY", "reported_usd_billion": "35", "published": "2024-01-19", "source_id": "s1",
    }  # fmt: skip
    folder = write_folder(tmp_path / "a", sources() | {"press_figures": [figure]})
    ((table, line, column, rule, hint),) = told(folder)
    assert (table, line, column, rule) == ("press_figures", 2, "outlet", ONE_WAY)
    assert hint.startswith("'A paper' stands on line 2 of sources.csv: character 1 is U+0061")


def test_ids_and_names_of_places(tmp_path):
    places = [
        *(CHINA, PROVINCE, CITY),
        CITY | {"place_id": "CN-AA-B", "name_en": "BTOWN", "name_zh": "乙市\u200b"},
        CITY | {"place_id": "CN-AA-c", "name_en": "Btown", "name_zh": "丙市"},
    ]
    found = told(write_folder(tmp_path / "a", {"places": places}))
    assert [row[:4] for row in found if row[3] in (PLAIN, ONE_WAY)] == [
        ("places", 5, "place_id", ONE_WAY),
        ("places", 5, "name_en", ONE_WAY),
        ("places", 5, "name_zh", PLAIN),
    ]


def test_each_cell_is_told_once(tmp_path):
    odd = {"place_id": "CN-AA\u00a0", "value": "2\u200b50", "scope": "metaverse_related\t",
           "source_ids": "s1; s1"}  # fmt: skip
    found = told(write_folder(tmp_path / "a", {"regional_targets": [TARGET | odd]}))
    assert {(row[2], row[3]) for row in found} == {
        *((column, PLAIN) for column in ("place_id", "value", "scope")),
        ("source_ids", "an id stands once in a list"),
        ("source_ids", "ids joined by ;"),
    }
    assert len(found) == 5


def test_sentences_keep_their_blanks_and_joiners(tmp_path):
    note = "two  blanks, a\u00a0fixed one, a family 👩\u200d👧, a line\nbreak\t, an end "
    assert not told(write_folder(tmp_path / "a", {"regional_targets": [TARGET | {"note": note}]}))
    folder = write_folder(tmp_path / "b", {"regional_targets": [TARGET | {"note": "a bell \x07"}]})
    assert [row[1:4] for row in told(folder)] == [(2, "note", PLAIN)]


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("billion RMB", "Write billion CNY."),
        ("million CNH", "Write million CNY."),
        ("billion NTD", "Write billion TWD."),
        ("million YEN", "Write million JPY."),
        ("billion XYZ", "Write a code such as CNY or USD."),
    ],
)
def test_currencies_have_their_code(tmp_path, unit, hint):
    folder = write_folder(tmp_path / "a", {"regional_targets": [TARGET | {"unit": unit}]})
    assert told(folder) == [("regional_targets", 2, "unit", "a currency has its code of ISO 4217", hint)]


@pytest.mark.parametrize("unit", ["billion CNY", "million DEM", "billion VND", "firms", "percent of GDP"])
def test_units_that_are_right(tmp_path, unit):
    measure = {} if unit[-1].isupper() and unit[0] != "p" else {"indicator": "other", "measure": "count"}
    rows = {"regional_targets": [TARGET | {"unit": unit} | measure]}
    assert not [row for row in told(write_folder(tmp_path / "a", rows)) if row[2] == "unit"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [("1e-400", "0.0"), ("4e-324", "5e-324"), ("0.12345678901234567890", "0.12345678901234568"),
     ("9007199254740993", "9007199254740992.0")],
)  # fmt: skip
def test_numbers_that_would_become_others(tmp_path, value, kept):
    folder = write_folder(tmp_path / "a", {"regional_targets": [TARGET | {"value": value}]})
    hint = f"It would become {kept}. Write no more digits than that."
    assert told(folder) == [("regional_targets", 2, "value", "a number that 64 bits keep as it is", hint)]


@pytest.mark.parametrize(
    "value",
    [
        "250",
        "0.1",
        "250.000000000000000000",
        "0.30000000000000004",
        "1e-300",
        "5e-324",
        "000000000000000000250",
    ],
)
def test_numbers_that_stay_as_they_are(tmp_path, value):
    assert not told(write_folder(tmp_path / "a", {"regional_targets": [TARGET | {"value": value}]}))


def own_rules(folder, table, field, **changes):
    path = write_few(folder) / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    schema = next(each["schema"] for each in descriptor["resources"] if each["name"] == table)
    found = next(each for each in schema["fields"] if each["name"] == field)
    found.update({name: value for name, value in changes.items() if name != "constraints"})
    found.setdefault("constraints", {}).update(changes.get("constraints", {}))
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.mark.parametrize("column", ["value", "target_year"])
@pytest.mark.parametrize("limit", [10**309, 2**63, 1e300])
def test_bounds_of_any_size(tmp_path, column, limit):
    folder = own_rules(
        tmp_path / "a", "regional_targets", column, constraints={"maximum": limit, "minimum": -limit}
    )
    assert not told(folder)
    own_rules(tmp_path / "b", "regional_targets", column, constraints={"minimum": limit})
    ((_, line, found, rule, _),) = told(tmp_path / "b")
    assert ((line, found) == (2, column) and rule.startswith("at least 1")) or rule.startswith("at least 9")
    assert len(rule) < 120


def test_values_that_stand_once_are_compared_as_what_they_are(tmp_path):
    folder = own_rules(tmp_path / "a", "regional_targets", "target_year", constraints={"unique": True})
    path = folder / "regional_targets.csv"
    first = path.read_text(encoding="utf-8")
    second = first.splitlines()[1].replace("t1,", "t2,", 1).replace(",2025,", ",02025,")
    path.write_text(first + second + "\n", encoding="utf-8")
    assert told(folder) == [
        ("regional_targets", 3, "target_year", "each value stands once", "It stands on line 2 too as '2025'.")
    ]


def test_near_words_are_found_in_no_time_among_very_many():
    from time import perf_counter

    from metaverse_analysis.tables.problems import nearest

    many = [f"{letter}{number:05d}" + "x" * 200 for letter in "abcdefgh" for number in range(20_000)]
    start = perf_counter()
    assert nearest("B12345" + "x" * 200, many) == "b12345" + "x" * 200
    assert nearest("c99999", many) is None
    assert nearest("q" * 100_000, many) is None
    assert perf_counter() - start < 3


@pytest.mark.parametrize("unit", ["bn CNY", "Billion CNY", "100 million USD"])
def test_money_without_a_scale_that_is_read_is_no_count(tmp_path, unit):
    rows = {"regional_targets": [TARGET | {"unit": unit, "indicator": "other", "measure": "count"}]}
    found = [row[3] for row in told(write_folder(tmp_path / "a", rows)) if row[2] == "unit"]
    assert found == ["money has its scale in full"]
