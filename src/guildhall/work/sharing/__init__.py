"""Which portal users see what of a child: Portal Sharing on the involvement, and the forms shared."""
