"""Laws of aggregation: whatever the order and the batches, the same events; no mention is lost."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.aggregate import aggregate

from .story import Story

ACTORS = st.sampled_from(
    [None, "---GOV", "IGONAT", "RUS", "RUSGOV", "RUSMIL", "UKR", "UKRGOV", "UKRCVL", "FRAGOV"]
)
KINDS = st.sampled_from(
    [
        ("CONSULT", "phone"),
        ("CONSULT", "visit"),
        ("CONSULT", None),
        ("ASSAULT", None),
        ("ASSAULT", "heavy-weapons"),
        ("THREATEN", None),
        (None, None),
    ]
)
MENTIONS = st.fixed_dictionaries(
    {
        "article": st.integers(0, 5),
        "source": ACTORS,
        "target": ACTORS,
        "kind": KINDS,
        "on": st.sampled_from([None, None, "5", "6", "7", "20"]),
        "length": st.sampled_from([0, 0, 0, 2, 6, 27, None]),
        "basis": st.sampled_from(["stated", "inferred", "published"]),
        "status": st.sampled_from(["actual", "actual", "planned", "hypothetical", "denied"]),
        "city": st.sampled_from([None, "Kharkiv", "Mariupol"]),
        "who": st.sampled_from([None, None, "putin", "lavrov"]),
        "confidence": st.sampled_from([0.5, 0.8, 0.9]),
        "text": st.sampled_from([None, "the same words"]),
        "killed": st.sampled_from([None, 3.0, 5.0]),
        "according_to": st.sampled_from([None, "Reuters"]),
    }
)
PUBLISHED = st.lists(st.sampled_from([None, "5", "6", "7", "8", "21"]), min_size=6, max_size=6)
COPY_OF = st.lists(st.sampled_from([None, None, 0, 1]), min_size=6, max_size=6)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    story = Story()
    original = draw(COPY_OF)
    for i, published in enumerate(draw(PUBLISHED)):
        of = original[i] if i > 1 else None
        story.article(f"a{i}", published, copy_of=None if of is None else f"a{of}")
    for m in draw(st.lists(MENTIONS, min_size=1, max_size=25)):
        on, length = m["on"], m["length"]
        story.mention(
            f"a{m['article']}",
            m["source"],
            m["kind"][0],
            m["target"],
            mode=m["kind"][1],
            on=on,
            until=on and str(min(int(on) + (length or 0), 28)),
            basis=on and m["basis"],
            **{k: m[k] for k in ("status", "city", "who", "confidence", "text", "killed")},
            according_to=m["according_to"],
        )
        if length is None:
            story.mentions[-1]["date_end"] = None
    return story


QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@QUICK
@given(stories(), st.integers(0, 10_000))
def test_any_order_and_any_repetition_give_the_same_events(story: Story, seed: int) -> None:
    first = story.run(1)
    second = aggregate(*(pa.concat_tables([t, t.slice(3)]) for t in story.tables(seed)))
    assert first.events.equals(second.events)
    assert first.event_mentions.equals(second.event_mentions)


@QUICK
@given(stories())
def test_no_mention_is_lost_and_counts_add_up(story: Story) -> None:
    result = story.run()
    links = result.event_mentions.to_pylist()
    by_id = {m["mention_id"]: m for m in story.mentions}
    assert sorted(x["mention_id"] for x in links) == sorted(by_id)
    for event in result.events.to_pylist():
        mine = [x for x in links if x["event_id"] == event["event_id"]]
        mentions = [by_id[x["mention_id"]] for x in mine]
        assert event["best_mention_id"] in {x["mention_id"] for x in mine}
        assert event["n_mentions"] == len(mine)
        assert event["n_articles"] == len({x["article_id"] for x in mine})
        assert event["n_independent"] == sum(x["is_independent"] for x in mine)
        assert 1 <= event["n_independent"] <= event["n_articles"] <= event["n_mentions"]
        assert {m["plover"] for m in mentions} == {event["plover"]}
        assert len({m["date_start"] for m in mentions if is_stated_day(m)}) <= 1


def is_stated_day(mention: dict[str, Any]) -> bool:
    return mention["date_basis"] == "stated" and mention["date_start"] == mention["date_end"]
