"""The page for leaders."""
