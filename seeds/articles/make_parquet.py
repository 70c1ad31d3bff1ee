"""Write inbox/archive.parquet, the typed file of the sample corpus, from the rows below.

Run it after a change of the rows: `python seeds/articles/make_parquet.py`. The same rows give
the same file with the same pyarrow.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

TARGET = Path(__file__).parent / "inbox" / "archive.parquet"

SCHEMA = pa.schema(
    [
        ("url", pa.string()),
        ("publisher", pa.dictionary(pa.int32(), pa.string())),
        ("headline", pa.string()),
        ("published", pa.date32()),
        ("body", pa.string()),
    ]
)

# The last two: an article that wire.jsonl holds as well, here without its date, and one
# without text.
ROWS: list[dict[str, object]] = [
    {
        "url": "https://www.pamirtoday.example/politics/20230415-3",
        "publisher": "Pamir Today",
        "headline": "Kyrgyz and Tajik envoys agree to pull back from border",
        "published": date(2023, 4, 15),
        "body": """\
Deputy foreign ministers of Kyrgyzstan and Tajikistan met in the Tajik border town of Isfara on Saturday and agreed to pull additional forces back from the frontier within a week, both governments said.

The meeting lasted four hours. The two sides also agreed to set up a joint patrol on the road between Isfara and Vorukh and to open a hotline between their border commanders.

"Neither side wants a repeat of last Monday," the Kyrgyz delegation said in a statement. Gunmen shot dead two Kyrgyz border guards on 10 April; nobody has been arrested so far.

The United Nations welcomed the agreement. A spokesman for Secretary-General Antonio Guterres called on the two neighbours to settle the course of the border by negotiation.""",
    },
    {
        "url": "https://www.isthmusherald.example/honduras/2023/05/14/san-pedro-sula-march",
        "publisher": "Isthmus Herald",
        "headline": "Thousands march against power prices in San Pedro Sula",
        "published": date(2023, 5, 14),
        "body": """\
Thousands of people marched through Honduras's second city, San Pedro Sula, on Saturday to protest against a rise in electricity prices, and police arrested 21 of them after a barricade was set alight on the road to the airport.

Police put the crowd at 5,000. The organisers, an alliance of trade unions and student groups, spoke of 12,000.

The demonstrators demanded that the government free those detained a week earlier in the capital. "First they raise the bill, then they raise the baton," said Wilmer Paz, 29, a bus driver.

Soldiers used water cannon to clear the road. Four people were treated for minor injuries, the fire brigade said.

The unions said they would march again next Saturday.""",
    },
    {
        "url": "https://www.thursdayreview.example/europe/anatomy-of-a-tit-for-tat",
        "publisher": "Thursday Review",
        "headline": "Anatomy of a tit-for-tat: how Brussels and Minsk ran out of small steps",
        "published": date(2023, 4, 29),
        "body": """\
For years the quarrel between the European Union and Belarus was conducted in small steps: a name added to a list, a visa refused, a concert cancelled. This week the steps became larger.

Belarus barred 31 officials of the European Union from entering the country on Wednesday and closed its border to lorries registered in Poland, in retaliation for EU sanctions adopted two days earlier.

The foreign ministry in Minsk did not publish the list of names. Spokesman Anatoly Glaz said the measures would stay in force "for as long as Brussels prefers blacklists to conversation".

Poland protested against the border closure and summoned the Belarusian charge d'affaires in Warsaw. About 900 lorries were waiting on the Polish side of the Kozlowicze crossing in the evening, a customs officer said.

Lithuania said it was prepared to take Polish freight through its own crossings.

Analysts in Vilnius believe that neither side planned to go so far. "Each thought the other would blink on Tuesday," said Rasa Kemeklyte, who teaches international relations there. "Then it was Wednesday."

The costs are uneven. Poland sends more than half of its road freight to Central Asia through Belarus; the detour through Lithuania and Latvia adds two days and roughly 600 euros a lorry. For Belarus, transit fees are among the few reliable sources of hard currency that are left.

Diplomats say a way out exists, and that it is dull: a technical meeting of customs services, at first without cameras and without names. Such a meeting was proposed in Geneva in March. Nobody has cancelled it yet.""",
    },
    {
        "url": "https://www.adriaticmonitor.example/2023/03/04/elbasan-aid",
        "publisher": "Adriatic Monitor",
        "headline": "Aid reaches Elbasan as EU pledges five million euros",
        "published": date(2023, 3, 4),
        "body": """\
The European Union pledged five million euros in emergency aid to Albania on Saturday, two days after the earthquake that killed at least 19 people around the town of Elbasan.

Commission President Ursula von der Leyen announced the sum after a phone call with Prime Minister Edi Rama on Saturday morning.

Germany delivered 40 tonnes of tents, blankets and generators to Tirana airport overnight, its embassy said. A team of the German relief agency THW is to repair water pipes in the villages south of Elbasan.

Turkey, itself short of tents after its own disaster a month ago, sent a mobile kitchen for 2,000 people. "They know what cold hands are," said a schoolteacher in the queue.

Some 3,400 people are sleeping in sports halls, according to the civil protection agency.""",
    },
    {
        "url": "https://www.caucasusline.example/2023/03/02/tbilisi-second-round",
        "publisher": "Caucasus Line",
        "headline": "Armenia, Azerbaijan agree on detainee exchange in second Tbilisi round",
        "published": date(2023, 3, 2),
        "body": """\
The foreign ministers of Armenia and Azerbaijan met in Tbilisi on Thursday for a second round of talks and agreed to exchange eight detained soldiers within a week.

Ararat Mirzoyan and Jeyhun Bayramov spoke for five hours. The exchange will take place at a crossing on the Georgian border under the eyes of the Red Cross, the Georgian foreign ministry said.

The shooting of 19 February, in which an Azerbaijani soldier was wounded, was "put aside, not forgotten", said a diplomat from the host country.

U.S. Secretary of State Antony Blinken praised both sides and thanked Georgia for its hospitality.

No date was set for a third round. Baku would like to hold it in Brussels, the diplomat said; Yerevan prefers to stay in Tbilisi.""",
    },
    {
        "url": "https://www.eastbound.example/2023/03/24/kremlin-denies-call",
        "publisher": "eastbound.example",
        "headline": "Kremlin denies Putin spoke to Macron this week",
        "published": None,
        "body": """\
The Kremlin denied on Friday that President Vladimir Putin had spoken to French President Emmanuel Macron this week, after a Paris radio station reported a secret phone call between the two leaders.

"There was no such conversation," spokesman Dmitry Peskov told reporters in Moscow. "It is not on the president's schedule, and it was not on it on Thursday either."

The Elysee also said that Macron had not talked to Putin. French diplomats do not rule out a call at a later date, one of them said, if Russia lets international inspectors into the Zaporizhzhia plant.

The radio station later removed the report from its website.""",
    },
    {
        "url": "https://www.pamirtoday.example/politics/20230416-1",
        "publisher": "Pamir Today",
        "headline": "Video: Joint patrol on the Vorukh road",
        "published": date(2023, 4, 16),
        "body": None,
    },
]


def table() -> pa.Table:
    """Return the rows as a typed table."""
    return pa.Table.from_pylist(ROWS, schema=SCHEMA)


if __name__ == "__main__":
    pq.write_table(table(), TARGET, compression="zstd")
