"""The wallboard: can one see from five metres that something is red?"""
