"""Packages and package data, explicit, so that Beam's `--setup_file ./setup.py` ships all of it."""

from setuptools import setup

setup(
    packages=["schemas", "schemas.data", "transforms", "transforms.data", "pipeline"],
    package_data={
        "schemas": ["py.typed", "data/*"],
        "transforms": ["py.typed", "data/*"],
        "pipeline": ["py.typed"],
    },
)
