"""The bureau's own books: rosters (名册) and ledgers (决算), their columns, and whose row is whose."""
