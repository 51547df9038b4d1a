"""The screen: what is drawn, and how the reader narrows it."""
