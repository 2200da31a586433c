"""What the screens of the back office ask."""

from django import template

from statements.admin.texts import language_name
from statements.admin.times import time_zone_name

register = template.Library()

register.filter("in_its_own_words", language_name)
register.simple_tag(time_zone_name, name="time_zone_name")
