"""When schools are open: school years, training days, session times, bank holidays, closures."""
