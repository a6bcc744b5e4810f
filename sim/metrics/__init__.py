"""One measure a file, each exporting METRIC, or METRICS where one idea yields several; see `sim/metric.py`."""
