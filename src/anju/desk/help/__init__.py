"""The manual (docs/manual) in the product: one chapter per role, opened at the reader's own."""
