"""Emergency chains: who is called one after the other."""
