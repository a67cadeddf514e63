"""The languages in which an agreement can be set, each by its own name."""

from __future__ import annotations

LANGUAGES: dict[str, str] = {
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ar": "العربية",
    "zh": "中文",
    "am": "አማርኛ",
}
