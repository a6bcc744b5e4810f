"""The tables and views of a run file, and what marks it as one. Documented in docs/run-file.md."""

from enum import IntEnum, IntFlag

from sim.state import Cause, Happening, Intent, Kind, Plan, Primary, Proof

APPLICATION = 0x43574E4C  # "CWNL", SQLite's application_id
VERSION = 1  # SQLite's user_version
PAGE = {"small": 4_096, "large": 32_768}  # bytes; large: runs whose days take many pages

TABLES = {
    # what the program reads
    "run": "key TEXT PRIMARY KEY, value TEXT NOT NULL",  # facts of the whole run, JSON
    "day": (
        "day INTEGER PRIMARY KEY, digest TEXT NOT NULL, alive INTEGER NOT NULL, told INTEGER NOT NULL, "
        "pack BLOB NOT NULL, labels BLOB NOT NULL, figures BLOB NOT NULL"
    ),
    "state": "day INTEGER PRIMARY KEY, pack BLOB NOT NULL",
    # of residents that are asked in words
    "utterance": "day INTEGER, i INTEGER, text TEXT NOT NULL, PRIMARY KEY (day, i)",  # a message's own words
    "note": "day INTEGER, resident INTEGER, text TEXT NOT NULL, PRIMARY KEY (day, resident)",  # memory
    "part": "hash TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL",  # of prompts
    "call": (
        "day INTEGER, resident INTEGER, phase INTEGER, attempt INTEGER, fingerprint TEXT NOT NULL, mind TEXT NOT NULL, "
        "model TEXT NOT NULL, parts TEXT NOT NULL, answer TEXT, outcome TEXT NOT NULL, why TEXT NOT NULL, "
        "prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, "
        "cost REAL, seconds REAL NOT NULL, tries INTEGER NOT NULL, source TEXT NOT NULL, "
        "PRIMARY KEY (day, resident, phase, attempt)"
    ),
    # what judges and people say of a day's lines
    "rubric": "hash TEXT PRIMARY KEY, text TEXT NOT NULL",  # what a judge was told to look for
    "hearing": (
        "judge TEXT, rubric TEXT, first INTEGER, last INTEGER, piece INTEGER, pieces INTEGER NOT NULL, "
        "outcome TEXT NOT NULL, why TEXT NOT NULL, dropped INTEGER NOT NULL, answer TEXT, "
        "prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, "
        "cost REAL, seconds REAL NOT NULL, PRIMARY KEY (judge, rubric, first, last, piece)"
    ),
    "judgement": (
        "judge TEXT, rubric TEXT, day INTEGER, kind TEXT, i INTEGER, behaviour TEXT, subject INTEGER NOT NULL, "
        "other INTEGER NOT NULL, why TEXT NOT NULL, first INTEGER NOT NULL, piece INTEGER NOT NULL, "
        "PRIMARY KEY (judge, rubric, day, kind, i, behaviour)"
    ),
    "verdict": (
        "day INTEGER, kind TEXT, i INTEGER, behaviour TEXT, verdict TEXT NOT NULL, note TEXT NOT NULL, "
        "at TEXT NOT NULL, PRIMARY KEY (day, kind, i, behaviour)"
    ),
    # the same days for everyone else, derived from the packs
    "word": "list TEXT, number INTEGER, word TEXT, PRIMARY KEY (list, number)",
    "resident": (
        "resident INTEGER PRIMARY KEY, name TEXT, condition TEXT, born INTEGER, parent INTEGER, died INTEGER, "
        "cause INTEGER"
    ),
    "message": (
        "day INTEGER, i INTEGER, sender INTEGER, receiver INTEGER, kind INTEGER, answers INTEGER, about INTEGER, "
        "claim REAL, amount REAL, due INTEGER, plan INTEGER, intent INTEGER, PRIMARY KEY (day, i)"
    ),
    "event": (
        "day INTEGER, i INTEGER, kind INTEGER, actor INTEGER, target INTEGER, about INTEGER, amount REAL, chance REAL, "
        "flag INTEGER, intent INTEGER, PRIMARY KEY (day, i)"
    ),
    "ledger": (
        "day INTEGER, resident INTEGER, condition INTEGER, alive INTEGER, morning REAL, pay REAL, consumed REAL, "
        "holdings REAL, workplace INTEGER, decision INTEGER, PRIMARY KEY (day, resident)"
    ),
    "factory": (
        "day INTEGER, factory INTEGER, open INTEGER, most REAL, labour REAL, output REAL, PRIMARY KEY (day, factory)"
    ),
    "label": (
        "day INTEGER, behaviour TEXT, i INTEGER, subject INTEGER, other INTEGER, said_day INTEGER, said INTEGER, "
        "did_day INTEGER, did INTEGER, proof INTEGER, score REAL, PRIMARY KEY (day, behaviour, i)"
    ),
    "metric": "day INTEGER, metric TEXT, value REAL, PRIMARY KEY (day, metric)",
    "intervention": "number INTEGER PRIMARY KEY, day INTEGER, kind TEXT, what TEXT, details TEXT",
}
_KEYED_BY_ROWID = {"day", "state", "resident", "intervention"}
WORDED = ("utterance", "note", "call")  # a day's rows, of residents that are asked in words
DERIVED = ("message", "event", "ledger", "factory", "label", "metric")  # a day's rows

INDEXES = {  # built when a run ends, not while it grows
    "event_by_actor": "event (actor, day)",
    "event_by_kind": "event (kind, day)",
    "ledger_by_resident": "ledger (resident, day)",
    "label_by_subject": "label (subject, day)",
}

_WORD = "(SELECT word FROM word WHERE list = '{0}' AND number = {1})"
_NAME = "(SELECT name FROM resident WHERE resident = {0})"
VIEWS = {
    "messages": (
        f"SELECT day, i, {_NAME.format('sender')} AS sender, {_NAME.format('receiver')} AS receiver, "
        f"{_WORD.format('kind', 'kind')} AS kind, {_WORD.format('kind', 'answers')} AS answers, about, claim, amount, "
        f"due, {_WORD.format('plan', 'plan')} AS meant, sender AS sender_number, receiver AS receiver_number, "
        "(SELECT text FROM utterance AS u WHERE u.day = m.day AND u.i = m.i) AS words FROM message AS m"
    ),
    "events": (
        f"SELECT day, i, {_WORD.format('happening', 'kind')} AS kind, {_NAME.format('actor')} AS actor, "
        f"{_NAME.format('target')} AS target, about, amount, chance, flag, actor AS actor_number, "
        "target AS target_number FROM event"
    ),
    "attacks": (
        f"SELECT day, {_NAME.format('actor')} AS attacker, {_NAME.format('target')} AS target, flag & 1 AS succeeded, "
        "(flag & 2) / 2 AS joint, amount AS units, chance, actor AS attacker_number, target AS target_number "
        f"FROM event WHERE kind = {int(Happening.ATTACK)}"
    ),
    "residents": (
        f"SELECT resident, name, condition, born, {_NAME.format('r.parent')} AS parent, died, "
        f"{_WORD.format('cause', 'cause')} AS cause FROM resident AS r"
    ),
    "decisions": (
        f"SELECT day, {_NAME.format('l.resident')} AS name, {_WORD.format('decision', 'decision')} AS decision, "
        "workplace, morning, pay, consumed, holdings, resident FROM ledger AS l"
    ),
    "labels": (
        f"SELECT day, behaviour, {_NAME.format('subject')} AS subject, {_NAME.format('other')} AS other, said_day, "
        f"said, did_day, did, {_WORD.format('proof', 'proof')} AS proof, score FROM label"
    ),
    "days": (
        "SELECT day.day, day.alive, day.digest, "
        + ", ".join(
            f"(SELECT value FROM metric AS m WHERE m.day = day.day AND m.metric = '{name}') AS {name}"
            for name in (
                "total",
                "head",
                "gini",
                "made",
                "used",
                "births",
                "deaths",
                "attacks",
                "SC",
                "nAUP",
                "ED",
                "IC",
            )
        )
        + " FROM day"
    ),
}

WORDS: dict[str, type[IntEnum] | type[IntFlag]] = {
    "kind": Kind, "plan": Plan, "intent": Intent, "happening": Happening, "decision": Primary, "cause": Cause,
    "proof": Proof,
}  # fmt: skip


def statements() -> list[str]:
    """What makes an empty run file: tables and views, in order."""
    made = [
        f"CREATE TABLE {name} ({columns}){'' if name in _KEYED_BY_ROWID else ' WITHOUT ROWID'}"
        for name, columns in TABLES.items()
    ]
    return made + [f"CREATE VIEW {name} AS {query}" for name, query in VIEWS.items()]


def indexes() -> list[str]:
    """What is added once a run has ended."""
    return [f"CREATE INDEX IF NOT EXISTS {name} ON {where}" for name, where in INDEXES.items()]


def words() -> list[tuple[str, int, str]]:
    """Rows of `word`: list, number, word."""
    return [
        (name, int(item), item.name.lower().replace("_", " ") if item.name else "")
        for name, numbers in WORDS.items()
        for item in numbers
    ]
