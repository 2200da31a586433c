"""Mail providers with several domains, or with rules of their own for what stands before the @.

Each rule has the provider's word for it in `sources`. That "+" begins a label is taken of every
domain (RFC 5233): Gmail, Outlook, Exchange Online, iCloud, Proton, Fastmail, Yandex and most others
have it, see https://learn.microsoft.com/exchange/recipients-in-exchange-online/plus-addressing-in-exchange-online.

Looked at and left out, since a name there is somebody else's at each domain: GMX
(https://newsroom.gmx.net/2015/07/31/doppelte-e-mail-adresse-ist-das-moeglich), Mail.ru, Posteo
(https://posteo.de/en/help/how-do-i-add-or-delete-an-email-alias), Tuta
(https://tuta.com/support/howto), and Outlook, Hotmail and Live among each other.

A rule that stands here changes the keys of new signatures alone. One that is changed later would
leave rows under keys that `spellings.keys` does not know, so a rule is added, and not changed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    domains: tuple[str, ...]
    sources: tuple[str, ...]
    is_one: bool = True
    """Whether a name is the same mailbox at all of `domains`; the first stands in the key."""
    ignored: str = ""
    """Signs before the @ that make no other mailbox."""
    alike: tuple[str, str] | None = None
    """Two signs before the @ that mean the same."""
    label: str = ""
    """What begins a label, beside "+". It stays in the key: the name before it is no mailbox."""
    names_are_subdomains: bool = False
    """Whether anything@name.domain is the mailbox of name@domain."""


GMAIL = Provider(
    domains=("gmail.com", "googlemail.com"),
    ignored=".",
    sources=("https://support.google.com/mail/answer/7436150",),
)
PROTON = Provider(
    domains=("proton.me", "protonmail.com", "protonmail.ch", "pm.me"),
    ignored=".-_",
    sources=(
        "https://proton.me/support/addresses-and-aliases",
        "https://github.com/ProtonMail/WebClients/blob/main/packages/shared/lib/helpers/email.ts",
    ),
)
YANDEX = Provider(
    domains=(
        "yandex.ru", "ya.ru", "narod.ru", "yandex.az", "yandex.by", "yandex.co.il", "yandex.com",
        "yandex.com.am", "yandex.com.ge", "yandex.com.tr", "yandex.ee", "yandex.fi", "yandex.fr",
        "yandex.kg", "yandex.kz", "yandex.lt", "yandex.lv", "yandex.md", "yandex.pl", "yandex.tj",
        "yandex.tm", "yandex.ua", "yandex.uz",
    ),
    alike=(".", "-"),
    sources=(
        "https://yandex.com/support/id/authorization/email.html",
        "https://yandex.com/support/passport/authorization/registration.html",
        # The domains, in the words of Yandex's support.
        "https://github.com/bitwarden/server/pull/876",
    ),
)  # fmt: skip
ICLOUD = Provider(
    domains=("icloud.com", "me.com", "mac.com"),
    sources=("https://support.apple.com/en-us/118230",),
)
MAILBOX_ORG = Provider(
    domains=("mailbox.org", "secure.mailbox.org"),
    sources=("https://kb.mailbox.org/en/private/e-mail/ensuring-emails-are-sent-securely",),
)
RUNBOX = Provider(
    domains=(
        "runbox.com", "runbox.no", "runbox.eu", "rbx.run", "rbx.email", "offshore.rocks",
        "mailhouse.biz",
    ),
    sources=(
        "https://help.runbox.com/how-do-internet-domains-work-for-email/",
        "https://help.runbox.com/usernames-and-passwords/",
    ),
)  # fmt: skip
YAHOO = Provider(
    # Yahoo Japan is missing, because it is another company.
    domains=(
        "yahoo.com", "yahoo.at", "yahoo.be", "yahoo.ca", "yahoo.co.id", "yahoo.co.in",
        "yahoo.co.nz", "yahoo.co.th", "yahoo.co.uk", "yahoo.co.za", "yahoo.com.ar",
        "yahoo.com.au", "yahoo.com.br", "yahoo.com.co", "yahoo.com.hk", "yahoo.com.mx",
        "yahoo.com.my", "yahoo.com.ph", "yahoo.com.sg", "yahoo.com.tr", "yahoo.com.tw",
        "yahoo.com.vn", "yahoo.de", "yahoo.dk", "yahoo.es", "yahoo.fi", "yahoo.fr", "yahoo.gr",
        "yahoo.ie", "yahoo.in", "yahoo.it", "yahoo.nl", "yahoo.no", "yahoo.pl", "yahoo.ro",
        "yahoo.se", "myyahoo.com", "rocketmail.com", "ymail.com",
    ),
    is_one=False,
    label="-",
    sources=("https://help.yahoo.com/kb/SLN3523.html",),
)  # fmt: skip
FASTMAIL = Provider(
    domains=(
        "123mail.org", "150mail.com", "150ml.com", "16mail.com", "2-mail.com", "4email.net",
        "50mail.com", "airpost.net", "allmail.net", "bestmail.us", "cluemail.com",
        "elitemail.org", "emailcorner.net", "emailengine.net", "emailengine.org",
        "emailgroups.net", "emailplus.org", "emailuser.net", "eml.cc", "f-m.fm",
        "fast-email.com", "fast-mail.org", "fastem.com", "fastemail.us", "fastemailer.com",
        "fastest.cc", "fastimap.com", "fastmail.cn", "fastmail.co.uk", "fastmail.com",
        "fastmail.com.au", "fastmail.de", "fastmail.es", "fastmail.fm", "fastmail.fr",
        "fastmail.im", "fastmail.in", "fastmail.jp", "fastmail.mx", "fastmail.net",
        "fastmail.nl", "fastmail.org", "fastmail.se", "fastmail.to", "fastmail.tw",
        "fastmail.uk", "fastmail.us", "fastmailbox.net", "fastmessaging.com", "fea.st",
        "fmail.co.uk", "fmailbox.com", "fmgirl.com", "fmguy.com", "ftml.net", "h-mail.us",
        "hailmail.net", "imap-mail.com", "imap.cc", "imapmail.org", "inoutbox.com",
        "internet-e-mail.com", "internet-mail.org", "internetemails.net", "internetmailing.net",
        "jetemail.net", "justemail.net", "letterboxes.org", "mail-central.com",
        "mail-page.com", "mailandftp.com", "mailas.com", "mailbolt.com", "mailc.net",
        "mailcan.com", "mailforce.net", "mailftp.com", "mailhaven.com", "mailingaddress.org",
        "mailite.com", "mailmight.com", "mailnew.com", "mailsent.net", "mailservice.ms",
        "mailup.net", "mailworks.org", "ml1.net", "mm.st", "myfastmail.com", "mymacmail.com",
        "nospammail.net", "ownmail.net", "petml.com", "postinbox.com", "postpro.net",
        "proinbox.com", "promessage.com", "realemail.net", "reallyfast.biz", "reallyfast.info",
        "rushpost.com", "sent.as", "sent.at", "sent.com", "speedpost.net", "speedymail.org",
        "ssl-mail.com", "swift-mail.com", "the-fastest.net", "the-quickest.com",
        "theinternetemail.com", "veryfast.biz", "veryspeedy.net", "warpmail.net", "xsmail.com",
        "yepmail.net", "your-mail.com",
    ),
    is_one=False,
    names_are_subdomains=True,
    sources=(
        "https://www.fastmail.help/hc/en-us/articles/360060591053",
        # The domains.
        "https://github.com/chatmail/provider-db/blob/master/_providers/fastmail.md",
    ),
)  # fmt: skip

PROVIDERS = (GMAIL, PROTON, YANDEX, ICLOUD, MAILBOX_ORG, RUNBOX, YAHOO, FASTMAIL)
BY_DOMAIN = {domain: provider for provider in PROVIDERS for domain in provider.domains}
