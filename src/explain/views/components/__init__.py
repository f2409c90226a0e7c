"""Furniture: widgets and templates that know no room, and the desk at which one participant sits."""
