"""The roster in the browser: upload, match columns, try, write, take back."""
