"""The columns of one piece of information about a major construction project, and the rows of its tables."""

from __future__ import annotations

from django.db import models

from mingchuang.records.models import Content, Row


class InformationClass(models.TextChoices):
    """The eight classes of 国办发〔2017〕94号, in their order."""

    SERVICE = "service", "批准服务信息"
    APPROVAL = "approval", "批准结果信息"
    TENDER = "tender", "招标投标信息"
    LAND = "land", "征收土地信息"
    CHANGE = "change", "重大设计变更信息"
    WORKS = "works", "施工有关信息"
    QUALITY = "quality", "质量安全监督信息"
    COMPLETION = "completion", "竣工有关信息"


class Stage(models.TextChoices):
    """How far the project is when this is published."""

    PREPARING = "preparing", "前期"
    BUILDING = "building", "在建"
    COMPLETED = "completed", "已竣工"
    SUSPENDED = "suspended", "停建缓建"


class TenderStep(models.TextChoices):
    """What a piece of the class 招标投标信息 is."""

    APPROVAL = "approval", "招标事项审批核准"
    PREQUALIFICATION = "prequal", "资格预审公告"
    NOTICE = "notice", "招标公告"
    CANDIDATES = "candidates", "中标候选人公示"
    RESULT = "result", "中标结果公示"
    CONTRACT = "contract", "合同订立及履行"
    PENALTY = "penalty", "招标投标违法处罚"


class PartyRole(models.TextChoices):
    """What an enterprise does in the project."""

    OWNER = "owner", "项目法人"
    SURVEY = "survey", "勘察单位"
    DESIGN = "design", "设计单位"
    BUILDER = "builder", "施工单位"
    SUPERVISOR = "supervisor", "监理单位"
    CANDIDATE = "candidate", "中标候选人"
    WINNER = "winner", "中标人"
    AGENT = "agent", "招标代理机构"
    INSPECTOR = "inspector", "检测机构"


class ConstructionInformation(Content):
    """One piece of information about one project."""

    information = models.CharField("信息类别", max_length=12, choices=InformationClass.choices, blank=True)
    project_code = models.CharField("项目代码", max_length=30, blank=True, db_index=True)
    project_name = models.CharField("项目名称", max_length=200, blank=True)
    stage = models.CharField("建设阶段", max_length=12, choices=Stage.choices, blank=True)
    site = models.CharField("建设地点", max_length=200, blank=True)
    owner = models.CharField("项目法人", max_length=200, blank=True)
    investment = models.DecimalField("总投资", max_digits=18, decimal_places=2, null=True)
    issuer = models.CharField("作出机关", max_length=200, blank=True)
    is_licence = models.CharField("属于行政许可、行政处罚", max_length=4, blank=True)
    tender_step = models.CharField("招标投标环节", max_length=12, choices=TenderStep.choices, blank=True)
    reported_on = models.DateField("收到评标报告日期", null=True)
    shown_until = models.DateField("公示截止日期", null=True)
    accepted_on = models.DateField("竣工验收日期", null=True)
    acceptance = models.CharField("质量验收结果", max_length=200, blank=True)
    filing_no = models.CharField("竣工验收备案编号", max_length=60, blank=True)
    final_cost = models.DecimalField("财务决算金额", max_digits=18, decimal_places=2, null=True)
    body = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重大建设项目"

    def __str__(self) -> str:
        return f"{self.get_information_display()} {self.project_code}"


class Approval(Row):
    """One decision about the project."""

    item = models.CharField("批准事项", max_length=100, blank=True)
    number = models.CharField("批准文号", max_length=60, blank=True)
    authority = models.CharField("批准机关", max_length=200, blank=True)
    decided_on = models.DateField("批准日期", null=True)
    result = models.CharField("批准结果", max_length=300, blank=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "批准结果"


class Party(Row):
    """An enterprise, what it does, and who answers for it."""

    role = models.CharField("承担工作", max_length=12, choices=PartyRole.choices, blank=True)
    name = models.CharField("单位名称", max_length=200, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    qualification = models.CharField("资质等级", max_length=200, blank=True)
    head = models.CharField("负责人", max_length=60, blank=True)
    offer = models.DecimalField("报价（合同价）", max_digits=18, decimal_places=2, null=True)

    class Meta(Row.Meta):
        verbose_name = verbose_name_plural = "参建单位"
