"""WeChat subscription messages and app push; `to` is the account ("person:12")."""
