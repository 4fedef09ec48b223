"""What can be a written Vietnamese syllable. Source: the rhymes of the national script."""

import re
import unicodedata

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
"""
_SYLLABLE = re.compile(
    r"(?:ngh(?=[eêi])|ng(?![eêi])|gh(?=[eêi])|g(?![eê])|gi|qu|kh|nh|ph|ch|th|tr|c(?![eêiy])"
    rf"|[bdđhklmnprstvx])?(?:{'|'.join(_RHYMES.split())})"
)
_STOPPED = ("c", "ch", "p", "t")  # such a syllable rises or falls, it does not stay level


def is_syllable(word: str) -> bool:
    """Whether a word of letters, of any case, could be one syllable with its one tone."""
    parts = unicodedata.normalize("NFD", word.lower())
    plain = unicodedata.normalize("NFC", parts.translate(_TONES))
    tones = [mark for mark in parts if ord(mark) in _TONES]
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(_STOPPED) or tones in (["\u0301"], ["\u0323"])
