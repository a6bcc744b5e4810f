"""What the Runs page shows of kept runs."""
