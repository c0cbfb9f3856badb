"""Every list of the desk as a workbook."""
