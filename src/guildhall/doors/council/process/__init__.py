"""The EHC process for officers: the dates on an involvement, the board of what is due, and the limits."""
