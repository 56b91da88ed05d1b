"""Reports, with findings and what became of them (工作报告)."""
