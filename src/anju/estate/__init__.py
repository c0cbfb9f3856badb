"""The land register: communities, rooms, public places, assets, people and who lives where.

A room's floor is data and never read out of its number (0.4). People belong to one community, whose data key seals
their names and phones.
"""
