"""The words of the field: units, closed lists and the only parsers of what a person types.

Nothing here knows a table, a file or a screen; the standard library is enough.
"""
