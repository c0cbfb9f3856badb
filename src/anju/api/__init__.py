"""The public API, `/api/v1`: JSON in and out, errors as `{code, message, fields}`, one permission per operation."""
