"""Workbooks: what each sheet shows, with the stored value beside the displayed one."""
