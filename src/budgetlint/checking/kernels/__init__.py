"""Decides the instances of a check a column at a time; what these kernels cannot tell, the engine explains."""
