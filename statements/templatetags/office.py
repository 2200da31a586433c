"""What the screens of the back office ask."""

from django import template

from casa.lib.moments.words import zone_name
from statements.admin.texts import language_name

register = template.Library()

register.filter("in_its_own_words", language_name)
register.simple_tag(zone_name, name="time_zone_name")
