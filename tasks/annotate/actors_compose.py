"""Composes the actor code of a noun phrase from its nation, its role words and its names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tasks.annotate.actors_match import Part
from tasks.annotate.actors_person import OUT_OF_OFFICE, by_person, choose_office, choose_person
from tasks.annotate.actors_phrase import NATIONS
from tasks.annotate.actors_table import Entry

NO_COUNTRY = "---"
# Codes that name what an actor does or is; any other three letters name the actor itself.
ROLE_CODES = frozenset(
    [
        *(
            "GOV",
            "MIL",
            "REB",
            "OPP",
            "CVL",
            "COP",
            "JUD",
            "LEG",
            "PTY",
            "SPY",
            "UAF",
            "PRM",
            "UNK",
        ),
        *(
            "AGR",
            "BUS",
            "CRM",
            "EDU",
            "ELI",
            "ENV",
            "DEV",
            "HRI",
            "JRN",
            "LAB",
            "MED",
            "NGO",
            "REF",
        ),
        *("REL", "SOC", "INS", "SEP", "MOD", "RAD", "HLH"),
    ]
)
# Roles of persons that give way to "former"; a former rebel is told by what he was.
_PLAIN_KINDS = frozenset({"country", "demonym", "people", "capital", "metonym", "region"})
_ROLE_KINDS = frozenset({"role", "agent", "part", "religion"})
_OFFICES = frozenset({"GOV", "LEG", "MIL", "COP", "JUD", "SPY", ""})


@dataclass(slots=True)
class Coded:
    """What a phrase means.

    Attributes:
        head: Offset of the head word.
        before_name: True for a title that a name may follow.
        place: What "in", "from" and the like put behind the phrase; a mention of its own.
    """

    start: int
    end: int
    head: int
    kind: str
    country: str = ""
    roles: list[str] = field(default_factory=list)
    entity: str = ""
    rules: list[str] = field(default_factory=list)
    before_name: bool = False
    place: Coded | None = None

    @property
    def code(self) -> str:
        """Country or ---, then the roles; empty if neither is known."""
        if not self.country and not self.roles:
            return ""
        return (self.country or NO_COUNTRY) + "".join(self.roles)

    @property
    def role(self) -> str:
        """First role code; empty for a bare nation or organisation."""
        return next((r for r in self.roles if r in ROLE_CODES), "")


class Composer:
    """Composes the phrases of one article.

    Attributes:
        on: Day of the article, for dates of office.
        named: Ids of the persons whose full name stands in the article.
    """

    def __init__(self, plain: str, on: date | None, named: set[str]) -> None:
        self.plain = plain
        self.on = on
        self.named = named

    def compose(self, phrase: list[Part]) -> Coded:
        """Return the meaning of a phrase."""
        if len(phrase) == 1 and phrase[0].kind in _PLAIN_KINDS:
            return self._compose_plain(phrase[0])
        if len(phrase) == 1 and phrase[0].kind in _ROLE_KINDS:
            return self._compose_role(phrase[0])
        cut = next((i for i, p in enumerate(phrase) if p.link in ("of", "in")), len(phrase) - 1)
        head, rest = phrase[: cut + 1], phrase[cut + 1 :]
        inner = self.compose(rest) if rest else None
        spans = inner is not None and head[-1].link == "of"
        end = head[-1].end
        head = _head_last(head)
        last = head[-1]
        coded = Coded(
            start=self._start(phrase[0]),
            end=inner.end if inner and spans else end,
            head=max(last.start, self.plain.rfind(" ", last.start, last.end) + 1),
            kind=last.kind,
        )
        self._fill(coded, head, inner)
        if inner is not None and not spans:
            coded.place = inner
            inner.roles = [] if inner.kind == "capital" else inner.roles
        return coded

    def _compose_plain(self, part: Part) -> Coded:
        """Compose the commonest phrase: a nation and nothing else."""
        entry = part.entries[0]
        head = max(part.start, self.plain.rfind(" ", part.start, part.end) + 1)
        return Coded(
            part.start,
            part.end,
            head,
            part.kind,
            entry.country,
            entry.roles.split(),
            entry.entity,
            [entry.where],
        )

    def _compose_role(self, part: Part) -> Coded:
        """Compose a role word that stands alone."""
        entry = part.entries[0]
        return Coded(
            self._start(part),
            part.end,
            max(part.start, self.plain.rfind(" ", part.start, part.end) + 1),
            "role",
            "",
            entry.roles.split(),
            entry.entity,
            [entry.where],
            entry.before_name,
        )

    def _fill(self, coded: Coded, head: list[Part], inner: Coded | None) -> None:
        last = head[-1]
        nation = self._nation(head)
        if last.kind in ("person", "short"):
            self._fill_person(coded, head, nation)
        elif last.kind in _ROLE_KINDS:
            self._fill_role(coded, head, nation, inner)
        else:
            self._fill_name(coded, last, self._nation(head[:-1]))
        former = len(head) > 1 and any(p.kind == "former" for p in head)
        if (former or last.kind == "former") and coded.roles and coded.role in _OFFICES:
            coded.roles = [OUT_OF_OFFICE]
            coded.rules.append("former")

    def _nation(self, parts: list[Part]) -> Entry | None:
        """Return the nation nearest the head; one that only backs, or is pro- or anti-, is none."""
        for part in reversed(parts):
            if part.link == "backed" or self._is_side(part):
                continue
            if part.kind in NATIONS or part.kind == "org":
                entry = self._valid(part)
            elif part.kind in ("person", "short") and part.link:
                entry = self._person(part, "", "")[0]
            else:
                continue
            if entry.country:
                return entry
        return None

    def _is_side(self, part: Part) -> bool:
        return self._start(part) < part.start

    def _start(self, part: Part) -> int:
        """Return where a part begins, a "pro-" or "anti-" before it included."""
        if part.start < len("pro-") or self.plain[part.start - 1] != "-":
            return part.start
        before = self.plain[max(0, part.start - len("anti-")) : part.start].lower()
        prefix = next((p for p in ("pro-", "anti-") if before.endswith(p)), "")
        return part.start - len(prefix)

    def _valid(self, part: Part) -> Entry:
        """Return the first meaning that holds on the day; without a day, the latest one."""
        first = part.entries[0]
        same = [e for e in part.entries if e.kind == first.kind and e.entity == first.entity]
        if len(same) == 1:
            return first
        return choose_office(same, self.on)[0]

    def _person(self, part: Part, country: str, roles: str) -> tuple[Entry, str, str]:
        persons = by_person(part.entries)
        entity = choose_person(persons, named=self.named, country=country, roles=roles, on=self.on)
        return choose_office(persons[entity], self.on)

    def _fill_person(self, coded: Coded, head: list[Part], nation: Entry | None) -> None:
        title = next((p.entry.roles for p in reversed(head[:-1]) if p.kind == "role"), "")
        country = nation.country if nation else ""
        entry, roles, why = self._person(head[-1], country, title)
        coded.kind = "person"
        coded.entity, coded.country = entry.entity, entry.country
        if title and roles in ("", OUT_OF_OFFICE) and title in {e.roles for e in head[-1].entries}:
            # An office once held, and the text gives the title: it knows better than the dates.
            roles, why = title, "title in the phrase"
        coded.roles = (roles or title).split()
        coded.rules += [entry.where, why]
        if country and country != entry.country:
            self._stranger(coded, country, title)

    def _stranger(self, coded: Coded, country: str, title: str) -> None:
        """The phrase names another nation than the table: it is someone else of that name."""
        coded.entity, coded.country, coded.roles = "", country, title.split()
        coded.rules = ["nation and title in the phrase"]

    def _fill_name(self, coded: Coded, last: Part, nation: Entry | None) -> None:
        entry = self._valid(last)
        coded.entity, coded.country, coded.roles = entry.entity, entry.country, entry.roles.split()
        coded.rules.append(entry.where)
        if nation and nation.country != entry.country and _may_be_elsewhere(entry):
            coded.country, coded.entity = nation.country, ""
            coded.rules.append(f"nation {nation.where}")

    def _fill_role(
        self, coded: Coded, head: list[Part], nation: Entry | None, inner: Coded | None
    ) -> None:
        roles, where = self._roles(head, inner)
        coded.roles, coded.rules = roles, [where]
        coded.kind = "role"
        coded.entity = head[-1].entry.entity
        coded.before_name = head[-1].entry.before_name
        if nation:
            coded.country = nation.country
            coded.rules.append(f"nation {nation.where}")
            coded.roles = _own_codes(nation) + coded.roles
        elif inner and inner.country and not self._is_abroad(head[-1], roles):
            coded.country = inner.country
            coded.rules.append("nation behind it")

    def _is_abroad(self, last: Part, roles: list[str]) -> bool:
        within = last.link == "in" and not self.plain.startswith(" from", last.end)
        posted = last.entry.entity == _DIPLOMAT  # "its ambassador in France" is not France's
        return within and (posted or (bool(roles) and roles[0] in _ABROAD))

    def _roles(self, head: list[Part], inner: Coded | None) -> tuple[list[str], str]:
        last = head[-1].entry
        owner = self._owner_roles(head, inner)
        if owner and (last.kind in ("agent", "part") or (last.before_name and owner[1] == "org")):
            return owner[0], f"{last.where} takes the role of {owner[1]}"
        return last.roles.split(), last.where

    def _owner_roles(self, head: list[Part], inner: Coded | None) -> tuple[list[str], str] | None:
        """Return the roles that the words before the head, or after "of", give it."""
        for part in reversed(head[:-1]):
            if part.kind in ("role", "religion", "metonym", "org") and part.link != "backed":
                if roles := [r for r in self._valid(part).roles.split() if r in ROLE_CODES]:
                    return roles, part.kind
            elif part.kind in ("person", "short") and part.link:
                return self._person(part, "", "")[1].split(), "person"
        if inner and inner.kind in ("role", "org", "metonym", "person") and inner.role:
            return [r for r in inner.roles if r in ROLE_CODES], inner.kind
        default = [p for p in head[:-1] if p.kind == "agent" and p.entry.roles]
        return (default[-1].entry.roles.split(), "agent") if default else None


def _head_last(parts: list[Part]) -> list[Part]:
    """Return the parts with the nation's adjective before the noun, where it follows: in Spanish."""
    if len(parts) > 1 and parts[-1].kind == "demonym" and parts[-2].kind in _NOUNS:
        return [*parts[:-2], parts[-1], parts[-2]]
    return parts


_NOUNS = frozenset({"role", "agent", "part"})


def _may_be_elsewhere(entry: Entry) -> bool:
    """Tell whether other countries have a body of that name.

    States have bodies of the same names ("Chile's Defense Department"), and so do parties ("the
    Serbian Democratic Party"); a named group stays what it is whoever backs or houses it, and an
    organisation of many countries stays its own.
    """
    if not entry.country:
        return True
    of_state = not _OF_STATE.isdisjoint(entry.roles.split())
    return entry.entity.startswith("org/") and of_state and entry.country not in _WORLD


_OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"})
_WORLD = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "INT"})
# "Troops in Iraq" and "reporters in Moscow" are often not the country's own.
_ABROAD = frozenset({"MIL", "JRN", "NGO", "UAF", "PRM", "CRM"})
_DIPLOMAT = "role/diplomat"


def _own_codes(nation: Entry) -> list[str]:
    """Return the codes that belong to an organisation's own name (NAT in IGONAT)."""
    return [r for r in nation.roles.split() if r not in ROLE_CODES]
