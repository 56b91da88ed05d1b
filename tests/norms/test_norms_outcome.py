"""Issues and refusals: every reason is kept, and only errors forbid."""

import pickle

import pytest

from mingchuang.norms.outcome import Issue, Refused, errors, refuse, refuse_if

WARNING = Issue("x.odd", "文号用了方括号，已按六角括号识别。", severity="warning")
ERROR = Issue("x.bad", "成文日期不能晚于发布日期。", field="written_on")
OTHER = Issue("x.worse", "标题不能为空。", field="title")


def test_no_issue_and_mere_warnings_pass():
    refuse_if([])
    refuse_if(iter([WARNING]))


def test_a_refusal_keeps_every_reason_and_the_warnings_beside_them():
    with pytest.raises(Refused) as caught:
        refuse_if(iter([WARNING, ERROR, OTHER]))
    assert caught.value.issues == (WARNING, ERROR, OTHER)
    assert caught.value.reasons == (ERROR.message, OTHER.message)
    assert "标题不能为空" in str(caught.value)


def test_a_refusal_without_an_error_is_a_programming_mistake():
    with pytest.raises(ValueError, match="at least one"):
        Refused([WARNING])


def test_a_refusal_survives_a_process_border():
    copy = pickle.loads(pickle.dumps(refuse("x.bad", "不行。", field="f", day="2019-10-11")))  # noqa: S301
    assert copy.issues[0].field == "f"
    assert copy.issues[0].context["day"] == "2019-10-11"


def test_json_has_one_shape():
    assert ERROR.to_json() == {
        "code": "x.bad", "message": ERROR.message, "field": "written_on",
        "severity": "error", "rule": "", "context": {},
    }  # fmt: skip
    assert errors([WARNING, ERROR]) == (ERROR,)
