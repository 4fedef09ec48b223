"""Names for people whose household, people and sex are known."""

import numpy as np

from hssk.kit.text import fold

from .households import CHILDREN, FEMALE, GRANDCHILDREN, HEAD, NOBODY, SIBLING
from .peoples import PEOPLES

_SIMILAR_TO_SIBLING = 0.12


def popularity(count: int, steepness: float) -> np.ndarray:
    """Cumulated shares of `count` words, the first the commonest."""
    weights = 1 / (np.arange(count) + 1.5) ** steepness
    return np.cumsum(weights / weights.sum())


def draw(count: int, cumulated: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Indices drawn by cumulated shares."""
    return np.minimum(np.searchsorted(cumulated, rng.random(count)), len(cumulated) - 1)


class Lexicon:
    """All words of one sort (surnames, say) of all peoples in one array, with their offsets."""

    def __init__(self, lists: list[list[str]], steepness: list[float]):
        self.words = np.array([word for words in lists for word in words], object)
        self.offsets = np.cumsum([0] + [len(words) for words in lists])
        self.shares = [popularity(len(w), s) for w, s in zip(lists, steepness, strict=True)]
        self.near = np.concatenate(
            [_next_alike(w) + o for w, o in zip(lists, self.offsets, strict=False)]
        )

    def draw(self, which: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """For each list number in `which`, the index of one of its words."""
        chosen = np.zeros(which.shape, np.int32)
        for number, shares in enumerate(self.shares):
            mask = which == number
            chosen[mask] = self.offsets[number] + draw(int(mask.sum()), shares, rng)
        return chosen


def _next_alike(words: list[str]) -> np.ndarray:
    """For each word the place of the one that looks most like it: its neighbour in folded order."""
    order = sorted(range(len(words)), key=lambda place: fold(words[place]))
    near = np.empty(len(words), np.int64)
    near[order] = order[1:] + order[-2:-1]
    return near


SURNAMES = Lexicon([p.surnames for p in PEOPLES], [p.steepness for p in PEOPLES])
# list number = people * 2 + (0 male, 1 female)
MIDDLES = Lexicon(
    [words for p in PEOPLES for words in (p.male_middles, p.female_middles)],
    [1.15] * 2 * len(PEOPLES),
)
GIVEN = Lexicon(
    [words for p in PEOPLES for words in (p.male_given, p.female_given)],
    [0.75] * 2 * len(PEOPLES),
)


def draw_surnames(
    people: np.ndarray, father_slot: np.ndarray, mother_slot: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(surnames, people), matrices [household, slot]: a child has its father's, else its mother's.

    Married women keep their own. `people` is each one's own people, changed for children here.
    """
    surnames = SURNAMES.draw(people, rng)
    rows = np.arange(len(people))
    # parents first, so that three generations agree
    for slot in (HEAD, SIBLING, *CHILDREN, *GRANDCHILDREN):
        parent = np.where(
            father_slot[:, slot] != NOBODY, father_slot[:, slot], mother_slot[:, slot]
        )
        known = parent != NOBODY
        surnames[known, slot] = surnames[rows[known], parent[known]]
        people[known, slot] = people[rows[known], parent[known]]
    # a household without the old father still bears his name
    alone = father_slot[:, SIBLING] == NOBODY
    surnames[alone, SIBLING] = surnames[alone, HEAD]
    people[alone, SIBLING] = people[alone, HEAD]
    return surnames, people


def _repeated_at_home(*columns: np.ndarray) -> np.ndarray:
    """Places where all columns (household first) repeat an earlier place: parents avoid that."""
    key = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        key = key * (int(column.max(initial=0)) + 1) + column
    order = np.argsort(key, kind="stable")
    again = key[order[1:]] == key[order[:-1]]
    return order[1:][again]


def full_names(
    *,
    household: np.ndarray,
    surname: np.ndarray,
    people: np.ndarray,
    sex: np.ndarray,
    father: np.ndarray,
    after_sibling: np.ndarray,
    twin: np.ndarray,
    rng: np.random.Generator,
) -> list[str]:
    """Whole names. `father` holds indices; `after_sibling`: follows a sibling of the same sex."""
    which = people.astype(np.int32) * 2 + (sex == FEMALE)
    middle, given = MIDDLES.draw(which, rng), GIVEN.draw(which, rng)
    previous = np.arange(len(which)) - 1
    alike = after_sibling & (rng.random(len(which)) < np.where(twin, 0.6, _SIMILAR_TO_SIBLING))
    middle[alike] = middle[previous[alike]]
    given[alike] = GIVEN.near[given[previous[alike]]]
    for _ in range(3):
        repeated = _repeated_at_home(household, surname, middle, given)
        given[repeated] = GIVEN.near[given[repeated]]
    middle_words, given_words = MIDDLES.words[middle], GIVEN.words[given]
    linked = np.isin(people, [i for i, p in enumerate(PEOPLES) if p.patronymic]) & (father >= 0)
    middle_words[linked] = given_words[father[linked]]
    return [
        f"{family} {word} {own}" if word else f"{family} {own}"
        for family, word, own in zip(
            SURNAMES.words[surname].tolist(),
            middle_words.tolist(),
            given_words.tolist(),
            strict=True,
        )
    ]
