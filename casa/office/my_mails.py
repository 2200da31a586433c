"""Which mails a member of staff gets, chosen by themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casa.accounts.admin import MAILS
from casa.accounts.models import User, staff
from casa.lib import languages
from casa.office.staff_mails.readers import fields_for, language_of


class MyMailsForm(forms.ModelForm):
    """Only the mails that concern this member of staff, and their language if there are several."""

    class Meta:
        model = User
        fields = (*MAILS, "mail_language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        asked, offered = fields_for(self.instance), languages.of_office()
        if asked and len(offered) > 1:
            asked.append("mail_language")
            named = [(code, capfirst(name)) for code, name in offered]
            self.fields["mail_language"].choices = named  # type: ignore[attr-defined]
            self.initial["mail_language"] = language_of(self.instance)
        for name in set(self.fields) - set(asked):
            del self.fields[name]

    @property
    def mails(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name in MAILS]


def urls(site: AdminSite) -> list[URLPattern]:
    def my_mails(request: HttpRequest) -> HttpResponse:
        form = MyMailsForm(request.POST or None, instance=staff(request))
        if request.method == "POST" and form.is_valid():
            form.instance.save(update_fields=list(form.fields))
            messages.success(request, _("Saved: you get what is ticked."))
            return redirect("admin:my_mails")
        context = {**site.each_context(request), "title": _("My mails"), "form": form}
        return render(request, "accounts/my_mails.html", context)

    return [path("my-mails/", site.admin_view(my_mails), name="my_mails")]
