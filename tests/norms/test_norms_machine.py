"""State machines: what is allowed goes through, everything else is refused with all reasons, in Chinese."""

import enum

import pytest

from mingchuang.norms.machine import MachineFileError, all_machines, load, parse
from mingchuang.norms.outcome import Refused

HASH = "sha256:00"


def refusal(machine, state, move, **facts):
    with pytest.raises(Refused) as caught:
        load(machine).decide(state, move, facts)
    return {issue.code: issue for issue in caught.value.issues}


def test_a_text_goes_from_draft_to_approved_step_by_step():
    review = load("review")
    assert review.decide({}, "create", {"role": "clerk"}) == {"progress": ("", "draft")}
    assert review.decide({"progress": "draft"}, "submit", {"role": "clerk", "content_hash": HASH}) == {
        "progress": ("draft", "reviewing")
    }
    facts = {"role": "reviewer", "content_hash": HASH}
    assert review.decide({"progress": "reviewing"}, "approve", {**facts, "last_step": False}) == {}
    assert review.decide({"progress": "reviewing"}, "approve", {**facts, "last_step": True}) == {
        "progress": ("reviewing", "approved")
    }


def test_a_role_may_be_an_enum():
    class Role(enum.StrEnum):
        CLERK = "clerk"

    assert load("review").decide({}, "create", {"role": Role.CLERK}) == {"progress": ("", "draft")}


def test_every_reason_is_given_at_once():
    issues = refusal("review", {"progress": "draft"}, "return", role="clerk")
    assert set(issues) == {"machine.wrong_state", "machine.role", "machine.note", "machine.content_hash"}
    assert issues["machine.wrong_state"].message == "稿件目前为“草稿”，不能“退回”；须先处于“审签中”。"
    assert issues["machine.role"].message == "经办人不能“退回”，须由审核人、签发人、政务公开办办理。"
    assert issues["machine.note"].field == "note"


def test_approving_twice_names_the_state_it_is_in():
    issues = refusal("review", {"progress": "approved"}, "approve", role="leader", content_hash=HASH, last_step=True)
    assert issues["machine.wrong_state"].message.startswith("稿件目前为“已审定”")


def test_an_unknown_move_lists_the_known_ones():
    assert "送审" in refusal("review", {"progress": "draft"}, "teleport", role="clerk")["machine.unknown_move"].message


def test_a_fact_that_is_not_told_satisfies_nothing():
    issues = refusal("review", {"progress": "reviewing"}, "approve", role="leader", content_hash=HASH)
    assert issues["machine.no_path"].message == "现有情况不能“同意”，请核对：最后一个环节。"


def test_no_role_is_no_permission():
    assert "未说明身份" in refusal("review", {}, "create")["machine.role"].message


def test_a_thing_is_made_once():
    assert "已经建立" in refusal("review", {"progress": "draft"}, "create", role="clerk")["machine.wrong_state"].message
    assert "尚未建立" in refusal("review", {}, "submit", role="clerk", content_hash=HASH)["machine.wrong_state"].message


def test_a_damaged_state_is_said_and_not_guessed():
    assert "machine.unknown_state" in refusal("review", {"progress": "lost"}, "submit", role="clerk", content_hash=HASH)


def test_publication_asks_for_an_approved_text():
    state = {"visibility": "none", "validity": "effective"}
    issues = refusal("publication", state, "publish", role="office", content_hash=HASH, approved=False)
    assert list(issues) == ["machine.guard"]
    assert "尚未审定" in issues["machine.guard"].message
    decision = load("publication").decision(
        state, "publish", {"role": "office", "content_hash": HASH, "approved": True}
    )
    assert decision.changes == {"visibility": ("none", "public")}
    assert decision.clocks == {"meets": ("information.publish",)}


def test_two_axes_move_apart():
    state = {"visibility": "public", "validity": "effective"}
    facts = {"role": "office", "note": "青政办发〔2020〕1号", "validity": "repealed"}
    assert load("publication").decide(state, "set_validity", facts) == {"validity": ("effective", "repealed")}
    assert refusal("publication", {**state, "validity": "repealed"}, "set_validity", **facts)
    assert "公开状态：已公开；有效性：有效" in refusal("publication", state, "create", role="office")[
        "machine.wrong_state"
    ].message  # fmt: skip


def test_creating_takes_every_axis_to_its_beginning():
    assert load("duty").decide({}, "load", {"role": "system"}) == {
        "progress": ("", "planned"),
        "confirmation": ("", "read"),
    }


def test_buttons_offered_fit_state_and_role():
    review = load("review")
    offered = [move.id for move in review.moves_from({"progress": "reviewing"}, role="leader")]
    assert offered == ["approve", "approve_on_paper", "return", "settle_finding"]
    assert [move.id for move in review.moves_from({})] == ["create"]
    assert [move.id for move in review.moves_from({"progress": "approved"})] == [
        "check_paper",
        "void",
        "settle_finding",
    ]
    assert review.moves_from({"progress": "void"}) == ()


@pytest.mark.parametrize("machine", all_machines(), ids=lambda machine: machine.id)
def test_what_is_offered_is_decidable_and_nothing_else(machine):
    """For every state of every machine: a move is refused for its state exactly when it is not offered."""
    axes = list(machine.axes.values())
    states = [{}]
    for axis in axes:
        states = [{**state, axis.id: value} for state in states for value in axis.states]
    for state in [{}, *states]:
        offered = {move.id for move in machine.moves_from(state)}
        for move in machine.moves:
            with_reasons: set[str] = set()
            try:
                machine.decide(state, move, {"role": "nobody"})
            except Refused as refused:
                with_reasons = {issue.code for issue in refused.issues}
            assert ("machine.wrong_state" in with_reasons) == (move not in offered), (state, move)


@pytest.mark.parametrize("machine", all_machines(), ids=lambda machine: machine.id)
def test_every_word_is_there_and_the_diagram_names_every_state(machine):
    drawn = machine.mermaid()
    assert drawn.startswith("stateDiagram-v2\n")
    for axis in machine.axes.values():
        for state in axis.states.values():
            assert state.title in drawn
            assert state.sentence.endswith("。")
    for move in machine.moves.values():
        assert move.title
        assert move.sentence.endswith("。")


BROKEN = {
    "title": "坏",
    "subject": "物",
    "axes": {"a": {"title": "轴", "initial": "x", "states": {
        "x": {"title": "甲", "sentence": "。"},
        "y": {"title": "乙", "sentence": "。", "final": True},
        "z": {"title": "丙", "sentence": "。"},
    }}},
    "moves": {"make": {"title": "建", "sentence": "。", "roles": ["clerk"], "creates": True}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("move", "fault"),
    [
        ({"roles": ["king"]}, "unknown role 'king'"),
        ({"roles": []}, "no role may make it"),
        ({"to": {"b": "x"}}, "unknown axis 'b'"),
        ({"to": {"a": "w"}}, "unknown state a.w"),
        ({"requires": ["luck"]}, "unknown requirement 'luck'"),
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"paths": [{"when": {"moon": True}}]}, "fact 'moon' has no title"),
        ({"paths": [], "to": {"a": "y"}}, "both `paths` and 'to'"),
        ({"from": {"a": "y"}, "to": {"a": "z"}}, "leaves the final state a.y"),
        ({"to": {"a": "y"}}, "nothing leads to state 'z'"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(move, fault):
    moves = {**BROKEN["moves"], "go": {"title": "走", "sentence": "。", "roles": ["clerk"], **move}}
    with pytest.raises(MachineFileError) as caught:
        parse("broken", {**BROKEN, "moves": moves})
    assert fault in str(caught.value)


def test_an_unknown_machine_is_named():
    with pytest.raises(MachineFileError, match="nowhere"):
        load("nowhere")
    with pytest.raises(MachineFileError):
        load("../machine")
