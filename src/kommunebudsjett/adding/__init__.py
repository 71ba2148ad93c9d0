"""Adding a document: a published file in; its family, its entry in the registry and what can be read of it out.

`check` shows all that; `add` also puts the file into data/raw and the entry into documents.yml. It is a tool for a
person, beside the pipeline: no stage needs it.
"""
