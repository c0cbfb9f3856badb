"""账号: who works here with which roles, what opens their doors, which role may do what, who changed it."""
