"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

# The standard asks readers to read half a megabyte; what comes after is passed over.
_MOST = 512_000


class Robots:
    """The robots.txt of one site. ``status`` is its HTTP status, 0 when there was no answer for ``failure``'s reason.

    A site without the file (4xx) allows everything; one whose file cannot be had for now allows nothing. ``delay`` is its
    Crawl-delay in seconds, 0 without one; ``refusal`` says why an address is not allowed.
    """

    def __init__(self, status: int, data: bytes, agent: str, failure: str = "") -> None:
        self._agent = agent
        self._rules: RobotFileParser | None = None
        self._everything = 400 <= status < 500
        self.delay = 0.0
        self.refusal = failure or f"its robots.txt could not be had (answer {status}); try again later"
        if status == 200:
            self._rules = RobotFileParser()
            self._rules.parse(data[:_MOST].decode("utf-8", errors="replace").lstrip("\ufeff").splitlines())
            self.delay = float(self._rules.crawl_delay(agent) or 0)
            self.refusal = "its robots.txt does not allow this address"

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return self._rules.can_fetch(self._agent, url) if self._rules else self._everything
