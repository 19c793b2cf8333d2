"""The lake: Parquet files, staging, the Delta log, one head for all tables, checks."""
