"""About: the method, the words, the sources and the borders. All of it is ours, so Markdown is safe here."""

import re
from pathlib import Path

import streamlit as st

from components.evidence import title

st.html(title("About", 1))
with st.container(width=760):
    method, words, borders = st.tabs(["Method", "Words", "Sources and borders"])
with method:
    st.markdown((Path(__file__).with_name("about-method.md")).read_text(encoding="utf-8"))
with words:
    st.markdown((Path(__file__).with_name("about-words.md")).read_text(encoding="utf-8"))
with borders:
    text = (Path(__file__).parents[2] / "data" / "geo" / "README.md").read_text(encoding="utf-8")
    # The page has its title: that of the file is one below.
    st.markdown(re.sub(r"^#", "##", text, flags=re.MULTILINE))
