"""The words behind a mark, as HTML. The only module that makes HTML out of what was read.

Everything read is hostile: titles, sentences and outlets pass through ``html.escape`` here and are shown with ``st.html``, so
neither tags nor Markdown, LaTeX or ``:material/`` directives in them come alive. ``plain_label`` does the same for the few
widgets whose labels are Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from urllib.parse import urlsplit

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=@/])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked, half open, and why: actor, trigger, recipient, date or mention. ``says`` is shown on hovering."""

    start: int
    end: int
    kind: str
    says: str = ""


def plain_label(text: str) -> str:
    """Text for a widget whose label is Markdown, every character of it shown as it is."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> str:
    """``text[start:end]`` escaped, with its marks. Marks may overlap or nest; what is outside the text is left out."""
    end = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    edges = sorted({start, end, *(max(start, m.start) for m in inside), *(min(end, m.end) for m in inside)})
    out = []
    for left, right in pairwise(edges):
        piece = escape(text[left:right])
        here = [m for m in inside if m.start <= left and right <= m.end]
        if here:
            kinds = " ".join(dict.fromkeys(f"e-{m.kind}" for m in here))
            says = "; ".join(dict.fromkeys(m.says for m in here if m.says))
            piece = f'<mark class="{escape(kinds)}"' + (f' title="{escape(says)}"' if says else "") + f">{piece}</mark>"
        out.append(piece)
    return "".join(out)


def quote(text: str, marks: Iterable[Mark]) -> str:
    """A quoted sentence with its marks."""
    return f'<blockquote class="e-quote">{marked(text, marks)}</blockquote>'


def headed(head: str, tail: str, aside: str = "", *, quad: str = "") -> str:
    """The line above a quote: who to whom, what, and when, with the colour of its class."""
    swatch = f'<span class="e-swatch e-{escape(quad.replace(" ", "-"))}"></span>' if quad else ""
    return (
        f'<div class="e-head">{swatch}<b>{escape(head)}</b> <span class="e-tail">{escape(tail)}</span>'
        f'<span class="e-aside">{escape(aside)}</span></div>'
    )


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """A list of what is known: label and value."""
    items = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows if value)
    return f'<dl class="e-facts">{items}</dl>'


def paragraphs(text: str, marks: Sequence[Mark], chosen: tuple[int, int] | None = None) -> str:
    """An article's text, a paragraph a line, with its marks; ``chosen`` is the sentence to be set apart."""
    out = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            inner = marked(text, marks, at, at + len(line))
            if chosen and chosen[0] < at + len(line) and chosen[1] > at:
                a, b = max(at, chosen[0]), min(at + len(line), chosen[1])
                inner = (
                    marked(text, marks, at, a)
                    + f'<span class="e-chosen" id="chosen">{marked(text, marks, a, b)}</span>'
                    + marked(text, marks, b, at + len(line))
                )
            out.append(f"<p>{inner}</p>")
        at += len(line) + 1
    return f'<div class="e-text">{"".join(out)}</div>'


def link(address: str, label: str) -> str:
    """A link to an article's own page, when its address is one a browser may safely open; otherwise the address as text."""
    try:
        safe = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        safe = False
    if not safe:
        return escape(address)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{escape(label)}</a>'


def quiet(text: str) -> str:
    """A line in the quiet colour: sources, notes."""
    return f'<p class="e-quiet">{escape(text)}</p>'


def bullet_list(lines: Iterable[str], kind: str = "") -> str:
    """A plain list."""
    return f'<ul class="e-list {escape(kind)}">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def step_list(steps: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Steps in their order: the name of each and what came of it, a line each."""
    items = "".join(
        f"<li><b>{escape(name)}</b>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</li>" for name, lines in steps
    )
    return f'<ol class="e-steps">{items}</ol>'


def share_list(rows: Sequence[tuple[str, int, int]]) -> str:
    """Parts of a whole: words, how many of how many, and a bar as long as the share."""
    items = "".join(
        f"<li><span>{escape(words)}</span><b>{number:,} of {of:,}</b>"
        f'<i class="e-track"><i style="width:{100 * number / max(1, of):.1f}%"></i></i></li>'
        for words, number, of in rows
    )
    return f'<ol class="e-bars">{items}</ol>'


def title(text: str, level: int = 2) -> str:
    """A heading composed from data."""
    return f'<h{level} class="e-title e-level{level}">{escape(text)}</h{level}>'


def legend(signs: Iterable[tuple[str, str]]) -> str:
    """What lines and marks mean: pairs of a class or mark kind (may be empty) and words."""
    items = []
    for kind, words in signs:
        sign = f'<i class="e-swatch e-{escape(kind)}"></i>' if kind else ""
        items.append(f"<span>{sign}{escape(words)}</span>")
    return f'<div class="e-legend">{"".join(items)}</div>'


def signs(kinds: Iterable[tuple[str, str]]) -> str:
    """A legend of lines by balance: pairs of even, cooperation or conflict and words."""
    return legend((f"line-{kind}", words) for kind, words in kinds)


def mark_legend() -> str:
    """What the colours behind words mean."""
    kinds = ("actor", "trigger", "recipient", "date")
    return '<div class="e-legend">' + "".join(f'<span><mark class="e-{kind}">{kind}</mark></span>' for kind in kinds) + "</div>"


def marked_title(text: str, marks: Iterable[Mark]) -> str:
    """An article's title with its marks."""
    return f'<h1 class="e-title e-level1 e-serif">{marked(text, marks)}</h1>'


def paragraph(text: str) -> str:
    """A paragraph of our own words."""
    return f'<p class="e-prose">{escape(text)}</p>'
