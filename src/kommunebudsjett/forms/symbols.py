"""Characters of the fonts that Word's "Insert symbol" takes from, as the letters of all fonts."""

# Wingdings and Symbol: those that stand in budget documents, as bullets, arrows, ticks and signs.
_WINGDINGS = {
    0xA7: "▪", 0xA8: "▫", 0x6C: "●", 0x6E: "■", 0x76: "❖", 0xD8: "➢", 0xFC: "✓", 0xFB: "✗", 0xE0: "→", 0xDF: "←",
    0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFE: "☑", 0x4A: "☺",
}  # fmt: skip
_SYMBOL = {
    0xB7: "•", 0x2D: "−", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0x53: "Σ",
    0x44: "Δ", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xDE: "⇒", 0x25: "%", 0x2B: "+", 0x3D: "=",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character that a font shows for a code in hexadecimal; a lozenge where it is not known.

    >>> symbol("Symbol", "F02D"), symbol("Wingdings", "F0FC"), symbol("Arial", "0041")
    ('−', '✓', 'A')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return "◊"
    if font.casefold() in _FONTS:
        # Their codes are moved to where no letters are.
        return _FONTS[font.casefold()].get(number & 0xFF) or (
            chr(number & 0xFF) if chr(number & 0xFF).isdigit() else "◊"
        )
    return chr(number) if number < 0xD800 or 0xFA00 <= number < 0x110000 else "◊"
