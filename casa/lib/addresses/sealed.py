"""Model fields for an e-mail address that lies encrypted, and for the key of a mailbox."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.lookups import Exact, In

from casa.lib import data_keys
from casa.lib.addresses import mailboxes
from casa.lib.addresses.fields import EmailAddressField
from casa.lib.addresses.mailbox_keys import hashed
from casa.lib.data_keys import HASH_LENGTH, UnknownKeyError
from casa.lib.db.sealed import AtRest, SealedWords, UnreadableText, unreadable

_OF_ADDRESS, _OF_DOMAIN = "address", "domain"
DOMAIN_AT = HASH_LENGTH + 1
"""Where the hash of the domain begins, counted from 1."""

PREFIX = 2 * HASH_LENGTH


def address_hash(address: str) -> str:
    """The same for one address in whatever case it was typed."""
    return data_keys.keyed_hash(_OF_ADDRESS, address.strip().lower())


def domain_hash(domain: str) -> str:
    return data_keys.keyed_hash(_OF_DOMAIN, domain.lower())


class SealedAddressField(SealedWords, EmailAddressField):
    """An e-mail address, sealed behind a keyed hash of it and one of its domain.

    All three are one value, so that neither is written without the others. It can be asked for a
    whole address in whatever case (`=`, `__iexact`, `__in`) and for a domain (`__at_domain`); an
    index of `Left(column, HASH_LENGTH)` answers the former.
    """

    compared = "It is encrypted: ask for a whole address, or by `at_domain` for its domain."

    def _sealed(self, value: Any, connection: Any) -> Any:
        if not value:
            return value
        address = str(value)
        hashes = address_hash(address) + domain_hash(mailboxes.domain_of(address))
        return hashes + data_keys.seal_text(address)

    def _opened(self, stored: Any) -> Any:
        if not self.key_of(stored or ""):
            return stored
        try:
            return data_keys.unseal_text(stored[PREFIX:])
        except UnknownKeyError:
            return unreadable(UnreadableText, stored)  # empty: nobody is written to

    def key_of(self, stored: Any) -> str:
        return super().key_of(str(stored)[PREFIX:])


class OfAddress(Exact):
    """`column=…` and `column__iexact=…`: a whole address, in whatever case; or "" for none."""

    of_sealed = True
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        if self.rhs == "":
            return f"{left} = ''", params
        return f"{hash_in(left, 1, connection)} = %s", [*params, address_hash(str(self.rhs))]


class OfAddressIn(In):
    """`column__in=[…]`: one of some addresses."""

    of_sealed = True
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        hashes = [address_hash(str(one)) for one in self.rhs]
        if not hashes:
            raise EmptyResultSet
        places = ", ".join(["%s"] * len(hashes))
        return f"{hash_in(left, 1, connection)} IN ({places})", [*params, *hashes]


class AtDomain(Exact):
    """`column__at_domain="example.org"`: addresses at exactly that domain."""

    of_sealed = True
    prepare_rhs = False
    lookup_name = "at_domain"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        found = f"{hash_in(left, DOMAIN_AT, connection)} = %s"
        return found, [*params, domain_hash(str(self.rhs))]


def hash_in(column: str, at: int, connection: Any) -> str:
    """The hash that begins there, in the words of the index: no others are answered by it."""
    if at == 1 and connection.vendor == "postgresql":
        return f"LEFT({column}, {HASH_LENGTH})"
    function = "SUBSTRING" if connection.vendor == "postgresql" else "SUBSTR"
    return f"{function}({column}, {at}, {HASH_LENGTH})"


for _lookup, _name in ((OfAddress, "exact"), (OfAddress, "iexact"), (OfAddressIn, "in")):
    SealedAddressField.register_lookup(_lookup, _name)
SealedAddressField.register_lookup(AtDomain)


class MailboxKeyField(AtRest, models.CharField):
    """The key of a mailbox, by which rows are found and counted once: a keyed hash of it.

    A spelling that is stored or looked for is hashed on the way, so none ever lies there.
    """

    migrated_as = "django.db.models.CharField"

    def get_prep_value(self, value: Any) -> Any:
        return hashed(super().get_prep_value(value))

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = hashed(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def opened(self, stored: Any, connection: Any) -> Any:
        return stored

    def is_plain(self, stored: Any) -> bool:
        return "@" in stored

    def key_of(self, stored: Any) -> str:
        return ""
