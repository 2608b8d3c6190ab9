"""What dataset search engines read on the first page: the tables as a schema.org Dataset, from the data package."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.descriptor import licences, people
from ..tables.standard import file_name
from .codebook import own_tables


def json_ld(ds: Dataset) -> str:
    """The metadata as JSON that may stand in a page: nothing in it can end the element around it.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> json.loads(json_ld(ma.load()))["@type"]
    'Dataset'
    """
    text = json.dumps(_dataset(ds), ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _dataset(ds: Dataset) -> dict[str, Any]:
    about = ds.schema.descriptor
    title = str(about.get("title") or about.get("name") or "Tables")
    read = ds.sources["accessed"].max()
    terms = [one.get("path") or one["name"] for one in licences(about)]
    country = ds.places.loc[ds.places["place_id"] == about.get("country"), "name_en"]
    told = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        # Search engines leave out a dataset that says less than fifty letters of itself.
        "description": str(about.get("description") or f"{title}: tables with the sources of each row."),
        "version": about.get("version"),
        "dateModified": None if pd.isna(read) else f"{read:%Y-%m-%d}",
        "keywords": list(about.get("keywords", ())),
        "license": terms[0] if terms else None,
        "creator": [{"@type": "Organization", "name": name} for name in people(about)],
        "url": about.get("homepage"),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "spatialCoverage": None if country.empty else str(country.iloc[0]),
        "variableMeasured": [table.title for table in own_tables(ds).values() if table.evidence],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": table.title,
                "encodingFormat": "text/csv",
                "contentUrl": f"data/{file_name(table.path, 'csv')}",
            }
            for table in own_tables(ds).values()
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}
