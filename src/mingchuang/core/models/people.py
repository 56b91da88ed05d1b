"""People, what they are appointed to, and their logins."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from mingchuang.core.models.units import Dated, Unit, period_constraint
from mingchuang.core.roles import APPOINTABLE
from mingchuang.core.subject import Subject


class Person(Subject):
    """A human being who works with the system, or who signs on paper and never signs in (then without a `user`)."""

    machine = "account"
    subject_title = "人员"

    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    demo = models.BooleanField("演示人员", default=False, editable=False)
    access = models.CharField("登录资格", max_length=20, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def subject_unit(self) -> Unit | None:
        return None


class Appointment(Dated):
    """A person holds a role for a unit. A vacant level is filled by a dated 委托, never by one person twice."""

    class Kind(models.TextChoices):
        OFFICE = "office", "任职"
        MANDATE = "mandate", "委托"

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="人员")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="单位")
    role = models.CharField("角色", max_length=20, choices=[(role.value, role.label) for role in APPOINTABLE])
    kind = models.CharField("方式", max_length=10, choices=Kind.choices, default=Kind.OFFICE)
    title = models.CharField("职务", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("unit", "role", "since", "id")
        constraints = [period_constraint("core_appointment_period")]
        indexes = [models.Index(fields=["unit", "role"], name="core_appointment_unit_role")]

    def __str__(self) -> str:
        return f"{self.person} {self.unit} {self.get_role_display()}"


class UserManager(BaseUserManager["User"]):
    """Reads only, each login with its person; accounts are opened by `core.do.open_account`."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """A login: name and password. Whether it is open is its person's `access`; what it may do, the appointments."""

    username = models.CharField(
        "账号",
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", "账号只用文字、数字和 . @ + - _。")],
    )
    person = models.OneToOneField(Person, models.PROTECT, related_name="user", verbose_name="人员")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override] # Django asks for an attribute; the truth is the person's axis
        return self.person.access == "active"

    def get_full_name(self) -> str:
        return self.person.name

    def get_short_name(self) -> str:
        return self.person.name
