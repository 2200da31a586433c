"""Staff accounts in the admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from casa.accounts import lockout, second_factor
from casa.accounts.account_keys import account_key
from casa.accounts.models import Fact, User
from casa.lib.addresses import mailboxes
from casa.lib.addresses.forms import EmailAddressField
from casa.lib.admin import OfficeAdmin, Screen, screen_urls

# What each role may do, by the name of its group. Filled in by the app that defines the roles.
ROLE_SENTENCES: dict[str, Promise] = {}


MAILS = ("hears_of_reviews", "hears_of_returns", "hears_of_names", "gets_digest", "hears_of_alarms")
"""Which mails somebody gets; each chooses for themselves under *My mails*."""


class RolesField(forms.ModelMultipleChoiceField):
    """Roles by name, each with what it may do."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Group.objects.order_by("pk"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("Roles"),
            help_text=_("Somebody with two roles may do what either allows."),
            **options,
        )

    def label_from_instance(self, group: Group) -> str:
        sentence = ROLE_SENTENCES.get(group.name)
        return f"{gettext(group.name)}: {sentence}" if sentence else gettext(group.name)


class UserCreationForm(forms.ModelForm):
    """An account begins without a password: who knows a colleague's could sign in as them."""

    groups = RolesField()

    class Meta:
        model = User
        fields = ("email", "name", "groups")
        field_classes = {"email": EmailAddressField}

    def save(self, commit: bool = True) -> Any:
        self.instance.set_unusable_password()
        return super().save(commit)


class StaffChangeForm(UserChangeForm):
    # A hash tells nobody anything; the page links to a new password instead.
    password = None  # type: ignore[assignment]
    groups = RolesField()

    class Meta(UserChangeForm.Meta):
        model = User
        exclude = ("last_login", "date_joined")  # the screen only shows them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "is_active": (
                _("May sign in"),
                _("Take the tick away when somebody leaves. Their name stays in the history."),
            ),
            "is_superuser": (
                _("May do everything, without a role"),
                _("Also changes the accounts of others who may. One or two people at most."),
            ),
        }
        for name, (label, help_text) in words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text


class PasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:  # Django's sentence is in English alone
            self.fields["usable_password"].help_text = _(
                "Without a password nobody signs in to the account until its owner has chosen a new"
                " one by mail."
            )


class RoleFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = pgettext("account", "role")
        self.lookup_choices = [(pk, gettext(str(name))) for pk, name in self.lookup_choices]


@admin.register(User)
class UserAdmin(OfficeAdmin, auth_admin.UserAdmin):
    form = StaffChangeForm
    add_form = UserCreationForm
    change_password_form = PasswordForm
    list_display = (
        "address",
        "name",
        "roles",
        "is_active",
        "second_factor",
        "locked",
        "last_login",
    )
    list_filter = ("is_active", ("groups", RoleFilter))
    search_fields = ("name",)
    search_help_text = _("A name, or a whole e-mail address")
    ordering = ("name", "pk")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (_("What they may do"), {"fields": ("is_active", "groups", "is_superuser")}),
        (_("Mails"), {"fields": MAILS}),
        (
            _("Signing in"),
            {"fields": ("new_password", "second_factor", "locked", "last_login", "date_joined")},
        ),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "groups")}),)
    readonly_fields = ("new_password", "second_factor", "locked", "last_login", "date_joined")
    actions = ("unlock", "reset_second_factor")

    class Media:
        css = {"all": ("casa/accounts.css",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        users = second_factor.with_second_factor(super().get_queryset(request))
        return lockout.with_lock(users).prefetch_related("groups")

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Nobody gives what they do not have.
        return () if _is_superuser(request) else ("is_superuser",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        excluded = set(self.get_exclude(request, obj))
        return [
            (title, {**options, "fields": [f for f in options["fields"] if f not in excluded]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        above = obj is not None and obj.is_superuser and not _is_superuser(request)
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        above = obj is not None and obj.is_superuser and not _is_superuser(request)
        is_own = obj is not None and obj.pk == request.user.pk  # its history needs a name for who
        return not (above or is_own) and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, (DEACTIVATE,)), *super().get_urls()]

    def may_deactivate(self, request: HttpRequest, user: User) -> bool:
        return user.pk != request.user.pk and self.has_change_permission(request, user)

    def deactivate(self, request: HttpRequest, user: User) -> HttpResponse:
        """Let somebody sign in no more; what they did keeps their name."""
        user.is_active = False
        user.save(update_fields=["is_active"])
        text = gettext("%(name)s cannot sign in any more. Their name stays in the history.")
        self.message_user(request, text % {"name": user.name or user.email}, messages.SUCCESS)
        return redirect("admin:accounts_user_changelist")

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        user = context["object"]
        if user.is_active and self.may_deactivate(request, user):
            context["deactivate"] = reverse("admin:accounts_user_deactivate", args=[user.pk])
        context["is_account"] = True
        return super().render_delete_form(request, context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # who left is made inactive, so that history stays
        return actions

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        """One's own is changed where the old one is asked for, or an open screen would do."""
        if id == str(request.user.pk):
            return redirect("admin:password_change")
        return super().user_change_password(request, id, form_url)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_staff = True  # there are no other accounts
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        text = _(
            "The account has no password yet. Let your colleague press “Forgot your password?” on"
            " the sign-in page: a mail leads them to one of their own."
        )
        self.message_user(request, text, messages.WARNING)
        return super().response_add(request, obj, post_url_continue)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        user = form.instance
        if user.is_active and not user.is_superuser and not user.groups.exists():
            text = gettext(
                "%(name)s has no role, and can do nothing here but sign in. Choose one under"
                " “Roles”."
            )
            self.message_user(request, text % {"name": user.name or user.email}, messages.WARNING)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Addresses lie encrypted, so one is found as a whole."""
        if "@" in search_term:
            return queryset.filter(address_key=account_key(search_term)), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("e-mail address"))
    def address(self, user: User) -> str:
        return mailboxes.shown(user.email)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(gettext(group.name) for group in user.groups.all()) or "–"

    @admin.display(description=_("password"))
    def new_password(self, user: User) -> SafeString:
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Set a new password"))

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: Any) -> bool:
        return user.has_second_factor

    @admin.display(description=_("locked until"), empty_value="–")
    def locked(self, user: Any) -> str | None:
        if user.locked_at is None:
            return None
        until = localtime(user.locked_at + settings.AXES_COOLOFF_TIME)
        return date_format(until, "SHORT_DATETIME_FORMAT")

    @admin.action(
        description=_("Unlock: let them try to sign in again at once"), permissions=["change"]
    )
    def unlock(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        unlocked = lockout.unlock(chosen)
        for user in unlocked:
            user.keep(Fact.UNLOCKED)
        count = len(unlocked)
        text = ngettext("%(n)d account unlocked.", "%(n)d accounts unlocked.", count)
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, text % {"n": count}, level)

    @admin.action(
        description=_("Reset the second factor (phone and codes lost)"), permissions=["change"]
    )
    def reset_second_factor(
        self, request: HttpRequest, chosen: QuerySet[User]
    ) -> HttpResponse | None:
        users = [user for user in chosen if self.has_change_permission(request, user)]
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Reset the second factor"),
                "opts": self.opts,
                "users": users,
            }
            return render(request, "accounts/reset_second_factor.html", context)
        second_factor.reset(users)
        for user in users:
            self.log_change(request, user, gettext("Reset the second factor."))
        text = ngettext(
            "The second factor of %(n)d account was reset.",
            "The second factor of %(n)d accounts was reset.",
            len(users),
        )
        self.message_user(request, text % {"n": len(users)}, messages.SUCCESS)
        return None


DEACTIVATE = Screen(
    "deactivate", "<int:pk>/deactivate/",
    lambda model_admin, request, user: model_admin.deactivate(request, user),
    lambda model_admin, request, user: model_admin.may_deactivate(request, user),
    of=User, post_only=True,
)  # fmt: skip


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
