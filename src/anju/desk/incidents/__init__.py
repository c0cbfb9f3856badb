"""应急: the list with the button, the command page of one incident, its report; drills."""
