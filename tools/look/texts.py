"""Words of the cases that `tools/look/cases/` makes: in three languages, some too long."""

from dataclasses import dataclass

LONG_TITLE = (
    "Keep every reading room of the nine towns along the river open on Saturdays, in school"
    " holidays and on the first Sunday of each month, as promised to us"
)
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessen"[:80]
LONG_ORGANIZATION = (
    "Bibliotheksfreundinnenundbibliotheksfreundevereinigungsdachverbandsgeschaeftsstelle"[:80]
)
LONG_ADDRESS = f"https://reading-rooms.example.org/{LONG_NAME}/{LONG_ORGANIZATION}?page=1"
SUMMARY = "The reading rooms are to close on Saturdays, when most people have time to come."
SOCIETIES = (
    "Readers’ Circle", "Anglers", "Primary School", "Friends of the Branch Libraries and Archives",
    "Parents’ Association for Languages", "Cycling Club", "Press",
)  # fmt: skip
RICH = (
    "<h3>What the branches report</h3><blockquote><p>On Saturdays we count the chairs, not the"
    " readers.</p></blockquote><ol><li><p>Nine towns have one branch each.</p></li><li><p>Four of"
    " them stand beside a school.</p></li></ol><table><tbody><tr><th>Branch</th><th>Visits on"
    " Saturdays</th><th>Share</th></tr><tr><td>Quay Street</td><td>41,200</td><td>33 %</td></tr>"
    "<tr><td>Mill Lane</td><td>18,900</td><td>28 %</td></tr></tbody></table><p>The figures are on"
    ' <a href="https://figures.example.org/branches/2025">the page of the branches</a>.</p>'
)


@dataclass(frozen=True)
class Beside:
    """What stands beside a statement."""

    target: str
    office: str
    other_target: str
    reference: str
    other_reference: str
    attachment: str
    picture: str
    other_picture: str
    headline: str
    source: str
    city: str
    lead_in: str
    updates: tuple[tuple[str, str], ...]
    note: str
    answer: str
    leads: str = ""
    names: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()


ENGLISH = Beside(
    target="Council of Aldermouth",
    office="Culture Committee",
    other_target="Ministry of Education",
    reference="Public Libraries Charter",
    other_reference="Opening Hours Act",
    attachment="Fact sheet: what Saturdays cost",
    picture="The reading room at Quay Street on a Saturday",
    other_picture="The stairs at Mill Lane",
    headline="Nine towns ask their councils to keep reading rooms open",
    source="Friends of Branch Libraries",
    city="Aldermouth",
    lead_in="Sent out by the wire for the coalition.",
    updates=(
        ("The council has put it on its agenda", "<p>It speaks about it <strong>in May</strong>.</p><ul><li><p>The session is public.</p></li></ul>"),
        ("The press wrote", "<p>Twice, on its first page.</p>"),
    ),
    note="Handed over at the town hall with the names of all who signed.",
    answer="The council will keep Saturday opening for a year, on trial.\n\nIt will publish the figures.",
)  # fmt: skip

LONG = Beside(
    target=LONG_NAME,
    office=LONG_TITLE,
    other_target=LONG_ORGANIZATION,
    reference=f"{LONG_TITLE} {LONG_NAME}",
    other_reference=LONG_ORGANIZATION,
    attachment=f"{LONG_NAME} {LONG_ORGANIZATION}"[:200],
    picture=f"{LONG_TITLE} {LONG_NAME}"[:200],
    other_picture=LONG_ORGANIZATION,
    headline=f"{LONG_TITLE} {LONG_NAME}",
    source=LONG_ORGANIZATION,
    city=LONG_NAME,
    lead_in=LONG_ADDRESS,
    updates=((LONG_TITLE, f"<p>{LONG_ADDRESS}</p>"), (LONG_NAME, f"<p>{LONG_NAME}</p>")),
    note=LONG_ADDRESS,
    answer=f"{LONG_TITLE}\n\n{LONG_NAME}",
)

AZERBAIJANI = Beside(
    target="Aldermut Şurası",
    office="Mədəniyyət komitəsi",
    other_target="Təhsil İşləri İdarəsi",
    reference="İctimai kitabxanalar haqqında nizamnamə",
    other_reference="İş saatları haqqında qanun",
    attachment="Məlumat vərəqi: şənbə günləri neçəyə başa gəlir",
    picture="Şənbə günü Quay küçəsindəki oxu zalı",
    other_picture="İçərişəhər filialının pilləkəni",
    headline="Doqquz şəhər oxu zallarının açıq qalmasını istəyir",
    source="Məhəllə Kitabxanalarının Dostları",
    city="Şirinvan",
    lead_in="Koalisiya adından agentlik tərəfindən yayılıb.",
    updates=(("İclasın gündəliyinə salındı", "<p>Şura bu barədə <strong>mayda</strong> danışacaq.</p>"),),
    note="İmza atanların hamısının adı ilə birlikdə şuraya təqdim edildi.",
    answer="Şura şənbə iş saatlarını bir il sınaq üçün saxlayacaq.",
    leads="İlqar Ğənizadə, Şirinvan Kitab Klubu, Bakı, Azerbaijan\nÜlviyyə Çıraqova, İçərişəhər Oxucuları, Bakı, Azerbaijan\nPərvanə İsmayılzadə, kitabxanaçı, Şirinvan\n",
    names=("İlhamə Qəhrəmanova", "Ədalət Ibrahimov", "Cəmilə Şıxəliyeva", "Ziya Ölməz", "ışıq Gündüz", "Ağası Üzümçü"),
    organizations=("Şirinvan Kitab Klubu", "İçərişəhər Oxucuları", "Ön Sıra Məktəbi"),
)  # fmt: skip

PERSIAN_STATEMENT = {
    "title": "کتابخانه‌های محله را شنبه‌ها باز نگه دارید",
    "summary": "چهار کتابخانه از هفت کتابخانهٔ محله قرار است آخر هفته بسته شوند. برای کسانی که در روزهای کاری کار می‌کنند یا درس می‌خوانند، این یعنی بسته شدن همیشگی.",
    "ask": "از شورای شهر می‌خواهیم هر هفت کتابخانه را شنبه‌ها باز نگه دارد و ارقام هر تغییر بعدی را منتشر کند.",
    "body": (
        "<p>کتابخانه‌ای که وقتی مردم فرصت دارند بسته است، فقط ساختمانی است که در آن کتاب هست. طرح شورا از اول سپتامبر ۲۰۲۶ کار شنبه‌ها را در چهار شعبه پایان می‌دهد.</p>"
        "<h2>شعبه‌ها چه می‌گویند</h2><p>شنبه‌ها شلوغ‌ترین روز کتابخانه است. «ما صندلی‌ها را می‌شماریم، نه خواننده‌ها را.»</p>"
        "<ul><li><p>میز تکلیف در Mill Lane: چهل دانش‌آموز.</p></li><li><p>کافهٔ زبان در Quay Street: نه زبان (LA/12).</p></li></ul>"
        '<blockquote><p>ساعت کار باید با زندگی مردم همراه باشد.</p></blockquote><p>ارقام در <a href="https://figures.example.org/branches/2025">صفحهٔ شعبه‌ها</a> آمده است.</p>'
        "<table><tbody><tr><th>شعبه</th><th>بازدید</th></tr><tr><td>Quay Street</td><td>41,200</td></tr></tbody></table>"
    ),
}

PERSIAN = Beside(
    target="شورای شهر آلدرماوث",
    office="کمیتهٔ فرهنگ",
    other_target="Ministry of Education",
    reference="منشور کتابخانه‌های عمومی",
    other_reference="Opening Hours Act",
    attachment="برگهٔ اطلاعات",
    picture="تالار مطالعه در یک روز شنبه",
    other_picture="پلکان شعبه",
    headline="نه شهر می‌خواهند تالارهای مطالعه باز بماند",
    source="دوستداران کتابخانه",
    city="آلدرماوث",
    lead_in="از سوی ائتلاف منتشر شد.",
    updates=(("در دستور کار شورا قرار گرفت", "<p>شورا در <strong>ماه مه</strong> دربارهٔ آن گفت‌وگو می‌کند.</p>"),),
    note="با نام همهٔ امضاکنندگان در شهرداری تحویل داده شد.",
    answer="شورا یک سال به صورت آزمایشی کار شنبه‌ها را ادامه می‌دهد.",
    leads="پروانه کاظمی, انجمن کتاب\nNora Lind, Friends of Branch Libraries, Leeds, UK\n",
    names=("آرش بهرامی", "مینا صادقی", "Wilma Lund", "ژاله رستمی", "کامران (علی) نوری", "Rashad Quliyev"),
    organizations=("انجمن دوستداران کتاب", "River Trust", "باشگاه کوه‌نوردی"),
)  # fmt: skip
