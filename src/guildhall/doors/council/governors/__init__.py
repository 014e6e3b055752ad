"""What the council offers to governing bodies: news, courses and who booked them."""
