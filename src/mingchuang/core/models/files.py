"""Files by content: the bytes lie in the data folder under their SHA-256, the row says what they are."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models


class StoredFile(models.Model):
    """One content, whatever it was called; the same bytes exist once."""

    sha256 = models.CharField(
        "SHA-256", max_length=64, primary_key=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    sm3 = models.CharField("SM3", max_length=64, blank=True)
    size = models.BigIntegerField("字节数")
    content_type = models.CharField("内容类型", max_length=120)
    extension = models.CharField("扩展名", max_length=12, blank=True)
    first_name = models.CharField("首次文件名", max_length=255, blank=True)
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ("stored_at", "sha256")

    def __str__(self) -> str:
        return self.first_name or self.sha256[:12]
