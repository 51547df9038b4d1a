"""The style sheet of what ``evidence`` makes and of the few places where Streamlit's own theme has no setting."""

from __future__ import annotations

from components.charts.palette import Palette, is_conflict
from components.charts.places import ASPECT
from entente.model import Quad


def style_sheet(colours: Palette) -> str:
    """One ``<style>`` element in a theme's colours."""
    marks = "".join(f"mark.e-{kind}{{background:{colour}}}" for kind, colour in colours.marks.items())
    swatches = "".join(
        f".e-{quad.value.replace(' ', '-')}{{border-top:4px {'dashed' if is_conflict(quad) else 'solid'} {colour}}}"
        for quad, colour in colours.quads.items()
    )
    swatches += "".join(
        f".e-bar-{quad.value.replace(' ', '-')}{{width:.8rem;height:.8rem;background:{colour}}}"
        for quad, colour in colours.quads.items()
    )
    lines = {"even": f"solid {colours.quiet}", "cooperation": f"solid {colours.quads[Quad.MATERIAL_COOPERATION]}"}
    lines["conflict"] = f"dashed {colours.quads[Quad.MATERIAL_CONFLICT]}"
    swatches += "".join(f".e-line-{kind}{{border-top:3px {line}}}" for kind, line in lines.items())
    swatches += f".e-dot,.e-ring{{width:.72rem;height:.72rem;border-radius:50%;border:2px solid {colours.ink}}}"
    swatches += (
        f".e-hatch{{height:.8rem;border:1px solid {colours.quiet};"
        f"background:repeating-linear-gradient(135deg,{colours.quiet} 0 1px,transparent 1px 4px)}}"
    )
    swatches += f".e-band{{height:.8rem;background:{colours.shades[1]}}}"
    for kind, hues in (("count", colours.shades), ("balance", colours.balance)):
        swatches += f".e-shade-{kind}{{width:4.5rem;height:.8rem;background:linear-gradient(90deg,{','.join(hues)})}}"
    swatches += f".e-dot{{background:{colours.ink}}} .e-ring{{border-color:{colours.quiet}}}"
    return f"""<style>
.e-title{{margin:0;padding:0;line-height:1.25;letter-spacing:-0.005em;text-wrap:balance}}
.e-level1{{font-size:1.7rem;font-weight:650}} .e-level2{{font-size:1.25rem;font-weight:600;margin-top:.4rem}}
.e-level3{{font-size:1.02rem;font-weight:600}}
.e-quiet,.e-tail,.e-aside,.e-legend,.e-facts dt{{color:{colours.quiet}}}
.e-quiet{{margin:0;font-size:.87rem;line-height:1.45}}
.e-head{{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:.55rem;font-size:1rem;line-height:1.35}}
.e-aside{{margin-left:auto;font-variant-numeric:tabular-nums;font-size:.9rem}}
.e-tail{{font-size:.95rem}}
.e-swatch,.e-bars i{{font-style:normal}} .e-swatch{{display:inline-block;width:1.5rem;height:0;align-self:center;flex:none}}
.e-quote{{margin:.25rem 0 .1rem;padding:0 0 0 .9rem;border-left:2px solid {colours.line}}}
.e-quote,.e-text{{font-family:"Source Serif","Source Serif Pro",Georgia,serif;font-size:1.06rem;line-height:1.55}}
.e-quote,.e-text{{overflow-wrap:anywhere}}
.e-text{{max-width:42rem}} .e-text p{{margin:0 0 .9rem}}
.e-text p,.e-lead,.e-title{{unicode-bidi:plaintext}} .e-text p{{text-align:start}} .e-lead,.e-title{{text-align:left}}
.e-chosen{{background:{colours.tint};box-shadow:.25rem 0 {colours.tint},-.25rem 0 {colours.tint};box-decoration-break:clone;border-radius:2px}}
mark{{color:{colours.ink};background:transparent;border-radius:2px;padding:.05em .12em;box-decoration-break:clone}}
mark.e-trigger{{font-weight:600}}
mark.e-mention{{padding-inline:0;border-bottom:2px solid {colours.mention}}}
{marks}
.e-facts{{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;margin:.6rem 0 0;font-size:.95rem}}
.e-facts{{padding:0!important;margin:.6rem 0 0!important}} .e-facts dt,.e-facts dd{{margin:0;padding:0}}
.e-facts dd{{overflow-wrap:anywhere;font-variant-numeric:tabular-nums}}
.e-legend{{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.87rem;align-items:center}}
.e-title+.e-legend{{margin-top:.3rem}} .e-legend+.e-quiet{{margin-top:.4rem}} .e-legend span{{display:inline-flex;align-items:center;gap:.4rem}}
.e-legend mark{{font-size:.87rem}}
.e-serif{{font-family:"Source Serif","Source Serif Pro",Georgia,serif}}
.e-lead{{font-family:"Source Serif","Source Serif Pro",Georgia,serif}}
.e-lead{{margin:.15rem 0 0;font-size:.98rem;line-height:1.45;max-width:50rem}}
.e-prose{{max-width:46rem;margin:0;font-size:1.05rem;line-height:1.55}}
.e-steps{{margin:0!important;padding:0 0 0 1.3rem!important;line-height:1.5;max-width:62rem}}
.e-steps li{{margin:0 0 .6rem!important}} .e-steps b{{font-weight:600}}
.e-steps p{{margin:.1rem 0;font-size:.93rem;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}}
.e-list{{margin:.2rem 0;padding-left:1.1rem;line-height:1.5}}
.stHtml a{{color:inherit;text-underline-offset:.2em}}
.stMarkdown p a,.stMarkdown li a{{text-decoration:underline!important;text-underline-offset:.2em}}
.stMarkdown pre code{{white-space:pre-wrap!important;overflow-wrap:anywhere}}
.e-bars{{list-style:none;max-width:36rem;margin:.3rem 0 0!important;padding:0!important;font-size:.95rem}}
.e-bars li{{display:grid;grid-template-columns:1fr auto;column-gap:.8rem;margin:0 0 .42rem!important;padding:0;line-height:1.35}}
.e-bars span{{overflow-wrap:anywhere}} .e-bars b{{font-weight:500;font-variant-numeric:tabular-nums}}
.e-bars i{{display:block;grid-column:1/-1;height:3px;background:{colours.bar};border-radius:1px}}
.e-links a{{color:inherit;text-decoration-color:{colours.quiet};text-underline-offset:.2em}}
.e-links a:hover{{text-decoration-thickness:2px}} .e-bars.e-links a:not(:hover){{text-decoration:none}}
.e-bars.e-links a{{color:var(--st-link-color,inherit);display:inline-block}} .e-links small{{color:{colours.quiet};font-size:.87rem;margin-left:.5em}}
.e-bars i.e-track{{background:{colours.line};margin-top:.15rem}} .e-track i{{background:{colours.quiet}}}
.e-square{{overflow:auto;max-height:80vh;font-size:.87rem;line-height:1.15}}
.e-square table{{border-collapse:separate;border-spacing:1px;margin:0}} .e-square :is(th,td){{padding:0;border:0;font-weight:400;color:{colours.ink}}}
.e-square th{{position:sticky;z-index:1;background:{colours.ground}}} .e-square td{{min-width:2.1rem;height:1.9rem;background:{colours.land}}}
.e-square thead th{{top:0;vertical-align:bottom}} .e-square thead td{{position:sticky;left:0;top:0;z-index:2;background:{colours.ground}}}
.e-square thead span{{display:inline-block;writing-mode:vertical-rl;transform:rotate(180deg);max-height:9rem;padding:.3rem 0}}
.e-square tbody th{{left:0;text-align:right;width:6.4rem;min-width:6.4rem;padding-right:.5rem!important;overflow-wrap:anywhere}}
.e-square .e-apart{{border-left:1px solid {colours.quiet}!important}} .e-square .e-below>*{{border-top:1px solid {colours.quiet}!important}}
.e-square td a{{display:flex;align-items:center;justify-content:center;height:100%;min-height:1.9rem;text-decoration:none}}
.e-square td a{{font-variant-numeric:tabular-nums}} .e-square td a:focus-visible{{outline-offset:-2px}}
.e-quotations{{list-style:none;margin:.3rem 0 0!important;padding:0!important}} .e-quotations li{{margin:0 0 1rem!important;padding:0}}
.e-quotations a{{font-weight:600}}
@media (min-width:641px){{.st-key-list-of-events{{display:none}}}}
@media (max-width:640px){{:has(>:is(.st-key-table-of-events,.st-key-columns)){{display:none}}}}
@media (min-width:1001px){{.stElementContainer:has(.e-square){{display:none}}}}
@media (max-width:1000px){{.st-key-matrix{{position:fixed;left:0;top:0;width:60rem!important;max-width:none!important;height:0!important;overflow:hidden;visibility:hidden}}}}
{swatches}
.st-key-map,.st-key-map-partners{{aspect-ratio:2.24}} .st-key-map-places{{aspect-ratio:{1 / ASPECT:.3f}}}
.st-key-map,[class*="st-key-map-"]{{height:auto!important;min-height:0!important;flex:none!important;position:relative}}
:is(.st-key-map,[class*="st-key-map-"])>*{{position:absolute!important;inset:0;height:100%!important}}
:is(.st-key-map,[class*="st-key-map-"]) div:has(.e-map),.e-map{{height:100%!important}}
.e-map{{position:relative;overflow:hidden;touch-action:pan-y;user-select:none}}
.e-drawn{{display:block;width:100%;height:100%;cursor:grab}} .e-drawn:active{{cursor:grabbing}} .e-leads{{cursor:pointer}}
.e-drawn :focus{{outline:none}} .e-pointed .e-line{{stroke:{colours.ink}}}
.e-card{{position:absolute;z-index:2;pointer-events:none;max-width:18rem;padding:.4rem .6rem;font-size:.87rem;line-height:1.4}}
.e-card{{background:{colours.ground};color:{colours.ink};border:1px solid {colours.line};border-radius:4px;font-variant-numeric:tabular-nums}}
.e-card b{{font-weight:600}} .e-zoom{{position:absolute;left:0;bottom:0;display:flex;gap:2px}}
.e-zoom button{{width:1.75rem;height:1.75rem;padding:0;font:inherit;font-size:1.05rem;line-height:1;cursor:pointer;border-radius:4px}}
.e-zoom button{{color:{colours.quiet};background:{colours.ground};border:1px solid {colours.line}}}
.e-zoom button:hover{{color:{colours.ink};border-color:{colours.quiet}}}
:is(.st-key-side,.st-key-side-of-a-pair) [data-testid=stWidgetLabel] p{{color:{colours.ink}!important}}
.stSidebar .stVerticalBlock{{gap:.7rem}}
.st-key-evidence{{scroll-margin:4.5rem 0 1rem}}
.st-key-qr img{{display:block;width:min(100%,15rem)!important;margin:.2rem auto 0;border-radius:2px}}
.e-button{{font:inherit;font-size:.95rem;color:inherit;background:transparent;border:1px solid {colours.line};border-radius:4px;padding:.3rem .8rem;cursor:pointer}}
.e-small{{font-size:.82rem;padding:.05rem .5rem;margin:0 .2rem}}
.e-button:hover{{border-color:{colours.quiet}}}
.st-key-steps button{{min-height:2.1rem}} .st-key-step,.st-key-step-shown{{margin-top:-.4rem}}
.e-entries{{list-style:none;margin:.3rem 0 0!important;padding:0!important}} .e-entries li{{margin:0 0 1.15rem!important;padding:0}}
.e-entries strong{{display:block;font-weight:600;font-size:1.05rem;line-height:1.35}} .e-entries a:not(:hover){{text-decoration:none}}
.e-entries.e-links small{{display:block;margin:.1rem 0 0}}
.stMain .stHorizontalBlock{{flex-wrap:wrap;row-gap:1rem}} .stMain .stColumn{{min-width:min(100%,17rem)}}
.stButton button[kind=tertiary] p{{white-space:normal!important}} .stButton button[kind=tertiary] *{{text-align:left!important}}
[class*=st-key-under-]{{row-gap:0!important}}
.stButton button[kind=tertiary]{{min-height:0;padding:.1rem 0}} .stButton button[kind=tertiary] p{{color:{colours.quiet}}}
.stButton button[kind=tertiary]:hover p{{color:inherit}}
:is([class*=st-key-open-],[class*=st-key-show-],[class*=st-key-see-],[class*=st-key-check-],.st-key-to-evidence) button[kind=tertiary] p{{text-decoration:underline;text-underline-offset:.2em}}
.st-key-partner-links a p,.st-key-change-links a p{{text-decoration:underline;text-underline-offset:.2em;text-decoration-color:{colours.quiet}}}
button[data-variant][data-selected] p{{color:{colours.ink}}}
.stApp a:focus-visible,.e-zoom button:focus-visible,.modebar-btn:focus-visible,[data-testid=stBaseButton-elementToolbar]:focus-visible{{outline:2px solid {colours.quads[Quad.MATERIAL_COOPERATION]}!important;outline-offset:1px}}
.stMain:focus-visible,.e-square:focus-visible{{outline:2px solid {colours.quads[Quad.MATERIAL_COOPERATION]};outline-offset:-2px}}
.stSidebar[data-collapsed=true],.stSidebar[data-collapsed=true] button{{visibility:hidden!important}} .st-key-ground,[class*=st-key-follow-],[class*=st-key-sight-]{{display:none!important}}
@media (max-width:640px){{.e-level1{{font-size:1.35rem}} .e-aside{{margin-left:0}} .e-facts{{grid-template-columns:6.2rem 1fr;column-gap:.6rem}}}}
</style>"""
