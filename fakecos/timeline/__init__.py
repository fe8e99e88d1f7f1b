"""Requests as lanes in time: one page of HTML, which needs no network."""
