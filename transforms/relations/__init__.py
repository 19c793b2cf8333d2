"""The parts of the relation and pair taggers: triggers, actors, frames, roles, features."""
