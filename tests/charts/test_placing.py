"""Labels beside their marks: on the side that suits them, clear of each other, within the plot."""

from hypothesis import given, settings, strategies as st

from metaverse_analysis.charts.placing import Box, Label, clear_places

SIDES = ("above left", "above", "above right", "below right", "below", "below left")
spot = st.floats(0, 200)


def test_the_first_side_is_taken_unless_something_lies_there():
    label = Label(50, 50, 20, 10, ("above", "below"))
    assert clear_places([label], (100, 100)) == [Box(40, 54, 60, 64)]
    assert clear_places([label], (100, 100), marks=[Box(45, 55, 55, 60)]) == [Box(40, 36, 60, 46)]
    rising = [((50.0, 50.0), (50.0, 100.0))]
    assert clear_places([label], (100, 100), lines=rising)[0].y1 < 50


def test_what_has_no_room_gets_none():
    label = Label(10, 5, 20, 10, ("above", "below"))
    first, second = clear_places([label, label], (20, 10))
    assert first is not None and second is None


@given(
    st.lists(st.tuples(spot, spot, st.floats(5, 60), st.floats(8, 30), st.permutations(SIDES)), max_size=12)
)
@settings(deadline=None, max_examples=40)
def test_no_two_overlap_and_none_leaves_the_plot(rows):
    found = [box for box in clear_places([Label(*row) for row in rows], (200, 200)) if box is not None]
    assert not any(a.touches(b) for n, a in enumerate(found) for b in found[n + 1 :])
    assert all(min(box.x0, box.y0) >= 0 and max(box.x1, box.y1) <= 200 + 1e-9 for box in found)
