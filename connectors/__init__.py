"""How each source is asked: one class per system, one method per collection. No meaning, no storage, no orchestration."""
