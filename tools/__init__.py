"""What the scripts in bin/ do, for developers and CI; nothing here is part of the product."""
