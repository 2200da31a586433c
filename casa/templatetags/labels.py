"""Words that name what follows them."""

from django import template

from casa.lib.labels import with_colon

register = template.Library()
register.filter(with_colon)
