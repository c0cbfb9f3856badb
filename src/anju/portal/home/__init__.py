"""My reports, and reporting for my home."""
