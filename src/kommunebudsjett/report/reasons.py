"""Why a number was not read, as the readers say it in English, in Norwegian; and why a document is not used."""

# Why the reports do not use a registered document, by language and `left_out` of the table documents.
LEFT_OUT = {
    "nb": {
        "municipality": "Rapportene bruker det ikke: Det gjelder en annen kommune.",
        "budget": "Rapportene bruker det ikke: Det er kommunens eget budsjett.",
        "no_baseline": "Rapportene bruker det ikke: Det sier ikke hvilket forslag beløpene er endringer i.",
        "not_named": "Rapportene bruker det ikke: Det er ikke nevnt blant dokumentene de skal vise.",
        "no_figures": "Rapportene bruker det ikke: Det mangler pris- eller folketall for året.",
    },
    "en": {
        "municipality": "The reports do not use it: it is about another municipality.",
        "budget": "The reports do not use it: it is the municipality's own budget.",
        "no_baseline": "The reports do not use it: it does not say whose proposal its amounts change.",
        "not_named": "The reports do not use it: it is not named among the documents that they show.",
        "no_figures": "The reports do not use it: there is no price or population figure for its year.",
    },
}

REASONS = {
    "an amount in an introduction, not stated for a measure": "et beløp i en innledning, ikke oppgitt for et tiltak",
    "an amount in a directive, not a measure's": "et beløp i en verbal føring, ikke et tiltak",
    "an amount that is printed in a way that the reader does not know": (
        "et beløp skrevet på en måte som leseren ikke kjenner"
    ),
    "an amount without a unit": "et beløp uten enhet",
    "an amount that depends on something, or is only considered": "et beløp som avhenger av noe, eller bare er vurdert",
    "an increase on top of the amount before": "en økning oppå beløpet foran",
    "the amount is larger than any budget": "beløpet er større enn noe budsjett",
    "an average": "et gjennomsnitt",
    "an amount of what stays as it is, or is moved to another year": (
        "et beløp for noe som blir som det er, eller flyttes til et annet år"
    ),
    "an amount that may say another one again, compared with something": (
        "et beløp som kan gjenta et annet, sammenlignet med noe"
    ),
    "an amount that another one grows by each year, or is multiplied from": (
        "et beløp som et annet vokser med hvert år, eller er regnet ut fra"
    ),
    "an amount of a cut that is somebody's, or is changed": "et beløp for et kutt som er noen andres, eller endres",
    "an amount that somebody has got": "et beløp som noen har fått",
    "an amount without a year that is not the measure's": "et beløp uten år som ikke er tiltakets",
    "another amount than the heading's for the same year": "et annet beløp enn overskriftens for samme år",
    "another amount with the same name on the same line is read": (
        "et annet beløp med samme navn på samme linje er lest"
    ),
    "nothing says whether the amount is spent or saved, or the words disagree": (
        "ingenting sier om beløpet brukes eller spares, eller ordene er uenige"
    ),
    "no measure is named; the amount may be a sum": "intet tiltak er nevnt; beløpet kan være en sum",
    "whether the amount is for each of the years or for all together is not said": (
        "det er ikke sagt om beløpet gjelder hvert av årene eller alle til sammen"
    ),
    "whether the year that is printed near is the amount's is not clear": (
        "det er ikke klart om året i nærheten er beløpets"
    ),
    "an amount in place of another one": "et beløp i stedet for et annet",
    "an amount of where money is taken from": "et beløp for hvor penger tas fra",
    "the amount may be a sum of those above": "beløpet kan være summen av dem over",
    "what a level is compared with": "det som et nivå sammenlignes med",
    "the amount may be a sum": "beløpet kan være en sum",
    "the amount may be a sum of others that are stated": "beløpet kan være summen av andre som er oppgitt",
    "an amount for each of several, and how many is not said": "et beløp for hver av flere, og hvor mange er ikke sagt",
    "which column has the party's amounts is not clear": "det er ikke klart hvilken kolonne som har partiets beløp",
    "numbers on the line below may belong to the row": "tall på linjen under kan høre til raden",
    "the fiscal rule is none of those known": "handlingsregelen er ingen av de kjente",
    "a zero, and no year is stated: what the row changes is not said": (
        "en null uten år: hva raden endrer, er ikke sagt"
    ),
    "a row of numbers that are no kroner: no measure": "en rad med tall som ikke er kroner: intet tiltak",
    "the row has fewer cells than its header": "raden har færre celler enn tabellhodet",
    "the line has numbers and no cells": "linjen har tall og ingen celler",
    "it is not known which words of the header are columns": (
        "det er ikke kjent hvilke ord i tabellhodet som er kolonner"
    ),
    "a number of the row has far more digits than all others of the table": (
        "et tall i raden har langt flere sifre enn alle andre i tabellen"
    ),
    "the numbers of the row fit into its columns in several ways": "tallene i raden passer i kolonnene på flere måter",
    "the first number of the row may belong to its label": "det første tallet i raden kan høre til navnet på den",
    "the header has too many columns": "tabellhodet har for mange kolonner",
    "the table prints no blank cells, and the numbers can be those of several columns": (
        "tabellen viser ikke tomme celler, og tallene kan høre til flere kolonner"
    ),
    "the total fits several ways to read the row": "summen passer med flere måter å lese raden på",
    "the table has no header line that names its columns": "tabellen har ingen linje som navngir kolonnene",
    "a column with values has no header": "en kolonne med verdier har ikke noe navn",
    "the row has no label": "raden har ikke noe navn",
    "the point or comma can part thousands or decimals": "punktumet eller kommaet kan skille tusener eller desimaler",
    "the cell holds text, not a number": "cellen har tekst, ikke et tall",
    "it runs in another direction than the page and heads no column": (
        "det går i en annen retning enn siden og er ikke navn på en kolonne"
    ),
    "it has the colour of what lies under it": "det har fargen til det som ligger under",
    "it has the colour of the page": "det har sidens farge",
    "its letters are too small to be read": "bokstavene er for små til å leses",
    "it is set as invisible": "det er satt som usynlig",
    "it stands outside the page": "det står utenfor siden",
    "it stands outside the part of the page that is shown": "det står utenfor den delen av siden som vises",
    "it runs at an angle": "det står på skrå",
    "the file doesn't tell which character is printed at it": "filen sier ikke hvilket tegn som står der",
    "a narrow cell breaks it over lines": "en smal celle deler det over flere linjer",
    "it is deleted, as a tracked change": "det er slettet, som en sporet endring",
    "it is hidden text": "det er skjult tekst",
    "it is struck out": "det er strøket over",
    "it is a comment": "det er en kommentar",
    "it is the head or foot of the pages": "det er topp- eller bunntekst",
    "it is a list of contents": "det er en innholdsfortegnelse",
    "it describes a picture": "det beskriver et bilde",
    "it is a text box in a table": "det er en tekstboks i en tabell",
    "it is not shown": "det vises ikke",
    "the page hides it": "siden skjuler det",
    "it stands outside the main part of the page": "det står utenfor hoveddelen av siden",
    "it is a button": "det er en knapp",
    "its number format shows nothing of it": "tallformatet viser ingenting av det",
    "its number format shows it with another sign than it is stored with": (
        "tallformatet viser det med et annet fortegn enn det er lagret med"
    ),
    "its cell shows another number than it is stored with": "cellen viser et annet tall enn det er lagret med",
    "its colour is that of the cell": "det har cellens farge",
    "the row is hidden": "raden er skjult",
    "the cell holds an error": "cellen har en feilverdi",
}
