"""The evidence as one file that needs nothing else: what was asked, a picture, and each event with its words and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from components.charts.palette import LIGHT, is_conflict
from components.evidence import Mark, facts, headed, legend, link, mark_legend, paragraph, quiet, quote, title
from entente.model import Quad


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it stands in the file: who to whom, what, when; the sentence with its marks; what is known of it; the address."""

    who: str
    what: str
    when: str
    quad: Quad
    sentence: str
    marks: Sequence[Mark]
    known: Sequence[tuple[str, str]]
    url: str


def evidence_page(
    heading: str,
    paragraphs: Sequence[str],
    asked: Sequence[tuple[str, str]],
    picture: str,
    signs: Sequence[tuple[str, str]],
    told: Sequence[Told],
    made: dt.datetime,
) -> bytes:
    """A whole HTML page in UTF-8 that asks nothing of any host: a policy in it forbids the browser to.

    ``asked`` says in words what was filtered and counted; ``picture`` is an ``<svg>`` of our own making, ``signs`` what its
    colours mean, pairs of a class (bar-verbal-cooperation) and words; ``made`` is the time that
    the file is given.
    """
    items = "".join(
        f"<article>{headed(one.who, one.what, one.when, quad=one.quad)}{quote(one.sentence, one.marks)}{facts(one.known)}"
        + (f'<p class="e-quiet">{link(one.url, one.url)}</p>' if one.url else "")
        + "</article>"
        for one in told
    )
    body = (
        title(heading, 1)
        + "".join(paragraph(text) for text in paragraphs)
        + (f"<figure>{picture}{legend(signs)}</figure>" if picture else "")
        + title("What was asked")
        + facts(asked)
        + title("The evidence")
        + mark_legend()
        + items
        + quiet(
            f"Made by Entente on {made:%Y-%m-%d %H:%M} UTC. An event is a claim by an article; nothing here checks whether it is true."
        )
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>Entente: evidence</title>{_style()}</head><body>{body}</body></html>"
    ).encode()


def _style() -> str:
    """The style sheet of the file, for screen and paper."""
    c = LIGHT
    swatches = "".join(
        f".e-{quad.value.replace(' ', '-')}{{border-top:4px {'dashed' if is_conflict(quad) else 'solid'} {colour}}}"
        for quad, colour in c.quads.items()
    )
    swatches += "".join(
        f".e-bar-{quad.value.replace(' ', '-')}{{width:.8rem;height:.8rem;background:{colour};print-color-adjust:exact}}"
        for quad, colour in c.quads.items()
    )
    marks = "".join(f"mark.e-{kind}{{background:{colour}}}" for kind, colour in c.marks.items())
    return f"""<style>
body{{max-width:56rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 "Helvetica Neue",Arial,sans-serif;color:{c.ink};background:{c.ground}}}
h1{{font-size:1.7rem;line-height:1.25;margin:0 0 .6rem}} h2{{font-size:1.2rem;margin:1.8rem 0 .4rem}}
figure{{margin:1.2rem 0}} svg{{width:100%;height:auto}}
article{{border-top:1px solid {c.line};padding:.9rem 0;break-inside:avoid}}
.e-head{{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline}} .e-aside{{margin-left:auto}} .e-tail,.e-aside,.e-quiet,dt{{color:{c.quiet}}}
.e-swatch{{display:inline-block;width:1.5rem;height:0;align-self:center}} {swatches}
blockquote{{margin:.4rem 0;padding-left:.9rem;border-left:2px solid {c.line};font:1.08rem/1.55 Georgia,serif;overflow-wrap:anywhere}}
mark{{color:{c.ink};background:transparent;padding:.05em .12em;border-radius:2px;print-color-adjust:exact}} {marks}
dl{{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0;font-size:.9rem}} dt,dd{{margin:0;overflow-wrap:anywhere}}
.e-quiet{{font-size:.87rem;margin:.3rem 0;overflow-wrap:anywhere}} .e-legend{{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.87rem;margin:.4rem 0}}
@media (max-width:640px){{dl{{grid-template-columns:1fr}} .e-aside{{margin-left:0}}}}
</style>"""
