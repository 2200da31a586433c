"""The page on which an addressee answers what was handed over to them, by a private link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.lib import http
from statements import addressee_answers
from statements.models import AddresseeAnswer, AnswerLink
from statements.public.answer_forms import AnswerForm, consent_sentence
from statements.reading import current_edition

ROBOTS = "noindex, nofollow, noarchive"
SAID = ("words", "name", "office")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@http.limited("private_page")
@http.private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the statement, and the form with what waits (GET); stores an answer (POST)."""
    try:
        link = addressee_answers.open_(token)
    except addressee_answers.NoLinkError as error:
        status = 410 if error.was_ours else 404
        context: dict[str, object] = {"was_ours": error.was_ours}
        return _answered(request, "statements/answer_refused.html", context, status)
    if request.method != "POST":
        return _page(request, link, _form_of(link))
    if http.is_cross_site(request):
        return render(request, "403.html", {"cross_site": True}, status=403)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    said = {name: form.cleaned_data[name] for name in SAID}
    addressee_answers.answer(link.delivery, **said, consent=consent_sentence())
    return HttpResponseRedirect(f"{request.path}#how-it-stands")


def _form_of(link: AnswerLink) -> AnswerForm:
    """With what waits, to be changed; empty where nothing does."""
    waiting = AddresseeAnswer.objects.waiting().filter(delivery=link.delivery_id).first()
    if waiting is None:
        return AnswerForm()
    return AnswerForm(initial={name: getattr(waiting, name) for name in SAID})


def _page(
    request: HttpRequest, link: AnswerLink, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    delivery = link.delivery
    context = {
        "link": link,
        "delivery": delivery,
        "statement": delivery.statement,
        "edition": current_edition(delivery.statement.slug),
        "answers": list(delivery.own_answers.order_by("sent_at", "pk")),
        "form": form,
    }
    return _answered(request, "statements/answer.html", context, status)


def _answered(
    request: HttpRequest, template: str, context: dict[str, object], status: int
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = ROBOTS
    return response
