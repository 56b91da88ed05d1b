"""The permanent addresses of the public site (docs/architecture.md)."""

from django.urls import path, register_converter

from mingchuang.portal.converters import Digits, Key, Year
from mingchuang.portal.pages import catalogue, home, ledger, lists, machines, problems, records, search

register_converter(Year, "year")
register_converter(Digits, "digits")
register_converter(Key, "key")

urlpatterns = [
    path("", home.home),
    path("about/", home.about),
    path("records/<key:pk>/", records.record),
    path("records/<key:pk>/record.json", records.record_json),
    path("records/<key:pk>/files/<digits:digits>/<str:name>", records.record_file),
    path("units/", lists.units),
    path("units/<slug:code>/", lists.unit),
    path("units/<slug:code>/<year:year>/", lists.unit_year),
    path("units/<slug:code>/<year:year>/<key:page>/", lists.unit_year),
    path("years/", lists.years),
    path("years/<year:year>/", lists.year),
    path("years/<year:year>/<key:page>/", lists.year),
    path("catalogue/", catalogue.catalogue),
    path("ledger/", ledger.notices),
    path("ledger/<key:pk>/", ledger.notice),
    path("search/", search.search),
    path("feed.xml", machines.feed),
    path("sitemap.xml", machines.sitemap),
    path("robots.txt", machines.robots),
    path("404.html", problems.not_found_page),
]
