"""From a run to the JSON of the cockpit (docs/cockpit.md). Pure functions: no Streamlit, no chance, no clock."""
