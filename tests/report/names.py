"""The documents of this project by their ids: two proposals and an annual report."""

RODGRONNE, SV_RODT, REPORT = "rodgronne-2020", "sv-rodt-2026", "trondheim-2025"
