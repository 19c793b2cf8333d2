"""Packages and package data, explicit, so that Beam's `--setup_file ./setup.py` ships all of it."""

from setuptools import setup

setup(
    packages=[
        "schemas",
        "schemas.data",
        "transforms",
        "transforms.data",
        "transforms.data.countries",
        "pipeline",
        "pipeline.newsroom_data",
    ],
    package_dir={"pipeline.newsroom_data": "examples/newsroom"},
    package_data={
        "schemas": ["py.typed", "data/*"],
        "transforms": ["py.typed", "data/*", "data/countries/*"],
        "pipeline": ["py.typed"],
        "pipeline.newsroom_data": ["*/*.yaml", "*/*.html"],
    },
)
