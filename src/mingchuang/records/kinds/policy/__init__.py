"""Policy documents (政策文件)."""
