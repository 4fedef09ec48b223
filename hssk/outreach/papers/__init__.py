"""Papers of the room: lists on loan, slips for households."""
