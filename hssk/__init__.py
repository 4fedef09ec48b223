"""HSSK: one lifelong health record for every resident, and nobody left without one."""

__version__ = "0.1.0"
