"""批量: one step for many tickets of a list, with how many it is possible for before it is done."""
