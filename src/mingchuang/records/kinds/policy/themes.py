"""主题分类: the subjects under which the State Council's catalogue files its documents.

Recalled from the catalogue on gov.cn and not compared with a published standard (依据待核): the codes are ours, the
labels theirs.
"""

from __future__ import annotations

THEMES: tuple[tuple[str, str], ...] = (
    ("organisation", "国务院组织机构"),
    ("general", "综合政务"),
    ("economy", "国民经济管理、国有资产监管"),
    ("finance", "财政、金融、审计"),
    ("land", "国土资源、能源"),
    ("farming", "农业、林业、水利"),
    ("industry", "工业、交通"),
    ("trade", "商贸、海关、旅游"),
    ("market", "市场监管、安全生产监管"),
    ("building", "城乡建设、环境保护"),
    ("education", "科技、教育"),
    ("culture", "文化、广电、新闻出版"),
    ("health", "卫生、体育"),
    ("family", "人口与计划生育、妇女儿童工作"),
    ("labour", "劳动、人事、监察"),
    ("justice", "公安、安全、司法"),
    ("civil", "民政、扶贫、救灾"),
    ("peoples", "民族、宗教"),
    ("foreign", "对外事务"),
    ("overseas", "港澳台侨工作"),
    ("defence", "国防"),
    ("other", "其他"),
)
