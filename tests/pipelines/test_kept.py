"""Many pages that ask at once cost one answer."""

from pipelines.desk.kept import Kept


def test_what_was_found_is_kept_for_some_seconds_unless_the_asker_has_changed_it() -> None:
    seconds, asked = [0.0], iter(range(9))
    kept = Kept(lambda: next(asked), seconds=4, clock=lambda: seconds[0])
    found = []
    for second, anew in ((0.0, False), (3.9, False), (4.0, False), (5.0, True), (8.9, False), (9.0, False)):
        seconds[0] = second
        found.append(kept(anew))
    assert found == [0, 0, 1, 2, 2, 3]
