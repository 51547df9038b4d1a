"""The world: the map, the timeline beneath, what changed, the newest events."""

from components import reader
from components.changes import show_changes
from components.events import show_newest
from components.filters import current_view
from components.later import show_later
from components.states import show_empty_corpus, show_no_match
from components.world import show_world

NEWEST = 6

view, names = current_view(), reader.names()
counts = reader.scene(view.filters).counts
if not reader.options()[2]["articles"]:
    show_empty_corpus()
elif not counts["events"] and (view.filters.narrows or reader.foreign().empty):
    show_no_match()
else:
    show_world(view, names)
    if counts["events"] and not view.only:
        show_later("What changed", lambda: show_changes(view, names), 240)
        show_later(
            "The newest events",
            lambda: show_newest(view.filters, NEWEST, names, "newest", "Newest events"),
            200,
        )
