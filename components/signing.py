"""Signing in and out, shown only where it leads to something."""

from __future__ import annotations

import streamlit as st

from components import reader


def show_signing() -> None:
    """A way in for editors where the host named some and set up a login; for those signed in, a way out. Nothing otherwise."""
    if st.user.get("is_logged_in"):
        st.button("Sign out", on_click=st.logout, type="tertiary", key="sign-out")
    elif reader.may_sign_in() and "is_logged_in" in st.user:  # Streamlit says so where secrets.toml has a login
        st.button("Sign in to edit", on_click=st.login, type="tertiary", key="sign-in")
