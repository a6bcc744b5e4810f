"""The wording of questions to residents that are language models, and how their answers are understood.

Pure: from a Scene to a Request, from a text to an Answer. Reads nothing but its own text files.
"""
