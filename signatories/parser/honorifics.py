"""Forms of address before a name."""

from __future__ import annotations

from .text import key
from .vocabulary import each, words

# Key of an honorific -> the way it is customarily written.
_WRITTEN: dict[str, str] = {
    **{word.lower(): f"{word}." for word in each("Dr Prof Mr Mrs Ms Mx Rev Hon Fr Capt Col")},
    **{word.lower(): f"{word}." for word in each("Gen Lt Maj Sgt Cmdr Adm Amb Gov Sen Rep")},
    **{word.lower(): f"{word}." for word in each("Ing Mag Doc Acad Akad Av Sra Dra Srta Cpt")},
    **{
        word.lower(): f"{word}." for word in each("Messrs Msgr Pr Supt Br Mgr Univ.-Prof Dipl.-Ing")
    },
    **{word.lower(): word for word in each("Miss Sir Dame Lord Lady Baroness Baron Revd")},
    **{word.lower(): word for word in each("Reverend Father Sister Brother Pastor Rabbi Imam")},
    **{word.lower(): word for word in each("Sheikh Bishop Archbishop Cllr Councillor Cardinal")},
    **{word.lower(): word for word in each("Professor Doctor Judge Justice Captain Colonel")},
    **{word.lower(): word for word in each("General Major Admiral Lieutenant Ambassador")},
    **{word.lower(): word for word in each("Senator Representative Congressman Congresswoman")},
    **{word.lower(): word for word in each("Academician Akademik Herr Frau Madame Monsieur Mme")},
    **{word.lower(): word for word in each("Mlle Don Dona Honorable Honourable Elder Deacon")},
    **{word.lower(): word for word in each("Councilmember Councilwoman Councilman Councilor")},
    "sr": "Sr.",
    **{
        word: word
        for word in each("الدكتور الدكتورة الأستاذ الأستاذة السيد السيدة المهندس الشيخ دکتر")
    },
    "د": "د.",
    "أد": "أ.د.",
    'ד"ר': 'ד"ר',
    "dr-ing": "Dr.-Ing.",
    "dott": "Dott.",
    "dottssa": "Dott.ssa",
    **{
        word.casefold(): f"{word}."
        for word in each("Drs Dhr Mevr Mw Bc Dña Univ Conf Lect Dra Prof")
    },
    "ir": "ir.",
    "inż": "inż.",
    "δρ": "Δρ.",
    "инж": "инж.",
    "gör": "Gör.",
    "sigra": "Sig.ra",
    "profssa": "Prof.ssa",
    "avv": "Avv.",
    "doç": "Doç.",
    "lic": "Lic.",
    "mtro": "Mtro.",
    "arq": "Arq.",
    "engº": "Eng.º",
    "mgr": "Mgr.",
    "акад": "акад.",
    "доц": "доц.",
    "elhac": "Elhac",
    "haci": "Hacı",
    "prof-dr": "Prof. Dr.",
    "dipl-ing": "Dipl.-Ing.",
    "univ-prof": "Univ.-Prof.",
    "med": "med.",
    "habil": "habil.",
    "em": "em.",
    "emer": "emer.",
    "emeritus": "emeritus",
    "emerita": "emerita",
    "hc": "h.c.",
    "sc": "sc.",
    "phil": "phil.",
    "д-р": "д-р",
    "доктор": "доктор",
    "проф": "проф.",
    "профессор": "профессор",
    "г-н": "г-н",
    "г-жа": "г-жа",
    "академик": "академик",
    **{
        word: word
        for word in each(
            "Docteur Docteure Maître Me Sœur Frère Père Abbé Chanoine Dª Doña Hermana Hermano Fray"
            " Sor Padre Madre Suor Frei Irmão Irmã Doutor Doutora Dottor Dottoressa Doktor Pater"
            " Schwester Canon Archdeacon Ven Rt.Hon H.E S.E H.H H.R.H DI Отец Матушка Владыка"
            " Пан Пані Пани Pan Pani Sayın Mgr.a Mag.a Dr.a Prof.ª Dr.ª Sr.ª Eng.ª Maestro Maestra"
        )
    },
    **{
        word.casefold(): f"{word}."
        for word in each(
            "Pbro D Lcdo Lcda Licda Mtra Geom Rag Mons On Öğr Yrd Arş Uzm Op hab ks lek mec red bp"
            " abp śp dz prot иером архим прот свящ докт канд преп"
        )
    },
    "üyesi": "Üyesi",
    **{
        word.casefold(): word
        for word in each(
            "Shri Smt. Adv. Hj. डॉ. श्रीमती श्री प्रो. सुश्री ড. ডা. অধ্যাপক জনাব ڈاکٹر پروفیسر محترمہ"
            " TS. ThS. PGS. GS. BS. Dipl.-Biol. Dipl.-Päd. Dipl.-Psych. Dipl.-Geogr. Dipl.-Soz."
            " Dipl.-Kfm. Dipl.-Phys. Dipl.-Chem. Dipl.-Inf. Hofrat Hofrätin"
        )
    },
    **{
        word.casefold(): word
        for word in each(
            "Dr.in Mag.in Prof.in KommR"
            " MUDr. MVDr. JUDr. PhDr. RNDr. PaedDr. ThDr. MDDr. PharmDr. ICDr. MgA. BcA. PhMr. DDr."
            " Arch. Geom. Cav. Egr. Dott.ri Prof.ri Ass.-Prof. Priv.-Doz. PD Pfr. Pfrin. RA RAin"
            " Fru Hr. Hr Frk. Dl. Dna. Dra. Acad. inż. adw. kpt. płk. gen. ppłk. mec. mgr-inż."
            " Müh. Mim. Dt. Ecz. Öğr. Arş. dos. dots. akad. דר' פרופ' מר גב' עו\"ד הרב השופט"
            " დოქ. პროფ. აკად. დოქტორი պրոֆ. դոկտոր κ. κα κος Δρ Καθ. Prim. prim. OStR StR StD"
            " Mlles MM. Mmes Sres. Sras. Srs. Ldo. Lda. Eng. Enga. Engo. Enf. Bel. Sen. Dep. Ver."
            " Atty. Engr. Dkt. Mhe. Ds. Adv. Mev. Mnr. др мр ዶ/ር ፕ/ር አቶ ወ/ሮ ወ/ት นาย นาง นางสาว ดร."
            " فضيلة سماحة معالي سعادة النائب القس المطران المحامي المحامية البروفيسور آقای خانم"
        )
    },
}
HONORIFICS = {key(word).strip("'\""): written for word, written in _WRITTEN.items()}
# Only after another honorific ("Prof. Dr. med."), never at the start of a name.
HONORIFIC_TAILS = words("med habil phil em emer emeritus emerita hc uyesi sc")
