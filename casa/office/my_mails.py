"""Which mails a member of staff gets, chosen by themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from casa.accounts.admin import MAILS
from casa.accounts.models import User, staff
from casa.office.staff_mails.readers import fields_for


class MyMailsForm(forms.ModelForm):
    """Only the mails that concern this member of staff."""

    class Meta:
        model = User
        fields = MAILS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name in set(self.fields) - set(fields_for(self.instance)):
            del self.fields[name]


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
