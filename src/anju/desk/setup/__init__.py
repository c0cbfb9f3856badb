"""The set-up guide: from an empty community to the first report, in seven steps that can be left and taken up again."""
