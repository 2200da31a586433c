import html
import re
import unicodedata

from django.db import migrations, models
from django.utils.html import strip_tags

INDEX = "statements_statementtext_search_words_words"
BLOCKS = re.compile(r"<(?=/?(?:p|li|h[1-6]|t[dhr]|blockquote|br|ul|ol|table)\b)")
LETTERS = str.maketrans(
    {
        "ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss",
        "æ": "ae", "œ": "oe", "ħ": "h", "’": "", "'": "", "ʼ": "", "`": "",
    }
)  # fmt: skip


def folded(text):
    text = unicodedata.normalize("NFKD", text.replace("İ", "i")).casefold().translate(LETTERS)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", text).strip()


def fill(apps, schema_editor):
    texts = apps.get_model("statements", "StatementText").objects
    for text in texts.iterator(chunk_size=100):
        body = html.unescape(strip_tags(BLOCKS.sub(" <", text.body)))
        words = folded(" ".join((text.title, text.summary, body, text.ask)))
        texts.filter(pk=text.pk).update(search_words=words)


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {INDEX} ON statements_statementtext"
            " USING gin (to_tsvector('simple', search_words))"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}")


class Migration(migrations.Migration):
    # PostgreSQL makes no index on a table whose rows were changed in the same transaction.
    atomic = False

    dependencies = [("statements", "0003_translations")]

    operations = [
        migrations.AddField(
            model_name="statementtext",
            name="search_words",
            field=models.TextField(default="", editable=False, help_text="What staff find it by."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(make_index, drop_index),
    ]
