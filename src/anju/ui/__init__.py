"""Looks shared by all doors: layouts, components, styles, scripts, icons; who may enter a view. No tables, no rules.

Words: *door* (desk, portal, field: one stylesheet and one entry script each), *lamp* (a light as shape, word, weight and
colour), *due* (a countdown rendered here and continued by clock.js), *look* (a reader's choice kept in a cookie).
"""
