"""What an organ is and does (机构职能)."""
