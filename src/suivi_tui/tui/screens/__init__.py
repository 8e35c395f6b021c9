"""The screens by name: ``"module:Class"``, imported when first shown.

A screen appears (digit, palette, help) as soon as it is listed here. The names are those of
``commands.DESTINATIONS``, and ``accueil`` for the very first start.
"""

SCREENS: dict[str, str] = {}
