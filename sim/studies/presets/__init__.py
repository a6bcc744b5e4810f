"""Study presets, one a file, each defining `PRESET = StudyPreset(...)`. Found by name; there is no list to edit."""
