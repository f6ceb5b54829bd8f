"""What every reader of grids needs: spans laid out, columns that do not fit."""
