"""A view (`roles.py`) comes in; the names of the features that it stands for go out.

Weights are fitted and kept by these names. Those that open with `*` depend on the kind of event and
are shrunk harder when weights are fitted.
"""

from __future__ import annotations

from schemas.events import quad_class_of


def of_event(kind: str, clause: str, is_main: bool, code: str, is_reciprocal: bool) -> list[str]:
    """What event a trigger tells of, and in which clause."""
    quad, root = quad_class_of(code), code[:2]
    return [
        "t",
        f"t{kind}",
        f"tclause {clause}",
        f"t{kind} clause {clause}",
        f"t{kind} main {is_main}",
        f"tmain {is_main} quad {quad}",
        f"t{kind} quad {quad}",
        f"treciprocal {is_reciprocal} {kind}",
        f"*t{root}",
        f"*t{root}{kind}",
        f"*t{code}",
    ]


def of_place(order: int, actors: int, triggers: int, is_headline: bool, said: bool) -> list[str]:
    """Where a trigger stands among how many."""
    return [
        f"torder {order}",
        f"tactors {actors}",
        f"ttriggers {triggers}",
        f"theadline {is_headline}",
        f"tsaid {said}",
    ]


def of_words(
    kind: str, governed: bool, mode: str, is_to: bool, preposition: str, is_one: bool
) -> list[str]:
    """What the words before a trigger make of it."""
    return [
        f"tgoverned {governed}",
        f"tmode {mode}",
        f"tto {is_to} {kind}",
        f"tof {preposition} {kind}",
        f"tarticle {is_one} {kind}",
    ]


def of_distance(
    side: str, kind: str, place: str, near: int, openings: int, between: int, is_first: bool
) -> list[str]:
    """How far an actor stands from the trigger, on which side, behind which word."""
    return [
        f"{side}{kind}",
        f"{side}{kind} {place}",
        f"{side} {place}",
        f"{side}{kind} near {near}",
        f"{side} near {near}",
        f"{side} openings {openings}",
        f"{side}{kind} openings {openings}",
        f"{side} between {between}",
        f"{side}{kind} between {between}",
        f"first {is_first}",
    ]


def of_clauses(
    side: str,
    kind: str,
    own: str,
    its: str,
    is_voice: bool,
    said: str,
    is_subject: bool,
    is_main: bool,
) -> list[str]:
    """In which clauses actor and trigger stand, and whether the one speaks of the other."""
    return [
        f"{side} clauses {own} {its}",
        f"voice {is_voice}",
        f"says {said}",
        f"says {said} {kind}",
        f"subject {is_subject} {kind}",
        f"subject {is_subject} main {is_main} {kind}",
    ]


def of_standing(
    side: str,
    kind: str,
    is_owner: bool,
    is_near: bool,
    is_next: bool,
    role: str,
    is_name: bool,
    place: str,
) -> list[str]:
    """What the words beside the actor make of it."""
    return [
        f"{side}{kind} owner {is_owner} {is_near}",
        f"{side}{kind} touches {is_next}",
        f"{side} role {role}",
        f"{side} name {is_name} {place}",
    ]


def of_noun(side: str, kind: str, head: str) -> list[str]:
    """Whom the actor's name describes: "Afghan troops" act for Kabul, "Afghan refugees" do not."""
    return [f"{side} head {head}", f"{side}{kind} head {head}"]


def of_kind(side: str, kind: str, root: str, quad: int, place: str) -> list[str]:
    """Which kind of event the actor stands to."""
    return [
        f"{side} quad {quad}",
        f"*{side}{root} {place}",
        f"*{side}{root}",
        f"*{side}{root}{kind}",
    ]


def of_shape(
    kind: str, shape: str, is_reciprocal: bool, is_verb_final: bool, place: str, to: str
) -> list[str]:
    """The order of source, target and trigger, and the words before the two."""
    reciprocal = "r" if is_reciprocal else ""
    verb_final = "F" if is_verb_final else ""
    return [
        shape,
        f"{kind}{shape}",
        f"{kind}{shape}{reciprocal}",
        f"{shape}{verb_final}",
        f"{shape} to {to}",
        f"{kind}{shape} from {place}",
        f"{kind}{shape} to {to}",
        f"*{kind}{shape} {place} {to}",
    ]


def of_parts(
    shape: str,
    governed: bool,
    is_subject: bool,
    is_target_subject: bool,
    skipped: int,
    quad: int,
    is_owner: bool,
    is_target_owner: bool,
) -> list[str]:
    """Which parts source and target play beside each other."""
    return [
        f"{shape} governed {governed}",
        f"{shape} subject {is_subject}{is_target_subject}",
        f"{shape} skip {skipped}",
        f"{shape} quad {quad}",
        f"{shape} owner {is_owner}{is_target_owner}",
    ]


def of_event_order(shape: str, root: str, to: str) -> list[str]:
    """The order of the parts in one kind of event."""
    return [f"*{root}{shape}", f"*{root}{shape} to {to}"]


def of_neighbours(
    is_alone: bool,
    near: int,
    skipped: int,
    openings: int,
    place: str,
    is_voice: bool,
    is_second_voice: bool,
    is_headline: bool,
) -> list[str]:
    """How two actors stand to each other without a trigger, whichever acts."""
    return [
        "bare",
        f"bare {'none' if is_alone else 'some'}",
        f"bare near {near}",
        f"bare skip {skipped}",
        f"bare openings {openings}",
        f"bare {place}",
        f"bare voice {is_voice}{is_second_voice}",
        f"bare headline {is_headline}",
    ]


def of_bare_order(
    is_forward: bool, second: str, first: str, is_subject: bool, is_speaker: bool
) -> list[str]:
    """Which of two actors acts without a trigger, and the words before the two."""
    arrow = ">" if is_forward else "<"
    return [
        f"bare{arrow}",
        f"bare{arrow} b {second}",
        f"bare{arrow} a {first}",
        f"bare{arrow} subject {is_subject}",
        f"bare{arrow} says {is_speaker}",
    ]
