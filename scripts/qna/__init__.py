"""Questions and answers: from one Markdown source to the files of a site.

`project.prepare` runs every step and plans the files; `writer.apply` writes them. The packages are
the steps, in order: `reading` the source, `naming` what it holds, finding `links`, and making
`pages`, `data` and `cards`. `markdown` serves them all. Nothing here imports MkDocs or Jinja.
"""
