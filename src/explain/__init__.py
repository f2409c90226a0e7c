"""Skøn: social workers practise judgement beside a statistical risk score.

The package is a house with floors; imports go down only (docs/decisions/house.md):

6. ``apps``, ``serving``: one dashboard per role, and the server that shows them
5. ``views``: presenters and panels
4. ``charts``: data to figure
3. ``explanations``, ``store``: neighbours that never meet
2. ``models``, ``sessions``
1. ``casebook``
0. ``domain``, ``texts``: standard library only
"""
