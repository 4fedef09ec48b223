"""The pages of access: coming in, posts given and ended, looks read."""
