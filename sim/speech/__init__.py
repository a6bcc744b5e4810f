"""Words: names, sentences for records, headlines. Reads records and numbers, decides and draws nothing that matters."""
