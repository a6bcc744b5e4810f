"""The visitor's side of the conformity lab: settings, one live population, loops and steps. Knows no Streamlit."""
