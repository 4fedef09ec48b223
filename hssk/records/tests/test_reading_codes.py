"""Which results of a hospital or a station are drawn, as what, and in which unit."""

import pytest

from hssk.records.rules.reading_codes import LOINC, SERVICE, figures_of


def result(name, value, unit="", *, service="", loinc="", comparator=""):
    """An Observation as a claim or a station makes it."""
    quantity = {"value": value, "unit": unit, "comparator": comparator}
    codings = [{"system": "urn:x-hssk:ma-chi-so", "code": "HIS-77"}]
    codings += [{"system": SERVICE, "code": service}] if service else []
    codings += [{"system": LOINC, "code": loinc}] if loinc else []
    return {"code": {"coding": codings, "text": name},
            "valueQuantity": {key: said for key, said in quantity.items() if said != ""}}  # fmt: skip


def drawn(resource):
    return [(measure.key, round(value, 1)) for measure, value in figures_of(resource)]


@pytest.mark.parametrize(
    ("name", "value", "unit", "told"),
    [
        ("Glucose", 7.8, "mmol/L", ("glucose", 7.8)), ("Đường huyết", 7.8, "mmol/l", ("glucose", 7.8)),
        ("ĐƯỜNG MÁU MAO MẠCH", 140, "mg/dL", ("glucose", 7.8)),
        ("Định lượng Glucose [Máu]", 126, "mg/dl", ("glucose", 7.0)),
        ("HbA1c", 7.1, "%", ("hba1c", 7.1)), ("HbA1C", 48, "mmol/mol", ("hba1c", 6.5)),
        ("Cholesterol toàn phần", 200, "mg/dL", ("cholesterol", 5.2)),
        ("Triglycerid (máu) [Máu]", 150, "mg/dL", ("triglyceride", 1.7)),
        ("LDL-C", 3.4, "mmol/L", ("ldl", 3.4)), ("HDL - Cholesterol", 1.1, "mmol/L", ("hdl", 1.1)),
        ("Creatinin", 1.0, "mg/dL", ("creatinine", 88.4)), ("Creatinine", 90, "μmol/L", ("creatinine", 90)),
    ],
)  # fmt: skip
def test_a_result_is_known_by_its_name_and_drawn_in_one_unit(name, value, unit, told):
    assert drawn(result(name, value, unit)) == [told]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Glucose niệu", "mmol/L"), ("Glucose dịch não tủy", "mmol/L"), ("Glucose", ""),
        ("Glucose", "g/L"), ("GLU", "mmol/L"), ("VLDL-C", "mmol/L"), ("Non HDL-C", "mmol/L"),
        ("Creatinin niệu", "µmol/L"), ("Tỷ lệ Cholesterol/HDL", "mmol/L"), ("", "mmol/L"),
    ],
)  # fmt: skip
def test_what_may_be_of_something_else_or_in_an_unknown_unit_is_not_drawn(name, unit):
    assert drawn(result(name, 5.0, unit)) == []


@pytest.mark.parametrize(
    ("service", "name", "told"),
    [
        ("23.0075.1494", "GLU (hexokinase)", [("glucose", 5.0)]), ("23.0075.9999", "", [("glucose", 5.0)]),
        ("23.0206.1596", "Glucose", []),  # of urine
        ("23.0158.1506", "TG", [("triglyceride", 5.0)]), ("23.0041.1506", "LDL-C", [("ldl", 5.0)]),
        ("23.0041.1506", "VLDL-Cholesterol", []), ("23.0084.1506", "Non-HDL", []),
        ("90.2301.0001", "Glucose", [("glucose", 5.0)]),  # a list of a hospital's own
    ],
)  # fmt: skip
def test_the_service_of_the_national_list_tells_what_a_name_of_ones_own_is(service, name, told):
    assert drawn(result(name, 5.0, "mmol/L", service=service)) == told


def test_a_bound_is_no_figure():
    assert drawn(result("Glucose", 1.1, "mmol/L", comparator="<")) == []


@pytest.mark.parametrize(
    ("loinc", "unit", "told"),
    [
        ("15074-8", "mmol/L", [("glucose", 6.0)]), ("15074-8", "", [("glucose", 6.0)]),
        ("1558-6", "", [("glucose", 0.3)]), ("8280-0", "cm", [("waist", 6.0)]),
        ("59408-5", "%", [("spo2", 6.0)]), ("2708-6", "%", [("spo2", 6.0)]), ("9279-1", "", []),
    ],
)  # fmt: skip
def test_what_a_station_measures_is_known_by_its_code(loinc, unit, told):
    assert drawn(result("", 6, unit, loinc=loinc)) == told
