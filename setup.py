"""Packages and package data, explicit, so that Beam's `--setup_file ./setup.py` ships all of it."""

from setuptools import setup

setup(
    packages=[
        "schemas",
        "schemas.data",
        "transforms",
        "transforms.countries",
        "transforms.data",
        "transforms.data.countries",
        "transforms.data.languages",
        "transforms.data.pages",
        "transforms.data.relations",
        "transforms.data.topics",
        "transforms.feeds",
        "transforms.pages",
        "transforms.relations",
        "transforms.relations.word_order",
        "transforms.topics",
        "pipeline",
        "pipeline.commands",
        "pipeline.fetching",
        "pipeline.lake",
        "pipeline.newsroom",
        "pipeline.newsroom.data",
        "pipeline.parsing",
        "pipeline.queries",
        "pipeline.sources",
    ],
    package_dir={"pipeline.newsroom.data": "examples/newsroom"},
    package_data={
        "schemas": ["py.typed"],
        "schemas.data": ["*"],
        "transforms": ["py.typed"],
        **{
            f"transforms.data.{room}": ["*"]
            for room in ("countries", "languages", "pages", "relations", "topics")
        },
        "transforms.data.topics": ["*", "examples/*"],
        "pipeline": ["py.typed"],
        "pipeline.newsroom.data": ["*/*.yaml", "*/*.html"],
    },
)
