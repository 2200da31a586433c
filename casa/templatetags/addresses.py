"""Addresses as pages show them: in the form that is mailed, with the readable one beside it."""

from django import template

from casa.lib.addresses import domains, mailboxes, web_addresses

register = template.Library()

register.filter("shown_address", mailboxes.shown)
register.filter("shown_domain", domains.shown)
register.filter("shown_url", web_addresses.shown)
