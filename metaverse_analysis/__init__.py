"""China's national and regional metaverse policy, 2021-2026: what was promised, what it was worth, what came of it.

Start with `ds = load()`; then `market_targets(ds)`, `press_audit(ds)`, `outcome_ledger(ds, today=...)`,
`explain(ds, "cn-sc-2023-final-market-scale")` and the charts in `metaverse_analysis.charts`.
"""

import os

import lazy_loader

if not os.path.isfile(__file__):
    raise ImportError(
        "metaverse_analysis reads its tables as files, so not from an archive: install it with pip"
    )

# The public names stand in __init__.pyi, where type checkers and editors read them, too. Each is imported when it is
# first asked for: importing the package costs hardly anything, and drawing or writing only those who draw or write.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
