"""How periods are published, archived and begun."""
