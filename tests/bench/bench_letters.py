"""By hand: 60 contracts, 25 companies to remind, their letters and mails ready to be sent.

python tests/bench/bench_letters.py
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import add, new_base, new_buyer, new_company, new_contract
from suivi_tui.actions.letters import make, prepare

CONTRACTS, COMPANIES, BAR = 60, 25, 5.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, new_base(Path(folder)) as base:
        town = new_buyer(base)
        companies = [new_company(base, f"Entreprise {number}") for number in range(COMPANIES)]
        for company in companies:
            add(base, "contact", company=company, name="Sam Essai", role="Référent insertion",
                mail=f"insertion{company}@exemple.fr")  # fmt: skip
        for number in range(CONTRACTS):
            new_contract(base, number=f"M-{number}", buyer=town,
                         company=companies[number % COMPANIES], start="2026-01-01",
                         end="2027-12-31")  # fmt: skip
        steps: list[int] = []
        start = time.perf_counter()
        prepared = prepare(base, None, today=date(2026, 11, 22))
        read = time.perf_counter()
        made = make(base, prepared, Path(folder) / "out", lambda done, _: steps.append(done),
                    templates=Path(folder) / "modeles")  # fmt: skip
        end = time.perf_counter()
        print(
            f"{CONTRACTS} contracts, {len(made)} letters and mails, {len(steps)} steps told: "
            f"{end - start:.2f} s (preview {read - start:.2f} s), bar {BAR} s"
        )


if __name__ == "__main__":
    main()
