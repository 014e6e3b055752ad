"""What people open: pages composed from queries, each calling one service."""
