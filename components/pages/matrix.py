"""All relations at once: a matrix of actors, a network, a table."""

from components import reader
from components.filters import current_view
from components.relations import relations, show_relations, show_relations_table
from components.states import panel, show_empty_corpus, show_no_match

view, names = current_view(), reader.names()
if not reader.options()[2]["articles"]:
    show_empty_corpus()
elif relations(view).pairs.empty:
    show_no_match("event of two actors")
else:
    with panel("The relations"):
        show_relations(view, names)
    with panel("The table"):
        show_relations_table(view, names)
