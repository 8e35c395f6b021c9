"""Letters, certificates, briefs: what they say, their templates and the filling of them."""
