"""Addresses of previews, outside the desk: whoever has one is not asked to sign in."""

from django.urls import path

from mingchuang.desk.views import public_preview

urlpatterns = [
    path("<str:token>/", public_preview.page, name="public_preview"),
    path("<str:token>/files/<int:number>/", public_preview.file, name="public_preview_file"),
]
