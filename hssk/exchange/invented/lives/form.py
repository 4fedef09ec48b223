"""What somebody would answer to the form of QĐ 831: a life, as `records.sections` takes it."""

from .shapes import Life

_GROUPS = {
    "thuốc": "medicine", "hóa chất/mỹ phẩm": "chemical", "thực phẩm": "food", "khác": "other",
}  # fmt: skip
_OFTEN = {
    "không": "no", "có": "yes", "hút thường xuyên": "often", "sử dụng thường xuyên": "often",
    "thường xuyên": "often", "đã bỏ": "stopped",
}  # fmt: skip
_LATRINES = {
    "xả nước": "flush", "hai ngăn": "two_vault", "hố xí thùng": "bucket", "không có hố xí": "no",
}  # fmt: skip
_VACCINES = {
    "Viêm gan B sơ sinh": "hepb", "BCG": "bcg", "DPT-VGB-Hib": "dpt-vgb-hib", "bOPV": "opv",
    "IPV": "ipv", "Sởi": "measles", "DPT": "dpt", "VNNB": "je", "COVID-19": "covid19",
}  # fmt: skip
_CHRONIC = {
    "hypertension": "hypertension", "diabetes": "diabetes", "asthma": "asthma",
    "epilepsy": "epilepsy", "psychosis": "mental", "copd": "lung",
}  # fmt: skip
_FAMILY = (
    ("tăng huyết áp", "hypertension"), ("đái tháo đường", "diabetes"), ("hen", "asthma"),
    ("động kinh", "epilepsy"), ("lao", "tuberculosis"),
)  # fmt: skip


def answers_of(life: Life) -> dict[str, str]:
    """The answers by the code of their item; sections that were asked and have nothing say so."""
    found = {**_birth(life), **_risks(life), **_doses(life)}
    for one in life.allergies:
        found[f"allergies.{_GROUPS[one.group]}"] = f"{one.to}: {one.reaction}"
    for key, _since in life.conditions:
        if key in _CHRONIC:
            found[f"own_illnesses.{_CHRONIC[key]}"] = "1"
    for relative in life.family:
        named = relative.illness.lower()
        kind = next((key for word, key in _FAMILY if word in named), "other")
        said = relative.who if kind != "other" else f"{relative.illness}: {relative.who}"
        found[f"family_history.{kind}"] = said
    asked = ("allergies", "own_illnesses", "disability", "surgery", "family_history")
    for section in asked:
        if not any(code.startswith(f"{section}.") for code in found):
            found[f"{section}.none"] = "1"
    return found


def _birth(life: Life) -> dict[str, str]:
    born = life.birth
    found = {
        "birth.delivery": "caesarean" if born.caesarean else "vaginal",
        "birth.weight": str(born.weight), "birth.length": str(born.length),
        "administrative.abo": life.blood[:-1], "administrative.rh": life.blood[-1],
    }  # fmt: skip
    ticked = {"birth.preterm": born.premature, "birth.asphyxia": born.asphyxia}
    return found | {code: "1" for code, holds in ticked.items() if holds}


def _risks(life: Life) -> dict[str, str]:
    risks = life.risks
    if risks is None:
        return {}
    found = {
        "smoking": _OFTEN[risks.smoking], "alcohol": _OFTEN[risks.alcohol],
        "drugs": _OFTEN[risks.drugs], "activity": _OFTEN[risks.exercise],
        "toilet": _LATRINES[risks.latrine], "exposure": risks.exposure,
        "cups": str(risks.cups_a_day) if risks.cups_a_day else "",
    }  # fmt: skip
    return {f"risk_factors.{key}": answer for key, answer in found.items() if answer}


def _doses(life: Life) -> dict[str, str]:
    found = {}
    for one in life.vaccinations:
        # the second dose against measles is given with rubella
        number = 2 if one.vaccine == "Sởi - Rubella" else one.dose
        vaccine = _VACCINES.get(one.vaccine, "measles")
        found[f"immunisation.{vaccine}_{number}"] = one.on.isoformat()
    return found
