"""What the office teaches its classifier: corrections by agents, how good the suggestions are, a proposal to do better.

A *correction* is a ticket whose leaf a person changed after the system had suggested one; its text is kept masked. A
*proposal* is a model made from the present one and the corrections; a person switches to it, or not.
"""
