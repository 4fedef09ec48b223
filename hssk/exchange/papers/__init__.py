"""What exchange prints. What is official is in Vietnamese, whoever asks."""
