"""The live preview: builds a project, serves it to browsers of this machine, watches its files.

Two processes share the work. The *server* answers browsers, watches, and decides what is built
next. The *builder* (:mod:`.builder`) is a process of its own that holds a Sphinx application: it
never keeps the server waiting, and a new one takes its place when conf.py changes or a build fails.
"""
