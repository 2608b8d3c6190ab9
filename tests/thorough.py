"""How much a run tries: the plain one a little, a thorough one (MORE_EXAMPLES=3, say) so many times as much."""

import os

MORE = int(
    os.environ.get("MORE_EXAMPLES", "1")
)  # times the random examples and rows; above 1 all chart sizes, too
MANY = 50_000 * MORE  # rows
# That the plain run of everything tries; a thorough one, or one of chosen files, tries all.
CASES_OF_A_TEST = 2
