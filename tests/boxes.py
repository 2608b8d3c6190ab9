"""Boxes: the smallest folders that replace_folder() makes, and what lies in a folder."""

from pathlib import Path

from metaverse_analysis.tables.files import replace_file, replace_folder
from metaverse_analysis.tables.marks import listing, write_listing

MINE = "by me"
BOX = listing("a box", "LIST", "a", MINE)  # a kind of folder: its file a says by whom it is


def there(folder: Path) -> dict[str, str]:
    """Every file in a folder, hidden ones too, with its content."""
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def put(path, text: str = "new", **how) -> None:
    with replace_file(path, ours=lambda old: old.read_text("utf-8").startswith("new"), **how) as draft:
        draft.write_text(text, "utf-8")


def fill(path, contents: dict[str, str], kind=BOX, **how) -> None:
    with replace_folder(path, kind, **how) as draft:
        for name, text in {"a": MINE, **contents}.items():
            (draft / name).parent.mkdir(exist_ok=True, parents=True)
            (draft / name).write_text(text, "utf-8")
        write_listing(draft, "LIST")


def names(folder: Path) -> list[str]:
    """Everything in a folder, folders and links, too."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))
