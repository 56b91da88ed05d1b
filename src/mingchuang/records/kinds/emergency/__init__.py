"""Emergencies (突发事件信息)."""
