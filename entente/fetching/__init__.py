"""From an address to articles: polite, bounded requests, never to a machine of the own network.

``addresses`` says which hosts may be asked, ``client`` asks one address, ``robots`` knows what a site allows, ``state`` remembers
what was had before, ``feeds`` loads the list of feeds, and ``gathering`` makes articles of all that.
"""

from entente.fetching.addresses import is_address
from entente.fetching.client import Client, GatheringStopped, Limits, Page, open_client
from entente.fetching.feeds import Feed, load_feeds, regions
from entente.fetching.gathering import Source, gather
from entente.fetching.state import STATE_FILE, State

__all__ = [
    "STATE_FILE",
    "Client",
    "Feed",
    "GatheringStopped",
    "Limits",
    "Page",
    "Source",
    "State",
    "gather",
    "is_address",
    "load_feeds",
    "open_client",
    "regions",
]
