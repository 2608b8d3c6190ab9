"""Ten figures printed for one target: every verdict, every precision."""

from tiny import TARGET

import metaverse_analysis as ma


def printed(usd, published="2024-01-19", **more):
    return {"reported_usd_billion": usd, "published": published, **more}


FIGURES = [
    printed("35", published="", original_billion="240", original_currency="CNY"),
    printed("35", original_billion="250", original_currency="HKD"),
    printed("34.8", original_billion="250", original_currency="CNY"),
    printed("34.5", published="2024-01-21"),
    printed("36.5"),
    printed("31"),
    printed("35", published="1999-05-01"),
    printed("36.5", published="2023-05"),
    printed("0", published="2023-05"),
    printed("1000"),
]


def figures(*rows: dict[str, str]) -> list[dict[str, str]]:
    """Figures printed for one target."""
    return [
        {"press_figure_id": f"t1--outlet-{number}", "target_id": "t1", "outlet": "O", "source_id": "s1"} | row
        for number, row in enumerate(rows)
    ]


FOLDER = {"regional_targets": [TARGET], "press_figures": figures(*FIGURES)}
CASES = {"press/press_audit": lambda ds: ma.press_audit(ds).drop(columns=["reason", "print_instead"])}
