"""
The made-up proposals that wait for the committee, and who would come to what.

Nobody proposes these. Five themes are planted, and each stakeholder group leans to some
of them, so that it matters among whom equal shares divide the places.
"""

from __future__ import annotations

from dataclasses import dataclass

from montada.language.engine.text import LocalizedText


@dataclass(frozen=True, slots=True)
class Idea:
    """
    A proposal that is made up.

    Attributes
    ----------
    group : stakeholder group of the organisation that hands it in
    strength : 1 to 9, how good reviewers find it and how much it draws
    """

    theme: str
    group: str
    kind: str
    line: str
    goal: int
    strength: int
    title: LocalizedText


SUPPORTERS = {
    "civil": 14,
    "government": 12,
    "academia": 8,
    "private": 6,
    "technical": 6,
    "io": 6,
}
"""How many of each stakeholder group say what they would come to: none under five."""

LEANINGS = {
    "civil": {"access": 30, "rights": 24, "culture": 8, "services": 2, "trade": 1},
    "government": {"services": 30, "access": 20, "trade": 4, "culture": 3, "rights": 1},
    "academia": {"culture": 20, "rights": 14, "services": 8, "access": 4, "trade": 2},
    "private": {"trade": 34, "services": 14, "access": 4, "culture": 2, "rights": 1},
    "technical": {"trade": 18, "access": 16, "rights": 6, "services": 2, "culture": 1},
    "io": {"services": 18, "culture": 16, "rights": 10, "access": 8, "trade": 4},
}
"""How likely one of a group comes to a theme's proposal of middle strength, percent."""


def _ideas(
    theme: str, *rows: tuple[str, str, str, int, int, str, str, str]
) -> list[Idea]:
    return [
        Idea(
            theme,
            group,
            kind,
            line,
            goal,
            strength,
            LocalizedText.of("ar", ar, en=en, fr=fr),
        )
        for group, kind, line, goal, strength, ar, en, fr in rows
    ]


IDEAS = (
    *_ideas(
        "access",
        (
            *("civil", "thematic_workshop", "C2", 9, 9),
            "شبكات تملكها القرى: من يصونها بعد رحيل المانح؟",
            "Networks that villages own: who repairs them when the donor has left?",
            "Des réseaux aux mains des villages : qui les répare après le bailleur ?",
        ),
        (
            *("government", "interactive", "C2", 11, 7),
            "الكهرباء أولًا أم الإنترنت؟ تجارب من الواحات والجزر",
            "Power first, or the Internet? Experience from oases and islands",
            "L’électricité ou l’internet d’abord ? Expériences d’oasis et d’îles",
        ),
        (
            *("civil", "interactive", "C4", 5, 8),
            "نساء يدرّبن نساءً: مهارات رقمية خارج المدن",
            "Women teaching women: digital skills beyond the cities",
            "Des femmes forment des femmes : le numérique hors des villes",
        ),
        (
            *("technical", "talk", "C2", 9, 5),
            "طيف ترددات مشترك للقرى: ما الذي نجح؟",
            "Shared spectrum for villages: what has worked?",
            "Partager le spectre pour les villages : qu’est-ce qui a marché ?",
        ),
        (
            *("civil", "knowledge_cafe", "C3", 10, 6),
            "النفاذ للجميع: مواقع حكومية يختبرها أشخاص ذوو إعاقة",
            "Access for all: government sites tested by persons with disabilities",
            "L’accès pour tous : sites publics testés par des personnes handicapées",
        ),
        (
            *("io", "thematic_workshop", "C6", 10, 4),
            "كم يكلف الاتصال أفقرَ خُمس السكان؟",
            "What does a connection cost the poorest fifth?",
            "Que coûte une connexion au cinquième le plus pauvre ?",
        ),
        (
            *("academia", "talk", "C4", 4, 3),
            "خرائط التغطية وما لا تقوله",
            "Maps of coverage, and what they do not say",
            "Les cartes de couverture et ce qu’elles taisent",
        ),
        (
            *("private", "launch", "C2", 9, 2),
            "إطلاق: دليل تشغيل الأبراج بالطاقة الشمسية",
            "Launch: a guide to towers that run on the sun",
            "Lancement : un guide des pylônes solaires",
        ),
    ),
    *_ideas(
        "services",
        (
            *("government", "interactive", "C7-egov", 16, 8),
            "شباك واحد، ولغتان: خدمات حكومية يفهمها الناس",
            "One counter, two languages: public services that people understand",
            "Un guichet, deux langues : des services publics compréhensibles",
        ),
        (
            *("government", "thematic_workshop", "C7-ehealth", 3, 7),
            "السجل الصحي الرقمي في المستشفيات الصغيرة",
            "Electronic health records in small hospitals",
            "Le dossier médical électronique dans les petits hôpitaux",
        ),
        (
            *("io", "thematic_workshop", "C7-eenv", 13, 6),
            "إنذار مبكر يصل إلى آخر هاتف",
            "Early warning that reaches the last telephone",
            "Des alertes précoces jusqu’au dernier téléphone",
        ),
        (
            *("government", "interactive", "C7-egov", 16, 5),
            "الهوية الرقمية: أسئلة القضاة",
            "Digital identity: what judges ask",
            "L’identité numérique : les questions des juges",
        ),
        (
            *("academia", "talk", "C7-eagri", 2, 6),
            "نشرات الطقس بالرسائل القصيرة لصغار المزارعين",
            "Weather by text message for small farmers",
            "La météo par SMS pour les petits agriculteurs",
        ),
        (
            *("government", "knowledge_cafe", "C7-eenv", 12, 4),
            "إلى أين تذهب أجهزتنا القديمة؟",
            "Where do our old devices go?",
            "Où vont nos vieux appareils ?",
        ),
        (
            *("private", "talk", "C7-ehealth", 3, 3),
            "استشارات طبية عن بُعد في المناطق الجبلية",
            "Doctors at a distance, in the mountains",
            "Des consultations à distance en montagne",
        ),
        (
            *("io", "launch", "C7-egov", 16, 2),
            "إطلاق: مؤشر الخدمات الحكومية المفتوحة",
            "Launch: an index of open public services",
            "Lancement : un indice des services publics ouverts",
        ),
    ),
    *_ideas(
        "trade",
        (
            *("private", "interactive", "C7-ebus", 8, 8),
            "مدفوعات بين بلدين برسوم أقل: تجربة ثلاث شركات ناشئة",
            "Payments across a border for less: three start-ups tell",
            "Payer d’un pays à l’autre à moindre coût : trois jeunes entreprises",
        ),
        (
            *("technical", "thematic_workshop", "C5", 9, 7),
            "نقاط تبادل الإنترنت المحلية: لماذا تدور بياناتنا حول العالم؟",
            "Local Internet exchanges: why does our traffic circle the world?",
            "Points d’échange : pourquoi notre trafic fait-il le tour du monde ?",
        ),
        (
            *("private", "talk", "C6", 8, 5),
            "تراخيص الاتصالات في ثلاثين يومًا",
            "A telecommunication licence in thirty days",
            "Une licence de télécommunications en trente jours",
        ),
        (
            *("technical", "interactive", "C5", 16, 6),
            "ثغرة أمنية، ولا أحد ليُبلَّغ: فرق الاستجابة في البلدان الصغيرة",
            "A hole in security and nobody to tell: response teams of small countries",
            "Une faille et personne à prévenir : les équipes des petits pays",
        ),
        (
            *("private", "thematic_workshop", "C7-eempl", 8, 4),
            "العمل الحر عبر المنصات: عقود وضرائب",
            "Freelance work on platforms: contracts and taxes",
            "Travailler par plateforme : contrats et impôts",
        ),
        (
            *("government", "interactive", "C7-ebus", 17, 4),
            "جمارك بلا ورق بين ستة موانئ",
            "Customs without paper between six ports",
            "Six ports et une douane sans papier",
        ),
        (
            *("academia", "talk", "C7-eempl", 8, 3),
            "الذكاء الاصطناعي ووظائف مراكز الاتصال",
            "Artificial intelligence and the jobs of call centres",
            "L’intelligence artificielle et l’emploi dans les centres d’appels",
        ),
        (
            *("private", "launch", "C7-ebus", 9, 2),
            "إطلاق: سوق إلكترونية للحِرَف",
            "Launch: a market on line for crafts",
            "Lancement : un marché en ligne de l’artisanat",
        ),
    ),
    *_ideas(
        "rights",
        (
            *("civil", "interactive", "C10", 16, 8),
            "من يقرر ما يُحذف؟ المنصات والمحاكم",
            "Who decides what is taken down? Platforms and courts",
            "Qui décide de ce qui est retiré ? Plateformes et tribunaux",
        ),
        (
            *("civil", "thematic_workshop", "C5", 5, 7),
            "الأمان على الإنترنت للصحفيات",
            "Safety on line for women journalists",
            "La sécurité en ligne des femmes journalistes",
        ),
        (
            *("academia", "thematic_workshop", "C10", 10, 6),
            "خوارزميات تمنح المعونة: من يراجعها؟",
            "Algorithms that grant aid: who audits them?",
            "Des algorithmes qui accordent l’aide : qui les contrôle ?",
        ),
        (
            *("civil", "knowledge_cafe", "C10", 4, 6),
            "بيانات الأطفال في تطبيقات المدارس",
            "Data of children in the applications of schools",
            "Les données des enfants dans les applications scolaires",
        ),
        (
            *("io", "interactive", "C9", 16, 5),
            "انتخابات وشائعات: ما يستطيعه الإعلام المحلي",
            "Elections and rumours: what local media can do",
            "Élections et rumeurs : ce que peuvent les médias locaux",
        ),
        (
            *("academia", "talk", "C5", 16, 4),
            "قوانين حماية البيانات بعد خمس سنوات",
            "Data protection laws, five years on",
            "Les lois sur la protection des données, cinq ans après",
        ),
        (
            *("civil", "talk", "C3", 16, 4),
            "الحق في الحصول على المعلومات: طلبات بلا جواب",
            "The right to information: requests without an answer",
            "Le droit à l’information : des demandes sans réponse",
        ),
        (
            *("technical", "talk", "C5", 16, 3),
            "التشفير مشروحًا لصانعي القوانين",
            "Encryption explained to those who make laws",
            "Le chiffrement expliqué aux législateurs",
        ),
    ),
    *_ideas(
        "culture",
        (
            *("academia", "interactive", "C8", 4, 8),
            "لغات بلا لوحة مفاتيح: كيف تدخل لغة إلى الشبكة؟",
            "Languages without a keyboard: how does a language come on line?",
            "Des langues sans clavier : comment une langue arrive-t-elle en ligne ?",
        ),
        (
            *("io", "thematic_workshop", "C8", 11, 7),
            "مخطوطات مصوّرة: من يملك النسخة الرقمية؟",
            "Digitised manuscripts: who owns the copy?",
            "Manuscrits numérisés : à qui appartient la copie ?",
        ),
        (
            *("academia", "thematic_workshop", "C7-elearn", 4, 6),
            "كتب مدرسية مفتوحة بالعربية والسواحيلية",
            "Open textbooks in Arabic and Swahili",
            "Des manuels libres en arabe et en swahili",
        ),
        (
            *("civil", "knowledge_cafe", "C9", 16, 5),
            "إذاعات محلية على الإنترنت",
            "Community radio on the Internet",
            "Les radios communautaires sur internet",
        ),
        (
            *("academia", "talk", "C7-esci", 9, 5),
            "بيانات بحثية مفتوحة في جامعات بلا ميزانية",
            "Open research data at universities without a budget",
            "Des données ouvertes dans des universités sans budget",
        ),
        (
            *("civil", "interactive", "C8", 5, 4),
            "حكايات الجدات: أرشيف شفهي يصنعه الشباب",
            "Tales of grandmothers: an archive of voices made by young people",
            "Contes de grand-mères : une archive orale faite par des jeunes",
        ),
        (
            *("io", "talk", "C7-elearn", 4, 3),
            "شهادات رقمية تعترف بها الجامعات",
            "Digital certificates that universities accept",
            "Des certificats numériques que les universités reconnaissent",
        ),
        (
            *("government", "launch", "C8", 11, 2),
            "إطلاق: متحف افتراضي للمدن القديمة",
            "Launch: a virtual museum of old cities",
            "Lancement : un musée virtuel des villes anciennes",
        ),
    ),
)
"""Forty, eight of each theme, the strongest first."""
