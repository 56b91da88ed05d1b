# ruff: noqa: E501 - lines of data are read side by side
"""Makes personal_lines.json: lines with and without personal data, each with what a careful reader would mark.

All numbers are invented: area 999901 belongs to nobody, card numbers begin with an issuer that does not exist under
that number, names of places are made up. The seed is fixed, so the file can be made again, byte for byte:

    python tests/reading/gate/make_personal_lines.py

A line belongs to the half that was set aside (``held``) by the hash of its text, before any rule was tuned.
"""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

from mingchuang.norms.identifiers import id_check_character, organisation_check_character, uscc_check_character

TARGET = Path(__file__).parent / "personal_lines.json"
SEED = 20261124

Marks = list[tuple[str, str]]
Case = tuple[str, Marks]

_WIDE = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")


def birth(rng: random.Random) -> str:
    return f"{rng.randint(1935, 2019)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


def id18(rng: random.Random) -> str:
    first = f"999901{birth(rng)}{rng.randint(0, 999):03}"
    return first + id_check_character(first)


def id15(rng: random.Random) -> str:
    return f"999901{birth(rng)[2:]}{rng.randint(0, 999):03}"


def wrong_id(rng: random.Random) -> str:
    good = id18(rng)
    return good[:17] + rng.choice([c for c in "0123456789X" if c != good[17]])


def impossible_id(rng: random.Random) -> str:
    first = (
        f"999901{rng.randint(1950, 2010)}{rng.choice(['1305', '0231', '0015', '0431', '1532'])}{rng.randint(0, 999):03}"
    )
    return first + id_check_character(first)


def mobile(rng: random.Random) -> str:
    return f"1{rng.choice('3456789')}{rng.randint(0, 9)}{rng.randint(0, 99999999):08}"


def card(rng: random.Random, length: int | None = None) -> str:
    length = length or rng.choice([16, 19, 19])
    body = rng.choice(["629999", "621999", "409999"]) + "".join(rng.choices("0123456789", k=length - 7))
    total = sum(_doubled(int(d)) if n % 2 == 0 else int(d) for n, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def _doubled(digit: int) -> int:
    return digit * 2 - 9 if digit > 4 else digit * 2


def wrong_card(rng: random.Random) -> str:
    good = card(rng)
    return good[:-1] + str((int(good[-1]) + rng.randint(1, 9)) % 10)


def uscc(rng: random.Random) -> str:
    inner = "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=8))
    first = f"{rng.choice(['91', '11', '52', '12'])}999901{inner}{organisation_check_character(inner)}"
    return first + uscc_check_character(first)


def landline(rng: random.Random) -> str:
    area = rng.choice(["0953", "0951", "010", "021", "0377"])
    return (
        area
        + rng.choice(["-", "－", "—", " ", ""])
        + str(rng.randint(2000000, 8999999))
        + ("0" if len(area) == 3 else "")
    )


def plate(rng: random.Random) -> str:
    head = rng.choice("宁甘陕京川") + rng.choice("ABCDE")
    tail = rng.choice(
        [
            f"{rng.randint(10000, 99999)}",
            f"{rng.choice('DF')}{rng.randint(10000, 99999)}",
            f"{rng.choice('KMPQ')}{rng.randint(1000, 9999)}",
        ]
    )
    return head + rng.choice(["", "", "·", " "]) + tail


def email(rng: random.Random) -> str:
    return (
        rng.choice(["ceshi", "wang.test", "zhang_01", "info-99"])
        + str(rng.randint(1, 999))
        + rng.choice(["@example.com", "@mail.example.cn", "@example.gov.cn"])
    )


def address(rng: random.Random) -> str:
    town = rng.choice(["试验市测河镇", "试验县", "测湖区"])
    return town + rng.choice(
        [
            f"虚构街{rng.randint(1, 200)}号{rng.randint(1, 30)}号楼{rng.randint(1, 6)}单元{rng.randint(101, 2602)}室",
            f"假定路{rng.randint(1, 200)}号院{rng.randint(1, 30)}栋{rng.randint(101, 1802)}室",
            f"试验小区{rng.randint(1, 30)}号楼{rng.randint(1, 5)}单元{rng.randint(101, 1802)}",
            f"测沟村{rng.randint(1, 9)}组{rng.randint(1, 120)}号",
        ]
    )  # fmt: skip


def grouped(rng: random.Random, text: str, sizes: tuple[int, ...], gap: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    return gap.join([*parts, text[at:]] if at < len(text) else parts)


def of_id18(rng: random.Random) -> Case:
    value = id18(rng)
    shown = rng.choice(
        [
            value, value, value, value.lower(), value.translate(_WIDE), grouped(rng, value, (6, 8), " "),
            grouped(rng, value, (6, 4, 4), " "), grouped(rng, value, (6, 8), "-"), " ".join(value),
            grouped(rng, value, (3, 3, 4, 4), " "), grouped(rng, value, (6, 8), "\u3000"), grouped(rng, value, (14,), "\u200b"),
        ]
    )  # fmt: skip
    frame = rng.choice(
        [
            "身份证号：{}。", "测某某，{}，男", "{}", "1\t测某某\t{}\t试验村", "（公民身份号码{}）", "身份证{}号",
            "申请人测某（{}）", "| 2 | 测某 | {} |", "证件号码:{};", "持{}到窗口办理",
        ]
    )  # fmt: skip
    return frame.format(shown), [("id_number", shown)]


def of_id15(rng: random.Random) -> Case:
    value = id15(rng)
    shown = rng.choice([value, value, value.translate(_WIDE), grouped(rng, value, (6, 6), " ")])
    return rng.choice(["身份证号{}", "旧证号码：{}，", "测某\t{}\t男", "居民身份证 {}"]).format(shown), [
        ("id_number", shown)
    ]


def of_mobile(rng: random.Random) -> Case:
    value = mobile(rng)
    shown = rng.choice(
        [
            value, value, value, value.translate(_WIDE), grouped(rng, value, (3, 4), " "), grouped(rng, value, (3, 4), "-"),
            grouped(rng, value, (3, 4), "－"), " ".join(value), grouped(rng, value, (3,), " "), grouped(rng, value, (7,), " "),
        ]
    )  # fmt: skip
    frame = rng.choice(
        [
            "联系电话：{}", "测某，{}。", "手机{}，请保持畅通", "1\t测某\t{}\t", "{}", "+86{}", "+86 {}", "（{}）", "电话/{}",
            "tel:{}", "联系人：测某 {}", "3.{}", "致电{}或者来访", "微信同号{}；", "手机号为{}的用户",
        ]
    )  # fmt: skip
    return frame.format(shown), [("mobile", shown)]


def of_card(rng: random.Random) -> Case:
    value = card(rng)
    sizes = (4, 4, 4, 4) if len(value) == 19 else (4, 4, 4)
    shown = rng.choice(
        [
            value,
            value,
            grouped(rng, value, sizes, " "),
            value.translate(_WIDE),
            grouped(rng, value, sizes, "-"),
            grouped(rng, value, (6,), " "),
        ]
    )
    frame = rng.choice(["卡号：{}", "开户行试验银行，账号{}。", "测某\t{}\t200元", "打入银行卡{}", "一卡通 {}，", "{}"])
    return frame.format(shown), [("bank_card", shown)]


def of_account(rng: random.Random) -> Case:
    value = wrong_card(rng)[: rng.choice([12, 15, 17])]
    value = "1" + value[1:] if value[:2] in {"62", "40"} else value
    return rng.choice(["账号：{}", "开户账号为{}。", "存折号 {}"]).format(value), [("bank_account", value)]


def of_landline(rng: random.Random) -> Case:
    value = landline(rng)
    if rng.random() < 0.2:
        value = f"({value[:4]}){rng.randint(2000000, 8999999)}" if value[0:2] == "09" else value
    return rng.choice(["电话：{}", "办公室 {}。", "咨询电话{}，", "传真\t{}\t", "{}"]).format(value), [
        ("landline", value)
    ]


def of_email(rng: random.Random) -> Case:
    value = email(rng)
    shown = rng.choice([value, value, value.replace("@", "＠")])
    return rng.choice(["邮箱：{}", "请发至{}。", "E-mail: {} 或者邮寄", "测某\t{}\t"]).format(shown), [("email", shown)]


def of_plate(rng: random.Random) -> Case:
    value = plate(rng)
    return rng.choice(["车牌号：{}", "驾驶{}小型轿车", "{}号车", "号牌{}，", "测某\t{}\t货车"]).format(value), [
        ("plate", value)
    ]


def of_address(rng: random.Random) -> Case:
    value = address(rng)
    return rng.choice(["家庭住址：{}", "现住{}。", "测某\t{}\t", "住址为{}，", "{}"]).format(value), [
        ("address", value)
    ]


def of_passport(rng: random.Random) -> Case:
    value = rng.choice("EG") + str(rng.randint(10000000, 99999999))
    return rng.choice(["护照号码：{}", "持护照{}入境", "护照\t{}\t"]).format(value), [("passport", value)]


def of_name(rng: random.Random) -> Case:
    value = rng.choice("王李张刘陈") + rng.choice(["试验", "测", "假定"])
    label = rng.choice(["当事人", "被处罚人", "举报人", "受害人", "投诉人"])
    return f"{label}：{value}，{rng.choice('男女')}，汉族", [("full_name", value)]


def of_two(rng: random.Random) -> Case:
    name, number, phone = "测某", id18(rng), mobile(rng)
    return f"{name} {number} {phone}", [("id_number", number), ("mobile", phone)]


def of_nothing(rng: random.Random) -> Case:
    """Numbers that are none of these."""
    frame, value = rng.choice(
        [
            ("身份证号{}（校验位有误）", wrong_id(rng)), ("{}", wrong_id(rng)), ("号码{}", impossible_id(rng)),
            ("统一社会信用代码：{}", uscc(rng)), ("{}", uscc(rng)), ("流水号{}", f"{rng.randint(10**19, 10**20 - 1)}"),
            ("{}", mobile(rng) + str(rng.randint(10, 9999))), ("{}", str(rng.randint(1, 9)) + mobile(rng)),
            ("总投资{}元", mobile(rng)), ("完成产值{}万元", mobile(rng)), ("订单号：{}", mobile(rng)), ("项目代码{}", "2019-999901-" + mobile(rng)[:2] + "-01-" + mobile(rng)[:6]),
            ("https://www.example.gov.cn/art/{}.html", mobile(rng)), ("{}", wrong_card(rng)), ("合同编号{}", card(rng)),
            ("试政办发〔2019〕{}号", str(rng.randint(1, 300))), ("自{}起施行", "2019-08-19"), ("2019年{}月3日", str(rng.randint(1, 12))),
            ("索引号 999901001/2019-{}", f"{rng.randint(1, 99999):05}"), ("面积{}亩", f"{rng.random() * 1000:.11f}"),
            ("预算{}.00元", mobile(rng)), ("服务热线{}", rng.choice(["12345", "400-820-8820", "12315"])), ("邮编{}", str(rng.randint(100000, 999999))),
            ("手机 {}", mobile(rng)[:3] + "****" + mobile(rng)[7:]), ("身份证号9999********{}", f"{rng.randint(0, 9999):04}"),
            ("试验市虚构街{}号", str(rng.randint(1, 200))), ("住址：试验市测河镇{}", ""), ("会议室在三楼{}室", "302"),
            ("政务服务中心{}号窗口", str(rng.randint(1, 99))), ("共{}户，补助3单元", str(rng.randint(1, 99))),
            ("第{}期第3号", "12"), ("坐标106.{}，38.03451234567", f"{rng.randint(10**10, 10**11 - 1)}"),
            ("税号{}", uscc(rng)), ("注册号{}", "999901" + f"{rng.randint(200000000, 299999999)}"), ("IMEI {}", "35" + f"{rng.randint(10**12, 10**13 - 1)}"),
            ("当事人：试验{}有限公司", "市测河"), ("当事人：王某{}", ""), ("收入\t{}\t5678\t9012", str(rng.randint(1000, 9999))),
            ("130 4521 8876 {}", str(rng.randint(1000, 9999))), ("型号宁{}系列", "AB"), ("G{}次列车", str(rng.randint(1000, 9999))),
            ("微博@{}", "试验发布"), ("GB/T 9704-2012第{}页", str(rng.randint(1, 20))), ("编号：{}", id15(rng)),
        ]
    )  # fmt: skip
    return frame.format(value), []


HARD: list[Case] = [
    ("电话：0953-3051234转8001", [("landline", "0953-3051234")]),
    ("0953-3051234、3051235", [("landline", "0953-3051234")]),
    ("（0953）3051234", [("landline", "（0953）3051234")]),
    ("联系电话：3051234", [("landline", "3051234")]),
    ("热线 3051234", [("landline", "3051234")]),
    ("13800009999/13900009999", [("mobile", "13800009999"), ("mobile", "13900009999")]),
    ("13800009999、13900009999", [("mobile", "13800009999"), ("mobile", "13900009999")]),
    ("13800009999 13900009999", [("mobile", "13800009999"), ("mobile", "13900009999")]),
    ("0086-13800009999", [("mobile", "13800009999")]),
    ("008613800009999", [("mobile", "13800009999")]),
    ("20190307-13800009999-01", []),
    ("数量：13,800,009,999", []),
    ("13800009999.5", []),
    ("同比增长13800009999%", []),
    ("A13800009999B", []),
    ("x13800009999", []),
    ("手机号码1380000999", []),
    ("手机号码138000099999", []),
    ("12800009999", []),
    ("公里数 138 0000", []),
    ("2019 2020 2021 2022 2023 2024", []),
    ("138\n0000\n9999", []),
    ("138\t0000\t9999", []),
    ("宁A12345", [("plate", "宁A12345")]),
    ("宁Ａ１２３４５", [("plate", "宁Ａ１２３４５")]),
    ("宁A·D12345", [("plate", "宁A·D12345")]),
    ("宁A12345D", [("plate", "宁A12345D")]),
    ("宁A1234学", [("plate", "宁A1234学")]),
    ("京A1234567", []),
    ("宁AAAAAA", []),
    ("川菜A12345", []),
    ("丰宁B12345678", []),
    ("家住测沟村三组二十五号", [("address", "测沟村三组二十五号")]),
    ("户籍所在地：试验县测河镇测沟村", [("address", "试验县测河镇测沟村")]),
    ("办公地址：试验市虚构街1号政务大厅302室", []),
    ("试验市假定路8号银行大厦5号楼2单元301室", []),
    ("第三中学2号楼301室", []),
    ("3号楼2单元", []),
    ("建成小区5个、道路12条", []),
    ("ceshi@example", []),
    ("@13800009999", [("mobile", "13800009999")]),
    ("E12345678", [("passport", "E12345678")]),
    ("设备编号E12345678", []),
    ("证人：无", []),
    ("当事人：张试验、李测", [("full_name", "张试验")]),
    ("当事人:测河镇人民政府", []),
    ("信用代码911234567890123456", []),
]

#: How many lines of each sort.
SORTS = (
    (of_id18, 180), (of_id15, 60), (of_mobile, 180), (of_card, 110), (of_account, 30), (of_landline, 90), (of_email, 60),
    (of_plate, 80), (of_address, 80), (of_passport, 30), (of_name, 30), (of_two, 30), (of_nothing, 420),
)  # fmt: skip


def is_held(text: str) -> bool:
    """Whether a line belongs to the half that no rule was tuned on."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def lines() -> list[dict[str, object]]:
    """All lines, each once: text, what is in it as (kind, substring), and the half."""
    rng = random.Random(SEED)
    cases = list(HARD)
    for make, count in SORTS:
        cases += (make(rng) for _ in range(count))
    seen: dict[str, Marks] = {}
    for text, marks in cases:
        seen.setdefault(text, marks)
    return [{"text": text, "marks": marks, "held": is_held(text)} for text, marks in seen.items()]


if __name__ == "__main__":
    rows = lines()
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    TARGET.write_text(f"[\n{body}\n]\n", "utf-8")
    print(len(rows), sum(bool(row["held"]) for row in rows))
