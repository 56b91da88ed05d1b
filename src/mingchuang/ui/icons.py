"""The icon set: our own drawings on a 24 × 24 grid, strokes of 1.8 in the colour of the text (see `.icon` in CSS)."""

from __future__ import annotations

ICONS: dict[str, str] = {
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9.5h16V17h-3M7 14h10v6.5H7z"/>',
    "download": '<path d="M12 4v11M7.5 10.8L12 15.3l4.5-4.5M4.5 19.5h15"/>',
    "file": '<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6"/>',
    "calendar": '<path d="M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V8M15.5 3.5V8"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3.2 2.2"/>',
    "check": '<path d="M5 12.8l4.5 4.5L19 7.2"/>',
    "cross": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "warning": '<path d="M12 4L21 19.5H3zM12 10v4.5M12 16.6v.6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.4V8"/>',
    "next": '<path d="M9 5.5l6.5 6.5L9 18.5"/>',
    "back": '<path d="M15 5.5L8.5 12l6.5 6.5"/>',
    "down": '<path d="M5.5 9l6.5 6.5L18.5 9"/>',
    "external": '<path d="M13.5 4.5h6v6M19.5 4.5L11 13M17 13.5v6H4.5V7h6"/>',
    "person": '<circle cx="12" cy="8" r="3.6"/><path d="M4.8 20c.6-4.2 3.4-6.3 7.2-6.3s6.6 2.1 7.2 6.3"/>',
    "unit": '<path d="M4 20h16M6 20V9h12v11M3.5 9L12 4l8.5 5M10 20v-5h4v5"/>',
    "ledger": '<path d="M5 4h14v16H5zM8.5 4v16M11.5 8.5H16M11.5 12H16M11.5 15.5H16"/>',
    "inbox": '<path d="M4 13.5L6.8 5h10.4l2.8 8.5V19H4zM4 13.5h4.6l1.2 2.5h4.4l1.2-2.5H20"/>',
    "pen": '<path d="M4.5 19.5l1-4.2L16 4.8l3.2 3.2L8.7 18.5zM13.8 7l3.2 3.2"/>',
    "seal": '<path d="M9.5 12.5C9.5 10 8 9 8 7a4 4 0 018 0c0 2-1.5 3-1.5 5.5M5.5 13h13v4h-13zM5.5 20h13"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "return": '<path d="M9.5 5L4.5 10l5 5M4.5 10H15a4.5 4.5 0 010 9h-4"/>',
    "withdraw": '<circle cx="12" cy="12" r="8"/><path d="M6.5 6.5l11 11"/>',
    "feed": '<path d="M5 11a8 8 0 018 8M5 5a14 14 0 0114 14"/><circle cx="6" cy="18" r="1.2"/>',
    "lock": '<path d="M5.5 11h13v9h-13zM8.5 11V7.5a3.5 3.5 0 017 0V11"/>',
    "text": '<path d="M3 19L8.5 5 14 19M5 14.5h7M15.5 19l3-8 3 8M16.5 16.5h4"/>',
    "contrast": '<circle cx="12" cy="12" r="8"/><path class="icon__fill" d="M12 4a8 8 0 010 16z"/>',
    "speak": '<path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4 4 0 010 6M18 6.5a8 8 0 010 11"/>',
    "ruler": '<path d="M3 12h18M6 8.5h12M6 15.5h12"/>',
    "link": (
        '<path d="M10 14l4-4M8.5 11L6 13.5a3.2 3.2 0 004.5 4.5L13 15.5M11 8.5L13.5 6A3.2 3.2 0 0118 10.5L15.5 13"/>'
    ),
    "scale": '<path d="M12 4v16M7.5 20h9M5 7h14M5 7l-2.5 6a2.6 2.6 0 005 0zM19 7l-2.5 6a2.6 2.6 0 005 0z"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.8a2.6 2.6 0 115 .2c0 1.9-2.5 2-2.5 4M12 16.6v.6"/>',
    "settings": (
        '<circle cx="12" cy="12" r="3"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1'
        'M15.9 15.9L18 18M6 18l2.1-2.1M15.9 8.1L18 6"/>'
    ),
    "list": '<path d="M8.5 6H20M8.5 12H20M8.5 18H20M4 6h1M4 12h1M4 18h1"/>',
}
