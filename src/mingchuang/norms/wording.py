"""Dates and numbers in the words of the office."""

from datetime import date, datetime

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_DIGITS = "零一二三四五六七八九"


def day_text(day: date) -> str:
    """“2019-09-26（星期四）”; a time of day is added when there is one."""
    clock = f" {day:%H:%M}" if isinstance(day, datetime) else ""
    return f"{day.isoformat()[:10]}（{WEEKDAYS[day.weekday()]}）{clock}"


def chinese_number(number: int) -> str:
    """0–9999 in Chinese numerals as statutes write them: 7 → 七, 10 → 十, 20 → 二十, 105 → 一百零五."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number < 10:
        return _DIGITS[number]
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += _DIGITS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def book_title(title: str) -> str:
    """A title in book-title marks, those inside it in single ones, and so on by turns (GB/T 15834, 书名号)."""
    depth, marked = 0, []
    for sign in title:
        if sign in "《〈":
            depth += 1
            marked.append("〈" if depth % 2 else "《")
        elif sign in "》〉" and depth:
            marked.append("〉" if depth % 2 else "》")
            depth -= 1
        else:
            marked.append(sign)
    return f"《{''.join(marked)}》"
