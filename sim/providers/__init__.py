"""Language models behind OpenAI-compatible endpoints. The only folder that knows the `openai` package."""
