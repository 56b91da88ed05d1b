"""Results of random inspections (双随机抽查结果)."""
