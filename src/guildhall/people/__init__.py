"""Who uses the portal: their accounts, organisations, roles and families."""
