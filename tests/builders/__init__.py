"""What tests of several parts make their subjects with; no test imports another one."""
