"""The error that a user may read."""


class UserError(Exception):
    """Something a user can act on.

    ``str(error)`` is one French sentence: what happened, what is safe, what to do.
    """
