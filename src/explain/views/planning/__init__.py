"""A new class: a form whose defaults are sane, and the class stated back in plain words before it is made."""
