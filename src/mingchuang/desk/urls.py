"""Addresses of the desk. `tests/desk/test_desk_permissions.py` holds a row for each."""

from django.urls import path

from mingchuang.desk.views import (
    drafting,
    due,
    duty,
    evidence,
    inbox,
    ledger,
    manual,
    people,
    publishing,
    records,
    review,
    rules,
    sampling,
    submitting,
    units,
)
from mingchuang.ui import session

RECORDS = [
    path("records/", records.listing),
    path("records/new/", records.new),
    path("records/files/<int:pk>/", records.attachment),
    path("records/<int:pk>/", records.record),
    path("records/<int:pk>/preview/", records.as_citizen),
    path("records/<int:pk>/edit/", drafting.edit),
    path("records/<int:pk>/submit/", submitting.submit),
    path("records/<int:pk>/resume/", drafting.resume),
    path("records/<int:pk>/revise/", drafting.revise),
    path("records/<int:pk>/discard/", drafting.discard),
    path("records/<int:pk>/correct/", drafting.correct),
    path("records/<int:pk>/publish/", publishing.publish),
    path("records/<int:pk>/republish/", publishing.republish),
    path("records/<int:pk>/withdraw/", publishing.withdraw),
    path("records/<int:pk>/validity/", publishing.validity),
    path("records/<int:pk>/second-look/", publishing.second_look),
]

REVIEW = [
    path("review/", review.waiting),
    path("review/scans/<int:pk>/", review.scan),
    path("review/samples/", sampling.queue),
    path("review/samples/<int:pk>/", sampling.look),
    path("review/<int:pk>/", review.review),
    path("review/<int:pk>/form/", review.printed),
    path("review/<int:pk>/paper/", review.paper),
]

LEDGER = [
    path("ledger/", ledger.notices),
    path("ledger/mine/", ledger.mine),
    path("ledger/by-date/", ledger.by_date),
    path("ledger/without-owner/", ledger.without_owner),
    path("ledger/<int:pk>/", ledger.notice),
    path("ledger/<int:pk>/units/", ledger.by_unit),
    path("ledger/<int:pk>/breakdown.xlsx", ledger.breakdown),
    path("ledger/<int:pk>/record/", ledger.bind),
    path("ledger/<int:pk>/confirm-all/", ledger.confirm_all),
    path("ledger/<int:pk>/reread/", ledger.reread),
    path("ledger/<int:pk>/merge/", duty.merge),
    *(path(f"ledger/<int:pk>/decide/{deed}/", ledger.decide_notice, {"deed": deed}) for deed in ledger.DEEDS),
    path("ledger/duties/<int:pk>/", duty.duty),
    path("ledger/duties/<int:pk>/correct/", duty.correct),
    path("ledger/duties/<int:pk>/split/", duty.split),
    path("ledger/duties/<int:pk>/owners/", duty.add_owner),
    path("ledger/duties/<int:pk>/owners/<int:row>/identify/", duty.identify),
    path("ledger/duties/<int:pk>/owners/<int:row>/strike/", duty.strike_owner),
    *(path(f"ledger/duties/<int:pk>/decide/{deed}/", duty.decide, {"deed": deed}) for deed in duty.DEEDS),
    path("ledger/duties/<int:pk>/reopen/", duty.reopen),
    path("ledger/duties/<int:pk>/evidence/", evidence.offer),
    path("ledger/evidence/<int:pk>/file/", evidence.file),
    path("ledger/evidence/<int:pk>/accept/", evidence.accept),
    path("ledger/evidence/<int:pk>/strike/", evidence.strike),
]

UNITS = [
    path("units/", units.tree),
    path("units/new/", units.new),
    path("units/collectives/", units.collectives),
    path("units/collectives/new/", units.define),
    path("units/people/", people.people),
    path("units/people/new/", people.new),
    path("units/people/<int:pk>/", people.person),
    path("units/people/<int:pk>/open-account/", people.open_account),
    path("units/people/<int:pk>/reset-password/", people.reset_password),
    *(path(f"units/people/<int:pk>/{deed}/", people.change, {"deed": deed}) for deed in people.DEEDS),
    path("units/appointments/<int:pk>/end/", people.end),
    path("units/unit/<slug:code>/", units.unit),
    *(path(f"units/unit/<slug:code>/{deed}/", units.change, {"deed": deed}) for deed in units.DEEDS),
]

urlpatterns = [
    path("", inbox.inbox),
    path("session/", session.status),
    *RECORDS,
    *REVIEW,
    *LEDGER,
    path("due/", due.due),
    *UNITS,
    path("rules/", rules.rules),
    path("rules/calculator/", rules.calculator),
    path("help/", manual.contents),
    path("help/<slug:name>/", manual.page),
    path("help/images/<str:name>", manual.image),
]
