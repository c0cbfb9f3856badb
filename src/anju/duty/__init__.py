"""Who works when, who is on duty now, who hands over to whom, and who is called when something burns (domain file 02).

*Shift* is a kind of working time (早 08:00–16:00), *post* what somebody stands for (值班电工), *pattern* a cycle of shifts,
*turn* one person on one post for one shift of one date. A *gap* is a stretch of minutes without enough people on a post.
A *chain* says who is called one after the other, a *callout* is one run of it.
"""
