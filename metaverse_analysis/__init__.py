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
_loaded, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> object:
    """A public name, loaded; of what isn't there the nearest ones are told."""
    try:
        return _loaded(name)
    except AttributeError as error:
        if name.startswith("_") or name in __all__:
            raise
        from .tables.problems import near

        like = near(name, __all__, 3)
        hint = f"; there is {', '.join(like)}" if like else "; dir(metaverse_analysis) lists what there is"
        raise AttributeError(f"metaverse_analysis has no {name!r}{hint}") from error
