"""Which targets whose year has passed count in a headline, and which are left out, with the reason."""

from __future__ import annotations

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.dates import document_dates

REPEATS = "repeats another target"
DRAFT = "a draft, and its final was issued"
OWN_YEAR = "money of the document's own year, which has no outcome"
_MONEY_GIVEN = ("fund", "subsidy", "money_other")


def left_out(ds: Dataset, targets: pd.DataFrame) -> pd.Series:
    """Why each target isn't one that can be reached or missed by itself, in words; missing where it is one.

    In this order: it repeats another of these targets; no document set it (a forecast, a park's own aim, something
    already done); it stands in a draft whose final was issued; it is money that a document gives in its own year.

    Parameters
    ----------
    targets : rows of regional_targets, numbered from 0.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ds = ma.load()
    >>> why = left_out(ds, ds.regional_targets).set_axis(ds.regional_targets["target_id"])
    >>> why["cn-sc-2023-draft-market-scale"], why["cn-sc-2023-final-market-scale"]
    ('a draft, and its final was issued', nan)
    """
    documents = ds.policy_documents.set_index("document_id")
    document = targets["document_id"]
    status = document.map(documents["status"].astype("str")).astype("str")
    final = documents["family_id"][documents["status"] == "issued"]
    year = document_dates(ds.policy_documents)["date"].str.slice(0, 4).set_axis(documents.index)
    basis = targets["basis"].astype("str")
    of_own_year = targets["target_year"].astype("str") == document.map(year).astype("str")
    cases = {
        REPEATS: targets["repeats_target_id"].isin(targets["target_id"]),
        DRAFT: (status == "draft") & document.map(documents["family_id"]).isin(final),
        OWN_YEAR: targets["measure"].isin(_MONEY_GIVEN) & of_own_year & document.map(year).notna(),
    }
    none = pd.Series(index=targets.index, dtype="str")
    said = ("not set by a document: " + basis.str.replace("_", " ")).where(
        basis.notna() & (basis != "document_target")
    )
    found = none.mask(cases[REPEATS], REPEATS).fillna(said.astype("str"))
    for words in (DRAFT, OWN_YEAR):
        found = found.fillna(none.mask(cases[words], words))
    return found.astype("str")


def that_count(ledger: pd.DataFrame) -> pd.DataFrame:
    """The targets of an `outcome_ledger` that count, each once, with its best finding: those of no reason to leave out.

    Everything that says how many targets are due counts these.
    """
    best = ledger.drop_duplicates("target_id")
    return best[best["left_out"].isna()]


def on_subject(ds: Dataset, targets: pd.DataFrame) -> pd.Series:
    """Whether each target's document is about the subject of the tables, such as the metaverse, and not about a wider
    or a neighbouring field.
    """
    about = ds.policy_documents.set_index("document_id")["is_metaverse_specific"]
    return targets["document_id"].map(about).astype("boolean").fillna(False).astype(bool)


def in_words(ds: Dataset, ledger: pd.DataFrame) -> pd.Series:
    """Each target in words, those of one place and quantity alike: the place, what is counted, and all its years.

    Parameters
    ----------
    ledger : rows of `outcome_ledger`, one for each target.
    """
    measure = (" " + ledger["measure_label"]).mask(ledger["measure"] == "industry_scale", "")
    what = (
        ledger["indicator_label"].where(ledger["scope"].isna(), ledger["scope_label"] + measure).astype("str")
    )
    note = ds.regional_targets.set_index("target_id")["scope_note"]
    noted = ledger["target_id"].map(note).astype("str").str.replace(r"\s*;.*", "", regex=True)
    noted = noted.str.slice(0, 1).str.lower() + noted.str.slice(1)
    other = (ledger["indicator"] == "other") & noted.notna()
    said = (ledger["place"] + "'s " + what.mask(other, noted)).rename("said")
    keys = [said, ledger["target_kind"].astype("str"), ledger["finding"].astype("str")]
    return said + ", " + ledger["target_year"].astype("str").groupby(keys).transform(_years).astype("str")


def _years(years: pd.Series) -> str:
    *others, last = years.unique()
    return f"{', '.join(others)} and {last}" if others else last
