"""Days and moments in words."""

from django import template

from casa.lib.moments import words

register = template.Library()

register.filter(words.day_in_words)
register.filter(words.moment_in_words)
register.filter(words.first_moment_in_words)
register.filter(words.last_moment_in_words)
register.filter(words.how_far_in_words)
