"""The outline: contents list, headings, passages, and the sheets of tables between them."""
