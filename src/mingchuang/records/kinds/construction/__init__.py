"""Major construction projects (重大建设项目)."""
