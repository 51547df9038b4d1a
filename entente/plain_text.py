"""Text that was read, made safe for a terminal: no control or escape characters, which could move the cursor, hide or reorder."""

from __future__ import annotations

import json
import re
from typing import Any

# Control characters of ASCII and Latin-1, line ends among them, and those that turn the direction of what follows.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: object) -> str:
    """Text for one line: each control character becomes a space."""
    return _CONTROL.sub(" ", str(text))


def json_line(value: Any) -> str:
    """JSON in one line, in which control characters are written as escapes: ``json.dumps`` leaves C1 ones as they are."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
