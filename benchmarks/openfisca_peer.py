"""OpenFisca on the work W: a variable for each figure and each verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, TypeAlias

from benchmarks.common_work import REGIONS, Flat, Requirement, Work
from benchmarks.peers import Contender


Loose: TypeAlias = Any

PERIOD = "2024"
_TRUTHS = {1: True, 0: False, -1: None}


class _System:
    """It has no missing values: -1 stands for one, and for a verdict unknown."""

    def __init__(self, work: Work) -> None:
        self.numpy: Loose = import_module("numpy")
        core = import_module
        self._variable = core("openfisca_core.variables").Variable
        self._year = core("openfisca_core.periods").YEAR
        self._entity = core("openfisca_core.entities").build_entity(
            key="unit", plural="units", label="unit", is_person=True
        )
        self.builder = core("openfisca_core.simulations").SimulationBuilder
        systems = core("openfisca_core.taxbenefitsystems")
        self.system: Loose = systems.TaxBenefitSystem([self._entity])
        for one in work.requirements:
            self._add(f"i{one.label}", self._requirement(one))
        for label, enough, three in work.criteria:
            inner = [f"i{one.label}" for one in three]
            self._add(f"c{label}", self._joined(inner, enough=enough))
        outer = [f"c{label}" for label, _, _ in work.criteria]
        self._add("whole", self._joined(outer, enough=False))
        self._add("region", None)

    def _add(self, name: str, formula: Loose) -> None:
        fields = {
            "value_type": int,
            "entity": self._entity,
            "definition_period": self._year,
            "default_value": -1,
            "label": name,
        }
        if formula is not None:
            fields["formula"] = formula
        self.system.add_variable(type(name, (self._variable,), fields))

    def _requirement(self, one: Requirement) -> Loose:
        where, name = self.numpy.where, one.name
        match one.kind:
            case "share":
                part, whole = f"n_{name}", f"d_{name}"
                self._add(part, None)
                self._add(whole, None)
                wanted = self.numpy.array([one.wanted(region) for region in REGIONS])

                def share(unit: Loose, period: Loose) -> Loose:
                    n = unit(part, period).astype("int64")
                    d = unit(whole, period).astype("int64")
                    least = wanted[unit("region", period)]
                    return where((n < 0) | (d <= 0), -1, n * 1000 >= least * d)

                return share
            case "amount":
                self._add(name, None)

                def amount(unit: Loose, period: Loose) -> Loose:
                    found = unit(name, period)
                    return where(found < 0, -1, found >= one.least)

                return amount
            case "flag":
                self._add(name, None)
                return lambda unit, period: unit(name, period)
            case _:
                return self._villages(one)

    def _villages(self, one: Requirement) -> Loose:
        """Take the villages counted: one entity at a time is what is compared."""
        where, counts = self.numpy.where, [f"{one.name}_{key}" for key in "muk"]
        for count in counts:
            self._add(count, None)

        def score(unit: Loose, period: Loose) -> Loose:
            met, maybe, number = (unit(count, period) * 1000 for count in counts)
            least = one.least * number // 1000
            return where(met >= least, 1, where(met + maybe >= least, -1, 0))

        return score

    def _joined(self, names: Sequence[str], *, enough: bool) -> Loose:
        numpy, first = self.numpy, int(enough)

        def join(unit: Loose, period: Loose) -> Loose:
            found = numpy.stack([unit(name, period) for name in names])
            unknown = numpy.where((found == -1).any(0), -1, 1 - first)
            return numpy.where((found == first).any(0), first, unknown)

        return join

    def arrays(self, work: Work, flat: Flat) -> dict[str, Loose]:
        """Give the figures of one unit."""
        figures: dict[str, Any] = {"region": REGIONS.index(flat["region"])}
        for one in work.requirements:
            match one.kind:
                case "share":
                    for key in (f"n_{one.name}", f"d_{one.name}"):
                        figures[key] = flat[key]
                case "score":
                    scores = flat[one.name]
                    met = sum(x is not None and x >= one.score for x in scores)
                    counts = (met, scores.count(None), len(scores))
                    for key, count in zip("muk", counts, strict=True):
                        figures[f"{one.name}_{key}"] = count
                case _:
                    figures[one.name] = flat[one.name]
        return {
            name: self.numpy.array([int(figure)])
            for name, figure in figures.items()
            if figure is not None
        }


def openfisca(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    """Set the figures of one unit, calculate all verdicts."""
    system = _System(work)
    builder, keys = system.builder, work.keys

    def decide(unit: Loose) -> Loose:
        simulation = builder().build_default_simulation(system.system, 1)
        for name, array in unit.items():
            simulation.set_input(name, PERIOD, array)
        return {key: _TRUTHS[int(simulation.calculate(key, PERIOD)[0])] for key in keys}

    yield Contender(
        "OpenFisca, one unit",
        decide,
        [system.arrays(work, flat) for flat in flats],
        lambda found: found,
        "villages counted beforehand; made for many units at once",
    )
