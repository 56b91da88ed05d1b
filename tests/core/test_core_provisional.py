"""A provisional day (a year without a national notice) is never made final: not by a finding, not by being met."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.test_core_deadlines import NOTICE, begin

pytestmark = pytest.mark.db
PROVISIONAL = date(2026, 12, 15)


def test_a_deed_that_rests_on_a_provisional_day_is_refused_until_the_notice_is_there(cast: Any) -> None:
    from mingchuang.core import calendar_notices, deadlines
    from mingchuang.core.actor import Actor
    from mingchuang.norms.outcome import Refused

    deadline = begin(cast, PROVISIONAL)
    with pytest.raises(Refused, match="缺少2027年节假日安排") as refusal:
        deadlines.settled(deadline, "认定逾期")
    assert [issue.code for issue in refusal.value.issues] == ["deadlines.provisional"]
    assert "不能认定逾期" in refusal.value.reasons[0]
    calendar_notices.add(NOTICE.encode(), "national-2027.toml", Actor.system())
    assert deadlines.settled(deadline, "认定逾期") == date(2027, 1, 13)
    assert deadlines.settled(begin(cast, date(2026, 6, 1)), "认定逾期") == date(2026, 6, 30)


def test_every_missing_year_is_named(cast: Any) -> None:
    from mingchuang.core import deadlines
    from mingchuang.norms.outcome import Refused

    deadline = begin(cast, date(2027, 12, 20))
    with pytest.raises(Refused) as refusal:
        deadlines.settled(deadline, "出具证明")
    assert [issue.message[:12] for issue in refusal.value.issues] == ["缺少2027年节假日安排", "缺少2028年节假日安排"]


def test_an_extension_is_not_found_late_by_a_provisional_day(cast: Any) -> None:
    from mingchuang.core import deadlines, now
    from mingchuang.norms.outcome import Refused

    deadline = begin(cast, PROVISIONAL)
    with now.travel(date(2027, 1, 13)), pytest.raises(Refused, match="缺少2027年节假日安排") as refusal:
        deadlines.extend(deadline, cast.actor("office"), amount=5, note="案情复杂")
    assert [issue.code for issue in refusal.value.issues] == ["deadlines.provisional"]
    with now.travel(date(2027, 1, 12)):
        deadlines.extend(deadline, cast.actor("office"), amount=5, note="案情复杂")


def test_what_was_met_is_called_late_or_in_time_only_by_a_final_day(cast: Any) -> None:
    """It stays provisional after it was met, and is worked out again when the notice comes."""
    from mingchuang.core import calendar_notices, deadlines, now, verify
    from mingchuang.core.actor import Actor

    deadline = begin(cast, PROVISIONAL)
    with now.travel(date(2027, 1, 13)):
        deadlines.meet(deadline, cast.actor("office"))
        said = deadlines.explain(deadline)[-1]
        assert "暂定" in said and "逾期办结" not in said and "按期办结" not in said
        calendar_notices.add(NOTICE.encode(), "national-2027.toml", Actor.system())
        deadline.refresh_from_db()
        assert (deadline.clock, deadline.due, deadline.provisional) == ("met", date(2027, 1, 13), False)
        assert deadlines.explain(deadline)[-1].endswith("按期办结。")
        assert deadlines.recompute("再次") == 0
        assert verify.run() == []


def test_what_was_met_by_a_final_day_is_never_worked_out_again(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingchuang.core import deadlines
    from mingchuang.core.models import Deadline

    deadline = begin(cast, date(2026, 6, 1))
    deadlines.meet(deadline, cast.actor("office"))
    assert list(Deadline.objects.unsettled()) == []
    deadlines.void(begin(cast, PROVISIONAL), cast.actor("office"), note="撤回")
    assert list(Deadline.objects.unsettled()) == []
