"""Questions and answers: from one Markdown source to a site's files.

`pipeline.prepare` runs every step and plans the files; `writer.apply` writes them. The packages are
the steps, in order: `reading` the source, `naming` its questions and topics, finding `links`, and
writing `pages`, `data` and `cards`. All of them use `markdown`. Nothing here imports MkDocs or
Jinja.
"""
