"""Rendering: views -> nodes -> HTML, SVG, LaTeX.

``post_transform`` starts it: ``panels``, ``lists`` and ``pages`` make the nodes, ``links`` resolves
links, ``html`` and ``latex`` write.
"""
