"""Units and documents, as anybody would write them."""

from django.db import models


class Unit(models.Model):
    name = models.CharField(max_length=60)

    class Meta:
        app_label = "stock"


class Document(models.Model):
    unit = models.ForeignKey(Unit, models.PROTECT)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    date = models.DateField(db_index=True)
    body = models.TextField()

    class Meta:
        app_label = "stock"

    def paragraphs(self) -> list[str]:
        return self.body.split("\n")
