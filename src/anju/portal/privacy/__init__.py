"""我的隐私: what is stored and why, consents, who viewed, a copy, correction, deletion (R16.7)."""
