"""What an error must tell: its words are free to change, the names, numbers and ways out in it are not."""

from typing import Any


def says(told: Any, *facts: object) -> bool:
    """Whether an error that `pytest.raises` has caught tells all of this; a failure names what it doesn't."""
    message = str(told.value)
    missing = [str(fact) for fact in facts if str(fact) not in message]
    assert not missing, f"{message!r} doesn't say {missing}"
    return True
