"""How each source is asked: one class per system, one method per collection. Nothing is stored or judged here."""
