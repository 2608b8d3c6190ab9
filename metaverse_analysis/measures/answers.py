"""One answer to each question of the notebooks: the README, the report and the notebooks print these and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import pandas as pd

from ..tables.dataset import Dataset
from ..tables.needs import expects, is_one_of
from .comparison import ambition
from .evidence import evidence_quality
from .headline import commonest_kind, data_day, economy, first_body, promises
from .instruments import instrument_counts, instrument_uses
from .outcome_summary import outcome_summary
from .participants import bodies_known
from .policies import adoption, national_plan
from .press import press_audit
from .press_words import NEAR_PCT
from .shared_members import shared_members
from .totals import add_up
from .wording import HEDGES, counted, day_in_words, listed, plain_number


@dataclass(frozen=True)
class Answer:
    """A question and its answer, in sentences with the numbers of the tables. `str` gives the answer alone."""

    topic: str
    question: str
    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p><strong>{escape(self.text)}</strong></p>"


def answers(ds: Dataset) -> pd.DataFrame:
    """What are the answers, in a sentence or two each?

    Returns
    -------
    One row per question, in the order of the notebooks. Where the tables say nothing on a question there is no row.

    - `topic` (the name of its notebook without the number), `question`, `answer`

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> ma.answers(ma.load()).question.tolist()[:2]
    ['How big are the promises?', 'Which dollar figure is right?']
    """
    expects(ds, Dataset, given_by="load", taker="answers")
    found = [Answer(topic, question, say(ds)) for topic, (question, say) in _QUESTIONS.items()]
    rows = [(one.topic, one.question, one.text) for one in found if one.text]
    return pd.DataFrame(rows, columns=["topic", "question", "answer"], dtype="str")


def answer(ds: Dataset, topic: str) -> Answer:
    """What is the answer to one question of the notebooks?

    Parameters
    ----------
    topic : the name of a notebook without its number, such as "regional_targets".

    Returns
    -------
    An Answer with `topic`, `question` and `text`; the text is empty where the tables say nothing on it. A notebook
    shows it as a paragraph.

    Raises
    ------
    ValueError
        For another topic; the message lists them.

    Examples
    --------
    >>> import metaverse_analysis as ma
    >>> print(ma.answer(ma.load(), "your_own_data"))
    With three rows (source, document, target) and one check. Another industry brings a schema of its own.
    """
    expects(ds, Dataset, given_by="load", taker="answer")
    if not is_one_of(topic, _QUESTIONS):
        raise ValueError(f"topic: {topic!r} is none of {', '.join(_QUESTIONS)}")
    question, say = _QUESTIONS[topic]
    return Answer(topic, question, say(ds))


def _promises(ds: Dataset) -> str:
    """The sum that can be defended, with its hedges, and the largest part of it."""
    targets = promises(ds)
    kind = commonest_kind(targets)
    if kind is None:
        return ""
    total = add_up(targets, scope=kind.scope, measure=kind.measure, year=kind.year)
    parts = total.included
    drafts = len(total.drafts_alone)
    some = f"{drafts} of the {counted(len(parts), 'amount')}" if drafts < len(parts) else "all"
    drafted = f", {some} in drafts only" if drafts else ""
    most = parts.iloc[0]
    told = (
        f"{total.words} of {total.scope_label} by {total.year} can be added up, each place counted once{drafted}. "
        f"{most['place']} promised most, {HEDGES.get(most['qualifier'], '')}{plain_number(most['amount_cny_bn'])}."
    )
    return told[:1].upper() + told[1:]


def _dollars(ds: Dataset) -> str:
    """How many printed figures fit, and whether the article's do."""
    audit = press_audit(ds)
    rows = audit[audit["verdict"].notna() & audit["market_rate"].notna()]
    if rows.empty:
        return ""
    fits = rows["verdict"] == "consistent"
    told = (
        f"{fits.sum()} of {counted(len(rows), 'dated dollar figure')} {'fits' if fits.sum() == 1 else 'fit'} the "
        "exchange rate of their day, or of some day of their month or year where the day isn’t known"
    )
    near = int((rows["verdict_kind"] == "near").sum())
    told += f", {near} of these by a margin of {NEAR_PCT:g}%." if near else "."
    article = rows["in_article"]
    right, wrong = (listed(rows.loc[article & flag, "place"].tolist()) for flag in (fits, ~fits))
    if right and wrong:
        told += f" Of the article’s {_word(article.sum())}, the one for {right} does and the one for {wrong} doesn’t."
    return told


def _economy(ds: Dataset) -> str:
    """The span of the shares of GDP within one scope and each series of GDP: shares of two aren't compared."""
    state, kind = economy(ds), commonest_kind(promises(ds))
    if state is None or kind is None:
        return ""
    table = ambition(ds, statistics_year=state.year, vintage=state.vintage, scope=kind.scope)
    like = (table["measure"] == kind.measure) & (table["target_year"] == kind.year)
    rows = table[like].dropna(subset="share_of_gdp_pct")
    if rows.empty:
        return ""
    series = rows["gdp_series"].astype("str").fillna("")
    spans = [_span_of(ds, name, part) for name, part in rows.groupby(series, sort=False)]
    return (
        f"Set against the GDP of {state.year}, the promises of {rows['scope_label'].iloc[0]} by {kind.year} run "
        f"{listed(spans)}. Targets count sales or output and GDP counts value added: a measure of size, not a share."
    )


def _span_of(ds: Dataset, series: str, rows: pd.DataFrame) -> str:
    """From which share to which within one series of GDP: "from 1.5% (Shandong) to 6.5% (Shanghai) by ..."."""
    whose = f" by {ds.schema.label('regional_statistics', 'series', series)}" if series else ""
    least, most = (
        f"{_pct(row['share_of_gdp_pct'])} ({row['place']})" for _, row in rows.iloc[[-1, 0]].iterrows()
    )
    return f"from {least} to {most}{whose}"


def _spread(ds: Dataset) -> str:
    """How many provinces issued a document of their own, and how many before the nation."""
    if not (ds.places["level"] == "province").any():
        return ""
    table = adoption(ds, level="province")
    issued = table[(table["stage"] == "issued") & table["number"].notna()]
    if issued.empty:
        return ""
    searched = issued["searched"].max()
    of = f"{searched:g} provinces searched" if pd.notna(searched) else "the provinces"
    told = (
        f"{issued['number'].max():g} of {of} issued a policy document on {ds.schema.subject or 'the subject'}"
    )
    plan = national_plan(ds)
    if plan is None:
        return f"{told}."
    sure = (issued["order_to_plan"] == "before").sum()
    perhaps = (issued["order_to_plan"] == "unknown").sum()
    most = f" and at most {sure + perhaps}" if perhaps else ""
    when = day_in_words(str(plan["issued_date"])[:7])
    return f"{told}; {sure or 'none'} of them for certain{most} before the national plan of {when}."


def _uses(ds: Dataset) -> str:
    """The commonest instrument, and how often an instrument controls rather than promotes."""
    uses = instrument_counts(ds, by="instrument", count="families")
    uses = uses[uses["instrument_kind"] == "instrument"]
    controlling = int(uses[["regulate", "restrict"]].sum().sum())
    every = controlling + int(uses["promote"].sum())
    if not every:
        return ""
    top = uses.sort_values("families", ascending=False, kind="stable").iloc[0]
    return (
        f"{top['families']} of {counted(top['all_families'], 'document')} whose content is known use "
        f"{top['instrument_label']}, more than any other instrument{_on_subject(ds)}. Of "
        f"{counted(every, 'use')} of an instrument, {controlling or 'none'} "
        f"{'regulates or restricts' if controlling == 1 else 'regulate or restrict'}."
    )


def _on_subject(ds: Dataset) -> str:
    """How many of the documents with any use are on the subject itself, where not all are."""
    uses = instrument_uses(ds)
    own = uses.loc[uses["is_metaverse_specific"].fillna(False), "family_id"].nunique()
    if own == uses["family_id"].nunique():
        return ""
    verb, subject = "is" if own == 1 else "are", ds.schema.subject or "the subject"
    return f"; {own or 'none'} of the documents {verb} on {subject} itself"


def _seats(ds: Dataset) -> str:
    """How well the first body of the tables is known, and who is named most often."""
    first = first_body(ds)
    if first is None:
        return ""
    known = bodies_known(ds)
    body = next(row for row in known.to_dict("records") if row["body_id"] == first)
    named = body["members_known"]
    told = (
        f"{counted(named, 'organisation')} {'is' if named == 1 else 'are'} named as members of the "
        f"{body['body_short']}, {body['members_confirmed'] or 'none'} of them confirmed."
    )
    shared = shared_members(ds)
    if shared.empty:
        return told
    top = shared.iloc[0]
    sure = (
        f", in {top['bodies_confirmed']} of them confirmed" if top["bodies_confirmed"] < top["bodies"] else ""
    )
    return f"{told} {top['organisation']} is named in {top['bodies']} bodies{sure}."


def _results(ds: Dataset) -> str:
    """For how many targets an outcome of the same quantity is known, and for how many nothing was found."""
    if ds.sources["accessed"].isna().all():
        return ""
    summary = outcome_summary(ds, today=data_day(ds))
    counts = ["targets", "targets_on_subject"]
    found = {name: summary.loc[summary["finding"] == name, counts] for name in ("reported", "not_found")}
    every, reported, nothing = (
        rows.sum().astype("int64").tolist() for rows in (summary[counts], *found.values())
    )
    if not every[0]:
        return ""
    told = (
        f"Of {counted(every[0], 'target')} whose year has passed, {reported[0] or 'none'} "
        f"{'has' if reported[0] == 1 else 'have'} a reported outcome of the same quantity; for {nothing[0] or 'none'} "
        "nothing was found."
    )
    if every[1] in (0, every[0]):
        return told
    subject = ds.schema.subject or "the subject"
    return (
        f"{told} {every[1]} of the {every[0]} are set by documents on {subject} itself: {reported[1] or 'none'} with "
        f"such an outcome, {nothing[1] or 'none'} without anything found."
    )


def _ground(ds: Dataset) -> str:
    """What share of the targets is well or badly founded."""
    tables = evidence_quality(ds)
    targets = tables[(tables["table"] == "regional_targets") & (tables["rows"] > 0)]
    if targets.empty:
        return ""
    high, medium, low = targets.iloc[0][["high_pct", "medium_pct", "low_pct"]]
    return (
        f"{high:.0f}% of the targets rest on an official page or on two independent established outlets, {medium:.0f}% "
        f"on one such outlet or two of the trade press, {low:.0f}% on less."
    )


def _your_own(ds: Dataset) -> str:
    return "With three rows (source, document, target) and one check. Another industry brings a schema of its own."


_QUESTIONS: dict[str, tuple[str, Callable[[Dataset], str]]] = {
    "regional_targets": ("How big are the promises?", _promises),
    "dollars_and_yuan": ("Which dollar figure is right?", _dollars),
    "ambition": ("Is it a lot?", _economy),
    "policy_timeline": ("Who moved when?", _spread),
    "instruments": ("What do governments actually do?", _uses),
    "participants": ("Who sits at the table?", _seats),
    "outcomes": ("What came of it?", _results),
    "evidence": ("How good is the evidence?", _ground),
    "your_own_data": ("How do I add a region, or study another industry?", _your_own),
}


def _word(n: float) -> str:
    return {2: "two", 3: "three", 4: "four", 5: "five"}.get(int(n), str(n))


def _pct(share: float) -> str:
    return f"{share:.2g}%" if share < 10 else f"{share:.0f}%"
