"""The tests of ntmrules."""
