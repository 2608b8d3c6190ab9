"""The pages of documents, of targets and of organisations: every row, linked to what it is tied to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from ..measures.profile_words import dollars
from ..measures.sentences import present
from ..measures.targets import market_targets
from ..measures.wording import day_in_words, plain_number, quantity
from ..tables.dataset import Dataset
from ..tables.dates import document_date
from .addresses import anchor
from .row_words import RowWords
from .slugs import own_slug

Row = Mapping[str, Any]
Content = dict[str, Any]
TARGETS, DOCUMENTS = "regional_targets", "policy_documents"
TARGET_COLUMNS = (
    "Promised", "Of what", "Year", "Document", "Status", "In dollars", "What came of it", "Sources"
)  # fmt: skip


class Evidence:
    """What the pages show of documents, targets and organisations."""

    def __init__(self, ds: Dataset, words: RowWords):
        self.ds, self.words = ds, words

    # --- Targets

    def targets(self) -> Content:
        """All targets, by what is counted, each kind in the order of its places."""
        return {"groups": self._by_code(TARGETS, "indicator", self.target_rows), "columns": TARGET_COLUMNS}

    def target_rows(self, rows: Iterable[Row], *, with_place: bool = True) -> list[Content]:
        """Rows of a table of targets; the name of the place comes first where it is wanted."""
        return [self._target(row, with_place) for row in rows]

    def _target(self, row: Row, with_place: bool) -> Content:
        said = self.words.words
        fields = self.ds.schema[TARGETS].fields
        kinds = [said(TARGETS, fields[c], row[c]) for c in ("scope", "measure") if c in row]
        what = ", ".join(kinds if "scope" in row else [said(TARGETS, fields["indicator"], row["indicator"])])
        extra = " ".join(filter(None, [row.get("words_zh"), row.get("scope_note")]))
        document = self._documents.get(row["document_id"], {})
        cells = [
            self.words.link("places", row["place_id"]) if with_place else None,
            " ".join(
                [quantity(dict(row)), *([said(TARGETS, fields["per"], row["per"])] if "per" in row else [])]
            ),
            Markup("{}<br><small>{}</small>").format(what, extra) if extra else what,
            self._year(row),
            self.words.link(DOCUMENTS, row["document_id"]),
            self.ds.schema.label(DOCUMENTS, "status", document["status"]) if "status" in document else "",
            self._dollars.get(row["target_id"], ""),
            self._came(row["target_id"]),
            self.words.links("sources", row.get("source_ids")),
        ]
        given = [cell for cell in cells if cell is not None]
        return {"id": anchor(row["target_id"]), "key": row["target_id"], "cells": given}

    @staticmethod
    def _year(row: Row) -> str:
        year = str(row["target_year"]) if "target_year" in row else ""
        growth = f"{plain_number(row['growth_rate_pct'])}% a year" if "growth_rate_pct" in row else ""
        return ", ".join(filter(None, [year, growth]))

    @cached_property
    def _dollars(self) -> dict[str, str]:
        """Dollars of each amount of money at the rate of its document's day."""
        if self.ds[TARGETS].empty:
            return {}
        money = market_targets(self.ds, country=None, kind="money")
        known = money[money["amount_usd_bn"].notna() & (money["currency"] != "USD")]
        found = {}
        for _, row in known.iterrows():
            day = day_in_words(str(row["rate_date"]))
            found[str(row["target_id"])] = f"{dollars(present(row))} at {row['rate']:,.4g} ({day})"
        return found

    def _came(self, target_id: str) -> Markup:
        """What a search found of it: the figure, or in words that there is none."""
        told = []
        for row in self._followups.get(target_id, ()):
            finding = self.ds.schema.label("target_followups", "finding", str(row.get("finding", "")))
            found = [
                self.words.link(table, row[column])
                for table, column in (("outcomes", "outcome_id"), (TARGETS, "superseded_by"))
                if column in row
            ]
            told.append(
                Markup(": ").join([self.words.link("target_followups", row["followup_id"], finding), *found])
            )
        return Markup("; ").join(told)

    @cached_property
    def _followups(self) -> dict[str, list[Row]]:
        return self.grouped("target_followups", "target_id")

    # --- Documents

    def documents(self) -> Content:
        """All documents, by place, places in the order of their table."""
        by_place = self.grouped(DOCUMENTS, "place_id")
        places = [key for key in self.ds.places["place_id"] if key in by_place]
        groups = [
            {
                "id": f"of-{own_slug(key)}",
                "label": self.words.link("places", key),
                "words": self.words.name("places", key),
                "documents": self.document_entries(by_place[key]),
            }
            for key in places
        ]
        return {"groups": groups, "count": f"{len(self.ds[DOCUMENTS]):,}"}

    def document_entries(self, rows: Iterable[Row]) -> list[Content]:
        """Documents, the newest first, those without a date last."""
        dated = [(document_date(dict(row))[0] or "", row) for row in rows]
        return [self._document(row) for _, row in sorted(dated, key=lambda pair: pair[0], reverse=True)]

    def _document(self, row: Row) -> Content:
        schema = self.ds.schema
        key = row["document_id"]
        coded = [schema.label(DOCUMENTS, c, str(row[c])) for c in ("doc_type", "status") if c in row]
        days = {"consultation_date": "put out for comment", "signed_date": "signed", "issued_date": "issued"}
        dates = [f"{words} {day_in_words(str(row[c]))}" for c, words in days.items() if c in row]
        others = [other for other in self._families.get(row.get("family_id", key), ()) if other != key]
        names = [row[c] for c in ("title_zh", "title_other") if c in row]
        return {
            "id": anchor(key),
            "key": key,
            "title": row.get("title_en", key),
            "names": names,
            "told": "; ".join([*coded, *dates]),
            "issuer": ", ".join(str(row[c]) for c in ("issuer_en", "document_number") if c in row),
            "others": [self.words.link(DOCUMENTS, other) for other in others],
            "targets": [self._promise(target) for target in self._targets.get(key, ())],
            "instruments": [self._use(use) for use in self._instruments.get(key, ())],
            "sources": self.words.links("sources", row.get("source_ids")),
            "note": row.get("note", ""),
        }

    def _promise(self, row: Row) -> Markup:
        indicator = self.ds.schema.label(TARGETS, "indicator", row["indicator"])
        scope = self.ds.schema.label(TARGETS, "scope", row["scope"]) if "scope" in row else indicator
        year = f", {row['target_year']}" if "target_year" in row else ""
        return self.words.link(TARGETS, row["target_id"], f"{quantity(dict(row))} ({scope}{year})")

    def _use(self, row: Row) -> Markup:
        label = self.ds.schema.label("policy_instruments", "instrument", row["instrument"])
        stance = str(row.get("stance", "promote"))
        said = [self.ds.schema.label("policy_instruments", "stance", stance)] if stance != "promote" else []
        said += ["dropped"] if row.get("dropped") else []
        label += f" ({', '.join(said)})" if said else ""
        told = f"{label}: {row['detail']}" if "detail" in row else label
        return self.words.link("policy_instruments", row["instrument_id"], told)

    @cached_property
    def _documents(self) -> dict[str, Row]:
        return {row["document_id"]: row for row in self.words.rows(DOCUMENTS)}

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        families: dict[str, list[str]] = defaultdict(list)
        for key, row in self._documents.items():
            families[row.get("family_id", key)].append(key)
        return families

    @cached_property
    def _targets(self) -> dict[str, list[Row]]:
        return self.grouped(TARGETS, "document_id")

    @cached_property
    def _instruments(self) -> dict[str, list[Row]]:
        return self.grouped("policy_instruments", "document_id")

    # --- Organisations

    def organisations(self) -> Content:
        """The bodies with their members, then every organisation with its seats."""
        seats_of = self.grouped("memberships", "organisation_id")
        seats_in = self.grouped("memberships", "body_id")
        bodies = [self._body(row, seats_in.get(row["body_id"], [])) for row in self.words.rows("bodies")]
        known = sorted(
            self.words.rows("participants"), key=lambda row: str(row.get("name_en", "")).casefold()
        )
        rows = [self._organisation(row, seats_of.get(row["organisation_id"], [])) for row in known]
        return {"bodies": bodies, "organisations": rows}

    def _body(self, row: Row, seats: list[Row]) -> Content:
        key = row["body_id"]
        told = [self.ds.schema.label("bodies", c, str(row[c])) for c in ("type", "status") if c in row]
        fields = self.ds.schema["bodies"].fields
        told += [
            f"{fields[c].title.lower()}: {self.words.words('bodies', fields[c], row[c])}"
            for c in ("founded", "announced_on") if c in row
        ]  # fmt: skip
        if "announced_members" in row:
            unit = row.get("announced_members_unit", "members")
            told.append(f"{plain_number(row['announced_members'])} {unit} announced")
        return {
            "id": anchor(key),
            "key": key,
            "name": row.get("name_en", key),
            "zh": row.get("name_zh", ""),
            "told": "; ".join(told),
            "after": self.words.link("bodies", row["succeeds_body_id"]) if "succeeds_body_id" in row else "",
            "members": [self._seat(seat, "organisation_id", "participants") for seat in seats],
            "sources": self.words.links("sources", row.get("source_ids")),
        }

    def _seat(self, seat: Row, column: str, table: str) -> Markup:
        """Who, or where, and as what; the word on it is a link to the row that says so."""
        coded = [c for c in ("role", "membership_status") if c in seat]
        words = [self.ds.schema.label("memberships", c, str(seat[c])) for c in coded]
        row = self.words.link(
            "memberships", seat["membership_id"], ", ".join(dict.fromkeys(words)) or "named"
        )
        return Markup("{} ({})").format(self.words.link(table, seat[column]), row)

    def _organisation(self, row: Row, seats: list[Row]) -> Content:
        label = self.ds.schema.label
        key = row["organisation_id"]
        parent = "parent_organisation_id"
        kinds = [label("participants", c, str(row[c])) for c in ("type", "sector") if c in row]
        name = Markup("{}<br><small>{}</small>").format(row.get("name_en", key), row.get("name_zh", ""))
        return {
            "id": anchor(key),
            "key": key,
            "cells": [
                name,
                "; ".join(kinds),
                self.words.link("participants", row[parent]) if parent in row else "",
                Markup("; ").join(self._seat(seat, "body_id", "bodies") for seat in seats),
            ],
        }

    # --- Both

    def grouped(self, table: str, column: str) -> dict[str, list[Row]]:
        """The rows of a table by what they refer to; nothing where the folder has no such table."""
        found: dict[str, list[Row]] = defaultdict(list)
        if table in self.ds.tables:
            for row in self.words.rows(table):
                if column in row:
                    found[row[column]].append(row)
        return found

    def _by_code(self, table: str, column: str, shown: Any) -> list[Content]:
        groups = []
        for code, part in self.ds[table].groupby(column, observed=True, sort=True, dropna=False):
            label = "other" if pd.isna(code) else self.ds.schema.label(table, column, str(code))
            about = self.ds.schema.codes(table, column).get(str(code), {})
            groups.append(
                {
                    "id": f"of-{own_slug(str(code))}",
                    "label": label[:1].upper() + label[1:],
                    "description": about.get("description", ""),
                    "rows": shown(self.words.rows(table, part)),
                }
            )
        return groups
