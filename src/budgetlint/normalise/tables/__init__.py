"""The tables: header, columns, rows, the tree over them, the state they are in."""
