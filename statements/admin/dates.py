"""What the statement's screen asks about its dates before it stores them."""

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.lib.moments.fields import ask
from casa.lib.moments.words import moment_in_words
from statements.models import Statement


def ask_about_odd_dates(form: ModelForm) -> None:
    """Refuse dates that cannot be, and ask about dates that are hardly meant.

    Only what was changed is asked about, and nothing that the field itself complained of.
    """
    _judge_publication(form)
    _judge_opening(form)
    _judge_closing(form)


def _judge_publication(form: ModelForm) -> None:
    statement: Statement = form.instance
    public = form.cleaned_data.get("publish_at")
    if public is None or public > timezone.now():
        return
    if statement.is_unpublished:
        question = _(
            "This moment has passed: the statement will be public as soon as you publish it. Do"
            " you mean it?"
        )
    else:
        question = _(
            "This moment has passed: the statement will be public as soon as you save this. Do you"
            " mean it?"
        )
    ask(form, "publish_at", question)


def _judge_opening(form: ModelForm) -> None:
    dates = form.cleaned_data
    opens, public = dates.get("signing_opens_at"), dates.get("publish_at", form.instance.publish_at)
    if opens is None or public is None or not timezone.now() < public or public <= opens:
        return
    question = _(
        "Signing would open before the statement goes public, on %(moment)s: nobody can sign"
        " before that. Do you mean it?"
    )
    changed = [name for name in ("signing_opens_at", "publish_at") if name in form.changed_data]
    for name in changed[:1]:
        ask(form, name, question % {"moment": moment_in_words(public)})


def _judge_closing(form: ModelForm) -> None:
    dates = form.cleaned_data
    closes, opens = dates.get("signing_closes_at"), dates.get("signing_opens_at")
    if closes is None:
        return
    public = dates.get("publish_at", form.instance.publish_at)
    if opens is not None and closes <= opens:
        sentence = _("Signing has to open before it closes. It opens on %(moment)s.")
        told = {"moment": moment_in_words(opens)}
        form.add_error("signing_closes_at", ValidationError(sentence % told))
    elif closes <= timezone.now():
        question = _("This moment has passed: nobody can sign any more. Do you mean it?")
        ask(form, "signing_closes_at", question)
    elif public is not None and closes <= public:
        question = _(
            "Signing would close before the statement goes public, on %(moment)s: nobody could"
            " sign. Do you mean it?"
        )
        ask(form, "signing_closes_at", question % {"moment": moment_in_words(public)})
