"""Training: from the sentences in corpus/ to the model file of `anju.understanding`."""
