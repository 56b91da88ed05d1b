"""The demonstration county 青铜峡市: units that the real notice names, a small fictional cast, the notice itself."""
