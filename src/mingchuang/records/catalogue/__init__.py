"""The catalogue of 公开事项 in force: accepted as versions, records filed under its items, execution checked."""
