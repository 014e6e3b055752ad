"""The emergency contacts of every school, as the council finds them at night."""
