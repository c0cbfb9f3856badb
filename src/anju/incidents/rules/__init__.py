"""Pure decisions: plans and their texts, who is called into a role, the bulletin grid, the score of a drill."""
