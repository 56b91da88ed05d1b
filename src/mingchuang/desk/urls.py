"""Addresses of the desk."""

from django.urls import path

from mingchuang.desk.views import duty, ledger
from mingchuang.ui import session

urlpatterns = [
    path("session/", session.status),
    path("ledger/", ledger.notices),
    path("ledger/mine/", ledger.mine),
    path("ledger/by-date/", ledger.by_date),
    path("ledger/without-owner/", ledger.without_owner),
    path("ledger/<int:pk>/", ledger.notice),
    path("ledger/<int:pk>/units/", ledger.by_unit),
    path("ledger/<int:pk>/breakdown.xlsx", ledger.breakdown),
    path("ledger/<int:pk>/confirm-all/", ledger.confirm_all),
    path("ledger/<int:pk>/reread/", ledger.reread),
    path("ledger/<int:pk>/merge/", duty.merge),
    *(
        path(f"ledger/<int:pk>/decide/{deed}/", ledger.decide_notice, {"deed": deed})
        for deed in ("confirm", "publish", "withdraw", "show-lateness", "hide-lateness")
    ),
    path("ledger/duties/<int:pk>/", duty.duty),
    path("ledger/duties/<int:pk>/correct/", duty.correct),
    path("ledger/duties/<int:pk>/split/", duty.split),
    path("ledger/duties/<int:pk>/owners/", duty.add_owner),
    path("ledger/duties/<int:pk>/owners/<int:row>/strike/", duty.strike_owner),
    path("ledger/duties/<int:pk>/evidence/", duty.add_evidence),
    *(
        path(f"ledger/duties/<int:pk>/decide/{deed}/", duty.decide, {"deed": deed})
        for deed in ("confirm", "start", "finish", "reopen")
    ),
    path("ledger/evidence/<int:pk>/file/", duty.evidence_file),
    *(path(f"ledger/evidence/<int:pk>/{deed}/", duty.decide_evidence, {"deed": deed}) for deed in ("accept", "strike")),
]
