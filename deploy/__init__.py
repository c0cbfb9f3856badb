"""Several machines: the settings of each written from one list, and the proof that they survive what they should."""
