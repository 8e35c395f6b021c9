"""Whatever the lines, the parts of an evaluation make the whole, to the hundredth."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import new_base, new_company, new_contract, new_person
from suivi_tui.readings.evaluation import Evaluation, as_json, evaluate
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import Totals
from suivi_tui.store.journal import Change, created, hour_row, write
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

CODES = st.sampled_from(["", "F", "oui", "cdi", "valeur inconnue"])
LINES = st.lists(
    st.tuples(
        st.integers(0, 3),  # placement
        st.sampled_from([202512, 202601, 202602, 202606]),
        st.integers(1, 3),  # kind of hours
        st.integers(-500, 25_000),
        st.none() | st.integers(0, 25_000),
    ),
    max_size=12,
    unique_by=lambda line: line[:3],
)


def holds(hours: Totals) -> bool:
    return hours.declared == hours.validated + hours.refused + hours.pending


def check(evaluation: Evaluation) -> None:
    assert holds(evaluation.hours)
    for rows in evaluation.breakdowns.values():
        assert all(holds(row.hours) for row in rows)
        assert sum((row.hours for row in rows), Totals()) == evaluation.hours
        assert all(row.participants <= evaluation.participants for row in rows)
        assert len({row.value for row in rows}) == len(rows)
    found = as_json(evaluation)
    parts = (found["heures"][name] for name in ("validees", "refusees", "a_valider"))
    assert round(sum(round(100 * part) for part in parts)) == round(
        100 * found["heures"]["declarees"]
    )


@settings(max_examples=30)
@given(lines=LINES, codes=st.lists(CODES, min_size=4, max_size=4))
def test_parts_make_the_whole(
    lines: list[tuple[int, int, int, int, int | None]], codes: list[str]
) -> None:
    with TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        contracts = [new_contract(base, number=str(rank)) for rank in range(2)]
        company = new_company(base, kind=codes[0])
        people = [new_person(base, sex=codes[1]), new_person(base, prescriber=codes[2])]
        changes: list[Change] = []
        placements = []
        for rank in range(4):
            work_contract, placement = base.new_id(), base.new_id()
            obligation = contracts[rank % 2].obligation
            values = {"participant": people[rank // 2], "employer": company, "qpv": codes[3]}
            changes.append(created("work_contract", work_contract, values))
            values = {"work_contract": work_contract, "obligation": obligation}
            changes.append(created("placement", placement, values))
            placements.append((obligation, placement))
        for rank, month, kind, declared, part in lines:
            obligation, placement = placements[rank]
            # Validated hours never exceed those declared.
            validated = None if part is None else min(part, max(declared, 0))
            changes.append(
                created(
                    "hour_entry",
                    hour_row(obligation, month, placement, kind),
                    {"declared": declared, "validated": validated},
                )
            )
        write(base, changes, label="Essai")
        whole = evaluate(base.connection)
        periods = [(202501, 202512), (202601, 202601), (202602, 202712)]
        parts = [
            evaluate(base.connection, Filters(Month(first), Month(last))) for first, last in periods
        ]
    for evaluation in (whole, *parts):
        check(evaluation)
    assert whole.hours.declared == sum(line[3] for line in lines)
    assert sum((part.hours for part in parts), Totals()) == whole.hours
    assert sum(part.due for part in parts) == whole.due == Hours(2_000_00)
