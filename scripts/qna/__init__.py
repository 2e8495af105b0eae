"""Questions and answers: from one Markdown source to the pages of a site.

`project.prepare` runs the whole chain and plans the files; `writer.apply` writes them. On the way:
`source` decodes, `parser` reads the model, `reconcile` names everything by the `ledger`,
`editorial` adds what editors wrote, `crosslinks` joins questions, `render` writes pages. Nothing
here imports MkDocs or Jinja, and all but `mdx`, `fonts` and `drawing` needs the standard library
alone.
"""
