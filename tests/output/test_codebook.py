"""The codebook says what the schema says, and the committed one is current."""

import json

import tiny

import metaverse_analysis as ma
from metaverse_analysis.output.codebook import codebook


def test_the_committed_codebook_is_current():
    ds = ma.load()
    stored = (ds.folder / "README.md").read_text(encoding="utf-8")
    assert stored == codebook(ds), "run: python -m metaverse_analysis codebook"


def test_every_table_column_and_code_is_in_it():
    ds = ma.load()
    text = codebook(ds)
    for table in ds.schema.tables.values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for field in table.fields.values():
            assert f"| `{field.name}` |" in section
            for code in field.enum or ():
                assert f"- `{code}`" in section


def test_every_column_and_every_code_has_a_meaning():
    for table in ma.load().schema.tables.values():
        assert table.title
        assert table.description
        for field in table.fields.values():
            assert field.title, (table.name, field.name)
            assert field.description, (table.name, field.name)
            assert set(field.enum or ()) == set(field.codes), (table.name, field.name)


def test_a_description_cannot_break_the_page(tmp_path):
    folder = tiny.write_folder(tmp_path)
    descriptor = json.loads((ma.load().folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][0]["description"] = "a | b\n<script>alert(1)</script>"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    text = codebook(ma.load(folder))
    assert "<script>" not in text
    assert "a \\| b &lt;script>" in text
