"""Doses and high-alert medicines in a text: pure functions that ask for more care."""

import re

_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+)?(?:\s?(?:-|\u2013|to)\s?\d+(?:[.,]\d+)?)?"
_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|g|kg|micrograms?|milligrams?|grams?|nanograms?|ng|ml|mL|millilitres?|"
    r"units?|u|iu|mmol|millimoles?|tablets?|capsules?|puffs?|drops?|sprays?|mg/kg|ml/h(?:r|our)?)"
)
_DOSE = re.compile(rf"{_NUMBER}\s?{_UNIT}(?![\w])", re.IGNORECASE)

# Written by us, of the classes whose mistakes harm most. A class, and words that name it.
HIGH_ALERT = {
    "insulin": "insulin actrapid novorapid humalog lantus levemir tresiba glargine detemir "
    "degludec aspart lispro humulin novomix fiasp",
    "an anticoagulant": "anticoagulant anticoagulants warfarin heparin enoxaparin dalteparin "
    "tinzaparin fondaparinux apixaban rivaroxaban edoxaban dabigatran argatroban bivalirudin",
    "an opioid": "opioid opioids morphine oxycodone fentanyl alfentanil remifentanil diamorphine "
    "methadone hydromorphone buprenorphine tapentadol pethidine oramorph pca",
    "chemotherapy": "chemotherapy cytotoxic cytotoxics vincristine cisplatin doxorubicin "
    "cyclophosphamide fluorouracil methotrexate",
    "a concentrated electrolyte": "potassium kcl magnesium hypertonic phosphate polyfusor",
    "sedation": "sedation midazolam propofol ketamine dexmedetomidine lorazepam thiopental",
    "a neuromuscular blocker": "neuromuscular rocuronium suxamethonium atracurium vecuronium "
    "cisatracurium pancuronium",
    "an epidural or intrathecal medicine": "epidural intrathecal",
    "oxytocin": "oxytocin syntocinon carbetocin",
    "a vasopressor or inotrope": "noradrenaline norepinephrine adrenaline epinephrine vasopressin "
    "dobutamine dopamine metaraminol milrinone",
    "an antiarrhythmic": "amiodarone digoxin flecainide lidocaine",
    "blood products": "transfusion transfusions platelets fibrinogen prothrombin",
    "dosing for children": "neonate neonates neonatal paediatric paediatrics pediatric",
    "allergy": "allergy allergies allergic anaphylaxis",
}
_CLASS_OF = {word: name for name, words in HIGH_ALERT.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")


def has_dose(text: str) -> bool:
    """Whether an amount of a medicine seems to stand here."""
    return _DOSE.search(text) is not None


def high_alert_in(text: str) -> str | None:
    """The first class of medicines named here that is high-risk: `insulin`, `an opioid`."""
    words = (word.group().lower() for word in _WORD.finditer(text))
    return next((_CLASS_OF[word] for word in words if word in _CLASS_OF), None)
