"""The lab: the whole product on a clock that moves only when told, with simulators in place of the outside world.

Its addresses exist only with ANJU_LAB=1, and it refuses a database that holds an office's data.
"""
