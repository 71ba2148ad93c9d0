"""Documents of a made-up municipality, one of each family."""

from tests.pdfs.model import Contents, Document, Heading, Items, PageBreak, Paragraph, Row, Table

_LONG = (
    "Kommunen har i året som gikk lagt vekt på gode tjenester og trygg økonomi. Innbyggerne møter ansatte som har tid, "
    "og en kommune­økonomi i balanse gir rom for å prioritere barne- og ungdoms­arbeid, eldre­omsorg og vedlikehold "
    "av bygg. Regnskapet viser et mindreforbruk på 1 234 millioner kroner, som tilsvarte 5,7 prosent av "
    "drifts­inntektene. Avviket skyldes i hovedsak at pensjons­kostnadene ble lavere enn antatt, og at flere stillinger "
    "har stått ledige gjennom sommeren og høsten."
)
_MORE = (
    "Arbeidet med å redusere sykefraværet fortsetter. Enhetene får hjelp av bedriftshelse­tjenesten, og ledere og "
    "tillitsvalgte følger opp sammen. Effekten ventes å komme gradvis fram mot 2028, og finansutvalget har fått "
    "rapport to ganger. Flere effektive fiberoffiserer finner fine flater."
)


def _values(text: str) -> tuple[str, ...]:
    return tuple(text.split(";"))


ACCOUNTS = Table(
    "1.1.1. Revidert budsjett og regnskap for 2025. Tall i millioner kroner.",
    ((("", 1), ("Regnskap 2024", 1), ("Regnskap 2025", 1), ("Revidert budsjett 2025", 1), ("Avvik", 1)),),
    (
        Row(("Driftsinntekter",), "group"),
        Row(_values("Rammetilskudd;-5 253;-5 925;-5 863;-61")),
        Row(_values("Inntekts- og formuesskatt;-8 356;-9 103;-9 087;-16")),
        Row(_values("Andre overføringer og tilskudd fra staten;-866;-873^1^;-785;-88")),
        Row(_values("Sum driftsinntekter;-14 475;-15 901;-15 735;-165"), "total"),
        Row(("Driftsutgifter",), "group"),
        Row(_values("Lønnsutgifter;9 358;9 673;9 911;−238")),
        Row(_values("Kjøp av varer og tjenester;5 686;;6 021;186")),
        Row(_values("Sum driftsutgifter;15 044;9 673;15 932;−52"), "total"),
    ),
    ("^1^ Tilskudd til flyktninger er med fra 2025.",),
)
KEY_FIGURES = Table(
    "1.1.2. Årsverk og andel kvinner etter område.",
    (
        (("", 1), ("2024", 2), ("2025", 2)),
        (("Område", 1), ("Antall", 1), ("Andel kvinner", 1), ("Antall", 1), ("Andel kvinner", 1)),
    ),
    (
        Row(_values("Barnehage;1 204;91 %;1 198;90,5 %")),
        Row(_values("Skole og skolefritidsordning med kulturskole og leirskole;2 310;74 %;2 344;73,9 %")),
        Row(_values("Eldreomsorg;3 020;88 %;2 987;87 %")),
        Row(_values("Teknisk drift^2^;410;22 %;;")),
        Row(_values("Totalt;6 944;79 %;6 529;78,6 %"), "total"),
    ),
    ("^2^ Skilt ut som eget foretak i 2025.",),
)
LONG_TABLE = Table(
    "1.1.3. Investeringer etter prosjekt. Tall i millioner kroner.",
    ((("Prosjekt", 1), ("Regnskap 2025", 1), ("Budsjett 2025", 1), ("Avvik", 1)),),
    (
        *(
            Row((f"Prosjekt {name} skole", f"{3 * index + 1},{index % 10}", f"{3 * index + 2},0", f"{index % 7}"))
            for index, name in enumerate(
                f"{first}{second}"
                for first in ("Nord", "Sør", "Øst", "Vest", "Midt", "Ytter", "Inner", "Over", "Neder", "Gammel")
                for second in ("bakken", "lia", "haugen", "vik", "nes", "ås")
            )
        ),
        Row(("Sum investeringer", "5 585,0", "5 430,0", "174"), "total"),
    ),
)

REPORT = Document(
    "Årsberetning 2025 for Oslofjord kommune",
    (
        Heading(1, "Innhold"),
        Contents((("1. Økonomi", "2"), ("Innledning", "2"), ("2. Oppvekst", "5"), ("Nøkkeltall", "6"))),
        PageBreak(),
        Heading(1, "1. Økonomi"),
        Heading(2, "Innledning"),
        Paragraph(_LONG),
        Paragraph(_MORE),
        Items(
            (
                "Mindreforbruk i tjenestene, totalt 510 millioner kroner. Innen eldreomsorgen kom det til færre "
                "brukere enn ventet, og flere plasser ble derfor ikke åpnet før i desember.",
                "Lavere pensjonskostnader, totalt 69 millioner kroner.",
            )
        ),
        ACCOUNTS,
        Paragraph("Netto driftsresultat ble 1 257 millioner kroner^3^ og dermed bedre enn ventet."),
        KEY_FIGURES,
        Paragraph(_LONG),
        LONG_TABLE,
        Paragraph("Prosjektene følger framdriftsplanen."),
        Heading(1, "2. Oppvekst"),
        Heading(2, "Måloppnåelse"),
        Heading(3, "Periodemål 1: Barn og unge skal ha en trygg oppvekst"),
        Paragraph("Målet vurderes som delvis nådd. Andelen elever som trives, var 87 prosent."),
        Paragraph(_MORE),
        Heading(3, "Periodemål 2: Flere skal fullføre videregående opplæring"),
        Paragraph("Målet er nådd. Andelen var 81 prosent."),
        Heading(2, "Handlingsregler"),
        Paragraph("Gjeldsgraden skal maksimalt utgjøre 80 prosent. I 2025 var gjeldsgraden 76,3 prosent."),
        Paragraph(_LONG),
    ),
)


def _measure(title: str, amount: str, text: str) -> tuple:
    return Heading(3, title, amount), Paragraph(text)


PROSE_BUDGET = Document(
    "Fjordbudsjettet",
    (
        Heading(1, "Fjordbudsjettet"),
        Heading(2, "Innledning"),
        Paragraph(_LONG.replace("1 234 millioner kroner", "mange millioner kroner")),
        PageBreak(),
        Heading(1, "Oppvekst"),
        Paragraph("Alle barn i Oslofjord skal ha en trygg oppvekst og en god faglig utvikling."),
        *_measure(
            "Gratis SFO for førsteklassinger",
            "5,5 millioner",
            "Vi fortsetter opptrappingen av gratis kjernetid i skolefritidsordningen. Det settes av 5,5 millioner i "
            "2027, med økning til 12 millioner i 2028 for å trappe opp på tre skoler.",
        ),
        *_measure(
            "Toppet bemanning i barnehage",
            "3,5 millioner",
            "Vi setter av 3,5 millioner (halvårseffekt) i 2027, økende til 7 millioner i 2028 til et prøveprosjekt "
            "som skal evalueres etter halvannet år.",
        ),
        *_measure("Kulturskolen", "1 million", "Vi styrker kulturskolen med 1 million til 60 nye plasser."),
        Heading(2, "Investeringer - Oppvekst"),
        *_measure("Ny skole på Nordlia", "40 millioner", "Vi setter av 40 millioner i 2027 og 55 millioner i 2028."),
        Heading(2, "Verbale føringer - Oppvekst"),
        Heading(3, "Helsestasjon for ungdom"),
        Paragraph(
            "Vi ber kommunedirektøren legge fram en sak om åpningstidene ved helsestasjonen innen juni 2027, slik at "
            "flere kan bruke tilbudet."
        ),
        PageBreak(),
        Heading(1, "Helse og omsorg"),
        Paragraph("Det skal være godt å bo i Oslofjord hele livet."),
        *_measure(
            "Styrket bemanning i eldreomsorgen",
            "10 millioner",
            "Vi øker grunnbemanningen med 10 millioner i 2027 og 20 millioner i 2028.",
        ),
        Heading(2, "Verbale føringer - Helse og omsorg"),
        Heading(3, "Velferdsteknologi"),
        Paragraph("Kommunedirektøren bes utrede bruk av velferdsteknologi i hjemmetjenesten."),
    ),
)


def _plan_table(name: str, *rows: str) -> Table:
    header = ((name, 1), ("2027", 1), ("2028", 1), ("2029", 1), ("2030", 1))
    made = tuple(
        Row(cells, "group" if len(cells) == 1 else "total" if cells[0].startswith("Totalt") else "row")
        for cells in map(_values, rows)
    )
    return Table("", (header,), made)


TABLE_BUDGET = Document(
    "Et løft for fjorden",
    (
        Heading(1, "Et løft for fjorden"),
        Paragraph(_LONG.replace("1 234 millioner kroner", "flere kroner")),
        Heading(1, "Drift"),
        Heading(2, "Oppvekst"),
        Paragraph("Oppvekstsektoren er avgjørende for å gi barn og unge en trygg og god start på livet."),
        Heading(3, "Flere ansatte"),
        Paragraph("Vi vil ha flere hele og faste stillinger i barnehagen. Dette gir større trygghet for barna."),
        Heading(3, "Gratis skolemat"),
        Paragraph("Vi innfører gratis skolemat og etablerer en pott som skolene kan søke på."),
        _plan_table(
            "Oppvekst",
            "Barnehage",
            "Flere ansatte;22;44;44;44",
            "Toppet bemanning;30;30;30;30",
            "Skole",
            "Gratis skolemat;0;−7,5;22,9;25,9",
            "Digital områdesikring i alle skoler og barnehager i hele kommunen;−1;−1;−1;−1",
            "Totalt (MNOK);51;65,5;95,9;98,9",
        ),
        Heading(2, "Helse og omsorg"),
        Paragraph("Vi vil styrke hjemmetjenesten og gi de ansatte bedre tid til hver enkelt bruker."),
        _plan_table(
            "Helse og omsorg",
            "Flere i hjemmetjenesten;12;24;24;24",
            "Redusert innleie;−4;−8;−8;−8",
            "Totalt (MNOK);8;16;16;16",
        ),
        Heading(1, "Verbale føringer"),
        Heading(2, "Oppvekst"),
        Heading(3, "Skolevei"),
        Paragraph("Bystyret ber byrådet utrede tryggere skoleveier og legge fram en sak innen sommeren 2027."),
    ),
)
